//! Rules of an event: which fields its type has, what they hold, and which go together.

use std::collections::BTreeSet;

use super::value::*;
use crate::context::{Context, is_structured};
use crate::json::{Json, Member, Value};
use crate::read::Faults;
use crate::vocabulary as words;

/// What a field holds.
#[derive(Clone, Copy)]
enum Kind {
    Time,
    Offset,
    Uri,
    Uris,
    Number,
    Text,
    Yes,
    Hex,
    Unit,
    Action,
    Word(&'static str, &'static str),
    Words(&'static str, &'static str),
    /// An object or list of objects with these fields; `bool`: own fields are allowed beside them.
    Objects(&'static [(&'static str, Kind)], &'static [&'static str], bool),
    /// Only fields of somebody's own.
    Own,
    UriOrUris,
    Any,
}

type Fields = &'static [(&'static str, Kind)];

const STEP: Kind = Kind::Word(words::BIZ_STEPS, "a business step");
const DISPOSITION: Kind = Kind::Word(words::DISPOSITIONS, "a disposition");
const PARTY: Kind = Kind::Word(words::PARTIES, "a kind of source or destination");
const QUANTITIES: Kind =
    Kind::Objects(&[("epcClass", Kind::Uri), ("quantity", Kind::Number), ("uom", Kind::Unit)], &["epcClass"], false);
const PLACE: Kind = Kind::Objects(&[("id", Kind::Uri)], &["id"], true);
const TRANSACTIONS: Kind = Kind::Objects(
    &[("type", Kind::Word(words::TRANSACTIONS, "a kind of business transaction")), ("bizTransaction", Kind::Uri)],
    &["bizTransaction"],
    false,
);
const SOURCES: Kind = Kind::Objects(&[("type", PARTY), ("source", Kind::Uri)], &["type", "source"], false);
const DESTINATIONS: Kind =
    Kind::Objects(&[("type", PARTY), ("destination", Kind::Uri)], &["type", "destination"], false);
const PERSISTENT: Kind = Kind::Objects(
    &[
        ("set", Kind::Words(words::DISPOSITIONS, "a disposition")),
        ("unset", Kind::Words(words::DISPOSITIONS, "a disposition")),
    ],
    &[],
    false,
);
const ERROR: Kind = Kind::Objects(
    &[
        ("declarationTime", Kind::Time),
        ("reason", Kind::Word(words::ERROR_REASONS, "a reason of an error declaration")),
        ("correctiveEventIDs", Kind::Uris),
    ],
    &["declarationTime"],
    true,
);
const SENSORS: Kind = Kind::Objects(
    &[
        (
            "sensorMetadata",
            Kind::Objects(
                &[
                    ("time", Kind::Time),
                    ("startTime", Kind::Time),
                    ("endTime", Kind::Time),
                    ("deviceID", Kind::Uri),
                    ("deviceMetadata", Kind::Uri),
                    ("rawData", Kind::Uri),
                    ("dataProcessingMethod", Kind::Uri),
                    ("bizRules", Kind::Uri),
                ],
                &[],
                true,
            ),
        ),
        (
            "sensorReport",
            Kind::Objects(
                &[
                    ("type", Kind::Word(words::MEASUREMENTS, "a kind of measurement")),
                    ("exception", Kind::Word(words::ALERTS, "an alert")),
                    ("deviceID", Kind::Uri),
                    ("deviceMetadata", Kind::Uri),
                    ("rawData", Kind::Uri),
                    ("dataProcessingMethod", Kind::Uri),
                    ("bizRules", Kind::Uri),
                    ("time", Kind::Time),
                    ("microorganism", Kind::Uri),
                    ("chemicalSubstance", Kind::Uri),
                    ("coordinateReferenceSystem", Kind::Uri),
                    ("value", Kind::Number),
                    ("component", Kind::Word(words::COMPONENTS, "a component")),
                    ("stringValue", Kind::Text),
                    ("booleanValue", Kind::Yes),
                    ("hexBinaryValue", Kind::Hex),
                    ("uriValue", Kind::Uri),
                    ("minValue", Kind::Number),
                    ("maxValue", Kind::Number),
                    ("meanValue", Kind::Number),
                    ("sDev", Kind::Number),
                    ("percRank", Kind::Number),
                    ("percValue", Kind::Number),
                    ("uom", Kind::Text),
                ],
                &["type"],
                true,
            ),
        ),
    ],
    &["sensorReport"],
    true,
);

const COMMON: Fields = &[
    ("type", Kind::Any),
    ("eventTime", Kind::Time),
    ("recordTime", Kind::Time),
    ("eventTimeZoneOffset", Kind::Offset),
    ("eventID", Kind::Uri),
    ("certificationInfo", Kind::UriOrUris),
    ("errorDeclaration", ERROR),
    ("bizStep", STEP),
    ("disposition", DISPOSITION),
    ("readPoint", PLACE),
    ("bizLocation", PLACE),
    ("bizTransactionList", TRANSACTIONS),
    ("sourceList", SOURCES),
    ("destinationList", DESTINATIONS),
    ("sensorElementList", SENSORS),
];
const OBJECT: Fields = &[
    ("action", Kind::Action),
    ("epcList", Kind::Uris),
    ("quantityList", QUANTITIES),
    ("persistentDisposition", PERSISTENT),
    ("ilmd", Kind::Own),
];
const AGGREGATION: Fields =
    &[("action", Kind::Action), ("parentID", Kind::Uri), ("childEPCs", Kind::Uris), ("childQuantityList", QUANTITIES)];
