//! Plants serve satellites, satellites serve customers; both are opened and have capacities.
//!
//! First the cost of opening is spread over the flow a site had in the round before (slopes), and the linear program of flows is
//! solved again: each round gives a set of sites, most of them good. Then an integer program over the sites seen, in the
//! first place those of the best rounds, is solved from the best point known, and again with other sites let in.
//!
//! # Source
//! Kim and Pardalos 1999, A solution approach to the fixed charge network flow problem using a dynamic slope scaling procedure,
//! Operations Research Letters 24; Guastaroba and Speranza 2014, A heuristic for BILP problems: the single source
//! capacitated facility location problem, European Journal of Operational Research 238 (kernel search). Instances:
//! Fernandes et al. 2014, Computers & Industrial Engineering 75.

use crate::lp::{Col, Heuristics, Highs, Limits, Program, Solver, Warm};
use model::control::Control;
use std::collections::BTreeSet;

/// A two-stage location problem.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoStage {
    /// Demand of each customer, `>= 0`.
    pub demands: Vec<f64>,
    /// Capacity and opening cost of each plant.
    pub plants: Vec<(f64, f64)>,
    /// Cost of a unit from a plant to a satellite, plants x satellites.
    pub first: Vec<Vec<f64>>,
    /// Capacity and opening cost of each satellite.
    pub satellites: Vec<(f64, f64)>,
    /// Cost of a unit from a satellite to a customer, satellites x customers.
    pub second: Vec<Vec<f64>>,
}

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoStageOptions {
    /// Rounds of slopes.
    pub slopes: u32,
    /// Most simplex iterations of one integer program.
    pub iterations_max: u64,
    /// Integer programs over few sites.
    pub programs: usize,
}

impl Default for TwoStageOptions {
    fn default() -> Self {
        Self { slopes: 15, iterations_max: 15_000, programs: 5 }
    }
}

/// What is opened, what it costs, and the least proven.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoStageFound {
    /// Plants open.
    pub plants: Vec<bool>,
    /// Satellites open.
    pub satellites: Vec<bool>,
    /// Cost of opening and serving.
    pub cost: f64,
    /// Least cost proven: that of the first round, with opening costs spread over whole capacities.
    pub bound: f64,
}

/// Columns of flows and sites of a program over some of the sites.
struct Columns {
    first: Vec<(usize, usize, Col)>,
    second: Vec<(usize, usize, Col)>,
    plants: Vec<(usize, Col)>,
    satellites: Vec<(usize, Col)>,
}

struct Best {
    found: TwoStageFound,
    /// Flows behind it, plants to satellites and satellites to customers.
    first: Vec<Vec<f64>>,
    second: Vec<Vec<f64>>,
}

/// Opens plants and satellites for little cost; none when capacities do not suffice or the solver failed. Work is counted in
/// programs.
#[must_use]
pub fn two_stage(problem: &TwoStage, options: &TwoStageOptions, control: &Control<'_>) -> Option<TwoStageFound> {
    let mut seen = Seen::default();
    let mut best = slopes(problem, options, control, &mut seen)?;
    let bound = best.found.bound;
    let full = (problem.full_plants(), problem.full_satellites());
    for round in 0..options.programs {
        if !control.work(1) {
            break;
        }
        let (plants, satellites) = seen.kernel(&full, &best, round);
        match few(problem, &plants, &satellites, &seen, &best, options, control) {
            Some(better) if better.found.cost < best.found.cost => best = better,
            _ => {}
        }
    }
    best.found.bound = bound.min(best.found.cost);
    Some(best.found)
}

/// What the rounds of slopes used: how often each site, and which ways from satellites to customers.
#[derive(Default)]
struct Seen {
    plants: Vec<u32>,
    satellites: Vec<u32>,
    ways: BTreeSet<(usize, usize)>,
}

impl Seen {
    /// Sites of the best point, and in each round the next of the others: those used most often, then those that serve
    /// for least when full, at the costs given.
    fn kernel(&self, full: &(Vec<f64>, Vec<f64>), best: &Best, round: usize) -> (Vec<usize>, Vec<usize>) {
        let pick = |open: &[bool], counts: &[u32], full: &[f64], least: usize| {
            let (mut sites, mut others): (Vec<usize>, Vec<usize>) = (0..open.len()).partition(|j| open[*j]);
            others.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then(full[*a].total_cmp(&full[*b])).then(a.cmp(b)));
            let step = (sites.len() / 2).max(least);
            sites.extend(others.into_iter().skip(round * step).take(step));
            sites.sort_unstable();
            sites
        };
        let plants = pick(&best.found.plants, &self.plants, &full.0, 4);
        (plants, pick(&best.found.satellites, &self.satellites, &full.1, 8))
    }
}

