//! The three forms say the same, and the same tables give the same bytes.

use super::*;
use calamine::{Reader, Xlsx};
use model::results::Provenance;
use model::results::table::{Cell, ResultColumn, ResultTable};
use std::io::Cursor;

fn table(name: &str) -> ResultTable {
    let column = |name: &str, unit: &str| ResultColumn { name: name.into(), unit: unit.into(), doc: "Doc.".into() };
    ResultTable {
        name: name.into(),
        doc: "What it is.".into(),
        columns: vec![column("site", ""), column("cost", "EUR")],
        rows: vec![
            vec![Cell::Text("a, \"b\"".into()), Cell::Number { value: 1234.567, decimals: 2 }],
            vec![Cell::Empty, Cell::Number { value: f64::NAN, decimals: 2 }],
            vec![Cell::Text("=1+1".into()), Cell::Number { value: 3.0, decimals: 0 }],
        ],
    }
}

fn provenance() -> Provenance {
    Provenance {
        version: "0.1".into(),
        inputs: vec![("ring.toml".into(), "ab".into())],
        seed: 7,
        options: vec![("effort".into(), "quick".into())],
    }
}

#[test]
fn csv_quotes_and_leaves_out_what_is_no_number() {
    assert_eq!(results_csv(&table("t")), "site,cost\n\"a, \"\"b\"\"\",1234.57\n,\n=1+1,3\n");
}

#[test]
fn json_has_a_version_and_the_rounded_values() {
    let json = results_json(&[table("t")], &provenance());
    assert_eq!(json["version"], 1);
    assert_eq!(json["provenance"]["inputs"]["ring.toml"], "ab");
    assert_eq!(json["tables"][0]["rows"].to_string(), r#"[["a, \"b\"",1234.57],[null,null],["=1+1",3]]"#);
}

#[test]
fn workbook_holds_every_table_under_a_name_of_its_own() {
    let long = "a".repeat(40);
    let tables = [table("About"), table(&long), table(&long), table("x/y")];
    let bytes = results_workbook(&tables, &provenance()).unwrap();
    assert_eq!(bytes, results_workbook(&tables, &provenance()).unwrap());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names, ["about", "About~2", &long[..31], &format!("{}~2", &long[..29]), "x_y"]);
    let mut cells = book.worksheet_cells_reader("x_y").unwrap();
    let mut values = Vec::new();
    while let Some(cell) = cells.next_cell().unwrap() {
        values.push((cell.get_position(), format!("{:?}", cell.get_value())));
    }
    assert!(values.iter().any(|(at, v)| *at == (1, 1) && v.contains("1234.567")), "{values:?}");
    // A text that looks like a formula stays a text.
    assert!(values.iter().any(|(at, v)| *at == (3, 0) && v.contains("=1+1")), "{values:?}");
    assert!(!values.iter().any(|(at, _)| *at == (2, 1)), "{values:?}");
}
