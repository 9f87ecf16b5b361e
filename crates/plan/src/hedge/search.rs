//! The search: cuts at relaxed points, then at whole ones, until objective and bound agree.

use super::master::{Master, Proposal};
use super::split::{RULES_MET, Recourse, Role};
use super::stage::Stage;
use super::trial::Trial;
use super::workers::{Answer, Workers};
use super::{HedgeOptions, HedgeStats, Hedged, monolith as one};
use crate::lp::{End, Heuristics, Highs, Limits, Solver};
use crate::problem::{FirstStage, Problem};
use diag::Diagnostic;
use model::control::Control;
use model::results::Status;
use model::results::hedge::{Future, Spread, Tail};
use units::Money;

/// Share of the way from the best point to the master's at which futures are asked.
const STEP: f64 = 0.5;

/// Relative distance of the relaxation from its bound below which the master's own point is asked.
const NEAR: f64 = 1e-3;

/// Share of the gap to which the relaxation is solved.
const RELAXED: f64 = 0.25;

/// Futures above which memory that solvers no longer need is given back at once.
const MANY: usize = 40;

/// Least and most periods of a block.
const BLOCK: (usize, usize) = (4, 13);

/// Finds sites, lines and people that are good over all futures, and the least objective that any could have.
///
/// Contracts, workshare and ceilings are kept by the undisturbed ring with this first stage. The bound holds for every
/// first stage that keeps them, up to the solver's tolerance of a millionth and to smallest lots, which are in neither
/// objective nor bound.
///
/// # Errors
/// `RW0303` when no first stage meets its rules, `RW0305` when the limit of work came before any, `RW0503` when stopped.
///
/// # Cost
/// A linear program for each future and round; memory for one solver a future, over blocks of periods as long as these
/// suffice for the gap.
pub fn hedge(
    problem: &Problem<'_>,
    futures: &[Future],
    options: &HedgeOptions,
    control: &Control<'_>,
) -> Result<Hedged, Vec<Diagnostic>> {
    if futures.len() > MANY {
        crate::lp::give_memory_back();
    }
    let stage = Stage::new(problem);
    let (best, bound) = (None, f64::NEG_INFINITY);
    let mut search = Search { problem, stage: &stage, futures, options, control, best, bound };
    let mut stats = search.stats();
    // A program without an answer ends the search; what was found and proven until then holds.
    let _ = search.run(problem.ring.settings.open_every_periods, &mut stats);
    let bound = search.bound;
    let Some(best) = search.best.take() else {
        return Err(vec![stage.nothing_found(control)]);
    };
    Ok(hedged(&stage, best, bound, futures, options, control, stats))
}

/// The futures' programs, and after them that of the undisturbed ring's rules.
fn with_rules(stage: &Stage<'_>, futures: &[Future], block: Option<usize>, threads: usize) -> Vec<Recourse> {
    let mut recourses = stage.futures(futures, block, threads);
    recourses.extend(stage.rules());
    recourses
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
    let program = one::program(&stage.first, &with_rules(&stage, futures, None, 1), tail);
    let answer =
        Highs.solve(&program, &Limits { gap, iterations_max, start: None, heuristics: Heuristics::All }, control);
    let cost = |point: &Vec<f64>| program.cols().iter().zip(point).map(|(c, x)| c.cost * x).sum::<f64>();
    let found = answer.point.as_ref().filter(|_| answer.end != End::Infeasible).map(cost);
    (found.map(|c| c + stage.first.constant), answer.bound + stage.first.constant)
}

/// A first stage with its value.
pub(super) struct Best {
    pub(super) point: Vec<f64>,
    costs: Vec<f64>,
    pub(super) objective: f64,
}

