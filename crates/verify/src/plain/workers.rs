//! Lines of workers with times of their own (ALWABP-2): the answer, and bounds by prices.

use super::{Checked, in_order};

/// Why no line of workers is faster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkerProof {
    /// Each tick of a worker has a price: the line must spend at least what the cheapest workers cost.
    WorkerPrices(Vec<u64>),
    /// Everybody takes so long for this task.
    LongestTask(u32),
    /// Each task has a price: within one tick less, the workers cannot pack them all.
    TaskPrices(Vec<u32>),
    /// A search, or ruling out workers one by one: repeated by nobody but the engine.
    Engine,
}

/// Whether every worker has one station, precedence holds, and no station takes longer than `cycle_time` ticks.
///
/// `rows`: times, `tasks x workers`, `u32::MAX` where a worker cannot.
///
/// # Errors
/// The first thing that does not hold.
pub fn check_workers(
    rows: &[Vec<u32>],
    arcs: &[(usize, usize)],
    station_of: &[u32],
    worker_of: &[u32],
    cycle_time: u64,
) -> Result<(), String> {
    let workers = rows.first().map_or(0, Vec::len);
    let mut seen = vec![false; workers];
    for &worker in worker_of {
        match seen.get_mut(worker as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(format!("worker {worker} is unknown, or has two stations")),
        }
    }
    if worker_of.len() != workers || station_of.len() != rows.len() {
        return Err("not every worker or task has a station".to_owned());
    }
    let mut loads = vec![0u64; workers];
    for (task, &station) in station_of.iter().enumerate() {
        let Some(&worker) = worker_of.get(station as usize) else {
            return Err(format!("task {task} stands in station {station}"));
        };
        match rows[task][worker as usize] {
            u32::MAX => return Err(format!("worker {worker} cannot do task {task}")),
            time => loads[station as usize] += u64::from(time),
        }
    }
    if let Some(full) = loads.iter().position(|&load| load > cycle_time) {
        return Err(format!("station {full} holds {} of {cycle_time} ticks", loads[full]));
    }
    in_order(arcs, station_of)
}

/// Whether no line has a cycle time below `cycle_time_min`.
///
/// # Errors
/// What does not hold.
pub fn check_workers_bound(rows: &[Vec<u32>], cycle_time_min: u64, proof: &WorkerProof) -> Result<Checked, String> {
    let workers = rows.first().map_or(0, Vec::len);
    let proven = match proof {
        WorkerProof::WorkerPrices(prices) if prices.len() == workers => {
            let cheapest = |row: &Vec<u32>| {
                let able = row.iter().zip(prices).filter(|(t, _)| **t != u32::MAX);
                able.map(|(t, p)| u128::from(*t) * u128::from(*p)).min().unwrap_or(0)
            };
            let budget: u128 = prices.iter().map(|p| u128::from(*p)).sum();
            let cost: u128 = rows.iter().map(cheapest).sum();
            u64::try_from(cost.div_ceil(budget.max(1))).unwrap_or(u64::MAX)
        }
        WorkerProof::LongestTask(task) => {
            let row = rows.get(*task as usize).ok_or_else(|| format!("there is no task {task}"))?;
            row.iter().copied().min().map_or(0, u64::from)
        }
        WorkerProof::TaskPrices(prices) if prices.len() == rows.len() => {
            let Some(below) = cycle_time_min.checked_sub(1) else { return Ok(Checked::Holds) };
            let packed: u64 = (0..workers).map(|w| packs(rows, w, prices, below)).sum();
            if prices.iter().map(|&p| u64::from(p)).sum::<u64>() <= packed {
                return Err(format!("at {below} ticks the workers can pack {packed}, which is everything"));
            }
            cycle_time_min
        }
        WorkerProof::Engine => return Ok(Checked::NotRechecked),
        _ => return Err("a price is missing".to_owned()),
    };
    if proven < cycle_time_min {
        return Err(format!("{cycle_time_min} ticks are claimed, only {proven} are proven"));
    }
    Ok(Checked::Holds)
}

/// The dearest tasks that one worker can do within `room` ticks, by dynamic programming over the room.
fn packs(rows: &[Vec<u32>], worker: usize, prices: &[u32], room: u64) -> u64 {
    let mut best = vec![0u64; room as usize + 1];
    for (row, &price) in rows.iter().zip(prices) {
        let time = row[worker] as usize;
        for left in (time..best.len()).rev() {
            best[left] = best[left].max(best[left - time] + u64::from(price));
        }
    }
    best[room as usize]
}
