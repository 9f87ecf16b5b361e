//! Reading a document: JSON, then its shape, then every rule; all faults at once, each at its place.

use diag::{Code, Diagnostic, Place, Severity};

use crate::context::Context;
use crate::hash::hash_id;
use crate::json::{Json, Value, parse};
use crate::rules;

/// A document that keeps all rules.
#[derive(Debug, Clone)]
pub struct Document {
    /// The whole of it.
    pub json: Json,
    /// Its namespaces.
    pub context: Context,
    /// Fields that the sender says are no part of an event, such as marks of its repository.
    pub ignored: Vec<String>,
    /// What the reader should know, though it is no fault.
    pub warnings: Vec<Diagnostic>,
}

/// Where faults are put.
pub(crate) struct Faults<'a> {
    file: &'a str,
    pub(crate) list: Vec<Diagnostic>,
}

impl Faults<'_> {
    /// An error at a value.
    pub(crate) fn at(
        &mut self,
        code: u16,
        at: &std::ops::Range<usize>,
        fact: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place::Span { file: self.file.to_owned(), start: at.start, end: at.end };
        self.list.push(Diagnostic::error(Code(code), fact, help).at(place, ""));
    }
}

/// Reads a capture or query document, or a bare event with a context. `file` is what faults call it.
///
/// # Errors
/// Every rule it breaks, in the order of the text.
pub fn read(file: &str, text: &str) -> Result<Document, Vec<Diagnostic>> {
    let mut faults = Faults { file, list: Vec::new() };
    let (json, repeated) = match parse(text) {
        Ok(read) => read,
        Err(why) => {
            let at = why.at..(why.at + 1).min(text.len());
            faults.at(741, &at, format!("the document is not JSON: {}", why.why), "mend the text at this place");
            return Err(faults.list);
        }
    };
    for at in &repeated {
        let fact = format!("the name {} stands a second time in its object", &text[at.clone()]);
        faults.at(741, at, fact, "readers take the last one; leave the others out");
        faults.list.iter_mut().for_each(|fault| fault.severity = Severity::Warning);
    }
    let context = Context::official().with(json.get("@context"));
    rules::document::check_rw0742_document(&json, &mut faults);
    let ignored = ignored(&json);
    let is_sound = |faults: &Faults<'_>| faults.list.iter().all(|fault| fault.severity == Severity::Warning);
    if is_sound(&faults) {
        rules::check_document(&json, &context, &mut faults);
        for event in events(&json) {
            rules::event::check(event, &context.with(event.get("@context")), &mut faults);
        }
    }
    let mut document = Document { json, context, ignored, warnings: Vec::new() };
    if is_sound(&faults) {
        for event in document.events() {
            rules::event::check_rw0751_hash(event, &document.hash_id(event), &mut faults);
        }
    }
    let (errors, warnings) = faults.list.into_iter().partition(|fault| fault.severity == Severity::Error);
    document.warnings = warnings;
    let errors: Vec<Diagnostic> = errors;
    if errors.is_empty() { Ok(document) } else { Err(errors) }
}

/// The events of a document, wherever its kind puts them.
fn events(json: &Json) -> &[Json] {
    let body = json.get("epcisBody");
    let results = body.and_then(|body| body.get("queryResults")).and_then(|results| results.get("resultsBody"));
    match body.and_then(|body| body.get("eventList")).or_else(|| results.and_then(|results| results.get("eventList"))) {
        Some(list) => list.list(),
        None if body.is_none() => std::slice::from_ref(json),
        None => &[],
    }
}

fn ignored(json: &Json) -> Vec<String> {
    let body = json.get("epcisBody");
    let results = body.and_then(|body| body.get("queryResults"));
    let places = [Some(json), body, results].into_iter().flatten();
    let lists = places.flat_map(Json::members).filter(|member| member.name.ends_with(":ignoreFields"));
    lists.flat_map(|member| member.value.list()).filter_map(|one| one.text().map(str::to_owned)).collect()
}

impl Document {
    /// Its events, in order.
    #[must_use]
    pub fn events(&self) -> &[Json] {
        events(&self.json)
    }

    /// The hash id of one of its events.
    #[must_use]
    pub fn hash_id(&self, event: &Json) -> String {
        hash_id(event, &self.context, &self.ignored)
    }

    /// What it speaks of: identifiers of things and classes, as written, and the hash ids of its events.
    #[must_use]
    pub fn mentions(&self) -> Vec<String> {
        let mut names: Vec<String> = self.events().iter().map(|event| self.hash_id(event)).collect();
        for event in self.events() {
            for member in event.members() {
                match (member.name.as_str(), &member.value.value) {
                    ("parentID" | "transformationID", Value::Text(text)) => names.push(text.clone()),
                    ("epcList" | "childEPCs" | "inputEPCList" | "outputEPCList", _) => {
                        names.extend(member.value.list().iter().filter_map(|one| one.text().map(str::to_owned)));
                    }
                    (name, _) if name.ends_with("uantityList") => {
                        let classes = member.value.list().iter().filter_map(|one| one.get("epcClass"));
                        names.extend(classes.filter_map(|class| class.text().map(str::to_owned)));
                    }
                    _ => {}
                }
            }
        }
        names.sort();
        names.dedup();
        names
    }
}
