//! The search: cuts at relaxed points, then at whole ones, until objective and bound agree.

use super::future::Future;
use super::master::{Master, Proposal};
use super::split::{self, First, Recourse};
use super::workers::{Answer, Workers};
use super::{HedgeOptions, HedgeStats, Hedged, Tail, monolith as whole};
use crate::build::{Build, Detail};
use crate::data::{Choice, Data};
use crate::lp::{End, Highs, Limits, Solver};
use crate::primal::{LineKey, key_of};
use crate::problem::{FirstStage, Problem};
use crate::round;
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::Status;

/// Share of the way from the best point to the master's at which futures are asked.
const STEP: f64 = 0.5;

/// Relative distance of the relaxation from its bound below which the master's own point is asked.
const NEAR: f64 = 1e-3;

/// Finds sites, lines and people that are good over all futures, and the least objective that any could have.
///
/// The bound holds for every first stage of the ring, up to the solver's tolerance of a millionth and to smallest lots,
/// which are in neither objective nor bound.
///
/// # Errors
/// `RW0303` when no first stage meets its rules, `RW0305` when the limit of work came before any, `RW0503` when stopped.
///
/// # Cost
/// A linear program for each future and round; memory for one solver a future.
pub fn hedge(
    problem: &Problem<'_>,
    futures: &[Future],
    options: &HedgeOptions,
    control: &Control<'_>,
) -> Result<Hedged, Vec<Diagnostic>> {
    let stage = Stage::new(problem);
    let recourses = stage.recourses(problem, futures);
    std::thread::scope(|scope| {
        let workers = Workers::start(scope, &recourses, options.threads);
        let mut search = Search {
            stage: &stage,
            recourses: &recourses,
            workers,
            options,
            control,
            best: None,
            bound: f64::NEG_INFINITY,
        };
        let mut stats = stage.stats(&recourses);
        let found = search.run(&mut stats);
        let Some(best) = found.and(search.best.take()) else {
            return Err(vec![stage.nothing_found(control)]);
        };
        Ok(stage.hedged(problem, best, search.bound, &recourses, (options, control), stats))
    })
}

/// Cost of the second stage of a first stage in other futures: the test of a hedge on futures it was not made for.
///
/// # Cost
/// One linear program a future, held in memory by the fifty.
#[must_use]
pub fn costs_in(problem: &Problem<'_>, hedged: &Hedged, futures: &[Future], threads: usize) -> Vec<f64> {
    let stage = Stage::new(problem);
    let mut costs = Vec::new();
    for some in futures.chunks(50) {
        let recourses = stage.recourses(problem, some);
        let answers = std::thread::scope(|scope| Workers::start(scope, &recourses, threads).ask(Some(&hedged.point)));
        costs.extend(answers.into_iter().flatten().map(|a| a.cost));
    }
    costs
}

/// Objective and bound of the same problem as one integer program, within a limit of simplex iterations: for comparison.
#[must_use]
pub fn monolith(
    problem: &Problem<'_>,
    futures: &[Future],
    tail: &Tail,
    (gap, iterations_max): (f64, u64),
    control: &Control<'_>,
) -> (Option<f64>, f64) {
    let stage = Stage::new(problem);
    let program = whole::program(&stage.first, &stage.recourses(problem, futures), tail);
    let answer = Highs.solve(&program, &Limits { gap, iterations_max, start: None }, control);
    let cost = |point: &Vec<f64>| program.cols().iter().zip(point).map(|(c, x)| c.cost * x).sum::<f64>();
    let found = answer.point.as_ref().filter(|_| answer.end != End::Infeasible).map(cost);
    (found.map(|c| c + stage.first.constant), answer.bound + stage.first.constant)
}

/// The first stage of a ring, with the meaning of its columns.
struct Stage<'a> {
    data: Data<'a>,
    first: First,
    lines: Vec<LineKey>,
}

/// A first stage with its value.
struct Best {
    point: Vec<f64>,
    costs: Vec<f64>,
    objective: f64,
}

impl<'a> Stage<'a> {
    fn new(problem: &Problem<'a>) -> Self {
        let all = Data::new(problem.ring, problem.designs, &Choice::All);
        let lines: Vec<LineKey> = all.lines.iter().map(key_of).collect();
        // Once more with exactly these, as in every future, so that the same columns stand in all programs.
        let data = Data::new(problem.ring, problem.designs, &Choice::These(&lines));
        let first = split::first(&Build::new(&data, split::detail(problem.ring)));
        Self { data, first, lines }
    }

