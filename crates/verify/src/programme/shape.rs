//! Lists of a programme: ids and periods in range, rows sorted and each key once, no empty rows.

use crate::faults::{Faults, PROGRAMME};
use model::Ring;
use model::results::{LineDesign, Programme};
use rules::{exercise, line};
use units::{Id, Quantity};

const RULE: &str = "lists are sorted, without double or empty rows, ids and periods in range";

/// Most lines and people in one row, as in the schema of rings.
const LINES_MAX: i64 = 1_000;
const PEOPLE_MAX: i64 = 1_000_000;
/// Most pieces (thousandths) and money (cents) in one row: far beyond any ring, so that sums fit.
const TICKS_MAX: i64 = 1_000_000_000_000_000;

/// True when pieces are more than none and can be counted.
fn some(pieces: Quantity) -> bool {
    (1..=TICKS_MAX).contains(&pieces.ticks())
}

/// True when pieces are none or more and can be counted.
fn some_or_none(pieces: Quantity) -> bool {
    (0..=TICKS_MAX).contains(&pieces.ticks())
}

/// Checks every list; one fault per list and kind of fault.
pub(super) fn check(ring: &Ring, designs: &[LineDesign], programme: &Programme, faults: &mut Faults) {
    let t = ring.settings.n_periods;
    let mut list = |name: &str, in_range: Option<usize>, ordered: bool, empty: Option<usize>| {
        if let Some(row) = in_range {
            faults.tell(PROGRAMME, RULE, format!("row {} of `{name}` names something that is not there", row + 1));
        }
        if !ordered {
            faults.tell(PROGRAMME, RULE, format!("rows of `{name}` are not sorted, or two have the same key"));
        }
        if let Some(row) = empty {
            faults.tell(
                PROGRAMME,
                RULE,
                format!("row {} of `{name}` is empty, below zero or beyond counting", row + 1),
            );
        }
    };
    let p = programme;
    let late = |period: model::ids::PeriodId| period.index() >= t;
    let (n_sites, n_items) = (ring.sites.len(), ring.items.len());
    let made = |item: model::ids::ItemId| item.index() < n_items && ring.is_made(item);
    list(
        "sites",
        p.sites.iter().position(|r| r.site.index() >= n_sites || late(r.period)),
        rising(&p.sites, |r| r.site),
        None,
    );
    let no_option = |r: &model::results::programme::LineOpening| {
        r.capability.index() >= ring.capability.len()
            || late(r.ordered)
            || r.stands.is_some_and(|row| row.index() >= ring.standing_lines.len())
            || line::option_of(ring, designs, r.capability, r.option).is_none()
    };
    list(
        "lines",
        p.lines.iter().position(no_option),
        rising(&p.lines, |r| (r.capability, r.option, r.ordered, r.stands)),
        p.lines.iter().position(|r| !(1..=LINES_MAX).contains(&r.count)),
    );
    list(
        "people",
        p.people
            .iter()
            .position(|r| r.site.index() >= n_sites || r.skill.index() >= ring.skills.len() || late(r.ready)),
        rising(&p.people, |r| (r.site, r.skill, r.ready, r.trained)),
        p.people.iter().position(|r| !(1..=PEOPLE_MAX).contains(&r.people)),
    );
    list(
        "make",
        p.make.iter().position(|r| r.capability.index() >= ring.capability.len() || late(r.period)),
        rising(&p.make, |r| (r.capability, r.period)),
        p.make.iter().position(|r| !some(r.quantity)),
    );
    list(
        "shipments",
        p.shipments.iter().position(|r| r.lane.index() >= ring.lanes.len() || !made(r.item) || late(r.period)),
        rising(&p.shipments, |r| (r.lane, r.item, r.period)),
        p.shipments.iter().position(|r| !some(r.quantity)),
    );
    list(
        "orders",
        p.orders
            .iter()
            .position(|r| r.supply.index() >= ring.supply.len() || r.site.index() >= n_sites || late(r.period)),
        rising(&p.orders, |r| (r.supply, r.site, r.period)),
        p.orders.iter().position(|r| !some(r.quantity)),
    );
    list(
        "stock",
        p.stock.iter().position(|r| r.site.index() >= n_sites || !made(r.item) || late(r.period)),
        rising(&p.stock, |r| (r.site, r.item, r.period)),
        p.stock.iter().position(|r| !some(r.quantity)),
    );
    let bad = |customer: model::ids::CustomerId, item: model::ids::ItemId, period| {
        customer.index() >= ring.customers.len() || item.index() >= n_items || late(period)
    };
    list(
        "deliveries",
        p.deliveries.iter().position(|r| bad(r.customer, r.item, r.period)),
        rising(&p.deliveries, |r| (r.customer, r.item, r.period)),
        p.deliveries.iter().position(|r| {
            let both = some_or_none(r.replenishment) && some_or_none(r.pool);
            !both || (r.replenishment.is_zero() && r.pool.is_zero())
        }),
    );
    list(
        "backlog",
        p.backlog.iter().position(|r| bad(r.customer, r.item, r.period)),
        rising(&p.backlog, |r| (r.customer, r.item, r.period)),
        p.backlog.iter().position(|r| !some(r.quantity)),
    );
    list(
        "draws",
        p.draws.iter().position(|r| r.exercise.index() >= ring.exercises.len()),
        rising(&p.draws, |r| r.exercise),
        p.draws.iter().position(|r| !some_or_none(r.met)),
    );
    list(
        "costs",
        p.costs.iter().position(|r| late(r.period) || r.site.is_some_and(|s| s.index() >= n_sites)),
        rising(&p.costs, |r| (r.kind, r.period, r.site)),
        p.costs.iter().position(|r| !(1..=TICKS_MAX).contains(&r.amount.ticks())),
    );
    let due = ring.exercises.ids().filter(|id| exercise::timing(ring, *id).draw.is_some());
    if !due.eq(p.draws.iter().map(|r| r.exercise)) {
        faults.tell(PROGRAMME, RULE, "`draws` does not have one row for each exercise of the horizon");
    }
}

/// True when keys strictly rise.
fn rising<R, K: Ord>(rows: &[R], key: impl Fn(&R) -> K) -> bool {
    rows.windows(2).all(|pair| key(&pair[0]) < key(&pair[1]))
}
