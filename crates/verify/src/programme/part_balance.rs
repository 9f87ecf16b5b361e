//! Parts and bought items at a site: opening and arrivals so far >= use so far, in every period.
//!
//! Counted in millionths of a piece; may be short by two thousandths.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME, thousandths, wide};
use model::ids::{Component, SiteId};
use rules::{components, lag};
use std::collections::BTreeMap;
use units::Id;

/// Most a balance may be short, thousandths.
const TOLERANCE: i128 = 2;

/// Checks every site and bought component that is used there.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut flow: BTreeMap<(SiteId, Component), Vec<i128>> = BTreeMap::new();
    let mut add = |site, component, period: usize, millionths: i128| {
        if period < s.n {
            flow.entry((site, component)).or_insert_with(|| vec![0; s.n])[period] += millionths;
        }
    };
    for site in s.ring.sites.ids() {
        for (component, period, pieces) in lag::opening_stock(s.ring, site) {
            add(site, component, period, wide(pieces) * 1_000);
        }
    }
    for row in &s.programme.orders {
        let arrives = row.period.index() + lag::of_order(s.ring, row.supply);
        add(row.site, s.ring.supply[row.supply].component, arrives, wide(row.quantity) * 1_000);
    }
    for row in &s.programme.make {
        let (made, period) = (&s.ring.capability[row.capability], row.period.index());
        let day = s.ring.settings.first_day(period);
        for (component, pieces) in components::used(s.ring, made.item, made.line_type, day) {
            add(made.site, component, period, -wide(row.quantity) * wide(pieces));
        }
    }
    for ((site, component), by_period) in flow {
        if !components::is_bought(s.ring, component) {
            continue;
        }
        let mut left: i128 = 0;
        for (period, change) in by_period.into_iter().enumerate() {
            left += change;
            if left < -TOLERANCE * 1_000 {
                let fact = format!(
                    "{} of {} are missing at {} in period {}",
                    thousandths((-left).div_euclid(1_000) as i64),
                    s.component_name(component),
                    s.site_name(site),
                    shown(period)
                );
                faults.tell(PROGRAMME, "parts have arrived before they are used", fact);
                break;
            }
        }
    }
}
