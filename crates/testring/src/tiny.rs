//! The ring made by hand, small enough to work out on paper, with one of everything a programme can hold.

use crate::Builder;
use model::RawRing;

/// Home plant `H` makes the sub-assembly `S`, plant `A` the product `P` of two `S` and three parts `a`; one customer, six weeks.
///
/// - Weeks start on Monday 2027-01-04; both sites work 5 x 480 minutes in one crew.
/// - `P` takes task `p1` (60 min, one person, equipment `e`) and `p2` (30 min, two people); `S` takes `s1` (20 min).
/// - People: hired in 1 period for 200, trained at home in 1 for 300 or on site in 2 for 100; absence 10 %, one in ten
///   (0.52143 a year) leaves in ten weeks.
/// - `H` has 3 people, 4 pieces of `S` and 60 of `a`; the customer's pool has 1 `P`.
/// - Demand: 5 `P` by period 4 and 7 by period 6; an exercise draws 2 in period 5.
#[must_use]
pub fn tiny() -> RawRing {
    let mut b = Builder::new();
    b.set("ring.name", "tiny").set("ring.product", "P").set("ring.currency", "EUR");
    b.set("ring.start", "2027-01-04").set("ring.periods", 6).set("ring.period_days", 7);
    b.set("policy.line_efficiency", "0.8").set("policy.open_every_periods", 1);
    b.set("policy.support_periods", 2).set("policy.support_hours_per_line", 10);
    b.set("training.home_places", 4).set("training.site_places", 4).set("training.support_hours", 15);
    partners(&mut b);
    what(&mut b);
    sites(&mut b);
    b.row("demand", &[("customer", &"c"), ("item", &"P"), ("period", &4), ("quantity", &5)]);
    b.row("demand", &[("customer", &"c"), ("item", &"P"), ("period", &6), ("quantity", &7)]);
    b.row(
        "exercises",
        &[
            ("exercise", &"x"),
            ("customer", &"c"),
            ("item", &"P"),
            ("start", &"2027-02-01"),
            ("days", &7),
            ("draw", &2),
            ("return_share", &"0.5"),
            ("repair_share", &"0.25"),
            ("write_off_share", &"0.25"),
            ("repair_days", &7),
        ],
    );
    let opening =
        [("stock", "H", "S", "4"), ("stock", "H", "a", "60"), ("people", "H", "w", "3"), ("pool", "c", "P", "1")];
    for (kind, place, thing, quantity) in opening {
        b.row("opening", &[("kind", &kind), ("place", &place), ("thing", &thing), ("quantity", &quantity)]);
    }
    b.build()
}

fn partners(b: &mut Builder) {
    b.set("partners.maker.name", "Maker").set("partners.maker.role", "maker");
    b.set("partners.maker.pays", "line;first-article;site-opening");
    b.set("partners.maker.budget.first.from", "2027-01-04").set("partners.maker.budget.first.to", "2027-01-17");
    b.set("partners.maker.budget.first.ceiling", "10000");
    b.set("partners.host.name", "Host").set("partners.host.role", "host").set("partners.host.workshare_min", "0.4");
    b.set("customers.c.name", "Customer").set("customers.c.floor", "0.5");
    b.set("customers.c.backlog_cost", 10).set("customers.c.unmet_cost", 100);
    b.set("gates.G1.name", "Start").set("gates.G1.question", "May it start?");
    b.row("gates", &[("gate", &"G1"), ("evidence", &"e1"), ("name", &"Licence"), ("owner", &"maker")]);
}

