//! Any bytes as a whole folder: files separated by the byte 0xFE, each a name, a line end and its content.
#![no_main]

mod common;

use std::collections::BTreeMap;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut files = BTreeMap::new();
    for part in bytes.split(|byte| *byte == 0xFE) {
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let name = String::from_utf8_lossy(&part[..end]).into_owned();
        files.insert(name, part[(end + 1).min(part.len())..].to_vec());
    }
    common::check(&files);
});
