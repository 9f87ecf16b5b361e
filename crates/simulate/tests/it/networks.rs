//! Generated lines in which every pair of features occurs: the event engine is the oracle of the recursion.
//!
//! `RINGWORKS_NETWORKS` says how many; `cargo xtask night` asks for thousands.

#![allow(clippy::disallowed_methods, reason = "a test may ask how much it should do")]
#![allow(clippy::print_stderr, reason = "a long run says what it did")]

use chance::{Distribution, Source, Stream};
use simulate::line::{
    Arrivals, Blocking, Breakdown, BreakdownClock, Line, LineOptions, Prepared, Shifts, Station, Stop, Stoppage, Supply,
};
use simulate::recursion::{Flow, Simd, Width, reasons};

/// Something a line may have, and the function that puts it there.
type Feature = (&'static str, fn(&mut Line, &mut Stream));

const FEATURES: [Feature; 17] = [
    ("blocking before service", |line, _| line.blocking = Blocking::BeforeService),
    ("breakdowns by working time", |line, s| break_down(line, s, BreakdownClock::Operation)),
    ("breakdowns by the clock", |line, s| break_down(line, s, BreakdownClock::Time)),
    ("parallel servers", |line, s| {
        let j = below(s, line.stations.len());
        if line.stations[j].breakdown.is_none() {
            line.stations[j].servers = 2 + below(s, 4) as u32;
        }
    }),
    ("learning", |line, s| {
        let j = below(s, line.stations.len());
        line.stations[j].factors = (0..1 + below(s, 30)).map(|k| 2.0 - 0.03 * k as f64).collect();
    }),
    ("shifts", |line, s| {
        let from = below(s, 5) as f64;
        line.shifts = Some(Shifts { cycle: 24.0, open: vec![(from, 11.0), (11.5, 20.0 + below(s, 5) as f64)] });
    }),
    ("dated stops", |line, s| {
        let from = below(s, 60) as f64;
        line.closed = vec![(from, from + 7.5), (from + 9.0, from + 30.0), (from + 33.0, from + 34.0)];
    }),
    ("random stops", |line, s| {
        let closed = some_time(s, 3.0);
        line.stops.push(Stoppage { open: Distribution::exponential(20.0).unwrap(), closed });
    }),
    ("base stock", |line, s| {
        let j = below(s, line.stations.len());
        let lead = some_time(s, 4.0);
        line.stations[j].supply = Some(Supply::BaseStock { stock: 1 + below(s, 6) as u32, lead });
    }),
    ("lots of kits", |line, s| {
        let j = below(s, line.stations.len());
        let lot = 1 + below(s, 5) as u32;
        let between = some_time(s, 1.5 * f64::from(lot));
        line.stations[j].supply = Some(Supply::Deliveries { between, lot });
    }),
    ("CONWIP", |line, s| line.conwip = Some(4 + below(s, 16) as u32)),
    ("arrivals", |line, _| {
        line.arrivals = Arrivals::Renewal(Distribution::exponential(2.0).unwrap());
        line.stations[0].buffer = None;
    }),
    ("no buffers", |line, _| line.stations.iter_mut().skip(1).for_each(|s| s.buffer = Some(0))),
    ("an unlimited buffer", |line, s| {
        let j = below(s, line.stations.len());
        line.stations[j].buffer = None;
    }),
    ("certain times", |line, s| {
        let j = below(s, line.stations.len());
        line.stations[j].time = Distribution::constant((below(s, 3) + usize::from(j == 0)) as f64).unwrap();
    }),
    ("coarse ticks", |line, _| line.ticks_per_unit = 1.0),
    ("long line", |line, s| {
        while line.stations.len() < 12 {
            line.stations.push(plain_station(s));
        }
    }),
];

fn below(stream: &mut Stream, n: usize) -> usize {
    (stream.next_u64() % n as u64) as usize
}

fn some_time(stream: &mut Stream, mean: f64) -> Distribution {
    let made = match below(stream, 4) {
        0 => Distribution::exponential(mean),
        1 => Distribution::log_normal(mean, 0.6),
        2 => Distribution::constant(mean),
        _ => Distribution::uniform(0.0, 2.0 * mean),
    };
    made.unwrap()
}

fn break_down(line: &mut Line, stream: &mut Stream, clock: BreakdownClock) {
    let j = below(stream, line.stations.len());
    if line.stations[j].servers == 1 {
        let down = some_time(stream, 3.0);
        line.stations[j].breakdown = Some(Breakdown { clock, up: some_time(stream, 15.0), down });
    }
}

fn plain_station(stream: &mut Stream) -> Station {
    let mean = 0.5 + below(stream, 20) as f64 / 10.0;
    Station::single(some_time(stream, mean), Some(below(stream, 5) as u32))
}

/// The line of a case: a pair of features, and others now and then.
fn line_of(case: u64) -> (Line, Vec<&'static str>) {
    let mut stream = Source::new(2026, 0).stream(case as u32, 0, 0);
    let n = FEATURES.len() as u64;
    let pairs = n * (n - 1) / 2;
    let (mut first, mut left) = (0, case % pairs);
    while left >= n - 1 - first {
        left -= n - 1 - first;
        first += 1;
    }
    let second = first + 1 + left;
    let mut line = Line::saturated((0..1 + below(&mut stream, 5)).map(|_| plain_station(&mut stream)).collect());
    line.ticks_per_unit = 1000.0;
    // The first part of a line must take time where parts never run out.
    line.stations[0].time = Distribution::exponential(1.0).unwrap();
    let mut has = Vec::new();
    for (k, (name, put)) in FEATURES.iter().enumerate() {
        let k = k as u64;
        if k == first || k == second || below(&mut stream, 6) == 0 {
            put(&mut line, &mut stream);
            has.push(*name);
        }
    }
    (line, has)
}

/// Compares one case at every width of vectors; says whether the recursion covers it.
fn compare(case: u64) -> bool {
    let (line, has) = line_of(case);
    let Ok(prepared) = Prepared::new(&line) else {
        panic!("case {case}, {has:?}: {:?}", line.faults());
    };
    if !reasons(&line).is_empty() {
        return false;
    }
    let source = Source::new(9, case as u32);
    let n = 150;
    let until = LineOptions { warm_up: 0.0, stop: Stop::Departures(n) };
    let (_, oracle) = prepared.trace(&until, source, 3);
    let window = LineOptions { warm_up: 40.5, stop: Stop::Time(200.25) };
    let counted: Vec<_> = (0..3).map(|i| Flow::of_run(&prepared.run(&window, source, i))).collect();
    for simd in [Width::Baseline, Width::Avx2, Width::Avx512].into_iter().filter_map(Simd::of) {
        let at = || format!("case {case}, {}: {has:?}\n{line:#?}", simd.width().word());
        let times = prepared.departures(source, 3, n, simd).unwrap();
        for (j, (got, expected)) in times.iter().zip(&oracle).enumerate() {
            let both = got.len().min(expected.len());
            assert!(got.len() == n as usize && both > 0, "{}", at());
            let differs = (0..both).find(|k| got[*k] != expected[*k]);
            assert_eq!(differs.map(|k| (j, k, got[k], expected[k])), None, "{}", at());
        }
        assert_eq!(oracle.last().map(Vec::len), Some(n as usize));
        let flows = prepared.flows(&window, source, 0..3, (simd, 1)).unwrap();
        // Many at once take another way through the code than few.
        let many = prepared.flows(&window, source, 0..16, (simd, 1)).unwrap();
        for (got, expected) in flows.iter().chain(&many[..3]).zip(counted.iter().chain(&counted)) {
            assert_eq!(Flow { visits: 0, ..*got }, Flow { visits: 0, ..*expected }, "{}", at());
        }
    }
    true
}

#[test]
fn recursion_and_events_agree_to_the_last_tick() {
    let n = std::env::var("RINGWORKS_NETWORKS").ok().map_or(340, |n| n.parse().expect("a number of networks"));
    let (mut covered, mut case) = (0, 0);
    while case < n {
        covered += u64::from(compare(case));
        case += 1;
    }
    eprintln!("{covered} of {n} generated lines compared; the others need events");
    assert!(covered * 10 >= n * 6, "{covered} of {n}");
}

#[test]
fn threads_and_block_sizes_change_nothing() {
    let (line, _) = line_of(1);
    let prepared = Prepared::new(&line).unwrap();
    let window = LineOptions { warm_up: 10.0, stop: Stop::Time(100.0) };
    // How many visits are computed beyond the window depends on who runs together, nothing else does.
    let flows = |replications, threads| {
        let made = prepared.flows(&window, Source::new(1, 1), replications, (Simd::widest(), threads)).unwrap();
        made.into_iter().map(|flow| Flow { visits: 0, ..flow }).collect::<Vec<_>>()
    };
    let all = flows(0..50, 1);
    assert_eq!(all, flows(0..50, 3));
    assert_eq!(all[..7], flows(0..7, 2)[..]);
    assert_eq!(all[5..30], flows(5..30, 1)[..]);
    assert_eq!(all[9..10], flows(9..10, 1)[..]);
}
