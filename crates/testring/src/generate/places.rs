//! Plants with calendars and capability; lanes.

use super::{Shape, date, day};
use crate::{Builder, Random};

pub(super) fn plants(b: &mut Builder, r: &mut Random, shape: &Shape) {
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

pub(super) fn lanes(b: &mut Builder, r: &mut Random, shape: &Shape) {
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
