//! `new`: sample rings.

use std::fs;

use super::harness::Room;

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let room = Room::new();
    fs::create_dir(room.path("mine")).unwrap();
    fs::write(room.path("mine/letter"), "dear").unwrap();
    let said = room.run(&["new", "mine"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("RW0502") && said.err.contains("help"), "{}", said.err);
    assert_eq!(fs::read_to_string(room.path("mine/letter")).unwrap(), "dear");
    assert_eq!(room.names(), ["mine"]);
}

#[test]
fn what_comes_next_is_said_unless_quiet() {
    let room = Room::new();
    assert!(room.run(&["new", "a"]).err.contains("ringworks check a"));
    assert_eq!(room.run(&["new", "b", "--quiet"]).err, "");
}
