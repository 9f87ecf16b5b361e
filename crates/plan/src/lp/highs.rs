//! HiGHS behind the trait: one thread, one seed, limits by counts.

use super::interrupt::Watch;
use super::{Answer, Basis, End, Heuristics, Limits, Program, Solver};
use highs::{HighsModelStatus, Model, RowProblem, Sense};
use model::control::Control;

/// A point may miss a row or a bound by this much, relative to the row's size; HiGHS aims at 1e-7.
const TOLERANCE: f64 = 1e-5;

/// Devex pricing, as HiGHS counts it: for programs of fixed sites and lines a fifth faster than steepest edge from nothing, and a
/// start from a basis has no weights to work out.
pub(super) const DEVEX: i32 = 1;

/// HiGHS 1.15 through the `highs` crate.
///
/// # Source
/// Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming Computation 10.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Highs;

impl Solver for Highs {
    fn solve(&self, program: &Program, limits: &Limits, control: &Control<'_>) -> Answer {
        run(program, limits, control, &|_| {}).0
    }
}

impl Highs {
    /// Minimises a program of real columns, from a basis where one is given, and tells the basis of the optimum.
    ///
    /// From a basis nothing is solved beforehand; one that does not fit is as none.
    pub(crate) fn solve_from(
        &self,
        program: &Program,
        limits: &Limits,
        begin: Option<&Basis>,
        control: &Control<'_>,
    ) -> (Answer, Option<Basis>) {
        run(program, limits, control, &|model| {
            model.set_option("simplex_dual_edge_weight_strategy", DEVEX);
            if let Some(basis) = begin {
                basis.give(model);
            }
        })
    }
}

/// Solves a program; the answer, and the basis of the optimum where all columns are real.
fn run(
    program: &Program,
    limits: &Limits,
    control: &Control<'_>,
    prepare: &dyn Fn(&mut Model),
) -> (Answer, Option<Basis>) {
    let nothing = |end| (Answer { end, point: None, bound: f64::NEG_INFINITY, iterations: 0, nodes: 0 }, None);
    if control.is_stopped() {
        return nothing(End::Stopped);
    }
    let integer = program.cols().iter().any(|c| c.whole);
    let Ok((mut model, _)) = load(program) else {
        return nothing(End::Failed);
    };
    model.set_option("threads", 1);
    model.set_option("parallel", "off");
    model.set_option("random_seed", 1);
    model.set_option("mip_rel_gap", limits.gap);
    model.set_option("mip_abs_gap", 1e-6);
    model.set_option("mip_feasibility_tolerance", 1e-7);
    if limits.heuristics != Heuristics::All {
        let effort = if limits.heuristics == Heuristics::Few { 0.01 } else { 0.0 };
        model.set_option("mip_heuristic_effort", effort);
        model.set_option("mip_heuristic_run_feasibility_jump", false);
        model.set_option("mip_heuristic_run_rins", false);
        model.set_option("mip_heuristic_run_root_reduced_cost", false);
        model.set_option("mip_heuristic_run_rens", limits.heuristics == Heuristics::Few);
    }
    if !integer {
        let most = i32::try_from(limits.iterations_max).unwrap_or(i32::MAX);
        model.set_option("simplex_iteration_limit", most);
    }
    if let Some(start) = &limits.start {
        // A start that HiGHS refuses costs nothing but time.
        let _ = model.try_set_solution(Some(start), None, None, None);
    }
    prepare(&mut model);
    let watch = Watch::new(control, limits.iterations_max);
    if !watch.attach(&mut model) {
        return nothing(End::Failed);
    }
    let Ok(solved) = model.try_solve() else {
        return nothing(End::Failed);
    };
    let status = solved.status();
    let simplex = u64::try_from(solved.simplex_iteration_count()).unwrap_or(0);
    let iterations = simplex.max(watch.iterations());
    let nodes = watch.nodes();
    let found = solved.primal_solution_status() == highs::HighsSolutionStatus::Feasible;
    let point = found.then(|| solved.get_solution().columns().to_vec());
    let point = point.filter(|p| program.violation(p) <= TOLERANCE);
    let end = match status {
        HighsModelStatus::Optimal if point.is_some() => End::Solved,
        HighsModelStatus::ModelEmpty => End::Solved,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => End::Infeasible,
        _ if watch.stopped() => End::Stopped,
        _ if watch.limit_hit() || status == HighsModelStatus::ReachedIterationLimit => End::Limit,
        _ => End::Failed,
    };
    let bound = match (integer, end) {
        (true, _) => solved.double_info_value(c"mip_dual_bound").unwrap_or(f64::NEG_INFINITY),
        (false, End::Solved) => solved.objective_value(),
        (false, _) => f64::NEG_INFINITY,
    };
    let bound = if bound.is_finite() { bound } else { f64::NEG_INFINITY };
    let basis = (!integer && end == End::Solved).then(|| Basis::of(&mut Model::from(solved))).flatten();
    (Answer { end, point, bound, iterations, nodes }, basis)
}