impl TwoStage {
    /// Cost of a unit through each satellite when it serves the customers nearest to it up to its capacity, from the
    /// plant nearest to it.
    fn full_satellites(&self) -> Vec<f64> {
        let unit = |j: usize| {
            let (capacity, fixed) = self.satellites[j];
            let mut customers: Vec<(f64, f64)> =
                self.second[j].iter().copied().zip(self.demands.iter().copied()).collect();
            customers.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (mut left, mut cost) = (capacity, fixed);
            for (per_unit, demand) in customers {
                let served = demand.min(left);
                cost += served * per_unit;
                left -= served;
            }
            let from = self.first.iter().map(|row| row[j]).fold(f64::INFINITY, f64::min);
            from + cost / (capacity - left).max(1e-300)
        };
        (0..self.satellites.len()).map(unit).collect()
    }

    /// Cost of a unit from each plant when it is full, to the satellite nearest to it.
    fn full_plants(&self) -> Vec<f64> {
        let unit = |((capacity, fixed), row): (&(f64, f64), &Vec<f64>)| {
            fixed / capacity.max(1e-300) + row.iter().copied().fold(f64::INFINITY, f64::min)
        };
        self.plants.iter().zip(&self.first).map(unit).collect()
    }
}

/// Rounds of slopes over all sites.
fn slopes(problem: &TwoStage, options: &TwoStageOptions, control: &Control<'_>, seen: &mut Seen) -> Option<Best> {
    let (p, s) = (problem.plants.len(), problem.satellites.len());
    (seen.plants, seen.satellites) = (vec![0; p], vec![0; s]);
    let mut program = Program::default();
    let all_plants: Vec<usize> = (0..p).collect();
    let all_satellites: Vec<usize> = (0..s).collect();
    let columns = flows(problem, &mut program, &all_plants, &all_satellites);
    for (i, (capacity, _)) in problem.plants.iter().enumerate() {
        let terms = columns.first.iter().filter(|(from, ..)| *from == i).map(|(.., col)| (*col, 1.0));
        program.row(f64::NEG_INFINITY, *capacity, terms);
    }
    for (j, (capacity, _)) in problem.satellites.iter().enumerate() {
        let terms = columns.second.iter().filter(|(from, ..)| *from == j).map(|(.., col)| (*col, 1.0));
        program.row(f64::NEG_INFINITY, *capacity, terms);
    }
    let spread = |(capacity, fixed): &(f64, f64)| fixed / capacity.max(1e-300);
    let mut plant_slopes: Vec<f64> = problem.plants.iter().map(spread).collect();
    let mut satellite_slopes: Vec<f64> = problem.satellites.iter().map(spread).collect();
    for (i, j, col) in &columns.first {
        program.set_cost(*col, problem.first[*i][*j] + plant_slopes[*i]);
    }
    for (j, k, col) in &columns.second {
        program.set_cost(*col, problem.second[*j][*k] + satellite_slopes[*j]);
    }
    let mut warm = Warm::new(&program)?;
    let mut best: Option<Best> = None;
    let mut bound = f64::NEG_INFINITY;
    for round in 0..options.slopes.max(1) {
        if round > 0 && !control.work(1) {
            break;
        }
        let solved = warm.solve()?;
        if round == 0 {
            bound = solved.objective;
        }
        let found = read(problem, &columns, &solved.columns);
        for (count, open) in seen.plants.iter_mut().zip(&found.found.plants) {
            *count += u32::from(*open);
        }
        for (count, open) in seen.satellites.iter_mut().zip(&found.found.satellites) {
            *count += u32::from(*open);
        }
        for (j, row) in found.second.iter().enumerate() {
            seen.ways.extend(row.iter().enumerate().filter(|(_, x)| **x > 1e-6).map(|(k, _)| (j, k)));
        }
        // The cost of opening over the flow a site had; a site without any keeps its slope.
        for (i, row) in found.first.iter().enumerate() {
            let load: f64 = row.iter().sum();
            if load > 1e-6 {
                plant_slopes[i] = problem.plants[i].1 / load;
            }
        }
        for (j, row) in found.second.iter().enumerate() {
            let load: f64 = row.iter().sum();
            if load > 1e-6 {
                satellite_slopes[j] = problem.satellites[j].1 / load;
            }
        }
        if best.as_ref().is_none_or(|b| found.found.cost < b.found.cost) {
            best = Some(found);
        }
        for (i, j, col) in &columns.first {
            warm.set_cost(*col, problem.first[*i][*j] + plant_slopes[*i]);
        }
        for (j, k, col) in &columns.second {
            warm.set_cost(*col, problem.second[*j][*k] + satellite_slopes[*j]);
        }
    }
    let mut best = best?;
    best.found.bound = bound;
    Some(best)
}

