//! Against trying every set of sites on small problems, and against HiGHS on one program.

use super::transport::transport;
use super::{
    Capacitated, LocationOptions, Reliable, TwoStage, TwoStageOptions, Weights, capacitated, capacitated_by_highs,
    frontier, reliable, two_stage,
};
use crate::lp::{Heuristics, Highs, Limits, Program, Solver};
use model::control::Control;
use testring::Random;

fn exact() -> LocationOptions {
    LocationOptions { gap: 1e-9, ..LocationOptions::default() }
}

fn sets(n: usize) -> impl Iterator<Item = Vec<bool>> {
    (1..1_u32 << n).map(move |bits| (0..n).map(|j| bits >> j & 1 == 1).collect())
}

fn transport_by_program(unit: &[Vec<f64>], demands: &[f64], capacities: &[f64]) -> Option<f64> {
    let mut program = Program::default();
    let mut loads = vec![Vec::new(); capacities.len()];
    for (row, demand) in unit.iter().zip(demands) {
        let cols: Vec<_> = row.iter().map(|cost| program.real(*cost, 0.0, f64::INFINITY)).collect();
        cols.iter().enumerate().for_each(|(j, col)| loads[j].push((*col, 1.0)));
        program.row(*demand, *demand, cols.into_iter().map(|col| (col, 1.0)));
    }
    for (load, capacity) in loads.into_iter().zip(capacities) {
        program.row(f64::NEG_INFINITY, *capacity, load);
    }
    let limits = Limits { gap: 0.0, iterations_max: u64::MAX, start: None, heuristics: Heuristics::All };
    let answer = Highs.solve(&program, &limits, &Control::unlimited());
    answer.point.map(|point| program.cost(&point))
}

