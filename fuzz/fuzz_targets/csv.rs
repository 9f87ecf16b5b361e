//! Any bytes as one table of an otherwise sound ring; the first byte says which.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let mut files = common::base();
    let tables: Vec<String> = files.keys().filter(|name| name.ends_with(".csv")).cloned().collect();
    files.insert(tables[usize::from(*which) % tables.len()].clone(), rest.to_vec());
    common::check(&files);
});
