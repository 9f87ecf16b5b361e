//! Values of versions of the ring for `decide`: changed, checked, planned.

use crate::retime::retime;
use crate::value::value_of;
use decide::{Case, Evaluate, Evaluation, How};
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::{LineDesign, Programme};
use model::{Address, RawRing, Ring};
use std::sync::atomic::AtomicBool;

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
    /// Limits when a version is planned anew.
    pub replan: &'a plan::Options,
    /// Threads, at least 1; no influence on the values.
    pub threads: usize,
    /// Stop flag.
    pub stop: &'a AtomicBool,
}

impl Evaluator<'_> {
    fn value(&self, case: &Case) -> Evaluation {
        let raw = changed(self.raw, &case.changes)?;
        let ring = Ring::build(&raw)?;
        let designs = retime(&ring, self.designs);
        let problem = plan::Problem { ring: &ring, designs: &designs };
        let control = Control::new(self.stop, u64::MAX, &|_| {});
        let programme = match (case.how, self.programme) {
            (How::Recourse, Some(base)) => plan::evaluate(&problem, &plan::FirstStage::of(base), &control)?,
            (How::Recourse, None) | (How::Replan, _) => plan::solve(&problem, self.replan, &control)?.best,
        };
        Ok(value_of(&ring, &programme))
    }
}

/// The raw ring with changes. What an assumption said about a changed number no longer holds: its range is emptied.
fn changed(raw: &RawRing, changes: &[decide::Change]) -> Result<RawRing, Vec<Diagnostic>> {
    let mut raw = raw.clone();
    for (address, value) in changes {
        if !raw.set(address, value) {
            let fact = format!("`{address}` points nowhere");
            return Err(vec![Diagnostic::error(Code(225), fact, "name a value that is in the tables")]);
        }
        for column in ["low", "mode", "high"] {
            raw.set(&Address::cell("assumptions", &address.to_string(), column), "");
        }
    }
    Ok(raw)
}

impl Evaluate for Evaluator<'_> {
    fn evaluate(&mut self, case: &Case) -> Evaluation {
        self.value(case)
    }

    fn evaluate_all(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        let threads = self.threads.clamp(1, cases.len().max(1));
        let this = *self;
        let by_thread: Vec<Vec<Evaluation>> = std::thread::scope(|scope| {
            let deal = |first: usize| cases.iter().skip(first).step_by(threads).map(|case| this.value(case)).collect();
            let hands: Vec<_> = (1..threads).map(|first| scope.spawn(move || deal(first))).collect();
            let own: Vec<Evaluation> = deal(0);
            let others = hands.into_iter().map(|h| h.join().expect("an evaluation does not panic"));
            std::iter::once(own).chain(others).collect()
        });
        let mut by_thread: Vec<_> = by_thread.into_iter().map(Vec::into_iter).collect();
        (0..cases.len()).map(|i| by_thread[i % threads].next().expect("one value per case")).collect()
    }
}
