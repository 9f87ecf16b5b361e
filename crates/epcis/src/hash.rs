//! The hash id of an event: the same for everybody who has the same event, however it is written.
//!
//! # Source
//! CBV 2.0 (GS1 2022), section 8.9, "EPCIS event hash ID"; held against the vectors of its reference implementation.
//!
//! # Differs from the source
//! XML documents are not read.

use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::identifier::canonical;
use crate::json::{Json, Member, Value};
use crate::vocabulary::{self, modern, written_out};
use custody::time::{Stamp, show_utc};

/// What does not take part: names of the event itself, and notes about it.
const LEFT_OUT: [&str; 7] =
    ["@context", "type", "recordTime", "eventID", "errorDeclaration", "rdfs:comment", "comment"];

/// Order of an event's fields; what is not here follows in alphabetical order.
const EVENT: [&str; 23] = [
    "eventTime",
    "eventTimeZoneOffset",
    "certificationInfo",
    "epcList",
    "parentID",
    "inputEPCList",
    "childEPCs",
    "quantityList",
    "childQuantityList",
    "inputQuantityList",
    "outputEPCList",
    "outputQuantityList",
    "action",
    "transformationID",
    "bizStep",
    "disposition",
    "persistentDisposition",
    "readPoint",
    "bizLocation",
    "bizTransactionList",
    "destinationList",
    "sourceList",
    "sensorElementList",
];
const QUANTITY: [&str; 3] = ["epcClass", "quantity", "uom"];
const PERSISTENT: [&str; 2] = ["set", "unset"];
const PLACE: [&str; 1] = ["id"];
const TRANSACTION: [&str; 2] = ["type", "bizTransaction"];
const SOURCE: [&str; 2] = ["type", "source"];
const DESTINATION: [&str; 2] = ["type", "destination"];
const SENSOR: [&str; 2] = ["sensorMetadata", "sensorReport"];
const METADATA: [&str; 8] =
    ["time", "startTime", "endTime", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules"];
const REPORT: [&str; 23] = [
    "type",
    "exception",
    "deviceID",
    "deviceMetadata",
    "rawData",
    "dataProcessingMethod",
    "time",
    "microorganism",
    "chemicalSubstance",
    "value",
    "component",
    "stringValue",
    "booleanValue",
    "hexBinaryValue",
    "uriValue",
    "minValue",
    "maxValue",
    "meanValue",
    "sDev",
    "percRank",
    "percValue",
    "uom",
    "coordinateReferenceSystem",
];

/// How the elements of a list are called, and the order of their fields.
fn elements(list: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match list {
        "epcList" | "childEPCs" | "inputEPCList" | "outputEPCList" => ("epc", &[]),
        "quantityList" | "childQuantityList" | "inputQuantityList" | "outputQuantityList" => {
            ("quantityElement", &QUANTITY)
        }
        "bizTransactionList" => ("", &TRANSACTION),
        "sourceList" => ("", &SOURCE),
        "destinationList" => ("", &DESTINATION),
        "sensorElementList" => ("sensorElement", &SENSOR),
        _ => return None,
    })
}

/// The text that is hashed; `ignored` names fields that take no part, in order.
#[must_use]
pub fn pre_hash(event: &Json, context: &Context, ignored: &[String]) -> String {
    let context = context.with(event.get("@context"));
    let kind = event.get("type").and_then(Json::text).unwrap_or_default();
    let members: Vec<&Member> = event
        .members()
        .iter()
        .filter(|member| !LEFT_OUT.contains(&member.name.as_str()) && ignored.binary_search(&member.name).is_err())
        .collect();
    format!("eventType={}{}", context.expanded_value(kind), fields(&members, &EVENT, &context))
}

/// The hash id.
#[must_use]
pub fn hash_id(event: &Json, context: &Context, ignored: &[String]) -> String {
    let hash: [u8; 32] = Sha256::digest(pre_hash(event, context, ignored).as_bytes()).into();
    format!("ni:///sha-256;{}?ver=CBV2.0", custody::hash::hex(&hash))
}

/// Fields in their order, then the rest sorted.
fn fields(members: &[&Member], order: &[&str], context: &Context) -> String {
    let mut text = String::new();
    for name in order {
        if let Some(member) = members.iter().rfind(|member| member.name == *name) {
            text.push_str(&field(name, &member.value, context));
        }
    }
    let rest = members.iter().filter(|member| !order.contains(&member.name.as_str()) && member.name != "rdfs:comment");
    let mut others: Vec<String> = rest.flat_map(|member| extension(&member.name, &member.value, context)).collect();
    others.sort();
    text + &others.concat()
}

