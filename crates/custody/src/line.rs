//! Events as people write them: one line, a verb, serials, then `name=value`.
//!
//! ```text
//! ship SV5-0001,SV5-0002 consignment=C17 to=ministry seal=4711 by=p3 at=2026-03-01T10:00+01:00 id=yard-88
//! ```

use std::collections::BTreeMap;

use diag::{Code, Diagnostic, Place, nearest};
use units::Quantity;

use crate::event::{Act, Condition, Event, LotUse, Outcome, RecordId};
use crate::name::{ClientId, Lot, Named, Organisation, Part, Serial, Word, name_fault};
use crate::time::Stamp;

/// What every line may say besides what its verb needs.
const COMMON: [&str; 6] = ["by", "at", "id", "place", "for", "private"];

/// The verbs, each with the names it needs and may have.
const VERBS: [(&str, &[&str], &[&str]); 20] = [
    ("start", &["item"], &[]),
    ("install", &["into"], &["lots"]),
    ("remove", &["from"], &[]),
    ("inspect", &["result"], &[]),
    ("release", &[], &[]),
    ("hold", &["reason"], &[]),
    ("lift", &[], &[]),
    ("pack", &["consignment"], &[]),
    ("unpack", &["consignment"], &[]),
    ("ship", &["consignment", "to", "seal"], &[]),
    ("receive", &["consignment", "from", "seal"], &["count", "condition"]),
    ("accept", &[], &[]),
    ("serve", &[], &[]),
    ("draw", &["exercise"], &[]),
    ("return", &[], &[]),
    ("repair", &[], &[]),
    ("write-off", &["reason"], &[]),
    ("scrap", &["reason"], &[]),
    ("correct", &["wrong", "reason"], &[]),
    ("settle", &["outcome"], &[]),
];

/// What a line leaves open and the node knows.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// The node's organisation.
    pub organisation: Organisation,
    /// The time now, for a line without `at=`.
    pub now: Stamp,
    /// A client id, for a line without `id=`.
    pub client: ClientId,
}

/// An event as written, with the private values that the caller salts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The event, without commitments.
    pub event: Event,
    /// Private values by name.
    pub private: Vec<(Word, String)>,
}

struct Reader<'a> {
    values: BTreeMap<&'a str, &'a str>,
    place: Place,
    faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn fault(&mut self, fact: String, help: impl Into<String>) {
        self.faults.push(Diagnostic::error(Code(701), fact, help).at(self.place.clone(), ""));
    }

    fn parsed<T>(&mut self, name: &str, read: impl Fn(&'a str) -> Option<T>, like: &str) -> Option<T> {
        let value = *self.values.get(name)?;
        let parsed = read(value);
        if parsed.is_none() {
            self.fault(format!("`{}` is not {like}", clipped(value)), format!("write `{name}=` with {like}"));
        }
        parsed
    }

    fn name<T: Named>(&mut self, name: &str) -> Option<T> {
        let value = *self.values.get(name)?;
        if let Some(why) = name_fault(value) {
            let help = "write letters, digits and signs, without space, comma or `=`";
            self.fault(format!("`{}` {why}", clipped(value)), help);
        }
        T::named(value)
    }
}

