//! A line shift by shift: heads, pieces and how busy people are.

use model::Ring;
use model::ids::{CalendarEntryId, SiteId};
use model::results::LineSheet;
use model::tables::calendars::EntryKind;
use units::Minutes;

/// One shift of one site that may run the line.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftUse {
    /// The site.
    pub site: SiteId,
    /// The shift, a row of `calendars.csv`.
    pub shift: CalendarEntryId,
    /// Minutes of the shift.
    pub minutes: Minutes,
    /// Heads at work: those of one crew.
    pub heads: i64,
    /// Pieces of one shift: minutes times line efficiency and productivity over the cycle time with rework.
    pub pieces: f64,
    /// Crew minutes of these pieces over heads times minutes, `0..=1` on a line that keeps its cycle time.
    pub utilisation: f64,
}

/// Every shift of every site that may make the line's first item with its line type, in table order.
///
/// Crew minutes are those as written, at maturity, over the site's productivity; waiting for the slowest station, and what
/// line efficiency leaves out, is what utilisation lacks to 1.
#[must_use]
pub fn shifts(ring: &Ring, sheet: &LineSheet) -> Vec<ShiftUse> {
    let Some(first) = sheet.items.first() else { return Vec::new() };
    let heads = sheet.option.n_heads();
    let work: f64 = sheet
        .option
        .stations
        .iter()
        .flat_map(|s| &s.tasks)
        .map(|t| ring.tasks[*t].crew as f64 * minutes_of(ring, sheet, *t))
        .sum();
    let mut all = Vec::new();
    for row in ring.capability.iter().filter(|r| (r.item, r.line_type) == (first.item, first.line_type)) {
        let calendar = ring.sites[row.site].calendar;
        for (shift, entry) in ring.calendar_entries.enumerate() {
            if Some(entry.calendar) != calendar || entry.kind != EntryKind::Shift {
                continue;
            }
            let minutes = entry.minutes;
            let rate = ring.settings.line_efficiency * row.productivity / sheet.option.cycle_time_planned.as_f64();
            let pieces = minutes.as_f64() * rate;
            let paid = heads as f64 * minutes.as_f64();
            let utilisation = if paid > 0.0 { pieces * work / row.productivity / paid } else { 0.0 };
            all.push(ShiftUse { site: row.site, shift, minutes, heads, pieces, utilisation });
        }
    }
    all
}

/// Minutes of a task for one average piece of the line.
fn minutes_of(ring: &Ring, sheet: &LineSheet, task: model::ids::TaskId) -> f64 {
    let all = rules::labour::tasks_shared(ring, &sheet.items);
    all.into_iter().find(|t| t.task == task).map_or(0.0, |t| rules::labour::minutes(ring, t).as_f64())
}
