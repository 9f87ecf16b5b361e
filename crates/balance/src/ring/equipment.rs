//! Jigs, rigs and testers of a line: how many of each its stations occupy.

use super::line::Line;
use model::Ring;
use model::ids::EquipmentId;
use model::results::Station;
use std::collections::BTreeMap;
use units::Minutes;

/// Pieces of equipment of one line, in equipment order.
///
/// At a station, tasks with the same equipment share it: it is occupied for their minutes and unattended minutes
/// together, so `ceil(that / cycle time)` of it are needed, and at least one per copy of the station.
pub(super) fn needed(ring: &Ring, line: &Line, stations: &[Station], cycle_time: Minutes) -> Vec<(EquipmentId, i64)> {
    let mut count: BTreeMap<EquipmentId, i64> = BTreeMap::new();
    for station in stations {
        let mut busy: BTreeMap<EquipmentId, i64> = BTreeMap::new();
        for task in line.tasks.iter().filter(|t| station.tasks.contains(&t.task)) {
            let row = &ring.tasks[task.task];
            if let Some(equipment) = row.equipment {
                let minutes = row.minutes + row.unattended_minutes;
                *busy.entry(equipment).or_default() += minutes.ticks() * task.pieces.ticks() / 1_000;
            }
        }
        for (equipment, ticks) in busy {
            let pieces = ticks.div_euclid(cycle_time.ticks()) + i64::from(ticks.rem_euclid(cycle_time.ticks()) > 0);
            *count.entry(equipment).or_default() += pieces.max(station.copies);
        }
    }
    count.into_iter().collect()
}
