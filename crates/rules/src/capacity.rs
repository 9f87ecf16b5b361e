//! What one line can make in each period.

use crate::{learning, licence};
use model::Ring;
use model::ids::CapabilityId;
use units::{Minutes, Quantity};

/// Pieces one line can make in each period of the horizon, rounded down to thousandths; zero before `output_from`.
///
/// `cycle_time` is the option's `cycle_time_planned`; `planned` holds the site's planned minutes by period
/// ([`crate::calendar::WorkTime`]). The line learns along: it is taken to run at full rate from `output_from` on, with
/// `made` pieces behind it besides the site's opening experience.
#[must_use]
pub fn of_line(
    ring: &Ring,
    capability: CapabilityId,
    cycle_time: Minutes,
    output_from: usize,
    made: f64,
    planned: &[f64],
) -> Vec<Quantity> {
    let row = &ring.capability[capability];
    let curve = learning::Curve::of(&ring.items[row.item]);
    let mut made = made + learning::experience(ring, row.site, row.item);
    let share = ring.settings.line_efficiency * row.productivity;
    let mut capacity = vec![Quantity::ZERO; planned.len()];
    for (period, minutes) in planned.iter().enumerate().skip(output_from) {
        if *minutes <= 0.0 || cycle_time <= Minutes::ZERO {
            continue;
        }
        if !licence::holds_revision(ring, capability, period) {
            continue;
        }
        let per_piece = cycle_time.as_f64() * curve.factor(made + 1.0);
        capacity[period] = round_down(minutes * share / per_piece);
        made += capacity[period].as_f64();
    }
    capacity
}

/// Whole thousandths, forgiving a millionth of one so that exact results do not fall a step.
fn round_down(pieces: f64) -> Quantity {
    Quantity::from_ticks((pieces * 1_000.0 + 1e-6).floor() as i64)
}
