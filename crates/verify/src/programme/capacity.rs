//! `make(c, t) <=` sum over the lines of `c` of `cap(t)`, each learning for itself from its `output_from`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::ids::CapabilityId;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// Checks every row made.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut room: BTreeMap<(CapabilityId, usize), Quantity> = BTreeMap::new();
    for row in &s.programme.lines {
        let cycle_time = s.option(row.capability, row.option).cycle_time_planned;
        let planned = &s.time.planned[s.site(row.capability)];
        let (from, made) = (row.output_from.index(), rules::line::experience_of(s.ring, row));
        let capacity = rules::capacity::of_line(s.ring, row.capability, cycle_time, from, made, planned);
        for (period, pieces) in capacity.into_iter().enumerate() {
            *room.entry((row.capability, period)).or_default() += pieces.times(row.count);
        }
    }
    for row in &s.programme.make {
        let most = room.get(&(row.capability, row.period.index())).copied().unwrap_or_default();
        if row.quantity > most {
            let fact = format!(
                "{} makes {} pieces in period {}, its lines can make {most}",
                s.capability_name(row.capability),
                row.quantity,
                shown(row.period.index())
            );
            faults.tell(PROGRAMME, "nothing is made beyond the capacity of the lines", fact);
        }
    }
}
