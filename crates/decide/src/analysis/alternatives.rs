//! What there is to choose from, and how each does over the futures.

use super::value::worth;
use super::{Subject, simulated};
use crate::answer::WHOLE;
use crate::change::Change;
use crate::evaluate::{Case, Kept};
use crate::worth::{self as of_costs, CostMatrix, regrets};
use chance::stats::cvar_high;
use model::ids::CustomerId;
use model::results::decision::{AlternativeWorth, Future};
use model::settings::Customer;
use model::{Address, Ring};
use units::{Id, Money};

/// Deliveries are whole thousandths of a piece: a floor is met when it is missed by no more than this share.
const ROUNDING: f64 = 1e-6;

/// One alternative.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alternative<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
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
    /// What the alternative itself sets at an address.
    pub(super) fn own(&self, address: &Address) -> Option<&str> {
        self.changes.iter().find(|(at, _)| at == address).map(|(_, text)| text.as_str())
    }

    /// The ring with this alternative in a future; what the alternative sets, the future does not move.
    pub(super) fn case(&self, future: &[Change], replication: Option<u32>) -> Case {
        let moved = future.iter().filter(|(address, _)| self.changes.iter().all(|(own, _)| own != address));
        Case { changes: self.changes.iter().chain(moved).cloned().collect(), kept: self.kept, replication }
    }
}

/// How often each customer gets its contractual minimum, in the order of customers.
pub(super) fn minimum_shares<'a>(ring: &Ring, shares: impl Iterator<Item = &'a [f64]> + Clone) -> Vec<f64> {
    let n = shares.clone().count() as f64;
    let met = |(id, customer): (CustomerId, &Customer)| {
        let floor = customer.floor.get() - ROUNDING;
        shares.clone().filter(|s| s.get(id.index()).is_some_and(|s| *s >= floor)).count() as f64 / n
    };
    ring.customers.enumerate().map(met).collect()
}

/// Mean of the least twentieth of shares.
fn served_tail(shares: Vec<f64>) -> f64 {
    let mut missed: Vec<f64> = shares.into_iter().map(|s| -s).collect();
    missed.sort_by(f64::total_cmp);
    -cvar_high(&missed, 0.95)
}

/// How each alternative does over the futures.
pub(super) fn summary(
    ring: &Ring,
    offered: &[Alternative<'_>],
    costs: &CostMatrix,
    rows: &[Future],
) -> Vec<AlternativeWorth> {
    let told = regrets(costs);
    let share = |n: usize| n as f64 / rows.len() as f64;
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
            whole_share: share(rows.iter().filter(|f| f.served[at] >= WHOLE).count()),
            minimum_shares: minimum_shares(ring, rows.iter().map(|f| &f.customers[at][..])),
            served_tail: served_tail(rows.iter().map(|f| f.served[at]).collect()),
            simulated: simulated::worth_of(ring, rows, at),
        })
        .collect()
}
