//! What a pilot measures, and how well: the standard error that `n` units leave.

use model::ids::{AssumptionId, ItemId};
use model::{Address, Ring};

/// How the error of a measurement falls with the number of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measure {
    /// The mean of `n` times or rates of this standard deviation each.
    Mean(f64),
    /// The share of `n` units that pass, when this share passes in truth.
    Share(f64),
    /// The slope of a learning curve, fitted to the logarithms of `n` times: the slope, and the coefficient of variation of a time.
    Slope(f64, f64),
}

impl Measure {
    /// Standard error after `n` units; none when they say nothing.
    pub(super) fn error(&self, n: u32) -> Option<f64> {
        let units = f64::from(n);
        match *self {
            Self::Mean(spread) => Some(spread / units.sqrt()),
            Self::Share(share) => Some((share * (1.0 - share) / units).sqrt()),
            Self::Slope(slope, variation) => {
                // Time of unit i is a i^b; slope is 2^b. Least squares: var(b) = variation^2 / sum of (ln i - mean)^2.
                let logs: Vec<f64> = (1..=n).map(|i| libm::log(f64::from(i))).collect();
                let mean = logs.iter().sum::<f64>() / units;
                let squares: f64 = logs.iter().map(|l| (l - mean) * (l - mean)).sum();
                (squares > 0.0).then(|| slope * core::f64::consts::LN_2 * variation / squares.sqrt())
            }
        }
    }
}

/// How a pilot measures the number of an assumption; none when it does not.
///
/// Minutes and yields of tasks are seen at each unit. Productivity of a site and slopes of learning are read off the time of
/// whole units, whose spread is that of their tasks added up as independent.
pub(super) fn measure_of(ring: &Ring, assumption: AssumptionId) -> Option<Measure> {
    let a = &ring.assumptions[assumption];
    let Address::Cell { table, key, column } = &a.address else { return None };
    match (table.as_str(), column.as_str()) {
        ("tasks", "minutes") => {
            let task = ring.tasks.iter().find(|t| t.key == *key)?;
            Some(Measure::Mean(task.spread * a.mode))
        }
        ("tasks", "first_pass_yield") => Some(Measure::Share(a.mode.clamp(0.0, 1.0))),
        ("capability", "productivity") => {
            let item = key.split(':').nth(1)?;
            let (id, _) = ring.items.enumerate().find(|(_, i)| i.key == item)?;
            Some(Measure::Mean(variation(ring, id)? * a.mode))
        }
        ("items", "learning_slope") => {
            let (id, _) = ring.items.enumerate().find(|(_, i)| i.key == *key)?;
            Some(Measure::Slope(a.mode, variation(ring, id)?))
        }
        _ => None,
    }
}

/// Coefficient of variation of the time of one whole unit; none when it has no tasks.
fn variation(ring: &Ring, item: ItemId) -> Option<f64> {
    let own = || ring.tasks.iter().filter(|t| t.item == item);
    let total: f64 = own().map(|t| t.minutes.as_f64()).sum();
    let squares: f64 = own().map(|t| t.spread * t.minutes.as_f64()).map(|s| s * s).sum();
    (total > 0.0).then(|| squares.sqrt() / total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_of_the_textbook() {
        assert_eq!(Measure::Mean(6.0).error(9), Some(2.0));
        assert_eq!(Measure::Share(0.5).error(25), Some(0.1));
        // Two units: logs 0 and ln 2, squares ln2^2 / 2; the error is slope * variation * sqrt 2.
        let two = Measure::Slope(0.8, 0.1).error(2).unwrap();
        assert!((two - 0.8 * 0.1 * 2.0_f64.sqrt()).abs() < 1e-12, "{two}");
        assert_eq!(Measure::Slope(0.8, 0.1).error(1), None, "one unit shows no slope");
    }
}
