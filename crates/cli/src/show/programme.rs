//! A programme as text: how good it is, what is opened, what reaches the customers, what it costs.

use model::results::Programme;
use model::results::line_design::LineDesign;
use model::settings::CostKind;
use model::tables::capability::LineType;
use std::ops::Add;

use model::{Choice, Ring};
use units::{Id, Money};

use crate::columns::Columns;
use crate::show::{WIDTH, day, money, percent, wrap};

/// The whole programme in short tables.
pub(crate) fn text(ring: &Ring, designs: &[LineDesign], programme: &Programme) -> String {
    let mut text = format!("{}\n", quality(ring, programme));
    let mut part = |title: &str, table: String| {
        if !table.is_empty() {
            text.push_str(&format!("\n{title}\n{table}"));
        }
    };
    part("Sites", sites(ring, programme));
    part("Lines", lines(ring, designs, programme));
    part("Customers, by the end of the horizon", customers(ring, programme));
    part("Cost", costs(ring, programme));
    part("Moves against the plan as it stood", super::moves::text(ring, designs, programme));
    for note in &programme.notes {
        text.push_str(&wrap(&format!("Note: {note}"), 0));
    }
    text
}

/// Cost and how far it is from the proven least.
pub(crate) fn quality(ring: &Ring, programme: &Programme) -> String {
    let cost = money(programme.cost, ring);
    let gap = programme.gap();
    let proof =
        if gap == 0.0 { "proven least".to_owned() } else { format!("at most {} above the least", percent(gap)) };
    format!("{cost}, penalties included; {proof} ({})", programme.status.word())
}

fn sites(ring: &Ring, programme: &Programme) -> String {
    if programme.sites.is_empty() {
        return String::new();
    }
    let mut table = Columns::new(&["site", "name", "decided", "ready"]);
    for opening in &programme.sites {
        let site = &ring.sites[opening.site];
        let decided = day(opening.period.index(), ring);
        table.row([site.key.clone(), site.name.clone(), decided, day(opening.ready.index(), ring)]);
    }
    table.text(2, WIDTH)
}

fn lines(ring: &Ring, designs: &[LineDesign], programme: &Programme) -> String {
    if programme.lines.is_empty() {
        return "  none\n".to_owned();
    }
    let mut table = Columns::new(&["site", "makes", "lines", "stations", "ordered", "first piece", "output from"]);
    for line in &programme.lines {
        let row = &ring.capability[line.capability];
        let design = designs.iter().find(|d| d.item == row.item && d.line_type == row.line_type);
        let stations =
            design.and_then(|d| d.options.get(line.option)).map_or_else(String::new, |o| o.n_stations().to_string());
        let complete = if row.line_type == LineType::Complete { ", complete" } else { "" };
        table.row([
            ring.sites[row.site].key.clone(),
            format!("{}{complete}", ring.items[row.item].key),
            line.count.to_string(),
            stations,
            day(line.ordered.index(), ring),
            day(line.first_piece.index(), ring),
            day(line.output_from.index(), ring),
        ]);
    }
    table.text(2, WIDTH)
}

/// Pieces due, handed over, and still late, per customer and item.
fn customers(ring: &Ring, programme: &Programme) -> String {
    let mut pairs: Vec<_> = ring.demand.iter().map(|d| (d.customer, d.item)).collect();
    pairs.extend(ring.exercises.iter().map(|e| (e.customer, e.item)));
    pairs.sort_unstable();
    pairs.dedup();
    if pairs.is_empty() {
        return String::new();
    }
    let mut table = Columns::new(&["customer", "item", "due", "handed over", "late", "draws wanted", "draws met"]);
    for (customer, item) in pairs {
        let mine = |c, i| (c, i) == (customer, item);
        let due: f64 =
            ring.demand.iter().filter(|d| mine(d.customer, d.item)).map(|d| d.quantity.as_f64()).fold(0.0, Add::add);
        let given = programme.deliveries.iter().filter(|d| mine(d.customer, d.item));
        let given: f64 = given.map(|d| d.replenishment.as_f64()).fold(0.0, Add::add);
        let wanted = ring.exercises.iter().filter(|e| mine(e.customer, e.item)).map(|e| e.draw.as_f64());
        let met = programme.draws.iter().filter(|d| {
            let exercise = &ring.exercises[d.exercise];
            mine(exercise.customer, exercise.item)
        });
        let met: f64 = met.map(|d| d.met.as_f64()).fold(0.0, Add::add);
        table.row([
            ring.customers[customer].key.clone(),
            ring.items[item].key.clone(),
            format!("{due:.0}"),
            format!("{given:.0}"),
            format!("{:.0}", (due - given).max(0.0)),
            format!("{:.0}", wanted.fold(0.0, Add::add)),
            format!("{met:.0}"),
        ]);
    }
    table.text(2, WIDTH)
}

/// Cost by kind, largest first.
fn costs(ring: &Ring, programme: &Programme) -> String {
    let mut kinds: Vec<CostKind> = programme.costs.iter().map(|c| c.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let sum = |kind: CostKind| programme.costs.iter().filter(|c| c.kind == kind).map(|c| c.amount).sum::<Money>();
    let mut sums: Vec<(Money, CostKind)> = kinds.into_iter().map(|kind| (sum(kind), kind)).collect();
    sums.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let total = programme.cost.as_f64();
    let mut table = Columns::new(&["kind", "amount", "share"]);
    for (amount, kind) in sums {
        let share = if total > 0.0 { percent(amount.as_f64() / total) } else { String::new() };
        table.row([kind.word().to_owned(), money(amount, ring), share]);
    }
    table.text(2, WIDTH)
}
