//! The order of the stages.

use crate::confirm::confirm;
use crate::evaluate::Evaluator;
use crate::outcome::{Options, Outcome, Problem, StageWork, Stats, Study};
use crate::rebalance::rebalance;
use crate::stage::{Hands, Stage};
use model::control::{Effort, Progress};
use model::results::{LineDesign, Programme, Provenance, Status};
use std::collections::BTreeSet;

/// Studies a ring.
///
/// A stage that gives no result leaves its reasons in `refusals`; simulation needs a programme, decide does not.
#[must_use]
pub fn solve(problem: &Problem<'_>, options: &Options, hands: Hands<'_>) -> Outcome {
    let mut run =
        Run { problem, options, hands, status: Status::Optimal, stats: Stats::default(), study: Study::default() };
    run.study.provenance = run.provenance();
    run.timed(Stage::Balance, Run::balance);
    let wanted = |stage: Stage| stage <= options.until;
    if wanted(Stage::Plan) && !run.study.designs.is_empty() {
        run.timed(Stage::Plan, Run::plan);
    }
    if wanted(Stage::Simulate) && !run.study.designs.is_empty() {
        run.timed(Stage::Simulate, Run::simulate);
    }
    if wanted(Stage::Decide) {
        run.timed(Stage::Decide, Run::decide);
    }
    run.timed(Stage::Verify, Run::verify);
    Outcome { status: run.status, best: run.study, stats: run.stats }
}

struct Run<'a> {
    problem: &'a Problem<'a>,
    options: &'a Options,
    hands: Hands<'a>,
    status: Status,
    stats: Stats,
    study: Study,
}

