//! Rings for hedging: 2 items, 3 bought parts, 6 suppliers, 2 customers, any number of candidate sites and weeks, from a seed.
//!
//! The product `P` takes one sub-assembly `Q`, one `a` and two `b`; `Q` takes one `c`. Each part has a cheap source far
//! away with a capacity and a dear one near. Every site may make both items on a cell each, and every third both on a
//! complete line. Demand of the two customers rises over the first third of the horizon and needs about a third of the sites.
//! The rates of stops are the bench's own stress figures and no default of anything.

use model::RawRing;
use testring::{Builder, Random};

/// A ring of a seed.
pub fn generate(seed: u64, sites: usize, weeks: usize) -> RawRing {
    let (mut b, mut r) = (Builder::new(), Random::new(seed.wrapping_mul(0x9e37) ^ 0x5247));
    b.set("ring.name", format!("hedge {seed}")).set("ring.product", "P").set("ring.currency", "EUR");
    b.set("ring.start", "2027-01-04").set("ring.periods", weeks).set("ring.period_days", 7);
    b.set("policy.line_efficiency", "0.85").set("policy.open_every_periods", 4);
    b.set("partners.maker.name", "Maker").set("partners.maker.role", "maker");
    for (customer, backlog, unmet) in [("north", 120, 4_000), ("south", 80, 3_000)] {
        b.set(format!("customers.{customer}.name"), customer).set(format!("customers.{customer}.floor"), "0");
        b.set(format!("customers.{customer}.backlog_cost"), backlog);
        b.set(format!("customers.{customer}.unmet_cost"), unmet);
    }
    what(&mut b, sites as i64);
    for site in 0..sites {
        place(&mut b, &mut r, site, sites);
    }
    let full = sites as i64 * 25;
    for week in 8..=weeks as i64 {
        let ramp = (3 * (week - 7)).min(weeks as i64) as f64 / weeks as f64;
        for (customer, share) in [("north", 0.6), ("south", 0.4)] {
            let quantity = (full as f64 * ramp * share).round() as i64;
            b.row("demand", &[("customer", &customer), ("item", &"P"), ("period", &week), ("quantity", &quantity)]);
        }
    }
    stops(&mut b, &mut r, sites);
    b.build()
}

fn what(b: &mut Builder, sites: i64) {
    b.row("items", &[("item", &"P"), ("name", &"Product"), ("stock_max", &2_000)]);
    b.row("items", &[("item", &"Q"), ("name", &"Sub-assembly"), ("stock_max", &2_000)]);
    for (part, parent, each) in [("a", "P", 1), ("b", "P", 2), ("c", "Q", 1)] {
        b.row("parts", &[("part", &part), ("name", &part)]);
        b.row("bom", &[("parent", &parent), ("component", &part), ("quantity", &each)]);
    }
    b.row("bom", &[("parent", &"P"), ("component", &"Q"), ("quantity", &1)]);
    let jig = [
        ("equipment", &"jig" as &dyn ToString),
        ("name", &"Jig"),
        ("cost", &9_000),
        ("lead_days", &14),
        ("floor_m2", &6),
    ];
    b.row("equipment", &jig);
    for (task, item, minutes, before, jig) in
        [("p1", "P", 40, "", "jig"), ("p2", "P", 35, "p1", ""), ("q1", "Q", 45, "", "jig"), ("q2", "Q", 25, "q1", "")]
    {
        let row: [(&str, &dyn ToString); 7] = [
            ("task", &task),
            ("item", &item),
            ("name", &task),
            ("minutes", &minutes),
            ("predecessors", &before),
            ("skill", &"w"),
            ("equipment", &jig),
        ];
        b.row("tasks", &row);
    }
    for (part, price, capacity) in [("a", 60, 20 * sites), ("b", 25, 40 * sites), ("c", 90, 20 * sites)] {
        for (mode, extra, days, capacity) in
            [("direct", 0, 35, capacity.to_string()), ("kit", price / 5, 14, String::new())]
        {
            let row: [(&str, &dyn ToString); 8] = [
                ("supply", &format!("{mode}_{part}")),
                ("part", &part),
                ("supplier", &format!("{mode} {part}")),
                ("mode", &mode),
                ("price", &(price + extra)),
                ("lead_days", &days),
                ("lot_min", &0),
                ("capacity", &capacity),
            ];
            b.row("supply", &row);
        }
    }
    let row: [(&str, &dyn ToString); 7] = [
        ("skill", &"w"),
        ("name", &"Worker"),
        ("hire_periods", &1),
        ("hire_cost", &300),
        ("train_home_periods", &0),
        ("train_site_periods", &3),
        ("train_site_cost", &900),
    ];
    b.row("workforce", &row);
}