#[test]
fn transport_costs_what_the_linear_program_costs() {
    let mut refused = 0;
    for seed in 0..200 {
        let mut r = Random::new(seed);
        let (m, n) = (r.int(1, 6) as usize, r.int(1, 15) as usize);
        let demands: Vec<f64> = (0..n).map(|_| r.int(0, 20) as f64).collect();
        let all: i64 = demands.iter().sum::<f64>() as i64;
        let capacities: Vec<f64> = (0..m).map(|_| r.int(0, 2 * all / m as i64 + 1) as f64).collect();
        let unit: Vec<Vec<f64>> = (0..n).map(|_| (0..m).map(|_| r.int(1, 50) as f64 / 4.0).collect()).collect();
        let found = transport(&unit, &demands, &capacities);
        let due = transport_by_program(&unit, &demands, &capacities);
        match (found, due) {
            (Some(found), Some(due)) => assert!((found - due).abs() < 1e-6 * (1.0 + due), "seed {seed}: {found} {due}"),
            (None, None) => refused += 1,
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!((20..150).contains(&refused), "{refused}");
}

fn generated(r: &mut Random, m: usize, n: usize) -> Capacitated {
    let demands: Vec<f64> = (0..n).map(|_| r.int(1, 20) as f64).collect();
    let all: i64 = demands.iter().sum::<f64>() as i64;
    let same = r.one_in(2);
    let each = r.int(all / m as i64 + 1, all) as f64;
    Capacitated {
        fixed: (0..m).map(|_| r.int(0, 400) as f64).collect(),
        capacities: (0..m).map(|_| if same { each } else { r.int(all / m as i64, all) as f64 }).collect(),
        costs: demands.iter().map(|d| (0..m).map(|_| d * r.int(1, 60) as f64 / 4.0).collect()).collect(),
        demands,
    }
}

#[test]
fn capacitated_equals_trying_every_set_of_sites() {
    let mut solved = 0;
    for seed in 0..120 {
        let mut r = Random::new(seed);
        let (m, n) = (r.int(1, 7) as usize, r.int(1, 12) as usize);
        let problem = generated(&mut r, m, n);
        let cost = |open: &Vec<bool>| {
            let sites: Vec<usize> = (0..m).filter(|j| open[*j]).collect();
            let unit: Vec<Vec<f64>> = problem
                .costs
                .iter()
                .zip(&problem.demands)
                .map(|(row, d)| sites.iter().map(|j| row[*j] / d).collect())
                .collect();
            let capacities: Vec<f64> = sites.iter().map(|j| problem.capacities[*j]).collect();
            let fixed: f64 = sites.iter().map(|j| problem.fixed[*j]).sum();
            transport(&unit, &problem.demands, &capacities).map(|c| c + fixed)
        };
        let best = sets(m).filter_map(|open| cost(&open)).fold(f64::INFINITY, f64::min);
        let found = capacitated(&problem, &exact(), &Control::unlimited());
        let Some(found) = found else {
            assert!(best.is_infinite(), "seed {seed}");
            continue;
        };
        solved += 1;
        assert!((found.cost - best).abs() < 1e-6 * (1.0 + best), "seed {seed}: {} found, {best} least", found.cost);
        assert!(found.bound <= best * (1.0 + 1e-9) + 1e-9 && found.gap() < 2e-9, "seed {seed}: {found:?}");
        assert!((cost(&found.open).unwrap() - found.cost).abs() < 1e-6 * (1.0 + best), "seed {seed}");
    }
    assert!(solved > 90, "{solved}");
}

#[test]
fn capacitated_agrees_with_highs() {
    for seed in 0..6 {
        let problem = generated(&mut Random::new(900 + seed), 14, 40);
        let found = capacitated(&problem, &exact(), &Control::unlimited()).unwrap();
        let (cost, bound) = capacitated_by_highs(&problem, 0.0, u64::MAX);
        let cost = cost.unwrap();
        assert!((found.cost - cost).abs() < 1e-5 * cost, "seed {seed}: {} {cost}", found.cost);
        assert!(found.bound <= cost * (1.0 + 1e-6) && bound <= found.cost * (1.0 + 1e-6), "seed {seed}");
    }
}

fn failing(r: &mut Random, m: usize, n: usize) -> Reliable {
    Reliable {
        fixed: (0..m).map(|_| r.int(0, 300) as f64).collect(),
        demands: (0..n).map(|_| r.int(0, 20) as f64).collect(),
        distances: (0..n).map(|_| (0..m).map(|_| r.int(0, 60) as f64).collect()).collect(),
        unserved: (0..n).map(|_| r.int(20, 200) as f64).collect(),
        failure: r.int(0, 60) as f64 / 100.0,
    }
}

/// Operating and expected failure cost, over every way the open sites can fail.
fn told(problem: &Reliable, open: &[bool]) -> (f64, f64) {
    let sites: Vec<usize> = (0..open.len()).filter(|j| open[*j]).collect();
    let serve = |standing: &dyn Fn(usize) -> bool| -> f64 {
        problem
            .demands
            .iter()
            .enumerate()
            .map(|(i, demand)| {
                let ways = sites.iter().filter(|j| standing(**j)).map(|j| problem.distances[i][*j]);
                demand * ways.fold(problem.unserved[i], f64::min)
            })
            .sum()
    };
    let mut expected = 0.0;
    for failed in 0..1_u32 << sites.len() {
        let down = |j: usize| failed >> sites.iter().position(|s| *s == j).unwrap() & 1 == 1;
        let weight: f64 =
            sites.iter().map(|j| if down(*j) { problem.failure } else { 1.0 - problem.failure }).product();
        expected += weight * serve(&|j| !down(j));
    }
    let fixed: f64 = sites.iter().map(|j| problem.fixed[*j]).sum();
    (fixed + serve(&|_| true), expected)
}

#[test]
fn reliable_equals_trying_every_set_and_every_failure() {
    for seed in 0..60 {
        let mut r = Random::new(seed);
        let (m, n) = (r.int(1, 7) as usize, r.int(1, 9) as usize);
        let problem = failing(&mut r, m, n);
        let operating = r.int(0, 10) as f64 / 10.0;
        let weights = Weights { operating, failing: 1.0 - operating };
        let weighed = |(a, b): (f64, f64)| weights.operating * a + weights.failing * b;
        // The empty set, where nobody is served, is a choice too.
        let all = sets(m).chain([vec![false; m]]);
        let best = all.map(|open| weighed(told(&problem, &open))).fold(f64::INFINITY, f64::min);
        let found = reliable(&problem, weights, &exact(), &Control::unlimited()).unwrap();
        assert!((found.cost - best).abs() < 1e-6 * (1.0 + best), "seed {seed}: {} found, {best} least", found.cost);
        assert!((weighed(told(&problem, &found.open)) - found.cost).abs() < 1e-6 * (1.0 + best), "seed {seed}");
        assert!(found.bound <= best * (1.0 + 1e-9) + 1e-6 && found.gap() < 1e-6, "seed {seed}: {found:?}");
    }
}

#[test]
fn the_frontier_holds_every_supported_point() {
    let mut points = 0;
    for seed in 0..25 {
        let mut r = Random::new(300 + seed);
        let (m, n) = (r.int(2, 6) as usize, r.int(2, 8) as usize);
        let problem = failing(&mut r, m, n);
        let found = frontier(&problem, &exact(), &Control::unlimited()).unwrap();
        points += found.len();
        for pair in found.windows(2) {
            assert!(
                pair[0].operating <= pair[1].operating && pair[0].failing >= pair[1].failing,
                "seed {seed}: {found:?}"
            );
        }
        let all: Vec<(f64, f64)> = sets(m).chain([vec![false; m]]).map(|open| told(&problem, &open)).collect();
        for step in 1..200 {
            let w = f64::from(step) / 200.0;
            let least = all.iter().map(|(a, b)| w * a + (1.0 - w) * b).fold(f64::INFINITY, f64::min);
            let here = found.iter().map(|p| w * p.operating + (1.0 - w) * p.failing).fold(f64::INFINITY, f64::min);
            assert!(
                here <= least * (1.0 + 1e-7) + 1e-6,
                "seed {seed}, weight {w}: {here} on the frontier, {least} least"
            );
        }
    }
    assert!(points > 50, "{points}");
}

#[test]
fn two_stages_are_served_and_close_to_the_least() {
    let mut exactly = 0;
    for seed in 0..20 {
        let mut r = Random::new(seed);
        let (p, s, n) = (r.int(1, 4) as usize, r.int(1, 4) as usize, r.int(1, 8) as usize);
        let demands: Vec<f64> = (0..n).map(|_| r.int(1, 9) as f64).collect();
        let all = demands.iter().sum::<f64>() as i64;
        let data = |r: &mut Random, k: usize| -> Vec<(f64, f64)> {
            (0..k).map(|_| (r.int(all / k as i64 + 1, all + 1) as f64, r.int(1, 200) as f64)).collect()
        };
        let table = |r: &mut Random, a: usize, b: usize| -> Vec<Vec<f64>> {
            (0..a).map(|_| (0..b).map(|_| r.int(1, 30) as f64).collect()).collect()
        };
        let problem = TwoStage {
            plants: data(&mut r, p),
            satellites: data(&mut r, s),
            first: table(&mut r, p, s),
            second: table(&mut r, s, n),
            demands,
        };
        let best = sets(p)
            .flat_map(|plants| sets(s).map(move |satellites| (plants.clone(), satellites)))
            .filter_map(|(plants, satellites)| served(&problem, &plants, &satellites))
            .fold(f64::INFINITY, f64::min);
        let found = two_stage(&problem, &TwoStageOptions::default(), &Control::unlimited()).unwrap();
        let told = served(&problem, &found.plants, &found.satellites).unwrap();
        assert!(told <= found.cost * (1.0 + 1e-6), "seed {seed}: {told} {found:?}");
        assert!(
            found.bound <= best * (1.0 + 1e-7) && found.cost >= best * (1.0 - 1e-6),
            "seed {seed}: {best} {found:?}"
        );
        exactly += usize::from(found.cost <= best * (1.0 + 6e-4));
    }
    assert!(exactly >= 15, "{exactly} of 20 best");
}

/// Least cost with sites given, as a linear program.
fn served(problem: &TwoStage, plants: &[bool], satellites: &[bool]) -> Option<f64> {
    let mut program = Program::default();
    let open = |flags: &[bool]| (0..flags.len()).filter(|j| flags[*j]).collect::<Vec<usize>>();
    let (plants, satellites) = (open(plants), open(satellites));
    let mut into = vec![Vec::new(); satellites.len()];
    let mut fixed = 0.0;
    for i in &plants {
        let cols: Vec<_> = satellites.iter().map(|j| program.real(problem.first[*i][*j], 0.0, f64::INFINITY)).collect();
        cols.iter().enumerate().for_each(|(at, col)| into[at].push((*col, 1.0)));
        program.row(0.0, problem.plants[*i].0, cols.into_iter().map(|col| (col, 1.0)));
        fixed += problem.plants[*i].1;
    }
    let mut due = vec![Vec::new(); problem.demands.len()];
    for (at, j) in satellites.iter().enumerate() {
        let cols: Vec<_> = problem.second[*j].iter().map(|cost| program.real(*cost, 0.0, f64::INFINITY)).collect();
        cols.iter().enumerate().for_each(|(k, col)| due[k].push((*col, 1.0)));
        program.row(0.0, problem.satellites[*j].0, cols.iter().map(|col| (*col, 1.0)));
        program.row(0.0, 0.0, into[at].iter().copied().chain(cols.iter().map(|col| (*col, -1.0))).collect::<Vec<_>>());
        fixed += problem.satellites[*j].1;
    }
    for (terms, demand) in due.into_iter().zip(&problem.demands) {
        program.row(*demand, *demand, terms);
    }
    let limits = Limits { gap: 0.0, iterations_max: u64::MAX, start: None, heuristics: Heuristics::All };
    let answer = Highs.solve(&program, &limits, &Control::unlimited());
    answer.point.map(|point| program.cost(&point) + fixed)
}
