//! From a question to an answer: which engine runs when.

mod cycle_time;
mod efficiency;
mod level;
mod pass;
mod stations;

use crate::budget::Budget;
use crate::certificate::{Certificate, Proof};
use crate::problem::{Assignment, Goal, Options, Outcome, Problem, Stats, Status};
use model::control::Control;

/// Answers a question about one line.
///
/// # Cost
/// Bounds and rules take about `n^2` to `n^3` steps whatever the work limit; the search stops soon after
/// `control` says so.
///
/// # Not handled
/// Exact search of lines with more than [`crate::exact::engine::TASKS_EXACT_MAX`] tasks: these get
/// bounds and rules only and end as [`Status::Feasible`] unless these agree.
///
/// # Example
/// ```
/// use balance::{Goal, Instance, Options, Problem, Status, solve};
/// use model::control::Control;
/// let line = Instance::new(&[4, 6, 5, 5], &[(0, 2), (1, 3)]).expect("no circle");
/// let goal = Goal::Stations { cycle_time: 10 };
/// let problem = Problem { instance: &line, goal };
/// let outcome = solve(&problem, &Options::default(), &mut Control::unlimited());
/// assert_eq!(outcome.status, Status::Optimal);
/// assert_eq!(outcome.bound, 2);
/// ```
#[must_use]
pub fn solve(problem: &Problem<'_>, options: &Options, control: &mut Control<'_>) -> Outcome {
    solve_within(problem, options, &mut Budget::new(control))
}

/// As [`solve`], within a slice of a budget.
pub(crate) fn solve_within(problem: &Problem<'_>, options: &Options, budget: &mut Budget<'_, '_>) -> Outcome {
    let before = budget.spent();
    let mut outcome = match problem.goal {
        Goal::Stations { cycle_time } => fewest(problem, cycle_time, None, options, budget),
        Goal::Feasible { cycle_time, stations } => fewest(problem, cycle_time, Some(stations), options, budget),
        Goal::CycleTime { stations } => cycle_time::shortest(problem.instance, stations, options, budget),
        Goal::Efficiency { stations_min, stations_max } => {
            efficiency::best(problem.instance, stations_min..=stations_max, options, budget)
        }
    };
    outcome.stats.work = budget.spent() - before;
    outcome
}

/// SALBP-1, and SALBP-F when `allowed` stations are enough.
fn fewest(
    problem: &Problem<'_>,
    cycle_time: u32,
    allowed: Option<u32>,
    options: &Options,
    budget: &mut Budget<'_, '_>,
) -> Outcome {
    let instance = problem.instance;
    if let Some(task) = too_long(problem, cycle_time) {
        return Outcome {
            status: Status::Infeasible,
            best: None,
            bound: u64::MAX,
            certificates: vec![Certificate { cycle_time, stations_min: u32::MAX, proof: Proof::TaskTooLong { task } }],
            stats: Stats::default(),
        };
    }
    let reversed = instance.reversed();
    let mut search = stations::Search::new(instance, &reversed, cycle_time);
    search.run(allowed.unwrap_or(0), options, budget);
    let bound = search.certificate.stations_min;
    let stats = Stats { states: search.states(), ..search.stats };
    let found: Assignment = search.best;
    let (status, best) = match allowed {
        None if found.stations <= bound => (Status::Optimal, Some(found)),
        None => (Status::Feasible, Some(found)),
        Some(allowed) if found.stations <= allowed => (Status::Optimal, Some(found)),
        Some(allowed) if bound > allowed => (Status::Infeasible, None),
        Some(_) => (Status::Unknown, None),
    };
    Outcome { status, best, bound: u64::from(bound), certificates: vec![search.certificate], stats }
}

/// The first of the longest tasks, when it does not fit the cycle time.
fn too_long(problem: &Problem<'_>, cycle_time: u32) -> Option<u32> {
    let longest = problem.instance.time_max();
    (longest > cycle_time || cycle_time == 0).then(|| {
        let times = problem.instance.times();
        times.iter().position(|&t| t == longest).unwrap_or(0) as u32
    })
}
