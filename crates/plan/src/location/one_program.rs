//! The capacitated problem as one integer program for HiGHS: what the search is compared with.

use super::Capacitated;
use crate::lp::{Heuristics, Highs, Limits, Program, Solver};
use model::control::Control;

/// Cost found and least cost proven by HiGHS on the strong formulation, within so many simplex iterations.
#[must_use]
pub fn capacitated_by_highs(problem: &Capacitated, gap: f64, iterations_max: u64) -> (Option<f64>, f64) {
    let mut program = Program::default();
    let open: Vec<_> = problem.fixed.iter().map(|cost| program.whole(*cost, 0.0, 1.0)).collect();
    let mut loads = vec![Vec::new(); open.len()];
    for (demand, costs) in problem.demands.iter().zip(&problem.costs) {
        let mut shares = Vec::new();
        for (j, cost) in costs.iter().enumerate() {
            let share = program.real(*cost, 0.0, 1.0);
            program.row(f64::NEG_INFINITY, 0.0, [(share, 1.0), (open[j], -1.0)]);
            loads[j].push((share, *demand));
            shares.push((share, 1.0));
        }
        program.row(1.0, 1.0, shares);
    }
    for (j, load) in loads.into_iter().enumerate() {
        program.row(
            f64::NEG_INFINITY,
            0.0,
            load.into_iter().chain([(open[j], -problem.capacities[j])]).collect::<Vec<_>>(),
        );
    }
    let demand = problem.demands.iter().sum();
    program.row(demand, f64::INFINITY, open.iter().zip(&problem.capacities).map(|(col, c)| (*col, *c)));
    let answer = Highs.solve(
        &program,
        &Limits { gap, iterations_max, start: None, heuristics: Heuristics::All },
        &Control::unlimited(),
    );
    (answer.point.map(|point| program.cols().iter().zip(&point).map(|(c, x)| c.cost * x).sum()), answer.bound)
}
