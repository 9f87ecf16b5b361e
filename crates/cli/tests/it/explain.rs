//! `explain`: a page per code.

use super::harness::Room;

#[test]
fn a_page_says_what_the_code_means() {
    let room = Room::new();
    let said = room.run(&["explain", "RW0201"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("RW0201") && said.out.lines().count() > 5, "{}", said.out);
    let wide: Vec<&str> = said.out.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(wide.is_empty(), "wider than 80 columns: {wide:#?}");
    assert_eq!(room.run(&["explain", "201"]).out, said.out, "the number is enough");
    assert_eq!(room.run(&["explain", "rw0201"]).out, said.out, "letters in either case");
    let json = room.run(&["explain", "RW0201", "--format", "json"]).json();
    assert_eq!(json["code"], "RW0201");
}

#[test]
fn the_list_has_every_code_once() {
    let said = Room::new().run(&["explain"]);
    let codes: Vec<&str> = said.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 40 && codes.is_sorted() && codes.iter().all(|code| code.starts_with("RW")));
}

#[test]
fn a_code_that_is_none_could_not_be_explained() {
    let said = Room::new().run(&["explain", "RW9999"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("RW9999"), "{}", said.err);
}
