//! A linear program solved many times with other bounds or more rows: each solve starts from the basis of the last.

use super::highs::load;
use super::{Col, Program};
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
}

impl Warm {
    /// Takes over a program; whole columns are taken as real.
    pub(crate) fn new(program: &Program) -> Option<Self> {
        let (mut model, cols) = load(&program.relaxed()).ok()?;
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("random_seed", 1);
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

    /// Minimises from where the last solve ended; none when there is no optimum or the solver failed.
    pub(crate) fn solve(&mut self) -> Option<Solved> {
        let solved = self.model.take()?.try_solve().ok()?;
        let optimal = solved.status() == HighsModelStatus::Optimal
            && solved.primal_solution_status() == HighsSolutionStatus::Feasible;
        let answer = optimal.then(|| {
            let point = solved.get_solution();
            Solved {
                objective: solved.objective_value(),
                columns: point.columns().to_vec(),
                reduced: point.dual_columns().to_vec(),
                duals: point.dual_rows().to_vec(),
            }
        });
        self.model = Some(Model::from(solved));
        answer
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
}
