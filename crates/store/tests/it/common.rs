//! Ledgers in folders of their own, written to with event lines.

use custody::line::{Defaults, read};
use custody::name::{ClientId, Node, Organisation, Serial, Word};
use custody::private::Private;
use custody::time::Stamp;
use custody::world::State;
use diag::Place;
use std::path::PathBuf;
use store::{Identity, Ledger, Receipt, Refused, Request};
use tempfile::TempDir;

/// A fixed time of the node's clock: 2026-03-01T08:00Z.
pub(crate) const NOW: i64 = 1_772_352_000_000;

/// A folder for ledgers, gone when dropped.
pub(crate) struct Room {
    folder: TempDir,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, node: &str) -> PathBuf {
        self.folder.path().join(node)
    }

    pub(crate) fn create(&self, node: &str, organisation: &str) -> Ledger {
        Ledger::create(&self.path(node), &identity(node, organisation)).unwrap()
    }
}

pub(crate) fn identity(node: &str, organisation: &str) -> Identity {
    Identity {
        ring: Word::new("kite").unwrap(),
        node: Node::new(node).unwrap(),
        organisation: Organisation::new(organisation).unwrap(),
    }
}

/// A line as a request; a line without `id=` gets one from its text.
pub(crate) fn request(ledger: &Ledger, line: &str) -> Request {
    let defaults = Defaults {
        organisation: ledger.identity().organisation.clone(),
        now: Stamp { ms: NOW, offset_min: 60 },
        client: ClientId::new(&custody::hash::Hash::of(&[line.as_bytes()]).to_string()).unwrap(),
    };
    let written = read(line, &Place::Result("line".to_owned()), &defaults).unwrap();
    let private = |(name, value): (Word, String)| Private { name, salt: store::salt().unwrap(), value };
    Request { event: written.event, private: written.private.into_iter().map(private).collect() }
}

pub(crate) fn say(ledger: &mut Ledger, line: &str) -> Result<Receipt, Refused> {
    let request = request(ledger, line);
    ledger.append(&[request], NOW).unwrap().pop().unwrap()
}

pub(crate) fn say_all(ledger: &mut Ledger, lines: &[&str]) {
    for line in lines {
        say(ledger, line).unwrap_or_else(|refused| panic!("{line}: {refused}"));
    }
}

pub(crate) fn codes(refused: &Refused) -> Vec<u16> {
    refused.0.iter().map(|diagnostic| diagnostic.code.0).collect()
}

pub(crate) fn serial(text: &str) -> Serial {
    Serial::new(text).unwrap()
}

pub(crate) fn state(ledger: &Ledger, text: &str) -> State {
    ledger.world().units[&serial(text)].state
}

/// The generator of SplitMix64 (Steele, Lea, Flood 2014), so that every run is the same.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}
