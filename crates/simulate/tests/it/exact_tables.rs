//! The published tables of exact values, when `RINGWORKS_DATA` names the folder that holds `simulation/`.
//!
//! A release build asks for a relative standard error of 1e-4 for lines, 1e-3 for queues (1e-2 for percentiles and
//! variances), a debug build for five times that. What the recursion covers runs by recursion. Run lengths grow until the error is met; then the estimate must lie
//! within 4 standard errors. The table of results goes to stderr. `RINGWORKS_CASES` names a part of the names of
//! the cases to run; all are run without it.

#![allow(clippy::print_stderr, reason = "a comparison shows its table")]
#![allow(clippy::disallowed_methods, reason = "a test may ask where the tables are")]

use super::line_chains::saturated;
use chance::stats::Welford;
use chance::{Distribution, Sampler, Source};
use simulate::kernel::EventList;
use simulate::line::{
    Arrivals, Blocking, Breakdown, BreakdownClock, Line, LineOptions, LineRun, Prepared, Station, Stop, replicate_line,
    run,
};
use simulate::recursion::{Flow, Simd};

const REPLICATIONS: usize = 40;

fn precision(full: f64) -> f64 {
    if cfg!(debug_assertions) { 5.0 * full } else { full }
}

fn rows(file: &str) -> Option<Vec<Vec<String>>> {
    let folder = std::env::var_os("RINGWORKS_DATA")?;
    let path = std::path::Path::new(&folder).join("simulation").join(file);
    let text = std::fs::read_to_string(&path).expect("RINGWORKS_DATA holds simulation/");
    Some(text.lines().skip(1).map(fields).collect())
}

/// Splits a line of CSV; commas inside double quotes stay.
fn fields(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quoted = false;
    for c in line.trim_end().chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            _ => all.last_mut().unwrap().push(c),
        }
    }
    all
}

/// Lengthens the runs until the measure is precise enough, then compares; `None` when it agrees.
fn compare(name: &str, line: &Line, truth: f64, relative: f64, measure: &dyn Fn(&LineRun) -> f64) -> Option<String> {
    compare_pooled(name, line, truth, relative, measure, &|_, mean| mean)
}

/// As [`compare`], with an estimate from all runs together (given them and the mean of their measures) and the
/// standard error of the mean of single ones.
fn compare_pooled(
    name: &str,
    line: &Line,
    truth: f64,
    relative: f64,
    measure: &dyn Fn(&LineRun) -> f64,
    pooled: &dyn Fn(&[LineRun], f64) -> f64,
) -> Option<String> {
    if std::env::var("RINGWORKS_CASES").is_ok_and(|part| !name.contains(&part)) {
        return None;
    }
    let mut length = 2_000.0f64;
    for attempt in 0.. {
        let options = LineOptions { warm_up: (length * 0.05).max(1_000.0), stop: Stop::Time(length) };
        let source = Source::new(31, attempt);
        let runs = replicate_line(line, &options, source, REPLICATIONS, 2).unwrap();
        let sample: Welford = runs.iter().map(measure).collect();
        let error = sample.standard_error();
        let goal = relative * truth;
        if error > goal {
            length *= (1.3 * (error / goal) * (error / goal)).clamp(1.5, 200.0);
            continue;
        }
        let visits: u64 = runs.iter().map(|r| r.visits).sum();
        return judge(name, truth, pooled(&runs, sample.mean()), error, visits);
    }
    None
}

/// As [`compare`], by recursion.
fn compare_flow(name: &str, line: &Line, truth: f64, relative: f64, measure: &dyn Fn(&Flow) -> f64) -> Option<String> {
    if std::env::var("RINGWORKS_CASES").is_ok_and(|part| !name.contains(&part)) {
        return None;
    }
    let prepared = Prepared::new(line).unwrap();
    let mut length = 2_000.0f64;
    for attempt in 0.. {
        let options = LineOptions { warm_up: (length * 0.05).max(1_000.0), stop: Stop::Time(length) };
        let flows = prepared.flows(&options, Source::new(41, attempt), 0..48, (Simd::widest(), 2)).unwrap();
        let sample: Welford = flows.iter().map(measure).collect();
        let (error, goal) = (sample.standard_error(), relative * truth);
        if error > goal {
            length *= (1.3 * (error / goal) * (error / goal)).clamp(1.5, 200.0);
            continue;
        }
        let visits: u64 = flows.iter().map(|f| f.visits).sum();
        return judge(name, truth, sample.mean(), error, visits);
    }
    None
}

