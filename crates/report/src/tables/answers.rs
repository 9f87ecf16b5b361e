//! What a planner asks of a simulation: backlog, bottlenecks, work in process, stops, one more of something.

use super::build::{Head, number, period, pieces, size, table, text, whole};
use crate::context::Context;
use model::Choice as _;
use model::Ring;
use model::ids::CapabilityId;
use model::results::answers::Extra;
use model::results::table::Cell;
use model::results::{Evidence, ResultTable};
use model::tables::outages::Target;

pub(super) fn tables(c: &Context<'_>, e: &Evidence) -> Vec<ResultTable> {
    let ring = c.ring();
    let mut all = vec![backlog(ring, e), rate(e), bottlenecks(ring, e), in_process(ring, e)];
    if !e.stops.is_empty() {
        all.push(stops(ring, e));
    }
    if !e.worth.is_empty() {
        all.push(worth(ring, e));
    }
    all
}

/// Site, item, line type and place in the menu.
fn line(ring: &Ring, capability: CapabilityId, option: usize) -> Vec<Cell> {
    let row = &ring.capability[capability];
    vec![text(&ring.sites[row.site].key), text(&ring.items[row.item].key), text(row.line_type.word()), size(option)]
}

const LINE: [Head; 4] = [
    ("site", "", "Site."),
    ("item", "", "Item."),
    ("line_type", "", "Own tasks only, or the complete item."),
    ("option", "", "Place in the menu, from 0."),
];

fn backlog(ring: &Ring, e: &Evidence) -> ResultTable {
    let rows = e.backlog.iter().map(|b| {
        vec![
            text(&ring.customers[b.customer].key),
            text(&ring.items[b.item].key),
            period(b.period),
            number(b.mean, 3),
            number(b.half_width, 3),
            pieces(b.p10),
            pieces(b.p50),
            pieces(b.p90),
        ]
    });
    let columns: &[Head] = &[
        ("customer", "", "Customer."),
        ("item", "", "Item."),
        ("period", "", "Period, from 1."),
        ("mean", "pieces", "Replenishment asked for and not there at the end of the period, mean over runs."),
        ("half_width", "pieces", "Half width of the 95 % interval of the mean."),
        ("p10", "pieces", "10 % quantile."),
        ("p50", "pieces", "Median."),
        ("p90", "pieces", "90 % quantile."),
    ];
    table("evidence_backlog", "Late pieces over simulated runs.", columns, rows.collect())
}

fn rate(e: &Evidence) -> ResultTable {
    let by = |p: Option<model::ids::PeriodId>| p.map_or(Cell::Empty, period);
    let rows = vec![vec![number(e.rate.share, 4), by(e.rate.p10), by(e.rate.p50), by(e.rate.p90)]];
    let columns: &[Head] = &[
        ("share", "", "Share of runs in which the rate asked for is reached."),
        ("p10", "", "Period by which 10 % of the runs have reached it, from 1."),
        ("p50", "", "Period by which half have."),
        ("p90", "", "Period by which 90 % have."),
    ];
    table("evidence_rate", "Time to the rate asked for.", columns, rows)
}

fn bottlenecks(ring: &Ring, e: &Evidence) -> ResultTable {
    let rows = e.bottlenecks.iter().map(|b| {
        let mut cells = line(ring, b.capability, b.option);
        cells.extend([period(b.period), size(b.station + 1), number(b.often, 4), number(b.pieces, 3)]);
        let open = [b.working, b.blocked, b.starved, b.waiting_parts, b.waiting_people, b.down];
        cells.extend(open.into_iter().chain([b.alarm, b.power, b.outage, b.closed]).map(|v| number(v, 5)));
        cells
    });
    let mut columns = LINE.to_vec();
    columns.extend::<[Head; 14]>([
        ("period", "", "Period, from 1."),
        ("station", "", "The station that waits for its neighbours least, from 1."),
        ("often", "", "Share of runs in which it was this station."),
        ("pieces", "pieces", "Pieces it finished in the period, mean over runs."),
        ("working", "", "Share of scheduled time working, rework included."),
        ("blocked", "", "Unable to pass the piece on."),
        ("starved", "", "No piece to work on."),
        ("waiting_parts", "", "Waiting for parts or sub-assemblies."),
        ("waiting_people", "", "Waiting for people."),
        ("down", "", "Broken down."),
        ("alarm", "", "Stopped by alarms."),
        ("power", "", "Stopped by power cuts."),
        ("outage", "", "Stopped by outages at the user's rate."),
        ("closed", "", "Closed by dated outages."),
    ]);
    table("evidence_bottlenecks", "The bottleneck of each kind of line in each period.", &columns, rows.collect())
}

