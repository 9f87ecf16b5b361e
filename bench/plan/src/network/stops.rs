//! `bench-plan stops [PRODUCTS MIDDLES SEED THREADS PAIRS]`: time to recover and to survive of every single stop, and of pairs.
//!
//! Without arguments 200 products and 500 sub-assemblies: 1,700 nodes and 1,500 stops. `PAIRS` is how many pairs to look at: the
//! first so many of all in an order shuffled from the seed, or `all`. A pair is out for the longer of its two times.

use super::tiers::generate;
use super::{cpu_s, fail};
use plan::resilience::{Stopped, lost_in, survived};
use std::time::Instant;
use testring::Random;

pub fn run(args: &[String]) {
    let number = |at: usize, other: usize| {
        args.get(at).map_or(other, |a| a.parse().unwrap_or_else(|_| fail(&format!("`{a}` is no number"))))
    };
    let (products, middles, seed, threads) = (number(0, 200), number(1, 500), number(2, 777), number(3, 2));
    let tiers = generate(products, middles, seed as u64);
    let net = &tiers.net;
    let stops: Vec<Stopped> =
        tiers.stoppable.iter().zip(&tiers.times).map(|(at, time)| Stopped { nodes: vec![*at], time: *time }).collect();
    println!("{} nodes, {} single stops, seed {seed}, {threads} threads", net.n_nodes(), stops.len());

    let (start, cpu) = (Instant::now(), cpu_s());
    let lost = lost_in(net, &stops, threads);
    let values: Vec<f64> = lost.iter().flatten().map(|l| l.value).collect();
    let losing = values.iter().filter(|v| **v > 1e-6).count();
    println!(
        "time to recover: {} solved, {losing} lose, {:.3} lost in all; {:.2} s, {:.2} CPU s",
        values.len(),
        values.iter().sum::<f64>(),
        start.elapsed().as_secs_f64(),
        cpu_s() - cpu
    );

    let (start, cpu) = (Instant::now(), cpu_s());
    let nodes: Vec<Vec<usize>> = stops.iter().map(|s| s.nodes.clone()).collect();
    let horizon = 1_000.0;
    let times: Vec<f64> = survived(net, &nodes, horizon, threads).into_iter().flatten().collect();
    let short = times.iter().zip(&tiers.times).filter(|(survives, recovers)| survives < recovers).count();
    let outlive = times.iter().filter(|t| **t >= horizon).count();
    println!(
        "time to survive: {} solved, {outlive} beyond {horizon}, {short} shorter than the time to recover, {:.3} least; {:.2} s, {:.2} CPU s",
        times.len(),
        times.iter().copied().fold(horizon, f64::min),
        start.elapsed().as_secs_f64(),
        cpu_s() - cpu
    );
    for (at, value) in values.iter().enumerate() {
        // Nothing is lost exactly where the network survives as long as the stop lasts.
        assert_eq!(
            *value < 1e-4,
            times[at] + 1e-7 >= tiers.times[at],
            "stop {at}: {value} lost, {} survived",
            times[at]
        );
    }

    if let Some(pairs) = args.get(4) {
        let all = stops.len() * (stops.len() - 1) / 2;
        let asked = if pairs == "all" { all } else { number(4, 0).min(all) };
        let chosen = choose(stops.len(), asked, seed as u64);
        let stops: Vec<Stopped> = chosen
            .iter()
            .map(|(a, b)| Stopped {
                nodes: vec![tiers.stoppable[*a], tiers.stoppable[*b]],
                time: tiers.times[*a].max(tiers.times[*b]),
            })
            .collect();
        let (start, cpu) = (Instant::now(), cpu_s());
        let lost = lost_in(net, &stops, threads);
        let solved = lost.iter().flatten().count();
        let spent = cpu_s() - cpu;
        println!(
            "pairs: {solved} of {all}, {:.3} lost on average; {:.2} s, {spent:.2} CPU s, all at this rate {:.0} CPU s",
            lost.iter().flatten().map(|l| l.value).sum::<f64>() / solved.max(1) as f64,
            start.elapsed().as_secs_f64(),
            spent * all as f64 / solved.max(1) as f64
        );
    }
}

/// The first pairs of all, in an order shuffled from a seed.
fn choose(n: usize, asked: usize, seed: u64) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect();
    let mut r = Random::new(seed ^ 0x5041);
    for at in 0..asked.min(all.len()) {
        let other = r.int(at as i64, all.len() as i64 - 1) as usize;
        all.swap(at, other);
    }
    all.truncate(asked);
    all
}