fn judge(name: &str, truth: f64, got: f64, error: f64, visits: u64) -> Option<String> {
    let off = (got - truth) / error;
    let row = format!("{name:58} {truth:14.8} {got:14.8} rse {:7.1e} off {off:+5.2} visits {visits}", error / truth);
    eprintln!("{row}");
    (off.abs() > 4.0).then_some(row)
}

#[test]
fn saturated_lines() {
    let Some(rows) = rows("exact_lines.csv") else {
        eprintln!("skipped exact_lines.csv: RINGWORKS_DATA is not set");
        return;
    };
    let mut wrong = Vec::new();
    let n = rows.len();
    for row in rows {
        let stations: usize = row[0].parse().unwrap();
        let buffers: Vec<u32> = row[1].split(' ').map(|b| b.parse().unwrap()).collect();
        let rates: Vec<f64> = match row[2].as_str() {
            "1" => vec![1.0; stations],
            list => list.split(' ').map(rate).collect(),
        };
        let line = saturated(&rates, &buffers);
        let name = format!("line {} buffers {} rates {}", row[0], row[1], row[2]);
        let truth: f64 = row[3].parse().unwrap();
        wrong.extend(compare_flow(&name, &line, truth, precision(1e-4), &Flow::throughput));
        if let Ok(truth) = row[4].parse() {
            let name = format!("{name} parts after 1");
            wrong.extend(compare_flow(&name, &line, truth, precision(1e-4), &|f| f.mean_after_first().unwrap()));
        }
    }
    assert!(n >= 38 && wrong.is_empty(), "{wrong:#?}");
}

fn rate(text: &str) -> f64 {
    match text.split_once('/') {
        Some((a, b)) => a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap(),
        None => text.parse().unwrap(),
    }
}

/// The value of `key=` in a list of parameters.
fn parameter(parameters: &str, key: &str) -> f64 {
    let item = parameters.split(' ').find_map(|p| p.strip_prefix(key));
    item.unwrap_or_else(|| panic!("{key} in {parameters}")).parse().unwrap()
}

fn exp(mean: f64) -> Distribution {
    Distribution::exponential(mean).unwrap()
}

fn queue(time: Distribution, servers: u32, buffer: Option<u32>, arrivals: Arrivals) -> Line {
    Line { stations: vec![Station { servers, ..Station::single(time, buffer) }], arrivals, ..saturated(&[1.0], &[]) }
}