const TRANSACTION: Fields =
    &[("action", Kind::Action), ("parentID", Kind::Uri), ("epcList", Kind::Uris), ("quantityList", QUANTITIES)];
const TRANSFORMATION: Fields = &[
    ("inputEPCList", Kind::Uris),
    ("inputQuantityList", QUANTITIES),
    ("outputEPCList", Kind::Uris),
    ("outputQuantityList", QUANTITIES),
    ("transformationID", Kind::Uri),
    ("persistentDisposition", PERSISTENT),
    ("ilmd", Kind::Own),
];

/// The fields of a type besides the common ones, and those it must have.
fn of_type(kind: &str) -> Option<(Fields, &'static [&'static str])> {
    Some(match kind {
        "ObjectEvent" => (OBJECT, &["action"]),
        "AggregationEvent" => (AGGREGATION, &["action"]),
        "AssociationEvent" => (AGGREGATION, &["action", "parentID"]),
        "TransactionEvent" => (TRANSACTION, &["action", "bizTransactionList"]),
        "TransformationEvent" => (TRANSFORMATION, &[]),
        _ => return None,
    })
}

/// Every rule of one event.
pub(crate) fn check(event: &Json, context: &Context, faults: &mut Faults<'_>) {
    let Some(kind) = event.get("type") else {
        faults.at(
            743,
            &(event.at.start..event.at.start + 1),
            "the event has no `type`",
            "say what kind of event it is",
        );
        return;
    };
    let Some(name) = text(kind, "a type of event", faults) else { return };
    let Some((own, needed)) = of_type(name) else {
        // A type of somebody's own has a namespace; nothing more is known of it.
        if !name.contains(':') {
            let types =
                ["ObjectEvent", "AggregationEvent", "AssociationEvent", "TransactionEvent", "TransformationEvent"];
            let near = diag::nearest(name, types).unwrap_or("ObjectEvent");
            faults.at(744, &kind.at, format!("`{name}` is not a type of event"), format!("did you mean `{near}`?"));
        }
        return;
    };
    let known: Vec<(&str, Kind)> = COMMON.iter().chain(own).copied().collect();
    let needed: Vec<&str> = ["eventTime", "eventTimeZoneOffset"].into_iter().chain(needed.iter().copied()).collect();
    members(event, &known, &needed, true, context, faults);
    check_rw0750_together(event, name, faults);
}

