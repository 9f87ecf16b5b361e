//! `study`: a dossier that is whole, the same on any number of threads, and verified.

use std::fs;

use super::harness::{Room, files};

/// Text files in which no folder or time of this machine may stand.
fn study(room: &Room, out: &str, threads: &str) {
    let said = room.run(&["study", "ring", "--out", out, "--threads", threads, "--seed", "7"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "80 columns:\n{}", said.out);
    assert!(said.err.contains(&format!("{out}/report.html")), "{}", said.err);
}

#[test]
fn the_same_bytes_on_one_thread_and_on_two_and_every_result_holds() {
    let room = Room::with("pilot");
    study(&room, "one", "1");
    study(&room, "two", "2");
    let (one, two) = (files(&room.path("one")), files(&room.path("two")));
    let names = |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    for ((name, a), (_, b)) in one.iter().zip(&two) {
        assert!(a == b, "{name} differs between 1 and 2 threads");
    }
    for wanted in ["report.html", "results.json", "results.xlsx", "proof.json", "ring/ring.toml", "tables/summary.csv"]
    {
        assert!(one.iter().any(|(name, bytes)| name == wanted && !bytes.is_empty()), "{wanted}");
    }
    assert_eq!(room.names(), ["one", "ring", "two"], "nothing is left beside");

    let said = room.run(&["verify", "one", "--ring", "ring"]);
    assert_eq!((said.code, said.out.as_str()), (0, "one: every result holds\n"), "{}", said.err);

    let page = fs::read(room.path("one/report.html")).unwrap();
    fs::remove_file(room.path("one/report.html")).unwrap();
    assert_eq!(room.run(&["report", "one"]).code, 0);
    assert!(fs::read(room.path("one/report.html")).unwrap() == page, "the page comes back as it was");

    let proof = fs::read_to_string(room.path("one/proof.json")).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&proof).unwrap();
    let cost = value["programme"]["cost"].as_i64().unwrap();
    value["programme"]["cost"] = (cost - 100).into();
    fs::write(room.path("one/proof.json"), value.to_string()).unwrap();
    let said = room.run(&["verify", "one"]);
    assert_eq!(said.code, 1, "an altered cost is found: {}{}", said.out, said.err);
    assert!(said.err.contains("RW04"), "{}", said.err);

    room.edit("ring/ring.toml", "name = \"", "name = \"Other ");
    let said = room.run(&["verify", "two", "--ring", "ring"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("RW0406"), "{}", said.err);
}

#[test]
fn a_broken_ring_leaves_nothing() {
    let room = Room::with("pilot");
    room.edit("ring/tasks.csv", "minutes", "mintues");
    let said = room.run(&["study", "ring", "--out", "out"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert_eq!(room.names(), ["ring"]);
}

#[test]
fn a_folder_of_somebody_else_is_not_replaced() {
    let room = Room::with("pilot");
    fs::create_dir(room.path("mine")).unwrap();
    fs::write(room.path("mine/letter"), "dear").unwrap();
    let said = room.run(&["study", "ring", "--out", "mine"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("RW0502"), "{}", said.err);
    assert_eq!(room.names(), ["mine", "ring"]);
}
