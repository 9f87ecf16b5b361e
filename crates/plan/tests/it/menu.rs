//! Line layouts for tests: all tasks at one station, or each at its own; no balancing needed.

use model::Ring;
use model::ids::{ItemId, SkillId};
use model::results::line_design::{Proof, STATION_M2};
use model::results::{LineDesign, LineOption, Station, Status};
use model::tables::capability::LineType;
use std::collections::BTreeMap;
use units::{Minutes, Money};

/// The menus of all capability rows of a ring.
pub(crate) fn menus(ring: &Ring) -> Vec<LineDesign> {
    let mut kinds: Vec<(ItemId, LineType)> = ring.capability.iter().map(|c| (c.item, c.line_type)).collect();
    kinds.sort();
    kinds.dedup();
    kinds
        .into_iter()
        .map(|(item, line_type)| {
            let tasks = rules::labour::tasks(ring, item, line_type);
            let one = option(ring, std::slice::from_ref(&tasks));
            let each: Vec<_> = tasks.into_iter().map(|t| vec![t]).collect();
            let mut options = vec![one];
            if each.len() > 1 {
                options.push(option(ring, &each));
            }
            LineDesign { item, line_type, options }
        })
        .collect()
}

fn option(ring: &Ring, stations: &[Vec<rules::labour::LineTask>]) -> LineOption {
    let mut heads: BTreeMap<SkillId, i64> = BTreeMap::new();
    let mut equipment = BTreeMap::new();
    let mut rows = Vec::new();
    let (mut cycle, mut planned) = (Minutes::ZERO, 0.0_f64);
    for tasks in stations {
        let load: Minutes = tasks.iter().map(|t| rules::labour::minutes(ring, *t)).sum();
        cycle = cycle.max(load);
        planned = planned.max(tasks.iter().map(|t| rules::labour::minutes_planned(ring, *t)).sum());
        let crew = tasks.iter().map(|t| ring.tasks[t.task].crew).max().unwrap_or(1);
        let skill = ring.tasks[tasks[0].task].skill;
        *heads.entry(skill).or_insert(0) += crew;
        for task in tasks {
            if let Some(kind) = ring.tasks[task.task].equipment {
                equipment.insert(kind, 1);
            }
        }
        rows.push(Station {
            tasks: tasks.iter().map(|t| t.task).collect(),
            copies: 1,
            load,
            heads: crew,
            skill,
            reasons: Vec::new(),
        });
    }
    let floor: f64 = equipment.keys().map(|e| ring.equipment[*e].floor_m2).sum();
    LineOption {
        takt: cycle,
        bound: rows.len() as i64,
        floor_m2: floor + STATION_M2 * rows.len() as f64,
        stations: rows,
        cycle_time: cycle,
        cycle_time_planned: Minutes::from_f64(planned),
        proof: Proof::Counting,
        status: Status::WorkLimited,
        heads: heads.into_iter().collect(),
        equipment_cost: equipment.keys().map(|e| ring.equipment[*e].cost).sum::<Money>(),
        equipment: equipment.into_iter().collect(),
    }
}
