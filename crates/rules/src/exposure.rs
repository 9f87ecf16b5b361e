//! What stops of single places do to a plan, in a few numbers.

use model::Ring;
use model::results::resilience::{Exposure, Resilience, StopEffect};
use model::tables::outages::{Target, When};

/// The exposure of a plan: over all single stops of a site or zone whose length the ring tells.
///
/// A stop keeps `1 - lost / due`, where `lost` is the value of deliveries lost until all is back, and `due` the value of what would
/// leave in the days of full output missed; values at the customers' `unmet_cost`.
#[must_use]
pub fn of(ring: &Ring, view: &Resilience) -> Exposure {
    let value_day: f64 = view.rates.iter().map(|r| r.pieces_day * ring.customers[r.customer].unmet_cost.as_f64()).sum();
    let is_place = |s: &&StopEffect| matches!(s.targets[..], [Target::Site(_) | Target::Zone(_)]);
    let places = || view.stops.iter().filter(is_place);
    let kept: Vec<f64> = places()
        .filter_map(|s| {
            let due = s.missed_days? * value_day;
            let lost = s.lost_value?.as_f64();
            Some(if due > 0.0 { (1.0 - lost / due).clamp(0.0, 1.0) } else { 1.0 })
        })
        .collect();
    Exposure {
        stops: kept.len(),
        kept_worst: kept.iter().copied().fold(1.0, f64::min),
        kept_mean: if kept.is_empty() { 1.0 } else { kept.iter().sum::<f64>() / kept.len() as f64 },
        survive_least: places().filter_map(|s| s.survive_days).min_by(f64::total_cmp),
        single_points: places().filter(|s| s.is_single_point_of_failure()).count(),
        single_sources: view.single_sources.len(),
    }
}

/// Days at zero output of the longest stop that the ring tells of any site or zone; none when it tells of none.
///
/// Stands in for places it tells nothing of, so that plans that use other places are held against stops as long: without it a plan would
/// look safe for standing where nobody has said anything.
#[must_use]
pub fn asked_days(ring: &Ring) -> Option<f64> {
    let places = ring.outages.iter().filter(|o| matches!(o.target, Target::Site(_) | Target::Zone(_)));
    let days = places.map(|o| match o.when {
        When::Dated(from, to) => (to.days_since(from) + 1) as f64,
        When::Random { days, .. } => days,
    });
    days.max_by(f64::total_cmp)
}