    fn recourses(&self, problem: &Problem<'_>, futures: &[Future]) -> Vec<Recourse> {
        let one = |future| split::recourse(problem.ring, problem.designs, &self.lines, &self.first, future);
        futures.iter().map(one).collect()
    }

    fn stats(&self, recourses: &[Recourse]) -> HedgeStats {
        let cols = self.first.program.cols();
        let future = recourses.first().map_or((0, 0), |r| (r.program.cols().len(), r.program.bounds().len()));
        HedgeStats { first: (cols.len(), cols.iter().filter(|c| c.whole).count()), future, ..HedgeStats::default() }
    }

    fn cost_first(&self, point: &[f64]) -> f64 {
        let cols = self.first.program.cols().iter();
        self.first.constant + cols.zip(point).map(|(c, x)| c.cost * x).sum::<f64>()
    }

    fn hedged(
        &self,
        problem: &Problem<'_>,
        best: Best,
        bound: f64,
        recourses: &[Recourse],
        (options, control): (&HedgeOptions, &Control<'_>),
        stats: HedgeStats,
    ) -> Hedged {
        let build = Build::new(&self.data, Detail { ..split::detail(problem.ring) });
        let mut whole = vec![0.0; build.program.cols().len()];
        for (key, value) in self.first.keys.iter().zip(&best.point) {
            if let Some(col) = build.col(*key) {
                whole[col.index()] = *value;
            }
        }
        let (sites, lines) = round::first_stage(&build, &whole);
        let gap = (best.objective - bound) / best.objective.abs().max(1e-9);
        let status = if gap <= 1e-6 {
            Status::Optimal
        } else if control.is_stopped() {
            Status::TimeLimited
        } else {
            Status::WorkLimited
        };
        let weights = || recourses.iter().map(|r| r.weight);
        Hedged {
            status,
            first: FirstStage { sites, lines },
            cost_first: self.cost_first(&best.point),
            cost_expected: weights().zip(&best.costs).map(|(w, c)| w * c).sum(),
            cost_tail: tail_mean(&weights().zip(best.costs.iter().copied()).collect::<Vec<_>>(), options.tail.share),
            objective: best.objective,
            bound: bound.min(best.objective),
            costs: best.costs,
            point: best.point,
            stats,
        }
    }

    fn nothing_found(&self, control: &Control<'_>) -> Diagnostic {
        if control.is_stopped() {
            let help = "let it run longer";
            return Diagnostic::error(Code(503), "the planner was stopped before it had a first stage", help);
        }
        let feasible =
            Highs.solve(&self.first.program, &Limits { gap: 1.0, iterations_max: 100_000, start: None }, control);
        if feasible.end == End::Infeasible {
            let help = "run `ringworks plan` on the ring: it names the rules in conflict";
            return Diagnostic::error(Code(303), "no choice of sites and lines meets every rule", help);
        }
        let help = "give it more iterations or fewer futures";
        Diagnostic::error(Code(305), "the limit of work ended the planner before it had a first stage", help)
    }
}

/// Mean of the worst `share` of weighted costs.
pub(super) fn tail_mean(costs: &[(f64, f64)], share: f64) -> f64 {
    let mut worst: Vec<(f64, f64)> = costs.to_vec();
    worst.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (mut left, mut sum) = (share, 0.0);
    for (weight, cost) in worst {
        let taken = weight.min(left);
        sum += taken * cost;
        left -= taken;
    }
    sum / (share - left).max(1e-12)
}

struct Search<'s, 'a> {
    stage: &'s Stage<'a>,
    recourses: &'s [Recourse],
    workers: Workers,
    options: &'s HedgeOptions,
    control: &'s Control<'s>,
    best: Option<Best>,
    bound: f64,
}

impl Search<'_, '_> {
    /// Runs to the gap or the limit; none when a linear program had no answer.
    fn run(&mut self, stats: &mut HedgeStats) -> Option<()> {
        let least: Vec<f64> = self.workers.ask(None)?.iter().map(|a| a.cost).collect();
        let mut master = Master::new(&self.stage.first, self.recourses, &least, &self.options.tail);
        self.relaxed_rounds(&mut master, stats)?;
        self.whole_rounds(&mut master, stats)?;
        stats.cuts = master.cuts;
        Some(())
    }

