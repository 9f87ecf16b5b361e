//! One plant, one item, three tasks: answers that can be worked out on paper, and means from renewal theory.

use chance::stats::Welford;
use model::Ring;
use model::control::Control;
use model::ids::*;
use model::results::evidence::{Cause, Evidence};
use model::results::line_design::Proof;
use model::results::programme::{LineOpening, Make, Staffing, Trained};
use model::results::{LineDesign, LineOption, Station, Status};
use model::tables::capability::LineType;
use simulate::ring::{Engine, Options, Problem, solve};
use testring::{Builder, empty_programme};
use units::{Id, Minutes, Money, Quantity};

/// What a case changes; the plain one has tasks of 60, 45 and 30 minutes, nothing by chance, 480 minutes on five days.
struct Plant {
    minutes: [i64; 3],
    buffer: i64,
    unattended: i64,
    spread: &'static str,
    first_pass_yield: &'static str,
    rework: i64,
    breakdown: Option<(i64, i64)>,
    absence: &'static str,
    people: i64,
    /// Alarm: share, mean minutes, share of it during which work stops.
    alarm: Option<(&'static str, i64, &'static str)>,
    outage: Option<(&'static str, i64)>,
    periods: usize,
    first_article_days: i64,
}

const PLAIN: Plant = Plant {
    minutes: [60, 45, 30],
    buffer: 1,
    unattended: 0,
    spread: "0",
    first_pass_yield: "1",
    rework: 0,
    breakdown: None,
    absence: "0",
    people: 3,
    alarm: None,
    outage: None,
    periods: 4,
    first_article_days: 0,
};

impl Plant {
    fn ring(&self) -> Ring {
        let mut b = Builder::new();
        b.set("ring.name", "hand").set("ring.product", "P").set("ring.currency", "EUR");
        b.set("ring.start", "2027-01-04").set("ring.periods", self.periods);
        b.set("policy.line_efficiency", "1");
        b.set("partners.maker.name", "Maker").set("partners.maker.role", "maker");
        b.set("customers.c.name", "Customer").set("customers.c.backlog_cost", 1).set("customers.c.unmet_cost", 1);
        b.set("gates.G1.name", "Start").set("gates.G1.question", "May it start?");
        b.row("items", &[("item", &"P"), ("name", &"Product"), ("buffer", &self.buffer)]);
        for (index, minutes) in self.minutes.iter().enumerate() {
            let before = if index == 0 { String::new() } else { format!("t{}", index - 1) };
            let first = index == 0;
            b.row(
                "tasks",
                &[
                    ("task", &format!("t{index}")),
                    ("item", &"P"),
                    ("name", &"Work"),
                    ("minutes", minutes),
                    ("spread", &self.spread),
                    ("skill", &"w"),
                    ("predecessors", &before),
                    ("unattended_minutes", &if first { self.unattended } else { 0 }),
                    ("first_pass_yield", &if first { self.first_pass_yield } else { "1" }),
                    ("rework_minutes", &if first { self.rework } else { 0 }),
                    ("equipment", &if first && self.breakdown.is_some() { "e" } else { "" }),
                ],
            );
        }
        if let Some((up, down)) = self.breakdown {
            let row: &[(&str, &dyn ToString)] = &[
                ("equipment", &"e"),
                ("name", &"Jig"),
                ("cost", &1),
                ("breakdown_minutes", &up),
                ("repair_minutes", &down),
            ];
            b.row("equipment", row);
        }
        b.row(
            "sites",
            &[
                ("site", &"A"),
                ("name", &"Alder"),
                ("ring", &"near"),
                ("distance_km", &60),
                ("floor_m2", &500),
                ("labour_pool", &100),
                ("calendar", &"day"),
            ],
        );
        b.row(
            "capability",
            &[
                ("site", &"A"),
                ("item", &"P"),
                ("licence", &"granted"),
                ("licence_from", &"2026-01-01"),
                ("first_article_days", &self.first_article_days),
            ],
        );
        b.row("lanes", &[("lane", &"AC"), ("from", &"A"), ("to", &"c")]);
        b.row("workforce", &[("skill", &"w"), ("name", &"Worker"), ("absence", &self.absence)]);
        b.day_shift("day");
        if let Some((share, mean, stop)) = self.alarm {
            let alarm: &[(&str, &dyn ToString)] = &[
                ("calendar", &"day"),
                ("entry", &"alarm"),
                ("kind", &"alarm"),
                ("share", &share),
                ("mean_minutes", &mean),
                ("stop_share", &stop),
            ];
            b.row("calendars", alarm);
        }
        if let Some((rate, days)) = self.outage {
            let outage: &[(&str, &dyn ToString)] =
                &[("outage", &"o"), ("target", &"site:A"), ("cause", &"test"), ("rate_year", &rate), ("days", &days)];
            b.row("outages", outage);
        }
        b.row("demand", &[("customer", &"c"), ("item", &"P"), ("period", &1), ("quantity", &1)]);
        Ring::build(&b.build()).unwrap_or_else(|faults| panic!("{faults:#?}"))
    }

