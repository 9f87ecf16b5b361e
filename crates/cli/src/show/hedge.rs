//! A hedge as text: what it costs with and without stops, how good it is, the worst futures, the programme.

use model::Ring;
use model::results::LineDesign;
use model::results::hedge::{Estimate, Hedge, Stop};
use units::Money;

use crate::columns::Columns;
use crate::show::{WIDTH, count, money, percent, programme, wrap};

/// Futures shown, the worst first.
const SHOWN: usize = 8;

/// Everything told of a hedge.
pub(crate) fn text(ring: &Ring, designs: &[LineDesign], hedge: &Hedge) -> String {
    let mut text = wrap(&quality(hedge), 0);
    text.push_str(&format!("\nWhat it costs\n{}", costs(ring, hedge)));
    if let Some(check) = &hedge.check {
        let mean = interval(ring, &check.hedged);
        let told = format!(
            "In {} drawn afresh it costs {mean}, 95 % interval {} wide; the plan that knows of no stops costs {} more \
             in the same ones.",
            count(check.futures, "future"),
            percent(check.hedged.width_share()),
            interval(ring, &check.saved),
        );
        text.push_str(&format!("\n{}", wrap(&told, 0)));
    }
    text.push_str(&format!("\nThe worst futures\n{}", worst(ring, hedge)));
    for note in &hedge.notes {
        text.push_str(&wrap(&format!("Note: {note}"), 0));
    }
    text.push_str(&format!(
        "\nThe programme, when nothing stops\n{}",
        programme::text(ring, designs, &hedge.programme)
    ));
    text
}

fn quality(hedge: &Hedge) -> String {
    let gap = hedge.gap();
    let proof = if gap <= 1e-6 {
        "proven least".to_owned()
    } else {
        format!("at most {} above the least of any sites, lines and people", percent(gap))
    };
    let tail = if hedge.tail.weight > 0.0 {
        format!(", the worst {} weighing {}", percent(hedge.tail.share), percent(hedge.tail.weight))
    } else {
        String::new()
    };
    format!("Hedged over {}{tail}: {proof} ({})", count(hedge.futures.len(), "future"), hedge.status.word())
}

fn costs(ring: &Ring, h: &Hedge) -> String {
    let mut table = Columns::new(&["", "hedged", "knows of no stops", "difference"]);
    let mut row = |name: String, hedged: Money, plain: Money| {
        table.row([name, money(hedged, ring), money(plain, ring), money(plain - hedged, ring)]);
    };
    row("expected".to_owned(), h.hedged.expected, h.plain.expected);
    row(format!("worst {}", percent(h.tail.share)), h.hedged.worst, h.plain.worst);
    if h.tail.weight > 0.0 {
        row("by weight".to_owned(), h.hedged.objective, h.plain.objective);
    }
    table.text(2, WIDTH)
}

fn interval(ring: &Ring, e: &Estimate) -> String {
    format!("{} +- {}", money(Money::from_f64(e.mean), ring), money(Money::from_f64(e.half_width), ring))
}

fn worst(ring: &Ring, h: &Hedge) -> String {
    let mut order: Vec<usize> = (0..h.futures.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(h.futures[*at].cost), *at));
    let mut table = Columns::new(&["future", "hedged", "knows of no stops", "what stops"]);
    for at in order.into_iter().take(SHOWN) {
        let f = &h.futures[at];
        table.row([(at + 1).to_string(), money(f.cost, ring), money(f.plain, ring), stops(ring, &f.future.stops)]);
    }
    table.text(2, WIDTH)
}

/// The longest stops of a future, and how many more.
fn stops(ring: &Ring, all: &[Stop]) -> String {
    let mut longest: Vec<&Stop> = all.iter().collect();
    longest.sort_by_key(|s| std::cmp::Reverse(s.days));
    let one = |s: &&Stop| {
        let from = ring.settings.start.plus_days(s.from);
        format!("{} {from} {} d", s.target.written(ring), s.days)
    };
    let mut told: Vec<String> = longest.iter().take(2).map(one).collect();
    if all.len() > 2 {
        told.push(format!("{} more", all.len() - 2));
    }
    if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
}