fn hedged(
    stage: &Stage<'_>,
    best: Best,
    bound: f64,
    futures: &[Future],
    options: &HedgeOptions,
    control: &Control<'_>,
    stats: HedgeStats,
) -> Hedged {
    let gap = (best.objective - bound) / best.objective.abs().max(1e-9);
    let status = if gap <= 1e-6 {
        Status::Optimal
    } else if control.is_stopped() {
        Status::TimeLimited
    } else {
        Status::WorkLimited
    };
    let weights = || futures.iter().map(|f| f.weight);
    Hedged {
        status,
        first: stage.sites_and_lines(&best.point),
        cost_first: stage.cost(&best.point),
        cost_expected: weights().zip(&best.costs).map(|(w, c)| w * c).sum(),
        cost_tail: tail_mean(&weights().zip(best.costs.iter().copied()).collect::<Vec<_>>(), options.tail.share),
        objective: best.objective,
        bound: bound.min(best.objective),
        costs: best.costs,
        fixed: stage.fixed(&best.point),
        stats,
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

/// Mean, worst and objective of whole costs over futures.
pub(super) fn spread(futures: &[Future], costs: &[f64], tail: &Tail) -> Spread {
    let weighted: Vec<(f64, f64)> = futures.iter().map(|f| f.weight).zip(costs.iter().copied()).collect();
    let expected = weighted.iter().map(|(w, c)| w * c).sum::<f64>();
    let worst = tail_mean(&weighted, tail.share);
    let objective = (1.0 - tail.weight) * expected + tail.weight * worst;
    Spread { expected: Money::from_f64(expected), worst: Money::from_f64(worst), objective: Money::from_f64(objective) }
}

pub(super) struct Search<'s, 'a> {
    problem: &'s Problem<'a>,
    pub(super) stage: &'s Stage<'a>,
    futures: &'s [Future],
    pub(super) options: &'s HedgeOptions,
    pub(super) control: &'s Control<'s>,
    pub(super) best: Option<Best>,
    pub(super) bound: f64,
}

/// The futures at one length of blocks.
pub(super) struct Level<'l> {
    recourses: &'l [Recourse],
    workers: Workers<'l>,
    /// Whether periods stand by themselves, so that the answers are what the futures cost.
    exact: bool,
}

impl Search<'_, '_> {
    fn stats(&self) -> HedgeStats {
        let cols = self.stage.first.program.cols();
        let one = self.stage.futures(&self.futures[..self.futures.len().min(1)], None, 1);
        let future = one.first().map_or((0, 0), |r| (r.program.cols().len(), r.program.bounds().len()));
        HedgeStats { first: (cols.len(), cols.iter().filter(|c| c.whole).count()), future, ..HedgeStats::default() }
    }

    /// Runs to the gap or the limit, over blocks of periods and then whole; none when a linear program had no answer.
    fn run(&mut self, every: usize, stats: &mut HedgeStats) -> Option<()> {
        let mut blocks = Vec::new();
        if stats.future.1 > self.options.blocks_above {
            blocks.push(Some(every.clamp(BLOCK.0, BLOCK.1)));
        }
        blocks.push(None);
        let (mut master, mut center) = (None, None);
        for block in blocks {
            self.control.tell("hedge", block.map_or("whole".to_owned(), |b| format!("blocks of {b} periods")), None);
            let recourses = with_rules(self.stage, self.futures, block, self.options.threads);
            std::thread::scope(|scope| {
                let workers = Workers::start(scope, &recourses, self.options.threads);
                let mut level = Level { recourses: &recourses, workers, exact: block.is_none() };
                if master.is_none() {
                    let least = least(&recourses)?;
                    let made = Master::new(&self.stage.first, &recourses, &least, &self.options.tail);
                    let made = master.insert(made);
                    self.given(made, &mut level)?;
                }
                let master = master.as_mut()?;
                center = self.relaxed_rounds(master, &mut level, center.take(), stats)?.map(|(point, _)| point);
                if level.exact {
                    self.few_rounds(master, &mut level, center.as_deref(), stats)?;
                    self.whole_rounds(master, &mut level, stats)?;
                }
                stats.cuts = master.cuts;
                Some(())
            })?;
        }
        Some(())
    }

    /// Asks the futures what the first stage costs that the caller brought.
    fn given(&mut self, master: &mut Master, level: &mut Level<'_>) -> Option<()> {
        let given = self.options.start.as_ref();
        if let Some(point) = given.and_then(|first| self.stage.point_of(first, self.control)) {
            let proposal = master.nothing_known(point);
            self.try_whole(master, level, &proposal)?;
        }
        Some(())
    }

    /// Cuts at relaxed points, until the relaxation is solved to a fraction of the gap; the best point found.
    fn relaxed_rounds(
        &mut self,
        master: &mut Master,
        level: &mut Level<'_>,
        begin: Option<Vec<f64>>,
        stats: &mut HedgeStats,
    ) -> Option<Option<(Vec<f64>, f64)>> {
        let mut center: Option<(Vec<f64>, f64)> = None;
        let (mut begin, mut step) = (begin, STEP);
        for _ in 0..self.options.rounds_max {
            if self.control.is_stopped() {
                break;
            }
            let proposal = self.relax(master)?;
            let bound = proposal.bound + self.stage.first.constant;
            let apart = center.as_ref().map_or(f64::INFINITY, |(_, value)| (value - bound) / value.abs().max(1e-9));
            if apart <= (RELAXED * self.options.gap).max(1e-7) {
                break;
            }
            step = if apart < NEAR { 1.0 } else { step };
            let point = match (begin.take(), &center) {
                (Some(begin), _) => begin,
                (None, Some((center, _))) => between(center, &proposal.point, step),
                (None, None) => proposal.point.clone(),
            };
            let answers = level.workers.ask(&point)?;
            let value = self.value(level, &point, &answers);
            stats.rounds.0 += 1;
            self.tell(stats, value);
            if value.is_finite() && center.as_ref().is_none_or(|(_, best)| value < *best) {
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
        Some(center)
    }

    /// Solves the relaxation, which may lift the bound.
    pub(super) fn relax(&mut self, master: &mut Master) -> Option<Proposal> {
        let relaxed = master.relaxed()?;
        self.bound = self.bound.max(relaxed.bound + self.stage.first.constant);
        Some(relaxed)
    }

    /// Asks all futures what a whole first stage costs; how many cuts are new. Where blocks of periods hide part of the
    /// cost, small exact programs over the lines ordered say the rest.
    pub(super) fn try_whole(
        &mut self,
        master: &mut Master,
        level: &mut Level<'_>,
        proposal: &Proposal,
    ) -> Option<usize> {
        let answers = level.workers.ask(&proposal.point)?;
        let value = self.value(level, &proposal.point, &answers);
        let mut costs: Vec<f64> = self.costs(level, &answers).map(|(_, cost)| cost).collect();
        let may_be_best = value.is_finite() && self.best.as_ref().is_none_or(|b| value < b.objective);
        if may_be_best {
            if !level.exact {
                let fixed = self.stage.fixed(&proposal.point);
                let threads = self.options.threads;
                costs = Trial::of(self.problem, &FirstStage::default(), &fixed, threads).costs(self.futures)?;
            }
            let objective = self.objective(&proposal.point, &costs);
            if self.best.as_ref().is_none_or(|b| objective < b.objective) {
                self.best = Some(Best { point: proposal.point.clone(), costs, objective });
            }
        }
        Some(master.learn(&answers, &proposal.point, proposal))
    }

    /// Weight and cost of each future.
    fn costs<'v>(&self, level: &'v Level<'_>, answers: &'v [Answer]) -> impl Iterator<Item = (f64, f64)> + 'v {
        let both = level.recourses.iter().zip(answers);
        both.filter(|(r, _)| r.role != Role::Rules).map(|(r, a)| (r.weight(), a.cost))
    }

    /// Value of a first stage with what the futures answered; infinite when the rules are missed.
    fn value(&self, level: &Level<'_>, point: &[f64], answers: &[Answer]) -> f64 {
        let missed = |(r, a): (&Recourse, &Answer)| r.role == Role::Rules && a.cost > RULES_MET;
        if level.recourses.iter().zip(answers).any(missed) {
            return f64::INFINITY;
        }
        let costs: Vec<f64> = self.costs(level, answers).map(|(_, cost)| cost).collect();
        self.objective(point, &costs)
    }

    /// Objective of a first stage with what each future costs.
    fn objective(&self, point: &[f64], costs: &[f64]) -> f64 {
        let tail = &self.options.tail;
        let costs: Vec<(f64, f64)> = self.futures.iter().map(|f| f.weight).zip(costs.iter().copied()).collect();
        let expected: f64 = costs.iter().map(|(w, c)| w * c).sum();
        let worst = if tail.weight > 0.0 { tail_mean(&costs, tail.share) } else { 0.0 };
        self.stage.cost(point) + (1.0 - tail.weight) * expected + tail.weight * worst
    }

    pub(super) fn tell(&self, stats: &HedgeStats, value: f64) {
        let rounds = stats.rounds;
        let gap = 100.0 * (value - self.bound) / value.abs().max(1e-9);
        let how_near = if gap.is_finite() { format!("within {gap:.2} %") } else { "rules not kept yet".to_owned() };
        self.control.tell("hedge", format!("round {}+{}: {how_near}", rounds.0, rounds.1), None);
    }
}

/// Bounds from below on the cost of each future, whatever the first stage; none when a linear program had no answer.
fn least(futures: &[Recourse]) -> Option<Vec<f64>> {
    let one = |future: &Recourse| Some(future.least()).filter(|l| l.is_finite()).or_else(|| Workers::free(future));
    futures.iter().map(one).collect()
}

fn between(from: &[f64], to: &[f64], step: f64) -> Vec<f64> {
    from.iter().zip(to).map(|(a, b)| a + step * (b - a)).collect()
}
