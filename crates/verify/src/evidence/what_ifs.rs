//! Stops of one place and one more of something: each once, of what the ring has, shares and quantiles that can be.
//!
//! Their samples are not kept, so their values are taken as seen.

use super::stations::is_there;
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::answers::{Days, Extra, NodeStop, OneMore};
use model::results::{Evidence, LineDesign, Programme};
use model::tables::outages::Target;
use units::Id;

const RULE: &str = "what-ifs are each of something the ring has, with shares and quantiles that can be";

/// Checks every stop and every addition.
pub(super) fn check(
    ring: &Ring,
    designs: &[LineDesign],
    programme: &Programme,
    evidence: &Evidence,
    faults: &mut Faults,
) {
    let mut tell = |fact: String| faults.tell(EVIDENCE, RULE, fact);
    if evidence.stops.windows(2).any(|pair| pair[0].node >= pair[1].node) {
        tell("stops are not sorted, or one stands twice".to_owned());
    }
    if evidence.worth.windows(2).any(|pair| pair[0].extra >= pair[1].extra) {
        tell("additions are not sorted, or one stands twice".to_owned());
    }
    for (at, stop) in evidence.stops.iter().enumerate() {
        if !can_be(ring, stop) {
            tell(format!("stop {} has a share, a quantile or a place that cannot be", at + 1));
        }
    }
    for (at, one) in evidence.worth.iter().enumerate() {
        let known = match one.extra {
            Extra::Place(capability, option, station) | Extra::Copy(capability, option, station) => {
                is_there(ring, designs, programme, (capability, option, station))
            }
            Extra::Person(site, skill) => site.index() < ring.sites.len() && skill.index() < ring.skills.len(),
            Extra::Kit(site, _) => site.index() < ring.sites.len(),
        };
        if !known || !numbers(one) {
            tell(format!("addition {} is of something that is not there, or no number", at + 1));
        }
    }
}

fn numbers(one: &OneMore) -> bool {
    let all = [one.finished, one.half_width, one.late_less, one.late_half_width];
    all.iter().all(|x| x.is_finite()) && one.half_width >= 0.0 && one.late_half_width >= 0.0
}

fn can_be(ring: &Ring, stop: &NodeStop) -> bool {
    let known = match stop.node {
        Target::Site(site) => site.index() < ring.sites.len(),
        Target::Supplier(supplier) => supplier.index() < ring.suppliers.len(),
        Target::Lane(lane) => lane.index() < ring.lanes.len(),
        Target::Zone(_) => false,
    };
    let share = |x: f64| (0.0..=1.0).contains(&x);
    // What 90 % do the 50 % do before.
    let never_last = |a: Option<i64>, b: Option<i64>| match (a, b) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => 0 <= a && a <= b,
    };
    let rises = |d: &Days| never_last(d.p10, d.p50) && never_last(d.p50, d.p90);
    let numbers = stop.lost.is_finite() && (0.0..=f64::MAX).contains(&stop.half_width);
    known
        && stop.from.index() < ring.settings.n_periods
        && share(stop.survives)
        && share(stop.recovers)
        && rises(&stop.survive)
        && rises(&stop.recover)
        && stop.days.is_none_or(|days| days > 0)
        && numbers
}
