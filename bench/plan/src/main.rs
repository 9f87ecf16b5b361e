//! Hedging of generated rings: `bench-plan hedge SITES WEEKS FUTURES SEED GAP [CHECK]` prints cost, bound, gap, time.
//!
//! With `CHECK` futures drawn afresh the first stage is tried out of the sample, by common random numbers; with `one` in
//! its place the same problem is given to HiGHS as one program, within a limit of 2,000,000 simplex iterations.
//!
//! Networks of the literature (`network/`): `bench-plan stock ...`, `bench-plan stops ...`, `bench-plan sites ...`.

#[path = "../../../crates/plan/tests/it/menu.rs"]
mod menu;
mod network;
mod ring;

use model::Ring;
use model::control::Control;
use plan::Problem;
use plan::hedge::{FRESH, HedgeOptions, Tail, hedge, monolith, out_of_sample, sampled};
use std::time::Instant;

/// User time of this process, seconds, in hundredths.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().nth(11).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0) / 100.0
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if network::run(&args) {
        return;
    }
    let number = |at: usize| args.get(at).and_then(|a| a.parse::<f64>().ok());
    let (Some(sites), Some(weeks), Some(futures), Some(seed), Some(gap)) =
        (number(1), number(2), number(3), number(4), number(5))
    else {
        eprintln!("usage: bench-plan hedge SITES WEEKS FUTURES SEED GAP [CHECK | one]");
        std::process::exit(2);
    };
    let ring =
        Ring::build(&ring::generate(seed as u64, sites as usize, weeks as usize)).expect("the generator is sound");
    let designs = menu::menus(&ring);
    let problem = Problem { ring: &ring, designs: &designs };
    let drawn = sampled(&ring, seed as u64, 0, futures as u32);
    let stops: usize = drawn.iter().map(|f| f.stops.len()).sum();
    println!("{sites} sites, {weeks} weeks, {futures} futures with {stops} stops, seed {seed}");
    if args.get(6).is_some_and(|a| a == "one") {
        let (start, cpu) = (Instant::now(), cpu_s());
        let tail = Tail { weight: 0.0, share: 0.1 };
        let (cost, bound) = monolith(&problem, &drawn, &tail, (gap, 2_000_000), &Control::unlimited());
        println!(
            "one program: cost {cost:?}, bound {bound:.0}, {:.1} s, {:.1} CPU-s",
            start.elapsed().as_secs_f64(),
            cpu_s() - cpu
        );
        return;
    }
    let never = std::sync::atomic::AtomicBool::new(false);
    let began = Instant::now();
    let listen = |p: model::control::Progress| {
        eprintln!("{:7.1} s {:7.1} CPU-s {}", began.elapsed().as_secs_f64(), cpu_s(), p.what)
    };
    let options = HedgeOptions { gap, ..HedgeOptions::default() };
    let found =
        hedge(&problem, &drawn, &options, &Control::new(&never, u64::MAX, &listen)).expect("there is a first stage");
    println!("{:?}, {} sites, {} lines", found.status, found.first.sites.len(), found.first.lines.len());
    println!(
        "first stage {:.0}, expected {:.0}, worst tenth {:.0}",
        found.cost_first, found.cost_expected, found.cost_tail
    );
    println!("objective {:.0}, bound {:.0}, gap {:.3} %", found.objective, found.bound, 100.0 * found.gap());
    println!("{:?}, {:.1} s, {:.1} CPU-s", found.stats, began.elapsed().as_secs_f64(), cpu_s());
    if let Some(check) = number(6) {
        let drawn = (seed as u64 + FRESH, check as u32);
        let tried = out_of_sample(&problem, &found, drawn, 2).expect("every future has an answer").hedged;
        println!(
            "out of sample {check} futures: {:.0}, 95 % interval {:.2} % wide ({:.2} % without controls), {:.1} CPU-s",
            tried.mean,
            100.0 * tried.width_share(),
            200.0 * tried.half_width_plain / tried.mean,
            cpu_s()
        );
    }
}
