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
    /// Fields that the sender says are no part of an event, such as marks of its repository; in order.
    pub ignored: Vec<String>,
    /// What the reader should know, though it is no fault.
    pub warnings: Vec<Diagnostic>,
}

/// Where faults are put.
pub(crate) struct Faults<'a> {
    file: &'a str,
    pub(crate) list: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    more: u64,
}

/// Most faults, and most warnings, told of a document.
const TOLD_MOST: usize = 1_000;

/// Most bytes of a fact or a help: both quote the document.
const WORDS_MAX: usize = 400;

/// A long text cut off.
fn shortened(mut text: String) -> String {
    if text.len() > WORDS_MAX {
        let end = (0..=WORDS_MAX).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push_str(" ...");
    }
    text
}

impl Faults<'_> {
    /// An error at a value. Beyond [`TOLD_MOST`] they are only counted.
    pub(crate) fn at(
        &mut self,
        code: u16,
        at: &std::ops::Range<usize>,
        fact: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.list.len() == TOLD_MOST {
            self.more += 1;
        } else {
            self.list.push(self.diagnostic(code, at, fact.into(), help.into()));
        }
    }

    /// Something odd at a value that is no fault. Beyond [`TOLD_MOST`] nothing more is said.
    pub(crate) fn warn(
        &mut self,
        code: u16,
        at: &std::ops::Range<usize>,
        fact: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.warnings.len() < TOLD_MOST {
            let diagnostic = self.diagnostic(code, at, fact.into(), help.into());
            self.warnings.push(Diagnostic { severity: Severity::Warning, ..diagnostic });
        }
    }

    fn diagnostic(&self, code: u16, at: &std::ops::Range<usize>, fact: String, help: String) -> Diagnostic {
        let place = Place::Span { file: self.file.to_owned(), start: at.start, end: at.end };
        Diagnostic::error(Code(code), shortened(fact), shortened(help)).at(place, "")
    }
}

/// Reads a capture or query document, or a bare event with a context. `file` is what faults call it.
///
/// # Errors
/// Every rule it breaks, in the order of the text.
pub fn read(file: &str, text: &str) -> Result<Document, Vec<Diagnostic>> {
    let mut faults = Faults { file, list: Vec::new(), warnings: Vec::new(), more: 0 };
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
        faults.warn(741, at, fact, "readers take the last one; leave the others out");
    }
    let context = Context::official().with(json.get("@context"));
    rules::document::check_rw0742_document(&json, &mut faults);
    let ignored = ignored(&json);
    if faults.list.is_empty() {
        rules::check_document(&json, &context, &mut faults);
        for event in events(&json) {
            rules::event::check(event, &context.with(event.get("@context")), &mut faults);
        }
    }
    let mut document = Document { json, context, ignored, warnings: Vec::new() };
    if faults.list.is_empty() {
        for event in document.events() {
            rules::event::check_rw0751_hash(event, &document.hash_id(event), &mut faults);
        }
    }
    if faults.more > 0 {
        let fact = format!("the document has {} more faults", faults.more);
        let all = Place::Span { file: file.to_owned(), start: 0, end: text.len().min(1) };
        faults.list.push(Diagnostic::error(Code(741), fact, "mend those told and ask again").at(all, ""));
    }
    document.warnings = faults.warnings;
    if faults.list.is_empty() { Ok(document) } else { Err(faults.list) }
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
    let mut all: Vec<String> =
        lists.flat_map(|member| member.value.list()).filter_map(|one| one.text().map(str::to_owned)).collect();
    all.sort_unstable();
    all
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
