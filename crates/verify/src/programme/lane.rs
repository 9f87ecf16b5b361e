//! Shipments: only while the lane carries, and per lane and period, all items together, <= `capacity`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::ids::LaneId;
use rules::lag;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// Checks every lane and period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut sent: BTreeMap<(LaneId, usize), Quantity> = BTreeMap::new();
    for row in &s.programme.shipments {
        *sent.entry((row.lane, row.period.index())).or_default() += row.quantity;
    }
    for ((lane, period), pieces) in sent {
        let row = &s.ring.lanes[lane];
        let key = &row.key;
        if !lag::lane_carries(s.ring, lane, period) {
            let fact = format!("{pieces} pieces are sent on `{key}` in period {}, when it is stopped", shown(period));
            faults.tell(PROGRAMME, "nothing is sent on a stopped lane", fact);
        }
        if let Some(most) = row.capacity.filter(|most| pieces > *most) {
            let fact = format!("{pieces} pieces are sent on `{key}` in period {}, {most} at most", shown(period));
            faults.tell(PROGRAMME, "shipments do not exceed the lane's capacity", fact);
        }
    }
}
