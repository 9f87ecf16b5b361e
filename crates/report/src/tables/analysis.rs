//! Alternatives over futures, and what answers are worth.

use super::build::{Head, money, number, size, table, text, whole};
use crate::context::Context;
use model::results::ResultTable;
use model::results::decision::{Analysis, Timing, Worth};
use model::results::table::{Cell, ResultColumn};

pub(super) fn tables(c: &Context<'_>, a: &Analysis) -> Vec<ResultTable> {
    vec![
        alternatives(a),
        left_behind(a),
        left_behind_costs(a),
        minimums(c, a),
        knowing(c, a),
        asking(c, a),
        strategies(a),
        flips(c, a),
        simulated(c, a),
        simulated_futures(c, a),
        screening(c, a),
        shares(c, a),
        futures(c, a),
    ]
}

fn worth(w: Worth) -> [Cell; 2] {
    [money(w.value), money(w.error)]
}

fn question(c: &Context<'_>, id: model::ids::AssumptionId) -> [Cell; 2] {
    [text(&c.ring().assumptions[id].address.to_string()), text(&c.question(id))]
}

fn alternatives(a: &Analysis) -> ResultTable {
    let rows = a.alternatives.iter().enumerate().map(|(at, x)| {
        let [mean, error] = worth(x.mean);
        vec![
            size(at + 1),
            text(&x.name),
            text(&x.label),
            mean,
            error,
            money(x.low),
            money(x.high),
            money(x.tail),
            money(x.regret),
            money(x.regret_max),
            number(x.best_share, 4),
            number(x.whole_share, 4),
            number(x.served_tail, 4),
        ]
    });
    let columns: &[Head] = &[
        ("alternative", "", "Place, from 1."),
        ("name", "", "Name in alternatives.csv; empty for the ring as planned."),
        ("label", "", "What it is called."),
        ("cost_mean", "money", "Mean cost with penalties over the futures."),
        ("cost_error", "money", "Standard error of the mean."),
        ("cost_low", "money", "Cost that one future in twenty falls below."),
        ("cost_high", "money", "Cost that one future in twenty exceeds."),
        ("cost_tail", "money", "Mean cost of the worst twentieth."),
        ("regret", "money", "Mean of cost less the least cost in the same future."),
        ("regret_max", "money", "Largest of these."),
        ("best_share", "", "Share of futures in which nothing costs less."),
        ("whole_share", "", "Share of futures in which the whole task is done."),
        ("served_tail", "", "Mean share served in the twentieth of the futures in which it is least."),
    ];
    table("decision_alternatives", "What each alternative costs over the futures.", columns, rows.collect())
}

fn left_behind(a: &Analysis) -> ResultTable {
    let rows = a.left_behind.iter().map(|left| {
        let [more, error] = worth(left.behind);
        vec![text(&left.name), text(&left.label), size(left.costs.len()), more, error]
    });
    let columns: &[Head] = &[
        ("name", "", "Name in alternatives.csv."),
        ("label", "", "What it is called."),
        ("futures", "", "Futures that it was valued in, the first of all."),
        ("behind", "money", "What it costs more in them, on average, than the cheapest on average."),
        ("behind_error", "money", "Standard error of that difference."),
    ];
    let doc =
        "Alternatives left out of later futures: behind by more than four standard errors, and never the cheapest.";
    table("decision_left_behind", doc, columns, rows.collect())
}

fn left_behind_costs(a: &Analysis) -> ResultTable {
    let rows = a.left_behind.iter().flat_map(|left| {
        let futures = a.futures.iter().zip(&left.costs);
        futures.map(move |(future, cost)| vec![text(&left.name), size(future.index), money(*cost)])
    });
    let columns: &[Head] = &[
        ("name", "", "Name in decision_left_behind."),
        ("future", "", "Index in the sequence of futures."),
        ("cost", "money", "Cost in that future."),
    ];
    table(
        "decision_left_behind_costs",
        "What alternatives left out cost in the futures they saw.",
        columns,
        rows.collect(),
    )
}

fn minimums(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let customers = || c.ring().customers.iter();
    let rows = a.alternatives.iter().enumerate().flat_map(|(at, x)| {
        customers().zip(&x.minimum_shares).map(move |(customer, share)| {
            vec![size(at + 1), text(&x.name), text(&customer.key), number(customer.floor.get(), 4), number(*share, 4)]
        })
    });
    let columns: &[Head] = &[
        ("alternative", "", "Place in decision_alternatives."),
        ("name", "", "Name in alternatives.csv; empty for the ring as planned."),
        ("customer", "", "Customer."),
        ("floor", "", "Share of its replenishment that is its contractual minimum."),
        ("share", "", "Share of futures in which it gets that."),
    ];
    let doc = "How often each customer gets its contractual minimum.";
    table("decision_minimums", doc, columns, rows.collect())
}

