//! "At this cycle time, at least so many stations", by the reasons that arithmetic can repeat.

use super::order::Order;
use super::{Checked, PlainLine};
use crate::line::{bins, priced};

/// Why fewer stations are not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlainProof {
    /// All times over the cycle time, rounded up; or there is a task at all.
    Counting,
    /// Some dual feasible function; the best of them is recomputed.
    BinPacking,
    /// Long tasks less the most pairs of them, by the Tutte-Berge formula.
    Matching {
        /// Tasks longer than a third of the cycle time.
        long: Vec<u32>,
        /// Of these, the vertices whose removal leaves many odd components.
        witness: Vec<u32>,
    },
    /// Prices of tasks, one each, and what no station exceeds.
    Prices {
        /// One per task.
        prices: Vec<u64>,
        /// No station costs more.
        scale: u64,
    },
    /// This task is longer than the cycle time; no number of stations is enough.
    TaskTooLong {
        /// The task.
        task: u32,
    },
    /// Heads and tails, windows, or a search: repeated by nobody but the engine.
    Engine,
}

/// Whether `stations_min` stations are proven to be needed at `cycle_time`.
///
/// # Errors
/// What does not hold.
pub fn check_bound(
    line: PlainLine<'_>,
    cycle_time: u32,
    stations_min: u32,
    proof: &PlainProof,
) -> Result<Checked, String> {
    let times: Vec<i64> = line.times.iter().map(|&t| i64::from(t)).collect();
    let counted = bins::counted(&times, i64::from(cycle_time)).max(i64::from(!times.is_empty()));
    let proven = match proof {
        PlainProof::Counting => counted,
        PlainProof::BinPacking => counted.max(bins::stations(&times, i64::from(cycle_time))),
        PlainProof::Matching { long, witness } => matching(line, cycle_time, long, witness)?,
        PlainProof::Prices { prices, scale } => match by_prices(line, cycle_time, prices, *scale)? {
            Some(stations) => stations,
            None => return Ok(Checked::NotRechecked),
        },
        PlainProof::TaskTooLong { task } => match line.times.get(*task as usize) {
            Some(&time) if time > cycle_time => return Ok(Checked::Holds),
            _ => return Err(format!("task {task} is not longer than {cycle_time} ticks")),
        },
        PlainProof::Engine => return Ok(Checked::NotRechecked),
    };
    if proven < i64::from(stations_min) {
        return Err(format!("{stations_min} stations are claimed, only {proven} are proven"));
    }
    Ok(Checked::Holds)
}

/// `|long| - (|long| + |witness| - odd components without the witness) / 2`.
///
/// # Source
/// C. Berge (1958), Sur le couplage maximum d'un graphe, C. R. Acad. Sci. Paris 247.
fn matching(line: PlainLine<'_>, cycle_time: u32, long: &[u32], witness: &[u32]) -> Result<i64, String> {
    let long: Vec<usize> = long.iter().map(|&t| t as usize).collect();
    if long.windows(2).any(|w| w[0] >= w[1]) || long.last().is_some_and(|&t| t >= line.times.len()) {
        return Err("the long tasks do not ascend, or are none of the line's".to_owned());
    }
    if let Some(short) = long.iter().find(|&&t| 3 * u64::from(line.times[t]) <= u64::from(cycle_time)) {
        return Err(format!("task {short} is not longer than a third of the cycle time"));
    }
    if let Some(task) = long.iter().find(|&&t| line.times[t] > cycle_time) {
        return Err(format!("task {task} fits no station"));
    }
    let mut gone = vec![false; long.len()];
    for task in witness {
        let at =
            long.binary_search(&(*task as usize)).map_err(|_| format!("task {task} of the witness is not long"))?;
        if std::mem::replace(&mut gone[at], true) {
            return Err(format!("task {task} is twice in the witness"));
        }
    }
    let order = Order::new(line);
    let may = |a: usize, b: usize| order.together(line, long[a], long[b]) <= u64::from(cycle_time);
    let mut seen = gone.clone();
    let mut odd = 0;
    for start in 0..long.len() {
        if seen[start] {
            continue;
        }
        let mut open = vec![start];
        seen[start] = true;
        let mut size = 0;
        while let Some(at) = open.pop() {
            size += 1;
            for (next, seen) in seen.iter_mut().enumerate().filter(|(_, seen)| !**seen) {
                if may(at, next) {
                    *seen = true;
                    open.push(next);
                }
            }
        }
        odd += size % 2;
    }
    let (n, removed) = (long.len() as i64, witness.len() as i64);
    Ok(n - (n + removed - odd) / 2)
}

/// `ceil(sum of prices / scale)` where no station costs more than `scale`; none when that would take too long.
fn by_prices(line: PlainLine<'_>, cycle_time: u32, prices: &[u64], scale: u64) -> Result<Option<i64>, String> {
    let n = line.times.len();
    if prices.len() != n || scale == 0 {
        return Err(format!("{} prices for {n} tasks, at a scale of {scale}", prices.len()));
    }
    if let Some(task) = line.times.iter().position(|&t| t > cycle_time) {
        return Err(format!("task {task} fits no station"));
    }
    let order = Order::new(line);
    let share = |a: usize, b: usize| a != b && order.together(line, a, b) <= u64::from(cycle_time);
    let may: Vec<Vec<bool>> = (0..n).map(|a| (0..n).map(|b| share(a, b)).collect()).collect();
    let times: Vec<u64> = line.times.iter().map(|&t| u64::from(t)).collect();
    match priced::none_dearer(&times, prices, u64::from(cycle_time), scale, &may) {
        Some(true) => {
            let sum: u128 = prices.iter().map(|&p| u128::from(p)).sum();
            Ok(i64::try_from(sum.div_ceil(u128::from(scale))).ok())
        }
        Some(false) => Err(format!("some tasks that fit one station cost more than {scale}")),
        None => Ok(None),
    }
}
