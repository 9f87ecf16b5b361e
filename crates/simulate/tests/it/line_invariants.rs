//! What holds in every run: parts are conserved, states fill the time, threads change nothing.

use chance::{Distribution, Source};
use simulate::line::{
    Arrivals, Blocking, Breakdown, BreakdownClock, Line, LineOptions, Shifts, Station, Stop, Stoppage, Supply,
    replicate_line, run,
};

fn everything(case: u64) -> Line {
    let d = |mean: f64| Distribution::log_normal(mean, 0.5).unwrap();
    let station = |servers, buffer, clock: Option<BreakdownClock>| Station {
        time: d(f64::from(servers)),
        factors: vec![1.5, 1.2, 1.0],
        servers,
        buffer,
        supply: None,
        breakdown: clock.map(|clock| Breakdown {
            clock,
            up: Distribution::exponential(40.0).unwrap(),
            down: Distribution::exponential(4.0).unwrap(),
        }),
    };
    let mut stations = vec![
        station(2, Some(3), Some(BreakdownClock::Time)),
        station(1, Some(case as u32 % 3), Some(BreakdownClock::Operation)),
        station(3, Some(0), None),
        station(1, Some(2), Some(BreakdownClock::Time)),
    ];
    stations[case as usize % 4].supply = match case % 5 {
        0 => Some(Supply::BaseStock { stock: 3, lead: d(2.0) }),
        1 => Some(Supply::Deliveries { between: d(8.0), lot: 8 }),
        _ => None,
    };
    Line {
        arrivals: match case % 3 {
            0 => Arrivals::Saturated,
            1 => Arrivals::Renewal(Distribution::exponential(1.3).unwrap()),
            _ => Arrivals::Finite { population: 9, away: Distribution::exponential(5.0).unwrap() },
        },
        blocking: if case.is_multiple_of(2) { Blocking::AfterService } else { Blocking::BeforeService },
        shifts: (case % 4 < 2).then(|| Shifts { cycle: 24.0, open: vec![(6.0, 14.0), (14.5, 22.0)] }),
        closed: if case.is_multiple_of(6) { vec![(30.0, 80.0), (200.0, 240.0)] } else { Vec::new() },
        stops: if case.is_multiple_of(7) { vec![Stoppage { open: d(50.0), closed: d(2.0) }] } else { Vec::new() },
        conwip: case.is_multiple_of(8).then_some(9),
        ticks_per_unit: 1000.0,
        ..Line::saturated(stations)
    }
}

const OPTIONS: LineOptions = LineOptions { warm_up: 100.0, stop: Stop::Time(5_000.0) };

#[test]
fn parts_are_conserved_states_fill_the_time_and_little_holds() {
    for case in 0..24 {
        let line = everything(case);
        let r = run(&line, &OPTIONS, Source::new(case, 0), 0).unwrap();
        assert_eq!(r.time, 5_000_000);
        assert_eq!(r.entered + r.in_line.0, r.departed + r.in_line.1, "case {case}");
        for (station, times) in line.stations.iter().zip(&r.stations) {
            assert_eq!(times.total(), r.time * u64::from(station.servers), "case {case}");
        }
        assert_eq!(r.occupancy.iter().sum::<u64>(), r.time);
        let levels: u128 = r.occupancy.iter().enumerate().map(|(k, t)| k as u128 * u128::from(*t)).sum();
        assert_eq!(levels, r.in_system, "case {case}");
        assert!(r.departed > 500, "case {case}: {}", r.departed);
        // Little's law, up to the parts that straddle the ends of the window.
        let by_parts = r.sojourn as f64;
        let straddle = (r.in_line.0 + r.in_line.1) as f64 * 100_000.0;
        assert!((by_parts - r.in_system as f64).abs() <= straddle, "case {case}");
    }
}

#[test]
fn threads_change_nothing() {
    let line = everything(0);
    let one = replicate_line(&line, &OPTIONS, Source::new(5, 0), 9, 1).unwrap();
    let two = replicate_line(&line, &OPTIONS, Source::new(5, 0), 9, 2).unwrap();
    assert_eq!(one, two);
    assert_ne!(one[0], one[1]);
}

#[test]
fn nobody_works_outside_shifts() {
    let mut line = everything(0);
    line.shifts = Some(Shifts { cycle: 10.0, open: vec![(2.0, 6.0)] });
    line.closed.clear();
    line.stops.clear();
    line.stations.iter_mut().for_each(|s| s.breakdown = None);
    let options = LineOptions { warm_up: 0.0, stop: Stop::Time(1_000.0) };
    let r = run(&line, &options, Source::new(5, 0), 0).unwrap();
    for (station, times) in line.stations.iter().zip(&r.stations) {
        assert_eq!(times.off, 600_000 * u64::from(station.servers));
    }
}

#[test]
fn every_fault_of_a_line_is_told() {
    let mut line = everything(0);
    line.stations[1].servers = 0;
    line.ticks_per_unit = 0.0;
    line.shifts = Some(Shifts { cycle: 10.0, open: vec![(5.0, 3.0)] });
    let faults = run(&line, &OPTIONS, Source::new(5, 0), 0).unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert_eq!(faults[0].station, Some(1));
}
