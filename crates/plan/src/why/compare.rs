//! Two programmes of one ring side by side, by cause: what they spend, open and leave late differently.

use model::ids::{CapabilityId, SiteId};
use model::results::Programme;
use model::results::why::{Cause, Why};
use model::settings::CostKind;
use std::collections::BTreeMap;
use units::{Money, Quantity};

/// Pieces late or lost, and what being late costs.
pub type LateSum = (Quantity, Money);

/// What a second programme does differently from a first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Cost by kind, first and second; together all of both costs. The largest difference comes first.
    pub costs: Vec<(CostKind, Money, Money)>,
    /// Sites opened by only one of them: by the first, by the second.
    pub sites: (Vec<SiteId>, Vec<SiteId>),
    /// Lines of each kind, first and second, where their numbers differ.
    pub lines: Vec<(CapabilityId, i64, i64)>,
    /// Pieces late or lost by the dearest cause, and what they cost: first and second. The largest difference comes first.
    pub late: Vec<(Cause, LateSum, LateSum)>,
}

/// Compares two programmes of one ring.
///
/// Costs by kind add up to both costs. Each late piece counts under the dearest of its causes, so that pieces and their
/// costs add up to all that is late in both.
#[must_use]
pub fn difference(first: (&Programme, &Why), second: (&Programme, &Why)) -> Difference {
    let mut costs: BTreeMap<CostKind, (Money, Money)> = BTreeMap::new();
    for cost in &first.0.costs {
        costs.entry(cost.kind).or_default().0 += cost.amount;
    }
    for cost in &second.0.costs {
        costs.entry(cost.kind).or_default().1 += cost.amount;
    }
    let mut costs: Vec<_> = costs.into_iter().map(|(kind, (a, b))| (kind, a, b)).collect();
    costs.sort_by_key(|(kind, a, b)| (std::cmp::Reverse((*b - *a).ticks().abs()), *kind));
    let only = |a: &Programme, b: &Programme| -> Vec<SiteId> {
        a.sites.iter().map(|s| s.site).filter(|site| b.sites.iter().all(|s| s.site != *site)).collect()
    };
    let mut lines: BTreeMap<CapabilityId, (i64, i64)> = BTreeMap::new();
    for line in &first.0.lines {
        lines.entry(line.capability).or_default().0 += line.count;
    }
    for line in &second.0.lines {
        lines.entry(line.capability).or_default().1 += line.count;
    }
    let mut late: BTreeMap<Cause, (LateSum, LateSum)> = BTreeMap::new();
    let add = |sum: &mut LateSum, row: &model::results::why::Late| {
        sum.0 += row.quantity;
        sum.1 += Money::from_f64(row.quantity.as_f64() * row.cost.as_f64());
    };
    for row in &first.1.late {
        add(&mut late.entry(row.causes[0].cause).or_default().0, row);
    }
    for row in &second.1.late {
        add(&mut late.entry(row.causes[0].cause).or_default().1, row);
    }
    let mut late: Vec<_> = late.into_iter().map(|(cause, (a, b))| (cause, a, b)).collect();
    late.sort_by_key(|(cause, a, b)| (std::cmp::Reverse((b.1 - a.1).ticks().abs()), *cause));
    Difference {
        costs,
        sites: (only(first.0, second.0), only(second.0, first.0)),
        lines: lines.into_iter().filter(|(_, (a, b))| a != b).map(|(c, (a, b))| (c, a, b)).collect(),
        late,
    }
}
