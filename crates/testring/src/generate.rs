//! Valid rings from seeds: every rule of the model comes up in some of them.

use crate::{Builder, Random};
use model::RawRing;

/// How large a generated ring is, and whether it has the rarer things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Plants that may make something, at least 1; the first is the home plant when `extras` is true.
    pub plants: usize,
    /// Made items, at least 1; item 0 is the product, made of all others.
    pub items: usize,
    /// Customers, at least 1.
    pub customers: usize,
    /// Periods of the horizon, at least 2.
    pub periods: usize,
    /// Tasks of each item, at least 1.
    pub tasks: usize,
    /// Outages, alarms, revisions, people, budgets, exercises, depots and limits.
    pub extras: bool,
}

impl Shape {
    /// One plant, one item, one customer, few periods: small enough to try everything.
    #[must_use]
    pub fn smallest() -> Self {
        Self { plants: 1, items: 1, customers: 1, periods: 3, tasks: 2, extras: false }
    }

    /// Two plants, two items, two customers, eight periods, with all the rarer things.
    #[must_use]
    pub fn small() -> Self {
        Self { plants: 2, items: 2, customers: 2, periods: 8, tasks: 4, extras: true }
    }
}

/// A valid ring of a shape; the same seed gives the same ring.
///
/// There is a licence for every item somewhere from the first day on, and room for one line of it; limits are loose
/// more often than tight, so that most, not all, rings have a programme.
#[must_use]
pub fn generate(seed: u64, shape: &Shape) -> RawRing {
    let mut r = Random::new(seed);
    let mut b = Builder::new();
    settings(&mut b, &mut r, shape);
    items(&mut b, &mut r, shape);
    people(&mut b, &mut r, shape);
    plants(&mut b, &mut r, shape);
    lanes(&mut b, &mut r, shape);
    customers(&mut b, &mut r, shape);
    if shape.extras {
        stops(&mut b, &mut r, shape);
        opening(&mut b, &mut r, shape);
    }
    b.build()
}

/// A day of the horizon, from its first to its last period; weeks start on Monday 2027-01-04.
fn day(r: &mut Random, shape: &Shape) -> String {
    let last = 7 * shape.periods as i64 - 1;
    date(r.int(0, last))
}

/// The day so many days after 2027-01-04, up to the end of 2027.
fn date(days: i64) -> String {
    let mut left = days + 3;
    for (month, length) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
        if left < length {
            return format!("2027-{:02}-{:02}", month + 1, left + 1);
        }
        left -= length;
    }
    "2027-12-31".to_owned()
}

fn settings(b: &mut Builder, r: &mut Random, shape: &Shape) {
    b.set("ring.name", "generated").set("ring.product", "i0").set("ring.currency", "EUR");
    b.set("ring.start", "2027-01-04").set("ring.periods", shape.periods);
    b.set("policy.line_efficiency", r.hundredths(60, 100));
    b.set("policy.open_every_periods", r.int(1, 2));
    b.set("policy.allocation", r.pick(&["priority", "proportional", "max-min", "quota"]));
    b.set("partners.maker.name", "Maker").set("partners.maker.role", "maker");
    if shape.extras {
        b.set("policy.wages_until_line_days", r.int(0, 7));
        b.set("policy.support_periods", r.int(0, 2)).set("policy.support_hours_per_line", r.int(1, 20));
        b.set("training.support_hours", r.int(20, 100));
        b.set("training.home_places", r.int(5, 40)).set("training.site_places", r.int(5, 40));
        b.set("partners.host.name", "Host").set("partners.host.role", "host");
        b.set("partners.host.workshare_min", r.hundredths(0, 30));
        b.set("partners.maker.pays", "line;parts;wages");
        b.set("partners.maker.budget.all.from", "2027-01-04").set("partners.maker.budget.all.to", date(r.int(10, 30)));
        b.set("partners.maker.budget.all.ceiling", r.int(20_000, 2_000_000));
    }
}

