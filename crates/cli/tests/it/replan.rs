//! `replan`: carried over as planned nothing moves; with actual figures the rest follows, and all of it is verified.

use std::fs;

use serde_json::Value;

use super::harness::Room;

fn rows<'v>(json: &'v Value, name: &str) -> &'v Vec<Value> {
    let tables = json["tables"].as_array().unwrap();
    tables.iter().find(|t| t["name"] == name).unwrap_or_else(|| panic!("table {name}"))["rows"].as_array().unwrap()
}

/// The small case and its dossier.
fn studied() -> Room {
    let room = Room::with_case("base");
    let said = room.run(&["study", "ring", "--out", "old", "--threads", "1"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    room
}

#[test]
fn as_planned_nothing_moves() {
    let room = studied();
    let said = room.run(&["replan", "old", "--from", "2027-01-25", "--moves", "0", "--out", "new", "--threads", "1"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("0 moves of 0 allowed") && said.out.contains("0 figures differ"), "{}", said.out);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "80 columns:\n{}", said.out);
    assert_eq!(room.run(&["verify", "new"]).out, "new: every result holds\n");
    assert_eq!(room.run(&["check", "new/ring"]).code, 0, "the ring as of the day is a ring like any other");
    let compared = room.run(&["compare", "old", "new", "--no-causes"]);
    assert_eq!(compared.code, 1, "{}", compared.err);
    assert!(fs::read_to_string(room.path("new/tables/moves.csv")).unwrap().lines().count() == 1, "no move");
}

#[test]
fn actual_figures_take_the_place_of_planned_ones() {
    let room = studied();
    fs::create_dir(room.path("actual")).unwrap();
    fs::write(
        room.path("actual/outages.csv"),
        "outage,target,cause,from,to\nflood,site:south,flood,2027-02-01,2027-02-07\n",
    )
    .unwrap();
    let arguments = [
        "replan",
        "old",
        "--from",
        "2027-01-25",
        "--actual",
        "actual",
        "--freeze-until",
        "2027-02-08",
        "--out",
        "new",
        "--plan-only",
        "--threads",
        "1",
        "--format",
        "json",
    ];
    let said = room.run(&arguments);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let json = said.json();
    assert!(json["findings"].as_array().unwrap().is_empty());
    let moves = rows(&json, "moves");
    let frozen: Vec<&Value> = moves.iter().filter(|row| row[8] == "yes").collect();
    assert!(!frozen.is_empty(), "what stands still makes nothing: {moves:?}");
    assert!(frozen.iter().all(|row| row[9] != "the plan is better without"), "each with its cause: {frozen:?}");
    assert_eq!(room.run(&["verify", "new"]).code, 0);
    let mut proof: Value = serde_json::from_str(&fs::read_to_string(room.path("new/proof.json")).unwrap()).unwrap();
    proof["programme"]["make"].as_array_mut().unwrap().pop();
    fs::write(room.path("new/proof.json"), proof.to_string()).unwrap();
    assert_eq!(room.run(&["verify", "new"]).code, 1, "an altered plan is found");
}

#[test]
fn what_cannot_be_carried_over_is_refused_and_nothing_is_written() {
    let room = studied();
    let said = room.run(&["replan", "old", "--from", "2027-01-26"]);
    assert!(said.code == 1 && said.err.contains("RW0312"), "{}", said.err);
    fs::create_dir(room.path("actual")).unwrap();
    let said = room.run(&["replan", "old", "--from", "2027-01-25", "--actual", "actual"]);
    assert!(said.code == 1 && said.err.contains("RW0010"), "{}", said.err);
    fs::write(room.path("actual/opening.csv"), "kind,place,thing,quantity\nstock,nowhere,rod,5\n").unwrap();
    let said = room.run(&["replan", "old", "--from", "2027-01-25", "--actual", "actual"]);
    assert!(said.code == 1 && said.err.contains("RW0106"), "{}", said.err);
    assert_eq!(room.names(), ["actual", "old", "ring"]);
}
