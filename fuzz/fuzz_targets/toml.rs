//! Any bytes as `ring.toml` of an otherwise sound ring.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut files = common::base();
    files.insert("ring.toml".to_owned(), bytes.to_vec());
    common::check(&files);
});