fn in_process(ring: &Ring, e: &Evidence) -> ResultTable {
    let rows = e.in_process.iter().map(|p| {
        let mut cells = line(ring, p.capability, p.option);
        cells.extend([p.pieces, p.half_width, p.started_day, p.days].map(|v| number(v, 4)));
        cells
    });
    let mut columns = LINE.to_vec();
    columns.extend::<[Head; 4]>([
        ("pieces", "pieces", "Pieces on the lines, mean over time and runs."),
        ("half_width", "pieces", "Half width of the 95 % interval of the mean."),
        ("started_day", "pieces/day", "Pieces started a day."),
        ("days", "days", "Days a piece is on its line; pieces = started_day * days."),
    ]);
    table("evidence_in_process", "Work in process by kind of line.", &columns, rows.collect())
}

fn stops(ring: &Ring, e: &Evidence) -> ResultTable {
    let some = |d: Option<i64>| d.map_or(Cell::Empty, whole);
    let rows = e.stops.iter().map(|s| {
        let (kind, name) = match &s.node {
            Target::Site(site) => ("site", &ring.sites[*site].key),
            Target::Supplier(supplier) => ("supplier", &ring.suppliers[*supplier]),
            Target::Lane(lane) => ("lane", &ring.lanes[*lane].key),
            Target::Zone(zone) => ("zone", zone),
        };
        let mut cells = vec![text(kind), text(name), period(s.from), some(s.survive.p10), some(s.survive.p50)];
        cells.extend([some(s.survive.p90), number(s.survives, 4), some(s.days), some(s.recover.p10)]);
        cells.extend([some(s.recover.p50), some(s.recover.p90), number(s.recovers, 4), number(s.lost, 3)]);
        cells.push(number(s.half_width, 3));
        cells
    });
    let columns: &[Head] = &[
        ("kind", "", "Site, supplier or lane."),
        ("name", "", "What stops."),
        ("from", "", "Period with whose first day the stop begins, from 1."),
        (
            "survive_p10",
            "days",
            "Days of a stop without end until a customer gets less, 10 % quantile; empty where never.",
        ),
        ("survive_p50", "days", "Median."),
        ("survive_p90", "days", "90 % quantile."),
        ("survives", "", "Share of runs in which no customer gets less within the horizon."),
        ("days", "days", "Days of a stop that ends."),
        ("recover_p10", "days", "Days from its end until customers have what they would have had, 10 % quantile."),
        ("recover_p50", "days", "Median."),
        ("recover_p90", "days", "90 % quantile; empty where never within the horizon."),
        ("recovers", "", "Share of runs in which they have."),
        ("lost", "pieces", "Pieces of the product not finished for the stop that ends, mean."),
        ("half_width", "pieces", "Half width of the 95 % interval of the mean."),
    ];
    table("evidence_stops", "Time to survive and time to recover when one place stops.", columns, rows.collect())
}

fn worth(ring: &Ring, e: &Evidence) -> ResultTable {
    let at = |capability: CapabilityId| {
        let row = &ring.capability[capability];
        (ring.sites[row.site].key.clone(), ring.items[row.item].key.clone())
    };
    let rows = e.worth.iter().map(|w| {
        let (what, (site, of), station) = match w.extra {
            Extra::Place(capability, _, station) => ("buffer place", at(capability), size(station + 1)),
            Extra::Copy(capability, _, station) => ("station copy", at(capability), size(station + 1)),
            Extra::Person(site, skill) => {
                ("person", (ring.sites[site].key.clone(), ring.skills[skill].key.clone()), Cell::Empty)
            }
            Extra::Kit(site, component) => {
                let key = ring.component_key(component).to_owned();
                ("kit", (ring.sites[site].key.clone(), key), Cell::Empty)
            }
        };
        let mut cells = vec![text(what), text(&site), text(&of), station];
        cells.extend([w.finished, w.half_width, w.late_less, w.late_half_width].map(|v| number(v, 3)));
        cells
    });
    let columns: &[Head] = &[
        ("what", "", "Buffer place, station copy with its crew, person, or kit."),
        ("site", "", "Site."),
        ("of", "", "Item of the line, skill, or component."),
        ("station", "", "Station, from 1; a place is before it."),
        ("finished", "pieces", "Pieces of the product finished more, mean over runs."),
        ("half_width", "pieces", "Half width of its 95 % interval."),
        ("late_less", "piece-days", "Piece-days that replenishment is late less, mean over runs."),
        ("late_half_width", "piece-days", "Half width of its 95 % interval."),
    ];
    table(
        "evidence_worth",
        "What one more of something is worth; what is not listed is worth nothing.",
        columns,
        rows.collect(),
    )
}
