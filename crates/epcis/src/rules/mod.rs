//! The rules of a document, beyond the bare schema, one kind of fault per function.

pub(crate) mod document;
pub(crate) mod event;
pub(crate) mod value;

use crate::context::Context;
use crate::json::Json;
use crate::read::Faults;

/// Names and namespaces of the parts around the events.
pub(crate) fn check_document(json: &Json, context: &Context, faults: &mut Faults<'_>) {
    const AROUND: [&str; 10] = [
        "@context",
        "id",
        "type",
        "schemaVersion",
        "creationDate",
        "instanceIdentifier",
        "sender",
        "receiver",
        "epcisHeader",
        "epcisBody",
    ];
    if json.get("epcisBody").is_none() {
        return;
    }
    for member in json.members() {
        if AROUND.contains(&member.name.as_str()) {
            if member.name == "creationDate" {
                value::check_rw0747_time(&member.value, faults);
            }
        } else {
            value::check_names(member, &AROUND, context, faults);
        }
    }
}