/// Flows from plants to satellites to customers, all demand served, nothing left at satellites.
fn flows(problem: &TwoStage, program: &mut Program, plants: &[usize], satellites: &[usize]) -> Columns {
    let infinite = f64::INFINITY;
    let mut columns = Columns { first: Vec::new(), second: Vec::new(), plants: Vec::new(), satellites: Vec::new() };
    for i in plants {
        for j in satellites {
            columns.first.push((*i, *j, program.real(problem.first[*i][*j], 0.0, infinite)));
        }
    }
    for j in satellites {
        for (k, demand) in problem.demands.iter().enumerate() {
            columns.second.push((*j, k, program.real(problem.second[*j][k], 0.0, *demand)));
        }
    }
    let n = problem.demands.len();
    for (k, demand) in problem.demands.iter().enumerate() {
        let terms = (0..satellites.len()).map(|j| (columns.second[j * n + k].2, 1.0));
        program.row(*demand, *demand, terms);
    }
    for j in 0..satellites.len() {
        let into = (0..plants.len()).map(|i| (columns.first[i * satellites.len() + j].2, 1.0));
        let out = (0..n).map(|k| (columns.second[j * n + k].2, -1.0));
        program.row(0.0, 0.0, into.chain(out));
    }
    columns
}

/// The integer program over few sites, from the best point known.
fn few(
    problem: &TwoStage,
    plants: &[usize],
    satellites: &[usize],
    seen: &Seen,
    best: &Best,
    options: &TwoStageOptions,
    control: &Control<'_>,
) -> Option<Best> {
    let mut program = Program::default();
    let mut columns = flows(problem, &mut program, plants, satellites);
    let n = problem.demands.len();
    let all: f64 = problem.demands.iter().sum();
    for (at, i) in plants.iter().enumerate() {
        let (capacity, fixed) = problem.plants[*i];
        let open = program.whole(fixed, 0.0, 1.0);
        let out = (0..satellites.len()).map(|j| (columns.first[at * satellites.len() + j].2, 1.0));
        program.row(f64::NEG_INFINITY, 0.0, out.chain([(open, -capacity)]).collect::<Vec<_>>());
        columns.plants.push((*i, open));
    }
    for (at, j) in satellites.iter().enumerate() {
        let (capacity, fixed) = problem.satellites[*j];
        let open = program.whole(fixed, 0.0, 1.0);
        let out = (0..n).map(|k| (columns.second[at * n + k].2, 1.0));
        program.row(f64::NEG_INFINITY, 0.0, out.chain([(open, -capacity)]).collect::<Vec<_>>());
        // Ways that were of use once: opening in part carries no more than its part of them.
        for k in (0..n).filter(|k| seen.ways.contains(&(*j, *k))) {
            let most = problem.demands[k].min(capacity);
            program.row(f64::NEG_INFINITY, 0.0, [(columns.second[at * n + k].2, 1.0), (open, -most)]);
        }
        columns.satellites.push((*j, open));
    }
    program.row(all, f64::INFINITY, columns.plants.iter().map(|(i, col)| (*col, problem.plants[*i].0)));
    program.row(all, f64::INFINITY, columns.satellites.iter().map(|(j, col)| (*col, problem.satellites[*j].0)));
    let mut start = vec![0.0; program.cols().len()];
    for (i, j, col) in &columns.first {
        start[col.index()] = best.first[*i][*j];
    }
    for (j, k, col) in &columns.second {
        start[col.index()] = best.second[*j][*k];
    }
    for (i, col) in &columns.plants {
        start[col.index()] = f64::from(u8::from(best.found.plants[*i]));
    }
    for (j, col) in &columns.satellites {
        start[col.index()] = f64::from(u8::from(best.found.satellites[*j]));
    }
    let limits =
        Limits { gap: 5e-4, iterations_max: options.iterations_max, start: Some(start), heuristics: Heuristics::All };
    let point = Highs.solve(&program, &limits, control).point?;
    Some(read(problem, &columns, &point))
}

/// What a point opens and costs: a site is open when anything flows through it.
fn read(problem: &TwoStage, columns: &Columns, point: &[f64]) -> Best {
    let mut first = vec![vec![0.0; problem.satellites.len()]; problem.plants.len()];
    let mut second = vec![vec![0.0; problem.demands.len()]; problem.satellites.len()];
    let mut cost = 0.0;
    for (i, j, col) in &columns.first {
        first[*i][*j] = point[col.index()].max(0.0);
        cost += first[*i][*j] * problem.first[*i][*j];
    }
    for (j, k, col) in &columns.second {
        second[*j][*k] = point[col.index()].max(0.0);
        cost += second[*j][*k] * problem.second[*j][*k];
    }
    let used = |rows: &[Vec<f64>]| rows.iter().map(|row| row.iter().sum::<f64>() > 1e-6).collect::<Vec<bool>>();
    let (plants, satellites) = (used(&first), used(&second));
    let fixed = |open: &[bool], data: &[(f64, f64)]| -> f64 {
        open.iter().zip(data).filter(|(open, _)| **open).map(|(_, (_, fixed))| fixed).sum()
    };
    cost += fixed(&plants, &problem.plants) + fixed(&satellites, &problem.satellites);
    Best { found: TwoStageFound { plants, satellites, cost, bound: f64::NEG_INFINITY }, first, second }
}
