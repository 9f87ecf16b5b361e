//! `import` and `export`: the same ring both ways, and nothing half written.

use std::fs;

use super::harness::{Room, files};

#[test]
fn a_ring_comes_back_from_a_workbook() {
    let room = Room::with("pilot");
    assert_eq!(room.run(&["export", "ring", "ring.xlsx"]).code, 0);
    assert_eq!(room.run(&["import", "ring.xlsx", "again"]).code, 0);
    assert_eq!(room.run(&["export", "again", "again.xlsx"]).code, 0);
    assert_eq!(room.run(&["import", "again.xlsx", "third"]).code, 0);
    assert_eq!(files(&room.path("again")), files(&room.path("third")));
    assert_eq!(room.run(&["check", "again"]).out, room.run(&["check", "ring"]).out);
    assert_eq!(room.run(&["check", "ring.xlsx"]).code, 0, "a workbook is a ring too");
}

#[test]
fn what_is_there_stays_unless_forced() {
    let room = Room::with("pilot");
    fs::write(room.path("ring.xlsx"), "mine").unwrap();
    let said = room.run(&["export", "ring", "ring.xlsx"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("RW0502"), "{}", said.err);
    assert_eq!(fs::read_to_string(room.path("ring.xlsx")).unwrap(), "mine");
    assert_eq!(room.run(&["export", "ring", "ring.xlsx", "--force"]).code, 0);
    assert_eq!(room.names(), ["ring", "ring.xlsx"], "nothing is left beside");
}

#[test]
fn nothing_is_written_from_a_broken_file() {
    let room = Room::new();
    fs::write(room.path("broken.xlsx"), "not a workbook").unwrap();
    let said = room.run(&["import", "broken.xlsx", "ring"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("RW0007"), "{}", said.err);
    assert_eq!(room.names(), ["broken.xlsx"]);
}
