//! Bottlenecks: one for a kind of line and period, of lines the programme has, shares within `0..=1` that sum to 1.

use super::stations::is_there;
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::answers::Bottleneck;
use model::results::{Evidence, LineDesign, Programme};
use units::Id;

const RULE: &str = "bottlenecks are stations of the programme, one for a kind of line and period";

/// Checks every bottleneck.
pub(super) fn check(
    ring: &Ring,
    designs: &[LineDesign],
    programme: &Programme,
    evidence: &Evidence,
    faults: &mut Faults,
) {
    let key = |b: &Bottleneck| (b.capability, b.option, b.period);
    if evidence.bottlenecks.windows(2).any(|pair| key(&pair[0]) >= key(&pair[1])) {
        faults.tell(EVIDENCE, RULE, "bottlenecks are not sorted, or one stands twice");
    }
    for b in &evidence.bottlenecks {
        let name = format!(
            "capability {}, option {}, period {}",
            b.capability.index() + 1,
            b.option + 1,
            b.period.index() + 1
        );
        if !is_there(ring, designs, programme, (b.capability, b.option, b.station))
            || b.period.index() >= ring.settings.n_periods
        {
            faults.tell(EVIDENCE, RULE, format!("the bottleneck of {name} is not in the programme"));
            continue;
        }
        let open = [b.working, b.blocked, b.starved, b.waiting_parts, b.waiting_people, b.down];
        let shares = open.into_iter().chain([b.alarm, b.power, b.outage, b.closed]);
        let sum: f64 = shares.clone().sum();
        let within = shares.chain([b.often]).all(|share| (0.0..=1.0 + 1e-9).contains(&share));
        if !within || (sum - 1.0).abs() > 1e-6 || !(0.0..=f64::MAX).contains(&b.pieces) {
            let fact = format!("{name}: shares of the time of the bottleneck sum to {sum}, or one is not a share");
            faults.tell(EVIDENCE, "a station's time is all accounted for", fact);
        }
    }
}