#[test]
fn queues() {
    let Some(rows) = rows("exact_queues.csv") else {
        eprintln!("skipped exact_queues.csv: RINGWORKS_DATA is not set");
        return;
    };
    let mut wrong = Vec::new();
    let mut skipped = 0;
    for row in rows {
        let (model, parameters, measure) = (row[0].as_str(), row[1].as_str(), row[2].as_str());
        let truth: f64 = row[3].parse().unwrap();
        let name = format!("{model}, {parameters}: {measure}");
        let p = |key: &str| parameter(parameters, key);
        let poisson = || Arrivals::Renewal(exp(1.0 / p("lambda=")));
        let (one, two) = (precision(1e-3), precision(1e-2));
        let found = match (model, measure) {
            ("M/M/1", "mean sojourn") => {
                let line = queue(exp(1.0), 1, None, poisson());
                // Little's law, over the same window.
                compare_flow(&name, &line, truth, one, &|f| f.mean_in_system().unwrap() / f.throughput())
            }
            ("M/M/1", _) => {
                let line = queue(exp(1.0), 1, None, poisson());
                // A sample quantile of few independent values leans upwards: the estimate is that of all runs together.
                let per_unit = line.ticks_per_unit;
                let pooled = |runs: &[LineRun], _: f64| {
                    let mut all = chance::stats::Histogram::new();
                    runs.iter().for_each(|r| all.merge(&r.sojourns));
                    all.quantile(0.95) / per_unit
                };
                let one = |r: &LineRun| r.sojourns.quantile(0.95) / per_unit;
                compare_pooled(&name, &line, truth, two, &one, &pooled)
            }
            ("M/M/c", measure) => {
                let line = queue(exp(1.0), p("c=") as u32, None, poisson());
                if measure == "P(wait)" {
                    compare_flow(&name, &line, truth, one, &|f| f.share_delayed().unwrap())
                } else {
                    compare_flow(&name, &line, truth, one, &|f| f.mean_wait().unwrap())
                }
            }
            ("M/M/1/K", _) => {
                let line = queue(exp(1.0), 1, Some(p("K=") as u32 - 1), poisson());
                compare(&name, &line, truth, one, &LineRun::throughput)
            }
            ("machine repairman", _) => {
                let n = p("N=");
                let arrivals = Arrivals::Finite { population: n as u32, away: exp(1.0 / p("fail=")) };
                let line = queue(exp(1.0 / p("repair=")), p("crews=") as u32, None, arrivals);
                compare(&name, &line, truth, one, &|r| n - r.mean_in_system())
            }
            ("base stock (Palm/METRIC)", measure) => {
                let lead = Distribution::log_normal(p("L="), 0.5).unwrap();
                let line = queue(lead, 80, None, poisson());
                let stock = p("S=") as usize;
                if measure.starts_with("fill") {
                    compare(&name, &line, truth, one, &|r| share(r, |k| f64::from(k < stock)))
                } else {
                    compare(&name, &line, truth, one, &|r| share(r, |k| k.saturating_sub(stock) as f64))
                }
            }
            ("alternating renewal exp/exp", "availability") => {
                compare(&name, &machine(parameters), truth, one, &|r| 1.0 - r.stations[0].down as f64 / r.time as f64)
            }
            ("alternating renewal exp/exp", _) => downtime_variance(&name, parameters, truth),
            ("PERT-like fork-join", _) => fork_join(&name, 2, truth),
            ("fork-join", _) => fork_join(&name, 20, truth),
            ("Crawford learning, 80% slope", _) => learned(&name, 0, truth),
            ("Wright learning, 80% slope", "unit time") => learned(&name, 99, truth),
            ("Wright learning, 80% slope", _) => {
                eprintln!("{name}: skipped, the engine learns by unit, not by cumulative average");
                skipped += 1;
                None
            }
            (mg1, _) => {
                let time = match mg1 {
                    "M/D/1" => Distribution::constant(1.0),
                    "M/E2/1" => Distribution::gamma(1.0, 0.5f64.sqrt()),
                    "M/LN(cv=.5)/1" => Distribution::log_normal(1.0, 0.5),
                    "M/H2(scv=4)/1" => {
                        // Balanced means: each kind brings half of the work.
                        let share = 0.5 * (1.0 + (3.0f64 / 5.0).sqrt());
                        let second = 0.5 / (1.0 - share);
                        Distribution::hyperexponential(share, 0.5 / share, second)
                    }
                    other => panic!("no model {other}"),
                };
                let line = queue(time.unwrap(), 1, None, poisson());
                compare_flow(&name, &line, truth, one, &|f| f.mean_wait().unwrap())
            }
        };
        wrong.extend(found);
    }
    assert!(skipped == 1 && wrong.is_empty(), "{wrong:#?}");
}

/// Trials up to the first success of chance `p`, once rounded to whole ticks.
fn geometric(p: f64) -> Distribution {
    Distribution::shifted_exponential(0.5, -1.0 / libm::log1p(-p)).unwrap()
}

/// Two machines of one part a cycle. In Gershwin's synchronous convention the states of the machines change first and
/// then those that are up, have a part and have room make one: a machine that is up and neither starved nor blocked
/// fails at the beginning of a cycle with chance p and makes nothing in it, one that is down is repaired with
/// chance r and makes a part in the same cycle. So it makes a geometric number of parts between failures, is
/// down for a geometric number of cycles, fails only when it could work, and begins a part only when there is a place
/// for it among the N (of the buffer and the second machine together).
#[test]
fn two_machines() {
    let Some(rows) = rows("exact_two_machine.csv") else {
        eprintln!("skipped exact_two_machine.csv: RINGWORKS_DATA is not set");
        return;
    };
    let mut wrong = Vec::new();
    let n = rows.len();
    for row in rows {
        let v: Vec<f64> = row.iter().map(|x| x.parse().unwrap()).collect();
        let machine = |p: f64, r: f64, buffer| Station {
            breakdown: Some(Breakdown { clock: BreakdownClock::Operation, up: geometric(p), down: geometric(r) }),
            ..Station::single(Distribution::constant(1.0).unwrap(), buffer)
        };
        let line = Line {
            blocking: Blocking::BeforeService,
            ticks_per_unit: 1.0,
            ..Line::saturated(vec![machine(v[0], v[1], None), machine(v[2], v[3], Some(v[4] as u32 - 1))])
        };
        let name = |what: &str| format!("two machines {}: {what}", row[..5].join(" "));
        wrong.extend(compare_flow(&name("efficiency"), &line, v[5], precision(1e-4), &Flow::throughput));
        let level = |f: &Flow| f.mean_after_first().unwrap();
        wrong.extend(compare_flow(&name("mean level"), &line, v[6], precision(1e-3), &level));
        let starved = |r: &LineRun| r.stations[1].starved as f64 / r.time as f64;
        wrong.extend(compare(&name("starved"), &line, v[7], precision(2e-2), &starved));
        let blocked = |r: &LineRun| r.stations[0].blocked as f64 / r.time as f64;
        wrong.extend(compare(&name("blocked"), &line, v[8], precision(2e-2), &blocked));
    }
    assert!(n == 14 && wrong.is_empty(), "{wrong:#?}");
}

