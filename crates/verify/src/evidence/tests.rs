//! Evidence written by hand holds; with any number altered it does not.

use super::evidence;
use model::Ring;
use model::ids::*;
use model::results::Status;
use model::results::answers::*;
use model::results::evidence::{Cause, Evidence, Fan, LostSummary, Replication, StationUse};
use model::tables::outages::Target;
use testring::{tiny, tiny_designs, tiny_programme};
use units::{Id, Minutes, Quantity};

fn ring() -> Ring {
    Ring::build(&tiny()).unwrap()
}

/// Three replications that finish 11, 10 and 9 of the 12 pieces planned.
fn by_hand() -> Evidence {
    let replication = |index: u64, last: [i64; 2], outage: i64, spread: i64| {
        let finished = last[0] + last[1];
        let mut lost = vec![Quantity::ZERO; 10];
        (lost[0], lost[9]) = (Quantity::whole(outage), Quantity::whole(spread));
        Replication {
            index,
            started: finished + 3,
            finished,
            scrapped: 1,
            in_process: 1,
            first_articles: 1,
            delivered: vec![vec![0, 0, 0, 0, last[0], last[1]]],
            draws_met: vec![2],
            lost,
            rate_reached: Some(PeriodId::from_index(4)),
        }
    };
    // t(0.975) with 2 degrees of freedom, in closed form.
    let t = 0.95 / 0.048_75_f64.sqrt();
    let fan = |period, mean, half_width, [p10, p50, p90]: [i64; 3], on_time| Fan {
        customer: CustomerId::from_index(0),
        item: ItemId::from_index(0),
        period: PeriodId::from_index(period),
        mean,
        half_width,
        p10,
        p50,
        p90,
        on_time,
    };
    let lost = |(at, cause): (usize, &Cause)| {
        // Outage takes 1, 2, 1 pieces (variance 1/3), variability 0, 0, 2 (variance 4/3).
        let (mean, half_width) = match at {
            0 => (4.0 / 3.0, t / 3.0),
            9 => (2.0 / 3.0, t * 2.0 / 3.0),
            _ => (0.0, 0.0),
        };
        LostSummary { cause: *cause, mean, half_width }
    };
    let station = |capability, station, working| StationUse {
        capability: CapabilityId::from_index(capability),
        option: 0,
        station,
        pieces: 10.0,
        working,
        blocked: 0.0,
        starved: 1.0 - working,
        waiting_parts: 0.0,
        waiting_people: 0.0,
        down: 0.0,
        stopped: 0.0,
        minutes: Minutes::whole(4_800),
    };
    let late = |period, mean, half_width, p: [i64; 3]| {
        let [p10, p50, p90] = p.map(Quantity::whole);
        let period = PeriodId::from_index(period);
        BacklogFan {
            customer: CustomerId::from_index(0),
            item: ItemId::from_index(0),
            period,
            mean,
            half_width,
            p10,
            p50,
            p90,
        }
    };
    let reached = Some(PeriodId::from_index(4));
    let narrow = |capability, period| Bottleneck {
        capability: CapabilityId::from_index(capability),
        option: 0,
        period: PeriodId::from_index(period),
        station: 0,
        often: 2.0 / 3.0,
        pieces: 2.0,
        working: 0.5,
        blocked: 0.1,
        starved: 0.1,
        waiting_parts: 0.1,
        waiting_people: 0.05,
        down: 0.05,
        alarm: 0.04,
        power: 0.03,
        outage: 0.02,
        closed: 0.01,
    };
    Evidence {
        status: Status::Optimal,
        seed: 1,
        runs: 3,
        counted: None,
        replications: vec![replication(0, [5, 6], 1, 0), replication(1, [7, 3], 2, 0), replication(2, [9, 0], 1, 2)],
        fans: vec![
            fan(0, 0.0, 0.0, [0; 3], 1.0),
            fan(1, 0.0, 0.0, [0; 3], 1.0),
            fan(2, 0.0, 0.0, [0; 3], 1.0),
            fan(3, 0.0, 0.0, [0; 3], 0.0),
            // 5, 7, 9: variance 4, of which all are enough for the 5 due.
            fan(4, 7.0, t * (4.0_f64 / 3.0).sqrt(), [5, 7, 9], 1.0),
            // 11, 10, 9: variance 1, none of them the 12 due.
            fan(5, 10.0, t * (1.0_f64 / 3.0).sqrt(), [9, 10, 11], 0.0),
        ],
        lost: Cause::ALL.iter().enumerate().map(lost).collect(),
        stations: vec![station(0, 0, 0.2), station(1, 0, 0.3), station(1, 1, 0.1)],
        // 5 are due by the end of the fourth period, 12 by the end of the sixth.
        backlog: vec![
            late(0, 0.0, 0.0, [0; 3]),
            late(1, 0.0, 0.0, [0; 3]),
            late(2, 0.0, 0.0, [0; 3]),
            late(3, 5.0, 0.0, [5; 3]),
            late(4, 0.0, 0.0, [0; 3]),
            late(5, 2.0, t * (1.0_f64 / 3.0).sqrt(), [1, 2, 3]),
        ],
        rate: RateReached { share: 1.0, p10: reached, p50: reached, p90: reached },
        bottlenecks: vec![narrow(0, 4), narrow(0, 5), narrow(1, 5)],
        in_process: vec![InProcess {
            capability: CapabilityId::from_index(0),
            option: 0,
            pieces: 3.0,
            half_width: 0.1,
            started_day: 1.5,
            days: 2.0,
        }],
        stops: vec![NodeStop {
            node: Target::Site(SiteId::from_index(0)),
            from: PeriodId::from_index(3),
            survive: Days { p10: Some(7), p50: Some(14), p90: None },
            survives: 0.2,
            days: Some(14),
            recover: Days { p10: Some(0), p50: Some(7), p90: Some(21) },
            recovers: 1.0,
            lost: 2.0,
            half_width: 0.5,
        }],
        worth: vec![OneMore {
            extra: Extra::Place(CapabilityId::from_index(1), 0, 1),
            finished: 0.1,
            half_width: 0.1,
            late_less: 1.0,
            late_half_width: 0.4,
        }],
        station_visits: 60,
        notes: Vec::new(),
    }
}

