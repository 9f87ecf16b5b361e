//! Events of a ring as documents: taken by our own reader without a warning, and valid against the official schema.

use custody::hash::Hash;
use custody::line::{Defaults, read as read_line};
use custody::name::{ClientId, Node, Organisation};
use custody::record::{Body, Record, Version};
use custody::time::Stamp;
use diag::Place;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const LINES: [&str; 22] = [
    "start s1,s2 item=kite by=anna private=price:120",
    "install m1 into=s1 lots=cell:L7:4;tape:T1:0.25 by=anna",
    "install into=s1 lots=cell:L8:4 by=anna",
    "remove m1 from=s1 by=anna",
    "inspect s1 result=passed by=anna place=hall-2",
    "inspect s1 result=failed by=anna",
    "release urn:epc:id:sgtin:4012345.011111.9876 by=anna",
    "hold s1 reason=bulletin by=anna",
    "lift s1 by=anna",
    "pack s1 consignment=C/1 by=anna",
    "unpack s1 consignment=C/1 by=anna",
    "ship s1 consignment=C1 to=ministry seal=7 by=anna",
    "receive s1 consignment=C1 from=maker seal=7 by=ben for=ministry",
    "receive consignment=C2 from=maker seal=7 count=2 condition=damaged by=ben for=ministry",
    "accept s1 by=ben for=ministry",
    "serve s1 by=ben",
    "draw s1 exercise=autumn by=ben",
    "return s1 by=ben",
    "repair s1 by=ben",
    "write-off s1 reason=lost by=ben",
    "scrap s2 reason=worn by=ben",
    "settle s1 outcome=with:maker by=ben",
];

fn records() -> Vec<Record> {
    let defaults = Defaults {
        organisation: Organisation::new("maker").unwrap(),
        now: Stamp::read("2026-03-01T10:00:00+01:00").unwrap(),
        client: ClientId::new("c").unwrap(),
    };
    let lines = LINES.iter().copied().chain(["correct s1 wrong=yard/8 reason=slip by=anna"]);
    let record = |(seq, line)| {
        let event = read_line(line, &Place::Result(String::new()), &defaults).unwrap().event;
        Record {
            version: Version,
            node: Node::new("yard").unwrap(),
            seq,
            prev: Hash::default(),
            clock: seq,
            record_time: 1_772_355_600_000,
            body: Body::Event { event: Box::new(event) },
        }
    };
    (1..).zip(lines).map(record).collect()
}

fn document() -> String {
    let records = records();
    let made = Stamp::read("2026-03-02T00:00:00Z").unwrap();
    epcis::write("kite", &records, made, |id| records.iter().find(|record| record.seq == id.seq).cloned())
}

#[test]
fn every_kind_of_event_is_written_by_the_rules() {
    let read = epcis::read("ours", &document()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(read.warnings, Vec::new());
    assert_eq!(read.events().len(), LINES.len() + 2, "a correction repeats the wrong event with its declaration");
    assert!(!document().contains("120"), "a private value does not leave");
    let declared = read.events().last().unwrap();
    assert_eq!(declared.get("ringworks:event").unwrap().text(), Some("hold"));
    let earlier = &read.events()[7];
    assert_eq!(declared.get("eventID").unwrap().text(), earlier.get("eventID").unwrap().text(), "the same event");
    let correction = &read.events()[read.events().len() - 2];
    let named = declared.get("errorDeclaration").unwrap().get("correctiveEventIDs").unwrap();
    assert_eq!(named.list()[0].text(), correction.get("eventID").unwrap().text(), "named by its id");
}

/// Tells the first five errors of the document on stdin against the schema that is named.
const VALIDATE: &str = "
import json, sys, jsonschema
schema = json.load(open(sys.argv[1], encoding='utf-8'))
errors = list(jsonschema.Draft7Validator(schema).iter_errors(json.load(sys.stdin)))
for error in errors[:5]:
    print(list(error.absolute_path), error.message[:200])
";

/// What Python's validator says of a document; `None` where it is not installed.
fn errors_by_the_schema(schema: &Path, document: &str) -> Option<String> {
    let python = |script: &str| {
        let mut command = Command::new("python3");
        command.args(["-W", "ignore", "-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(Stdio::null());
        command
    };
    if !python("import jsonschema").stdin(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return None;
    }
    let mut child = python(VALIDATE).arg(schema).stderr(Stdio::inherit()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the validator ran");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// With the official schema, which is not ours to ship, and a validator that shares nothing with us.
#[test]
fn every_kind_of_event_is_valid_against_the_official_schema() {
    let Some(data) = super::official::data() else { return };
    let schema = data.join("gs1/EPCIS-JSON-Schema.json");
    let Some(errors) = errors_by_the_schema(&schema, &document()) else {
        eprintln!("skipped: Python has no `jsonschema` here");
        return;
    };
    assert_eq!(errors, "");
    let broken = document().replacen("\"OBSERVE\"", "\"SEEN\"", 1);
    assert!(!errors_by_the_schema(&schema, &broken).unwrap().is_empty(), "a validator that can say no");
}
