//! Equipment, its price and the floor.
//!
//! Per station and kind: `max(copies, ceil(sum of (minutes + unattended) x pieces / cycle_time))`; the floor is that of the
//! equipment and 12 m2 for each station copy.

use super::subject::Subject;
use crate::faults::{Faults, LINE, agree};
use model::ids::EquipmentId;
use model::results::line_design::STATION_M2;
use std::collections::BTreeMap;
use units::{Minutes, Money};

/// Checks one option; its cycle time has been checked before.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut tell = |rule: &str, fact: String| faults.tell(LINE, rule, format!("{}: {fact}", s.name()));
    if s.option.cycle_time <= Minutes::ZERO {
        tell("the cycle time is above zero", "its cycle time is zero".to_owned());
        return;
    }
    let is = needed(s);
    if !s.option.equipment.iter().copied().eq(is.iter().map(|(e, n)| (*e, *n))) {
        let said: i64 = s.option.equipment.iter().map(|(_, n)| n).sum();
        let fact = format!("{said} pieces of equipment are listed, the stations need {}", is.values().sum::<i64>());
        tell("stations have the equipment of their tasks", fact);
        return;
    }
    let price: Money = is.iter().map(|(e, n)| s.ring.equipment[*e].cost.times(*n)).sum();
    if price != s.option.equipment_cost {
        tell("equipment costs its price", format!("it is said to cost {}, it costs {price}", s.option.equipment_cost));
    }
    let taken: f64 = is.iter().map(|(e, n)| s.ring.equipment[*e].floor_m2 * *n as f64).sum();
    let floor = taken + STATION_M2 * s.option.n_stations() as f64;
    if !agree(floor, s.option.floor_m2) {
        tell("a line takes its floor", format!("it is said to take {} m2, it takes {floor}", s.option.floor_m2));
    }
}

fn needed(s: &Subject<'_>) -> BTreeMap<EquipmentId, i64> {
    let mut all: BTreeMap<EquipmentId, i64> = BTreeMap::new();
    for station in &s.option.stations {
        let mut busy: BTreeMap<EquipmentId, i128> = BTreeMap::new();
        for task in &station.tasks {
            let row = &s.ring.tasks[*task];
            if let Some(equipment) = row.equipment {
                let minutes = (row.minutes + row.unattended_minutes).ticks();
                let pieces = i128::from(s.tasks[task].pieces.ticks());
                *busy.entry(equipment).or_default() += i128::from(minutes) * pieces / 1_000;
            }
        }
        for (equipment, ticks) in busy {
            let cycle = i128::from(s.option.cycle_time.ticks());
            let pieces = (ticks + cycle - 1).div_euclid(cycle).min(i128::from(u32::MAX)) as i64;
            *all.entry(equipment).or_default() += pieces.max(station.copies);
        }
    }
    all
}
