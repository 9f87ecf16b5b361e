//! Plain results that pass between stages: `LineDesign` -> `Programme` -> `Evidence` -> `Decision`.
//!
//! Engines read each other's results here without knowing each other; `verify` recomputes them from the ring.

pub mod answers;
pub mod decision;
pub mod evidence;
pub mod hedge;
pub mod line_design;
pub mod line_sheet;
pub mod programme;
pub mod provenance;
pub mod resilience;
pub mod stock_targets;
pub mod table;
pub mod trace;
pub mod why;

pub use decision::Decision;
pub use evidence::Evidence;
pub use hedge::Hedge;
pub use line_design::{LineDesign, LineOption, Station};
pub use line_sheet::{AimValue, LineLimits, LineSheet, SharedItem};
pub use programme::Programme;
pub use provenance::Provenance;
pub use resilience::Resilience;
pub use stock_targets::StockTargets;
pub use table::ResultTable;
pub use why::Why;

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The best there is, within the engine's stated tolerance; `best` equals `bound`.
    Optimal,
    /// Good, but the limit of work (or a stop) came before the proof.
    WorkLimited,
    /// Good, but the wall clock cut it: a second run may differ.
    TimeLimited,
}

impl Status {
    /// As shown to a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::WorkLimited => "work-limited",
            Self::TimeLimited => "time-limited",
        }
    }
}
