//! Values of versions of the ring for `decide`: changed, checked, planned.

use crate::retime::retime;
use crate::value::value_of;
use decide::{Case, Evaluate, Evaluation, How};
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::{LineDesign, Programme};
use model::{RawRing, Ring};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Puts values on versions of a ring, side by side on several threads.
///
/// A version is the raw ring with the changes, built and checked anew; its menus are those of the base with the times and
/// prices of the version ([`retime`]). In recourse the sites and lines of the programme stay.
#[derive(Debug, Clone, Copy)]
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
}

impl Evaluator<'_> {
    fn value(&self, case: &Case) -> Evaluation {
        let raw = self.raw.with_all(case.changes.iter().cloned())?;
        let ring = Ring::build(&raw)?;
        let designs = retime(&ring, self.designs);
        let problem = plan::Problem { ring: &ring, designs: &designs };
        let control = Control::new(self.stop, u64::MAX, &|_| {});
        let programme = match (case.how, self.programme) {
            (How::Recourse, Some(base)) => plan::evaluate(&problem, &plan::FirstStage::of(base), &control)?,
            (How::Recourse, None) | (How::Replan, _) => self.replan(&problem, &control)?,
        };
        Ok(value_of(&ring, &programme))
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

    fn evaluate_all(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        let threads = self.threads.clamp(1, cases.len().max(1));
        let this = *self;
        // Cases take from a blink to many seconds: each thread takes the next one, and values are put back by index.
        let next = AtomicUsize::new(0);
        let work = || {
            let mut found = Vec::new();
            while let Some((at, case)) =
                Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, cases.get(i)?)))
            {
                found.push((at, this.value(case)));
            }
            found
        };
        let mut found: Vec<(usize, Evaluation)> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            let others = others.into_iter().flat_map(|h| h.join().expect("an evaluation does not panic"));
            own.into_iter().chain(others).collect()
        });
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, value)| value).collect()
    }
}
