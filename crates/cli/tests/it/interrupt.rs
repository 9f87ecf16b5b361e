//! Ctrl-C: what there is is kept, and nothing is half written.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::harness::Room;

/// Sends a signal to a process by the shell's own `kill`, which every system has.
fn signal(process: u32, name: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn a_stopped_study_leaves_a_whole_dossier_or_none() {
    let room = Room::with("ring");
    for wait_ms in [300, 1_500] {
        let mut command = room.command(&["study", "ring", "--out", "out", "--effort", "full"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(wait_ms));
        signal(child.id(), "INT");
        let code = child.wait().unwrap().code();
        assert_eq!(code, Some(130), "after {wait_ms} ms");
        let names = room.names();
        assert!(names.iter().all(|name| !name.starts_with('.')), "nothing half is left: {names:?}");
        if room.path("out").exists() {
            for file in ["report.html", "proof.json", "results.json"] {
                assert!(room.path("out").join(file).exists(), "{file} after {wait_ms} ms");
            }
        }
    }
}

#[test]
fn a_stopped_ledger_keeps_what_it_acknowledged() {
    let room = Room::new();
    std::fs::create_dir(room.path("a")).unwrap();
    room.run(&["ledger", "open", "a", "--node", "yard", "--organisation", "maker"]);
    let lines: String = (0..400_000).map(|i| format!("start s{i} item=kite by=anna\n")).collect();
    std::fs::write(room.path("events.txt"), lines).unwrap();
    let mut command = room.command(&["ledger", "append", "a", "events.txt", "--format", "json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_millis(700));
    signal(child.id(), "INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "before all was read");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let states = room.run(&["ledger", "history", "a", "--format", "json"]).json();
    assert_eq!(states["started"], told["receipts"].as_array().unwrap().len(), "what is told is there, and no more");
}

#[test]
fn a_second_time_leaves_at_once() {
    let room = Room::with("ring");
    let mut command = room.command(&["study", "ring", "--out", "out", "--effort", "full"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_millis(700));
    signal(child.id(), "INT");
    sleep(Duration::from_millis(50));
    signal(child.id(), "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(room.names().iter().all(|name| !name.starts_with('.')));
}
