//! Generated lines: the event engine and the departure recursion agree to the last tick.

use chance::{Distribution, Source, Stream};
use simulate::line::{Arrivals, Blocking, Line, LineOptions, Prepared, Station, Stop, departures_by_recursion, run};

fn generated(stream: &mut Stream) -> Line {
    let mut below = |n: u64| stream.next_u64() % n;
    let n = 1 + below(6);
    let stations = (0..n)
        .map(|j| {
            let mean = 1.0 + below(30) as f64 / 10.0;
            let time = match below(4) {
                0 => Distribution::exponential(mean),
                1 => Distribution::log_normal(mean, 0.4),
                2 => Distribution::constant(mean),
                _ => Distribution::uniform(0.0, 2.0 * mean),
            };
            let mut station = Station::single(time.unwrap(), Some(below(4) as u32));
            if j == 0 {
                station.buffer = None;
            }
            if below(3) == 0 {
                station.factors = (0..20).map(|k| 2.0 - 0.05 * f64::from(k)).collect();
            }
            station
        })
        .collect();
    Line {
        arrivals: if below(2) == 0 {
            Arrivals::Saturated
        } else {
            Arrivals::Renewal(Distribution::exponential(2.0).unwrap())
        },
        blocking: if below(2) == 0 { Blocking::AfterService } else { Blocking::BeforeService },
        ticks_per_unit: 1000.0,
        ..Line::saturated(stations)
    }
}

#[test]
fn departure_times_are_equal_on_generated_lines() {
    let mut choices = Source::new(2024, 0).stream(0, 0, 0);
    for case in 0..300u32 {
        let line = generated(&mut choices);
        let source = Source::new(9, case);
        let n = 200;
        let rows = departures_by_recursion(&Prepared::new(&line).unwrap(), source, 0, n).expect("plain lines");
        // The time of the n-th departure is the length of a run stopped there.
        for stop in [1, 2, 17, n] {
            let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(stop as u64) };
            let got = run(&line, &options, source, 0).unwrap();
            assert_eq!(got.time, *rows[stop - 1].last().unwrap(), "case {case}, part {stop}: {line:?}");
        }
    }
}
