//! Workshare and localisation, month by month.

use super::build::{Head, money, number, table, text};
use crate::context::Context;
use crate::months::{Month, WAYS, bought, work};
use model::results::{Programme, ResultTable};

const MONTH: Head = ("month", "", "Month in which the period begins, year and month.");

fn month((year, month): Month) -> String {
    format!("{year}-{month:02}")
}

pub(super) fn workshare(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let months = work(ring, p);
    let rows = months.iter().flat_map(|(at, by)| {
        by.iter().map(|(partner, work)| {
            let key = partner.map_or("", |p| ring.partners[p].key.as_str());
            let promised = partner.map_or(0.0, |p| ring.partners[p].workshare_min.get());
            vec![text(&month(*at)), text(key), number(work.minutes, 0), money(work.value), number(promised, 4)]
        })
    });
    let columns: &[Head] = &[
        MONTH,
        ("partner", "", "Partner whose sites they are; empty where a site has none."),
        ("labour_minutes", "min", "Labour of what is made there, trained crew."),
        ("value", "money", "Spent there: opening and keeping sites, lines, first articles, hiring, training, wages."),
        ("promised", "", "Least share of all labour minutes promised, over the horizon."),
    ];
    table("programme_workshare", "Work and value by partner and month.", columns, rows.collect())
}

pub(super) fn localisation(c: &Context<'_>, p: &Programme) -> ResultTable {
    let ring = c.ring();
    let parts = bought(ring, p);
    let rows = parts.iter().flat_map(|(component, months)| {
        months.iter().map(|(at, row)| {
            let mut cells = vec![text(ring.component_key(*component)), text(&month(*at))];
            cells.extend(row.pieces.iter().map(|q| number(*q, 3)));
            cells.extend(row.value.iter().map(|v| money(*v)));
            cells.push(row.local_share().map_or(model::results::table::Cell::Empty, |s| number(s, 6)));
            cells
        })
    });
    let columns: &[Head] = &[
        ("part", "", "Bought part or item."),
        ("month", "", "Month of ordering, year and month."),
        ("kit", "pieces", "Ordered in kits from home."),
        ("direct", "pieces", "Ordered straight from elsewhere."),
        ("local", "pieces", "Ordered from localised sources."),
        ("kit_value", "money", "Their price without freight."),
        ("direct_value", "money", "Their price without freight."),
        ("local_value", "money", "Their price without freight."),
        ("local_share", "", "Localised pieces over all."),
    ];
    debug_assert_eq!(WAYS.len(), 3, "a column for each way");
    table("programme_localisation", "Bought pieces by part, month and the way they come.", columns, rows.collect())
}
