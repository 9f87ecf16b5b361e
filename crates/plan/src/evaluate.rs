//! The best programme for sites and lines that are decided already.

use crate::build::Detail;
use crate::conflict;
use crate::data::{Choice, Data, retimed};
use crate::key::Key;
use crate::near::Near;
use crate::problem::{FirstStage, Problem, Stats};
use crate::recourse::{self, Blocked, Fixed};
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::Programme;

/// Finds the best programme for sites and lines that are decided already, in the ring as it is now.
///
/// Sites, layouts and numbers of lines stay. What the ring no longer allows then is ordered as soon as it does; what it
/// never allows is left out. Contracts, ceilings, workshare and qualified sites are kept as far as they can be: where one
/// is missed, the programme says so in `notes`, and `verify` will tell too. People, production, purchases and deliveries
/// are decided anew. The programme's bound is its cost: it is best for this first stage, not for the ring.
///
/// # Errors
/// `RW0303` when the first stage leaves no programme at all, saying why; `RW0503` when somebody stopped it.
///
/// # Cost
/// One linear program over the sites and lines decided: well under a second for a ring of ten sites and 52 periods.
pub fn evaluate(
    problem: &Problem<'_>,
    first: &FirstStage,
    control: &Control<'_>,
) -> Result<Programme, Vec<Diagnostic>> {
    evaluate_near(problem, first, &mut Near::default(), control)
}

/// The same, begun where the last one with the same `near` ended: for a ring that differs in a few numbers, which takes
/// half the time or less.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_near(
    problem: &Problem<'_>,
    first: &FirstStage,
    near: &mut Near,
    control: &Control<'_>,
) -> Result<Programme, Vec<Diagnostic>> {
    let retimed = retimed(problem.ring, problem.designs, first);
    let keys: Vec<_> = retimed.lines.keys().copied().collect();
    let data = Data::new(problem.ring, problem.designs, &Choice::These(&keys));
    let mut fixed = Fixed {
        open: retimed.sites.iter().map(|(site, opened)| (Key::Open(*site, *opened), 1.0)).collect(),
        lines: retimed.lines,
        people: None,
        fewer: false,
        moved: None,
    };
    let detail = Detail { soft: true, ..Detail::default() };
    let mut stats = Stats::default();
    let mut found = recourse::finish_relaxed(&data, &fixed, detail.clone(), (&mut *near, control), &mut stats);
    if let Err(Blocked::Infeasible) = found {
        fixed.fewer = true;
        found = recourse::finish_relaxed(&data, &fixed, detail, (near, control), &mut stats);
    }
    match found {
        Ok((mut programme, _)) => {
            programme.bound = programme.cost;
            programme.notes.extend(retimed.notes);
            if fixed.fewer {
                programme.notes.push("fewer lines than decided can be had".to_owned());
            }
            programme.notes.sort();
            Ok(programme)
        }
        Err(Blocked::Stopped) => Err(vec![Diagnostic::error(
            Code(503),
            "the planner was stopped before it had a programme",
            "let it run longer",
        )]),
        Err(Blocked::Infeasible | Blocked::Failed) => Err(conflict::first_stage(&data, &fixed, control)),
    }
}
