//! The work of one station: time, spread, rework, equipment, unattended time.

use model::Ring;
use model::ids::*;
use std::collections::BTreeMap;
use units::Quantity;

/// The work of one station, from its tasks.
pub(super) struct Work {
    pub(super) base: f64,
    pub(super) cv: f64,
    pub(super) clean: f64,
    pub(super) rework: Vec<(f64, f64)>,
    pub(super) rework_mean: f64,
    pub(super) equipment: Vec<(f64, f64, f64)>,
    pub(super) rack: u64,
}

impl Work {
    /// A sub-assembly that goes in twice has its tasks done twice, each with its own spread and its own chance to fail.
    pub(super) fn of(
        ring: &Ring,
        made: &[(ItemId, Quantity)],
        station: &model::results::Station,
        productivity: f64,
    ) -> Self {
        let pieces = |item: ItemId| made.iter().find(|(i, _)| *i == item).map_or(1.0, |(_, q)| q.as_f64());
        let tasks = || station.tasks.iter().map(|t| &ring.tasks[*t]).map(|t| (t, pieces(t.item)));
        let ticks = |m: units::Minutes| m.ticks() as f64 / productivity;
        let load: f64 = tasks().map(|(t, n)| ticks(t.minutes) * n).sum();
        let variance: f64 = tasks().map(|(t, n)| n * ticks(t.minutes) * ticks(t.minutes) * t.spread * t.spread).sum();
        let may_fail = tasks().filter(|(t, _)| t.first_pass_yield.get() < 1.0 && !t.rework_minutes.is_zero());
        let rework: Vec<(f64, f64)> = may_fail
            .flat_map(|(t, n)| {
                let once = (t.first_pass_yield.rest().get(), ticks(t.rework_minutes));
                std::iter::repeat_n(once, n.round().max(1.0) as usize)
            })
            .collect();
        let mut busy: BTreeMap<EquipmentId, f64> = BTreeMap::new();
        for (task, n) in tasks() {
            if let Some(equipment) = task.equipment {
                *busy.entry(equipment).or_default() += ticks(task.minutes) * n / load;
            }
        }
        let equipment = busy.into_iter().filter_map(|(id, share)| {
            let row = &ring.equipment[id];
            let (up, down) = (row.breakdown_minutes?, row.repair_minutes?);
            Some((share, up.ticks() as f64, down.ticks() as f64))
        });
        Self {
            base: load,
            cv: libm::sqrt(variance) / load,
            clean: rework.iter().map(|r| 1.0 - r.0).product(),
            rework_mean: rework.iter().map(|r| r.0 * r.1).sum(),
            rework,
            equipment: equipment.collect(),
            rack: rack(ring, station, productivity),
        }
    }
}

/// Ticks a piece stays after its crew is done: one crew takes the tasks in their order, each as early as its
/// predecessors here (unattended time included) allow; what is left when the crew is through is waited aside.
fn rack(ring: &Ring, station: &model::results::Station, productivity: f64) -> u64 {
    let mut ready: BTreeMap<TaskId, f64> = BTreeMap::new();
    let mut work = 0.0;
    for id in &station.tasks {
        let task = &ring.tasks[*id];
        let after = task.predecessors.iter().filter_map(|p| ready.get(p)).copied().fold(work, f64::max);
        let minutes = task.minutes.ticks() as f64 / productivity;
        work += minutes;
        ready.insert(*id, after + minutes + task.unattended_minutes.ticks() as f64);
    }
    ready.values().map(|end| end - work).fold(0.0, f64::max).round() as u64
}
