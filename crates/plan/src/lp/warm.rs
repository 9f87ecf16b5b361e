//! A linear program solved many times with other bounds or more rows: each solve starts from the basis of the last.

use super::highs::{DEVEX, load};
use super::{Basis, Col, Program};
use highs::{HighsModelStatus, HighsSolutionStatus, Model};

/// A linear program that stays with its solver.
pub(crate) struct Warm {
    model: Option<Model>,
    cols: Vec<highs::Col>,
}

/// What one solve answers.
#[derive(Debug, Clone)]
pub(crate) struct Solved {
    /// Least objective.
    pub(crate) objective: f64,
    /// Values of the columns.
    pub(crate) columns: Vec<f64>,
    /// What the objective changes by for each unit that a column's bound moves: its reduced cost.
    pub(crate) reduced: Vec<f64>,
    /// What the objective changes by for each unit that a row's bound moves: its dual.
    pub(crate) duals: Vec<f64>,
    /// Simplex iterations it took.
    pub(crate) iterations: u64,
}

impl Warm {
    /// Takes over a program; whole columns are taken as real.
    pub(crate) fn new(program: &Program) -> Option<Self> {
        let (mut model, cols) = load(&program.relaxed()).ok()?;
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("random_seed", 1);
        model.set_option("simplex_dual_edge_weight_strategy", DEVEX);
        Some(Self { model: Some(model), cols })
    }

    /// Replaces the bounds of a column.
    pub(crate) fn set_bounds(&mut self, col: Col, low: f64, high: f64) {
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.cols[col.index()], low..=high);
        }
    }

    /// Replaces the cost of a column.
    pub(crate) fn set_cost(&mut self, col: Col, cost: f64) {
        if let Some(model) = &mut self.model {
            model.change_column_cost(self.cols[col.index()], cost);
        }
    }

    /// Adds a row.
    pub(crate) fn add_row(&mut self, low: f64, high: f64, terms: &[(Col, f64)]) {
        if let Some(model) = &mut self.model {
            let terms: Vec<_> = terms.iter().map(|(col, factor)| (self.cols[col.index()], *factor)).collect();
            model.add_row(low..=high, terms);
        }
    }

    /// Where the last solve ended.
    pub(crate) fn basis(&mut self) -> Option<Basis> {
        Basis::of(self.model.as_mut()?)
    }

    /// Lets the next solve begin at a basis; one that the solver refuses changes nothing.
    pub(crate) fn start_from(&mut self, basis: &Basis) {
        if let Some(model) = &mut self.model {
            basis.give(model);
        }
    }

    /// Minimises from where the last solve ended; none when there is no optimum or the solver failed.
    ///
    /// Where the dual simplex neither comes to an optimum nor proves that there is none, which many rows nearly alike can do, interior points
    /// have another try; the next solve is the simplex again.
    pub(crate) fn solve(&mut self) -> Option<Solved> {
        let answer = self.try_solve();
        match answer {
            Err(Some(HighsModelStatus::Infeasible | HighsModelStatus::Unbounded) | None) => None,
            Err(Some(_)) => {
                self.model.as_mut()?.set_option("solver", "ipm");
                let again = self.try_solve().ok();
                self.model.as_mut()?.set_option("solver", "choose");
                again
            }
            Ok(solved) => Some(solved),
        }
    }

    /// One solve; how it ended where that is no optimum, nothing where the solver is lost.
    fn try_solve(&mut self) -> Result<Solved, Option<HighsModelStatus>> {
        let solved = self.model.take().and_then(|model| model.try_solve().ok()).ok_or(None)?;
        let status = solved.status();
        let optimal =
            status == HighsModelStatus::Optimal && solved.primal_solution_status() == HighsSolutionStatus::Feasible;
        let answer = optimal.then(|| {
            let point = solved.get_solution();
            Solved {
                objective: solved.objective_value(),
                columns: point.columns().to_vec(),
                reduced: point.dual_columns().to_vec(),
                duals: point.dual_rows().to_vec(),
                iterations: u64::try_from(solved.simplex_iteration_count()).unwrap_or(0),
            }
        });
        self.model = Some(Model::from(solved));
        answer.ok_or(Some(status))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_a_fixed_column_is_worth_and_takes_rows() {
        // Buy what a line of 3 pieces for each unit does not make: 10 asked at 2 each.
        let mut program = Program::default();
        let (lines, bought) = (program.real(0.0, 1.0, 1.0), program.real(2.0, 0.0, f64::INFINITY));
        program.row(10.0, f64::INFINITY, [(lines, 3.0), (bought, 1.0)]);
        let mut warm = Warm::new(&program).unwrap();
        let first = warm.solve().unwrap();
        assert!((first.objective - 14.0).abs() < 1e-9 && (first.reduced[0] + 6.0).abs() < 1e-9, "{first:?}");
        assert!((first.duals[0] - 2.0).abs() < 1e-9, "one piece more is bought");
        warm.set_bounds(lines, 2.0, 2.0);
        assert!((warm.solve().unwrap().objective - 8.0).abs() < 1e-9);
        warm.add_row(9.0, f64::INFINITY, &[(bought, 1.0)]);
        assert!((warm.solve().unwrap().objective - 18.0).abs() < 1e-9);
        warm.add_row(f64::NEG_INFINITY, 5.0, &[(bought, 1.0)]);
        assert!(warm.solve().is_none(), "no point is left");
    }

    #[test]
    fn begins_where_another_program_ended() {
        // Twelve periods of stock; the other program lacks the first column and has its rows in another order.
        let program = |first: usize, flip: bool| {
            let mut program = Program::default();
            let made: Vec<Col> = (first..12).map(|t| program.real(1.0 + t as f64, 0.0, 5.0)).collect();
            let stock: Vec<Col> = (first..12).map(|_| program.real(0.1, 0.0, f64::INFINITY)).collect();
            let n = 12 - first;
            for t in (0..n).map(|t| if flip { n - 1 - t } else { t }) {
                let before = t.checked_sub(1).map(|b| (stock[b], 1.0));
                let terms = [(made[t], 1.0), (stock[t], -1.0)].into_iter().chain(before).collect::<Vec<_>>();
                program.row(3.0, 3.0, terms);
            }
            program
        };
        let mut one = Warm::new(&program(0, false)).unwrap();
        let end = one.solve().unwrap();
        let basis = one.basis().unwrap();
        let same: Vec<Option<u32>> = (0..24).map(Some).collect();
        let mut again = Warm::new(&program(0, false)).unwrap();
        again.start_from(&basis.mapped(&same, &same[..12]));
        let solved = again.solve().unwrap();
        assert_eq!(
            (solved.iterations, solved.objective.to_bits()),
            (0, end.objective.to_bits()),
            "it is there already"
        );
        let mut other = Warm::new(&program(1, true)).unwrap();
        let cols: Vec<Option<u32>> = (1..12).chain(13..24).map(Some).collect();
        let rows: Vec<Option<u32>> = (1..12).rev().map(Some).collect();
        other.start_from(&basis.mapped(&cols, &rows));
        let mut plain = Warm::new(&program(1, true)).unwrap();
        let (from, cold) = (other.solve().unwrap(), plain.solve().unwrap());
        assert!((from.objective - cold.objective).abs() < 1e-9, "a start changes no optimum");
        other.start_from(&basis);
        assert!((other.solve().unwrap().objective - cold.objective).abs() < 1e-9, "one of the wrong size is refused");
    }
}
