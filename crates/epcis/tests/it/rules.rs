//! One small document, changed in one place at a time: each rule fires where it should and nowhere else.

use epcis::read;

const GOOD: &str = r#"{
  "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld", { "ours": "https://ns.example.org/" }],
  "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-03-01T10:00:00Z",
  "epcisBody": { "eventList": [ {
    "type": "ObjectEvent", "action": "OBSERVE", "eventTime": "2026-03-01T10:00:00+01:00", "eventTimeZoneOffset": "+01:00",
    "epcList": ["https://id.gs1.org/01/09521141012345/21/7"], "bizStep": "shipping", "disposition": "in_transit",
    "readPoint": { "id": "urn:epc:id:sgln:4012345.00005.0", "ours:dock": "4" },
    "quantityList": [{ "epcClass": "urn:epc:class:lgtin:4012345.012345.L7", "quantity": 4, "uom": "KGM" }],
    "ours:note": { "ours:weight": 2.50 }
  } ] }
}"#;

fn codes(text: &str) -> Vec<u16> {
    read("document", text).err().unwrap_or_default().iter().map(|fault| fault.code.0).collect()
}

#[test]
fn the_good_one_is_taken_without_a_warning() {
    assert_eq!(read("document", GOOD).unwrap().warnings, Vec::new());
}

#[test]
fn each_rule_fires() {
    for (from, to, code) in [
        ("\"type\": \"EPCISDocument\",", "\"type\": \"EPCISDocument\"", 741),
        ("\"schemaVersion\": \"2.0\",", "", 742),
        ("\"action\": \"OBSERVE\",", "", 743),
        ("\"eventTimeZoneOffset\": \"+01:00\",", "", 743),
        ("\"shipping\"", "\"shiping\"", 744),
        ("\"shipping\"", "\"https://ref.gs1.org/cbv/BizStep-shiping\"", 744),
        ("\"OBSERVE\"", "\"SEE\"", 744),
        ("\"ours:note\"", "\"note\"", 745),
        ("\"uom\": \"KGM\"", "\"weight\": 5", 745),
        ("\"ours:note\"", "\"theirs:note\"", 746),
        ("\"ours:weight\"", "\"theirs:weight\"", 746),
        ("\"2026-03-01T10:00:00+01:00\"", "\"2026-02-30T10:00:00+01:00\"", 747),
        ("\"2026-03-01T10:00:00+01:00\"", "\"2026-03-01T10:00:00\"", 747),
        ("\"+01:00\",\n", "\"+1:00\",\n", 747),
        ("\"quantity\": 4", "\"quantity\": \"4\"", 748),
        ("\"KGM\"", "\"kilogram\"", 748),
        ("urn:epc:id:sgln:4012345.00005.0", "urn:epc:id:sgln:4012345", 748),
        ("09521141012345/21", "09521141012346/21", 749),
        ("urn:epc:id:sgln:4012345.00005.0", "https://id.gs1.org/414/4012345000055", 749),
        ("urn:epc:class:lgtin:4012345.012345.L7", "https://example.org/gtin/4012345123457/lot/L7", 749),
        ("/21/7\"", "/21/7\", \"https://id.gs1.org/01/09521141012345/21/7\"", 750),
        ("\"bizStep\"", "\"ilmd\": { \"ours:lot\": 1 }, \"bizStep\"", 750),
    ] {
        assert!(GOOD.contains(from), "{from}");
        assert_eq!(codes(&GOOD.replacen(from, to, 1)), [code], "{from} for {to}");
    }
}

#[test]
fn what_is_no_fault_but_odd_is_told() {
    for (from, to, code) in [
        ("\"action\": \"OBSERVE\",", "\"action\": \"ADD\", \"action\": \"OBSERVE\",", 741),
        ("\"bizStep\"", "\"eventID\": \"ni:///sha-256;00?ver=CBV2.0\", \"bizStep\"", 751),
    ] {
        let document = read("document", &GOOD.replacen(from, to, 1)).unwrap();
        assert_eq!(document.warnings.iter().map(|w| w.code.0).collect::<Vec<_>>(), [code]);
    }
}

#[test]
fn the_hash_does_not_depend_on_how_an_event_is_written() {
    let hash = |text: &str| {
        let document = read("document", text).unwrap();
        document.hash_id(&document.events()[0])
    };
    let one = hash(GOOD);
    for (from, to) in [
        ("\"shipping\"", "\"cbv:BizStep-shipping\""),
        ("2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00.000Z"),
        ("https://id.gs1.org/01/09521141012345/21/7", "https://example.org/gtin/9521141012345/21/7"),
        ("2.50", "2.5"),
        ("\"ours\": \"https://ns.example.org/\" }", "\"ours\": \"https://ns.example.org/\", \"x\": \"urn:x:\" }"),
        ("\"bizStep\"", "\"recordTime\": \"2026-03-02T00:00:00Z\", \"bizStep\""),
    ] {
        assert_eq!(hash(&GOOD.replacen(from, to, 1)), one, "{to}");
    }
    assert_ne!(hash(&GOOD.replacen("in_transit", "in_progress", 1)), one);
}
