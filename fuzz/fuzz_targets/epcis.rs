//! Any text as somebody else's EPCIS document: taken or refused with faults that can be shown, and the same twice.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match epcis::read("document", text) {
        Ok(document) => {
            // What is written of it is the same document.
            let again = epcis::read("document", &epcis::json::show(&document.json)).expect("what was taken is taken again");
            assert_eq!(again.mentions(), document.mentions());
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            assert!(faults.iter().all(|fault| !fault.help.is_empty() && fault.code.entry().is_some()));
            assert_eq!(epcis::read("document", text).err().map(|again| again.len()), Some(faults.len()));
        }
    }
});
