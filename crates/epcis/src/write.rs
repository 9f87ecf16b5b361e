//! Writing: events of a ring as a document that is valid against the official schema.
//!
//! Words of the Core Business Vocabulary are used where they fit; where it has none, the step is a URI of our own. What
//! EPCIS has no field for (seal, count, person, reason) stands in fields of our namespace.

use custody::event::{Act, Condition, Event, LotUse, Outcome, RecordId};
use custody::name::Serial;
use custody::record::{Body, Record};
use custody::time::{Stamp, show_offset, show_utc};

use crate::hash::hash_id;
use crate::json::{Json, Member, Value, show};

/// The namespace of our own fields and steps.
const NAMESPACE: &str = "urn:ringworks:";
const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld";

/// What an act is called: type of event, action, step, disposition.
fn terms(act: &Act) -> (&'static str, &'static str, &'static str, &'static str) {
    match act {
        Act::Start { .. } => ("ObjectEvent", "ADD", "commissioning", "active"),
        Act::Install { .. } => ("AssociationEvent", "ADD", "installing", "in_progress"),
        Act::Remove { .. } => ("AssociationEvent", "DELETE", "removing", "in_progress"),
        Act::Inspect { passed: true } => ("ObjectEvent", "OBSERVE", "inspecting", "conformant"),
        Act::Inspect { passed: false } => ("ObjectEvent", "OBSERVE", "inspecting", "non_conformant"),
        Act::Release {} => ("ObjectEvent", "OBSERVE", "stocking", "available"),
        Act::Hold { .. } => ("ObjectEvent", "OBSERVE", "holding", "unavailable"),
        Act::Lift {} => ("ObjectEvent", "OBSERVE", "urn:ringworks:step:lifting", "in_progress"),
        Act::Pack { .. } => ("AggregationEvent", "ADD", "packing", "container_closed"),
        Act::Unpack { .. } => ("AggregationEvent", "DELETE", "unpacking", "container_open"),
        Act::Ship { .. } => ("ObjectEvent", "OBSERVE", "shipping", "in_transit"),
        Act::Receive { condition: Condition::Sound, .. } => ("ObjectEvent", "OBSERVE", "receiving", "in_progress"),
        Act::Receive { condition: Condition::Damaged, .. } => ("ObjectEvent", "OBSERVE", "receiving", "damaged"),
        Act::Accept {} => ("ObjectEvent", "OBSERVE", "accepting", "in_progress"),
        Act::Serve {} => ("ObjectEvent", "OBSERVE", "urn:ringworks:step:serving", "active"),
        Act::Draw { .. } => ("ObjectEvent", "OBSERVE", "dispensing", "dispensed"),
        Act::Return {} => ("ObjectEvent", "OBSERVE", "urn:ringworks:step:returning", "returned"),
        Act::Repair {} => ("ObjectEvent", "OBSERVE", "repairing", "needs_replacement"),
        Act::WriteOff { .. } => ("ObjectEvent", "DELETE", "decommissioning", "inactive"),
        Act::Scrap { .. } => ("ObjectEvent", "DELETE", "destroying", "destroyed"),
        Act::Correct { .. } => ("ObjectEvent", "OBSERVE", "other", "unknown"),
        Act::Settle { .. } => ("ObjectEvent", "OBSERVE", "urn:ringworks:step:settling", "unknown"),
    }
}

/// An object in the making.
#[derive(Default)]
struct Object(Vec<Member>);

fn json(value: Value) -> Json {
    Json { at: 0..0, value }
}

fn text(text: impl Into<String>) -> Json {
    json(Value::Text(text.into()))
}

impl Object {
    fn put(&mut self, name: &str, value: Json) {
        self.0.push(Member { at: 0..0, name: name.to_owned(), value });
    }

    fn with(mut self, name: &str, value: Json) -> Self {
        self.put(name, value);
        self
    }

    fn json(self) -> Json {
        json(Value::Object(self.0))
    }
}