fn items(b: &mut Builder, r: &mut Random, shape: &Shape) {
    b.row(
        "equipment",
        &[
            ("equipment", &"jig"),
            ("name", &"Jig"),
            ("cost", &r.int(100, 3_000)),
            ("lead_days", &r.int(0, 9)),
            ("floor_m2", &r.int(0, 9)),
        ],
    );
    for part in ["a", "b"] {
        b.row("parts", &[("part", &part), ("name", &part)]);
        for source in 0..r.int(1, 2) {
            let (capacity, until) = if shape.extras && source == 1 {
                (r.int(50, 500).to_string(), day(r, shape))
            } else {
                Default::default()
            };
            b.row(
                "supply",
                &[
                    ("supply", &format!("{part}{source}")),
                    ("part", &part),
                    ("supplier", &format!("works {}", r.int(0, 1))),
                    ("price", &r.hundredths(50, 900)),
                    ("freight", &r.hundredths(0, 90)),
                    ("lead_days", &r.int(0, 14)),
                    ("lot_min", &r.int(0, 20)),
                    ("capacity", &capacity),
                    ("until", &until),
                ],
            );
        }
    }
    for item in 0..shape.items {
        let name = format!("i{item}");
        b.row(
            "items",
            &[
                ("item", &name),
                ("name", &name),
                ("learning_slope", &r.hundredths(75, 100)),
                ("learning_floor", &r.hundredths(0, 60)),
                ("learning_credit", &r.int(0, 20)),
                ("learning_mature", &r.int(10, 60)),
                ("stock_max", &r.int(20, 400)),
            ],
        );
        b.row("bom", &[("parent", &name), ("component", &r.pick(&["a", "b"])), ("quantity", &r.int(1, 4))]);
        if item > 0 {
            b.row("bom", &[("parent", &"i0"), ("component", &name), ("quantity", &r.int(1, 2))]);
        }
        for task in 0..shape.tasks {
            let before =
                if task > 0 && r.one_in(2) { format!("{name}t{}", r.int(0, task as i64 - 1)) } else { String::new() };
            let equipment = if r.one_in(3) { "jig" } else { "" };
            b.row(
                "tasks",
                &[
                    ("task", &format!("{name}t{task}")),
                    ("item", &name),
                    ("name", &"Work"),
                    ("minutes", &r.int(10, 180)),
                    ("crew", &r.int(1, 2)),
                    ("predecessors", &before),
                    ("skill", &r.pick(&["fit", "test"])),
                    ("equipment", &equipment),
                    ("first_pass_yield", &r.hundredths(80, 100)),
                    ("rework_minutes", &r.int(0, 30)),
                ],
            );
        }
    }
    if shape.extras && r.one_in(2) {
        let from = date(7 * r.int(1, shape.periods as i64 - 1));
        b.row("revisions", &[("item", &"i0"), ("revision", &"A"), ("effective_from", &"2026-12-01")]);
        b.row("revisions", &[("item", &"i0"), ("revision", &"B"), ("effective_from", &from)]);
        b.row("bom", &[("parent", &"i0"), ("component", &"b"), ("quantity", &1), ("revision", &"B")]);
    }
}

fn people(b: &mut Builder, r: &mut Random, shape: &Shape) {
    for skill in ["fit", "test"] {
        let long = i64::from(shape.extras);
        b.row(
            "workforce",
            &[
                ("skill", &skill),
                ("name", &skill),
                ("hire_periods", &r.int(0, long)),
                ("hire_cost", &r.int(0, 500)),
                ("train_home_periods", &r.int(0, long)),
                ("train_home_cost", &r.int(0, 900)),
                ("train_site_periods", &r.int(0, 1)),
                ("train_site_cost", &r.int(0, 900)),
                ("absence", &r.hundredths(0, 15)),
                ("turnover_year", &r.hundredths(0, 60)),
                ("wage_factor", &r.hundredths(90, 150)),
            ],
        );
    }
}

