//! What the plan does month by month: work and value by partner, bought pieces by the way they come.

use model::Ring;
use model::ids::{Component, PartnerId};
use model::results::Programme;
use model::settings::CostKind;
use model::tables::supply::SupplyMode;
use std::collections::BTreeMap;
use units::Money;

/// A calendar month: year, month from 1.
pub(crate) type Month = (i16, i8);

/// The month that a period begins in.
fn month(ring: &Ring, period: usize) -> Month {
    let (year, month, _) = ring.settings.first_day(period).ymd();
    (year, month)
}

/// What a partner's sites do in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Work {
    /// Labour minutes of what is made there, trained crew.
    pub(crate) minutes: f64,
    /// What is spent there: opening and keeping sites, lines, first articles, hiring, training, wages.
    pub(crate) value: Money,
}

/// Work by month and partner; no partner where a site has none.
pub(crate) fn work(ring: &Ring, plan: &Programme) -> BTreeMap<Month, BTreeMap<Option<PartnerId>, Work>> {
    let mut all: BTreeMap<Month, BTreeMap<Option<PartnerId>, Work>> = BTreeMap::new();
    for made in &plan.make {
        let row = &ring.capability[made.capability];
        let minutes = rules::labour::per_piece(ring, row.item, row.line_type).as_f64() * made.quantity.as_f64();
        let month = all.entry(month(ring, units::Id::index(made.period))).or_default();
        month.entry(ring.sites[row.site].partner).or_default().minutes += minutes;
    }
    for cost in plan.costs.iter().filter(|cost| is_own_work(cost.kind)) {
        let Some(site) = cost.site else { continue };
        let month = all.entry(month(ring, units::Id::index(cost.period))).or_default();
        month.entry(ring.sites[site].partner).or_default().value += cost.amount;
    }
    all
}

fn is_own_work(kind: CostKind) -> bool {
    matches!(
        kind,
        CostKind::SiteOpening
            | CostKind::SiteFixed
            | CostKind::Line
            | CostKind::FirstArticle
            | CostKind::Hiring
            | CostKind::Training
            | CostKind::Wages
    )
}

/// Pieces of a component ordered in a month, with their price, by the way they come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bought {
    /// Pieces: in kits from home, straight from elsewhere, localised.
    pub(crate) pieces: [f64; 3],
    /// Their price without freight.
    pub(crate) value: [Money; 3],
}

/// The ways in the order of [`Bought`].
pub(crate) const WAYS: [(&str, SupplyMode); 3] = [
    ("in kits from home", SupplyMode::Kit),
    ("straight from elsewhere", SupplyMode::Direct),
    ("localised", SupplyMode::Local),
];

/// Place of the localised way.
pub(crate) const LOCAL: usize = 2;

impl Bought {
    /// Localised pieces over all.
    pub(crate) fn local_share(&self) -> Option<f64> {
        let all: f64 = self.pieces.iter().sum();
        (all > 0.0).then(|| self.pieces[LOCAL] / all)
    }

    /// All prices.
    pub(crate) fn total(&self) -> Money {
        self.value.iter().copied().sum()
    }
}

impl core::ops::AddAssign for Bought {
    fn add_assign(&mut self, other: Self) {
        for way in 0..WAYS.len() {
            self.pieces[way] += other.pieces[way];
            self.value[way] += other.value[way];
        }
    }
}

/// Orders by component and month of ordering.
pub(crate) fn bought(ring: &Ring, plan: &Programme) -> BTreeMap<Component, BTreeMap<Month, Bought>> {
    let mut all: BTreeMap<Component, BTreeMap<Month, Bought>> = BTreeMap::new();
    for order in &plan.orders {
        let source = &ring.supply[order.supply];
        let way = WAYS.iter().position(|(_, mode)| *mode == source.mode).expect("every mode is a way");
        let mut row = Bought::default();
        row.pieces[way] = order.quantity.as_f64();
        row.value[way] = Money::from_f64(source.price.as_f64() * order.quantity.as_f64());
        let months = all.entry(source.component).or_default();
        *months.entry(month(ring, units::Id::index(order.period))).or_default() += row;
    }
    all
}
