//! The engine against Markov chains solved here and closed forms: no file needed, a handful of cases each.

use chance::stats::Welford;
use chance::{Distribution, Source};
use simulate::line::{
    Arrivals, Blocking, Breakdown, BreakdownClock, Line, LineOptions, LineRun, Station, Stop, replicate_line,
};
use std::collections::BTreeMap;

pub(crate) fn exp(mean: f64) -> Distribution {
    Distribution::exponential(mean).unwrap()
}

pub(crate) fn saturated(rates: &[f64], buffers: &[u32]) -> Line {
    let stations = rates
        .iter()
        .enumerate()
        .map(|(j, rate)| {
            let buffer = if j == 0 { None } else { Some(buffers[j - 1]) };
            Station::single(exp(1.0 / rate), buffer)
        })
        .collect();
    Line::saturated(stations)
}

/// Exact throughput of a saturated exponential line with blocking after service.
///
/// State: how many parts have finished station j and not j + 1; solved by power iteration of the
/// uniformised chain. Shares no code with the engine.
fn exact_throughput(rates: &[f64], buffers: &[u32]) -> f64 {
    let n = rates.len();
    let blocked = |k: &[u32]| {
        let mut b = vec![false; n];
        for j in (1..n).rev() {
            b[j - 1] = k[j - 1] > buffers[j - 1] + u32::from(!b[j]);
        }
        b
    };
    let mut index = BTreeMap::from([(vec![0u32; n - 1], 0usize)]);
    let mut states = vec![vec![0u32; n - 1]];
    let mut moves: Vec<(usize, usize, f64)> = Vec::new();
    let mut at = 0;
    while at < states.len() {
        let k = states[at].clone();
        let b = blocked(&k);
        for j in 0..n {
            if b[j] || (j > 0 && k[j - 1] == 0) {
                continue;
            }
            let mut to = k.clone();
            if j > 0 {
                to[j - 1] -= 1;
            }
            if j < n - 1 {
                to[j] += 1;
            }
            let next = states.len();
            let to = *index.entry(to.clone()).or_insert_with(|| {
                states.push(to);
                next
            });
            moves.push((at, to, rates[j]));
        }
        at += 1;
    }
    let fastest: f64 = rates.iter().sum();
    let mut p = vec![1.0 / states.len() as f64; states.len()];
    for _ in 0..20_000 {
        let mut next = p.clone();
        for (from, to, rate) in &moves {
            let flow = p[*from] * rate / fastest;
            next[*from] -= flow;
            next[*to] += flow;
        }
        p = next;
    }
    let working = |(i, k): (usize, &Vec<u32>)| if k[n - 2] > 0 { p[i] } else { 0.0 };
    rates[n - 1] * states.iter().enumerate().map(working).sum::<f64>()
}

/// Runs a line and checks one measure against the truth: within 4 standard errors, at most `relative` wide.
fn check(name: &str, line: &Line, length: f64, relative: f64, truth: f64, measure: impl Fn(&LineRun) -> f64) {
    let options = LineOptions { warm_up: length / 20.0, stop: Stop::Time(length) };
    let runs = replicate_line(line, &options, Source::new(4711, 0), 20, 2).unwrap();
    let sample: Welford = runs.iter().map(measure).collect();
    let error = sample.standard_error();
    assert!(error <= relative * truth, "{name}: too short, {}", error / truth);
    let off = (sample.mean() - truth) / error;
    assert!(off.abs() <= 4.0, "{name}: {} not {truth}, {off} errors", sample.mean());
}

#[test]
fn the_chain_itself_gives_the_known_closed_forms() {
    assert!((exact_throughput(&[1.0, 1.0], &[3]) - 5.0 / 6.0).abs() < 1e-10);
    assert!((exact_throughput(&[1.0; 3], &[0, 0]) - 22.0 / 39.0).abs() < 1e-10);
}

#[test]
fn saturated_lines_have_the_throughput_of_their_markov_chain() {
    for (rates, buffers) in [
        (vec![1.0, 1.0], vec![0]),
        (vec![1.0; 3], vec![2, 2]),
        (vec![1.0, 1.2, 0.9], vec![1, 2]),
        (vec![2.0, 1.0, 1.5, 1.0], vec![0, 3, 1]),
        (vec![1.0; 5], vec![1; 4]),
    ] {
        let truth = exact_throughput(&rates, &buffers);
        let line = saturated(&rates, &buffers);
        let name = format!("{rates:?} {buffers:?}");
        check(&name, &line, 5_000.0, 5e-3, truth, LineRun::throughput);
    }
}

#[test]
fn queues_have_their_textbook_means() {
    let queue = |time, servers, buffer, between: f64| Line {
        stations: vec![Station { servers, ..Station::single(time, buffer) }],
        arrivals: Arrivals::Renewal(exp(between)),
        ..saturated(&[1.0], &[])
    };
    // M/M/1 at 0.5, M/M/2 at 0.8 (Erlang C), M/G/1 by Pollaczek and Khinchine, M/M/1/5 with loss.
    let mm1 = queue(exp(1.0), 1, None, 2.0);
    check("M/M/1", &mm1, 20_000.0, 1e-2, 2.0, LineRun::mean_sojourn);
    let mm2 = queue(exp(1.0), 2, None, 1.0 / 1.6);
    check("M/M/2", &mm2, 20_000.0, 2e-2, 1.777_777_8, LineRun::mean_wait);
    let mg1 = queue(Distribution::log_normal(1.0, 0.5).unwrap(), 1, None, 1.25);
    check("M/LN/1", &mg1, 20_000.0, 2e-2, 2.5, LineRun::mean_wait);
    let mm1k = queue(exp(1.0), 1, Some(4), 1.0);
    check("M/M/1/5", &mm1k, 20_000.0, 1e-2, 5.0 / 6.0, LineRun::throughput);
}

#[test]
fn breakdowns_cost_what_renewal_theory_says() {
    let with = |clock| {
        let mut line = saturated(&[1.0], &[]);
        line.stations[0].breakdown = Some(Breakdown { clock, up: exp(20.0), down: exp(5.0) });
        line
    };
    // Saturated and alone, a server works exactly when it is up: 20 / 25, on either clock.
    for clock in [BreakdownClock::Time, BreakdownClock::Operation] {
        check("breakdowns", &with(clock), 20_000.0, 1e-2, 0.8, LineRun::throughput);
    }
    // With half the work, operation-dependent failures come half as often: down share x solves
    // working / up = down / repair, so x = 0.5 * 5 / 20.
    let mut half = with(BreakdownClock::Operation);
    half.arrivals = Arrivals::Renewal(exp(2.0));
    check("half load", &half, 20_000.0, 2e-2, 0.125, |r| r.stations[0].down as f64 / r.time as f64);
}

#[test]
fn blocking_before_service_of_two_stations_is_a_closed_form() {
    // Two exponential stations, b places between and the second server: the first works only when a
    // place is reserved, so the number n of parts past it is a birth-death chain on 0..=b+1 with equal
    // rates: throughput (b+1)/(b+2).
    for b in [0u32, 2] {
        let mut line = saturated(&[1.0, 1.0], &[b]);
        line.blocking = Blocking::BeforeService;
        let truth = f64::from(b + 1) / f64::from(b + 2);
        check("BBS", &line, 10_000.0, 5e-3, truth, LineRun::throughput);
    }
}
