//! What is kept between runs: it saves time and changes nothing, and what is damaged is worked out again.

use std::fs;
use std::path::{Path, PathBuf};

use super::harness::{Room, Said, files};

fn study(room: &Room, out: &str, more: &[&str]) -> Said {
    let mut command = room.command(&[&["study", "ring", "--out", out, "--threads", "1"], more].concat());
    let output = command.env("RINGWORKS_CACHE", room.path("kept")).output().unwrap();
    let said = Said::of(&output);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    said
}

fn same(room: &Room, a: &str, b: &str) {
    let (a, b) = (files(&room.path(a)), files(&room.path(b)));
    assert_eq!(a.len(), b.len());
    for ((name, a), (other, b)) in a.iter().zip(&b) {
        assert!(name == other && a == b, "{name} differs");
    }
}

/// The stages that a run says it took over whole.
fn kept(said: &Said) -> Vec<String> {
    let line = said.err.lines().find(|line| line.starts_with("took: ")).unwrap_or_default();
    let stages = line.trim_start_matches("took: ").split(", ");
    stages.filter_map(|stage| stage.strip_suffix(" kept")).map(str::to_owned).collect()
}

fn all_kept(folder: &Path) -> Vec<PathBuf> {
    let inside = |path: &Path| fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>();
    let mut all: Vec<PathBuf> = inside(folder).iter().flat_map(|sub| inside(sub)).collect();
    all.sort();
    all
}

#[test]
fn a_run_takes_over_what_nothing_has_changed_and_gives_the_same_bytes() {
    let room = Room::with("pilot");
    let plain = study(&room, "plain", &["--no-cache"]);
    assert!(kept(&plain).is_empty() && !room.path("kept").exists(), "{}", plain.err);
    assert!(kept(&study(&room, "first", &[])).is_empty());
    assert_eq!(kept(&study(&room, "again", &[])), ["balance", "plan", "simulate", "decide"]);
    same(&room, "plain", "first");
    same(&room, "plain", "again");

    // A gate is read by decide alone, and no value changes with it.
    room.edit("ring/gates.csv", "2027-01-29,accepted,", "2027-01-29,submitted,");
    let said = study(&room, "gates", &[]);
    assert_eq!(kept(&said), ["balance", "plan", "simulate"]);
    assert!(said.err.contains("(partly kept)"), "{}", said.err);
    study(&room, "gates-plain", &["--no-cache"]);
    same(&room, "gates", "gates-plain");

    // Another seed changes no line and no plan.
    assert_eq!(kept(&study(&room, "seed", &["--seed", "99"]))[..1], ["balance"]);
}

#[test]
fn a_changed_price_leaves_the_lines() {
    let room = Room::with("pilot");
    study(&room, "before", &[]);
    let text = fs::read_to_string(room.path("ring/supply.csv")).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let price = lines[0].split(',').position(|c| c == "price").unwrap();
    let mut cells: Vec<String> = lines[1].split(',').map(str::to_owned).collect();
    cells[price] = format!("{}", cells[price].parse::<f64>().unwrap() * 1.5);
    lines[1] = cells.join(",");
    fs::write(room.path("ring/supply.csv"), lines.join("\n") + "\n").unwrap();
    assert_eq!(kept(&study(&room, "after", &[])), ["balance"]);
    study(&room, "after-plain", &["--no-cache"]);
    same(&room, "after", "after-plain");
}

#[test]
fn what_is_cut_or_altered_is_worked_out_again() {
    let room = Room::with("pilot");
    study(&room, "plain", &[]);
    let entries = all_kept(&room.path("kept"));
    assert!(entries.len() >= 5, "menus, plan, evidence, values and decision: {}", entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let mut bytes = fs::read(entry).unwrap();
        if at % 2 == 0 {
            bytes.truncate(bytes.len() / 2);
        } else {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }
        fs::write(entry, bytes).unwrap();
    }
    assert!(kept(&study(&room, "mended", &[])).is_empty());
    same(&room, "plain", "mended");
    assert_eq!(kept(&study(&room, "again", &[])).len(), 4);
}

#[test]
fn what_is_whole_but_false_is_not_believed() {
    let room = Room::with("pilot");
    study(&room, "plain", &[]);
    let mut falsified = 0;
    for entry in all_kept(&room.path("kept")) {
        let text = fs::read_to_string(&entry).unwrap();
        let (head, body) = text.split_at(text.match_indices('\n').nth(1).unwrap().0 + 1);
        let mut value: serde_json::Value = serde_json::from_str(body).unwrap();
        let cost = value.pointer_mut("/Plan/programme/cost");
        let Some(cost) = cost else { continue };
        *cost = (cost.as_i64().unwrap() / 2).into();
        let body = value.to_string();
        let mark = head.lines().next().unwrap();
        fs::write(&entry, format!("{mark}\n{}\n{body}", ring_io::sha256_hex(body.as_bytes()))).unwrap();
        falsified += 1;
    }
    assert_eq!(falsified, 1);
    study(&room, "mended", &[]);
    same(&room, "plain", "mended");
    study(&room, "again", &[]);
    same(&room, "plain", "again");
}
