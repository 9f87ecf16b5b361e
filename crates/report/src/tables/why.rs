//! Why a programme is as it is: late units and their causes, cheaper sources, lines wanted, the way of units.

use super::build::{Head, money, period, pieces, size, table, text};
use model::Ring;
use model::results::why::{Cause, Step, Unused, Why};
use model::results::{ResultTable, table::Cell};

const PIECES: Head = ("quantity", "pieces", "Pieces.");

/// The tables of an explanation.
#[must_use]
pub(super) fn why(ring: &Ring, why: &Why) -> Vec<ResultTable> {
    vec![late(ring, why), sources(ring, why), lines(ring, why), pegs(ring, why)]
}

fn late(ring: &Ring, why: &Why) -> ResultTable {
    let mut rows = Vec::new();
    for (at, row) in why.late.iter().enumerate() {
        for (rank, priced) in row.causes.iter().enumerate() {
            let exercise = row.exercise.map_or("", |e| ring.exercises[e].key.as_str());
            rows.push(vec![
                size(at + 1),
                text(&ring.customers[row.customer].key),
                text(&ring.items[row.item].key),
                period(row.due),
                row.served.map_or(Cell::Empty, period),
                text(exercise),
                pieces(row.quantity),
                money(row.cost),
                size(rank + 1),
                text(&cause(ring, priced.cause)),
                money(priced.price),
            ]);
        }
    }
    let columns = &[
        ("row", "", "Late units that stand together, from 1."),
        ("customer", "", "Customer."),
        ("item", "", "Item."),
        ("due", "", "Period in which they are due, from 1."),
        ("served", "", "Period in which they are handed over; empty when never."),
        ("exercise", "", "The exercise whose draw they miss."),
        PIECES,
        ("cost", "money/piece", "What being late costs for each."),
        ("rank", "", "1 is the cause that is worth most."),
        ("cause", "", "What stands in the way."),
        ("price", "money/piece", "What one piece more would gain if it were out of the way."),
    ];
    table("why_late", "Every late or lost unit with what stands in its way.", columns, rows)
}

fn sources(ring: &Ring, why: &Why) -> ResultTable {
    let row = |s: &model::results::why::Dearer| {
        vec![
            text(&ring.supply[s.supply].key),
            text(&ring.sites[s.site].key),
            period(s.period),
            pieces(s.quantity),
            text(&ring.supply[s.cheaper].key),
            text(&unused(s.why)),
            money(s.price),
        ]
    };
    let columns = &[
        ("supply", "", "Source that was used."),
        ("site", "", "Site that ordered."),
        ("period", "", "Period of the order, from 1."),
        PIECES,
        ("cheaper", "", "The cheaper source."),
        ("why", "", "Why it was not used."),
        ("price", "money/piece", "What a piece costs more."),
    ];
    let rows = why.sources.iter().map(row).collect();
    table("why_sources", "Every order for which a cheaper source was passed over.", columns, rows)
}

fn lines(ring: &Ring, why: &Why) -> ResultTable {
    let row = |l: &model::results::why::LineWorth| {
        vec![text(&capability(ring, l.capability)), size(l.option), period(l.ordered), money(l.gain)]
    };
    let columns = &[
        ("line", "", "Site, item and line type."),
        ("option", "", "Place in the menu, from 0."),
        ("ordered", "", "Period of the order at which it is worth most, from 1."),
        ("gain", "money", "Most that one line more gains, its own cost off; negative when it loses."),
    ];
    table("why_lines", "What one more line would gain at the most.", columns, why.lines.iter().map(row).collect())
}

fn pegs(ring: &Ring, why: &Why) -> ResultTable {
    let row = |p: &model::results::why::Peg| {
        let (what, place, when) = step(ring, p.step);
        vec![size(p.chain + 1), size(p.depth), text(what), text(&place), when, pieces(p.quantity)]
    };
    let columns = &[
        ("chain", "", "Units handed over together, from 1."),
        ("depth", "", "Steps back from the customer."),
        ("step", "", "What happened."),
        ("what", "", "Customer, lane, line or source, with the item or site."),
        ("period", "", "When, from 1."),
        PIECES,
    ];
    table(
        "why_pegs",
        "Where every unit handed over comes from, first in, first out.",
        columns,
        why.pegs.iter().map(row).collect(),
    )
}

fn step(ring: &Ring, step: Step) -> (&'static str, String, Cell) {
    let item = |i| ring.items[i].key.as_str();
    match step {
        Step::Handed(customer, of, _, when) => {
            ("handed over", format!("{} {}", ring.customers[customer].key, item(of)), period(when))
        }
        Step::Sent(lane, of, when) => ("sent", format!("{} {}", ring.lanes[lane].key, item(of)), period(when)),
        Step::Made(of, when) => ("made", capability(ring, of), period(when)),
        Step::Ordered(supply, site, when) => {
            ("ordered", format!("{} {}", ring.supply[supply].key, ring.sites[site].key), period(when))
        }
        Step::There(place, of) => {
            ("there", format!("{} {}", ring.node_key(place), ring.component_key(of)), Cell::Empty)
        }
    }
}

fn capability(ring: &Ring, capability: model::ids::CapabilityId) -> String {
    let row = &ring.capability[capability];
    let complete = if row.line_type == model::tables::capability::LineType::Complete { " complete" } else { "" };
    format!("{} {}{complete}", ring.sites[row.site].key, ring.items[row.item].key)
}

/// A cause in words, with the keys of the tables.
#[must_use]
pub fn cause(ring: &Ring, cause: Cause) -> String {
    let day = |t: Option<model::ids::PeriodId>| match t {
        Some(t) => format!("from {} on", ring.settings.first_day(units::Id::index(t))),
        None => "not within the horizon".to_owned(),
    };
    match cause {
        Cause::LinesFull(c) => format!("lines full: {}", capability(ring, c)),
        Cause::LinesStopped(c) => format!("lines stopped: {}", capability(ring, c)),
        Cause::LinesLearning(c) => format!("lines still learning: {}", capability(ring, c)),
        Cause::LinesNotYet(c, t) => format!("no line yet: {}, {}", capability(ring, c), day(t)),
        Cause::NotArrivedYet(item, t) => format!("nothing arrives yet: {}, {}", ring.items[item].key, day(t)),
        Cause::PartsNotYet(c) => format!("parts not there yet: {}", ring.component_key(c)),
        Cause::SourceFull(s) => format!("source sold out: {}", ring.supply[s].key),
        Cause::LaneFull(l) => format!("lane full: {}", ring.lanes[l].key),
        Cause::StockFull(s, i) => format!("store full: {} {}", ring.sites[s].key, ring.items[i].key),
        Cause::Contract(c) => format!("a contract comes first: {}", ring.customers[c].key),
        Cause::Workshare(p) => format!("workshare of {}", ring.partners[p].key),
        Cause::Budget(p, at) => format!("ceiling {} of {}", at + 1, ring.partners[p].key),
        Cause::Dearer => "in time costs more than late".to_owned(),
    }
}

/// Why a cheaper source was not used, in words.
#[must_use]
pub fn unused(why: Unused) -> String {
    match why {
        Unused::Closed => "takes no orders".to_owned(),
        Unused::TooLate(_) => "comes too late".to_owned(),
        Unused::Full => "sold out".to_owned(),
        Unused::Lot(lot) => format!("its lot of {lot} is too large"),
        Unused::Nothing => "nothing; it would be cheaper".to_owned(),
    }
}
