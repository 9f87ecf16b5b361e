//! What there is to choose from, and how each does over the futures.

use super::Subject;
use super::value::worth;
use crate::answer::WHOLE;
use crate::change::Change;
use crate::evaluate::{Case, Kept};
use crate::worth::{self as of_costs, CostMatrix, regrets};
use model::results::decision::{AlternativeWorth, Future};
use units::Money;

/// One alternative.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alternative<'a> {
    name: &'a str,
    label: &'a str,
    changes: &'a [Change],
    kept: Kept,
}

/// The ring as planned, then the options that can be planned.
pub(super) fn alternatives<'a>(subject: &Subject<'a>) -> Vec<Alternative<'a>> {
    let mut all = vec![Alternative { name: "", label: "As planned", changes: &[], kept: Kept::Base }];
    let planned = subject.choices.iter().zip(subject.options).enumerate().filter(|(_, (_, o))| o.value.is_some());
    all.extend(planned.map(|(at, (choice, _))| Alternative {
        name: &choice.name,
        label: &choice.label,
        changes: &choice.changes,
        kept: Kept::Option(at),
    }));
    all
}

impl Alternative<'_> {
    /// The ring with this alternative in a future; what the alternative sets, the future does not move.
    pub(super) fn case(&self, future: &[Change]) -> Case {
        let moved = future.iter().filter(|(address, _)| self.changes.iter().all(|(own, _)| own != address));
        Case { changes: self.changes.iter().chain(moved).cloned().collect(), kept: self.kept }
    }
}

/// How each alternative does over the futures.
pub(super) fn summary(offered: &[Alternative<'_>], costs: &CostMatrix, rows: &[Future]) -> Vec<AlternativeWorth> {
    let told = regrets(costs);
    offered
        .iter()
        .zip(told)
        .enumerate()
        .map(|(at, (alternative, regret))| AlternativeWorth {
            name: alternative.name.to_owned(),
            label: alternative.label.to_owned(),
            mean: worth(of_costs::Worth { value: regret.mean, error: regret.error }),
            low: Money::from_f64(regret.low),
            high: Money::from_f64(regret.high),
            tail: Money::from_f64(regret.tail),
            regret: Money::from_f64(regret.regret),
            regret_max: Money::from_f64(regret.regret_max),
            best_share: regret.best_share,
            whole_share: rows.iter().filter(|f| f.served[at] >= WHOLE).count() as f64 / rows.len() as f64,
        })
        .collect()
}
