//! A wrong value in any column of any table, or in any setting, is told at that very cell.

use crate::common::{copy_of, refusal};
use model::raw::RawTable;
use model::schema::{Column, Kind, Need, TABLES};
use model::settings::{SETTINGS, spec_of};
use ring_io::{Limits, Located, csv_table, read_written, settings_toml};
use std::path::Path;

/// Values that a column of a kind cannot hold.
fn wrong_values(column: &Column) -> Vec<String> {
    let mut values: Vec<String> = match column.kind {
        Kind::Id => vec!["two words".into(), "x".repeat(41), "naïve".into()],
        // Any text is a text, unless it is none at all.
        Kind::Text => vec!["\u{1}".into()],
        Kind::Ref(_) | Kind::Refs(_) => vec!["nobody".into()],
        Kind::Choice(_) | Kind::Choices(_) => vec!["zzz".into()],
        Kind::Date => vec!["2027-02-30".into(), "4.1.2027".into(), "x".into()],
        Kind::Weekdays => vec!["funday".into()],
        Kind::Clock => vec!["25:00".into(), "7".into()],
        Kind::Address => vec!["nowhere".into(), "tasks/saw/colour".into(), "ring/no.setting".into()],
        Kind::Target => vec!["site:nobody".into(), "north".into()],
        _ => vec!["x".into(), "NaN".into(), "inf".into(), "1e3".into(), "1,5".into(), "--1".into()],
    };
    if let Some(range) = column.kind.range().filter(|_| column.kind != Kind::Date) {
        values.extend([format!("{}", range.end() * 10.0), format!("{}", range.start() - 1.0)]);
    }
    if column.need == Need::Required {
        values.push(String::new());
    }
    values
}

/// Columns that hold numbers although any text may be written.
fn is_number_as_text(table: &str, column: &str) -> bool {
    table == "assumptions" && matches!(column, "low" | "mode" | "high")
}

/// Whether a fault points at a line and a column, counted in characters.
fn points_at(fault: &Located, file: &str, line: usize, column: usize) -> bool {
    fault.locations.iter().any(|at| at.file.ends_with(file) && at.line == line && at.column == column)
}

#[test]
fn every_column_of_every_table() {
    let mut tried = 0;
    for schema in TABLES {
        let room = copy_of("base-full");
        let written = read_written(room.path(), &Limits::default()).unwrap();
        let table = written.raw.table(schema.name).unwrap_or_else(|| panic!("cases/base-full lacks {}", schema.name));
        for column in schema.columns {
            let at = table.column(column.name).unwrap_or_else(|| panic!("{} lacks {}", schema.name, column.name));
            let row = table.rows.iter().position(|cells| !cells[at].is_empty());
            let Some(row) = row else { continue };
            let mut values = wrong_values(column);
            if is_number_as_text(schema.name, column.name) {
                values.push("x".into());
            }
            for value in values {
                expect_fault(room.path(), table, row, at, &value);
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried} values were tried");
}

fn expect_fault(folder: &Path, table: &RawTable, row: usize, at: usize, value: &str) {
    let mut changed = table.clone();
    value.clone_into(&mut changed.rows[row][at]);
    let file = format!("{}.csv", table.name);
    let text = csv_table(&changed);
    let good = csv_table(table);
    std::fs::write(folder.join(&file), &text).unwrap();
    let refused = refusal_of(folder, &table.name, &table.columns[at], value);
    // Independent of the scanner: no cell before this one holds a comma or a quote.
    let column =
        text.lines().nth(row + 1).unwrap().split(',').take(at).map(|f| f.chars().count() + 1).sum::<usize>() + 1;
    let found = refused.iter().any(|fault| points_at(fault, &file, row + 2, column));
    assert!(
        found,
        "{}/{} = `{value}`: nothing at {file}:{}:{column}\n{refused:#?}",
        table.name,
        table.columns[at],
        row + 2
    );
    std::fs::write(folder.join(&file), good).unwrap();
}

fn refusal_of(folder: &Path, table: &str, column: &str, value: &str) -> Vec<Located> {
    match ring_io::read_ring_as(folder, "ring", &Limits::default()) {
        Err(refused) => refused.faults,
        Ok(_) => panic!("{table}/{column} = `{value}` was taken"),
    }
}

#[test]
fn every_setting() {
    let room = copy_of("base-full");
    let written = read_written(room.path(), &Limits::default()).unwrap();
    let mut specs_seen = Vec::new();
    for (i, setting) in written.raw.settings.iter().enumerate() {
        let spec = spec_of(&setting.path).unwrap();
        specs_seen.push(spec.name);
        for value in wrong_values(spec) {
            let mut settings = written.raw.settings.clone();
            settings[i].value.clone_from(&value);
            let text = settings_toml(&settings);
            std::fs::write(room.path().join("ring.toml"), &text).unwrap();
            let refused = refusal(room.path(), "ring").faults;
            let key = setting.path.rsplit('.').next().unwrap();
            let found = refused.iter().flat_map(|fault| &fault.locations).any(|at| {
                let line = text.lines().nth(at.line.max(1) - 1).unwrap_or("");
                at.file == "ring/ring.toml" && line.starts_with(&format!("{key} = "))
            });
            assert!(found, "{} = `{value}`: {refused:#?}", setting.path);
        }
    }
    for spec in SETTINGS {
        assert!(specs_seen.contains(&spec.name), "cases/base-full lacks {}", spec.name);
    }
}

#[test]
fn every_required_column_and_table() {
    for schema in TABLES {
        let room = copy_of("base-full");
        let written = read_written(room.path(), &Limits::default()).unwrap();
        let table = written.raw.table(schema.name).unwrap();
        let file = room.path().join(format!("{}.csv", schema.name));
        for column in schema.columns.iter().filter(|c| c.need == Need::Required) {
            let mut changed = table.clone();
            let at = changed.column(column.name).unwrap();
            changed.columns.remove(at);
            changed.rows.iter_mut().for_each(|cells| {
                cells.remove(at);
            });
            std::fs::write(&file, csv_table(&changed)).unwrap();
            let faults = refusal(room.path(), "ring").faults;
            let told = faults.iter().any(|f| f.diagnostic.code.0 == 102 && f.diagnostic.fact.contains(column.name));
            assert!(told, "{}/{}: {faults:#?}", schema.name, column.name);
        }
        std::fs::remove_file(&file).unwrap();
        let faults = ring_io::read_ring_as(room.path(), "ring", &Limits::default()).err();
        if schema.need == Need::Required {
            assert!(faults.unwrap().faults.iter().any(|f| f.diagnostic.code.0 == 111), "{}", schema.name);
        }
    }
}
