//! What the columns and rows of the program stand for.

use model::ids::*;
use model::results::programme::Trained;
use rules::moves::Decision;

/// A column, by what it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// Site opened in a period, 0 or 1.
    Open(SiteId, usize),
    /// Lines ordered: index into the candidate lines.
    Lines(usize),
    /// People of a pool (index) counted under a skill, ready in a period.
    There(usize, SkillId, usize),
    /// People hired and trained, ready in a period.
    Hired(SiteId, SkillId, usize, Trained),
    /// People at work at a site in a period, all skills.
    AtWork(SiteId, usize),
    /// Pieces made.
    Make(CapabilityId, usize),
    /// Pieces in stock at the end of a period.
    Stock(SiteId, ItemId, usize),
    /// Pieces sent.
    Send(LaneId, ItemId, usize),
    /// Pieces that reached a customer and wait there: index of the account.
    Held(usize, usize),
    /// Replenishment: index of the account.
    Serve(usize, usize),
    /// Pieces into the pool: index of the account.
    IntoPool(usize, usize),
    /// Pieces in the pool at the end of a period: index of the account.
    Pool(usize, usize),
    /// Replenishment late at the end of a period: index of the account.
    Backlog(usize, usize),
    /// Pieces drawn for an exercise.
    Draw(ExerciseId),
    /// Share of a qualified site, 0 to 1.
    Qualified(SiteId, ItemId),
    /// Pieces of a component used from a delivery (by number, from 0) that is there or comes anyway.
    FromStock(SiteId, Component, usize),
    /// Pieces ordered, where orders have columns of their own.
    Order(SupplyId, SiteId, usize),
    /// Component in stock at the end of a period, where orders have columns of their own.
    PartStock(SiteId, Component, usize),
    /// How far a row is missed, where it may be: index of the row.
    Excess(usize),
    /// Whether a decision differs from the plan as it stood, 0 or 1.
    Moved(Decision),
    /// How much of a frozen decision is given up.
    Short(Decision),
}

/// A rule of the ring that a row belongs to: what may be in conflict, and what a reader could change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// Bookkeeping that nobody can change: balances, capacity by learning.
    Nature,
    /// Lines that stand run.
    Standing(StandingLineId),
    /// Floor of a site.
    Floor(SiteId),
    /// Labour pool of a site.
    LabourPool(SiteId),
    /// People there already.
    PeopleThere,
    /// Most lines of a capability row.
    LinesMax(CapabilityId),
    /// Training places at home.
    HomePlaces,
    /// Training places of a site.
    SitePlaces(SiteId),
    /// Remote support hours.
    Support,
    /// Most stock of an item at a site.
    StockMax(SiteId, ItemId),
    /// Capacity of a lane.
    LaneCapacity(LaneId),
    /// Capacity of a source.
    SourceCapacity(SupplyId),
    /// Parts that nobody can bring in time.
    PartsInTime(Component),
    /// Contractual floor of a customer.
    Contract(CustomerId),
    /// Qualified sites of an item.
    Qualified(ItemId),
    /// Workshare of a partner.
    Workshare(PartnerId),
    /// Ceiling of a partner, by index.
    Budget(PartnerId, usize),
    /// Most decisions that may differ from the plan as it stood.
    Moves,
    /// Least stock that is kept.
    SafetyStock(SafetyStockId),
}

/// Rows of one kind that stand in every period: what may be added up over a block of periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Series {
    /// Pieces made within the capacity of the lines.
    Capacity(CapabilityId),
    /// Stock of an item at a site.
    Stock(SiteId, ItemId),
    /// Stock of a bought component at a site.
    PartStock(SiteId, Component),
    /// Capacity of a lane.
    Lane(LaneId),
    /// Capacity of a source.
    Source(SupplyId),
    /// People at work at a site, from one period to the next.
    AtWork(SiteId),
    /// People at work and in training within the labour pool of a site.
    LabourPool(SiteId),
}

impl Key {
    /// The same with its period replaced, for columns of pieces; others stay as they are.
    pub(crate) fn in_block(self, block_of: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Make(capability, t) => Self::Make(capability, block_of(t)),
            Self::Send(lane, item, t) => Self::Send(lane, item, block_of(t)),
            Self::Stock(site, item, t) => Self::Stock(site, item, block_of(t)),
            Self::Order(supply, site, t) => Self::Order(supply, site, block_of(t)),
            Self::PartStock(site, component, t) => Self::PartStock(site, component, block_of(t)),
            Self::AtWork(site, t) => Self::AtWork(site, block_of(t)),
            other => other,
        }
    }
}
