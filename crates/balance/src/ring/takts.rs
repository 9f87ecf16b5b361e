//! The takts worth offering: what demand asks of one line, and of several that share it.

use super::line::Line;
use model::Ring;
use model::ids::{CapabilityId, ItemId};
use rules::calendar::WorkTime;
use units::{Id, Minutes};

/// Multiples of the takt that one line alone would need to meet all demand in the horizon. Below 1: a line that
/// starts late and must catch up; above 1: lines that share the work.
const SHARES: [f64; 9] = [0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0];

/// Takts to lay out, falling, each at most the line's minutes in all; never empty.
///
/// Whole minutes where they are ten or more, else thousandths.
pub(super) fn candidates(ring: &Ring, line: &Line, time: &WorkTime) -> Vec<Minutes> {
    let all = line.minutes_sum();
    let base = takt_of_one(ring, line, time).unwrap_or_else(|| all.as_f64() / 4.0);
    let mut takts: Vec<Minutes> = SHARES.iter().map(|share| rounded(base * share)).collect();
    // Between a tenth of the longest task (ten copies of its station) and one station for everything.
    let least = Minutes::from_ticks((line.minutes_max().ticks() + 9) / 10).max(Minutes::from_ticks(1));
    for takt in &mut takts {
        *takt = (*takt).clamp(least, all.max(least));
    }
    takts.sort_unstable();
    takts.dedup();
    takts.reverse();
    takts
}

fn rounded(minutes: f64) -> Minutes {
    let whole = Minutes::from_f64(minutes.clamp(0.001, 1e6));
    if whole >= Minutes::whole(10) { Minutes::whole(whole.ticks() / 1_000) } else { whole }
}

/// Minutes per piece when one line, at the best of its sites, makes all that is asked for; none without demand.
fn takt_of_one(ring: &Ring, line: &Line, time: &WorkTime) -> Option<f64> {
    let pieces = pieces_asked(ring, line.request.item);
    let minutes = |id: CapabilityId| {
        let row = &ring.capability[id];
        let planned: f64 = time.planned[row.site].iter().sum();
        planned * ring.settings.line_efficiency * row.productivity
    };
    let rows = ring
        .capability
        .enumerate()
        .filter(|(_, row)| row.item == line.request.item && row.line_type == line.request.line_type);
    let most = rows.map(|(id, _)| minutes(id)).fold(0.0, f64::max);
    (pieces > 0.0 && most > 0.0).then(|| most / pieces)
}

/// Pieces of an item that all demand of the horizon takes, inside other items too: replenishment, and draws of
/// exercises that do not come back.
fn pieces_asked(ring: &Ring, item: ItemId) -> f64 {
    let mut asked = vec![0.0; ring.items.len()];
    for row in ring.demand.iter() {
        asked[row.item.index()] += row.quantity.as_f64();
    }
    for row in ring.exercises.iter() {
        asked[row.item.index()] += row.draw.as_f64() * row.write_off_share.get();
    }
    let within = |product: ItemId| {
        let made = ring.made_within(product);
        made.into_iter().find(|(i, _)| *i == item).map_or(0.0, |(_, n)| n.as_f64())
    };
    ring.items.ids().filter(|p| asked[p.index()] > 0.0).map(|p| asked[p.index()] * within(p)).sum()
}
