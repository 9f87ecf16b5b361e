//! `ringworks simulate LINE.toml`: a plain line, by recursion where that is exact.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, anyhow};
use chance::Source;
use chance::stats::mser5;
use model::control::Control;
use serde_json::{Value, json};
use simulate::experiment::{self, Engine, Enough, Experiment, Found};
use simulate::line::{LineOptions, Prepared, Stop};
use simulate::recursion::{Simd, Width};

use super::line_file::{LineFile, read};
use super::{Args, LineArgs};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::stop;
use crate::talk::{Format, give, give_json};

/// A file larger than this is refused, bytes.
const BYTES_MAX: u64 = 10_000_000;
/// Replications when nobody says how many.
const REPLICATIONS: usize = 64;
/// Most replications when a precision is asked for.
const REPLICATIONS_MAX: usize = 1_000_000;
/// Departures that the start-up is looked for in, at first.
const PILOT: u64 = 5_000;
/// Pilot runs: a single one may happen to look settled early.
const PILOTS: u32 = 8;

/// Reads, simulates, shows.
pub(super) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let shown = args.input.display().to_string();
    let size = fs::metadata(&args.input).with_context(|| format!("`{shown}` cannot be read"))?.len();
    if size > BYTES_MAX {
        return Err(anyhow!("`{shown}` is larger than 10 MB").into());
    }
    let text = fs::read_to_string(&args.input).with_context(|| format!("`{shown}` cannot be read as text"))?;
    let LineFile { name, line } = read(&shown, &text)?;
    let slowest = line.stations.iter().map(|s| s.time.mean() / f64::from(s.servers)).fold(0.0, f64::max);
    let prepared = Prepared::new(&line).map_err(|_| anyhow!("`{shown}` holds no line that can run"))?;
    let engine = engine(&args.line)?;
    let seed = args.work.seed.unwrap_or(1);
    let source = Source::new(seed, 0);
    let warm_up = match positive("--warm-up", args.line.warm_up, true)? {
        Some(given) => given,
        None => start_up(&prepared, source),
    };
    let length = positive("--length", args.line.length, false)?.unwrap_or(1e4 * slowest.max(1.0 / line.ticks_per_unit));
    let relative = positive("--precision", args.line.precision, false)?;
    let enough = match (relative, args.replications) {
        (Some(relative), _) => Enough::Precision { relative, most: REPLICATIONS_MAX },
        (None, n) => Enough::Replications(n.map_or(REPLICATIONS, std::num::NonZeroUsize::get)),
    };
    let window = LineOptions { warm_up, stop: Stop::Time(length) };
    let threads = args.work.threads();
    let quiet = |_| {};
    let control = Control::new(stop::flag(), u64::MAX, &quiet);
    let found = experiment::run(&Experiment { prepared: &prepared, window, source, enough, engine, threads }, &control);
    let shown =
        Shown { name, found, engine, warm_up, length, seed, threads, hash: ring_io::sha256_hex(text.as_bytes()) };
    match cli.format {
        Format::Json => give_json(&shown.json())?,
        Format::Text => give(&shown.text())?,
    }
    Ok(match shown.found.complete {
        _ if stop::is_asked() => Answer::Stopped,
        true => Answer::Yes,
        false => Answer::No,
    })
}

/// A number given to an option, above 0 or, where that makes sense, 0.
fn positive(option: &str, given: Option<f64>, or_zero: bool) -> anyhow::Result<Option<f64>> {
    match given {
        Some(x) if !x.is_finite() || x < 0.0 || (x == 0.0 && !or_zero) => {
            Err(anyhow!("{option} {x}: write a number above 0"))
        }
        other => Ok(other),
    }
}

/// Who runs the line.
fn engine(args: &LineArgs) -> anyhow::Result<Engine> {
    if args.events {
        return Ok(Engine::Events);
    }
    let Some(word) = &args.simd else {
        return Ok(Engine::Best(Simd::widest()));
    };
    let width = Width::of_word(word).ok_or_else(|| anyhow!("--simd {word}: write sse2, avx2 or avx512"))?;
    let simd = Simd::of(width).ok_or_else(|| anyhow!("--simd {word}: this machine does not have it"))?;
    Ok(Engine::Best(simd))
}

