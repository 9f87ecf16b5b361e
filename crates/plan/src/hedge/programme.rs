//! The hedge as a programme: the first stage chosen for what may stop, planned week by week for the undisturbed ring.

use super::search::{hedge, spread};
use super::trial::{self, Trial};
use super::{HedgeOptions, HedgeStats, Hedged};
use crate::build::Detail;
use crate::data::{Choice, Data, Line};
use crate::evaluate::evaluate;
use crate::primal;
use crate::problem::{FirstStage, Problem, Stats};
use crate::recourse::{self, Fixed};
use diag::Diagnostic;
use model::control::Control;
use model::results::hedge::{Future, FutureCost, Hedge, OutOfSample};
use model::results::{Programme, Status};
use units::Money;

/// Futures drawn afresh to try the choice in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Seed of the draws; another than that of the futures the choice is made for.
    pub seed: u64,
    /// How many, 2 or more.
    pub futures: u32,
}

/// Finds sites, lines and people that are good over all futures, and plans the undisturbed ring with them.
///
/// `plain` is the programme of the ring that knows of no stops: the search begins with it, and what it costs in the same
/// futures is told beside.
///
/// # Errors
/// As [`hedge`]; those of [`crate::evaluate()`] when the first stage found leaves no programme.
pub fn programme(
    problem: &Problem<'_>,
    plain: &Programme,
    futures: &[Future],
    options: &HedgeOptions,
    check: Option<Check>,
    control: &Control<'_>,
) -> Result<(Hedge, HedgeStats), Vec<Diagnostic>> {
    if rules::moves::has_kept_plan(problem.ring) {
        let help = "plan without hedging, or take the settings `freeze_until`, `moves_max` and `move_cost` out";
        let fact = "the ring keeps a plan as it stood, and hedging knows of none";
        let place = diag::Place::Setting("policy".to_owned());
        return Err(vec![Diagnostic::error(diag::Code(312), fact, help).at(place, "")]);
    }
    let start = FirstStage::of(plain);
    let options = HedgeOptions { start: Some(start.clone()), ..options.clone() };
    let found = hedge(problem, futures, &options, control)?;
    control.tell("hedge", "week by week", Some(0.9));
    let mut notes = Vec::new();
    let mut programme = finish(problem, &found, plain, &mut notes)?;
    programme.bound = plain.bound.min(programme.cost);
    programme.status = status(&programme);
    let unstopped = Control::unlimited();
    let without = Trial::with_least_people(problem, &start, options.threads, &unstopped);
    let plain_costs = without.as_ref().and_then(|trial| {
        let first = trial.cost_first();
        Some(trial.costs(futures)?.into_iter().map(|c| first + c).collect::<Vec<f64>>())
    });
    let own: Vec<f64> = found.costs.iter().map(|c| c + found.cost_first).collect();
    let plain_costs = plain_costs.unwrap_or_else(|| {
        notes.push("what the plan that knows of no stops costs could not be worked out".to_owned());
        own.clone()
    });
    let check =
        check.filter(|_| !control.is_stopped()).and_then(|check| tried(problem, &found, without, &options, check));
    let costs = futures.iter().zip(own.iter().zip(&plain_costs));
    let costs = costs.map(|(future, (cost, plain))| FutureCost {
        future: future.clone(),
        cost: Money::from_f64(*cost),
        plain: Money::from_f64(*plain),
    });
    notes.sort();
    let hedge = Hedge {
        status: found.status,
        programme,
        tail: options.tail,
        hedged: spread(futures, &own, &options.tail),
        plain: spread(futures, &plain_costs, &options.tail),
        bound: Money::from_f64(found.bound),
        futures: costs.collect(),
        check,
        notes,
    };
    Ok((hedge, found.stats))
}

fn tried(
    problem: &Problem<'_>,
    found: &Hedged,
    plain: Option<Trial<'_>>,
    options: &HedgeOptions,
    check: Check,
) -> Option<OutOfSample> {
    let hedged = Trial::of(problem, &found.first, &found.fixed, options.threads);
    trial::out_of_sample(&hedged, plain.as_ref(), check.seed, check.futures)
}

/// The programme of the undisturbed ring with sites, lines and people as found; people, then rules, give way when they must.
fn finish(
    problem: &Problem<'_>,
    found: &Hedged,
    plain: &Programme,
    notes: &mut Vec<String>,
) -> Result<Programme, Vec<Diagnostic>> {
    if found.first == FirstStage::of(plain) {
        return Ok(plain.clone());
    }
    let kept = |l: &Line| found.fixed.lines.contains_key(&primal::key_of(l));
    let small = Data::new(problem.ring, problem.designs, &Choice::Only(&kept));
    let control = Control::unlimited();
    let mut stats = Stats::default();
    let free = Fixed { people: None, ..found.fixed.clone() };
    for (at, fixed) in [&found.fixed, &free].into_iter().enumerate() {
        if let Ok((programme, _)) = recourse::finish(&small, fixed, Detail::default(), &control, &mut stats) {
            if at > 0 {
                notes.push("people are trained at other times than in the futures".to_owned());
            }
            return Ok(programme);
        }
    }
    notes.push(
        "not every rule can be kept week by week with these sites and lines; the programme says which".to_owned(),
    );
    evaluate(problem, &found.first, &control)
}

/// Optimal when cost and bound agree to a millionth and a cent for each cost row, as in `solve`.
fn status(programme: &Programme) -> Status {
    let cents = programme.costs.len() as f64 * 0.01 + 0.01;
    let (cost, bound) = (programme.cost.as_f64(), programme.bound.as_f64());
    if cost - bound <= 1e-6 * cost + cents { Status::Optimal } else { Status::WorkLimited }
}
