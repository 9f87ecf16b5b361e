//! Costs by kind and place: rows add up to the difference of all costs.

use crate::context::Context;
use model::settings::CostKind;
use units::Money;

/// The cost of one kind at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostRow {
    /// What it is spent on.
    pub kind: CostKind,
    /// Key of the place in the inputs; empty for what belongs to no place.
    pub site: String,
    /// Name of the place.
    pub site_name: String,
    /// Amount in each.
    pub amounts: [Money; 2],
}

impl CostRow {
    /// By how much the second is dearer.
    #[must_use]
    pub fn change(&self) -> Money {
        self.amounts[1] - self.amounts[0]
    }
}

pub(super) fn costs(c: [&Context<'_>; 2]) -> Vec<CostRow> {
    let mut rows: Vec<CostRow> = Vec::new();
    for (side, c) in c.iter().enumerate() {
        for cost in c.d.programme.iter().flat_map(|p| &p.costs) {
            let (site, name) =
                cost.site.map_or(("", ""), |s| (c.ring().sites[s].key.as_str(), c.ring().sites[s].name.as_str()));
            let at = rows.iter().position(|row| row.kind == cost.kind && row.site == site).unwrap_or_else(|| {
                let (site, site_name) = (site.to_owned(), name.to_owned());
                rows.push(CostRow { kind: cost.kind, site, site_name, amounts: [Money::ZERO; 2] });
                rows.len() - 1
            });
            rows[at].amounts[side] += cost.amount;
        }
    }
    let weight = |row: &CostRow| row.change().as_f64().abs();
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.kind.cmp(&b.kind)).then(a.site.cmp(&b.site)));
    rows
}
