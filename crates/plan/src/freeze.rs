//! Which frozen decisions cannot stay in the ring as it is, and what is left of them: as much as can be.

use crate::build::{Build, Detail};
use crate::conflict;
use crate::data::Data;
use crate::key::Key;
use crate::lp::{Col, End, Heuristics, Highs, Limits, Solver};
use diag::Diagnostic;
use model::control::Control;
use rules::moves::Decision;
use std::collections::BTreeMap;
use units::Quantity;

/// Simplex iterations spent on finding what gives way.
const ITERATIONS_MAX: u64 = 200_000;

/// What is left of each frozen decision that cannot stay; empty when all can.
///
/// The least is sought of lines and sites that fall away first, of pieces as shares of what was planned after that.
///
/// # Errors
/// `RW0303` when not even giving way leaves a programme.
pub(crate) fn given_way(
    data: &Data<'_>,
    control: &Control<'_>,
) -> Result<BTreeMap<Decision, Quantity>, Vec<Diagnostic>> {
    if !data.kept.is_kept || data.kept.free_from == 0 {
        return Ok(BTreeMap::new());
    }
    let mut build = Build::new(data, Detail { frozen_may_give_way: true, ..Detail::default() });
    for (key, col) in build.columns().collect::<Vec<_>>() {
        build.program.set_cost(col, weight(key));
    }
    let limits = Limits { gap: 0.01, iterations_max: ITERATIONS_MAX, start: None, heuristics: Heuristics::All };
    let relaxed = Highs.solve(&build.program.relaxed(), &limits, control);
    if relaxed.end == End::Infeasible {
        return Err(conflict::explain(&build, control));
    }
    let nothing = |point: &[f64]| shorts(&build).all(|(_, col)| point[col.index()] <= 1e-6);
    if relaxed.end != End::Solved || relaxed.point.as_deref().is_some_and(nothing) {
        return Ok(gone(data, &build));
    }
    let whole = Highs.solve(&build.program, &limits, control);
    if whole.end == End::Infeasible {
        return Err(conflict::explain(&build, control));
    }
    let Some(point) = whole.point else {
        return Ok(gone(data, &build));
    };
    let mut given = gone(data, &build);
    for (decision, col) in shorts(&build).filter(|(_, col)| point[col.index()] > 1e-6) {
        let left = data.kept.planned(decision).as_f64() - point[col.index()];
        let ticks = match decision {
            Decision::Make(..) => (left * 1e3 + 1e-3).floor(),
            Decision::Site(..) | Decision::Line(..) => left.round() * 1e3,
        };
        given.insert(decision, Quantity::from_ticks(ticks.max(0.0) as i64));
    }
    Ok(given)
}

/// What giving way by one weighs: a site or line more than all pieces together.
fn weight(key: Key) -> f64 {
    match key {
        Key::Short(Decision::Make(..)) => 1.0,
        Key::Short(_) => 1e6,
        _ => 0.0,
    }
}

fn shorts<'b>(build: &'b Build<'_>) -> impl Iterator<Item = (Decision, Col)> + 'b {
    build.columns().filter_map(|(key, col)| match key {
        Key::Short(decision) => Some((decision, col)),
        _ => None,
    })
}

/// Frozen decisions that have no column any more.
fn gone(data: &Data<'_>, build: &Build<'_>) -> BTreeMap<Decision, Quantity> {
    let frozen = data.kept.all().filter(|(decision, _)| data.kept.is_frozen(*decision));
    let gone = frozen.filter(|(decision, _)| build.col(Key::Short(*decision)).is_none());
    gone.map(|(decision, _)| (decision, Quantity::ZERO)).collect()
}
