//! Rules that add up over the whole programme, checked on its rounded numbers: contracts, workshare, ceilings.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::round::Faults;
use model::results::Programme;
use units::{Id, Money, Quantity};

/// Every such rule that a rounded programme misses: a fault, or where rules may be missed a note.
pub(crate) fn rules_over_all(build: &Build<'_>, point: &[f64], programme: &mut Programme, faults: &mut Faults) {
    let mut found = Faults::default();
    contracts(build, programme, &mut found);
    workshare(build, programme, &mut found);
    ceilings(build, programme, &mut found);
    moves(build, programme, &mut found);
    faults.parts_in_budgets |= found.parts_in_budgets;
    // Where a rule may be missed, only rounding is mended; what the point itself misses is told.
    let (told, mended): (Vec<_>, Vec<_>) =
        found.missed.into_iter().partition(|(group, _)| misses(build, point, *group));
    for (group, by) in mended {
        faults.miss(group, by);
    }
    let ring = build.data.ring;
    programme.notes.extend(told.into_iter().filter_map(|(group, by)| match group {
        Group::Contract(customer) => {
            Some(format!("{} is {by:.0} pieces short of its contractual floor", ring.customers[customer].key))
        }
        Group::Workshare(partner) => Some(format!("{} is short of its workshare", ring.partners[partner].key)),
        Group::Budget(partner, index) => {
            let partner = &ring.partners[partner];
            Some(format!("the ceiling {} of {} is exceeded by {by:.0}", partner.budgets[index].key, partner.key))
        }
        _ => None,
    }));
}

/// True when a point itself misses a rule that may be missed.
fn misses(build: &Build<'_>, point: &[f64], group: Group) -> bool {
    let rows = build.groups().iter().enumerate().filter(|(_, g)| **g == group);
    let excess = rows.filter_map(|(row, _)| build.col(Key::Excess(row)));
    excess.into_iter().any(|col| point[col.index()] > 1e-6)
}

fn contracts(build: &Build<'_>, programme: &Programme, faults: &mut Faults) {
    let data = build.data;
    for (customer, row) in data.ring.customers.enumerate() {
        let due = rules::held::under_contract(data.ring, customer);
        let served: Quantity =
            programme.deliveries.iter().filter(|d| d.customer == customer).map(|d| d.replenishment).sum();
        let least = row.floor.get() * due.as_f64();
        let served = served + rules::held::accepted(data.ring, customer);
        if served.as_f64() < least - 1e-9 {
            faults.miss(Group::Contract(customer), least - served.as_f64());
        }
    }
}

fn workshare(build: &Build<'_>, programme: &Programme, faults: &mut Faults) {
    let data = build.data;
    for (partner, row) in data.ring.partners.enumerate().filter(|(_, p)| p.workshare_min.get() > 0.0) {
        let (mut own, mut all) = (0.0, 0.0);
        for capability in data.ring.capability.ids() {
            let minutes = rules::labour::made_before(data.ring, capability);
            all += minutes;
            if data.ring.sites[data.site_of(capability)].partner == Some(partner) {
                own += minutes;
            }
        }
        for made in &programme.make {
            let minutes = data.recipes[made.capability].labour * made.quantity.as_f64();
            all += minutes;
            if data.ring.sites[data.site_of(made.capability)].partner == Some(partner) {
                own += minutes;
            }
        }
        let least = row.workshare_min.get() * all;
        if own < least - 1e-9 * all {
            faults.miss(Group::Workshare(partner), least - own);
        }
    }
}

fn ceilings(build: &Build<'_>, programme: &Programme, faults: &mut Faults) {
    let settings = &build.data.ring.settings;
    for ceiling in &build.ceilings {
        let budget = &build.data.ring.partners[ceiling.partner].budgets[ceiling.index];
        let inside = |t: usize| (budget.from..=budget.to).contains(&settings.first_day(t));
        let kinds = &build.data.ring.partners[ceiling.partner].pays;
        let spent: Money = programme
            .costs
            .iter()
            .filter(|c| kinds.contains(&c.kind) && inside(c.period.index()))
            .map(|c| c.amount)
            .sum();
        let spent = spent + budget.spent;
        if spent > budget.ceiling {
            if ceiling.covers_parts() && !build.detail.parts_in_budgets {
                faults.parts_in_budgets = true;
            } else {
                let group = Group::Budget(ceiling.partner, ceiling.index);
                faults.miss(group, (spent - budget.ceiling).as_f64());
            }
        }
    }
}

/// Rounding may move a decision that the point keeps.
fn moves(build: &Build<'_>, programme: &Programme, faults: &mut Faults) {
    if let Some(most) = build.data.kept.moves_max {
        let counted = rules::moves::counted(&rules::moves::of(build.data.ring, programme));
        if counted > most {
            faults.miss(Group::Moves, (counted - most) as f64);
        }
    }
}
