//! The rate that customers ask for, and when what is made reaches it.
//!
//! `asked = max over t of (replenishment of the product due in t..t+w) / w`; reached in the first `t` with
//! `(made in t..t+w) / w >= 0.95 * asked`. `w` is about a month: one good period is not a rate yet.

use model::Ring;
use model::results::Programme;
use model::settings::Settings;

/// Share of the rate asked for from which it counts as reached: `0.95`, an agreement.
pub const REACHED: f64 = 0.95;

/// Periods that are looked at together: as many as fit four weeks, at least one, at most the horizon.
#[must_use]
pub fn window(settings: &Settings) -> usize {
    let four_weeks = usize::try_from(28 / settings.period_days.max(1)).unwrap_or(1);
    four_weeks.clamp(1, settings.n_periods.max(1))
}

/// The first period, from 0, of a programme's last weeks: from then on all its lines deliver that do so within the horizon;
/// at least [`window`] periods.
#[must_use]
pub fn last_weeks(ring: &Ring, programme: &Programme) -> usize {
    let n = ring.settings.n_periods;
    let ready = programme.lines.iter().map(|l| units::Id::index(l.output_from)).filter(|p| *p < n).max();
    ready.unwrap_or(0).min(n.saturating_sub(window(&ring.settings)))
}

/// Pieces of the product asked for in a period, all customers together, in the window that asks for most; exercises apart.
#[must_use]
pub fn asked(ring: &Ring) -> f64 {
    let mut due = vec![0.0; ring.settings.n_periods];
    for row in ring.demand.iter().filter(|row| row.item == ring.settings.product) {
        due[units::Id::index(row.period)] += row.quantity.as_f64();
    }
    let window = window(&ring.settings);
    due.windows(window).map(|some| some.iter().sum::<f64>() / window as f64).fold(0.0, f64::max)
}

/// The first period, from 0, from which on the product made reaches the rate asked for; none when it never does, or when
/// nothing is asked for. `made` holds pieces by period.
#[must_use]
pub fn reached(ring: &Ring, made: &[f64]) -> Option<usize> {
    let window = window(&ring.settings);
    let goal = REACHED * asked(ring) * window as f64;
    // A millionth of a piece is rounding.
    made.windows(window).position(|some| goal > 0.0 && some.iter().sum::<f64>() >= goal - 1e-6)
}
