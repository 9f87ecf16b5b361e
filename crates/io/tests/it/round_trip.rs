//! A ring written as a folder or as a workbook reads back cell by cell.

use crate::common::{copy_of, top};
use model::Ring;
use model::raw::{RawRing, RawTable, Setting};
use model::schema::TABLES;
use model::settings::SETTINGS;
use proptest::prelude::*;
use ring_io::{Existing, Limits, convert, read_ring, read_written, write_ring};
use std::path::Path;

/// The ring with its settings by path: their order in the file says nothing.
fn sorted(mut raw: RawRing) -> RawRing {
    raw.settings.sort_by(|a, b| a.path.cmp(&b.path));
    raw
}

fn read(path: &Path) -> RawRing {
    match read_written(path, &Limits::default()) {
        Ok(written) => sorted(written.raw),
        Err(refused) => panic!("{}", ring_io::render::render_text(&refused.faults, ring_io::render::Colour::Never)),
    }
}

#[test]
fn folder_to_workbook_to_folder() {
    let room = tempfile::tempdir().unwrap();
    let (book, folder) = (room.path().join("ring.xlsx"), room.path().join("ring"));
    let from = top().join("cases/base-full");
    convert(&from, &book, &Limits::default(), Existing::Keep).unwrap();
    convert(&book, &folder, &Limits::default(), Existing::Keep).unwrap();
    let (before, after) = (read(&from), read(&folder));
    assert_eq!(before, after);
    assert_eq!(before, read(&book));
    assert_eq!(Ring::build(&before).unwrap(), Ring::build(&after).unwrap());
}

#[test]
fn nothing_is_written_when_reading_fails_or_something_stands_there() {
    let room = tempfile::tempdir().unwrap();
    let target = room.path().join("out.xlsx");
    let broken = top().join("cases/broken/row-too-short");
    assert!(convert(&broken, &target, &Limits::default(), Existing::Replace).is_err());
    assert!(std::fs::read_dir(room.path()).unwrap().next().is_none());
    std::fs::write(&target, "mine").unwrap();
    let base = top().join("cases/base");
    assert!(convert(&base, &target, &Limits::default(), Existing::Keep).is_err());
    assert_eq!(std::fs::read(&target).unwrap(), b"mine");
    let folder = copy_of("broken/row-too-short");
    assert!(convert(&base, folder.path(), &Limits::default(), Existing::Keep).is_err());
    assert!(folder.path().join("expected.txt").exists());
}

#[test]
fn the_same_ring_gives_the_same_workbook() {
    let raw = read(&top().join("cases/base-full"));
    let first = ring_io::write_workbook(&raw).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert!(first == ring_io::write_workbook(&raw).unwrap(), "a clock leaks into the bytes");
}

#[test]
fn every_example_reads_alike_in_both_forms() {
    let room = tempfile::tempdir().unwrap();
    let Ok(examples) = std::fs::read_dir(top().join("examples")) else { return };
    for example in examples.map(|e| e.unwrap().path()).filter(|p| p.join("ring.toml").is_file()) {
        let book = room.path().join(example.file_name().unwrap()).with_extension("xlsx");
        convert(&example, &book, &Limits::default(), Existing::Keep).unwrap();
        assert_eq!(read(&example), read(&book), "{}", example.display());
        let ring = |path: &Path| read_ring(path, &Limits::default()).unwrap().ring;
        assert_eq!(ring(&example), ring(&book), "{}", example.display());
    }
}

/// Texts that make trouble: numbers in several spellings, days, quotes, line ends, foreign letters, spaces at the edge.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("1.50".to_owned()),
        Just("007".to_owned()),
        Just("2027-02-28".to_owned()),
        Just("2027-02-30".to_owned()),
        Just("06:30".to_owned()),
        Just("true".to_owned()),
        Just("_x0041_".to_owned()),
        Just(" edge ".to_owned()),
        Just("=1+1".to_owned()),
        Just("0.1".to_owned()),
        Just("12345678901234567890".to_owned()),
        "[ -~]{0,12}",
        "[a\"',;\n\té<>&#]{0,6}",
        (-1_000_000i64..1_000_000).prop_map(|n| n.to_string()),
        (-1e6..1e6f64).prop_map(|x| x.to_string()),
    ]
}

fn table() -> impl Strategy<Value = RawTable> {
    (0..TABLES.len(), prop::collection::vec(prop::collection::vec(cell(), 20), 0..5)).prop_map(|(at, rows)| {
        let columns: Vec<String> = TABLES[at].columns.iter().map(|c| c.name.to_owned()).collect();
        let fitted = rows.into_iter().enumerate().map(|(n, mut cells)| {
            cells.resize(columns.len(), String::new());
            // A row of empty cells only is no row.
            cells[0] = format!("row{n}");
            cells
        });
        RawTable { name: TABLES[at].name.to_owned(), rows: fitted.collect(), columns }
    })
}

fn settings() -> impl Strategy<Value = Vec<Setting>> {
    prop::collection::btree_map((0..SETTINGS.len(), "[a-z]{1,5}"), cell(), 0..8).prop_map(|values| {
        let each = values.into_iter().map(|((at, name), value)| {
            let list = matches!(SETTINGS[at].kind, model::schema::Kind::Choices(_) | model::schema::Kind::Refs(_));
            // A list is read back word by word; an empty word among others is no word a list can hold.
            let value =
                if list { value.split(';').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(";") } else { value };
            Setting { path: SETTINGS[at].name.replace('*', &name), value }
        });
        let mut seen = std::collections::BTreeSet::new();
        each.filter(|s| seen.insert(s.path.clone())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_ring_reads_back_from_both_forms(tables in prop::collection::vec(table(), 0..4), settings in settings()) {
        let mut raw = RawRing { settings, tables: Vec::new() };
        for schema in TABLES {
            raw.tables.extend(tables.iter().find(|t| t.name == schema.name).cloned());
        }
        let raw = sorted(raw);
        let room = tempfile::tempdir().unwrap();
        let (book, folder) = (room.path().join("ring.xlsx"), room.path().join("ring"));
        write_ring(&raw, &book, Existing::Keep).unwrap();
        write_ring(&raw, &folder, Existing::Keep).unwrap();
        prop_assert_eq!(&read(&folder), &raw);
        prop_assert_eq!(&read(&book), &raw);
    }
}