fn place(b: &mut Builder, r: &mut Random, site: usize, sites: usize) {
    let (name, calendar) = (format!("s{site}"), format!("c{site}"));
    b.row(
        "sites",
        &[
            ("site", &name),
            ("name", &name),
            ("kind", &"plant"),
            ("partner", &"maker"),
            ("ring", &r.pick(&["near", "far"])),
            ("distance_km", &r.int(40, 900)),
            ("floor_m2", &r.int(300, 700)),
            ("open_cost", &r.int(30_000, 90_000)),
            ("open_days", &(7 * r.int(1, 3))),
            ("fixed_cost", &r.int(400, 1_200)),
            ("floor_cost", &"1"),
            ("labour_pool", &r.int(60, 140)),
            ("wage_hour", &r.hundredths(500, 900)),
            ("zone", &format!("z{}", site % 5)),
            ("calendar", &calendar),
            ("recovery", &"stairs"),
            ("holding_share_year", &"0.1"),
        ],
    );
    b.row(
        "calendars",
        &[
            ("calendar", &calendar),
            ("entry", &"shift"),
            ("kind", &"shift"),
            ("days", &"mon-fri"),
            ("start", &"06:00"),
            ("minutes", &r.int(440, 480)),
        ],
    );
    let mut row = |item: &str, kind: &str, lines: i64| {
        b.row(
            "capability",
            &[
                ("site", &name),
                ("item", &item),
                ("line_type", &kind),
                ("licence", &"granted"),
                ("licence_from", &"2027-01-01"),
                ("open_days", &14),
                ("first_article_days", &7),
                ("first_article_cost", &2_000),
                ("productivity", &r.hundredths(80, 105)),
                ("lines_max", &lines),
                ("line_cost", &r.int(4_000, 9_000)),
            ],
        );
    };
    row("P", "cell", 2);
    row("Q", "cell", 2);
    if site.is_multiple_of(3) {
        row("P", "complete", 2);
    }
    let near = |step: usize| format!("s{}", (site + step) % sites);
    let mut ends = vec!["north".to_owned(), "south".to_owned(), near(1), near(2), near(5)];
    ends.dedup();
    ends.retain(|to| *to != name);
    for to in ends {
        b.row(
            "lanes",
            &[
                ("lane", &format!("{name}-{to}")),
                ("from", &name),
                ("to", &to),
                ("km", &r.int(50, 700)),
                ("days", &"1"),
                ("border_hours", &0),
                ("cost_unit", &r.hundredths(200, 900)),
            ],
        );
    }
}

fn stops(b: &mut Builder, r: &mut Random, sites: usize) {
    for (at, share) in [(0, "0.1"), (7, "0.5"), (14, "1")] {
        b.row("recovery", &[("profile", &"stairs"), ("day", &at), ("share", &share)]);
    }
    let mut row = |name: String, target: String, rate: String, days: i64| {
        b.row(
            "outages",
            &[("outage", &name), ("target", &target), ("cause", &"bench"), ("rate_year", &rate), ("days", &days)],
        );
    };
    for site in 0..sites {
        row(format!("site{site}"), format!("site:s{site}"), r.hundredths(20, 80), r.int(14, 42));
    }
    for zone in 0..5.min(sites) {
        row(format!("zone{zone}"), format!("zone:z{zone}"), "0.15".to_owned(), 14);
    }
    for part in ["a", "b", "c"] {
        row(format!("supplier {part}").replace(' ', "_"), format!("supplier:direct {part}"), "0.3".to_owned(), 28);
    }
}