fn field(name: &str, value: &Json, context: &Context) -> String {
    if let Some((element, order)) = elements(name) {
        let mut parts: Vec<String> = value
            .list()
            .iter()
            .map(|one| {
                if order.is_empty() {
                    leaf(element, one, context)
                } else {
                    format!("{element}{}", object(one, order, context))
                }
            })
            .collect();
        parts.sort();
        let all = parts.concat();
        return if all.is_empty() { all } else { format!("{name}{all}") };
    }
    let order: &[&str] = match name {
        "persistentDisposition" => &PERSISTENT,
        "readPoint" | "bizLocation" => &PLACE,
        "sensorMetadata" => &METADATA,
        "sensorReport" => &REPORT,
        _ => &[],
    };
    match &value.value {
        Value::List(list) => {
            let mut parts: Vec<String> = list.iter().map(|one| field(name, one, context)).collect();
            parts.sort();
            parts.concat()
        }
        Value::Object(_) => {
            let inside = object(value, order, context);
            if inside.is_empty() { inside } else { format!("{name}{inside}") }
        }
        _ => leaf(name, value, context),
    }
}

fn object(value: &Json, order: &[&str], context: &Context) -> String {
    let context = context.with(value.get("@context"));
    let members: Vec<&Member> = value.members().iter().filter(|member| member.name != "@context").collect();
    fields(&members, order, &context)
}

/// A field of somebody's own: its name with the namespace written out, one entry for each element of a list.
fn extension(name: &str, value: &Json, context: &Context) -> Vec<String> {
    let full = context.expanded_name(name);
    match &value.value {
        Value::List(list) => list.iter().flat_map(|one| extension(name, one, context)).collect(),
        Value::Object(_) => {
            let context = context.with(value.get("@context"));
            let members = value.members().iter().filter(|member| !LEFT_OUT[..1].contains(&member.name.as_str()));
            let mut inside: Vec<String> =
                members.flat_map(|member| extension(&member.name, &member.value, &context)).collect();
            inside.sort();
            vec![format!("{full}{}", inside.concat())]
        }
        _ => vec![leaf(&full, value, context)],
    }
}

fn leaf(name: &str, value: &Json, context: &Context) -> String {
    let text = match &value.value {
        Value::Text(text) => canonical_text(name, text.trim(), context),
        Value::Number(number) => plain_number(number),
        Value::Bool(yes) => yes.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => String::new(),
    };
    if text.is_empty() { String::new() } else { format!("{name}={text}") }
}

fn canonical_text(name: &str, text: &str, context: &Context) -> String {
    const CBV: &str = "https://ref.gs1.org/cbv/";
    let is_time = matches!(name, "eventTime" | "time" | "startTime" | "endTime");
    if is_time && let Some(stamp) = Stamp::read(text) {
        return show_utc(stamp.ms);
    }
    let text = match name {
        "bizStep" => written_out(vocabulary::BIZ_STEPS, &format!("{CBV}BizStep-"), text),
        "disposition" | "set" | "unset" => written_out(vocabulary::DISPOSITIONS, &format!("{CBV}Disp-"), text),
        "component" => written_out(vocabulary::COMPONENTS, &format!("{CBV}Comp-"), text),
        "exception" => written_out(vocabulary::ALERTS, "https://gs1.org/voc/", text),
        "type" if vocabulary::has(vocabulary::TRANSACTIONS, text) => format!("{CBV}BTT-{text}"),
        "type" if vocabulary::has(vocabulary::PARTIES, text) => format!("{CBV}SDT-{text}"),
        "type" => written_out(vocabulary::MEASUREMENTS, "https://gs1.org/voc/", text),
        _ => text.to_owned(),
    };
    let text = modern(&context.expanded_value(&text));
    if is_decimal(&text) { plain_number(&text) } else { canonical(&text) }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// A number without leading and trailing zeros and without exponent.
fn plain_number(text: &str) -> String {
    let (negative, rest) = (text.starts_with('-'), text.trim_start_matches(['-', '+']));
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // An exponent beyond this is no quantity; writing its zeros would cost memory.
    if !(-64..=64).contains(&exponent) {
        return text.to_owned();
    }
    let mut digits = format!("{whole}{fraction}");
    let mut point = i64::try_from(whole.len()).unwrap_or(0) + exponent;
    while point < 1 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).unwrap_or(0);
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if negative && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_plain_form() {
        for (written, plain) in [
            ("26", "26"),
            ("452.0", "452"),
            ("0.050", "0.05"),
            ("-0.0", "0"),
            ("1.5e2", "150"),
            ("25e-3", "0.025"),
            ("007", "7"),
        ] {
            assert_eq!(plain_number(written), plain);
        }
    }
}
