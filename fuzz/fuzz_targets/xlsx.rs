//! Any bytes as a workbook.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    common::answer(&ring_io::read_workbook_in_memory(bytes.to_vec(), "ring.xlsx", &ring_io::Limits::default()));
});
