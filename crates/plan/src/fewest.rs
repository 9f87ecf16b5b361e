//! Of programmes that cost the same, one with fewer moves: sites and lines stay, and what is made goes back to the plan as it
//! stood wherever that costs nothing.

use crate::build::{Build, Detail};
use crate::data::Data;
use crate::key::Key;
use crate::lp::{Col, End, Heuristics, Highs, Limits, Solver};
use crate::recourse::{self, Fixed};
use model::control::Control;
use model::results::Programme;

/// Simplex iterations spent on it.
const ITERATIONS_MAX: u64 = 100_000;

/// What may differ from the plan as it stood when a programme's sites and lines stay and it costs no more; none when
/// nothing better is found.
///
/// `data` holds the programme's lines.
pub(crate) fn moves(data: &Data<'_>, programme: &Programme, detail: &Detail, control: &Control<'_>) -> Option<Fixed> {
    let mut build = Build::new(data, detail.clone());
    let mut fixed = recourse::fixed_of(&programme.sites, &programme.lines);
    recourse::fix(&mut build, &fixed);
    let costs: Vec<(Col, f64)> = (0..build.program.cols().len())
        .map(|at| (Col::from_index(at), build.program.cols()[at].cost))
        .filter(|(_, cost)| *cost != 0.0)
        .collect();
    for (key, col) in build.columns().collect::<Vec<_>>() {
        build.program.set_cost(col, if matches!(key, Key::Moved(_)) { 1.0 } else { 0.0 });
    }
    let most = programme.cost.as_f64() - build.constant;
    build.program.row(f64::NEG_INFINITY, most + room(programme), costs);
    let limits = Limits { gap: 0.0, iterations_max: ITERATIONS_MAX, start: None, heuristics: Heuristics::All };
    let answer = Highs.solve(&build.program, &limits, control);
    let point = answer.point.filter(|_| answer.end != End::Infeasible)?;
    fixed.people = Some(recourse::people_of(&build, &point));
    fixed.moved = recourse::moved_of(&build, &point);
    Some(fixed)
}

/// Money by which two programmes may differ and still cost the same: a cent for each cost row.
pub(crate) fn room(programme: &Programme) -> f64 {
    0.01 * (programme.costs.len() + 1) as f64
}