/// What somebody wrote, as far as it fits into a sentence.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// Reads one line; `place` is where it stands.
///
/// # Errors
/// Everything wrong with it.
pub fn read(line: &str, place: &Place, defaults: &Defaults) -> Result<Written, Vec<Diagnostic>> {
    let mut words = line.split_whitespace();
    let verb = words.next().unwrap_or_default();
    let mut reader = Reader { values: BTreeMap::new(), place: place.clone(), faults: Vec::new() };
    let Some((_, needs, may)) = VERBS.iter().find(|(known, _, _)| *known == verb) else {
        let near = nearest(verb, VERBS.iter().map(|(known, _, _)| *known));
        let help = near.map_or_else(
            || format!("write one of {}", VERBS.map(|(known, _, _)| known).join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        reader.fault(format!("`{}` is not an event", clipped(verb)), help);
        return Err(reader.faults);
    };
    let mut serials: Vec<Serial> = Vec::new();
    for word in words {
        if let Some((name, value)) = word.split_once('=') {
            if !needs.contains(&name) && !may.contains(&name) && !COMMON.contains(&name) {
                let known: Vec<&str> = needs.iter().chain(*may).chain(&COMMON).copied().collect();
                let fact = format!("`{verb}` has no `{}`", clipped(name));
                reader.fault(fact, format!("it knows {}", known.join(", ")));
            } else if reader.values.insert(name, value).is_some() {
                reader.fault(format!("`{name}` stands twice"), "say it once");
            }
            continue;
        }
        for text in word.split(',') {
            match Serial::new(text) {
                Some(serial) => serials.push(serial),
                None => reader.fault(
                    format!("`{}` {}", clipped(text), name_fault(text).unwrap_or_default()),
                    "write serials with a comma between them",
                ),
            }
        }
    }
    for name in needs.iter().chain(&["by"]) {
        if !reader.values.contains_key(name) {
            reader.fault(format!("`{verb}` needs `{name}=`"), format!("add `{name}=` to the line"));
        }
    }
    serials.sort();
    let private = private(&mut reader);
    let event = event(verb, serials, &mut reader, defaults);
    match event.filter(|_| reader.faults.is_empty()) {
        Some(event) => Ok(Written { event, private }),
        None => Err(reader.faults),
    }
}

/// `private=price:120;colour:red`
fn private(reader: &mut Reader<'_>) -> Vec<(Word, String)> {
    let pairs = |text: &str| -> Option<Vec<(Word, String)>> {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once(':')?;
            Some((Word::new(name)?, value.to_owned()))
        };
        text.split(';').map(pair).collect()
    };
    reader.parsed("private", pairs, "private values such as `price:120;colour:red`").unwrap_or_default()
}

fn event(verb: &str, serials: Vec<Serial>, reader: &mut Reader<'_>, defaults: &Defaults) -> Option<Event> {
    let count = serials.len() as u64;
    let act = act(verb, count, reader);
    let time = reader.parsed("at", Stamp::read, "a time such as `2026-03-01T10:00+01:00`");
    let client: Option<ClientId> = reader.name("id");
    let organisation: Option<Organisation> = reader.name("for");
    let place = reader.name("place");
    Some(Event {
        client: client.unwrap_or_else(|| defaults.client.clone()),
        time: time.unwrap_or(defaults.now),
        by: reader.name("by")?,
        organisation: organisation.unwrap_or_else(|| defaults.organisation.clone()),
        place,
        serials,
        act: act?,
        private: Vec::new(),
    })
}

fn act(verb: &str, n_serials: u64, reader: &mut Reader<'_>) -> Option<Act> {
    Some(match verb {
        "start" => Act::Start { item: reader.name("item")? },
        "install" => Act::Install {
            parent: reader.name("into")?,
            lots: reader.parsed("lots", lots, "lots such as `motor:L7:4`").unwrap_or_default(),
        },
        "remove" => Act::Remove { parent: reader.name("from")? },
        "inspect" => {
            let passed = |text: &str| ["failed", "passed"].iter().position(|word| *word == text).map(|i| i == 1);
            Act::Inspect { passed: reader.parsed("result", passed, "`passed` or `failed`")? }
        }
        "release" => Act::Release {},
        "hold" => Act::Hold { reason: reader.name("reason")? },
        "lift" => Act::Lift {},
        "pack" => Act::Pack { consignment: reader.name("consignment")? },
        "unpack" => Act::Unpack { consignment: reader.name("consignment")? },
        "ship" => {
            Act::Ship { consignment: reader.name("consignment")?, to: reader.name("to")?, seal: reader.name("seal")? }
        }
        "receive" => {
            let condition = |text: &str| match text {
                "sound" => Some(Condition::Sound),
                "damaged" => Some(Condition::Damaged),
                _ => None,
            };
            Act::Receive {
                consignment: reader.name("consignment")?,
                from: reader.name("from")?,
                seal: reader.name("seal")?,
                count: reader.parsed("count", |text| text.parse().ok(), "a number of pieces").unwrap_or(n_serials),
                condition: reader.parsed("condition", condition, "`sound` or `damaged`").unwrap_or(Condition::Sound),
            }
        }
        "accept" => Act::Accept {},
        "serve" => Act::Serve {},
        "draw" => Act::Draw { exercise: reader.name("exercise")? },
        "return" => Act::Return {},
        "repair" => Act::Repair {},
        "write-off" => Act::WriteOff { reason: reader.name("reason")? },
        "scrap" => Act::Scrap { reason: reader.name("reason")? },
        "correct" => Act::Correct {
            wrong: reader.parsed("wrong", RecordId::read, "a record such as `yard/17`")?,
            reason: reader.name("reason")?,
        },
        _ => {
            let outcome = |text: &str| match text.split_once(':') {
                Some(("with", holder)) => Some(Outcome::With { holder: Organisation::new(holder)? }),
                None if text == "lost" => Some(Outcome::Lost {}),
                _ => None,
            };
            Act::Settle { outcome: reader.parsed("outcome", outcome, "`with:PARTY` or `lost`")? }
        }
    })
}

/// `motor:L7:4;cell:B2:12`
fn lots(text: &str) -> Option<Vec<LotUse>> {
    let one = |text: &str| {
        let mut parts = text.split(':');
        let (part, lot, pieces) = (parts.next()?, parts.next()?, parts.next()?);
        let quantity: Quantity = pieces.parse().ok()?;
        let thousandths = u64::try_from(quantity.ticks()).ok()?;
        parts.next().is_none().then_some(LotUse { part: Part::new(part)?, lot: Lot::new(lot)?, thousandths })
    };
    text.split(';').map(one).collect()
}
