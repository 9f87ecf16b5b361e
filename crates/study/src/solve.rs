//! The order of the stages.

use crate::cache::{Afresh, Cache, Digest, Entry, Planned};
use crate::confirm::confirm;
use crate::evaluate::{Evaluator, single_stops};
use crate::inputs;
use crate::memory::Memory;
use crate::outcome::{Options, Outcome, Problem, Reused, StageWork, Stats, Study};
use crate::rebalance::rebalance;
use crate::stage::{Hands, Stage};
use model::control::{Effort, Progress};
use model::results::resilience::Resilience;
use model::results::{LineDesign, Programme, Provenance, Status};
use std::collections::BTreeSet;

/// Studies a ring.
///
/// A stage that gives no result leaves its reasons in `refusals`; simulation needs a programme, decide does not.
///
/// What a cache gives is checked by `verify` like any result; where that finds something, everything is worked out again.
#[must_use]
pub fn solve(problem: &Problem<'_>, options: &Options, hands: Hands<'_>) -> Outcome {
    let outcome = run(problem, options, hands);
    let reused = outcome.stats.stages.iter().any(|stage| stage.reused != Reused::Nothing);
    match hands.cache {
        Some(cache) if reused && !outcome.best.findings.is_empty() => {
            run(problem, options, Hands { cache: Some(&Afresh(cache)), ..hands })
        }
        _ => outcome,
    }
}

