//! Location problems of the literature: `bench-plan sites KIND [options] FILE...`.
//!
//! - `sites capacitated [--capacity C]... [--gap G] [--known FILE] [--highs] FILE...`: OR-Library files; each file whose capacities are the
//!   word `capacity` is solved once for every `C`. `--highs` gives the same problem to HiGHS as one program as well.
//! - `sites reliable [--failure Q] [--unserved C] [--sites A,B,...] FILE.xls...`: demand, cost, place of each node; optimum without failures, the
//!   sites given with one lost after the other, and the frontier.
//! - `sites two-stage [--known FILE] FILE...`: plants, satellites, customers.

use super::orlib::{Sizes, capacitated_file, known, two_stage_file};
use super::sheet;
use super::{cpu_s, fail};
use model::control::Control;
use plan::location::{LocationOptions, Reliable, TwoStageOptions, Weights, capacitated, frontier, reliable, two_stage};
use std::path::Path;

pub fn run(args: &[String]) {
    let rest = args.get(1..).unwrap_or(&[]);
    match args.first().map(String::as_str) {
        Some("capacitated") => run_capacitated(rest),
        Some("reliable") => run_reliable(rest),
        Some("two-stage") => run_two_stage(rest),
        _ => fail("usage: bench-plan sites capacitated|reliable|two-stage [options] FILE..."),
    }
}

/// Splits options with a value from files.
fn options(args: &[String]) -> (Vec<(String, String)>, Vec<String>) {
    let (mut named, mut files) = (Vec::new(), Vec::new());
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.strip_prefix("--") {
            Some("highs") => named.push(("highs".to_owned(), String::new())),
            Some(name) => {
                let value = rest.next().unwrap_or_else(|| fail(&format!("--{name} wants a value")));
                named.push((name.to_owned(), value.clone()));
            }
            None => files.push(arg.clone()),
        }
    }
    (named, files)
}

fn number(named: &[(String, String)], name: &str, other: f64) -> f64 {
    let text = named.iter().find(|(n, _)| n == name).map(|(_, v)| v);
    text.map_or(other, |t| t.parse().unwrap_or_else(|_| fail(&format!("`{t}` is no number"))))
}

fn stem(file: &str) -> String {
    Path::new(file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn run_capacitated(args: &[String]) {
    let (named, files) = options(args);
    let set = LocationOptions { gap: number(&named, "gap", 1e-4), ..LocationOptions::default() };
    let bests = named.iter().find(|(n, _)| n == "known").map(|(_, f)| known(f)).unwrap_or_default();
    let with_highs = named.iter().any(|(n, _)| n == "highs");
    let sizes: Vec<f64> = named.iter().filter(|(n, _)| n == "capacity").filter_map(|(_, v)| v.parse().ok()).collect();
    println!(
        "{:<12} {:>5} {:>5} {:>16} {:>16} {:>9} {:>7} {:>10} {:>8}",
        "instance", "sites", "cust", "cost", "bound", "gap %", "nodes", "known", "CPU s"
    );
    let all = cpu_s();
    for file in files {
        for (size, problem) in capacitated_file(&file, &sizes) {
            let name = match size {
                Sizes::Own => stem(&file),
                Sizes::Each(capacity) => format!("{}_{capacity}", stem(&file)),
            };
            let cpu = cpu_s();
            let found = capacitated(&problem, &set, &Control::unlimited())
                .unwrap_or_else(|| fail(&format!("{name}: capacities do not suffice")));
            let best = bests
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, c)| format!("{:+.4} %", 100.0 * (found.cost / c - 1.0)));
            println!(
                "{name:<12} {:>5} {:>5} {:>16.3} {:>16.3} {:>9.5} {:>7} {:>10} {:>8.2}",
                problem.fixed.len(),
                problem.demands.len(),
                found.cost,
                found.bound,
                100.0 * found.gap(),
                found.nodes,
                best.unwrap_or_default(),
                cpu_s() - cpu
            );
            if with_highs {
                let cpu = cpu_s();
                let (cost, bound) = plan::location::capacitated_by_highs(&problem, set.gap, 2_000_000);
                println!(
                    "{:<12} {:>11} {:>16.3} {:>16.3} {:>9} {:>7} {:>10} {:>8.2}",
                    "  HiGHS",
                    "",
                    cost.unwrap_or(f64::NAN),
                    bound,
                    "",
                    "",
                    "",
                    cpu_s() - cpu
                );
            }
        }
    }
    println!("all: {:.2} CPU s", cpu_s() - all);
}

