//! RW0701: an event says what its kind of event must say.

use super::super::{Fault, Ruling};
use super::whole;
use crate::event::{Act, Event};

/// Most serials in one event.
const SERIALS_MAX: usize = 20_000;

/// Most pieces of a lot in one event, in thousandths: sums over any number of events stay far from the end of numbers.
const THOUSANDTHS_MAX: u64 = 1_000_000_000_000;

/// Moments from 1900 to 2199, in milliseconds since 1970.
const TIMES: std::ops::Range<i64> = -2_208_988_800_000..7_258_118_400_000;

pub(super) fn check_rw0701_well_formed(event: &Event, faults: &mut Vec<Fault>) {
    let mut fault = |fact: &str, help| faults.push(whole(701, Ruling::Void, fact, help));
    let may_be_empty = match &event.act {
        Act::Install { lots, .. } => !lots.is_empty(),
        Act::Receive { .. } => true,
        _ => false,
    };
    if event.serials.is_empty() && !may_be_empty {
        fault("the event names no serial", "name the serials it is about");
    }
    if event.serials.len() > SERIALS_MAX {
        fault("the event names more than 20000 serials", "make several events of it");
    }
    if !event.serials.is_sorted_by(|a, b| a < b) {
        fault("a serial stands twice, or the serials are not in order", "name each serial once, in ascending order");
    }
    if event.time.offset_min.unsigned_abs() > 840 || !TIMES.contains(&event.time.ms) {
        fault("the event is said to have happened at no time of a calendar", "write a time from 1900 to 2199");
    }
    match &event.act {
        Act::Install { parent, .. } | Act::Remove { parent } if event.serials.binary_search(parent).is_ok() => {
            fault("a serial is to be inside itself", "name another parent");
        }
        Act::Install { lots, .. } if lots.iter().any(|lot| lot.thousandths == 0) => {
            fault("a lot gives no piece", "say how many pieces of the lot go in");
        }
        Act::Install { lots, .. } if lots.iter().any(|lot| lot.thousandths > THOUSANDTHS_MAX) => {
            fault("a lot gives more than 1000000000 pieces", "say how many pieces of the lot go in");
        }
        Act::Ship { to, .. } if *to == event.organisation => {
            fault("a party hands over to itself", "a hand-over has two parties; name the other in `to=`");
        }
        Act::Receive { from, .. } if *from == event.organisation => {
            fault("a party receives from itself", "a hand-over has two parties; name the other in `from=`");
        }
        Act::Receive { count, .. } if *count < event.serials.len() as u64 => {
            fault("fewer pieces were counted than serials are named", "count the pieces that came, serials included");
        }
        _ => {}
    }
}
