//! Namespaces: prefixes that a document's `@context` declares, and names expanded with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::json::{Json, Value};

/// Prefixes and what they stand for: those declared here, then those declared around it. A part that declares nothing
/// shares its surroundings', so that a document of many parts costs no copy for each.
#[derive(Debug, Clone, Default)]
pub struct Context {
    here: Arc<BTreeMap<String, String>>,
    around: Option<Arc<Context>>,
}

/// Longest namespace taken, bytes: names are written out with it, so a long one would make a small document large.
const NAMESPACE_MAX: usize = 256;

/// Prefixes that the official context declares.
const BUILT_IN: [(&str, &str); 6] = [
    ("epcis", "https://ref.gs1.org/epcis/"),
    ("cbv", "https://ref.gs1.org/cbv/"),
    ("gs1", "https://gs1.org/voc/"),
    ("cbvmda", "urn:epcglobal:cbv:mda:"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

impl Context {
    /// What the official context alone declares.
    #[must_use]
    pub fn official() -> Self {
        let here = BUILT_IN.iter().map(|(prefix, is)| ((*prefix).to_owned(), (*is).to_owned())).collect();
        Self { here: Arc::new(here), around: None }
    }

    /// The same with what a `@context` adds. A namespace longer than 256 bytes is none.
    #[must_use]
    pub fn with(&self, context: Option<&Json>) -> Self {
        let Some(context) = context else { return self.clone() };
        let parts = if context.list().is_empty() { std::slice::from_ref(context) } else { context.list() };
        let mut here = BTreeMap::new();
        for member in parts.iter().flat_map(Json::members) {
            let is = member.value.text().or_else(|| member.value.get("@id").and_then(Json::text));
            if let Some(is) = is.filter(|is| is.len() <= NAMESPACE_MAX) {
                here.insert(member.name.clone(), is.to_owned());
            }
        }
        if here.is_empty() {
            return self.clone();
        }
        Self { here: Arc::new(here), around: Some(Arc::new(self.clone())) }
    }

    /// What a prefix stands for.
    #[must_use]
    pub fn prefix(&self, prefix: &str) -> Option<&str> {
        let mut context = self;
        loop {
            if let Some(is) = context.here.get(prefix) {
                return Some(is);
            }
            context = context.around.as_deref()?;
        }
    }

    /// A name as the event hash writes it: `{namespace}local`, or the name itself without a known prefix.
    #[must_use]
    pub fn expanded_name(&self, name: &str) -> String {
        match name.split_once(':').and_then(|(prefix, local)| Some((self.prefix(prefix)?, local))) {
            Some((namespace, local)) => format!("{{{namespace}}}{local}"),
            None => name.to_owned(),
        }
    }

    /// A value with a prefix of GS1 written out; other values stay.
    #[must_use]
    pub fn expanded_value(&self, value: &str) -> String {
        let known = |namespace: &&str| {
            namespace.starts_with("https://ref.gs1.org/") || namespace.starts_with("https://gs1.org/")
        };
        match value.split_once(':').and_then(|(prefix, local)| Some((self.prefix(prefix).filter(known)?, local))) {
            Some((namespace, local)) => format!("{namespace}{local}"),
            None => value.to_owned(),
        }
    }
}

/// Whether a value is an object or a list of them, to be looked into.
pub(crate) fn is_structured(json: &Json) -> bool {
    matches!(json.value, Value::Object(_) | Value::List(_))
}
