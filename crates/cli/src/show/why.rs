//! Why a programme is as it is, summed up: late units by cause, cheaper sources by reason, lines wanted.

use std::collections::BTreeMap;

use model::Ring;
use model::results::Why;
use model::results::why::{Cause, Unused};
use units::{Money, Quantity};

use crate::columns::Columns;
use crate::show::{WIDTH, count, day, money, wrap};

/// Everything told of an explanation.
pub(crate) fn text(ring: &Ring, why: &Why) -> String {
    let mut text = String::new();
    let lost: Quantity = why.late.iter().filter(|l| l.served.is_none()).map(|l| l.quantity).sum();
    let late: Quantity = why.late.iter().filter(|l| l.served.is_some()).map(|l| l.quantity).sum();
    if why.late.is_empty() {
        text.push_str("\nNothing is late or lost.\n");
    } else {
        text.push_str(&format!(
            "\nWhy {:.1} pieces are late and {:.1} never come\n{}",
            late.as_f64(),
            lost.as_f64(),
            causes(ring, why)
        ));
        text.push_str(&wrap(
            "Price: what one piece more would gain, were this out of the way; the mean over the pieces.",
            2,
        ));
    }
    let lines: Vec<_> = why.lines.iter().filter(|l| !l.gain.is_zero()).collect();
    if !lines.is_empty() {
        let mut table = Columns::new(&["one more line", "ordered", "gains at most"]);
        for l in lines {
            let row = &ring.capability[l.capability];
            let name = format!("{} {}", ring.sites[row.site].key, ring.items[row.item].key);
            table.row([name, day(units::Id::index(l.ordered), ring), money(l.gain, ring)]);
        }
        text.push_str(&format!(
            "\nLines wanted; below nothing a line costs more than it gains\n{}",
            table.text(2, WIDTH)
        ));
    }
    if !why.sources.is_empty() {
        text.push_str(&format!("\nCheaper sources passed over\n{}", sources(ring, why)));
    }
    let chains = why.pegs.last().map_or(0, |p| p.chain + 1);
    text.push_str(&format!(
        "\n{} from customer back to orders of parts: table why_pegs of --format json\n",
        count(chains, "chain")
    ));
    text
}

/// Pieces by their dearest cause.
fn causes(ring: &Ring, why: &Why) -> String {
    let mut by_cause: BTreeMap<Cause, (f64, f64, f64)> = BTreeMap::new();
    for row in &why.late {
        let sum = by_cause.entry(row.causes[0].cause).or_default();
        let pieces = row.quantity.as_f64();
        sum.0 += pieces;
        sum.1 += pieces * row.cost.as_f64();
        sum.2 += pieces * row.causes[0].price.as_f64();
    }
    let mut order: Vec<_> = by_cause.into_iter().collect();
    order.sort_by(|a, b| b.1.1.total_cmp(&a.1.1).then(a.0.cmp(&b.0)));
    let mut table = Columns::new(&["what stands in the way", "pieces", "cost of being late", "price"]);
    for (cause, (pieces, cost, price)) in order {
        let mean = Money::from_f64(price / pieces.max(1e-9));
        let cost = money(Money::from_f64(cost), ring);
        table.row([report::cause(ring, cause), format!("{pieces:.1}"), cost, money(mean, ring)]);
    }
    table.text(2, WIDTH)
}

fn sources(ring: &Ring, why: &Why) -> String {
    type Sum = (String, f64, f64, Unused);
    let mut sums: BTreeMap<(usize, usize, u8), Sum> = BTreeMap::new();
    for s in &why.sources {
        use units::Id;
        let kind = match s.why {
            Unused::Closed => 0,
            Unused::TooLate(_) => 1,
            Unused::Full => 2,
            Unused::Lot(_) => 3,
            Unused::Nothing => 4,
        };
        let name = format!("{} before {}", ring.supply[s.supply].key, ring.supply[s.cheaper].key);
        let sum = sums.entry((s.supply.index(), s.cheaper.index(), kind)).or_insert((name, 0.0, 0.0, s.why));
        sum.1 += s.quantity.as_f64();
        sum.2 += s.quantity.as_f64() * s.price.as_f64();
    }
    let mut table = Columns::new(&["used before cheaper", "why", "pieces", "dearer by"]);
    for (name, pieces, more, why) in sums.into_values() {
        table.row([name, report::unused(why), format!("{pieces:.1}"), money(Money::from_f64(more), ring)]);
    }
    table.text(2, WIDTH)
}