fn list<T>(of: impl IntoIterator<Item = T>, one: impl Fn(T) -> Json) -> Json {
    json(Value::List(of.into_iter().map(one).collect()))
}

/// Letters that a URI part may hold as they are; the rest is percent-encoded.
fn escaped(part: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    part.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Names of a ring as URIs.
struct Names<'a> {
    ring: &'a str,
}

impl Names<'_> {
    fn uri(&self, kind: &str, name: &str) -> Json {
        text(format!("{NAMESPACE}{}:{kind}:{}", escaped(self.ring), escaped(name)))
    }

    /// A serial that is a URI stays what it is; a short name becomes one.
    fn serial(&self, serial: &Serial) -> Json {
        let name = serial.as_str();
        let is_uri = name.starts_with("urn:") || name.starts_with("https://") || name.starts_with("http://");
        if is_uri { text(name) } else { self.uri("serial", name) }
    }

    fn party(&self, kind: &str, field: &str, name: &str) -> Json {
        let object = Object::default().with("type", text(kind)).with(field, self.uri("party", name)).json();
        json(Value::List(vec![object]))
    }

    fn lot(&self, lot: &LotUse) -> Json {
        let name = format!("{}:{}", escaped(lot.part.as_str()), escaped(lot.lot.as_str()));
        let class = text(format!("{NAMESPACE}{}:lot:{name}", escaped(self.ring)));
        let (whole, rest) = (lot.thousandths / 1000, lot.thousandths % 1000);
        let number = if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") };
        Object::default().with("epcClass", class).with("quantity", json(Value::Number(number))).json()
    }
}

/// An event of a record; `declared`: it was wrong, as the event with this id says since that time.
fn event_json(record: &Record, event: &Event, names: &Names<'_>, declared: Option<(&str, Stamp)>) -> Json {
    let (kind, action, step, disposition) = terms(&event.act);
    let mut object = Object::default();
    object.put("type", text(kind));
    object.put("eventTime", text(event.time.to_string()));
    object.put("recordTime", text(show_utc(record.record_time)));
    object.put("eventTimeZoneOffset", text(show_offset(event.time.offset_min)));
    let serials = list(&event.serials, |serial| names.serial(serial));
    match &event.act {
        Act::Install { parent, .. } | Act::Remove { parent } => {
            object.put("parentID", names.serial(parent));
            object.put("childEPCs", serials);
        }
        Act::Pack { consignment } | Act::Unpack { consignment } => {
            object.put("parentID", names.uri("consignment", consignment.as_str()));
            object.put("childEPCs", serials);
        }
        _ => object.put("epcList", serials),
    }
    if let Act::Install { lots, .. } = &event.act
        && !lots.is_empty()
    {
        object.put("childQuantityList", list(lots, |lot| names.lot(lot)));
    }
    object.put("action", text(action));
    object.put("bizStep", text(step));
    object.put("disposition", text(disposition));
    object.put("readPoint", Object::default().with("id", names.uri("node", record.node.as_str())).json());
    if let Some(place) = &event.place {
        object.put("bizLocation", Object::default().with("id", names.uri("place", place.as_str())).json());
    }
    parties(event, names, &mut object);
    if let Some((id, time)) = declared {
        let error = Object::default()
            .with("declarationTime", text(time.to_string()))
            .with("reason", text("incorrect_data"))
            .with("correctiveEventIDs", json(Value::List(vec![text(id)])));
        object.put("errorDeclaration", error.json());
    }
    own_fields(record, event, names, &mut object);
    object.json()
}

