//! The plan, list by list.

use super::build::{Head, minutes, money, number, period, pieces, size, table, text, whole};
use crate::context::Context;
use model::Choice as _;
use model::ids::CapabilityId;
use model::results::programme::Trained;
use model::results::table::Cell;
use model::results::{Programme, ResultTable};

const PERIOD: Head = ("period", "", "Period, from 1.");
const SITE: Head = ("site", "", "Site.");
const ITEM: Head = ("item", "", "Item.");
const LINE: Head = ("line_type", "", "Own tasks only, or the complete item.");
const PIECES: Head = ("quantity", "pieces", "Pieces.");
const CUSTOMER: Head = ("customer", "", "Customer.");

pub(super) fn tables(c: &Context<'_>, p: &Programme) -> Vec<ResultTable> {
    vec![
        sites(c, p),
        lines(c, p),
        people(c, p),
        make(c, p),
        shipments(c, p),
        orders(c, p),
        stock(c, p),
        deliveries(c, p),
        backlog(c, p),
        draws(c, p),
        costs(c, p),
        worktime(c),
        super::months::workshare(c, p),
        super::months::localisation(c, p),
    ]
}

fn capability(c: &Context<'_>, id: CapabilityId) -> Vec<Cell> {
    let row = &c.ring().capability[id];
    vec![text(&c.ring().sites[row.site].key), text(&c.ring().items[row.item].key), text(row.line_type.word())]
}

fn sites(c: &Context<'_>, p: &Programme) -> ResultTable {
    let rows =
        p.sites.iter().map(|s| vec![text(&c.ring().sites[s.site].key), period(s.period), period(s.ready)]).collect();
    let columns = &[
        SITE,
        ("period", "", "Period of the decision, from 1."),
        ("ready", "", "First period in which a line may be ordered."),
    ];
    table("programme_sites", "Sites opened.", columns, rows)
}

fn lines(c: &Context<'_>, p: &Programme) -> ResultTable {
    let rows = p
        .lines
        .iter()
        .map(|l| {
            let mut row = capability(c, l.capability);
            row.extend([
                size(l.option),
                period(l.ordered),
                whole(l.count),
                period(l.first_piece),
                period(l.output_from),
                super::build::yes_no(l.stands.is_some()),
            ]);
            row
        })
        .collect();
    let columns = &[
        SITE,
        ITEM,
        LINE,
        ("option", "", "Place in the menu, from 0."),
        ("ordered", "", "Period ordered, from 1."),
        ("count", "lines", "Lines ordered."),
        ("first_piece", "", "Period of the first piece."),
        ("output_from", "", "First period whose output counts; past the last when it never does."),
        ("stands", "", "Whether they stand already; they are then ordered for when their people are due."),
    ];
    table("programme_lines", "Lines ordered.", columns, rows)
}

fn people(c: &Context<'_>, p: &Programme) -> ResultTable {
    let rows = p
        .people
        .iter()
        .map(|s| {
            let trained = match s.trained {
                Trained::Already => "already",
                Trained::Home => "home",
                Trained::Site => "site",
            };
            vec![
                text(&c.ring().sites[s.site].key),
                text(&c.ring().skills[s.skill].key),
                whole(s.people),
                text(trained),
                period(s.hire_from),
                period(s.train_from),
                period(s.ready),
            ]
        })
        .collect();
    let columns = &[
        SITE,
        ("skill", "", "Skill."),
        ("people", "people", "How many."),
        ("trained", "", "Already there, trained at home, or trained on site."),
        ("hire_from", "", "Period in which hiring starts, from 1."),
        ("train_from", "", "Period in which training starts."),
        ("ready", "", "First period at work."),
    ];
    table("programme_people", "People by the time they are ready.", columns, rows)
}

fn make(c: &Context<'_>, p: &Programme) -> ResultTable {
    let rows = p
        .make
        .iter()
        .map(|m| {
            let mut row = capability(c, m.capability);
            row.extend([period(m.period), pieces(m.quantity)]);
            row
        })
        .collect();
    table("programme_make", "Pieces made.", &[SITE, ITEM, LINE, PERIOD, PIECES], rows)
}

fn shipments(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .shipments
        .iter()
        .map(|s| {
            let lane = &ring.lanes[s.lane];
            let (from, to) = (&ring.sites[lane.from].key, ring.node_key(lane.to));
            vec![
                text(&lane.key),
                text(from),
                text(to),
                text(&ring.items[s.item].key),
                period(s.period),
                pieces(s.quantity),
            ]
        })
        .collect();
    let columns =
        &[("lane", "", "Lane."), ("from", "", "Where it starts."), ("to", "", "Where it ends."), ITEM, PERIOD, PIECES];
    table("programme_shipments", "Pieces sent.", columns, rows)
}

