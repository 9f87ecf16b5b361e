//! Outages with recovery, and what is there on the first day.

use super::{Shape, date, day};
use crate::{Builder, Random};

pub(super) fn stops(b: &mut Builder, r: &mut Random, shape: &Shape) {
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

pub(super) fn opening(b: &mut Builder, r: &mut Random, shape: &Shape) {
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
