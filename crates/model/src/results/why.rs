//! Why a programme is as it is: what makes units late, what keeps cheaper sources unused, where each unit comes from.

use crate::ids::*;
use units::{Money, Quantity};

/// What stands in the way of one more piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Lines make all they can.
    LinesFull(CapabilityId),
    /// Lines make all they can while their site is stopped or recovers.
    LinesStopped(CapabilityId),
    /// Lines make all they can and are still learning.
    LinesLearning(CapabilityId),
    /// No line's output counts yet: first the period from which it does, where it ever does.
    LinesNotYet(CapabilityId, Option<PeriodId>),
    /// Nothing can have arrived there yet: the item, and the period from which it can.
    NotArrivedYet(ItemId, Option<PeriodId>),
    /// Parts cannot be there yet.
    PartsNotYet(Component),
    /// A source sells all it can.
    SourceFull(SupplyId),
    /// A lane carries all it can.
    LaneFull(LaneId),
    /// A site keeps as much of an item as it may.
    StockFull(SiteId, ItemId),
    /// A contract takes pieces first.
    Contract(CustomerId),
    /// A partner's share of the work.
    Workshare(PartnerId),
    /// A ceiling of a partner, by index.
    Budget(PartnerId, usize),
    /// Nothing but its price: in time it would cost more than late.
    Dearer,
}

/// A cause with what it costs for each piece that is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// What stands in the way.
    pub cause: Cause,
    /// What one piece more would gain if it were out of the way; what in time costs more than late, for [`Cause::Dearer`].
    pub price: Money,
}

/// Pieces that come late, or never within the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Whose.
    pub customer: CustomerId,
    /// What.
    pub item: ItemId,
    /// Period in which they are due.
    pub due: PeriodId,
    /// Period in which they are handed over; none when never.
    pub served: Option<PeriodId>,
    /// The exercise whose draw they miss; none for replenishment.
    pub exercise: Option<ExerciseId>,
    /// Pieces.
    pub quantity: Quantity,
    /// What being late costs for each.
    pub cost: Money,
    /// What stands in the way, the dearest first; at least one.
    pub causes: Vec<Priced>,
}

/// Why a cheaper source is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unused {
    /// It takes no orders within the horizon.
    Closed,
    /// What it takes orders for comes too late: the first period in which it can arrive.
    TooLate(Option<PeriodId>),
    /// It sells all it can in every period in which an order would come in time.
    Full,
    /// Its smallest lot is more than is needed.
    Lot(Quantity),
    /// Nothing: the plan could be cheaper by the difference.
    Nothing,
}

/// An order for which a cheaper source was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dearer {
    /// Source that was used.
    pub supply: SupplyId,
    /// Site that ordered.
    pub site: SiteId,
    /// Period of the order.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
    /// The cheaper source.
    pub cheaper: SupplyId,
    /// Why it was not used.
    pub why: Unused,
    /// What a piece costs more.
    pub price: Money,
}

/// What one more line would gain and cost, at the least; a bound: it gains no more than this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineWorth {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index in the menu.
    pub option: usize,
    /// Period of the order at which it is worth most.
    pub ordered: PeriodId,
    /// Most it can gain over the horizon, its own cost off; negative when it would lose.
    pub gain: Money,
}

/// Where units handed over come from: one link of the chain back to an order of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peg {
    /// Number of the units in [`Why::pegs`]' chains, from 0; links of a chain stand together.
    pub chain: usize,
    /// Steps from the customer: 0 is the handing over.
    pub depth: usize,
    /// What happened.
    pub step: Step,
    /// Pieces of what the step is about that these units use.
    pub quantity: Quantity,
}

/// A step on the way of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Handed over to a customer: due and handed over.
    Handed(CustomerId, ItemId, PeriodId, PeriodId),
    /// Sent on a lane.
    Sent(LaneId, ItemId, PeriodId),
    /// Made.
    Made(CapabilityId, PeriodId),
    /// Ordered from a source by a site.
    Ordered(SupplyId, SiteId, PeriodId),
    /// There on the first day, or on its way then.
    There(Node, Component),
}

/// Why a programme is as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// Every late or lost unit.
    pub late: Vec<Late>,
    /// Every order for which a cheaper source was passed over.
    pub sources: Vec<Dearer>,
    /// What one more line would gain, for each kind of line that stands in somebody's way.
    pub lines: Vec<LineWorth>,
    /// Where every unit handed over comes from.
    pub pegs: Vec<Peg>,
}
