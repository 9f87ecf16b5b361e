//! How the minutes of a line's tasks vary, as `tasks.csv` says.

use super::line::Line;
use crate::practice::rules::Spread;
use model::Ring;

/// The spread of each task: minutes with their coefficient of variation, and rework.
///
/// A task done `n` times for one piece of the line varies less: `cv / sqrt(n)`; each time may fail, as in simulation.
pub(super) fn of_line(ring: &Ring, line: &Line) -> Vec<Spread> {
    let of = |at: usize| {
        let row = &ring.tasks[line.task(at)];
        let pieces = line.tasks[at].pieces.as_f64();
        let times = pieces.round().max(1.0);
        Spread {
            mean: f64::from(line.instance.time(at)),
            cv: row.spread / libm::sqrt(pieces.max(1.0)),
            rework: (row.first_pass_yield.rest().get(), row.rework_minutes.ticks() as f64 * pieces / times),
            times: times as u32,
        }
    };
    (0..line.n_tasks()).map(of).collect()
}
