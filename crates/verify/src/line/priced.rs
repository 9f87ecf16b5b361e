//! Prices of tasks such that no station is worth more than `scale`: recomputed station by station.
//!
//! # Source
//! P. C. Gilmore, R. E. Gomory (1961), A linear programming approach to the cutting-stock problem, Operations Research
//! 9(6): dual prices of patterns. The search is a plain one, bounded by the knapsack without precedence.

/// Cells of the knapsack, and sets of tasks looked at, before the question is left open.
const CELLS_MAX: u64 = 50_000_000;
const SETS_MAX: u64 = 20_000_000;

/// True when no set of tasks that fits `room` ticks, and of which all fit pair by pair, costs more than `scale`; none when
/// that takes too long to find out. `may[a][b]` is asked for `a != b` only.
pub(crate) fn none_dearer(times: &[u64], prices: &[u64], room: u64, scale: u64, may: &[Vec<bool>]) -> Option<bool> {
    if room.saturating_mul(times.len() as u64) > CELLS_MAX {
        return None;
    }
    let room = room as usize;
    let mut most = vec![0u64; room + 1];
    for (&time, &price) in times.iter().zip(prices) {
        for r in (time as usize..=room).rev() {
            most[r] = most[r].max(most[r - time as usize].saturating_add(price));
        }
    }
    let mut order: Vec<usize> = (0..times.len()).filter(|&t| prices[t] > 0).collect();
    order.sort_by_key(|&t| (std::cmp::Reverse(prices[t]), t));
    let mut sets = Sets { times, prices, scale, may, most, order, left: SETS_MAX };
    sets.none(0, &mut Vec::new(), room, 0)
}

struct Sets<'a> {
    times: &'a [u64],
    prices: &'a [u64],
    scale: u64,
    may: &'a [Vec<bool>],
    /// The most that fits so many ticks, whoever may share.
    most: Vec<u64>,
    order: Vec<usize>,
    left: u64,
}

impl Sets<'_> {
    fn none(&mut self, from: usize, load: &mut Vec<usize>, room: usize, value: u64) -> Option<bool> {
        if value > self.scale {
            return Some(false);
        }
        if value.saturating_add(self.most[room]) <= self.scale {
            return Some(true);
        }
        self.left = self.left.checked_sub(1)?;
        for at in from..self.order.len() {
            let task = self.order[at];
            let time = self.times[task] as usize;
            if time > room || load.iter().any(|&other| !self.may[task][other]) {
                continue;
            }
            load.push(task);
            let none = self.none(at + 1, load, room - time, value.saturating_add(self.prices[task]));
            load.pop();
            if none != Some(true) {
                return none;
            }
        }
        Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::none_dearer;

    /// Three tasks of 5 in 10 ticks: two share, never all three; with 0 and 1 kept apart, prices may be higher.
    #[test]
    fn by_hand() {
        let free = vec![vec![true; 3]; 3];
        assert_eq!(none_dearer(&[5, 5, 5], &[1, 1, 1], 10, 2, &free), Some(true));
        assert_eq!(none_dearer(&[5, 5, 5], &[1, 1, 1], 10, 1, &free), Some(false));
        assert_eq!(none_dearer(&[5, 5, 5], &[2, 2, 1], 10, 3, &free), Some(false));
        let mut apart = free;
        apart[0][1] = false;
        apart[1][0] = false;
        assert_eq!(none_dearer(&[5, 5, 5], &[2, 2, 1], 10, 3, &apart), Some(true));
        assert_eq!(none_dearer(&[5; 3], &[1; 3], u64::MAX, 1, &apart), None);
    }
}
