//! Ids of everything a ring holds, and the two that may name one of several kinds.

use units::{Id, ids};

ids! {
    /// An item: the product or a sub-assembly.
    ItemId,
    /// A revision of an item.
    RevisionId,
    /// A line of a bill of materials.
    BomId,
    /// A bought part.
    PartId,
    /// A task.
    TaskId,
    /// A use of a component by a task.
    TaskPartId,
    /// A rule of where tasks may stand.
    ZoningId,
    /// Where a task is done today.
    TodayId,
    /// A kind of equipment.
    EquipmentId,
    /// A site.
    SiteId,
    /// A row of the capability table.
    CapabilityId,
    /// A lane.
    LaneId,
    /// A source of a part.
    SupplyId,
    /// A supplier.
    SupplierId,
    /// A skill.
    SkillId,
    /// A person.
    PersonId,
    /// A calendar.
    CalendarId,
    /// A row of a calendar.
    CalendarEntryId,
    /// An outage.
    OutageId,
    /// A recovery profile.
    RecoveryId,
    /// A step of a recovery profile.
    RecoveryStepId,
    /// A demand.
    DemandId,
    /// An exercise.
    ExerciseId,
    /// An opening row.
    OpeningId,
    /// Something on its way.
    UnderWayId,
    /// A site that is open already.
    StandingSiteId,
    /// Lines that stand already.
    StandingLineId,
    /// A decision of the plan as it stood.
    KeptId,
    /// Least stock of something at a place.
    SafetyStockId,
    /// A gate.
    GateId,
    /// A piece of evidence for a gate.
    GateEvidenceId,
    /// A decision at a gate.
    GateDecisionId,
    /// A readiness assessed.
    ReadinessId,
    /// A change of an alternative.
    AlternativeId,
    /// An assumption.
    AssumptionId,
    /// A partner.
    PartnerId,
    /// A customer.
    CustomerId,
    /// A period, from 0.
    PeriodId,
}

/// What goes into an item: another item, or a bought part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// An item.
    Item(ItemId),
    /// A part.
    Part(PartId),
}

impl Component {
    pub(crate) fn of((table, at): (usize, usize)) -> Self {
        if table == 0 { Self::Item(ItemId::from_index(at)) } else { Self::Part(PartId::from_index(at)) }
    }
}

/// Where a lane may end: a site, or a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A site.
    Site(SiteId),
    /// A customer.
    Customer(CustomerId),
}

impl Node {
    pub(crate) fn of((table, at): (usize, usize)) -> Self {
        if table == 0 { Self::Site(SiteId::from_index(at)) } else { Self::Customer(CustomerId::from_index(at)) }
    }
}
