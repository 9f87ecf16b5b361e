//! RW0742: the frame of a document: its type, its context and what its kind must have.

use crate::json::{Json, Value};
use crate::read::Faults;

/// Parameters of a query besides those that name a field, such as `EQ_bizStep`.
const PARAMETERS: &str = "eventType GE_eventTime LT_eventTime GE_recordTime LT_recordTime EQ_action EQ_bizStep \
EQ_disposition EQ_persistentDisposition_set EQ_persistentDisposition_unset EQ_readPoint WD_readPoint EQ_bizLocation \
WD_bizLocation EQ_transformationID MATCH_epc MATCH_parentID MATCH_inputEPC MATCH_outputEPC MATCH_anyEPC MATCH_epcClass \
MATCH_inputEPCClass MATCH_outputEPCClass MATCH_anyEPCClass EQ_quantity GT_quantity GE_quantity LT_quantity LE_quantity \
EQ_eventID EXISTS_errorDeclaration GE_errorDeclarationTime LT_errorDeclarationTime EQ_errorReason EQ_correctiveEventID \
orderBy orderDirection eventCountLimit maxEventCount perPage nextPageToken";

/// Beginnings of parameters that name a field.
const FAMILIES: [&str; 12] = [
    "EQ_source_",
    "EQ_destination_",
    "EQ_bizTransaction_",
    "EQ_INNER_",
    "EQ_ILMD_",
    "EQ_SENSOR",
    "EQ_type",
    "EQ_value_",
    "GE_startTime",
    "GE_endTime",
    "EXISTS_",
    "HASATTR_",
];

/// A query instead of a document: its parameters are looked at, since that is what can be wrong with it.
fn check_rw0752_query(json: &Json, faults: &mut Faults<'_>) {
    for member in json.members() {
        let name = member.name.as_str();
        let known = name.starts_with('@')
            || crate::vocabulary::has(PARAMETERS, name)
            || FAMILIES.iter().any(|family| name.starts_with(family))
            || name.split_once('_').is_some_and(|(_, field)| field.contains(':'));
        if !known {
            let near = diag::nearest(name, PARAMETERS.split(' '));
            let help = near.map_or_else(|| "leave it out".to_owned(), |near| format!("did you mean `{near}`?"));
            faults.at(752, &member.at, format!("a query has no parameter `{name}`"), help);
        }
    }
    if faults.list.is_empty() {
        faults.at(742, &json.at, "this is a query, not a document", "give a document with events");
    }
}

pub(crate) fn check_rw0742_document(json: &Json, faults: &mut Faults<'_>) {
    if !matches!(json.value, Value::Object(_)) {
        faults.at(742, &json.at, format!("the document is {}", json.kind()), "write an object `{ ... }`");
        return;
    }
    if json.get("type").is_none() && json.get("eventType").is_some() {
        check_rw0752_query(json, faults);
        return;
    }
    let kind = json.get("type").and_then(Json::text).unwrap_or_default();
    let mut need = |name: &str, help: &str| {
        if json.get(name).is_none() {
            faults.at(742, &(json.at.start..json.at.start + 1), format!("the document has no `{name}`"), help);
        }
    };
    need("type", "write `\"type\": \"EPCISDocument\"`");
    need("@context", "write the official context `https://ref.gs1.org/standards/epcis/epcis-context.jsonld`");
    match kind {
        "EPCISDocument" => {
            need("schemaVersion", "write `\"schemaVersion\": \"2.0\"`");
            need("creationDate", "write when the document was made");
            need("epcisBody", "put the events into `epcisBody`");
            if json
                .get("epcisBody")
                .is_some_and(|body| !matches!(body.get("eventList").map(|l| &l.value), Some(Value::List(_))))
            {
                faults.at(
                    742,
                    &json.at,
                    "the body has no `eventList`",
                    "put the events into `epcisBody` as `eventList`",
                );
            }
        }
        "EPCISQueryDocument" => {
            need("epcisBody", "put the results into `epcisBody`");
            let results = json.get("epcisBody").and_then(|body| body.get("queryResults"));
            let list = results.and_then(|r| r.get("resultsBody")).and_then(|r| r.get("eventList"));
            if json.get("epcisBody").is_some()
                && (list.is_none() || results.is_some_and(|r| r.get("queryName").is_none()))
            {
                let help = "write `queryResults` with `queryName` and `resultsBody`, which has the `eventList`";
                faults.at(742, &json.at, "the body has no query results", help);
            }
        }
        _ => {}
    }
}