fn run_reliable(args: &[String]) {
    let (named, files) = options(args);
    let set = LocationOptions { gap: number(&named, "gap", 1e-9), ..LocationOptions::default() };
    for file in files {
        let nodes = sheet::nodes(&file);
        let n = nodes.len();
        let problem = Reliable {
            fixed: nodes.iter().map(|k| k.fixed).collect(),
            demands: nodes.iter().map(|k| k.demand).collect(),
            distances: nodes.iter().map(|a| nodes.iter().map(|b| sheet::miles(a, b)).collect()).collect(),
            unserved: nodes.iter().map(|k| number(&named, "unserved", k.unserved)).collect(),
            failure: number(&named, "failure", 0.05),
        };
        println!("{}: {n} nodes, failure {}", stem(&file), problem.failure);
        let cpu = cpu_s();
        let only = Weights { operating: 1.0, failing: 0.0 };
        let found = reliable(&problem, only, &set, &Control::unlimited()).unwrap_or_else(|| fail("the solver failed"));
        let sites: Vec<usize> = (0..n).filter(|j| found.open[*j]).map(|j| j + 1).collect();
        println!(
            "without failures: {:.1}, bound {:.1}, gap {:.7} %, {} nodes of the tree, sites {sites:?}, {:.2} CPU s",
            found.cost,
            found.bound,
            100.0 * found.gap(),
            found.nodes,
            cpu_s() - cpu
        );
        if let Some((_, list)) = named.iter().find(|(n, _)| n == "sites") {
            one_by_one(&problem, list);
        }
        let cpu = cpu_s();
        let points = frontier(&problem, &set, &Control::unlimited()).unwrap_or_else(|| fail("the solver failed"));
        for p in &points {
            println!(
                "  operating {:>12.1} failing {:>12.1} {:>3} sites, gap {:.7} %, {} nodes",
                p.operating,
                p.failing,
                p.open.iter().filter(|o| **o).count(),
                100.0 * p.gap,
                p.nodes
            );
        }
        // Between two neighbours one more weight was asked to show that nothing lies below.
        let spent = cpu_s() - cpu;
        println!("frontier: {} points, {spent:.2} CPU s, {:.2} a point", points.len(), spent / points.len() as f64);
    }
}

/// Cost with sites given by number from 1, and serving alone when one of them is lost.
fn one_by_one(problem: &Reliable, list: &str) {
    let sites: Vec<usize> = list.split(',').filter_map(|n| n.trim().parse::<usize>().ok()).map(|n| n - 1).collect();
    let serve = |without: Option<usize>| -> f64 {
        let nearest = |i: usize| sites.iter().filter(|j| Some(**j) != without).map(move |j| problem.distances[i][*j]);
        (0..problem.demands.len()).map(|i| problem.demands[i] * nearest(i).fold(f64::INFINITY, f64::min)).sum()
    };
    let opening: f64 = sites.iter().map(|j| problem.fixed[*j]).sum();
    println!("sites {list}: {:.0}; serving when one is lost:", opening + serve(None));
    for site in &sites {
        println!("  {:>3} {:>12.0}", site + 1, serve(Some(*site)));
    }
}

fn run_two_stage(args: &[String]) {
    let (named, files) = options(args);
    let bests = named.iter().find(|(n, _)| n == "known").map(|(_, f)| super::read(f)).unwrap_or_default();
    let set = TwoStageOptions {
        iterations_max: number(&named, "iterations", TwoStageOptions::default().iterations_max as f64) as u64,
        programs: number(&named, "programs", TwoStageOptions::default().programs as f64) as usize,
        slopes: number(&named, "slopes", f64::from(TwoStageOptions::default().slopes)) as u32,
    };
    for file in files {
        let problem = two_stage_file(&file);
        let cpu = cpu_s();
        let found = two_stage(&problem, &set, &Control::unlimited())
            .unwrap_or_else(|| fail(&format!("{file}: no way to serve all")));
        let name = stem(&file);
        // `PSCx-Cy-n`: class y, number x in the list of the best known.
        let parts: Vec<&str> = name.trim_start_matches("PSC").split("-").collect();
        let best = bests.lines().find_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let same =
                parts.len() == 3 && words.len() >= 3 && format!("C{}", words[0]) == parts[1] && words[1] == parts[0];
            same.then(|| words[2].parse::<f64>().ok()).flatten()
        });
        println!(
            "{name:<16} cost {:>12.1} bound {:>12.1} best known {:>12} {:>10} plants {} satellites {} {:.2} CPU s",
            found.cost,
            found.bound,
            best.map_or_else(String::new, |b| format!("{b:.1}")),
            best.map_or_else(String::new, |b| format!("{:+.3} %", 100.0 * (found.cost / b - 1.0))),
            found.plants.iter().filter(|o| **o).count(),
            found.satellites.iter().filter(|o| **o).count(),
            cpu_s() - cpu
        );
    }
}
