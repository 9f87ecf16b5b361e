//! Valid rings from seeds: every rule of the model comes up in some of them.

mod customers;
mod places;
mod stops;
mod what;

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
    what::items(&mut b, &mut r, shape);
    what::people(&mut b, &mut r, shape);
    places::plants(&mut b, &mut r, shape);
    places::lanes(&mut b, &mut r, shape);
    customers::customers(&mut b, &mut r, shape);
    if shape.extras {
        stops::stops(&mut b, &mut r, shape);
        stops::opening(&mut b, &mut r, shape);
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
