//! Sound rings with random damage: whatever comes in, an answer goes out, the same each time, and every place exists.
//!
//! This is the bounded twin of the targets in `fuzz/`, so that every run of the tests tries some of it.

use crate::common::top;
use crate::hostile::zip_of;
use ring_io::{Limits, Refused, read_ring_in_memory, read_workbook_in_memory, read_written, render, write_workbook};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// A small generator with a fixed seed: the tests try the same damage on every machine.
struct Dice(u64);

impl Dice {
    /// SplitMix64 (Steele, Lea and Flood, 2014).
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    /// Damages a file a few times: bytes flipped, cut, doubled, moved, or troublesome words put in.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        const WORDS: &[&[u8]] = &[
            b",",
            b"\n",
            b"\r",
            b"\"",
            b";",
            b"NaN",
            b"1e999",
            b"-1",
            b"99999999999999999999",
            b"\xFF",
            b"\0",
            b"[",
            b"]]",
            b"=",
            b"'''",
            b"2027-02-30",
            b"..",
            b"kite",
            b"<c r=\"A1048577\">",
            b"</row>",
            b"&#0;",
            b"\xEF\xBB\xBF",
            b".",
        ];
        for _ in 0..=self.roll(4) {
            let (at, to) = (self.roll(bytes.len() + 1), self.roll(bytes.len() + 1));
            let (low, high) = (at.min(to), at.max(to));
            match self.roll(6) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
                1 => drop(bytes.drain(low..high.min(low + 40))),
                2 => {
                    let piece = bytes[low..high.min(low + 60)].to_vec();
                    bytes.splice(low..low, piece);
                }
                3 => bytes.truncate(high),
                _ => drop(bytes.splice(at..at, WORDS[self.roll(WORDS.len())].iter().copied())),
            }
        }
    }
}

fn files() -> BTreeMap<String, Vec<u8>> {
    let folder = std::fs::read_dir(top().join("cases/base-full")).unwrap().map(|entry| entry.unwrap());
    folder.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect()
}

/// What must hold of any refusal.
fn assert_well_formed(refused: &Refused) {
    assert!(!refused.faults.is_empty());
    for fault in &refused.faults {
        assert!(!fault.diagnostic.help.is_empty() && !fault.diagnostic.fact.is_empty());
        assert!(fault.diagnostic.code.entry().is_some());
        for (line, span) in fault.locations.iter().filter_map(|at| at.snippet.as_ref()) {
            assert!(span.end <= line.len() && line.is_char_boundary(span.start) && line.is_char_boundary(span.end));
        }
    }
    let text = render::render_text(&refused.faults, render::Colour::Never);
    assert!(text.contains("error[RW"));
    let control = text.chars().find(|c| c.is_control() && *c != '\n');
    assert!(control.is_none(), "{control:?} reaches the terminal\n{text:?}");
    let json = render::render_json(&refused.faults, refused.more);
    assert_eq!(json["version"], 1);
}

#[test]
fn damaged_folders() {
    let (sound, mut dice, mut refused_count) = (files(), Dice(1), 0);
    let names: Vec<&String> = sound.keys().collect();
    for _ in 0..4_000 {
        let mut files = sound.clone();
        for _ in 0..=dice.roll(2) {
            let name = names[dice.roll(names.len())];
            dice.damage(files.get_mut(name).unwrap());
        }
        let first = read_ring_in_memory(&files, "ring", &Limits::default());
        if let Err(refused) = &first {
            assert_well_formed(refused);
            let second = read_ring_in_memory(&files, "ring", &Limits::default()).unwrap_err();
            assert_eq!(*refused, second);
            refused_count += 1;
        }
    }
    assert!(refused_count > 3_000, "{refused_count} of 4000 refused");
}

#[test]
fn damaged_workbooks() {
    let raw = read_written(&top().join("cases/base-full"), &Limits::default()).unwrap().raw;
    let book = write_workbook(&raw).unwrap();
    let parts: Vec<(String, Vec<u8>)> = {
        let mut archive = zip::ZipArchive::new(Cursor::new(&book)).unwrap();
        let mut read = |n| {
            let mut part = archive.by_index(n).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        };
        (0..20.min(archive_len(&book))).map(&mut read).collect()
    };
    let mut dice = Dice(2);
    for round in 0..400 {
        let bytes = if round % 4 == 0 {
            let mut bytes = book.clone();
            dice.damage(&mut bytes);
            bytes
        } else {
            let mut parts = parts.clone();
            let at = dice.roll(parts.len());
            dice.damage(&mut parts[at].1);
            let named: Vec<(&str, Vec<u8>)> =
                parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
            zip_of(&named)
        };
        if let Err(refused) = read_workbook_in_memory(bytes, "ring.xlsx", &Limits::default()) {
            assert_well_formed(&refused);
        }
    }
}

fn archive_len(book: &[u8]) -> usize {
    zip::ZipArchive::new(Cursor::new(book)).unwrap().len()
}
