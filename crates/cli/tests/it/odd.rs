//! Odd command lines and places: a folder that is no dossier, a full disk, what a killed program left.

use super::harness::Room;
use std::fs;

#[test]
fn a_ring_or_nothing_is_no_dossier() {
    let room = Room::with_case("base");
    fs::create_dir(room.path("empty")).unwrap();
    for (folder, help) in [("ring", "study ring --out DIR"), ("empty", "proof.json"), ("nowhere", "there is no folder")]
    {
        for command in ["verify", "report"] {
            let said = room.run(&[command, folder]);
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{command} {folder}");
            assert!(said.err.contains("RW0504") && said.err.contains(help), "{}", said.err);
        }
    }
    assert_eq!(room.names(), ["empty", "ring"]);
}

#[test]
fn what_a_killed_program_left_is_gone_after_the_next_run() {
    let room = Room::new();
    // A folder that was being filled when its program was killed: its lock file is there, and nobody holds the lock.
    fs::create_dir(room.path(".ringworks-dead")).unwrap();
    fs::write(room.path(".ringworks-dead/.at-work"), "").unwrap();
    fs::write(room.path(".ringworks-dead/items.csv"), "item").unwrap();
    assert_eq!(room.run(&["new", "--template", "pilot", "ring"]).code, 0);
    assert_eq!(room.names(), ["ring"]);
    assert!(!room.path("ring/.at-work").exists(), "the claim does not stay in the result");
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_nothing_is_begun() {
    let room = Room::with_case("base");
    // A file where a folder should be, and a file system that takes no file, even from an administrator.
    for out in ["ring/items.csv/out", "/proc/ringworks/out"] {
        let said = room.run(&["study", "ring", "--out", out]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{out}");
        assert!(said.err.contains("RW0501"), "{}", said.err);
    }
    assert_eq!(room.names(), ["ring"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_where_they_lead_to_files_and_never_replaced() {
    use std::os::unix::fs::symlink;
    let room = Room::with_case("base");
    symlink("ring", room.path("link")).unwrap();
    assert_eq!(room.run(&["check", "link"]).code, 0);
    let said = room.run(&["study", "ring", "--out", "link"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("RW0502"), "{}", said.err);
    symlink("/dev/zero", room.path("ring/people.csv")).unwrap();
    let said = room.run(&["check", "ring"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("not a plain file"), "{}", said.err);
}