/// A time average over the number of parts in the line.
fn share(run: &LineRun, value: impl Fn(usize) -> f64) -> f64 {
    let sum: f64 = run.occupancy.iter().enumerate().map(|(k, t)| value(k) * *t as f64).sum();
    sum / run.time as f64
}

fn machine(parameters: &str) -> Line {
    let mut line = saturated(&[1.0 / 1e6], &[]);
    line.ticks_per_unit = 1e3;
    line.stations[0].breakdown = Some(Breakdown {
        clock: BreakdownClock::Time,
        up: exp(parameter(parameters, "MTBF=")),
        down: exp(parameter(parameters, "MTTR=")),
    });
    line
}

/// Var(downtime in t) / t over independent runs of 300 cycles, whose bias is of order 1/300.
fn downtime_variance(name: &str, parameters: &str, truth: f64) -> Option<String> {
    let line = machine(parameters);
    let cycle = parameter(parameters, "MTBF=") + parameter(parameters, "MTTR=");
    let length = 300.0 * cycle;
    let options = LineOptions { warm_up: 5.0 * cycle, stop: Stop::Time(length) };
    let n = if cfg!(debug_assertions) { 2_000 } else { 25_000 };
    let runs = replicate_line(&line, &options, Source::new(32, 0), n, 2).unwrap();
    let mean = length * parameter(parameters, "MTTR=") / cycle;
    let squares: Welford = runs
        .iter()
        .map(|r| {
            let gap = r.stations[0].down as f64 / 1e3 - mean;
            gap * gap / length
        })
        .collect();
    judge(name, truth, squares.mean(), squares.standard_error(), 0)
}

/// Kits of `n` parts on the bare event list: all start together, the kit is whole when the last is done.
fn fork_join(name: &str, n: u32, truth: f64) -> Option<String> {
    let time = Sampler::new(&exp(1.0));
    let mut stream = Source::new(33, n).stream(0, 0, 0);
    let kits = if cfg!(debug_assertions) { 40_000 } else { 1_000_000 };
    let mut whole = Welford::new();
    let mut events = EventList::new();
    let mut now = 0u64;
    for _ in 0..kits {
        let began = now;
        for part in 0..n {
            events.schedule(now + (time.draw(&mut stream) * 1e6) as u64, part);
        }
        for _ in 0..n {
            now = events.pop().unwrap().time;
        }
        whole.add((now - began) as f64 / 1e6);
    }
    judge(name, truth, whole.mean(), whole.standard_error(), 0)
}

/// One station that learns by unit: the time of units `from + 1` to 100, exact but for rounding to ticks.
fn learned(name: &str, from: u64, truth: f64) -> Option<String> {
    let slope = libm::log2(0.8);
    let mut line = saturated(&[1.0], &[]);
    line.stations[0].time = Distribution::constant(100.0).unwrap();
    line.stations[0].factors = (1..=100).map(|n| libm::pow(f64::from(n), slope)).collect();
    let until = |n: u64| {
        let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(n) };
        let departures = run(&line, &options, Source::new(34, 0), 0).unwrap();
        departures.time as f64 / 1e6
    };
    let before = if from == 0 { 0.0 } else { until(from) };
    judge(name, truth, until(100) - before, 1e-6 * truth, 100)
}
