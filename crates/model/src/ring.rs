//! The ring itself: one immutable value, checked once.

use crate::address::Address;
use crate::ids::*;
use crate::raw::RawRing;
use crate::read::Reader;
use crate::settings::{Customer, Gate, Partner, Settings};
use crate::tables::*;
use diag::Diagnostic;
use units::{IdVec, Quantity};

/// A production ring: everything the engines need to know, checked once when it is made.
///
/// Made by [`Ring::build`] only; engines trust it. References between tables are typed ids.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ring {
    /// Horizon, policies and training.
    pub settings: Settings,
    /// Partners.
    pub partners: IdVec<PartnerId, Partner>,
    /// Customers.
    pub customers: IdVec<CustomerId, Customer>,
    /// Gates.
    pub gates: IdVec<GateId, Gate>,
    /// Items.
    pub items: IdVec<ItemId, items::Item>,
    /// Revisions.
    pub revisions: IdVec<RevisionId, revisions::Revision>,
    /// Bills of materials.
    pub bom: IdVec<BomId, bom::BomLine>,
    /// Parts.
    pub parts: IdVec<PartId, parts::Part>,
    /// Tasks.
    pub tasks: IdVec<TaskId, tasks::Task>,
    /// Components used by tasks.
    pub task_parts: IdVec<TaskPartId, task_parts::TaskPart>,
    /// Where on a line tasks may stand.
    pub zoning: IdVec<ZoningId, zoning::Zoning>,
    /// Lines as they stand today.
    pub today: IdVec<TodayId, today::Today>,
    /// Equipment.
    pub equipment: IdVec<EquipmentId, equipment::Equipment>,
    /// Sites.
    pub sites: IdVec<SiteId, sites::Site>,
    /// What sites may make.
    pub capability: IdVec<CapabilityId, capability::Capability>,
    /// Lanes.
    pub lanes: IdVec<LaneId, lanes::Lane>,
    /// Sources of parts.
    pub supply: IdVec<SupplyId, supply::Supply>,
    /// Suppliers by name.
    pub suppliers: IdVec<SupplierId, String>,
    /// Skills.
    pub skills: IdVec<SkillId, workforce::Skill>,
    /// People.
    pub people: IdVec<PersonId, people::Person>,
    /// Calendars by name.
    pub calendars: IdVec<CalendarId, String>,
    /// Rows of calendars.
    pub calendar_entries: IdVec<CalendarEntryId, calendars::CalendarEntry>,
    /// Outages.
    pub outages: IdVec<OutageId, outages::Outage>,
    /// Recovery profiles by name.
    pub recovery: IdVec<RecoveryId, String>,
    /// Steps of recovery profiles.
    pub recovery_steps: IdVec<RecoveryStepId, recovery::RecoveryStep>,
    /// Replenishment.
    pub demand: IdVec<DemandId, demand::Demand>,
    /// Exercises.
    pub exercises: IdVec<ExerciseId, exercises::Exercise>,
    /// What is there on the first day.
    pub opening: IdVec<OpeningId, opening::Opening>,
    /// What is on its way on the first day.
    pub under_way: IdVec<UnderWayId, under_way::UnderWay>,
    /// Sites open already.
    pub standing_sites: IdVec<StandingSiteId, standing_sites::StandingSite>,
    /// Lines that stand already.
    pub standing_lines: IdVec<StandingLineId, standing_lines::StandingLine>,
    /// The plan as it stood.
    pub kept: IdVec<KeptId, kept::Kept>,
    /// Least stock that a plan keeps.
    pub safety_stock: IdVec<SafetyStockId, safety_stock::SafetyStock>,
    /// Evidence for gates.
    pub gate_evidence: IdVec<GateEvidenceId, gates::GateEvidence>,
    /// Decisions at gates.
    pub gate_decisions: IdVec<GateDecisionId, decisions::GateDecision>,
    /// Readiness per site and thread.
    pub readiness: IdVec<ReadinessId, readiness::Readiness>,
    /// Options, change by change.
    pub alternatives: IdVec<AlternativeId, alternatives::AlternativeChange>,
    /// Assumptions.
    pub assumptions: IdVec<AssumptionId, assumptions::Assumption>,
}