fn faults(e: &Evidence) -> usize {
    evidence(&ring(), &tiny_designs(), &tiny_programme(), e).len()
}

#[test]
fn evidence_written_by_hand_holds() {
    let found = evidence(&ring(), &tiny_designs(), &tiny_programme(), &by_hand());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_number_of_evidence_can_be_altered() {
    type Change = fn(&mut Evidence);
    let changes: [(&str, Change); 41] = [
        ("runs", |e| e.runs = 4),
        ("a loss of a thousandth", |e| e.replications[0].lost[3] += Quantity::from_ticks(1)),
        ("backlog", |e| e.backlog[5].mean += 1e-3),
        ("backlog half width", |e| e.backlog[5].half_width += 1e-3),
        ("backlog p10", |e| e.backlog[5].p10 += Quantity::from_ticks(1)),
        ("backlog p90", |e| e.backlog[5].p90 += Quantity::from_ticks(1)),
        ("a backlog gone", |e| {
            e.backlog.pop();
        }),
        ("rate share", |e| e.rate.share = 0.9),
        ("rate p50", |e| e.rate.p50 = None),
        ("a share of a bottleneck", |e| e.bottlenecks[0].alarm += 1e-3),
        ("a bottleneck twice", |e| e.bottlenecks[1].period = PeriodId::from_index(4)),
        ("a bottleneck of nothing", |e| e.bottlenecks[2].station = 9),
        ("Little's law", |e| e.in_process[0].days += 0.1),
        ("a stop", |e| e.stops[0].survives = 1.1),
        ("a stop's quantiles", |e| e.stops[0].survive.p10 = None),
        ("an addition", |e| e.worth[0].finished = f64::NAN),
        ("started", |e| e.replications[0].started += 1),
        ("finished", |e| e.replications[0].finished += 1),
        ("scrapped", |e| e.replications[1].scrapped += 1),
        ("in process", |e| e.replications[1].in_process -= 1),
        ("first articles", |e| e.replications[2].first_articles += 1),
        ("index", |e| e.replications[1].index = 0),
        ("delivered", |e| e.replications[0].delivered[0][4] += 1),
        ("delivered too much", |e| e.replications[0].delivered[0][0] += 5),
        ("a series gone", |e| e.replications[0].delivered.clear()),
        ("draws", |e| e.replications[0].draws_met[0] = 3),
        ("lost", |e| e.replications[0].lost[3] += Quantity::whole(1)),
        ("rate after the end", |e| e.replications[0].rate_reached = Some(PeriodId::from_index(6))),
        ("mean", |e| e.fans[4].mean += 1e-3),
        ("half width", |e| e.fans[4].half_width += 1e-3),
        ("p10", |e| e.fans[5].p10 += 1),
        ("p50", |e| e.fans[5].p50 -= 1),
        ("p90", |e| e.fans[4].p90 += 1),
        ("on time", |e| e.fans[4].on_time = 2.0 / 3.0),
        ("a fan gone", |e| {
            e.fans.pop();
        }),
        ("fans out of order", |e| e.fans.swap(0, 1)),
        ("mean lost", |e| e.lost[9].mean += 1e-3),
        ("half width lost", |e| e.lost[0].half_width -= 1e-3),
        ("a cause gone", |e| {
            e.lost.pop();
        }),
        ("a share", |e| e.stations[0].working += 1e-3),
        ("an unknown station", |e| e.stations[2].station = 2),
    ];
    for (name, change) in changes {
        let mut altered = by_hand();
        change(&mut altered);
        assert!(faults(&altered) > 0, "{name}");
    }
}

#[test]
fn no_replication_is_no_fault() {
    let zero = |at: &LostSummary| LostSummary { cause: at.cause, mean: 0.0, half_width: 0.0 };
    let all = by_hand();
    let none = Evidence {
        runs: 0,
        backlog: Vec::new(),
        replications: Vec::new(),
        fans: Vec::new(),
        lost: all.lost.iter().map(zero).collect(),
        stations: Vec::new(),
        ..all
    };
    assert_eq!(faults(&none), 0);
}

#[test]
fn more_replications_than_are_kept_are_checked_by_their_counts() {
    let mut many = by_hand();
    let kept = many.replications.clone();
    let lost = |at: usize| {
        let mut sums = Sums::default();
        kept.iter().for_each(|r| sums.add(r.lost[at].ticks()));
        Sums { n: 500 * sums.n, sum: 500 * sums.sum, squares: 500 * sums.squares }
    };
    let delivered = |period: usize| -> Vec<(i64, u64)> {
        let sum = |r: &Replication| r.delivered[0][..=period].iter().sum::<i64>();
        let mut sums: Vec<i64> = kept.iter().map(sum).collect();
        sums.sort_unstable();
        sums.chunk_by(|a, b| a == b).map(|same| (same[0], 500 * same.len() as u64)).collect()
    };
    many.runs = 1_500;
    many.counted = Some(Counted {
        deliveries: (0..6).map(delivered).collect(),
        lost: (0..10).map(lost).collect(),
        rate: vec![0, 0, 0, 0, 1_500, 0, 0],
    });
    // As many times as much data: the same means, other widths.
    let of = |n: f64, variance: f64| chance::special::student_quantile(0.975, n - 1.0) * (variance / n).sqrt();
    let n = 1_500.0;
    let wider = |variance: f64, few: f64| of(n, variance * few / (few + 1.0) * n / (n - 1.0));
    many.fans[4].half_width = wider(4.0, 2.0);
    many.fans[5].half_width = wider(1.0, 2.0);
    many.backlog[5].half_width = wider(1.0, 2.0);
    many.lost[0].half_width = wider(1.0 / 3.0, 2.0);
    many.lost[9].half_width = wider(4.0 / 3.0, 2.0);
    let found = evidence(&ring(), &tiny_designs(), &tiny_programme(), &many);
    assert!(found.is_empty(), "{found:#?}");
    let mut altered = many.clone();
    altered.fans[5].mean += 1e-3;
    assert!(faults(&altered) > 0);
    let mut altered = many;
    altered.counted.as_mut().unwrap().deliveries[5][0].1 += 1;
    assert!(faults(&altered) > 0);
}
