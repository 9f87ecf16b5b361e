//! How a line may be laid out: a menu of options per item and line type.

use crate::ids::{EquipmentId, ItemId, SkillId, TaskId};
use crate::results::Status;
use crate::tables::capability::LineType;
use units::{Minutes, Money};

/// The menu of one item and line type: options from few stations to many, none dominated by another.
#[derive(Debug, Clone, PartialEq)]
pub struct LineDesign {
    /// The item the line makes.
    pub item: ItemId,
    /// Own tasks only, or the complete item.
    pub line_type: LineType,
    /// Options, by falling cycle time.
    pub options: Vec<LineOption>,
}

/// One layout of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineOption {
    /// Cycle time asked for.
    pub takt: Minutes,
    /// Stations in order of the flow; every task of the line is in exactly one.
    pub stations: Vec<Station>,
    /// Largest station load per copy: minutes a trained crew needs for a piece, without rework. At most `takt`.
    pub cycle_time: Minutes,
    /// The same with expected rework, `(1 - first_pass_yield) x rework_minutes` per task added.
    pub cycle_time_planned: Minutes,
    /// Proven least number of station copies at `takt`.
    pub bound: i64,
    /// What proves the bound.
    pub proof: Proof,
    /// Whether the number of station copies is proven least.
    pub status: Status,
    /// Heads of one crew (one shift) by skill, in skill order; the sum over stations.
    pub heads: Vec<(SkillId, i64)>,
    /// Equipment of one line, in equipment order.
    pub equipment: Vec<(EquipmentId, i64)>,
    /// Price of the equipment.
    pub equipment_cost: Money,
    /// Floor of the line: its equipment and 12 m2 for each station copy.
    pub floor_m2: f64,
}

/// A station of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Tasks in an order that precedence allows.
    pub tasks: Vec<TaskId>,
    /// Identical copies side by side; more than one where a task is longer than the takt.
    pub copies: i64,
    /// Minutes of a trained crew for one piece, without rework: the sum of the tasks' minutes.
    pub load: Minutes,
    /// People at one copy: the largest crew of its tasks.
    pub heads: i64,
    /// Skill its heads are counted under: the one with most crew minutes here, ties to the first in the table.
    pub skill: SkillId,
    /// Why each task is here, in the order of `tasks`.
    pub reasons: Vec<String>,
}

/// Floor of one station copy besides its equipment, square metres.
pub const STATION_M2: f64 = 12.0;

/// What proves a bound on the number of stations.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// Sum of minutes over the cycle time, rounded up.
    Counting,
    /// Bin-packing bounds (more than a half, a third of the cycle time; dual feasible functions).
    BinPacking,
    /// Heads and tails of tasks.
    HeadsTails,
    /// Tasks longer than a third of the cycle time, paired by a maximum matching; holds the dual (odd-set cover):
    /// tasks in singletons and blossoms that cover every compatible pair.
    Matching {
        /// Tasks longer than a third of the cycle time.
        big: Vec<TaskId>,
        /// Tasks of the cover that count one each.
        singles: Vec<TaskId>,
        /// Odd sets of the cover, each counting `(size - 1) / 2`.
        blossoms: Vec<Vec<TaskId>>,
    },
    /// Prices of tasks such that no station is worth more than `scale`; the sum of prices over `scale`, rounded up.
    Prices {
        /// One price per task.
        prices: Vec<(TaskId, u64)>,
        /// No station costs more.
        scale: u64,
    },
    /// An exhaustive search; holds the number of nodes looked at.
    Search {
        /// Nodes looked at.
        nodes: u64,
    },
}

impl Proof {
    /// As shown to a reader.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Counting => "counting",
            Self::BinPacking => "bin packing",
            Self::HeadsTails => "heads and tails",
            Self::Matching { .. } => "matching",
            Self::Prices { .. } => "prices",
            Self::Search { .. } => "search",
        }
    }
}

impl LineOption {
    /// Station copies in all.
    #[must_use]
    pub fn n_stations(&self) -> i64 {
        self.stations.iter().map(|s| s.copies).sum()
    }

    /// Heads of one crew in all.
    #[must_use]
    pub fn n_heads(&self) -> i64 {
        self.heads.iter().map(|(_, n)| n).sum()
    }
}
