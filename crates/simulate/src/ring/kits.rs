//! Which components each station of a line takes for a piece.

use super::plant::{DAY, Kit, thing};
use model::Ring;
use model::ids::*;
use model::results::LineOption;
use model::tables::capability::LineType;
use std::collections::BTreeMap;
use units::Quantity;

/// Which components each station takes for a piece, as revisions change.
pub(super) struct Kits {
    /// Made items on the line, with pieces per piece.
    pub(super) made: Vec<(ItemId, Quantity)>,
    /// Ticks from which each variant holds; the first is 0.
    pub(super) from: Vec<u64>,
    /// By station, by variant.
    pub(super) by_station: Vec<Vec<Kit>>,
}

impl Kits {
    pub(super) fn of(ring: &Ring, item: ItemId, line_type: LineType, option: &LineOption, n_days: i64) -> Self {
        let made = match line_type {
            LineType::Cell => vec![(item, Quantity::whole(1))],
            LineType::Complete => ring.made_within(item),
        };
        let changes = ring.revisions.iter().filter(|r| made.iter().any(|(i, _)| *i == r.item));
        let mut days: Vec<i64> = changes.map(|r| r.effective_from.days_since(ring.settings.start)).collect();
        days.push(0);
        days.retain(|d| (0..n_days).contains(d));
        days.sort_unstable();
        days.dedup();
        let mut by_station = vec![Vec::new(); option.stations.len()];
        for day in &days {
            let date = ring.settings.start.plus_days(*day);
            let mut left: BTreeMap<Component, i64> =
                rules::components::used(ring, item, line_type, date).into_iter().map(|(c, q)| (c, q.ticks())).collect();
            let mut kits: Vec<Kit> = Vec::new();
            for station in &option.stations {
                let mut kit: BTreeMap<Component, i64> = BTreeMap::new();
                for use_ in ring.task_parts.iter().filter(|u| station.tasks.contains(&u.task)) {
                    let pieces =
                        made.iter().find(|(i, _)| *i == ring.tasks[use_.task].item).map_or(1_000, |(_, q)| q.ticks());
                    let wanted = use_.quantity.ticks() * pieces / 1_000;
                    if let Some(rest) = left.get_mut(&use_.component) {
                        let taken = wanted.min(*rest);
                        *rest -= taken;
                        *kit.entry(use_.component).or_default() += taken;
                    }
                }
                kits.push(kit.into_iter().filter(|(_, q)| *q > 0).map(|(c, q)| (thing(ring, c), q)).collect());
            }
            // What no task names goes to the first station that works on an item it belongs to.
            for (component, rest) in left.into_iter().filter(|(_, q)| *q > 0) {
                let parents: Vec<ItemId> = ring
                    .bom
                    .iter()
                    .filter(|l| l.component == component && made.iter().any(|(i, _)| *i == l.parent))
                    .map(|l| l.parent)
                    .collect();
                let works =
                    |s: &model::results::Station| s.tasks.iter().any(|t| parents.contains(&ring.tasks[*t].item));
                let at = option.stations.iter().position(works).unwrap_or(0);
                let id = thing(ring, component);
                match kits[at].iter_mut().find(|(t, _)| *t == id) {
                    Some(entry) => entry.1 += rest,
                    None => kits[at].push((id, rest)),
                }
            }
            for (station, kit) in kits.into_iter().enumerate() {
                by_station[station].push(kit);
            }
        }
        Self { from: days.iter().map(|d| *d as u64 * DAY).collect(), made, by_station }
    }
}