fn what(b: &mut Builder) {
    b.row("items", &[("item", &"P"), ("name", &"Product"), ("stock_max", &20)]);
    b.row("items", &[("item", &"S"), ("name", &"Sub-assembly"), ("stock_max", &40)]);
    b.row("parts", &[("part", &"a"), ("name", &"Part a")]);
    b.row("bom", &[("parent", &"P"), ("component", &"S"), ("quantity", &2)]);
    b.row("bom", &[("parent", &"P"), ("component", &"a"), ("quantity", &3)]);
    b.row("bom", &[("parent", &"S"), ("component", &"a"), ("quantity", &1)]);
    b.row(
        "equipment",
        &[("equipment", &"e"), ("name", &"Jig"), ("cost", &1_000), ("lead_days", &14), ("floor_m2", &4)],
    );
    b.row(
        "tasks",
        &[("task", &"p1"), ("item", &"P"), ("name", &"Join"), ("minutes", &60), ("skill", &"w"), ("equipment", &"e")],
    );
    b.row(
        "tasks",
        &[
            ("task", &"p2"),
            ("item", &"P"),
            ("name", &"Lift"),
            ("minutes", &30),
            ("crew", &2),
            ("predecessors", &"p1"),
            ("skill", &"w"),
            ("first_pass_yield", &"0.9"),
            ("rework_minutes", &20),
        ],
    );
    b.row("tasks", &[("task", &"s1"), ("item", &"S"), ("name", &"Form"), ("minutes", &20), ("skill", &"w")]);
    b.row(
        "supply",
        &[
            ("supply", &"sa"),
            ("part", &"a"),
            ("supplier", &"Works"),
            ("price", &1),
            ("freight", &"0.50"),
            ("lead_days", &7),
            ("lot_min", &10),
            ("capacity", &60),
        ],
    );
    b.row(
        "workforce",
        &[
            ("skill", &"w"),
            ("name", &"Worker"),
            ("hire_periods", &1),
            ("hire_cost", &200),
            ("train_home_periods", &1),
            ("train_home_cost", &300),
            ("train_site_periods", &2),
            ("train_site_cost", &100),
            ("absence", &"0.1"),
            ("turnover_year", &"0.521428571"),
        ],
    );
}

fn sites(b: &mut Builder) {
    b.row(
        "sites",
        &[
            ("site", &"H"),
            ("name", &"Home"),
            ("kind", &"home"),
            ("partner", &"maker"),
            ("ring", &"home"),
            ("distance_km", &900),
            ("floor_m2", &100),
            ("labour_pool", &10),
            ("wage_hour", &30),
            ("calendar", &"day"),
            ("fixed_cost", &50),
            ("holding_share_year", &"0.365"),
        ],
    );
    b.row(
        "sites",
        &[
            ("site", &"A"),
            ("name", &"Alder"),
            ("partner", &"host"),
            ("ring", &"near"),
            ("distance_km", &60),
            ("floor_m2", &60),
            ("open_cost", &5_000),
            ("open_days", &7),
            ("fixed_cost", &100),
            ("floor_cost", &2),
            ("labour_pool", &9),
            ("wage_hour", &10),
            ("calendar", &"day"),
            ("holding_share_year", &"0.365"),
        ],
    );
    b.row(
        "capability",
        &[
            ("site", &"H"),
            ("item", &"S"),
            ("licence", &"granted"),
            ("licence_from", &"2026-01-01"),
            ("lines_max", &2),
            ("line_cost", &400),
        ],
    );
    b.row(
        "capability",
        &[
            ("site", &"A"),
            ("item", &"P"),
            ("licence", &"granted"),
            ("licence_from", &"2027-01-05"),
            ("open_days", &7),
            ("first_article_days", &3),
            ("first_article_cost", &250),
            ("productivity", &"0.9"),
            ("lines_max", &2),
            ("line_cost", &600),
        ],
    );
    b.row(
        "capability",
        &[
            ("site", &"H"),
            ("item", &"P"),
            ("line_type", &"complete"),
            ("licence", &"granted"),
            ("licence_from", &"2027-01-01"),
            ("line_cost", &900),
        ],
    );
    b.row(
        "lanes",
        &[("lane", &"HA"), ("from", &"H"), ("to", &"A"), ("days", &3), ("cost_unit", &2), ("capacity", &20)],
    );
    b.row("lanes", &[("lane", &"AC"), ("from", &"A"), ("to", &"c"), ("cost_unit", &5)]);
    b.row("lanes", &[("lane", &"HC"), ("from", &"H"), ("to", &"c"), ("days", &8), ("cost_unit", &9)]);
    b.row(
        "calendars",
        &[
            ("calendar", &"day"),
            ("entry", &"early"),
            ("kind", &"shift"),
            ("days", &"mon-fri"),
            ("start", &"06:00"),
            ("minutes", &480),
        ],
    );
}
