//! Use of stations: of lines the programme has, each once, shares within `0..=1` that sum to 1.

use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::ids::CapabilityId;
use model::results::evidence::StationUse;
use model::results::{Evidence, LineDesign, Programme};
use rules::line::option_of;
use units::{Id, Minutes};

/// Checks every station.
pub(super) fn check(
    ring: &Ring,
    designs: &[LineDesign],
    programme: &Programme,
    evidence: &Evidence,
    faults: &mut Faults,
) {
    let key = |s: &StationUse| (s.capability, s.option, s.station);
    if evidence.stations.windows(2).any(|pair| key(&pair[0]) >= key(&pair[1])) {
        faults.tell(EVIDENCE, "stations are sorted, each once", "stations are not sorted, or one stands twice");
    }
    for s in &evidence.stations {
        let name =
            format!("station {} of capability {}, option {}", s.station + 1, s.capability.index() + 1, s.option + 1);
        if !is_there(ring, designs, programme, key(s)) {
            faults.tell(EVIDENCE, "stations are of lines in the programme", format!("{name} is not in the programme"));
            continue;
        }
        let shares = [s.working, s.blocked, s.starved, s.waiting_parts, s.waiting_people, s.down, s.stopped];
        let sum: f64 = shares.iter().sum();
        let within = shares.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share));
        if !within || (sum - 1.0).abs() > 1e-6 || s.minutes < Minutes::ZERO || !(0.0..=f64::MAX).contains(&s.pieces) {
            let fact = format!("{name}: shares of its time sum to {sum}, or one is not a share");
            faults.tell(EVIDENCE, "a station's time is all accounted for", fact);
        }
    }
}

/// True when the programme has lines of that capability and option, and these such a station.
pub(super) fn is_there(
    ring: &Ring,
    designs: &[LineDesign],
    programme: &Programme,
    (capability, option, station): (CapabilityId, usize, usize),
) -> bool {
    let ordered = programme.lines.iter().any(|l| (l.capability, l.option) == (capability, option));
    let known = capability.index() < ring.capability.len();
    let found = if known { option_of(ring, designs, capability, option) } else { None };
    ordered && found.is_some_and(|o| station < o.stations.len())
}