    /// Cuts at relaxed points, until the relaxation is solved to a fraction of the gap.
    fn relaxed_rounds(&mut self, master: &mut Master, stats: &mut HedgeStats) -> Option<()> {
        let mut center: Option<(Vec<f64>, f64)> = None;
        let mut step = STEP;
        while stats.rounds.0 < self.options.rounds_max && !self.control.is_stopped() {
            let proposal = master.relaxed()?;
            let bound = proposal.bound + self.stage.first.constant;
            self.bound = self.bound.max(bound);
            let apart = center.as_ref().map_or(f64::INFINITY, |(_, value)| (value - bound) / value.abs().max(1e-9));
            if apart <= (0.1 * self.options.gap).max(1e-7) {
                break;
            }
            step = if apart < NEAR { 1.0 } else { step };
            let point = match &center {
                Some((center, _)) => between(center, &proposal.point, step),
                None => proposal.point.clone(),
            };
            let answers = self.workers.ask(Some(&point))?;
            let value = self.value(&point, &answers);
            stats.rounds.0 += 1;
            self.tell(stats, value);
            if center.as_ref().is_none_or(|(_, best)| value < *best) {
                center = Some((point.clone(), value));
            }
            // When the point between cuts nothing off, the master's own point is asked next.
            step = if master.learn(&answers, &point, &proposal) == 0 {
                if step >= 1.0 {
                    break;
                }
                1.0
            } else {
                STEP
            };
        }
        Some(())
    }

    /// Whole first stages from the master, each asked of all futures, until objective and bound agree.
    fn whole_rounds(&mut self, master: &mut Master, stats: &mut HedgeStats) -> Option<()> {
        while stats.rounds.1 < self.options.rounds_max {
            let start = self.best.as_ref().map(|b| b.point.as_slice());
            let (proposal, bound) = master.whole(self.options, start, self.control);
            self.bound = self.bound.max(bound + self.stage.first.constant);
            let Some(proposal) = proposal else {
                break;
            };
            stats.rounds.1 += 1;
            let new = self.try_whole(master, &proposal)?;
            let settled =
                self.best.as_ref().is_some_and(|b| b.objective - self.bound <= self.options.gap * b.objective.abs());
            self.tell(stats, self.best.as_ref().map_or(f64::INFINITY, |b| b.objective));
            if settled || new == 0 || self.control.is_stopped() {
                break;
            }
        }
        Some(())
    }

    fn try_whole(&mut self, master: &mut Master, proposal: &Proposal) -> Option<usize> {
        let answers = self.workers.ask(Some(&proposal.point))?;
        let objective = self.value(&proposal.point, &answers);
        if self.best.as_ref().is_none_or(|b| objective < b.objective) {
            let costs = answers.iter().map(|a| a.cost).collect();
            self.best = Some(Best { point: proposal.point.clone(), costs, objective });
        }
        Some(master.learn(&answers, &proposal.point, proposal))
    }

    /// Objective of a first stage with what the futures answered.
    fn value(&self, point: &[f64], answers: &[Answer]) -> f64 {
        let tail = &self.options.tail;
        let costs: Vec<(f64, f64)> = self.recourses.iter().zip(answers).map(|(r, a)| (r.weight, a.cost)).collect();
        let expected: f64 = costs.iter().map(|(w, c)| w * c).sum();
        let worst = if tail.weight > 0.0 { tail_mean(&costs, tail.share) } else { 0.0 };
        self.stage.cost_first(point) + (1.0 - tail.weight) * expected + tail.weight * worst
    }

    fn tell(&self, stats: &HedgeStats, value: f64) {
        let rounds = stats.rounds;
        let gap = 100.0 * (value - self.bound) / value.abs().max(1e-9);
        self.control.tell("hedge", format!("round {}+{}: within {gap:.2} %", rounds.0, rounds.1), None);
    }
}

fn between(from: &[f64], to: &[f64], step: f64) -> Vec<f64> {
    from.iter().zip(to).map(|(a, b)| a + step * (b - a)).collect()
}
