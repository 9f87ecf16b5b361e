//! Power cuts at every sync of random work, and disks that fail: what was acknowledged stands, what fails is refused.

use crate::common::*;
use crate::vfs::{self, Op, after_power_cut};
use rusqlite::ffi;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use store::{Ledger, verify};

const FOLDER: &str = "RINGWORKS_POWER_FOLDER";
const SEED: &str = "RINGWORKS_POWER_SEED";
/// Workloads, for the long run.
const WORKLOADS: &str = "RINGWORKS_POWER_CUTS";

fn dice(state: &mut u64, n: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % n
}

/// The child's part: batches of events, flushes and reopenings through the recorder, the trace into a file.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let mut state: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    vfs::register();
    let mut ledger = Some(Ledger::create(&folder.join("yard"), &identity("yard", "maker")).unwrap());
    vfs::note(Op::Acknowledged("opened".to_owned()));
    let mut n = 0;
    for _ in 0..6 + dice(&mut state, 6) {
        let mut open = ledger.take().unwrap();
        let requests: Vec<store::Request> = (0..1 + dice(&mut state, 12))
            .map(|_| {
                n += 1;
                request(&open, &format!("start s{n} item=kite by=anna id=e{n}"))
            })
            .collect();
        for (request, answer) in requests.iter().zip(open.append(&requests, NOW).unwrap()) {
            let leaf = answer.unwrap().leaf;
            vfs::note(Op::Acknowledged(format!("{} {leaf}", request.event.client)));
        }
        match dice(&mut state, 4) {
            0 => open.flush().unwrap(),
            1 => {
                drop(open);
                open = Ledger::open(&folder.join("yard")).unwrap();
            }
            _ => {}
        }
        ledger = Some(open);
    }
    drop(ledger);
    std::fs::write(folder.join("trace"), as_bytes(&vfs::take_trace())).unwrap();
}

/// Kind, file or client, number, bytes.
type Packed = (u64, (String, (u64, custody::encode::Bytes)));

fn as_bytes(trace: &[Op]) -> Vec<u8> {
    let mut all: Vec<Packed> = Vec::new();
    for op in trace {
        all.push(match op.clone() {
            Op::Write { file, offset, bytes } => (0, (file, (offset, custody::encode::Bytes(bytes)))),
            Op::Truncate { file, size } => (1, (file, (size, custody::encode::Bytes(Vec::new())))),
            Op::Sync { file } => (2, (file, (0, custody::encode::Bytes(Vec::new())))),
            Op::Delete { file } => (3, (file, (0, custody::encode::Bytes(Vec::new())))),
            Op::Acknowledged(name) => (4, (name, (0, custody::encode::Bytes(Vec::new())))),
        });
    }
    custody::encode::encode(&all)
}

fn of_bytes(bytes: &[u8]) -> Vec<Op> {
    let all: Vec<Packed> = custody::encode::decode(bytes).unwrap();
    let op = |(kind, (name, (number, bytes))): Packed| match kind {
        0_u64 => Op::Write { file: name, offset: number, bytes: bytes.0 },
        1 => Op::Truncate { file: name, size: number },
        2 => Op::Sync { file: name },
        3 => Op::Delete { file: name },
        _ => Op::Acknowledged(name),
    };
    all.into_iter().map(op).collect()
}

#[test]
fn after_a_power_cut_at_any_sync_everything_acknowledged_stands() {
    let n = std::env::var(WORKLOADS).ok().and_then(|n| n.parse().ok()).unwrap_or(3_u64);
    let (mut cuts, mut syncs) = (0, 0);
    for seed in 0..n {
        let room = tempfile::tempdir().unwrap();
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["power::child", "--exact", "--test-threads=1", "--quiet"])
            .env(FOLDER, room.path())
            .env(SEED, seed.to_string())
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "seed {seed}");
        let trace = of_bytes(&std::fs::read(room.path().join("trace")).unwrap());
        let mut state = seed;
        for (at, op) in trace.iter().enumerate() {
            // Right before and right after each sync, and right after each acknowledgement.
            let moments: &[usize] = match op {
                Op::Sync { .. } => &[at, at + 1],
                Op::Acknowledged(_) => &[at + 1],
                _ => continue,
            };
            syncs += usize::from(matches!(op, Op::Sync { .. }));
            for upto in moments {
                cuts += 1;
                play(&trace, *upto, room.path(), &mut state, seed);
            }
        }
    }
    assert!(syncs > 10 && cuts > 30, "{cuts} cuts at {syncs} syncs");
    println!("{n} workloads, {cuts} power cuts at {syncs} syncs and after every acknowledgement: all there");
}

