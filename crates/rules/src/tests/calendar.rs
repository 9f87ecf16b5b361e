//! Working time by hand: shifts, holidays, outages with a staircase, alarms and power.

use super::{close, tiny, tiny_and, tiny_with};
use crate::calendar::{self, WorkTime};
use crate::{lag, outage, recovery};
use model::Ring;
use model::ids::{LaneId, SiteId, SupplyId};
use units::{Date, Id, Minutes};

const A: usize = 1;

fn alder() -> SiteId {
    SiteId::from_index(A)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn shifts_count_on_their_weekdays_and_not_on_holidays() {
    let ring = tiny_and(|b| {
        b.row(
            "calendars",
            &[
                ("calendar", &"day"),
                ("entry", &"late"),
                ("kind", &"shift"),
                ("days", &"fri;sat"),
                ("start", &"14:00"),
                ("minutes", &200),
            ],
        );
        b.row(
            "calendars",
            &[
                ("calendar", &"day"),
                ("entry", &"feast"),
                ("kind", &"holiday"),
                ("from", &"2027-01-07"),
                ("to", &"2027-01-07"),
            ],
        );
    });
    let minutes = |d: &str| calendar::scheduled(&ring, alder(), day(d));
    assert_eq!(minutes("2027-01-04"), Minutes::whole(480));
    assert_eq!(minutes("2027-01-07"), Minutes::ZERO);
    assert_eq!(minutes("2027-01-08"), Minutes::whole(680));
    assert_eq!(minutes("2027-01-09"), Minutes::whole(200));
    assert_eq!(minutes("2027-01-10"), Minutes::ZERO);
    assert_eq!(calendar::crews(&ring, alder()), 2);
    // Monday to Wednesday 480, Friday 680, Saturday 200.
    assert!(close(calendar::planned(&ring, alder(), 0), 2_320.0));
}

/// The tiny ring whose site A stops from Tuesday of week 2 to Wednesday, with a staircase of 0.1, 0.5 and 1.
fn stopped(target: &str) -> Ring {
    tiny_and(|b| {
        for (at, share) in [(0, "0.1"), (2, "0.5"), (5, "1")] {
            b.row("recovery", &[("profile", &"stairs"), ("day", &at), ("share", &share)]);
        }
        b.row(
            "outages",
            &[
                ("outage", &"o"),
                ("target", &target),
                ("cause", &"stop"),
                ("from", &"2027-01-12"),
                ("to", &"2027-01-13"),
                ("recovery", &"stairs"),
            ],
        );
    })
}

#[test]
fn output_comes_back_by_the_staircase() {
    let ring = stopped("site:A");
    let days = [
        "2027-01-11",
        "2027-01-12",
        "2027-01-13",
        "2027-01-14",
        "2027-01-15",
        "2027-01-16",
        "2027-01-18",
        "2027-01-19",
    ];
    let output: Vec<f64> = days.iter().map(|d| calendar::output(&ring, alder(), day(d))).collect();
    assert_eq!(output, [1.0, 0.0, 0.0, 0.1, 0.1, 0.5, 0.5, 1.0]);
    // Week 2: Monday whole, Thursday and Friday a tenth. Week 3: Monday half, then whole.
    assert!(close(calendar::planned(&ring, alder(), 1), 480.0 * 1.2));
    assert!(close(calendar::planned(&ring, alder(), 2), 480.0 * 4.5));
    // Nobody else is touched; without a profile output is full on the next day.
    assert_eq!(calendar::output(&ring, SiteId::from_index(0), day("2027-01-12")), 1.0);
    assert_eq!(recovery::share(&ring, None, 0), 1.0);
}

#[test]
fn the_least_of_overlapping_outages_counts_and_zones_hold_their_sites() {
    let mut b = testring::Builder::of(testring::tiny());
    for (at, target, from, to) in
        [(1, "zone:river", "2027-01-12", "2027-01-12"), (2, "site:A", "2027-01-11", "2027-01-14")]
    {
        b.row("outages", &[("outage", &at), ("target", &target), ("cause", &"stop"), ("from", &from), ("to", &to)]);
    }
    let mut raw = b.build();
    assert!(raw.set(&"sites/H/zone".parse().unwrap(), "river"));
    let ring = Ring::build(&raw).unwrap();
    let home = SiteId::from_index(0);
    assert_eq!(calendar::output(&ring, home, day("2027-01-12")), 0.0);
    assert_eq!(calendar::output(&ring, home, day("2027-01-13")), 1.0);
    assert_eq!(calendar::output(&ring, alder(), day("2027-01-13")), 0.0);
    assert!(
        outage::site_is_stopped(&ring, alder(), day("2027-01-14"))
            && !outage::site_is_stopped(&ring, alder(), day("2027-01-15"))
    );
}

#[test]
fn alarms_and_power_take_their_share() {
    let ring = tiny_and(|b| {
        b.row(
            "calendars",
            &[
                ("calendar", &"day"),
                ("entry", &"alarm"),
                ("kind", &"alarm"),
                ("share", &"0.2"),
                ("mean_minutes", &40),
                ("stop_share", &"0.5"),
            ],
        );
        b.row(
            "calendars",
            &[
                ("calendar", &"day"),
                ("entry", &"power"),
                ("kind", &"power"),
                ("from", &"2027-01-05"),
                ("share", &"0.3"),
                ("mean_minutes", &90),
            ],
        );
    });
    assert!(close(calendar::open(&ring, alder(), day("2027-01-04")), 0.9));
    assert!(close(calendar::open(&ring, alder(), day("2027-01-05")), 0.9 * 0.7));
    // Wages know no alarms: scheduled stays.
    let time = WorkTime::new(&ring);
    assert_eq!(time.scheduled[alder()][0], Minutes::whole(2_400));
    assert!(close(time.planned[alder()][0], 480.0 * (0.9 + 4.0 * 0.63)));
}

#[test]
fn lanes_and_orders_take_whole_periods_and_stop_when_stopped() {
    let lag_of = |days: &str, hours: &str| {
        lag::of_lane(&tiny_with(&[("lanes/HA/days", days), ("lanes/HA/border_hours", hours)]), LaneId::from_index(0))
    };
    assert_eq!(
        [lag_of("0", "0"), lag_of("0", "1"), lag_of("7", "0"), lag_of("7", "1"), lag_of("13", "24")],
        [0, 1, 1, 2, 2]
    );
    assert_eq!(lag::of_order(&tiny(), SupplyId::from_index(0)), 1);
    let order_of = |days: &str, spread: &str, cover: &str| {
        let changes =
            [("supply/sa/lead_days", days), ("supply/sa/lead_spread", spread), ("ring/policy.lead_cover", cover)];
        let ring = tiny_with(&changes);
        assert_eq!(lag::of_order(&ring, SupplyId::from_index(0)), 4, "the mean does not know the spread");
        lag::of_order_covered(&ring, SupplyId::from_index(0))
    };
    // 28 days and 0.25 of it twice make 42 days; without cover 28; a spread of nothing needs none.
    assert_eq!([order_of("28", "0.25", "2"), order_of("28", "0.25", "0"), order_of("28", "0", "5")], [6, 4, 4]);
    assert_eq!(order_of("28", "0.26", "2"), 7);
    let ring = stopped("lane:HA");
    // The window does not cover the first day of any period: the lane carries.
    assert!((0..6).all(|t| lag::lane_carries(&ring, LaneId::from_index(0), t)));
    let ring = tiny_and(|b| {
        b.row(
            "outages",
            &[
                ("outage", &"o"),
                ("target", &"site:A"),
                ("cause", &"stop"),
                ("from", &"2027-01-11"),
                ("to", &"2027-01-18"),
            ],
        );
    });
    let carries =
        |lane: usize| (0..4).map(|t| lag::lane_carries(&ring, LaneId::from_index(lane), t)).collect::<Vec<_>>();
    assert_eq!(carries(0), [true, false, false, true]);
    assert_eq!(carries(1), [true, false, false, true]);
    assert_eq!(carries(2), [true; 4]);
    let ring = tiny_with(&[("supply/sa/qualified_from", "2027-01-05"), ("supply/sa/until", "2027-01-25")]);
    let takes: Vec<bool> = (0..5).map(|t| lag::takes_orders(&ring, SupplyId::from_index(0), t)).collect();
    assert_eq!(takes, [false, true, true, true, false]);
}

#[test]
fn planned_time_is_never_more_than_scheduled() {
    for seed in 0..60 {
        let ring = Ring::build(&testring::generate(seed, &testring::Shape::small())).unwrap();
        let time = WorkTime::new(&ring);
        for site in ring.sites.ids() {
            for (scheduled, planned) in time.scheduled[site].iter().zip(&time.planned[site]) {
                assert!((0.0..=scheduled.as_f64() + 1e-9).contains(planned), "seed {seed}");
            }
        }
    }
}