fn knowing(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.knowing.iter().enumerate().map(|(at, k)| {
        let [address, asked] = question(c, k.assumption);
        let [value, error] = worth(k.worth);
        vec![size(at + 1), address, asked, value, error, money(k.price), number(k.share, 4)]
    });
    let columns: &[Head] = &[
        ("rank", "", "Rank by worth, from 1."),
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("worth", "money", "Expected value of perfect information on it."),
        ("worth_error", "money", "Standard error."),
        ("price", "money", "What asking costs."),
        ("variance_share", "", "Share of the variance of the cost as planned that it brings alone."),
    ];
    table("decision_knowing", "What an answer to each question is worth.", columns, rows.collect())
}

fn asking(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.asking.iter().enumerate().map(|(at, s)| {
        let [address, asked] = question(c, s.assumption);
        let [value, error] = worth(s.together);
        vec![size(at + 1), address, asked, value, error, money(s.price), s.days.map_or(Cell::Empty, whole)]
    });
    let columns: &[Head] = &[
        ("step", "", "Step, from 1."),
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("together", "money", "Worth of all answers up to this step."),
        ("together_error", "money", "Standard error."),
        ("price", "money", "What asking them costs together."),
        ("days", "days", "Longest time to find out of those asked so far."),
    ];
    table("decision_asking", "What to ask, one after the other, as long as it pays.", columns, rows.collect())
}

fn strategies(a: &Analysis) -> ResultTable {
    let rows = a.strategies.iter().map(|s| {
        let (when, size_of) = match s.timing {
            Timing::Now => ("now", Cell::Empty),
            Timing::Ask(steps) => ("after asking", size(steps)),
            Timing::Pilot(units) => ("after a pilot", whole(i64::from(units))),
        };
        let [saves, error] = worth(s.saves);
        let or_empty = |amount: Option<units::Money>| amount.map_or(Cell::Empty, money);
        vec![
            text(when),
            size_of,
            saves,
            error,
            money(s.price),
            s.days.map_or(Cell::Empty, whole),
            or_empty(s.delay),
            or_empty(s.gain()),
        ]
    });
    let columns: &[Head] = &[
        ("decide", "", "When to decide."),
        ("size", "", "Questions asked, or units of the pilot."),
        ("saves", "money", "What choosing by what is known then saves against choosing now."),
        ("saves_error", "money", "Standard error."),
        ("price", "money", "What asking costs."),
        ("days", "days", "Days until the decision."),
        ("delay", "money", "What waiting adds to the cost of the cheapest alternative."),
        ("gain", "money", "Saved less price and delay."),
    ];
    let doc = "Deciding now, after asking, after a pilot.";
    table("decision_timing", doc, columns, rows.collect())
}

fn flips(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.flips.iter().map(|f| {
        let [address, asked] = question(c, f.assumption);
        let of = |at: usize| text(&a.alternatives[at].label);
        vec![address, asked, number(f.at, 6), number(f.low, 6), number(f.high, 6), of(f.below), of(f.above)]
    });
    let columns: &[Head] = &[
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("at", "", "Value at which the choice changes; days since 1970-01-01 for dates."),
        ("low", "", "Lower end of its 95 % interval."),
        ("high", "", "Upper end."),
        ("below", "", "Least mean cost below it."),
        ("above", "", "Least mean cost above it."),
    ];
    table("decision_break_even", "Where another alternative becomes the cheapest on average.", columns, rows.collect())
}

fn simulated(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let n = a.simulated().count();
    let rows = a.alternatives.iter().enumerate().filter_map(|(at, x)| {
        let run = x.simulated.as_ref()?;
        let ([mean, mean_error], [more, more_error]) = (worth(run.mean), worth(run.more));
        let mut row = vec![size(at + 1), text(&x.name), size(n), mean, mean_error, more, more_error];
        row.extend([number(run.served, 4), number(run.whole_share, 4)]);
        row.extend(run.minimum_shares.iter().map(|share| number(*share, 4)));
        Some(row)
    });
    let heads: &[Head] = &[
        ("alternative", "", "Place in decision_alternatives."),
        ("name", "", "Name in alternatives.csv; empty for the ring as planned."),
        ("futures", "", "Futures that were simulated, one run of each alternative in each."),
        ("cost_mean", "money", "Mean simulated cost: as planned, with the penalties of the run."),
        ("cost_error", "money", "Standard error of the mean."),
        ("more", "money", "Mean of simulated less planned cost in the same futures."),
        ("more_error", "money", "Standard error of that."),
        ("served", "", "Mean share served."),
        ("whole_share", "", "Share of these futures in which the whole task is done."),
    ];
    let doc = "What each alternative comes to when its programmes are run.";
    let more = |customer: &str| {
        let words = format!("Share of these futures in which {customer} gets its contractual minimum.");
        (format!("minimum_{customer}"), words)
    };
    by_customer(c, ("decision_simulated", doc), heads, more, rows.collect())
}

