//! The official documents, the hash vectors and the invalid captures, where `RINGWORKS_DATA` has them.

use epcis::json::{parse, show};
use epcis::read;
use std::path::{Path, PathBuf};

/// The folder of public test data, which is not ours to ship.
pub(crate) fn data() -> Option<PathBuf> {
    let found = std::env::var_os("RINGWORKS_DATA").map(|data| Path::new(&data).join("epcis"));
    if found.is_none() {
        eprintln!("skipped: RINGWORKS_DATA does not name the public test data");
    }
    found
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(files(&entry, endings));
        } else if endings.iter().any(|ending| entry.extension().is_some_and(|e| e == *ending)) {
            found.push(entry);
        }
    }
    found.sort();
    found
}

#[test]
fn every_official_document_is_taken_and_comes_out_the_same() {
    let Some(data) = data() else { return };
    let (mut n, mut wrong) = (0, Vec::new());
    for path in files(&data.join("gs1/examples"), &["jsonld"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        n += 1;
        match read("document", &text) {
            Err(faults) => wrong.push(format!("{}: {} {}", path.display(), faults[0].code, faults[0].fact)),
            Ok(document) => {
                // Some have an id that is the hash of another form of the event, and one says a name twice.
                let odd = |warning: &diag::Diagnostic| matches!(warning.code.0, 741 | 751);
                assert!(document.warnings.iter().all(odd), "{}: {:#?}", path.display(), document.warnings);
                let out = show(&document.json);
                assert_eq!(strip(&parse(&out).unwrap().0), strip(&document.json), "{}", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(n, 47);
}

/// The values without their places.
fn strip(json: &epcis::json::Json) -> String {
    show(json)
}

#[test]
fn valid_documents_of_another_implementation_are_taken() {
    let Some(data) = data() else { return };
    let wrong: Vec<String> = files(&data.join("openepcis/documents"), &["json"])
        .iter()
        .filter_map(|path| {
            let faults = read("document", &std::fs::read_to_string(path).unwrap()).err()?;
            Some(format!("{}: {} {}", path.display(), faults[0].code, faults[0].fact))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_invalid_capture_is_refused_by_its_rule() {
    let Some(data) = data() else { return };
    let folder = data.join("openepcis/invalid");
    for (name, code) in [
        ("Combination_of_events_with_missing_mandatory_fields", 743),
        ("Combination_of_non_standard_bizStep_and_disposition", 744),
        ("ObjectEvent_with_ilmd_field_without_namespace", 745),
        ("ObjectEvent_with_invalid_certificationInfo", 748),
        ("ObjectEvent_with_non_standard_bizStep", 744),
        ("ObjectEvent_with_non_standard_disposition", 744),
        ("ObjectEvent_with_unknown_field_in_quantityList", 745),
        ("ObjectEvent_without_identifier_list", 750),
        ("QueryDocument_with_invalid_eventType", 744),
        ("Query_with_unknown_parameter", 752),
    ] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let faults = read("document", &text).err().unwrap_or_default();
        assert!(!faults.is_empty(), "{name} is taken");
        assert!(faults.iter().all(|fault| fault.code.0 == code), "{name}: {faults:#?}");
    }
    assert_eq!(files(&folder, &["json"]).len(), 10);
}

#[test]
fn every_reference_hash_with_a_json_input() {
    let Some(data) = data() else { return };
    let (mut n, mut wrong) = (0, Vec::new());
    for path in files(&data.join("hash-vectors/tests/examples"), &["jsonld"]) {
        let expected = std::fs::read_to_string(path.with_extension("hashes")).unwrap();
        let before = std::fs::read_to_string(path.with_extension("prehashes")).unwrap_or_default();
        let text = std::fs::read_to_string(&path).unwrap();
        let document = match read("document", &text) {
            Ok(document) => document,
            Err(faults) => {
                wrong.push(format!("{}: {} {}", path.display(), faults[0].code, faults[0].fact));
                continue;
            }
        };
        let expected: Vec<&str> = expected.lines().filter(|line| !line.is_empty()).collect();
        let hashes: Vec<String> = document.events().iter().map(|event| document.hash_id(event)).collect();
        assert_eq!(hashes.len(), expected.len(), "{}", path.display());
        for (i, (is, should)) in hashes.iter().zip(&expected).enumerate() {
            n += 1;
            if is != should {
                let ours = epcis::hash::pre_hash(&document.events()[i], &document.context, &document.ignored);
                let theirs = before.lines().nth(i).unwrap_or("-");
                wrong.push(format!("{} event {i}\n  is     {ours}\n  should {theirs}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {n} differ\n{}", wrong.len(), wrong.join("\n"));
}
