//! Times the simulation engines and checks their answers while doing so.
//!
//!     bench-simulation line PARTS STATIONS BUFFER   saturated line, exponential times
//!     bench-simulation features PARTS               20 stations plain, with breakdowns, with every recursive feature
//!     bench-simulation ring FOLDER REPLICATIONS THREADS [LINES] [SLACK]   a ring under a naive programme; RINGWORKS_EVENTS=1 for the oracle

#[path = "../../../crates/simulate/tests/it/naive.rs"]
mod naive;

use chance::{Distribution, Source};
use model::control::Control;
use simulate::line::{
    Breakdown, BreakdownClock, Line, LineOptions, Prepared, Shifts, Station, Stop, Stoppage, Supply, run,
};
use simulate::recursion::{Simd, Width};
use simulate::ring::{Engine, Options, Problem, solve};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize, default: usize| arguments.get(at).map_or(default, |a| a.parse().expect("a number"));
    match arguments.get(1).map(String::as_str) {
        Some("line") => line(number(2, 500_000) as u64, number(3, 20), number(4, 4) as u32),
        Some("features") => features(number(2, 50_000) as u64),
        Some("ring") => ring(&arguments[2], number(3, 20), number(4, 2), number(5, 1) as i64, number(6, 1)),
        _ => println!("bench-simulation line|ring ..."),
    }
}

/// CPU seconds of this process.
fn cpu() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a local value of the right type.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn line(parts: u64, stations: usize, buffer: u32) {
    let time = Distribution::exponential(1.0).expect("a mean of 1");
    let line =
        Line::saturated((0..stations).map(|j| Station::single(time.clone(), (j > 0).then_some(buffer))).collect());
    let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(parts) };
    for seed in 1..=3 {
        let begun = cpu();
        let r = run(&line, &options, Source::new(seed, 0), 0).expect("a good line");
        let spent = cpu() - begun;
        println!(
            "ringworks event engine, {stations} stations, b = {buffer}: {} visits, {spent:.3} s, throughput {:.5}, {:.2} M visits/s",
            r.visits,
            r.throughput(),
            r.visits as f64 / spent / 1e6
        );
    }
}

/// Recursion against events, interleaved; the first departure times of both must be the same.
fn features(parts: u64) {
    let exp = |mean| Distribution::exponential(mean).expect("a mean above 0");
    let plain = Line::saturated((0..20).map(|j| Station::single(exp(1.0), (j > 0).then_some(4))).collect());
    let breakdown = |clock| Some(Breakdown { clock, up: exp(100.0), down: exp(5.0) });
    let mut broken = plain.clone();
    broken.stations.iter_mut().for_each(|s| s.breakdown = breakdown(BreakdownClock::Operation));
    let mut all = broken.clone();
    for (j, s) in all.stations.iter_mut().enumerate() {
        s.factors = (0..200).map(|k| 2.0 - 0.005 * f64::from(k)).collect();
        match j % 5 {
            2 => (s.servers, s.time, s.breakdown) = (2, exp(2.0), None),
            3 => s.breakdown = breakdown(BreakdownClock::Time),
            4 => s.supply = Some(Supply::BaseStock { stock: 10, lead: exp(5.0) }),
            _ => {}
        }
    }
    all.shifts = Some(Shifts { cycle: 1440.0, open: vec![(360.0, 840.0), (870.0, 1320.0)] });
    all.stops = vec![Stoppage { open: exp(500.0), closed: exp(20.0) }];
    all.closed = vec![(5_000.0, 9_000.0)];
    all.conwip = Some(90);
    for (name, line) in [("plain", plain), ("breakdowns", broken), ("every feature", all)] {
        let prepared = Prepared::new(&line).expect("a good line");
        let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(parts) };
        let source = Source::new(1, 0);
        for width in [Width::Avx512, Width::Avx2, Width::Baseline] {
            let Some(simd) = Simd::of(width) else { continue };
            let mut speeds = Vec::new();
            for _ in 0..5 {
                let begun = cpu();
                let events = prepared.run(&options, source, 3);
                let between = cpu();
                let flows = prepared.flows(&options, source, 0..16, (simd, 1)).expect("a line that is recursive");
                let slow = events.visits as f64 / (between - begun);
                speeds.push(((parts * 320) as f64 / (cpu() - between), slow));
                assert_eq!(flows[3].time, events.time, "the engines disagree");
            }
            speeds.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
            let (fast, slow) = speeds[2];
            let word = width.word();
            println!(
                "{name:14} {word:7} {:7.1} M visits/CPU s, events {:5.1}, ratio {:5.1}",
                fast / 1e6,
                slow / 1e6,
                fast / slow
            );
        }
    }
}

fn ring(folder: &str, replications: usize, threads: usize, lines: i64, slack: usize) {
    let begun = Instant::now();
    let loaded = ring_io::read_ring(folder.as_ref(), &ring_io::Limits::default())
        .unwrap_or_else(|_| panic!("{folder} has faults"));
    let ring = loaded.ring;
    println!("read in {:.2?}", begun.elapsed());
    let designs = naive::designs(&ring, 60);
    let programme = naive::programme(&ring, &designs, lines, slack);
    let product = |c: model::ids::CapabilityId| ring.capability[c].item == ring.settings.product;
    let planned: i64 = programme.make.iter().filter(|m| product(m.capability)).map(|m| m.quantity.ticks()).sum();
    let begun = Instant::now();
    let engine = if std::env::var_os("RINGWORKS_EVENTS").is_some() { Engine::Events } else { Engine::Epochs };
    let (before, problem) = (cpu(), Problem { ring: &ring, designs: &designs, programme: &programme });
    let outcome = solve(&problem, &Options { seed: 1, replications, threads, engine }, &mut Control::unlimited());
    let (wall, spent) = (begun.elapsed(), cpu() - before);
    let Some(e) = outcome.best else {
        println!("{:#?}", outcome.diagnostics);
        return;
    };
    let visits = outcome.stats.station_visits as f64;
    println!(
        "{replications} replications on {threads} threads: wall {wall:.2?}, CPU {spent:.2} s, {:.2} M visits, {:.2} M events, {:.2} M visits per CPU-second",
        visits / 1e6,
        outcome.stats.events as f64 / 1e6,
        visits / spent / 1e6
    );
    let alone = outcome.stats.visits_alone as f64 / visits;
    println!("share of visits of lines that ran by themselves {alone:.4}");
    let finished: i64 = e.replications.iter().map(|r| r.finished).sum();
    println!("planned {} finished {:.1}", planned as f64 / 1e3, finished as f64 / e.replications.len() as f64);
    for l in &e.lost {
        println!("  lost to {:24} {:9.2} +- {:.2}", l.cause.word(), l.mean, l.half_width);
    }
    let last = ring.settings.n_periods - 1;
    for f in e.fans.iter().filter(|f| units::Id::index(f.period) == last) {
        println!(
            "  {:?}: mean {:.1} p10 {} p50 {} p90 {} on time {:.2}",
            f.customer, f.mean, f.p10, f.p50, f.p90, f.on_time
        );
    }
    for s in &e.stations {
        println!(
            "  {:?} {:2}: pieces {:7.1} work {:.2} blocked {:.2} starved {:.2} parts {:.2} people {:.2} down {:.2} stopped {:.2}",
            s.capability,
            s.station,
            s.pieces,
            s.working,
            s.blocked,
            s.starved,
            s.waiting_parts,
            s.waiting_people,
            s.down,
            s.stopped
        );
    }
    println!("{:#?}", e.notes);
}