/// Who gives, who gets, and as what.
fn parties(event: &Event, names: &Names<'_>, object: &mut Object) {
    let own = event.organisation.as_str();
    let consignment = match &event.act {
        Act::Ship { consignment, to, .. } => {
            object.put("sourceList", names.party("possessing_party", "source", own));
            object.put("destinationList", names.party("possessing_party", "destination", to.as_str()));
            Some(consignment)
        }
        Act::Receive { consignment, from, .. } => {
            object.put("sourceList", names.party("possessing_party", "source", from.as_str()));
            object.put("destinationList", names.party("possessing_party", "destination", own));
            Some(consignment)
        }
        Act::Accept {} => {
            object.put("destinationList", names.party("owning_party", "destination", own));
            None
        }
        _ => None,
    };
    if let Some(consignment) = consignment {
        let advice = Object::default()
            .with("type", text("desadv"))
            .with("bizTransaction", names.uri("consignment", consignment.as_str()));
        object.put("bizTransactionList", json(Value::List(vec![advice.json()])));
    }
}

/// What EPCIS has no field for.
fn own_fields(record: &Record, event: &Event, names: &Names<'_>, object: &mut Object) {
    let mut put = |name: &str, value: Json| object.put(&format!("ringworks:{name}"), value);
    put("event", text(event.act.word()));
    put("record", text(record.id().to_string()));
    put("by", names.uri("person", event.by.as_str()));
    put("organisation", names.uri("party", event.organisation.as_str()));
    put("client", text(event.client.as_str()));
    match &event.act {
        Act::Start { item } => put("item", text(item.as_str())),
        Act::Ship { seal, .. } => put("seal", text(seal.as_str())),
        Act::Receive { seal, count, condition, .. } => {
            put("seal", text(seal.as_str()));
            put("count", json(Value::Number(count.to_string())));
            put("condition", text(if *condition == Condition::Sound { "sound" } else { "damaged" }));
        }
        Act::Hold { reason } | Act::WriteOff { reason } | Act::Scrap { reason } => put("reason", text(reason.as_str())),
        Act::Draw { exercise } => put("exercise", text(exercise.as_str())),
        Act::Correct { wrong, reason } => {
            put("wrong", text(wrong.to_string()));
            put("reason", text(reason.as_str()));
        }
        Act::Settle { outcome: Outcome::With { holder } } => put("outcome", names.uri("party", holder.as_str())),
        Act::Settle { outcome: Outcome::Lost {} } => put("outcome", text("lost")),
        _ => {}
    }
    if !event.private.is_empty() {
        let one = |private: &custody::event::Commitment| {
            let object = Object::default().with("ringworks:name", text(private.name.as_str()));
            object.with("ringworks:commitment", text(private.hash.to_string())).json()
        };
        put("private", list(&event.private, one));
    }
}

/// A document of records' events, each with its hash id. A correction is its own event and, as EPCIS has it, the wrong
/// event once more with a declaration of the error; `find` gives that event.
///
/// `made` is when the document was made.
#[must_use]
pub fn write(ring: &str, records: &[Record], made: Stamp, find: impl Fn(&RecordId) -> Option<Record>) -> String {
    let names = Names { ring };
    let context = vec![text(CONTEXT), Object::default().with("ringworks", text(NAMESPACE)).json()];
    let context = json(Value::List(context));
    let namespaces = crate::context::Context::official().with(Some(&context));
    let mut events = Vec::new();
    let mut put = |mut event: Json| {
        let id = hash_id(&event, &namespaces, &[]);
        if let Value::Object(members) = &mut event.value {
            members.insert(1, Member { at: 0..0, name: "eventID".to_owned(), value: text(id.as_str()) });
        }
        events.push(event);
        id
    };
    for record in records {
        let Body::Event { event } = &record.body else { continue };
        let id = put(event_json(record, event, &names, None));
        if let Act::Correct { wrong, .. } = &event.act
            && let Some(old) = find(wrong)
            && let Body::Event { event: old_event } = &old.body
        {
            put(event_json(&old, old_event, &names, Some((&id, event.time))));
        }
    }
    let body = Object::default().with("eventList", json(Value::List(events)));
    let document = Object::default()
        .with("@context", context)
        .with("type", text("EPCISDocument"))
        .with("schemaVersion", text("2.0"))
        .with("creationDate", text(made.to_string()))
        .with("epcisBody", body.json());
    show(&document.json())
}
