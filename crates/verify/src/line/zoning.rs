//! `zoning.csv`: `together` - all its tasks on the line share a station; `apart` - no two of them do; `at` - each stands at
//! the station with that number; `last` - at the last one. `stay` speaks of today's line and is checked with a sheet.

use super::subject::Subject;
use crate::faults::{Faults, LINE};
use model::ids::TaskId;
use model::tables::zoning::ZoningKind;
use std::collections::BTreeMap;

/// Checks one option.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let stations = s.option.stations.iter().enumerate();
    let at: BTreeMap<TaskId, usize> = stations.flat_map(|(at, st)| st.tasks.iter().map(move |t| (*t, at))).collect();
    let last = s.option.stations.len().saturating_sub(1);
    for row in s.ring.zoning.iter() {
        let mut placed: Vec<usize> = row.tasks.iter().filter_map(|t| at.get(t).copied()).collect();
        let on_line = placed.len();
        placed.sort_unstable();
        placed.dedup();
        let wanted = row.station.map_or(0, |n| n - 1);
        let (holds, rule) = match row.kind {
            ZoningKind::Together => (placed.len() <= 1, "tasks that belong together share a station"),
            ZoningKind::Apart => (placed.len() == on_line, "tasks that must be apart share no station"),
            ZoningKind::At => (placed.iter().all(|p| *p as i64 == wanted), "tasks stand at the station they must"),
            ZoningKind::Last => (placed.iter().all(|p| *p == last), "tasks stand at the last station where they must"),
            ZoningKind::Stay => continue,
        };
        if !holds {
            faults.tell(LINE, rule, format!("{}: rule `{}` of zoning.csv is not kept", s.name(), row.key));
        }
    }
}
