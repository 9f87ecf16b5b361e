//! Customers with demand and exercises.

use super::{Shape, day};
use crate::{Builder, Random};

pub(super) fn customers(b: &mut Builder, r: &mut Random, shape: &Shape) {
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
