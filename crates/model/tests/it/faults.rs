//! Every fault is told, at its cell, with its code and a way out.

use crate::small::{self, with};
use diag::{Code, Place};
use model::{RawRing, Ring};

/// The codes of a ring's faults with the places of their first labels.
fn faults(raw: &RawRing) -> Vec<(u16, Place)> {
    let faults = Ring::build(raw).expect_err("the ring has a fault");
    assert!(faults.iter().all(|f| !f.help.is_empty() && !f.fact.is_empty()));
    faults.into_iter().map(|f| (f.code.0, f.labels[0].place.clone())).collect()
}

/// One changed cell and the code it must give, at that cell.
#[test]
fn one_wrong_cell_gives_one_code_at_that_cell() {
    let cases: &[(&str, usize, &str, &str, u16)] = &[
        ("tasks", 0, "minutes", "NaN", 104),
        ("tasks", 0, "minutes", "1e9", 104),
        ("tasks", 0, "minutes", "-3", 105),
        ("tasks", 1, "predecessors", "T9", 106),
        ("tasks", 0, "predecessors", "T2", 201),
        ("tasks", 1, "skill", "craftt", 106),
        ("items", 0, "item", "my kite", 110),
        ("items", 0, "learning_slope", "0.2", 105),
        ("capability", 0, "licence", "grantd", 104),
        ("capability", 0, "licence_from", "2027-02-30", 104),
        ("supply", 0, "price", "", 103),
        ("supply", 0, "price", "1.234", 104),
        ("demand", 1, "period", "9", 214),
        ("demand", 1, "period", "4", 107),
        ("calendars", 0, "start", "6am", 104),
        ("assumptions", 0, "address", "tasks/T3/minutes", 208),
        ("assumptions", 0, "address", "tasks/T1/name", 208),
        ("assumptions", 0, "low", "14", 207),
        ("assumptions", 0, "mode", "14", 209),
    ];
    for (table, row, column, value, code) in cases {
        let found = faults(&with(small::ring(), table, *row, column, value));
        let place = Place::cell(table, *row, column);
        assert!(found.contains(&(*code, place)), "{table} {row} {column} = {value}: {found:?}");
    }
}

#[test]
fn an_alternative_must_point_at_a_value_and_give_one_of_its_kind() {
    let alternative = |address: &str, value: &str| {
        let mut raw = small::ring();
        raw.tables.push(model::RawTable {
            name: "alternatives".to_owned(),
            columns: ["name", "address", "value"].map(str::to_owned).to_vec(),
            rows: vec![vec!["wait".to_owned(), address.to_owned(), value.to_owned()]],
        });
        raw
    };
    assert!(Ring::build(&alternative("sites/mill/labour_pool", "30")).is_ok());
    assert_eq!(
        faults(&alternative("sites/mil/labour_pool", "30"))[0],
        (225, Place::cell("alternatives", 0, "address"))
    );
    assert_eq!(faults(&alternative("sites/mill/labour_pool", "x"))[0], (104, Place::cell("alternatives", 0, "value")));
    assert_eq!(faults(&alternative("sites/mill/kind", "plnt"))[0].0, 104);
}

#[test]
fn faults_of_several_tables_are_told_together() {
    let raw = with(with(small::ring(), "tasks", 0, "minutes", "x"), "sites", 0, "wage_hour", "y");
    let codes: Vec<u16> = faults(&raw).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [104, 104]);
}

#[test]
fn near_misses_get_a_suggestion() {
    let help = |raw: &RawRing| Ring::build(raw).expect_err("a fault")[0].help.clone();
    assert_eq!(help(&with(small::ring(), "tasks", 1, "skill", "crafft")), "did you mean `craft`?");
    let mut raw = small::ring();
    raw.settings[3].path = "ring.strat".to_owned();
    assert_eq!(help(&raw), "write `ring.start`");
    let mut raw = small::ring();
    raw.tables[0].columns[1] = "nmae".to_owned();
    assert_eq!(help(&raw), "write `name`");
}

#[test]
fn a_circle_of_items_is_told_and_not_followed() {
    let mut raw = small::ring();
    raw.tables[1].rows.push(vec!["kite".into(), "kite".into(), "1".into()]);
    assert!(faults(&raw).iter().any(|(code, _)| *code == 202));
}

#[test]
fn a_flood_of_faults_is_counted_not_kept() {
    let mut raw = small::ring();
    let tasks = raw.tables.iter_mut().find(|t| t.name == "tasks").unwrap();
    for n in 0..5_000 {
        tasks.rows.push(vec![format!("X{n}"), "kite".into(), "x".into(), "q".into(), String::new(), "nobody".into()]);
    }
    let found = faults_raw(&raw);
    assert_eq!((found.len(), found[1_000].code), (1_001, Code(112)));
}

fn faults_raw(raw: &RawRing) -> Vec<diag::Diagnostic> {
    Ring::build(raw).expect_err("the ring has faults")
}

#[test]
fn an_unknown_partner_and_two_payers_are_told() {
    let mut raw = small::ring();
    for (path, value) in
        [("partners.aid.name", "Aid"), ("partners.aid.role", "ministry"), ("partners.aid.pays", "wages")]
    {
        raw.settings.push(model::Setting { path: path.to_owned(), value: value.to_owned() });
    }
    assert_eq!(faults(&raw)[0].0, 224);
}
