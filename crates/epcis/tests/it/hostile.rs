//! Documents made to cost time or memory: each is answered in about the time it takes to read it.

use std::fmt::Write as _;

const FRAME: &str = r#""type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-03-01T10:00:00Z","#;
const EVENT: &str = r#""type": "ObjectEvent", "action": "OBSERVE", "eventTime": "2026-03-01T10:00:00+01:00", "eventTimeZoneOffset": "+01:00""#;
const OFFICIAL: &str = "https://ref.gs1.org/standards/epcis/epcis-context.jsonld";

fn document(context: &str, event: &str) -> String {
    format!(
        "{{ \"@context\": [\"{OFFICIAL}\"{context}], {FRAME} \"epcisBody\": {{ \"eventList\": [ {{ {EVENT}{event} }} ] }} }}"
    )
}

/// `n` parts joined with commas, a comma before.
fn many(n: u32, part: impl Fn(u32) -> String) -> String {
    (0..n).fold(String::new(), |mut all, i| {
        let _ = write!(all, ", {}", part(i));
        all
    })
}

/// A quadratic step over these would take minutes; a linear one takes a moment.
const N: u32 = 150_000;

#[test]
fn many_of_anything_costs_its_length() {
    let serials = many(N, |i| format!("\"urn:x:{i}\""));
    let taken = epcis::read("document", &document("", &format!(", \"epcList\": [{}]", &serials[1..]))).unwrap();
    assert_eq!(taken.mentions().len(), N as usize + 1);
    let things = ", \"epcList\": [\"urn:x:1\"]";
    // Names of one object; prefixes beside many fields; fields that nobody declared; fields the sender wants left out.
    let named = many(N, |i| format!("\"urn:ours:{i}\": 1"));
    assert!(epcis::read("document", &document("", &format!("{things}{named}"))).is_ok());
    let prefixes = many(N, |i| format!("{{ \"p{i}\": \"https://p{i}.example/\" }}"));
    let used = many(N, |i| format!("\"p{i}:x\": 1"));
    assert!(epcis::read("document", &document(&prefixes, &format!("{things}{used}"))).is_ok());
    let faults = epcis::read("document", &document("", &format!("{things}{used}"))).unwrap_err();
    assert!(faults.len() == 1_001 && faults[1_000].fact.contains("149000 more"), "{}", faults.len());
    let twice = many(N, |_| "\"urn:ours:same\": 1".to_owned());
    let taken = epcis::read("document", &document("", &format!("{things}{twice}"))).unwrap();
    assert_eq!(taken.warnings.len(), 1_000);
}

#[test]
fn a_small_document_does_not_grow() {
    // A long namespace that is used often would be written out each time.
    let long = format!(", {{ \"p\": \"https://{}/\" }}", "x".repeat(1_000_000));
    let used = many(1_000, |i| format!("\"p:x{i}\": 1"));
    let faults = epcis::read("document", &document(&long, &format!(", \"epcList\": [\"urn:x:1\"]{used}"))).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code.0 == 746), "{:?}", faults[0]);
    // A fault quotes no more than a few words of the document.
    let name = format!(", \"epcList\": [\"urn:x:1\"], \"{}\": 1", "y".repeat(1_000_000));
    let faults = epcis::read("document", &document("", &name)).unwrap_err();
    assert!(faults.iter().all(|fault| fault.fact.len() < 500 && fault.help.len() < 500));
    // Depth and numbers have their limits.
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(epcis::read("document", &document("", &format!(", \"urn:x\": {deep}"))).is_err());
    let number = document("", ", \"epcList\": [\"urn:x:1\"], \"urn:x\": 1e999999999");
    assert!(epcis::read("document", &number).is_ok());
}
