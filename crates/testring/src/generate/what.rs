//! Items with parts, sources and tasks; skills.

use super::{Shape, date, day};
use crate::{Builder, Random};

pub(super) fn items(b: &mut Builder, r: &mut Random, shape: &Shape) {
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

pub(super) fn people(b: &mut Builder, r: &mut Random, shape: &Shape) {
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
