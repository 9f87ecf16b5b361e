//! Alternatives over futures: what each costs, what to ask first, where the choice changes, what moves the cost.

use crate::context::Context;
use crate::fmt::{count, dec, int, pct};
use crate::html::{Html, anchor};
use crate::part::{Cell, Column, Table};
use model::ids::AssumptionId;
use model::results::decision::{Analysis, Timing, Worth};
use model::settings::Customer;

/// Answers listed at most.
const LISTED: usize = 12;

pub(super) fn body(c: &Context<'_>, a: &Analysis) -> Html {
    let mut html = Html::text("Alternatives over what could come").wrap("h3", "");
    let left = match a.futures_left {
        0 => String::new(),
        n => format!(" {} could not be planned for every alternative and stand aside.", count(n, "future", "futures")),
    };
    html.para(&format!(
        "Every open question takes a value of its range at once, {} times over; sites and lines of an alternative stay, the rest of the plan follows.{left}",
        a.futures.len()
    ));
    html.push(&alternatives(c, a));
    html.push(&left_behind(c, a));
    html.push(&minimums(c, a));
    html.push(&simulated(c, a));
    if let Some(nothing) = a.nothing {
        html.para(&format!(
            "To make nothing would cost {} in penalties. Penalties are the only worth of a piece that the ring knows; where they are lower than what making costs, cost alone cannot decide whether to begin.",
            c.money(nothing)
        ));
    }
    if a.alternatives.len() < 2 {
        html.para("With one alternative there is nothing to choose, and no answer is worth waiting for.");
        html.push(&screening(c, a));
        html.push(&shares(c, a));
        return html;
    }
    html.push(&Html::text("What to ask first").wrap("h3", ""));
    html.para(&format!(
        "Knowing everything before choosing would save {} on average. An answer is worth what choosing by it saves; in what follows the error is one standard error.",
        worth(c, a.perfect)
    ));
    html.push(&asking(c, a));
    html.push(&timing(c, a));
    html.push(&knowing(c, a));
    html.push(&flips(c, a));
    html.push(&screening(c, a));
    html.push(&shares(c, a));
    html
}

fn worth(c: &Context<'_>, w: Worth) -> String {
    format!("{} \u{b1} {}", c.money(w.value), c.money(w.error))
}

fn question(c: &Context<'_>, id: AssumptionId) -> Cell {
    Html::link(c.question(id), anchor("as", &c.ring().assumptions[id].address.to_string())).into()
}

fn alternatives(c: &Context<'_>, a: &Analysis) -> Html {
    let columns = vec![
        Column::text("Alternative"),
        Column::number("Mean cost with penalties"),
        Column::number("1 in 20 below"),
        Column::number("1 in 20 above"),
        Column::number("Worst twentieth"),
        Column::number("Mean regret"),
        Column::number("Nothing cheaper in"),
        Column::number("Whole task done in"),
    ];
    let mut table = Table::new("Alternatives over the same futures; the cheapest on average is marked", columns);
    for (at, x) in a.alternatives.iter().enumerate() {
        let mark = if at == a.best { " \u{2190} cheapest on average" } else { "" };
        table.row([
            Cell::from(format!("{}{mark}", x.label)),
            worth(c, x.mean).into(),
            c.money(x.low).into(),
            c.money(x.high).into(),
            c.money(x.tail).into(),
            c.money(x.regret).into(),
            pct(x.best_share, 0).into(),
            pct(x.whole_share, 0).into(),
        ]);
    }
    table.html()
}

fn left_behind(c: &Context<'_>, a: &Analysis) -> Html {
    if a.left_behind.is_empty() {
        return Html::new();
    }
    let columns = vec![
        Column::text("Alternative"),
        Column::number("Left after futures"),
        Column::number("Dearer on average than the cheapest"),
    ];
    let mut table = Table::new("Alternatives left out of later futures", columns);
    for left in &a.left_behind {
        table.row([left.label.clone(), int(left.costs.len() as i64), worth(c, left.behind)]);
    }
    let mut html = table.html();
    html.para(
        "These were dearer by more than four standard errors and the cheapest in none of the futures they saw, so that going on would not have changed the choice and hardly what an answer is worth.",
    );
    html
}

