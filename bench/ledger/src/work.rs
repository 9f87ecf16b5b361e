//! Events as a site makes them: units started, built, inspected, released, held, lifted.

use custody::line::{Defaults, read};
use custody::name::{ClientId, Node, Organisation, Word};
use custody::time::Stamp;
use diag::Place;
use store::{Identity, Request};

/// The node that is timed.
pub(crate) fn identity() -> Identity {
    Identity {
        ring: Word::new("bench").expect("a name"),
        node: Node::new("yard").expect("a name"),
        organisation: Organisation::new("maker").expect("a name"),
    }
}

/// The steps a unit goes through; after the last it starts again at the fourth.
const STEPS: [&str; 7] = [
    "start U item=kite",
    "install into=U lots=cell:L:4",
    "inspect U result=passed",
    "release U",
    "hold U reason=bulletin",
    "lift U",
    "release U",
];

/// The serial of a unit.
pub(crate) fn serial(unit: u64) -> String {
    format!("SV5-{unit:07}")
}

/// The event of a step of a unit; the first round through the steps, then hold, lift, release for ever.
pub(crate) fn event(unit: u64, step: u64, lot: u64, now: i64) -> Request {
    let at = if step < 4 { step } else { 4 + (step - 4) % 3 };
    let line =
        STEPS[usize::try_from(at).expect("small")].replace('U', &serial(unit)).replace(":L:", &format!(":L{lot}:"));
    let defaults = Defaults {
        organisation: identity().organisation,
        now: Stamp { ms: now, offset_min: 60 },
        client: ClientId::new(&format!("tablet-{unit}-{step}")).expect("a name"),
    };
    let written = read(&format!("{line} by=p{}", unit % 40), &Place::Result(String::new()), &defaults).expect("a line");
    Request { event: written.event, private: Vec::new() }
}