fn plants(b: &mut Builder, r: &mut Random, shape: &Shape) {
    for plant in 0..shape.plants {
        let name = format!("s{plant}");
        let kind = if shape.extras && plant == 0 { "home" } else { "plant" };
        let partner = if shape.extras && plant > 0 { "host" } else { "maker" };
        let recovery = if shape.extras && r.one_in(2) { "stairs" } else { "" };
        let from = if plant > 0 && r.one_in(4) { day(r, shape) } else { String::new() };
        b.row(
            "sites",
            &[
                ("site", &name),
                ("name", &name),
                ("kind", &kind),
                ("partner", &partner),
                ("ring", &"near"),
                ("distance_km", &r.int(20, 400)),
                ("floor_m2", &r.int(250, 900)),
                ("open_cost", &r.int(0, 9_000)),
                ("open_days", &(7 * r.int(0, 1))),
                ("fixed_cost", &r.int(0, 300)),
                ("floor_cost", &r.hundredths(0, 300)),
                ("labour_pool", &r.int(30, 120)),
                ("wage_hour", &r.hundredths(500, 3_000)),
                ("zone", &"z"),
                ("calendar", &format!("c{plant}")),
                ("recovery", &recovery),
                ("open_from", &from),
                ("holding_share_year", &r.hundredths(0, 40)),
            ],
        );
        let calendar = format!("c{plant}");
        for shift in 0..r.int(1, 2) {
            b.row(
                "calendars",
                &[
                    ("calendar", &calendar),
                    ("entry", &format!("shift{shift}")),
                    ("kind", &"shift"),
                    ("days", &r.pick(&["mon-fri", "mon-sat"])),
                    ("start", &format!("{:02}:00", 6 + 8 * shift)),
                    ("minutes", &r.int(400, 480)),
                ],
            );
        }
        if shape.extras {
            let first = r.int(0, 7 * shape.periods as i64 - 1);
            b.row(
                "calendars",
                &[
                    ("calendar", &calendar),
                    ("entry", &"feast"),
                    ("kind", &"holiday"),
                    ("from", &date(first)),
                    ("to", &date(first + r.int(0, 3))),
                ],
            );
            b.row(
                "calendars",
                &[
                    ("calendar", &calendar),
                    ("entry", &"alarm"),
                    ("kind", &"alarm"),
                    ("share", &r.hundredths(0, 20)),
                    ("mean_minutes", &30),
                    ("stop_share", &r.hundredths(0, 100)),
                ],
            );
        }
        capability(b, r, shape, plant);
    }
    if shape.extras {
        b.row(
            "sites",
            &[
                ("site", &"d"),
                ("name", &"Depot"),
                ("kind", &"depot"),
                ("ring", &"far"),
                ("distance_km", &800),
                ("holding_share_year", &r.hundredths(0, 40)),
            ],
        );
    }
}

fn capability(b: &mut Builder, r: &mut Random, shape: &Shape, plant: usize) {
    for item in 0..shape.items {
        let late = if plant > 0 && r.one_in(3) { day(r, shape) } else { "2027-01-01".to_owned() };
        let article = if shape.extras { r.int(0, 8) } else { 0 };
        let mut row = |kind: &str, lines: i64| {
            b.row(
                "capability",
                &[
                    ("site", &format!("s{plant}")),
                    ("item", &format!("i{item}")),
                    ("line_type", &kind),
                    ("licence", &"granted"),
                    ("licence_from", &late),
                    ("open_days", &r.int(0, 10)),
                    ("first_article_days", &article),
                    ("first_article_cost", &r.int(0, 900)),
                    ("productivity", &r.hundredths(70, 110)),
                    ("lines_max", &lines),
                    ("line_cost", &r.int(0, 2_000)),
                ],
            );
        };
        row("cell", 2);
        if shape.extras && item == 0 && shape.items > 1 && plant + 1 == shape.plants {
            row("complete", 1);
        }
    }
}

fn lanes(b: &mut Builder, r: &mut Random, shape: &Shape) {
    let mut row = |from: &str, to: &str| {
        let capacity = if shape.extras && r.one_in(4) { r.int(20, 200).to_string() } else { String::new() };
        b.row(
            "lanes",
            &[
                ("lane", &format!("{from}-{to}")),
                ("from", &from),
                ("to", &to),
                ("days", &r.int(0, 9)),
                ("border_hours", &r.int(0, 30)),
                ("cost_unit", &r.hundredths(0, 900)),
                ("capacity", &capacity),
            ],
        );
    };
    for plant in 0..shape.plants {
        let from = format!("s{plant}");
        for to in (0..shape.plants).filter(|to| *to != plant) {
            row(&from, &format!("s{to}"));
        }
        for customer in 0..shape.customers {
            row(&from, &format!("k{customer}"));
        }
        if shape.extras {
            row(&from, "d");
        }
    }
    if shape.extras {
        row("d", "k0");
    }
}

