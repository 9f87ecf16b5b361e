//! `sum of send[l, i, t] over i  <=  capacity[l]`; a lane that is stopped has no column.

use crate::build::Build;
use crate::key::{Group, Key, Series};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (lane, row) in data.ring.lanes.enumerate() {
        let Some(most) = row.capacity else {
            continue;
        };
        for t in 0..data.n {
            let items = data.network.lanes[lane].items.iter();
            let terms: Vec<_> = items.filter_map(|i| build.term(Key::Send(lane, *i, t), 1.0)).collect();
            if !terms.is_empty() {
                let at = (Series::Lane(lane), t);
                build.row_in(at, Group::LaneCapacity(lane), f64::NEG_INFINITY, most.as_f64(), terms);
            }
        }
    }
}
