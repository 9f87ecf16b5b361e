//! Linear and integer programs, apart from what they mean and from who solves them.

mod basis;
mod highs;
mod interrupt;
mod memory;
mod program;
mod warm;

pub(crate) use basis::Basis;
pub(crate) use highs::Highs;
pub(crate) use memory::give_memory_back;
pub(crate) use program::{Col, ColData, Program, Row};
pub(crate) use warm::{Solved, Warm};

use model::control::Control;

/// How far to go.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Relative gap at which an integer program counts as solved, `0..`.
    pub(crate) gap: f64,
    /// Most simplex iterations, over all nodes; the same on every machine.
    pub(crate) iterations_max: u64,
    /// Values of the columns of a known point, to start from.
    pub(crate) start: Option<Vec<f64>>,
    /// How much of the work may go into looking for better points, apart from the bound.
    pub(crate) heuristics: Heuristics,
}

/// How an integer program looks for points besides branching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heuristics {
    /// All that the solver has.
    All,
    /// Rounding, and sub-programs around the relaxation now and then.
    Few,
    /// None: a good point is known, and the work goes into its proof.
    Leave,
}

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Solved to the gap asked for.
    Solved,
    /// The limit of iterations came first.
    Limit,
    /// Somebody stopped it.
    Stopped,
    /// No point meets all rows.
    Infeasible,
    /// The solver gave up or contradicted itself.
    Failed,
}

/// What a solver answers.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// How it ended.
    pub(crate) end: End,
    /// Values of the columns, when a point was found.
    pub(crate) point: Option<Vec<f64>>,
    /// Least objective proven, `-inf` when nothing is.
    pub(crate) bound: f64,
    /// Simplex iterations done.
    pub(crate) iterations: u64,
    /// Nodes of the search tree.
    pub(crate) nodes: u64,
}

/// Whoever solves a [`Program`].
pub(crate) trait Solver {
    /// Minimises the program; integer columns are respected.
    ///
    /// The same program and limits give the same answer on every run unless the control stops it.
    fn solve(&self, program: &Program, limits: &Limits, control: &Control<'_>) -> Answer;
}
