//! The forms of what is kept between runs: the same as those of results, and what only the cache holds.

use diag::{Code, Diagnostic, Label, Place, Severity};
use model::Ring;
use plan::FirstStage;
use serde_json::{Value, json};
use study::{Digest, Entry, Known, Planned};

use super::form::{Form, Unreadable, field, records, tagged, words};

words! {
    Severity { Error, Warning }
}

records! {
    decide::Settled { value, bound, exposure }
    Planned { designs, programme }
    FirstStage { sites, lines }
    Diagnostic { code, severity, fact, labels, help }
    Label { place, text }
}

/// The bytes of an entry.
pub(crate) fn bytes(entry: &Entry) -> Vec<u8> {
    entry.put().to_string().into_bytes()
}

/// The entry of bytes; none when they are no entry about this ring.
pub(crate) fn read(bytes: &[u8], ring: &Ring) -> Option<Entry> {
    Entry::take(&serde_json::from_slice(bytes).ok()?, ring).ok()
}

impl Form for Entry {
    fn put(&self) -> Value {
        match self {
            Self::Menus(designs) => tagged("Menus", designs.put()),
            Self::Plan(planned) => tagged("Plan", planned.put()),
            Self::Evidence(evidence) => tagged("Evidence", evidence.put()),
            Self::Values(values) => {
                let one = |(digest, known): &(Digest, Known)| json!([hex(digest), known.put()]);
                tagged("Values", values.iter().map(one).collect())
            }
            Self::Decision(decision) => tagged("Decision", decision.put()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        let has = |tag| value.get(tag).is_some();
        if has("Menus") {
            field(value, "Menus", ring).map(Self::Menus)
        } else if has("Plan") {
            field(value, "Plan", ring).map(|planned| Self::Plan(Box::new(planned)))
        } else if has("Evidence") {
            field(value, "Evidence", ring).map(|evidence| Self::Evidence(Box::new(evidence)))
        } else if has("Values") {
            let list: Vec<(String, Known)> = field(value, "Values", ring)?;
            let one = |(text, known): (String, Known)| Some((digest(&text)?, known));
            let values: Option<Vec<_>> = list.into_iter().map(one).collect();
            values.map(Self::Values).ok_or_else(|| Unreadable::wanted("digests"))
        } else if has("Decision") {
            field(value, "Decision", ring).map(|decision| Self::Decision(Box::new(decision)))
        } else {
            Err(Unreadable::wanted("something kept"))
        }
    }
}

impl Form for Known {
    fn put(&self) -> Value {
        match self {
            Self::Value(value) => tagged("Value", value.put()),
            Self::Settled(value, first) => tagged("Settled", json!([value.put(), first.put()])),
            Self::Refused(faults) => tagged("Refused", faults.put()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.get("Value").is_some() {
            field(value, "Value", ring).map(Self::Value)
        } else if value.get("Settled").is_some() {
            field(value, "Settled", ring).map(|(value, first)| Self::Settled(value, first))
        } else {
            field(value, "Refused", ring).map(Self::Refused)
        }
    }
}

impl Form for Code {
    fn put(&self) -> Value {
        json!(self.0)
    }

    fn take(value: &Value, _: &Ring) -> Result<Self, Unreadable> {
        let number = value.as_u64().and_then(|n| u16::try_from(n).ok());
        number.map(Self).ok_or_else(|| Unreadable::wanted("a code"))
    }
}

impl Form for Place {
    fn put(&self) -> Value {
        match self {
            Self::Cell { table, row, column } => json!({ "table": table, "row": row, "column": column }),
            Self::Header { table, column } => json!({ "table": table, "header": column }),
            Self::Setting(path) => json!({ "setting": path }),
            Self::Span { file, start, end } => json!({ "file": file, "start": start, "end": end }),
            Self::Result(name) => json!({ "result": name }),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        let has = |name| value.get(name).is_some();
        if has("row") {
            let (table, row) = (field(value, "table", ring)?, field(value, "row", ring)?);
            Ok(Self::Cell { table, row, column: field(value, "column", ring)? })
        } else if has("table") {
            Ok(Self::Header { table: field(value, "table", ring)?, column: field(value, "header", ring)? })
        } else if has("setting") {
            field(value, "setting", ring).map(Self::Setting)
        } else if has("file") {
            let (start, end) = (field(value, "start", ring)?, field(value, "end", ring)?);
            Ok(Self::Span { file: field(value, "file", ring)?, start, end })
        } else {
            field(value, "result", ring).map(Self::Result)
        }
    }
}

/// A digest in hexadecimal.
pub(crate) fn hex(digest: &Digest) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(text: &str) -> Option<Digest> {
    let bytes = text.as_bytes();
    if bytes.len() != 64 {
        return None;
    }
    let mut digest = [0; 32];
    for (at, pair) in bytes.chunks_exact(2).enumerate() {
        digest[at] = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_codes_and_digests_come_back() {
        let ring = ring_io::read_ring(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pilot"),
            &ring_io::Limits::default(),
        );
        let ring = ring.unwrap_or_else(|_| panic!("the sample is sound")).ring;
        let places = [
            Place::cell("sites", 3, "name"),
            Place::row("sites", 0),
            Place::Header { table: "tasks".to_owned(), column: None },
            Place::Setting("ring.name".to_owned()),
            Place::Span { file: "a.csv".to_owned(), start: 1, end: 4 },
            Place::Result("programme".to_owned()),
        ];
        let mut fault = Diagnostic::warning(Code(303), "no", "ask");
        for place in places {
            fault = fault.at(place, "here");
        }
        let mut key = [0; 32];
        key[31] = 0xfe;
        let entry = Entry::Values(vec![([7; 32], Known::Refused(vec![fault])), (key, Known::Refused(Vec::new()))]);
        assert_eq!(read(&bytes(&entry), &ring), Some(entry.clone()));
        let text = String::from_utf8(bytes(&entry)).unwrap();
        for broken in ["{}", "[", &text.replace("fe\"", "f\""), &text.replace("303", "-1")] {
            assert_eq!(read(broken.as_bytes(), &ring), None, "{broken}");
        }
    }
}