fn customers(b: &mut Builder, r: &mut Random, shape: &Shape) {
    for customer in 0..shape.customers {
        let name = format!("k{customer}");
        b.set(format!("customers.{name}.name"), &name).set(format!("customers.{name}.class"), r.int(1, 3));
        b.set(format!("customers.{name}.quota"), r.hundredths(10, 50));
        b.set(format!("customers.{name}.backlog_cost"), r.int(10, 500))
            .set(format!("customers.{name}.unmet_cost"), r.int(500, 5_000));
        if shape.extras && r.one_in(6) {
            b.set(format!("customers.{name}.floor"), r.hundredths(0, 20));
        }
        for period in 1..=shape.periods {
            if period == shape.periods || r.one_in(2) {
                b.row(
                    "demand",
                    &[("customer", &name), ("item", &"i0"), ("period", &period), ("quantity", &r.int(1, 12))],
                );
            }
        }
        if shape.extras && r.one_in(2) {
            let back = r.int(0, 100);
            let repaired = r.int(0, 100 - back);
            let share = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
            b.row(
                "exercises",
                &[
                    ("exercise", &format!("x{customer}")),
                    ("customer", &name),
                    ("item", &"i0"),
                    ("start", &day(r, shape)),
                    ("days", &r.int(1, 20)),
                    ("draw", &r.int(1, 5)),
                    ("return_share", &share(back)),
                    ("repair_share", &share(repaired)),
                    ("write_off_share", &share(100 - back - repaired)),
                    ("repair_days", &r.int(0, 10)),
                ],
            );
        }
    }
}

fn stops(b: &mut Builder, r: &mut Random, shape: &Shape) {
    for (at, share) in [(0, "0.1"), (3, "0.5"), (6, "1")] {
        b.row("recovery", &[("profile", &"stairs"), ("day", &at), ("share", &share)]);
    }
    for (at, target) in ["site:s0", "zone:z", "supplier:works 0", "lane:s0-k0"].into_iter().enumerate() {
        if r.one_in(3) && (target != "supplier:works 0" || has_supplier(b, "works 0")) {
            let first = r.int(0, 7 * shape.periods as i64 - 1);
            let recovery = if r.one_in(2) { "stairs" } else { "" };
            b.row(
                "outages",
                &[
                    ("outage", &format!("o{at}")),
                    ("target", &target),
                    ("cause", &"stop"),
                    ("from", &date(first)),
                    ("to", &date(first + r.int(0, 6))),
                    ("recovery", &recovery),
                ],
            );
        }
    }
}

fn has_supplier(b: &Builder, name: &str) -> bool {
    let raw = b.build();
    let supply = raw.table("supply").expect("written above");
    (0..supply.rows.len()).any(|row| supply.cell(row, "supplier") == Some(name))
}

fn opening(b: &mut Builder, r: &mut Random, shape: &Shape) {
    b.row("opening", &[("kind", &"stock"), ("place", &"s0"), ("thing", &"a"), ("quantity", &r.int(0, 60))]);
    b.row(
        "opening",
        &[("kind", &"order"), ("place", &"s0"), ("thing", &"b"), ("quantity", &r.int(0, 60)), ("due", &day(r, shape))],
    );
    b.row(
        "opening",
        &[("kind", &"wip"), ("place", &"s0"), ("thing", &"i0"), ("quantity", &r.int(0, 5)), ("due", &day(r, shape))],
    );
    b.row("opening", &[("kind", &"experience"), ("place", &"s0"), ("thing", &"i0"), ("quantity", &r.int(0, 20))]);
    b.row("opening", &[("kind", &"people"), ("place", &"s0"), ("thing", &"fit"), ("quantity", &r.int(0, 8))]);
    b.row("opening", &[("kind", &"pool"), ("place", &"k0"), ("thing", &"i0"), ("quantity", &r.int(0, 3))]);
    for person in 0..r.int(0, 3) {
        let from = if r.one_in(2) { day(r, shape) } else { String::new() };
        b.row(
            "people",
            &[
                ("person", &format!("n{person}")),
                ("site", &"s0"),
                ("skills", &r.pick(&["fit", "test", "fit;test", "test;fit"])),
                ("from", &from),
            ],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Ring;

    #[test]
    fn every_generated_ring_is_valid() {
        for seed in 0..1_000 {
            for shape in [Shape::smallest(), Shape::small()] {
                if let Err(faults) = Ring::build(&generate(seed, &shape)) {
                    panic!("seed {seed}: {faults:#?}");
                }
            }
        }
    }

    #[test]
    fn the_tiny_ring_is_valid_and_seeds_differ() {
        if let Err(faults) = Ring::build(&crate::tiny()) {
            panic!("{faults:#?}");
        }
        let shape = Shape::small();
        assert!(generate(1, &shape) != generate(2, &shape) && generate(1, &shape) == generate(1, &shape));
    }
}
