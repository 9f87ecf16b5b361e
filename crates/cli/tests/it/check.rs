//! `check`: what is sound, what is not, what is open.

use super::harness::Room;

#[test]
fn every_sample_is_sound() {
    for template in ["pilot", "ring", "large"] {
        let room = Room::with(template);
        let said = room.run(&["check", "ring"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{template}: {}", said.err);
        assert!(said.out.contains("is sound"), "{}", said.out);
        assert!(said.out.lines().all(|line| line.chars().count() <= 80), "80 columns:\n{}", said.out);
    }
}

#[test]
fn faults_go_to_stderr_with_place_and_help() {
    let room = Room::with("pilot");
    room.edit("ring/tasks.csv", "minutes", "mintues");
    let said = room.run(&["check", "ring"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    for part in ["error[RW01", "ring/tasks.csv:1:", "mintues", "help:", "`minutes`"] {
        assert!(said.err.contains(part), "`{part}` in\n{}", said.err);
    }
    assert!(said.err.lines().all(|line| line.chars().count() <= 80), "80 columns:\n{}", said.err);
}

#[test]
fn the_json_form_has_a_version_and_the_same_faults() {
    let room = Room::with("pilot");
    let sound = room.run(&["check", "ring", "--format", "json"]).json();
    assert_eq!((&sound["version"], &sound["sound"]), (&1.into(), &true.into()));
    assert_eq!(sound["inputs"]["ring.toml"].as_str().map(str::len), Some(64), "a SHA-256 for each file");
    room.edit("ring/tasks.csv", "minutes", "mintues");
    let said = room.run(&["check", "ring", "--format", "json"]);
    let broken = said.json();
    assert_eq!((said.code, &broken["sound"]), (1, &false.into()));
    let first = &broken["diagnostics"][0];
    assert!(first["code"].as_str().is_some_and(|code| code.starts_with("RW01")), "{first:#}");
    assert!(first["help"].as_str().is_some_and(|help| !help.is_empty()));
    assert_eq!(first["labels"][0]["line"], 1);
}

#[test]
fn a_ring_that_is_not_there_is_refused() {
    let said = Room::new().run(&["check", "nowhere"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("RW0001") && said.err.contains("nowhere"), "{}", said.err);
}