/// Makes the disk of one power cut and opens the ledger on it.
fn play(trace: &[Op], upto: usize, room: &Path, state: &mut u64, seed: u64) {
    let what = format!("seed {seed}, after {upto} operations");
    let acknowledged: BTreeSet<&str> = trace[..upto]
        .iter()
        .filter_map(|op| if let Op::Acknowledged(name) = op { Some(name.as_str()) } else { None })
        .collect();
    let folder = room.join("cut");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    for (name, bytes) in after_power_cut(trace, upto, &mut |n| dice(state, n)) {
        // Shared memory does not outlive a power cut.
        if !name.ends_with("-shm") {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
    std::fs::copy(room.join("yard/node.key"), folder.join("node.key")).unwrap();
    if !acknowledged.contains("opened") {
        return;
    }
    let ledger = Ledger::open(&folder).unwrap_or_else(|refused| panic!("{what}: {refused}"));
    assert_eq!(ledger.world().started() + 1, ledger.size(), "{what}: every event once");
    let leaves = store::leaves(&folder, &identity("yard", "maker").node, ledger.size()).unwrap();
    for (name, leaf) in acknowledged.iter().filter_map(|told| told.split_once(' ')) {
        let unit = ledger.world().units.get(&serial(&name.replacen('e', "s", 1)));
        let unit = unit.unwrap_or_else(|| panic!("{what}: {name} was acknowledged and is lost"));
        let found = leaves[usize::try_from(unit.last.seq).unwrap()];
        assert_eq!(found.to_string(), leaf, "{what}: {name} is not what was acknowledged");
    }
    drop(ledger);
    assert_eq!(verify(&folder, &[]).unwrap().findings, Vec::new(), "{what}");
}

/// The child's part of failing disks: after each number of writes the disk fails for good.
#[test]
fn failing_child() {
    let Some(folder) = std::env::var_os("RINGWORKS_FAIL_FOLDER") else { return };
    let folder = Path::new(&folder).join("yard");
    vfs::register();
    drop(Ledger::create(&folder, &identity("yard", "maker")).unwrap());
    let mut told = BTreeSet::new();
    for (i, code) in
        (0..40).flat_map(|i| [(i, ffi::SQLITE_FULL), (i, ffi::SQLITE_IOERR_WRITE), (i, ffi::SQLITE_IOERR_FSYNC)])
    {
        let mut ledger = Ledger::open(&folder).unwrap();
        vfs::fail_after(i / 4, code);
        let mut refused = false;
        for step in 0..8 {
            let name = format!("f{i}x{code}x{step}");
            let line = format!("start {name} item=kite by=anna id={name}");
            let request = request(&ledger, &line);
            match ledger.append(&[request], NOW) {
                Ok(answers) => {
                    assert!(!refused, "after a failure nothing is acknowledged until the ledger is opened again");
                    answers.into_iter().for_each(|answer| {
                        told.insert(answer.unwrap().id.seq);
                    });
                    std::fs::write(folder.join("last"), &name).unwrap();
                }
                Err(why) => {
                    assert_eq!(codes(&why), [762]);
                    refused = true;
                }
            }
        }
        assert!(refused, "the disk failed and nobody said so");
        vfs::fail_after(-1, 0);
        drop(ledger);
        let ledger = Ledger::open(&folder).unwrap();
        assert!(told.iter().all(|seq| *seq < ledger.size()), "what was acknowledged stands");
        drop(ledger);
        assert_eq!(verify(&folder, &[]).unwrap().findings, Vec::new());
    }
}

#[test]
fn a_disk_that_fails_or_is_full_ends_in_a_refusal() {
    let room = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["power::failing_child", "--exact", "--test-threads=1"])
        .env("RINGWORKS_FAIL_FOLDER", room.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
