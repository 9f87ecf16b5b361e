//! `bench-plan stock [--rate R] [--own] [--gap G] [--solves N] [--repeat N] [--tell] FILE...`: places safety stock in each chain.
//!
//! Holding costs `R` (0.35 unless told) of the value, which is what all stages so far have added, or with `--own` what the stage
//! alone adds. Where `reported_optimal_cost.txt` lies beside a file `..._NN.csv`, the cost is compared with its line NN.

use super::chain::{Holding, load};
use super::{cpu_s, fail, read};
use model::control::Control;
use plan::stock::{StockOptions, place};
use std::path::Path;

pub fn run(args: &[String]) {
    let mut holding = Holding { rate: 0.35, cumulative: true };
    let mut options = StockOptions::default();
    let (mut files, mut tell, mut repeat) = (Vec::new(), false, 1);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut number = || {
            let text = rest.next().unwrap_or_else(|| fail(&format!("{arg} wants a number")));
            text.parse::<f64>().unwrap_or_else(|_| fail(&format!("`{text}` is no number")))
        };
        match arg.as_str() {
            "--rate" => holding.rate = number(),
            "--own" => holding.cumulative = false,
            "--gap" => options.gap = number(),
            "--solves" => options.solves_max = number() as u64,
            "--repeat" => repeat = number() as u32,
            "--tell" => tell = true,
            file => files.push(file),
        }
    }
    println!(
        "{:<24} {:>6} {:>6} {:>14} {:>14} {:>9} {:>7} {:>9} {:>8}",
        "chain", "stages", "links", "cost", "bound", "gap %", "solves", "reported", "CPU s"
    );
    let all = cpu_s();
    for file in files {
        let chain = load(file, holding);
        let cpu = cpu_s();
        let mut found = None;
        for _ in 0..repeat {
            found = Some(place(&chain.stages, &chain.links, &options, &Control::unlimited()));
        }
        let found = match found {
            Some(Ok(found)) => found,
            other => fail(&format!("{file}: {other:?}")),
        };
        let name = Path::new(file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        println!(
            "{name:<24} {:>6} {:>6} {:>14.2} {:>14.2} {:>9.5} {:>7} {:>9} {:>8.6}",
            chain.stages.len(),
            chain.links.len(),
            found.cost,
            found.bound,
            100.0 * found.gap(),
            found.solves,
            reported(file, &name, found.cost),
            (cpu_s() - cpu) / f64::from(repeat),
        );
        if tell {
            for (at, name) in chain.names.iter().enumerate() {
                println!(
                    "  {name:<22} in {:>4} out {:>4} stock {:>12.3}",
                    found.incoming[at], found.promised[at], found.stock[at]
                );
            }
        }
    }
    println!("all: {:.2} CPU s", cpu_s() - all);
}

/// How far the cost is from the reported one, %, or nothing.
fn reported(file: &str, name: &str, cost: f64) -> String {
    let number = name.rsplit('_').next().and_then(|n| n.parse::<usize>().ok());
    let list = Path::new(file).with_file_name("reported_optimal_cost.txt");
    let line = number
        .filter(|n| *n > 0 && list.exists())
        .and_then(|n| read(&list.to_string_lossy()).lines().nth(n - 1).and_then(|l| l.trim().parse::<f64>().ok()));
    line.map_or_else(String::new, |known| format!("{:+.3} %", 100.0 * (cost / known - 1.0)))
}
