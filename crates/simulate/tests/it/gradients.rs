//! Where the makespan goes: the split adds up exactly, is the engine's, and foretells what slower work would cost.

use super::line_chains::saturated;
use chance::{Distribution, Source};
use simulate::line::{Arrivals, Blocking, LineOptions, Prepared, Stop};

#[test]
fn the_split_adds_up_to_the_makespan_of_the_event_engine() {
    for case in 0..60u64 {
        let mut line = saturated(&[1.0, 1.2, 0.9, 1.1], &[case as u32 % 3, 0, 2]);
        line.ticks_per_unit = 100.0;
        if case % 2 == 1 {
            line.blocking = Blocking::BeforeService;
        }
        if case % 3 == 1 {
            line.arrivals = Arrivals::Renewal(Distribution::exponential(1.5).unwrap());
        }
        line.stations[2].factors = vec![3.0, 2.0, 1.0];
        let prepared = Prepared::new(&line).unwrap();
        let n = 1 + 7 * case as usize;
        let split = prepared.makespan(Source::new(case, 0), 1, n).unwrap();
        assert_eq!(split.at_station.iter().sum::<u64>() + split.between_arrivals, split.ticks);
        let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(n as u64) };
        assert_eq!(prepared.run(&options, Source::new(case, 0), 1).time, split.ticks, "case {case}");
        assert_eq!(split.between_arrivals > 0, case % 3 == 1);
    }
}

#[test]
fn a_station_slower_by_a_thousandth_costs_a_thousandth_of_its_share() {
    let rates = [1.0, 0.9, 1.1];
    let makespan = |rates: &[f64]| {
        let mut line = saturated(rates, &[2, 2]);
        line.ticks_per_unit = 1e9;
        Prepared::new(&line).unwrap().makespan(Source::new(5, 0), 0, 2_000).unwrap()
    };
    let base = makespan(&rates);
    for j in 0..3 {
        let mut slower = rates;
        slower[j] /= 1.000_01;
        let change = (makespan(&slower).ticks - base.ticks) as f64;
        let told = base.at_station[j] as f64 * 1e-5;
        assert!((change / told - 1.0).abs() < 0.02, "station {j}: {change} against {told}");
    }
    assert!(base.at_station[1] > base.at_station[2], "the slowest station holds most of the chain");
}

#[test]
fn lines_that_are_not_plain_have_no_split() {
    let mut line = saturated(&[1.0, 1.0], &[1]);
    line.conwip = Some(3);
    assert!(Prepared::new(&line).unwrap().makespan(Source::new(1, 0), 0, 10).is_none());
}