/// RW0743 and the rules of each member.
fn members(
    json: &Json,
    known: &[(&str, Kind)],
    needed: &[&str],
    own_allowed: bool,
    context: &Context,
    faults: &mut Faults<'_>,
) {
    for name in needed.iter().filter(|name| json.get(name).is_none()) {
        let at = json.at.start..json.at.start + 1;
        faults.at(743, &at, format!("the field `{name}` is missing"), format!("add `{name}`"));
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    for member in json.members() {
        match known.iter().find(|(name, _)| *name == member.name) {
            Some((_, kind)) => check_kind(&member.value, *kind, context, faults),
            None if !own_allowed && member.name.contains(':') => {
                let fact = format!("`{}` cannot stand here: this part has no fields of one's own", member.name);
                faults.at(745, &member.at, fact, "put it into the event");
            }
            None => own_field(member, &names, context, faults),
        }
    }
}

/// A field of somebody's own: its name, and the names inside it.
fn own_field(member: &Member, known: &[&str], context: &Context, faults: &mut Faults<'_>) {
    let context = context.with(member.value.get("@context"));
    check_names(member, known, &context, faults);
    if is_structured(&member.value) {
        inside(&member.value, &context, faults);
    }
}

fn inside(json: &Json, context: &Context, faults: &mut Faults<'_>) {
    for one in json.list() {
        inside(one, context, faults);
    }
    for member in json.members().iter().filter(|member| member.name.contains(':')) {
        own_field(member, &[], context, faults);
    }
}

fn check_kind(json: &Json, kind: Kind, context: &Context, faults: &mut Faults<'_>) {
    match kind {
        Kind::Any => {}
        Kind::Time => check_rw0747_time(json, faults),
        Kind::Offset => check_rw0747_offset(json, faults),
        Kind::Uri => check_uri(json, context, faults),
        Kind::Uris => list(json, faults, |one, faults| check_uri(one, context, faults)),
        Kind::UriOrUris if json.text().is_some() => check_uri(json, context, faults),
        Kind::UriOrUris => list(json, faults, |one, faults| check_uri(one, context, faults)),
        Kind::Number => check_number(json, faults),
        Kind::Text => {
            text(json, "a text", faults);
        }
        Kind::Yes => {
            if !matches!(json.value, Value::Bool(_)) {
                faults.at(
                    748,
                    &json.at,
                    format!("this is {}, wanted is true or false", json.kind()),
                    "write true or false",
                );
            }
        }
        Kind::Hex => {
            let hex = |written: &str| !written.is_empty() && written.bytes().all(|b| b.is_ascii_hexdigit());
            if text(json, "hexadecimal digits", faults).is_some_and(|written| !hex(written)) {
                faults.at(748, &json.at, "this is not hexadecimal", "write digits 0 to 9 and letters a to f");
            }
        }
        Kind::Unit => {
            let unit =
                |w: &str| matches!(w.len(), 2 | 3) && w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            if text(json, "a unit", faults).is_some_and(|written| !unit(written)) {
                faults.at(
                    748,
                    &json.at,
                    "this is not a unit code",
                    "write a code of UN/CEFACT Recommendation 20, such as `KGM`",
                );
            }
        }
        Kind::Action => {
            if let Some(written) = text(json, "an action", faults).filter(|w| !["OBSERVE", "ADD", "DELETE"].contains(w))
            {
                faults.at(744, &json.at, format!("`{written}` is not an action"), "write OBSERVE, ADD or DELETE");
            }
        }
        Kind::Word(words, what) => check_rw0744_word(json, words, what, context, faults),
        Kind::Words(words, what) => list(json, faults, |one, f| check_rw0744_word(one, words, what, context, f)),
        Kind::Objects(known, needed, own_allowed) => {
            let ones = if matches!(json.value, Value::List(_)) { json.list() } else { std::slice::from_ref(json) };
            for one in ones {
                if matches!(one.value, Value::Object(_)) {
                    members(one, known, needed, own_allowed, &context.with(one.get("@context")), faults);
                } else {
                    faults.at(748, &one.at, format!("this is {}, wanted is an object", one.kind()), "write `{ ... }`");
                }
            }
        }
        Kind::Own => {
            let context = context.with(json.get("@context"));
            json.members().iter().for_each(|member| own_field(member, &[], &context, faults));
        }
    }
}

fn list(json: &Json, faults: &mut Faults<'_>, mut check: impl FnMut(&Json, &mut Faults<'_>)) {
    if !matches!(json.value, Value::List(_)) {
        faults.at(748, &json.at, format!("this is {}, wanted is a list", json.kind()), "write `[ ... ]`");
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for one in json.list() {
        if let Some(written) = one.text().filter(|written| !seen.insert(written)) {
            faults.at(750, &one.at, format!("`{written}` stands twice"), "name it once");
        }
        check(one, faults);
    }
}

/// RW0750: fields that go together.
fn check_rw0750_together(event: &Json, kind: &str, faults: &mut Faults<'_>) {
    let at = event.at.start..event.at.start + 1;
    let has = |name: &str| event.get(name).is_some();
    let filled = |name: &str| event.get(name).is_some_and(|list| !list.list().is_empty());
    let action = event.get("action").and_then(Json::text).unwrap_or_default();
    let senses = filled("sensorElementList") && has("readPoint");
    match kind {
        "ObjectEvent" if !has("epcList") && !filled("quantityList") && !senses => {
            let help = "add `epcList` or `quantityList`, or for a sensor `sensorElementList` with `readPoint`";
            faults.at(750, &at, "the event says nothing of what it is about", help);
        }
        "TransactionEvent" if !has("epcList") && !filled("quantityList") && action != "DELETE" => {
            faults.at(750, &at, "the event says nothing of what it is about", "add `epcList` or `quantityList`");
        }
        "AggregationEvent" | "AssociationEvent"
            if !filled("childEPCs") && !filled("childQuantityList") && action != "DELETE" =>
        {
            faults.at(750, &at, "the event has no children", "add `childEPCs` or `childQuantityList`");
        }
        "TransformationEvent" => {
            let inputs = filled("inputEPCList") || filled("inputQuantityList");
            let outputs = filled("outputEPCList") || filled("outputQuantityList");
            if !(inputs && outputs || has("transformationID") && (inputs || outputs)) {
                let help = "name inputs and outputs, or one of them with a `transformationID`";
                faults.at(750, &at, "the transformation lacks its inputs or outputs", help);
            }
        }
        _ => {}
    }
    if let Some(ilmd) = event.get("ilmd").filter(|_| matches!(action, "OBSERVE" | "DELETE")) {
        faults.at(
            750,
            &ilmd.at,
            format!("`ilmd` does not go with the action {action}"),
            "leave it out, or write the action ADD",
        );
    }
}

/// RW0751: an event id that is a hash fits the event; a warning, since somebody may have hashed another form of it.
pub(crate) fn check_rw0751_hash(event: &Json, hash: &str, faults: &mut Faults<'_>) {
    let Some(id) = event.get("eventID") else { return };
    if let Some(written) =
        id.text().filter(|w| w.starts_with("ni:///sha-256;") && w.ends_with("ver=CBV2.0") && *w != hash)
    {
        let fact = format!("the event's id `{written}` is not the hash of the event");
        faults.warn(751, &id.at, fact, format!("if nothing was changed on its way, it should be `{hash}`"));
    }
}
