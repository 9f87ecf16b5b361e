//! One replication, visit by visit.

use super::build::{Head, minutes, number, period, size, table, text};
use model::Choice as _;
use model::Ring;
use model::results::ResultTable;
use model::results::table::Cell;
use model::results::trace::Trace;

/// Every visit of a replayed replication: a unit's passport is its rows in order, a Gantt chart of a day the rows of its site.
#[must_use]
pub fn visits(ring: &Ring, trace: &Trace) -> ResultTable {
    let rows = trace.visits.iter().map(|v| {
        let row = &ring.capability[trace.lines[v.line].capability];
        let time = |t: Option<units::Minutes>| t.map_or(Cell::Empty, minutes);
        #[expect(clippy::cast_precision_loss, reason = "numbers of pieces are far below 2^53")]
        let piece = number(v.piece as f64, 0);
        vec![
            text(&ring.sites[row.site].key),
            text(&ring.items[row.item].key),
            text(row.line_type.word()),
            size(v.line + 1),
            piece,
            size(v.station + 1),
            size(v.copy + 1),
            period(v.period),
            minutes(v.arrived),
            time(v.begun),
            time(v.done),
            time(v.left),
        ]
    });
    let columns: &[Head] = &[
        ("site", "", "Site."),
        ("item", "", "Item."),
        ("line_type", "", "Own tasks only, or the complete item."),
        ("line", "", "Line, from 1."),
        ("piece", "", "Its number on the line, from 1."),
        ("station", "", "Station, from 1."),
        ("copy", "", "Copy of the station, from 1."),
        ("period", "", "Period it came in, from 1."),
        ("arrived", "min", "It comes to the station; calendar minutes since the first day."),
        ("begun", "min", "Its components are there and work begins; empty where the horizon ends before."),
        ("done", "min", "Its work is done; repairs, absence and stops lie between."),
        ("left", "min", "It leaves the station."),
    ];
    table("trace_visits", "Every visit of one replication, in the order they began.", columns, rows.collect())
}
