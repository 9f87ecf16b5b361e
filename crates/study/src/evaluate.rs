//! Values of versions of the ring for `decide`: changed, checked, planned.

use crate::retime::retime;
use crate::value::value_of;
use decide::{Case, Change, Evaluate, Evaluation, Kept};
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::decision::Value;
use model::results::{LineDesign, Programme};
use model::{RawRing, Ring};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Puts values on versions of a ring, side by side on several threads.
///
/// A version is the raw ring with the changes, built and checked anew; its menus are those of the base with the times and
/// prices of the version ([`retime`]). In recourse the sites and lines of the programme stay.
#[derive(Debug, Clone)]
pub struct Evaluator<'a> {
    /// The ring as written.
    pub raw: &'a RawRing,
    /// Menus of the base.
    pub designs: &'a [LineDesign],
    /// The programme whose sites and lines stay in recourse; none when the base cannot be planned.
    pub programme: Option<&'a Programme>,
    /// Limits when a version is planned anew, tried in order until one finds a programme.
    pub replan: &'a [plan::Options],
    /// Threads, at least 1; no influence on the values.
    pub threads: usize,
    /// Stop flag.
    pub stop: &'a AtomicBool,
    /// Sites and lines of the options settled so far; none where an option could not be planned.
    pub kept: Vec<Option<plan::FirstStage>>,
}

impl Evaluator<'_> {
    /// The value of a case with the sites and lines it keeps.
    fn value(&self, case: &Case) -> Evaluation {
        let nothing = plan::FirstStage { sites: Vec::new(), lines: Vec::new() };
        let first = match case.kept {
            Kept::Base => self.programme.map(plan::FirstStage::of),
            Kept::Option(at) => self.kept.get(at).cloned().flatten(),
            Kept::Nothing => Some(nothing),
        };
        self.planned(&case.changes, |problem, control| match &first {
            Some(first) => plan::evaluate(problem, first, control),
            None => self.replan(problem, control),
        })
        .map(|(value, _)| value)
    }

    /// A changed ring, planned in some way: its value and its sites and lines.
    fn planned(
        &self,
        changes: &[Change],
        plan: impl Fn(&plan::Problem<'_>, &Control<'_>) -> Result<Programme, Vec<Diagnostic>>,
    ) -> Result<(Value, plan::FirstStage), Vec<Diagnostic>> {
        let raw = self.raw.with_all(changes.iter().cloned())?;
        let ring = Ring::build(&raw)?;
        let designs = retime(&ring, self.designs);
        let problem = plan::Problem { ring: &ring, designs: &designs };
        let programme = plan(&problem, &Control::new(self.stop, u64::MAX, &|_| {}))?;
        Ok((value_of(&ring, &programme), plan::FirstStage::of(&programme)))
    }

    /// Works through a list on all threads: each takes the next entry, and results are put back by index.
    fn side_by_side<I: Sync, O: Send>(&self, list: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
        let next = AtomicUsize::new(0);
        let run = || {
            let mut found = Vec::new();
            while let Some((at, entry)) =
                Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, list.get(i)?)))
            {
                found.push((at, work(entry)));
            }
            found
        };
        let mut found: Vec<(usize, O)> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..self.threads.clamp(1, list.len().max(1))).map(|_| scope.spawn(run)).collect();
            let own = run();
            let others = others.into_iter().flat_map(|h| h.join().expect("an evaluation does not panic"));
            own.into_iter().chain(others).collect()
        });
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, value)| value).collect()
    }

    /// The first programme that the limits find; other refusals than a limit too low are final.
    fn replan(&self, problem: &plan::Problem<'_>, control: &Control<'_>) -> Result<Programme, Vec<Diagnostic>> {
        let mut refusal = Vec::new();
        for limits in self.replan {
            match plan::solve(problem, limits, control) {
                Ok(outcome) => return Ok(outcome.best),
                Err(faults) => refusal = faults,
            }
            if control.is_stopped() || refusal.iter().all(|f| f.code != LIMIT_BEFORE_PROGRAMME) {
                break;
            }
        }
        Err(refusal)
    }
}

/// The planner's code for a limit of work that came before any programme.
const LIMIT_BEFORE_PROGRAMME: Code = Code(305);

impl Evaluate for Evaluator<'_> {
    fn evaluate(&mut self, case: &Case) -> Evaluation {
        self.value(case)
    }

    fn settle(&mut self, options: &[Vec<Change>]) -> Vec<Evaluation> {
        let settled = self
            .side_by_side(options, |changes| self.planned(changes, |problem, control| self.replan(problem, control)));
        self.kept.extend(settled.iter().map(|s| s.as_ref().ok().map(|(_, first)| first.clone())));
        settled.into_iter().map(|s| s.map(|(value, _)| value)).collect()
    }

    fn evaluate_all(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        self.side_by_side(cases, |case| self.value(case))
    }
}