impl Ring {
    /// Reads, types and checks a ring as written.
    ///
    /// # Errors
    /// Every fault found, in the order of the tables and rows; never only the first.
    pub fn build(raw: &RawRing) -> Result<Self, Vec<Diagnostic>> {
        let reader = Reader::new(raw);
        let all = crate::settings::read(&reader);
        let names = |of: &str| reader.names(of);
        let ring = Self {
            settings: all.settings,
            partners: all.partners,
            customers: all.customers,
            gates: all.gates,
            items: items::read(&reader),
            revisions: revisions::read(&reader),
            bom: bom::read(&reader),
            parts: parts::read(&reader),
            tasks: tasks::read(&reader),
            task_parts: task_parts::read(&reader),
            zoning: zoning::read(&reader),
            today: today::read(&reader),
            equipment: equipment::read(&reader),
            sites: sites::read(&reader),
            capability: capability::read(&reader),
            lanes: lanes::read(&reader),
            supply: supply::read(&reader),
            suppliers: IdVec::new(names("supply.supplier")),
            skills: workforce::read(&reader),
            people: people::read(&reader),
            calendars: IdVec::new(names("calendars.calendar")),
            calendar_entries: calendars::read(&reader),
            outages: outages::read(&reader),
            recovery: IdVec::new(names("recovery.profile")),
            recovery_steps: recovery::read(&reader),
            demand: demand::read(&reader),
            exercises: exercises::read(&reader),
            opening: opening::read(&reader),
            under_way: under_way::read(&reader),
            standing_sites: standing_sites::read(&reader),
            standing_lines: standing_lines::read(&reader),
            kept: kept::read(&reader),
            safety_stock: safety_stock::read(&reader),
            gate_evidence: gates::read(&reader),
            gate_decisions: decisions::read(&reader),
            readiness: readiness::read(&reader),
            alternatives: alternatives::read(&reader),
            assumptions: assumptions::read(&reader),
        };
        let checks = crate::checks::run(&ring, |tables| reader.is_clean(tables));
        let mut faults = reader.into_faults();
        faults.extend(checks);
        if faults.is_empty() { Ok(ring) } else { Err(faults) }
    }

    /// The tasks of an item, in table order.
    pub fn tasks_of(&self, item: ItemId) -> impl Iterator<Item = (TaskId, &tasks::Task)> {
        self.tasks.enumerate().filter(move |(_, task)| task.item == item)
    }

    /// The bill of materials of an item in a revision: components with pieces per piece.
    ///
    /// Lines without a revision hold in all; `None` takes only those.
    pub fn bom_of<'a>(
        &'a self,
        item: ItemId,
        revision: Option<&'a str>,
    ) -> impl Iterator<Item = (Component, Quantity)> + 'a {
        let holds = move |line: &bom::BomLine| line.revision.as_deref().is_none_or(|r| Some(r) == revision);
        self.bom.iter().filter(move |l| l.parent == item && holds(l)).map(|l| (l.component, l.quantity))
    }

    /// True when the item is made in the ring.
    #[must_use]
    pub fn is_made(&self, item: ItemId) -> bool {
        self.items[item].make == items::Make::Make
    }

    /// The home plant, when the ring has one.
    #[must_use]
    pub fn home(&self) -> Option<SiteId> {
        self.sites.enumerate().find(|(_, s)| s.kind == sites::SiteKind::Home).map(|(id, _)| id)
    }

    /// The partner that pays a kind of cost, when one does.
    #[must_use]
    pub fn payer(&self, kind: crate::settings::CostKind) -> Option<PartnerId> {
        self.partners.enumerate().find(|(_, p)| p.pays.contains(&kind)).map(|(id, _)| id)
    }

    /// The name of a component in the tables.
    #[must_use]
    pub fn component_key(&self, component: Component) -> &str {
        match component {
            Component::Item(item) => &self.items[item].key,
            Component::Part(part) => &self.parts[part].key,
        }
    }

    /// The name of a node in the tables.
    #[must_use]
    pub fn node_key(&self, node: Node) -> &str {
        match node {
            Node::Site(site) => &self.sites[site].key,
            Node::Customer(customer) => &self.customers[customer].key,
        }
    }

    /// The assumption about an address, when there is one.
    #[must_use]
    pub fn assumption_at(&self, address: &Address) -> Option<(AssumptionId, &assumptions::Assumption)> {
        self.assumptions.enumerate().find(|(_, a)| a.address == *address)
    }

    /// The decision of the latest day at a gate; none when nothing was decided there.
    #[must_use]
    pub fn last_decision(&self, gate: GateId) -> Option<(GateDecisionId, &decisions::GateDecision)> {
        self.gate_decisions.enumerate().filter(|(_, d)| d.gate == gate).max_by_key(|(_, d)| d.day)
    }
}