fn minimums(c: &Context<'_>, a: &Analysis) -> Html {
    let customers = || c.ring().customers.iter().filter(|customer| customer.floor.get() > 0.0);
    if customers().next().is_none() {
        return Html::text("No customer has a contractual minimum.").wrap("p", "");
    }
    let mut columns = vec![Column::text("Alternative")];
    columns.extend(customers().map(|k| Column::number(format!("{}, {} of its demand", k.name, pct(k.floor.get(), 0)))));
    columns.push(Column::number("Served in the worst twentieth"));
    let mut table = Table::new("Share of the futures in which each customer gets its contractual minimum", columns);
    for x in &a.alternatives {
        let mut row = vec![x.label.clone()];
        let shares = c.ring().customers.iter().zip(&x.minimum_shares).filter(|(k, _)| k.floor.get() > 0.0);
        row.extend(shares.map(|(_, share)| pct(*share, 1)));
        row.push(pct(x.served_tail, 1));
        table.row(row);
    }
    table.html()
}

/// What becomes of the programmes when they are run; nothing where none was.
fn simulated(c: &Context<'_>, a: &Analysis) -> Html {
    let runs: Vec<_> = a.alternatives.iter().filter_map(|x| Some((x, x.simulated.as_ref()?))).collect();
    if runs.is_empty() {
        return Html::new();
    }
    let with_floor = |k: &&Customer| k.floor.get() > 0.0;
    let mut columns = vec![
        Column::text("Alternative"),
        Column::number("Mean cost simulated"),
        Column::number("More than planned"),
        Column::number("Served"),
        Column::number("Whole task done in"),
    ];
    let customers = c.ring().customers.iter().filter(with_floor);
    columns.extend(customers.map(|k| Column::number(format!("Minimum of {} met in", k.name))));
    let n = count(a.simulated().count(), "future", "futures");
    let caption = format!("The same alternatives run station by station in {n}, with the same luck for all");
    let mut table = Table::new(&caption, columns);
    for (at, (x, run)) in runs.into_iter().enumerate() {
        let mark = if a.simulated_best == Some(at) { " \u{2190} cheapest on average" } else { "" };
        let mut row = vec![
            format!("{}{mark}", x.label),
            worth(c, run.mean),
            worth(c, run.more),
            pct(run.served, 1),
            pct(run.whole_share, 0),
        ];
        let shares = c.ring().customers.iter().zip(&run.minimum_shares).filter(|(k, _)| with_floor(k));
        row.extend(shares.map(|(_, share)| pct(*share, 0)));
        table.row(row);
    }
    let mut html = table.html();
    html.para(
        "The cost is that of the plan in each future, with the penalties for what the run hands over late or never. Plans know no \
         breakdowns, absences or spread of times beyond what line efficiency allows for; runs do.",
    );
    html
}

fn timing(c: &Context<'_>, a: &Analysis) -> Html {
    let columns = vec![
        Column::text("Decide"),
        Column::number("Saves"),
        Column::number("Asking costs"),
        Column::number("Waits"),
        Column::number("Waiting costs"),
        Column::number("Gains in all"),
    ];
    let mut table = Table::new("Options with time: decide now, ask first, or learn from a pilot", columns);
    for s in &a.strategies {
        let days = s.days.and_then(|d| usize::try_from(d).ok());
        let or_unknown = |amount: Option<units::Money>| amount.map_or_else(|| "not known".to_owned(), |m| c.money(m));
        table.row([
            timing_words(s.timing),
            worth(c, s.saves),
            c.money(s.price),
            days.map_or_else(|| "not known".to_owned(), |d| count(d, "day", "days")),
            or_unknown(s.delay),
            or_unknown(s.gain()),
        ]);
    }
    let mut html = table.html();
    html.para(
        "Waiting costs what the cheapest alternative costs more when no site may open before the answer is there; for a pilot, no          site but those it runs at. Below zero, opening later is cheaper as the ring stands. A pilot is worth what its measured          minutes, yields, productivity and learning tell about the choice.",
    );
    html
}

fn timing_words(timing: Timing) -> String {
    match timing {
        Timing::Now => "now".to_owned(),
        Timing::Ask(steps) => format!("after {}", count(steps, "answer", "answers")),
        Timing::Pilot(units) => {
            format!("after a pilot of {}", count(usize::try_from(units).unwrap_or(usize::MAX), "unit", "units"))
        }
    }
}