/// Where the start-up ends: the latest of what MSER-5 says of the times between departures in some pilot runs, whose
/// draws are not those of the replications that count.
fn start_up(prepared: &Prepared, source: Source) -> f64 {
    (0..PILOTS).map(|pilot| start_up_of(prepared, source, u32::MAX - pilot)).fold(0.0, f64::max)
}

/// Where the start-up of one run ends. Four times as many departures are looked at where they were too few to tell.
fn start_up_of(prepared: &Prepared, source: Source, replication: u32) -> f64 {
    let mut n = PILOT;
    loop {
        let last = match prepared.departures(source, replication, n, Simd::widest()) {
            Ok(all) => all.into_iter().next_back(),
            Err(_) => {
                let until = LineOptions { warm_up: 0.0, stop: Stop::Departures(n) };
                prepared.trace(&until, source, replication).1.into_iter().next_back()
            }
        };
        let times = last.unwrap_or_default();
        let between: Vec<f64> = times.windows(2).map(|w| (w[1] - w[0]) as f64).collect();
        let cut = mser5(&between).or((n >= 16 * PILOT).then_some(times.len() / 2));
        if let Some(cut) = cut {
            return times[cut] as f64 / prepared.line().ticks_per_unit;
        }
        n *= 4;
    }
}

/// CPU seconds of this process so far.
fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// What is shown of a run.
struct Shown {
    name: String,
    found: Found,
    engine: Engine,
    warm_up: f64,
    length: f64,
    seed: u64,
    threads: usize,
    hash: String,
}

impl Shown {
    /// The engine of the line's only part, and why it is not the other.
    fn engine(&self) -> (String, Vec<String>) {
        match self.engine {
            Engine::Best(simd) if self.found.by_recursion => {
                (format!("recursion, {}", simd.width().word()), Vec::new())
            }
            _ => ("events".to_owned(), self.found.reasons.iter().map(ToString::to_string).collect()),
        }
    }

    fn json(&self) -> Value {
        let (engine, why) = self.engine();
        let cpu = cpu_seconds();
        let measures = self.found.measures.iter().map(|m| {
            json!({
                "measure": m.name, "unit": m.unit, "mean": m.interval.mean, "low": m.interval.low, "high": m.interval.high,
                "half_width": m.interval.high - m.interval.mean,
            })
        });
        json!({
            "version": 1, "command": "simulate", "program": concat!("ringworks ", env!("CARGO_PKG_VERSION")),
            "line": self.name, "input_sha256": self.hash, "seed": self.seed, "threads": self.threads,
            "replications": self.found.replications, "complete": self.found.complete,
            "warm_up": self.warm_up, "length": self.length,
            "engines": [{ "part": "line", "engine": engine, "why": why }],
            "confidence": 0.95, "measures": measures.collect::<Vec<_>>(),
            "station_visits": self.found.visits, "cpu_seconds": cpu,
        })
    }

    fn text(&self) -> String {
        let (engine, why) = self.engine();
        let mut text = format!("{}\n\nengine: {engine}\n", self.name);
        for reason in why {
            let _ = writeln!(text, "  because {reason}");
        }
        let Found { replications, visits, .. } = self.found;
        let _ = writeln!(
            text,
            "{replications} replications of {:.6} after a warm-up of {:.6}, {visits} station visits, {:.2} CPU s\n",
            self.length,
            self.warm_up,
            cpu_seconds()
        );
        for m in &self.found.measures {
            let half = m.interval.high - m.interval.mean;
            let _ = writeln!(text, "{:<30} {:>14.6} +- {half:<12.6} {}", m.name, m.interval.mean, m.unit);
        }
        if !self.found.complete {
            text.push_str("\nThe wanted precision was not reached.\n");
        }
        text
    }
}