    /// One task per station; far more planned than can be made, from the first day.
    fn evidence(&self, replications: usize) -> Evidence {
        let ring = self.ring();
        let skill = SkillId::from_index(0);
        let stations = ring.tasks.enumerate().map(|(task, row)| Station {
            tasks: vec![task],
            copies: 1,
            load: row.minutes,
            heads: 1,
            skill,
            reasons: Vec::new(),
        });
        let cycle = Minutes::whole(*self.minutes.iter().max().unwrap());
        let option = LineOption {
            takt: cycle,
            stations: stations.collect(),
            cycle_time: cycle,
            cycle_time_planned: cycle,
            bound: 3,
            proof: Proof::Counting,
            status: Status::Optimal,
            heads: vec![(skill, 3)],
            equipment: Vec::new(),
            equipment_cost: Money::ZERO,
            floor_m2: 36.0,
        };
        let designs =
            vec![LineDesign { item: ring.settings.product, line_type: LineType::Cell, options: vec![option] }];
        let (capability, zero) = (CapabilityId::from_index(0), PeriodId::from_index(0));
        let output_from = ring.settings.periods_of_days(self.first_article_days as f64);
        let mut programme = empty_programme();
        programme.lines.push(LineOpening {
            capability,
            option: 0,
            ordered: zero,
            count: 1,
            first_piece: zero,
            output_from: PeriodId::from_index(output_from),
            stands: None,
        });
        programme.people.push(Staffing {
            site: SiteId::from_index(0),
            skill,
            ready: zero,
            trained: Trained::Already,
            people: self.people,
            hire_from: zero,
            train_from: zero,
        });
        let period = PeriodId::from_index(output_from);
        programme.make.push(Make { capability, period, quantity: Quantity::whole(1_000_000) });
        let problem = Problem { ring: &ring, designs: &designs, programme: &programme };
        let outcome = solve(
            &problem,
            &Options { seed: 5, replications, threads: 2, engine: Engine::Epochs },
            &mut Control::unlimited(),
        );
        outcome.best.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
    }
}

fn finished(e: &Evidence) -> i64 {
    e.replications[0].finished
}

#[test]
fn a_certain_line_makes_what_the_recursion_says() {
    // 4 weeks of 5 x 480 = 9,600 working minutes; piece n leaves at 60 n + 45 + 30.
    assert_eq!(finished(&PLAIN.evidence(1)), (9_600 - 75) / 60);
    // The bottleneck in the middle, no buffer: piece n leaves at 30 + 60 n + 45.
    let middle = Plant { minutes: [30, 60, 45], buffer: 0, ..PLAIN };
    assert_eq!(finished(&middle.evidence(1)), (9_600 - 75) / 60);
    // The bottleneck last: piece n leaves at 30 + 45 + 60 n, and the stations before it are held up.
    let last = Plant { minutes: [30, 45, 60], buffer: 1, ..PLAIN };
    let e = last.evidence(1);
    assert_eq!(finished(&e), (9_600 - 75) / 60);
    assert!(e.stations[0].blocked > 0.45 && e.stations[2].working > 0.99, "{:?}", e.stations);
}

#[test]
fn pieces_wait_unattended_on_the_calendar_not_on_the_shift() {
    // 120 unattended minutes after the first station: the last pieces miss the end of the last shift by as much;
    // overnight the wait costs nothing, so nothing else is lost.
    let cured = Plant { unattended: 120, ..PLAIN };
    assert_eq!(finished(&cured.evidence(1)), (9_600 - 120 - 75) / 60);
}

#[test]
fn first_articles_come_before_output_and_do_not_count() {
    // Approval takes until the second week: pieces are released one flow time ahead, and none counts before.
    let e = Plant { first_article_days: 7, ..PLAIN }.evidence(1);
    let r = &e.replications[0];
    assert_eq!(r.first_articles, 1);
    // Three weeks of output, and what was in the line (held or in work) when the first week ended.
    let three_weeks = 3 * 5 * 480 / 60;
    assert!((three_weeks..=three_weeks + 5).contains(&r.finished), "{}", r.finished);
}

/// The mean time per piece of the first station against a truth, within 4 standard errors and 1 %.
fn check_pace(name: &str, plant: &Plant, truth: f64) {
    let e = plant.evidence(60);
    let minutes = plant.periods as f64 * 2_400.0;
    let sample: Welford = e.replications.iter().map(|r| minutes / r.started as f64).collect();
    let (off, error) = ((sample.mean() - truth).abs(), sample.standard_error());
    // The last piece is started but not finished: half a piece in the mean.
    assert!(off <= 4.0 * error + 0.005 * truth && error < 0.01 * truth, "{name}: {} not {truth}", sample.mean());
}

const LONG: Plant = Plant { minutes: [60, 20, 10], buffer: 5, periods: 26, ..PLAIN };

#[test]
fn chance_costs_what_theory_says() {
    // Rework: 60 + 0.2 x 30. Spread does not move the mean of the first, never held-up station.
    let rework = Plant { first_pass_yield: "0.8", rework: 30, spread: "0.3", ..LONG };
    check_pace("rework", &rework, 66.0);
    // Breakdowns: after 600 busy minutes on average, 60 minutes each.
    let breakdown = Plant { breakdown: Some((600, 60)), ..LONG };
    check_pace("breakdown", &breakdown, 60.0 * 660.0 / 600.0);
    // Alarms take 15 % of the time and stop work during 0.4 of it.
    let alarm = Plant { alarm: Some(("0.15", 48, "0.4")), ..LONG };
    check_pace("alarm", &alarm, 60.0 / (1.0 - 0.06));
}

#[test]
fn absence_stretches_work_by_the_missing_share() {
    // Three people for three heads, each absent with 0.1: a day runs at k/3 with binomial weights. Work of a day
    // at rate k/3 takes 3/k as long, so a day makes k/3 of the pieces; days without anybody are passed over.
    let plant = Plant { absence: "0.1", ..LONG };
    let days: f64 =
        [3.0 * 0.9 * 0.01, 3.0 * 0.81 * 0.1, 0.729].iter().zip([1.0, 2.0, 3.0]).map(|(p, k)| p * k / 3.0).sum();
    check_pace("absence", &plant, 60.0 / days);
    let e = plant.evidence(20);
    assert!(e.stations[0].waiting_people > 0.07 && e.stations[0].waiting_people < 0.13, "{:?}", e.stations[0]);
}

#[test]
fn outages_strike_at_the_stated_rate() {
    // Rate 4 a year, 10 days each: about 4 x 10 / 365 of the days stop, less what overlaps.
    let e = Plant { outage: Some(("4", 10)), periods: 52, ..PLAIN }.evidence(200);
    let stopped: f64 = e.stations[0].stopped;
    let share = 4.0 * 10.0 / 365.0;
    assert!((stopped - share).abs() < 0.02, "{stopped} {share}");
    assert!(e.lost.iter().find(|l| l.cause == Cause::Outage).unwrap().mean > 0.0);
}

#[test]
fn the_slowest_station_is_the_bottleneck_of_every_week() {
    let last = Plant { minutes: [30, 45, 60], spread: "0.2", ..PLAIN };
    let e = last.evidence(20);
    assert_eq!(e.bottlenecks.len(), 4);
    for b in &e.bottlenecks {
        assert!(b.station == 2 && b.often > 0.9 && b.working > 0.95, "{b:?}");
    }
    // Ten 45-minute steps before and after make no queue: pieces are there as long as Little's law says.
    let p = &e.in_process[0];
    assert!((p.pieces - p.started_day * p.days).abs() < 1e-9 && p.pieces > 3.0, "{p:?}");
}

#[test]
fn what_is_late_and_when_the_rate_is_reached() {
    // One piece is due in the first week; without a shipment nothing is ever delivered.
    let e = PLAIN.evidence(3);
    assert!(e.backlog.iter().all(|b| b.mean == 1.0 && b.half_width == 0.0 && b.p10 == Quantity::whole(1)));
    // A quarter of a piece a week is asked for, far less than the line makes.
    assert_eq!((e.rate.share, e.rate.p90), (1.0, Some(PeriodId::from_index(0))));
}
