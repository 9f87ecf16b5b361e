//! The programme: what is opened, made, moved, bought and delivered, period by period.

use crate::ids::*;
use crate::results::Status;
use crate::settings::CostKind;
use units::{Money, Quantity};

/// A plan with its proof: every list is sorted by its fields in order and holds no zero rows.
///
/// `docs/model.md` gives the meaning, formula by formula; `verify` recomputes every number.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// How the search ended.
    pub status: Status,
    /// All costs, penalties included.
    pub cost: Money,
    /// Proven least cost.
    pub bound: Money,
    /// Sites opened.
    pub sites: Vec<SiteOpening>,
    /// Lines ordered.
    pub lines: Vec<LineOpening>,
    /// People.
    pub people: Vec<Staffing>,
    /// Pieces made.
    pub make: Vec<Make>,
    /// Pieces sent.
    pub shipments: Vec<Shipment>,
    /// Parts and bought items ordered.
    pub orders: Vec<Order>,
    /// Item stock at sites at the end of periods.
    pub stock: Vec<Stock>,
    /// Replenishment delivered.
    pub deliveries: Vec<Delivery>,
    /// Replenishment late at the end of periods.
    pub backlog: Vec<Backlog>,
    /// Exercise draws met; one row per exercise.
    pub draws: Vec<Draw>,
    /// Every cost, by kind, period and site.
    pub costs: Vec<Cost>,
    /// What the reader should know, in sentences (such as orders raised to a smallest lot).
    pub notes: Vec<String>,
}

impl Programme {
    /// `(cost - bound) / cost`; zero when the cost is zero.
    #[must_use]
    pub fn gap(&self) -> f64 {
        if self.cost.is_zero() { 0.0 } else { ((self.cost - self.bound).as_f64() / self.cost.as_f64()).max(0.0) }
    }
}

/// A site opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteOpening {
    /// The site.
    pub site: SiteId,
    /// Period of the decision.
    pub period: PeriodId,
    /// First period in which a line may be ordered there.
    pub ready: PeriodId,
}

/// Lines of one kind ordered at one time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineOpening {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index of the option in the menu of the item and line type.
    pub option: usize,
    /// Period ordered.
    pub ordered: PeriodId,
    /// The row of `standing_lines.csv` when the lines stand already; `ordered` is then the period its people are due.
    pub stands: Option<StandingLineId>,
    /// Lines ordered.
    pub count: i64,
    /// Period of the first piece.
    pub first_piece: PeriodId,
    /// First period whose output counts, first article approved; past the last period when it never does.
    pub output_from: PeriodId,
}

/// Where people were trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trained {
    /// There on the first day.
    Already,
    /// At the home plant.
    Home,
    /// On site.
    Site,
}

/// People of a skill who are ready at a site from a period on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Staffing {
    /// The site.
    pub site: SiteId,
    /// The skill.
    pub skill: SkillId,
    /// First period at work.
    pub ready: PeriodId,
    /// Where they were trained.
    pub trained: Trained,
    /// How many.
    pub people: i64,
    /// Period in which hiring starts; `ready` when they are there already.
    pub hire_from: PeriodId,
    /// Period in which training starts.
    pub train_from: PeriodId,
}

/// Pieces made on the lines of a capability in a period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Make {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Period.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
}

/// Pieces sent on a lane; they arrive after the lane's lag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shipment {
    /// The lane.
    pub lane: LaneId,
    /// The item.
    pub item: ItemId,
    /// Period sent.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
}

/// Pieces ordered from a source for a site; they arrive after the source's lag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// The source.
    pub supply: SupplyId,
    /// The site.
    pub site: SiteId,
    /// Period ordered.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
}

/// Stock at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stock {
    /// The site.
    pub site: SiteId,
    /// The item.
    pub item: ItemId,
    /// Period.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
}

/// Replenishment handed to a customer in a period, counted when it arrives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delivery {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Period.
    pub period: PeriodId,
    /// Pieces against replenishment.
    pub replenishment: Quantity,
    /// Pieces into the exercise pool.
    pub pool: Quantity,
}

/// Replenishment late at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlog {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Period.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
}

/// What of an exercise's draw is met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draw {
    /// The exercise.
    pub exercise: ExerciseId,
    /// Pieces drawn.
    pub met: Quantity,
}

/// One cost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// What it is spent on.
    pub kind: CostKind,
    /// Period it falls in.
    pub period: PeriodId,
    /// Site it is spent at, where there is one.
    pub site: Option<SiteId>,
    /// How much.
    pub amount: Money,
}