fn simulated_futures(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.simulated().flat_map(|f| {
        f.simulated.iter().enumerate().map(move |(at, run)| {
            let mut row = vec![size(f.index), size(at + 1), money(run.cost), number(run.served, 6)];
            row.extend(run.customers.iter().map(|share| number(*share, 6)));
            row
        })
    });
    let heads: &[Head] = &[
        ("future", "", "Index in the sequence of futures, and of the replication."),
        ("alternative", "", "Place in decision_alternatives."),
        ("cost", "money", "Simulated cost: as planned, with the penalties of the run."),
        ("served", "", "Share served."),
    ];
    let more = |customer: &str| (customer.to_owned(), format!("Share of its replenishment that {customer} gets."));
    by_customer(c, ("decision_simulated_futures", "Every simulated run."), heads, more, rows.collect())
}

/// A table with a column for each customer behind the others.
fn by_customer(
    c: &Context<'_>,
    (name, doc): (&str, &str),
    heads: &[Head],
    more: impl Fn(&str) -> (String, String),
    rows: Vec<Vec<Cell>>,
) -> ResultTable {
    let mut columns = table(name, doc, heads, Vec::new()).columns;
    columns.extend(c.ring().customers.iter().map(|customer| {
        let (name, doc) = more(&customer.key);
        ResultColumn { name, unit: String::new(), doc }
    }));
    ResultTable { name: name.to_owned(), doc: doc.to_owned(), columns, rows }
}

fn screening(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.screening.iter().enumerate().map(|(at, s)| {
        let [address, asked] = question(c, s.assumption);
        let [strength, low, high] = s.strength.map(money);
        vec![size(at + 1), address, asked, strength, low, high, money(s.mean), money(s.spread)]
    });
    let columns: &[Head] = &[
        ("rank", "", "Rank by strength, from 1."),
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("strength", "money", "Mean absolute elementary effect on the cost as planned, over the full range."),
        ("strength_low", "money", "Lower end of its 95 % interval."),
        ("strength_high", "money", "Upper end."),
        ("mean", "money", "Mean effect: above zero where the high end costs more."),
        ("spread", "money", "Standard deviation of the effects."),
    ];
    table("decision_screening", "How far each question moves the cost as planned.", columns, rows.collect())
}

fn shares(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.shares.iter().map(|s| {
        let [address, asked] = question(c, s.assumption);
        let mut row = vec![address, asked];
        row.extend(s.first.iter().chain(&s.total).map(|v| number(*v, 4)));
        row
    });
    let columns: &[Head] = &[
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("first", "", "First-order Sobol' index of the cost as planned."),
        ("first_low", "", "Lower end of its 95 % interval."),
        ("first_high", "", "Upper end."),
        ("total", "", "Total Sobol' index."),
        ("total_low", "", "Lower end of its 95 % interval."),
        ("total_high", "", "Upper end."),
    ];
    table("decision_variance", "What moves the cost as planned.", columns, rows.collect())
}

fn futures(c: &Context<'_>, a: &Analysis) -> ResultTable {
    let rows = a.futures.iter().map(|f| {
        let mut row = vec![size(f.index)];
        for ((cost, served), customers) in f.costs.iter().zip(&f.served).zip(&f.customers) {
            row.extend([money(*cost), number(*served, 6)]);
            row.extend(customers.iter().map(|share| number(*share, 6)));
        }
        row
    });
    let column = |name: String, unit: &str, doc: String| ResultColumn { name, unit: unit.to_owned(), doc };
    let mut columns = vec![column("future".to_owned(), "", "Index in the sequence of futures.".to_owned())];
    for at in 1..=a.alternatives.len() {
        columns.push(column(format!("cost_{at}"), "money", format!("Cost of alternative {at}.")));
        columns.push(column(format!("served_{at}"), "", format!("Share served by alternative {at}.")));
        for customer in c.ring().customers.iter() {
            let doc = format!("Share of its replenishment that {} gets from alternative {at}.", customer.key);
            columns.push(column(format!("{}_{at}", customer.key), "", doc));
        }
    }
    let doc = "Every future: cost and share served of each alternative, by their place in decision_alternatives.";
    ResultTable { name: "decision_futures".to_owned(), doc: doc.to_owned(), columns, rows: rows.collect() }
}