fn asking(c: &Context<'_>, a: &Analysis) -> Html {
    if a.asking.is_empty() {
        return Html::text("No answer saves more than asking for it costs, as far as these futures show.")
            .wrap("p", "");
    }
    let columns = vec![
        Column::number("Step"),
        Column::text("Ask"),
        Column::number("Answers so far save"),
        Column::number("Asking so far costs"),
        Column::number("Longest wait"),
    ];
    let mut table = Table::new("What to ask, one after the other, as long as it pays", columns);
    for (at, step) in a.asking.iter().enumerate() {
        let days = step.days.and_then(|d| usize::try_from(d).ok());
        table.row([
            Cell::from(format!("{}", at + 1)),
            question(c, step.assumption),
            worth(c, step.together).into(),
            c.money(step.price).into(),
            days.map_or_else(|| "not known".to_owned(), |d| count(d, "day", "days")).into(),
        ]);
    }
    table.html()
}

fn knowing(c: &Context<'_>, a: &Analysis) -> Html {
    let columns = vec![
        Column::text("Question"),
        Column::number("Its answer saves"),
        Column::number("Asking costs"),
        Column::number("Share of the cost's variance"),
    ];
    let mut table = Table::new("What each answer alone is worth", columns);
    for k in a.knowing.iter().take(LISTED) {
        table.row([
            question(c, k.assumption),
            worth(c, k.worth).into(),
            c.money(k.price).into(),
            pct(k.share, 1).into(),
        ]);
    }
    let mut html = table.html();
    if a.knowing.len() > LISTED {
        let more = count(a.knowing.len() - LISTED, "question", "questions");
        html.para(&format!("{more} more in tables/decision_knowing.csv."));
    }
    html
}

fn flips(c: &Context<'_>, a: &Analysis) -> Html {
    if a.flips.is_empty() {
        let words = "Along no single question does another alternative become the cheapest on average.";
        return Html::text(words).wrap("p", "");
    }
    let columns = vec![
        Column::text("Question"),
        Column::number("The choice changes at"),
        Column::text("95 % interval"),
        Column::text("Below"),
        Column::text("Above"),
    ];
    let mut table = Table::new("Where the cheapest alternative changes", columns);
    for f in a.flips.iter().take(LISTED) {
        let value = |v: f64| c.value_words(f.assumption, v);
        table.row([
            question(c, f.assumption),
            value(f.at).into(),
            format!("{} to {}", value(f.low), value(f.high)).into(),
            a.alternatives[f.below].label.as_str().into(),
            a.alternatives[f.above].label.as_str().into(),
        ]);
    }
    table.html()
}

fn screening(c: &Context<'_>, a: &Analysis) -> Html {
    if a.screening.is_empty() {
        return Html::new();
    }
    let columns = vec![
        Column::text("Question"),
        Column::number("Moves the cost by"),
        Column::text("95 % interval"),
        Column::number("With its sign"),
        Column::number("Spread"),
    ];
    let mut table = Table::new("How far each question moves the cost as planned, over its whole range", columns);
    for s in a.screening.iter().take(LISTED) {
        let [strength, low, high] = s.strength;
        table.row([
            question(c, s.assumption),
            c.money(strength).into(),
            format!("{} to {}", c.money(low), c.money(high)).into(),
            c.money(s.mean).into(),
            c.money(s.spread).into(),
        ]);
    }
    let mut html = table.html();
    html.para(
        "Elementary effects: one question moves while the others stand somewhere in their ranges. Below zero with its sign, the high end is \
         cheaper; a spread as large as the effect says that it depends on the other questions.",
    );
    if a.screening.len() > LISTED {
        let more = count(a.screening.len() - LISTED, "question", "questions");
        html.para(&format!("{more} more in tables/decision_screening.csv."));
    }
    html
}

fn shares(c: &Context<'_>, a: &Analysis) -> Html {
    if a.shares.is_empty() {
        return Html::new();
    }
    let columns =
        vec![Column::text("Question"), Column::number("Share alone"), Column::number("Share with all others")];
    let caption =
        "What moves the cost as planned: Sobol\u{2019} indices of the strongest questions, with 95 % intervals";
    let mut table = Table::new(caption, columns);
    let share = |[value, low, high]: [f64; 3]| format!("{} ({} to {})", dec(value, 2), dec(low, 2), dec(high, 2));
    for s in &a.shares {
        table.row([question(c, s.assumption), share(s.first).into(), share(s.total).into()]);
    }
    table.html()
}