/// A program as HiGHS holds it, and its columns there.
pub(super) fn load(program: &Program) -> Result<(Model, Vec<highs::Col>), highs::HighsStatus> {
    let mut problem = RowProblem::default();
    let cols: Vec<highs::Col> =
        program.cols().iter().map(|c| problem.add_column_with_integrality(c.cost, c.low..=c.high, c.whole)).collect();
    for (row, (low, high)) in program.bounds().iter().enumerate() {
        let terms = program.terms(row).iter().map(|(c, f)| (cols[c.index()], *f));
        problem.add_row(*low..=*high, terms);
    }
    problem.try_optimise(Sense::Minimise).map(|model| (model, cols))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    fn knapsack(n: i32) -> Program {
        let mut program = Program::default();
        let cols: Vec<_> = (0..n).map(|i| program.whole(-f64::from(31 + i * 37 % 41), 0.0, 1.0)).collect();
        for k in 0..6 {
            let terms = cols.iter().enumerate().map(|(i, c)| (*c, f64::from((i as i32 * (17 + k) + k) % 29 + 5)));
            program.row(f64::NEG_INFINITY, f64::from(n) * 4.0, terms);
        }
        program
    }

    fn limits(iterations_max: u64) -> Limits {
        Limits { gap: 0.0, iterations_max, start: None, heuristics: Heuristics::All }
    }

    #[test]
    fn solves_a_small_program_and_proves_it() {
        let answer = Highs.solve(&knapsack(8), &limits(u64::MAX), &Control::unlimited());
        let point = answer.point.unwrap();
        let best = (0..256u32)
            .map(|bits| (0..8).map(|i| f64::from(bits >> i & 1)).collect::<Vec<f64>>())
            .filter(|p| knapsack(8).violation(p) == 0.0)
            .map(|p| knapsack(8).cost(&p))
            .fold(0.0, f64::min);
        assert_eq!((answer.end, knapsack(8).cost(&point)), (End::Solved, best));
        assert!((answer.bound - best).abs() < 1e-6);
    }

    #[test]
    fn a_limit_of_iterations_ends_at_the_same_point_every_time() {
        let run = || Highs.solve(&knapsack(60), &limits(2_000), &Control::unlimited());
        let (a, b) = (run(), run());
        assert_eq!(a.end, End::Limit, "the program is harder than the limit");
        assert_eq!((a.point, a.bound, a.iterations, a.nodes), (b.point, b.bound, b.iterations, b.nodes));
        assert!(a.bound > f64::NEG_INFINITY);
    }

    #[test]
    fn stops_when_asked() {
        let stop = AtomicBool::new(true);
        let control = Control::new(&stop, u64::MAX, &|_| {});
        assert_eq!(Highs.solve(&knapsack(8), &limits(10), &control).end, End::Stopped);
    }

    #[test]
    fn says_when_nothing_is_possible() {
        let mut program = Program::default();
        let col = program.real(1.0, 0.0, 1.0);
        program.row(2.0, f64::INFINITY, [(col, 1.0)]);
        assert_eq!(Highs.solve(&program, &limits(100), &Control::unlimited()).end, End::Infeasible);
    }
}
