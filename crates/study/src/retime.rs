//! Layouts kept, their times and prices taken from a changed ring.

use model::Ring;
use model::results::{LineDesign, LineOption};
use model::tables::capability::LineType;
use rules::labour;
use std::collections::BTreeMap;
use units::{Minutes, Money};

/// The same menus in a ring whose minutes, yields, prices or floors differ: stations, copies, heads and equipment stay.
///
/// This is what a line does when its tasks turn out longer than was thought. The takt stays what was asked for; a cycle
/// time may then exceed it. Bounds and proofs are those of the ring the layouts were made for.
#[must_use]
pub fn retime(ring: &Ring, designs: &[LineDesign]) -> Vec<LineDesign> {
    let of = |d: &LineDesign| LineDesign {
        item: d.item,
        line_type: d.line_type,
        options: d.options.iter().map(|o| option(ring, d.item, d.line_type, o)).collect(),
    };
    designs.iter().map(of).collect()
}

fn option(ring: &Ring, item: model::ids::ItemId, line_type: LineType, old: &LineOption) -> LineOption {
    let tasks: BTreeMap<_, _> = labour::tasks(ring, item, line_type).into_iter().map(|t| (t.task, t)).collect();
    let mut new = old.clone();
    let (mut cycle_time, mut planned) = (Minutes::from_ticks(1), Minutes::from_ticks(1));
    for station in &mut new.stations {
        let here = || station.tasks.iter().filter_map(|t| tasks.get(t).copied());
        let load: Minutes = here().map(|t| labour::minutes(ring, t)).sum();
        let with_rework: Minutes = here().map(|t| Minutes::from_f64(labour::minutes_planned(ring, t))).sum();
        cycle_time = cycle_time.max(per_copy(load, station.copies));
        planned = planned.max(per_copy(with_rework, station.copies));
        station.load = load;
    }
    new.cycle_time = cycle_time;
    new.cycle_time_planned = planned;
    new.equipment_cost = new.equipment.iter().map(|(id, n)| ring.equipment[*id].cost.times(*n)).sum::<Money>();
    new
}

fn per_copy(minutes: Minutes, copies: i64) -> Minutes {
    let copies = copies.max(1);
    Minutes::from_ticks((minutes.ticks() + copies - 1) / copies)
}