fn orders(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .orders
        .iter()
        .map(|o| {
            let source = &ring.supply[o.supply];
            vec![
                text(&source.key),
                text(ring.component_key(source.component)),
                text(&ring.suppliers[source.supplier]),
                text(source.mode.word()),
                text(&ring.sites[o.site].key),
                period(o.period),
                pieces(o.quantity),
            ]
        })
        .collect();
    let columns = &[
        ("supply", "", "Source."),
        ("part", "", "Part or bought item."),
        ("supplier", "", "Supplier."),
        ("mode", "", "Kit, local or direct."),
        SITE,
        ("period", "", "Period ordered, from 1."),
        PIECES,
    ];
    table("programme_orders", "Parts and bought items ordered.", columns, rows)
}

fn stock(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .stock
        .iter()
        .map(|s| {
            vec![text(&ring.sites[s.site].key), text(&ring.items[s.item].key), period(s.period), pieces(s.quantity)]
        })
        .collect();
    table("programme_stock", "Item stock at the end of periods.", &[SITE, ITEM, PERIOD, PIECES], rows)
}

fn deliveries(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .deliveries
        .iter()
        .map(|d| {
            vec![
                text(&ring.customers[d.customer].key),
                text(&ring.items[d.item].key),
                period(d.period),
                pieces(d.replenishment),
                pieces(d.pool),
            ]
        })
        .collect();
    let columns = &[
        CUSTOMER,
        ITEM,
        PERIOD,
        ("replenishment", "pieces", "Against replenishment."),
        ("pool", "pieces", "Into the exercise pool."),
    ];
    table("programme_deliveries", "Pieces handed to customers.", columns, rows)
}

fn backlog(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .backlog
        .iter()
        .map(|b| {
            vec![
                text(&ring.customers[b.customer].key),
                text(&ring.items[b.item].key),
                period(b.period),
                pieces(b.quantity),
            ]
        })
        .collect();
    table("programme_backlog", "Replenishment late at the end of periods.", &[CUSTOMER, ITEM, PERIOD, PIECES], rows)
}

fn draws(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .draws
        .iter()
        .map(|d| {
            let e = &ring.exercises[d.exercise];
            vec![
                text(&e.key),
                text(&ring.customers[e.customer].key),
                text(&ring.items[e.item].key),
                pieces(e.draw),
                pieces(d.met),
            ]
        })
        .collect();
    let columns = &[
        ("exercise", "", "Exercise."),
        CUSTOMER,
        ITEM,
        ("asked", "pieces", "Units asked."),
        ("met", "pieces", "Units drawn."),
    ];
    table("programme_draws", "Exercise draws met.", columns, rows)
}

/// Scheduled and planned minutes of every site with a calendar.
fn worktime(c: &Context<'_>) -> ResultTable {
    let ring = c.ring();
    let time = rules::calendar::WorkTime::new(ring);
    let mut rows = Vec::new();
    for (site, s) in ring.sites.enumerate().filter(|(_, s)| s.calendar.is_some()) {
        for t in 0..ring.settings.n_periods {
            rows.push(vec![
                text(&s.key),
                size(t + 1),
                minutes(time.scheduled[site][t]),
                number(time.planned[site][t], 1),
            ]);
        }
    }
    let columns = &[
        SITE,
        PERIOD,
        ("scheduled", "min", "Minutes of all shifts, holidays apart."),
        ("planned", "min", "What dated outages, alarms and power leave of it."),
    ];
    table("programme_worktime", "Working time of sites by period.", columns, rows)
}

fn costs(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let rows = p
        .costs
        .iter()
        .map(|x| {
            let payer = ring.payer(x.kind).map_or("", |id| ring.partners[id].key.as_str());
            let site = x.site.map_or("", |s| ring.sites[s].key.as_str());
            vec![text(x.kind.word()), text(payer), text(site), period(x.period), money(x.amount)]
        })
        .collect();
    let columns = &[
        ("kind", "", "What it is spent on; backlog and unmet are penalties."),
        ("payer", "", "Partner that pays it; empty when nobody is named."),
        ("site", "", "Where, when at one site."),
        PERIOD,
        ("amount", "money", "How much."),
    ];
    table("programme_costs", "Every cost by kind, period and place.", columns, rows)
}