fn run(problem: &Problem<'_>, options: &Options, hands: Hands<'_>) -> Outcome {
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

/// What a stage did.
struct Done {
    work: u64,
    reused: Reused,
}

impl Done {
    /// Everything was worked out.
    fn work(work: u64) -> Self {
        Self { work, reused: Reused::Nothing }
    }

    /// Nothing had to be done.
    const KEPT: Self = Self { work: 0, reused: Reused::All };
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
    fn timed(&mut self, stage: Stage, run: fn(&mut Self) -> Done) {
        (self.hands.listen)(Progress { stage: stage.word(), what: String::new(), done: Some(0.0) });
        let begun = (self.hands.clock)();
        let Done { work, reused } = run(self);
        let seconds = (self.hands.clock)() - begun;
        self.stats.stages.push(StageWork { stage, seconds, reused, work });
        (self.hands.listen)(Progress { stage: stage.word(), what: String::new(), done: Some(1.0) });
    }

    /// The cache and the digest of a stage's inputs, where there is a cache.
    fn key(&self, stage: Stage, parts: &[&[u8]]) -> Option<(&dyn Cache, Digest)> {
        let cache = self.hands.cache?;
        let all: Vec<&[u8]> = std::iter::once(stage.word().as_bytes()).chain(parts.iter().copied()).collect();
        Some((cache, cache.digest(&all)))
    }

    /// The digest of a stage after the layouts of lines.
    fn key_on_layouts(&self, stage: Stage, more: &[&str]) -> Option<(&dyn Cache, Digest)> {
        self.hands.cache?;
        let (inputs, layouts) = (self.inputs_of_plan(), format!("{:?}", self.study.designs));
        let mut parts: Vec<&[u8]> = vec![&inputs, layouts.as_bytes()];
        parts.extend(more.iter().map(|text| text.as_bytes()));
        self.key(stage, &parts)
    }

    fn inputs_of_plan(&self) -> Vec<u8> {
        inputs::of_plan(self.problem.ring, self.problem.raw)
    }

    /// What an earlier run kept under a key.
    fn found(&self, key: Option<(&dyn Cache, Digest)>) -> Option<Entry> {
        let (cache, key) = key?;
        cache.find(&key, self.problem.ring)
    }

    /// Keeps a result, unless somebody stopped the study: then it may be less than the inputs give.
    fn keep(&self, key: Option<(&dyn Cache, Digest)>, entry: impl FnOnce() -> Entry) {
        if let Some((cache, key)) = key.filter(|_| !self.hands.is_stopped()) {
            cache.keep(&key, &entry());
        }
    }

    fn balance(&mut self) -> Done {
        if let Some(menus) = &self.options.menus {
            self.study.designs.clone_from(menus);
            return Done::KEPT;
        }
        let limits = format!("{:?}", self.options.limits.menus);
        let inputs = self.hands.cache.map(|_| inputs::of_menus(self.problem.ring, self.problem.raw));
        let key = self.key(Stage::Balance, &[&inputs.unwrap_or_default(), limits.as_bytes()]);
        if let Some(Entry::Menus(designs)) = self.found(key) {
            self.study.designs = designs;
            return Done::KEPT;
        }
        let mut control = self.hands.control(u64::MAX);
        match balance::ring::menus(self.problem.ring, &self.options.limits.menus, &mut control) {
            Ok(designs) => {
                self.keep(key, || Entry::Menus(designs.clone()));
                self.study.designs = designs;
            }
            Err(refusals) => self.study.refusals.extend(refusals),
        }
        Done::work(control.work_done())
    }

    fn plan(&mut self) -> Done {
        let limits = &self.options.limits;
        let how = format!("{:?} {:?} {}", limits.plan, limits.exact, limits.rounds_max);
        let key = self.key_on_layouts(Stage::Plan, &[&how]).map(|(_, key)| key);
        if let Some(Entry::Plan(planned)) = self.found(self.hands.cache.zip(key)) {
            self.status = self.status.max(planned.programme.status);
            (self.study.designs, self.study.programme) = (planned.designs, Some(planned.programme));
            self.explain_and_hedge();
            return Done::KEPT;
        }
        let work = self.plan_afresh();
        if let Some(programme) = self.study.programme.clone() {
            let planned = || Planned { designs: self.study.designs.clone(), programme };
            self.keep(self.hands.cache.zip(key), || Entry::Plan(Box::new(planned())));
        }
        self.explain_and_hedge();
        Done::work(work)
    }

    /// Plans, balances what was chosen harder, and plans again while that makes chosen layouts better.
    fn plan_afresh(&mut self) -> u64 {
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

    /// Explains the plan, and where the limits ask for it chooses another for what may stop.
    fn explain_and_hedge(&mut self) {
        let Some(programme) = &self.study.programme else { return };
        let problem = plan::Problem { ring: self.problem.ring, designs: &self.study.designs };
        match plan::why(&problem, programme) {
            Ok(why) => self.study.why = Some(why),
            Err(refusals) => self.study.refusals.extend(refusals),
        }
        let (futures, check) = self.options.limits.hedge;
        let keeps = rules::moves::has_kept_plan(self.problem.ring);
        if futures == 0 || keeps || plan::hedge::stated(self.problem.ring).is_empty() || self.hands.is_stopped() {
            return;
        }
        let drawn = plan::hedge::sampled(self.problem.ring, self.seed(), 0, futures);
        let options =
            plan::hedge::HedgeOptions { threads: self.options.threads, ..plan::hedge::HedgeOptions::default() };
        let check = plan::hedge::Check { seed: self.seed().wrapping_add(plan::hedge::FRESH), futures: check };
        let control = self.hands.control(u64::MAX);
        match plan::hedge::programme(&problem, programme, &drawn, &options, Some(check), &control) {
            Ok((hedge, _)) => self.study.hedge = Some(hedge),
            Err(refusals) => self.study.refusals.extend(refusals),
        }
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

    fn simulate(&mut self) -> Done {
        let Some(programme) = &self.study.programme else { return Done::work(0) };
        let ring = self.problem.ring;
        let limits = &self.options.limits;
        let how = format!("{} {} {}", self.seed(), limits.replications, limits.visits_max);
        let key = self.key_on_layouts(Stage::Simulate, &[&format!("{programme:?}"), &how]).map(|(_, key)| key);
        if let Some(Entry::Evidence(evidence)) = self.found(self.hands.cache.zip(key)) {
            self.status = self.status.max(evidence.status);
            self.study.evidence = Some(*evidence);
            return Done::KEPT;
        }
        let problem = simulate::ring::Problem { ring, designs: &self.study.designs, programme };
        let options = simulate::ring::Options {
            seed: self.seed(),
            replications: limits.replications,
            threads: self.options.threads,
            engine: simulate::ring::Engine::Epochs,
        };
        let mut control = self.hands.control(limits.visits_max);
        let outcome = simulate::ring::solve(&problem, &options, &mut control);
        if let Some(evidence) =
            outcome.best.as_ref().filter(|e| outcome.diagnostics.is_empty() && e.status == outcome.status)
        {
            self.keep(self.hands.cache.zip(key), || Entry::Evidence(Box::new(evidence.clone())));
        }
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
        Done::work(outcome.stats.station_visits)
    }

    /// What single stops do to the programme.
    fn resilience(&self) -> Option<Resilience> {
        let problem = plan::Problem { ring: self.problem.ring, designs: &self.study.designs };
        let options = single_stops(self.problem.ring, self.options.threads);
        plan::resilience::resilience(&problem, self.study.programme.as_ref()?, &options)
    }

    fn decide(&mut self) -> Done {
        let limits = &self.options.limits;
        let sampling = decide::Sampling { seed: self.seed(), ..limits.sampling };
        let options = decide::Options { sampling, frontier: limits.frontier, ..decide::Options::default() };
        let kept = format!("{:?} {:?}", self.study.programme.as_ref().map(plan::FirstStage::of), limits.option);
        let values = self.key_on_layouts(Stage::Decide, &["values", &kept]).map(|(_, key)| key);
        let whole = self.hands.cache.and_then(|_| {
            let all = inputs::of_decision(self.problem.ring, self.problem.raw);
            let how = format!("{options:?} {} {:?}", limits.versions_max, self.study.programme);
            self.key(Stage::Decide, &[&values?, &all, how.as_bytes()]).map(|(_, key)| key)
        });
        if let Some(Entry::Decision(decision)) = self.found(self.hands.cache.zip(whole)) {
            self.status = self.status.max(decision.status);
            self.study.decision = Some(*decision);
            return Done::KEPT;
        }
        let memory = self.hands.cache.zip(values).map(|(cache, key)| Memory::of(cache, key, self.problem.ring));
        let mut evaluator = Evaluator {
            raw: self.problem.raw,
            designs: &self.study.designs,
            programme: self.study.programme.as_ref(),
            replan: &limits.option,
            threads: self.options.threads,
            seed: self.seed(),
            stop: self.hands.stop,
            kept: Vec::new(),
            memory,
        };
        let mut control = self.hands.control(limits.versions_max);
        let resilience = self.resilience();
        let problem = decide::Problem {
            ring: self.problem.ring,
            programme: self.study.programme.as_ref(),
            resilience: resilience.as_ref(),
        };
        let outcome = decide::solve(&problem, &options, &mut evaluator, &mut control);
        let remembered = evaluator.memory.take().map_or(0, Memory::close);
        self.keep(self.hands.cache.zip(whole), || Entry::Decision(Box::new(outcome.best.clone())));
        self.status = self.status.max(outcome.status);
        self.study.decision = Some(outcome.best);
        let reused = if remembered > 0 { Reused::Part } else { Reused::Nothing };
        Done { work: outcome.stats.evaluated.saturating_sub(remembered) as u64, reused }
    }

    fn verify(&mut self) -> Done {
        self.study.findings = confirm(self.problem.ring, &self.study);
        Done::work(0)
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
            ("plan.hedge_futures".to_owned(), limits.hedge.0.to_string()),
            ("plan.iterations_max".to_owned(), limits.plan.iterations_max.to_string()),
            ("simulate.replications".to_owned(), limits.replications.to_string()),
            ("simulate.stops".to_owned(), limits.stops.as_ref().map_or("no".to_owned(), told)),
            ("simulate.worth".to_owned(), if limits.worth { "yes" } else { "no" }.to_owned()),
            ("simulate.what_if_replications".to_owned(), limits.what_if_replications.to_string()),
            ("simulate.visits_max".to_owned(), limits.visits_max.to_string()),
            ("decide.versions_max".to_owned(), limits.versions_max.to_string()),
            ("decide.frontier".to_owned(), limits.frontier.to_string()),
            ("decide.futures".to_owned(), limits.sampling.futures.to_string()),
            ("decide.simulated".to_owned(), limits.sampling.simulated.to_string()),
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
