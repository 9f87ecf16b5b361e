//! Where the time of a product line went: minutes by cause along the chain of events that set the pace.
//!
//! Every moment of a line (a piece ready, a station free) carries the open time since the line began,
//! split by cause. What starts next inherits the split of whatever it had to wait for, so at any time the
//! split of the last piece, and the stops until then, are an exact account of the scheduled time.

use super::clock::Moment;

/// What open time of a line goes to.
///
/// Stops need no account: every moment of a line holds the stops since the line opened, whatever was waited for, so
/// that they follow from the clock of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bucket {
    /// Work as planned, unattended time included.
    Nominal,
    /// Nothing to do by the plan.
    Plan,
    Breakdown,
    Absence,
    Parts,
    SubAssembly,
    Learning,
    Quality,
    Variability,
}

pub(super) const N_BUCKETS: usize = 9;

/// Open ticks by [`Bucket`].
pub(super) type Split = [i64; N_BUCKETS];

/// What a copy or a piece of a product line carries: a moment and the split of the open time until then.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Account {
    pub(super) at: Moment,
    pub(super) split: Split,
}

impl Account {
    /// Goes on to a moment; the open time until then goes to a bucket.
    #[inline]
    pub(super) fn advance(&mut self, to: Moment, bucket: Bucket) {
        advance(&mut self.split, &self.at, &to, bucket);
        self.at = to;
    }
}

/// Adds the open time from one moment to another to a bucket.
#[inline]
pub(super) fn advance(split: &mut Split, from: &Moment, to: &Moment, bucket: Bucket) {
    split[bucket as usize] += (to.worked - from.worked) as i64;
}

/// Splits `total` thousandths of a piece in proportion to weights (negative ones count as none); what
/// rounding leaves goes to the largest. All to `rest` when nothing has weight.
pub(super) fn apportion(total: i64, weights: &[f64], rest: usize) -> Vec<i64> {
    let sum: f64 = weights.iter().map(|w| w.max(0.0)).sum();
    let mut parts = vec![0i64; weights.len()];
    if total <= 0 || sum <= 0.0 {
        parts[rest] = total;
        return parts;
    }
    let mut largest = 0;
    for (index, weight) in weights.iter().enumerate() {
        parts[index] = (total as f64 * weight.max(0.0) / sum) as i64;
        if *weight > weights[largest] {
            largest = index;
        }
    }
    parts[largest] += total - parts.iter().sum::<i64>();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_total() {
        assert_eq!(apportion(1_000, &[1.0, -5.0, 2.0], 0), [333, 0, 667]);
        assert_eq!(apportion(-7, &[1.0, 2.0], 1), [0, -7]);
        assert_eq!(apportion(10, &[0.0, 0.0], 1), [0, 10]);
    }

    #[test]
    fn an_interval_of_open_time_goes_to_its_bucket() {
        let (from, to) = (Moment { worked: 100, scheduled: 110 }, Moment { worked: 150, scheduled: 175 });
        let mut split = [0; N_BUCKETS];
        advance(&mut split, &from, &to, Bucket::Parts);
        assert_eq!((split[Bucket::Parts as usize], split.iter().sum::<i64>()), (50, 50));
    }
}
