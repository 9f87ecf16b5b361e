//! What is asked of the planner, and what it answers.

use model::Ring;
use model::control::Effort;
use model::results::programme::{LineOpening, SiteOpening};
use model::results::{LineDesign, Programme, Status};

/// A ring, and the menu of line layouts to choose from.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The ring.
    pub ring: &'a Ring,
    /// Menus of options per item and line type.
    pub designs: &'a [LineDesign],
}

/// How hard to try.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Relative gap between cost and bound at which the search may end, `0..1`.
    pub gap: f64,
    /// Most simplex iterations of the integer program, all nodes together; the same on every machine.
    pub iterations_max: u64,
    /// Most simplex iterations of the integer program when a programme found among few lines is there already.
    pub iterations_bound: u64,
    /// Rounds of looking for a programme among few lines, for rings with many.
    pub rounds: u32,
    /// Most simplex iterations of one such round.
    pub iterations_round: u64,
}

impl Options {
    /// The options of an effort: quick ends at 1 %, full at 0.1 %.
    #[must_use]
    pub fn of(effort: Effort) -> Self {
        match effort {
            Effort::Quick => {
                Self { gap: 0.01, iterations_max: 20_000, iterations_bound: 8_000, rounds: 2, iterations_round: 40_000 }
            }
            Effort::Full => Self {
                gap: 0.001,
                iterations_max: 5_000_000,
                iterations_bound: 5_000_000,
                rounds: 6,
                iterations_round: 400_000,
            },
        }
    }
}

/// How much work was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Columns of the integer program.
    pub columns: usize,
    /// Columns that take whole values.
    pub whole_columns: usize,
    /// Rows.
    pub rows: usize,
    /// Terms of all rows.
    pub terms: usize,
    /// Simplex iterations, all programs together.
    pub iterations: u64,
    /// Nodes of the search tree.
    pub nodes: u64,
    /// Programs solved.
    pub programs: u64,
}

/// The answer: a programme that meets every rule, how the search ended, and the least cost proven.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The programme; its `cost` and `bound` are the proof.
    pub best: Programme,
    /// Work done.
    pub stats: Stats,
}

/// The decisions that are hard to take back: which sites open when, which lines are ordered when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstStage {
    /// Sites opened.
    pub sites: Vec<SiteOpening>,
    /// Lines ordered.
    pub lines: Vec<LineOpening>,
}

impl FirstStage {
    /// The first stage of a programme.
    #[must_use]
    pub fn of(programme: &Programme) -> Self {
        Self { sites: programme.sites.clone(), lines: programme.lines.clone() }
    }
}
