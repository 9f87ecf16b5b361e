//! The fill rate: the share of units due that are there in time, first come first served.

use model::Ring;
use model::results::Evidence;
use units::Id;

/// The mean over the replications that evidence keeps, and half the width of its 95 % interval; none when nothing is due.
///
/// Units due in a period are in time as far as what was delivered by its end goes beyond all that was due before it.
#[must_use]
pub fn fill_rate(ring: &Ring, evidence: &Evidence) -> Option<(f64, f64)> {
    let n = ring.settings.n_periods;
    let series = Evidence::series(ring);
    let due: Vec<Vec<f64>> = series
        .iter()
        .map(|(customer, item)| {
            let mut due = vec![0.0; n];
            for row in ring.demand.iter().filter(|d| (d.customer, d.item) == (*customer, *item)) {
                due[row.period.index()] += row.quantity.as_f64();
            }
            due
        })
        .collect();
    let all: f64 = due.iter().flatten().sum();
    if all <= 0.0 || evidence.replications.is_empty() {
        return None;
    }
    let rates: Vec<f64> = evidence
        .replications
        .iter()
        .map(|replication| {
            let in_time = due.iter().zip(&replication.delivered).map(|(due, delivered)| {
                let (mut owed, mut came, mut in_time) = (0.0, 0.0, 0.0);
                for (now, pieces) in due.iter().zip(delivered) {
                    came += *pieces as f64;
                    in_time += (came - owed).clamp(0.0, *now);
                    owed += now;
                }
                in_time
            });
            in_time.sum::<f64>() / all
        })
        .collect();
    let runs = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / runs;
    let spread = rates.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() / (runs - 1.0).max(1.0);
    Some((mean, 1.96 * (spread / runs).sqrt()))
}
