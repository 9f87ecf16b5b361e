//! Where safety stock should stand, as text in 80 columns and as a table.

use model::Ring;
use model::results::ResultTable;
use model::results::stock_targets::{StockTarget, StockTargets};
use model::results::table::Cell;
use units::Id;

use crate::columns::Columns;
use crate::show::resilience::{column, component};
use crate::show::{WIDTH, day, money, percent, wrap};

/// Cost and proof, then what is kept where; stages that keep nothing are counted.
pub(crate) fn text(ring: &Ring, found: &StockTargets) -> String {
    let gap = (found.cost - found.bound).as_f64() / found.cost.as_f64().max(1e-9);
    let proof =
        if gap <= 1e-6 { "proven least".to_owned() } else { format!("at most {} above the least", percent(gap)) };
    let mut text = wrap(
        &format!(
            "Safety stock for deliveries from {} on: {} a year to keep, {proof}. It covers {} standard deviations of \
             demand; a day's demand varies by {}.",
            day(found.from.index(), ring),
            money(found.cost, ring),
            found.safety_factor,
            percent(found.demand_variation),
        ),
        0,
    );
    let (kept, empty): (Vec<&StockTarget>, Vec<&StockTarget>) = found.targets.iter().partition(|t| t.pieces > 0.0);
    let mut table = Columns::new(&["part or item", "where", "pieces", "cost a year", "time", "in", "out"]);
    for target in &kept {
        table.row([
            component(ring, target.component),
            place(ring, target),
            format!("{:.1}", target.pieces),
            format!("{:.0}", target.pieces * target.holding),
            target.time_days.to_string(),
            target.incoming_days.to_string(),
            target.promised_days.to_string(),
        ]);
    }
    text += &format!("\n{}", table.text(2, WIDTH));
    text += &wrap(
        &format!(
            "{} of {} stages keep none. Times are days: its own, until inputs are there, promised on.",
            empty.len(),
            found.targets.len()
        ),
        0,
    );
    text
}

fn place(ring: &Ring, target: &StockTarget) -> String {
    target.site.map_or_else(|| "at the customer".to_owned(), |site| ring.sites[site].key.clone())
}

/// The same as a result table.
pub(crate) fn table(ring: &Ring, found: &StockTargets) -> ResultTable {
    let number = |value: f64, decimals| Cell::Number { value, decimals };
    let rows = found.targets.iter().map(|t| {
        vec![
            Cell::Text(component(ring, t.component)),
            Cell::Text(place(ring, t)),
            number(t.pieces, 3),
            number(t.pieces * t.holding, 2),
            number(t.time_days as f64, 0),
            number(t.incoming_days as f64, 0),
            number(t.promised_days as f64, 0),
        ]
    });
    ResultTable {
        name: "stock_targets".to_owned(),
        doc: "Safety stock by guaranteed service times.".to_owned(),
        columns: vec![
            column("component", "", "Part or item."),
            column("site", "", "Where it is kept."),
            column("pieces", "", "Safety stock."),
            column("cost_year", &ring.settings.currency, "Holding cost in a year."),
            column("time_days", "days", "Own time."),
            column("incoming_days", "days", "Until all inputs are there."),
            column("promised_days", "days", "Promised to the next stage."),
        ],
        rows: rows.collect(),
    }
}