impl Run<'_> {
    fn timed(&mut self, stage: Stage, run: fn(&mut Self) -> u64) {
        (self.hands.listen)(Progress { stage: stage.word(), what: String::new(), done: Some(0.0) });
        let begun = (self.hands.clock)();
        let work = run(self);
        let seconds = (self.hands.clock)() - begun;
        self.stats.stages.push(StageWork { stage, seconds, work });
        (self.hands.listen)(Progress { stage: stage.word(), what: String::new(), done: Some(1.0) });
    }

    fn balance(&mut self) -> u64 {
        let mut control = self.hands.control(u64::MAX);
        match balance::ring::menus(self.problem.ring, &self.options.limits.menus, &mut control) {
            Ok(designs) => self.study.designs = designs,
            Err(refusals) => self.study.refusals.extend(refusals),
        }
        control.work_done()
    }

    /// Plans, balances what was chosen harder, and plans again while that makes chosen layouts better.
    fn plan(&mut self) -> u64 {
        let mut iterations = 0;
        let mut done = BTreeSet::new();
        for round in 0..=self.options.limits.rounds_max {
            let problem = plan::Problem { ring: self.problem.ring, designs: &self.study.designs };
            let outcome = plan::solve(&problem, &self.options.limits.plan, &self.hands.control(u64::MAX));
            self.stats.plans += 1;
            let programme = match outcome {
                Ok(outcome) => {
                    iterations += outcome.stats.iterations;
                    outcome.best
                }
                Err(refusals) => {
                    // A programme of an earlier round would belong to other layouts.
                    self.study.programme = None;
                    self.study.refusals.extend(refusals);
                    return iterations;
                }
            };
            let mut designs = self.study.designs.clone();
            let improved = self.rebalance(&mut designs, &programme, &mut done);
            let status = programme.status;
            self.study.programme = Some(programme);
            if improved == 0 || round == self.options.limits.rounds_max || self.hands.is_stopped() {
                if improved == 0 {
                    self.study.designs = designs;
                }
                self.status = self.status.max(status);
                break;
            }
            self.stats.layouts_improved += improved;
            self.study.designs = designs;
        }
        iterations
    }

    fn rebalance(
        &self,
        designs: &mut [LineDesign],
        programme: &Programme,
        done: &mut BTreeSet<crate::rebalance::Place>,
    ) -> usize {
        let mut control = self.hands.control(u64::MAX);
        rebalance(self.problem.ring, designs, programme, self.options.limits.exact, done, &mut control).improved
    }

    fn simulate(&mut self) -> u64 {
        let Some(programme) = &self.study.programme else { return 0 };
        let ring = self.problem.ring;
        let problem = simulate::ring::Problem { ring, designs: &self.study.designs, programme };
        let options = simulate::ring::Options {
            seed: self.seed(),
            replications: self.options.limits.replications,
            threads: self.options.threads,
        };
        let mut control = self.hands.control(self.options.limits.visits_max);
        let outcome = simulate::ring::solve(&problem, &options, &mut control);
        self.status = self.status.max(outcome.status);
        let mut evidence = outcome.best;
        let limits = &self.options.limits;
        let what_if = simulate::ring::Options { replications: limits.what_if_replications, ..options };
        if let (Some(evidence), Some(stops)) = (&mut evidence, &limits.stops) {
            evidence.stops = simulate::ring::stops(&problem, &what_if, stops, &self.hands.control(limits.visits_max));
        }
        if let (Some(evidence), true) = (&mut evidence, limits.worth) {
            evidence.worth = simulate::ring::worth(&problem, &what_if, &self.hands.control(limits.visits_max));
        }
        self.study.evidence = evidence;
        self.study.refusals.extend(outcome.diagnostics);
        outcome.stats.station_visits
    }

    fn decide(&mut self) -> u64 {
        let mut evaluator = Evaluator {
            raw: self.problem.raw,
            designs: &self.study.designs,
            programme: self.study.programme.as_ref(),
            replan: &self.options.limits.option,
            threads: self.options.threads,
            stop: self.hands.stop,
            kept: Vec::new(),
        };
        let mut control = self.hands.control(self.options.limits.versions_max);
        let problem = decide::Problem { ring: self.problem.ring };
        let sampling = decide::Sampling { seed: self.seed(), ..self.options.limits.sampling };
        let options = decide::Options { sampling, ..decide::Options::default() };
        let outcome = decide::solve(&problem, &options, &mut evaluator, &mut control);
        self.status = self.status.max(outcome.status);
        self.study.decision = Some(outcome.best);
        outcome.stats.evaluated as u64
    }

    fn verify(&mut self) -> u64 {
        self.study.findings = confirm(self.problem.ring, &self.study);
        0
    }

    fn seed(&self) -> u64 {
        self.options.seed.unwrap_or(self.problem.ring.settings.seed)
    }

    /// Everything that shapes the results; never the number of threads.
    fn provenance(&self) -> Provenance {
        let limits = &self.options.limits;
        let effort = match self.options.effort {
            Effort::Quick => "quick",
            Effort::Full => "full",
        };
        let mut options = vec![
            ("effort".to_owned(), effort.to_owned()),
            ("plan.gap".to_owned(), limits.plan.gap.to_string()),
            ("plan.iterations_max".to_owned(), limits.plan.iterations_max.to_string()),
            ("simulate.replications".to_owned(), limits.replications.to_string()),
            ("simulate.stops".to_owned(), limits.stops.as_ref().map_or("no".to_owned(), told)),
            ("simulate.worth".to_owned(), if limits.worth { "yes" } else { "no" }.to_owned()),
            ("simulate.what_if_replications".to_owned(), limits.what_if_replications.to_string()),
            ("simulate.visits_max".to_owned(), limits.visits_max.to_string()),
            ("decide.versions_max".to_owned(), limits.versions_max.to_string()),
            ("decide.futures".to_owned(), limits.sampling.futures.to_string()),
        ];
        options.sort();
        Provenance { seed: self.seed(), options, ..Provenance::default() }
    }
}

/// What was asked about stops.
fn told(stops: &simulate::ring::Stops) -> String {
    let from = stops.from.map_or("the middle".to_owned(), |p| format!("period {}", units::Id::index(p) + 1));
    let days = stops.days.map_or("the outages' days".to_owned(), |days| format!("{days} days"));
    format!("from {from}, {days}")
}
