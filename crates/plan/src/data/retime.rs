//! Sites and lines as decided, moved to where the ring as it is now allows them.

use super::line::{LineKey, SiteSlot, has_people, line_at, slots};
use super::people::pools;
use crate::problem::FirstStage;
use model::Ring;
use model::ids::SiteId;
use model::results::LineDesign;
use rules::calendar::WorkTime;
use std::collections::BTreeMap;
use units::Id;

/// A first stage that the ring allows: sites by period of opening, lines by capability, option and period of order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Retimed {
    pub(crate) sites: Vec<(SiteId, usize)>,
    pub(crate) lines: BTreeMap<LineKey, i64>,
    /// What had to move or fall away, in sentences.
    pub(crate) notes: Vec<String>,
}

/// Keeps what can be kept, orders later what cannot be ordered then, and leaves out what can never be.
pub(crate) fn retimed(ring: &Ring, designs: &[LineDesign], first: &FirstStage) -> Retimed {
    let (time, slots, pools) = (WorkTime::new(ring), slots(ring), pools(ring));
    let mut result = Retimed::default();
    let mut ready: BTreeMap<SiteId, usize> = BTreeMap::new();
    for row in &first.sites {
        let own = |s: &&SiteSlot| s.site == row.site && s.opened >= row.period.index();
        match slots.iter().find(own) {
            Some(slot) => {
                ready.insert(row.site, slot.ready);
                result.sites.push((row.site, slot.opened));
                if slot.opened != row.period.index() {
                    let name = &ring.sites[row.site].key;
                    result.notes.push(format!("{name} opens in period {} instead", slot.opened + 1));
                }
            }
            None => {
                result.notes.push(format!("{} can no longer be opened in time", ring.sites[row.site].key));
            }
        }
    }
    for row in &first.lines {
        let capability = &ring.capability[row.capability];
        let name = format!("the line for {} at {}", ring.items[capability.item].key, ring.sites[capability.site].key);
        let from = ready.get(&capability.site).map(|r| row.ordered.index().max(*r));
        let first = if row.stands.is_some() { row.ordered.index() } else { from.unwrap_or(ring.settings.n_periods) };
        let mut orders =
            (first..ring.settings.n_periods).filter(|u| row.stands.is_some() || rules::line::may_decide(ring, *u));
        let possible = orders.find(|u| {
            let line = line_at(ring, designs, &time, (row.capability, row.option, *u, row.stands));
            line.is_some_and(|l| has_people(ring, &pools, &l))
        });
        match possible {
            Some(ordered) => {
                *result.lines.entry((row.capability, row.option, ordered, row.stands)).or_default() += row.count;
                if ordered != row.ordered.index() {
                    let word = if row.stands.is_some() { "has its people" } else { "is ordered" };
                    result.notes.push(format!("{name} {word} in period {} instead", ordered + 1));
                }
            }
            None => result.notes.push(format!("{name} can no longer be had")),
        }
    }
    result
}
