//! A child process that writes and is killed at a random moment, again and again: what it was told stands is there.

use crate::common::*;
use custody::hash::Hash;
use custody::name::ClientId;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Ledger, Writer, verify};

/// Tells the child where to write.
const FOLDER: &str = "RINGWORKS_KILL_FOLDER";
/// Rounds, for the long run.
const ROUNDS: &str = "RINGWORKS_KILLS";

/// The child's part: four clients that send events and say on stdout what was acknowledged, until somebody kills it.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let ledger = Ledger::open(std::path::Path::new(&folder)).unwrap();
    let from = ledger.size();
    let template = request(&ledger, "start x item=kite by=anna");
    let writer = Writer::start(ledger);
    std::thread::scope(|scope| {
        for client in 0..4 {
            let (handle, template) = (writer.client(), template.clone());
            scope.spawn(move || {
                for i in 0.. {
                    let name = format!("r{from}c{client}i{i}");
                    let mut request = template.clone();
                    request.event.serials = vec![serial(&name)];
                    request.event.client = ClientId::new(&name).unwrap();
                    let receipt = handle.append(request).unwrap();
                    // One write, so that a line is there whole or not at all.
                    let line = format!("ack {name} {} {}\n", receipt.id.seq, receipt.leaf);
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let rounds = std::env::var(ROUNDS).ok().and_then(|n| n.parse().ok()).unwrap_or(6_u32);
    let mut dice = 7_u64;
    let mut total = 0;
    let mut left = rounds;
    while left > 0 {
        // A new ledger now and then, so that reading it again stays cheap.
        let n = left.min(40);
        total += killed(n, &mut dice);
        left -= n;
    }
    // A machine under load may kill the first children before they write; all of them would mean nothing was tested.
    assert!(total > 0);
    println!("{rounds} kills, {total} events acknowledged, all there");
}

/// Kills the writer of one ledger some times and gives how many events were acknowledged.
fn killed(rounds: u32, dice: &mut u64) -> usize {
    let room = Room::new();
    drop(room.create("yard", "maker"));
    let folder = room.path("yard");
    let mut acknowledged: BTreeMap<u64, (String, Hash)> = BTreeMap::new();
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::child", "--exact", "--nocapture", "--test-threads=1"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (first, wait) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let tell = |line: &String| {
                let _ = first.send(line.contains("ack "));
            };
            lines.map_while(Result::ok).inspect(tell).collect::<Vec<String>>()
        });
        // Mostly while it writes, now and then while it starts.
        if round % 4 > 0 {
            while wait.recv_timeout(Duration::from_secs(60)) == Ok(false) {}
        }
        std::thread::sleep(Duration::from_micros((*dice >> 33) % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in reader.join().unwrap() {
            let Some(rest) = line.split("ack ").nth(1) else { continue };
            let parts: Vec<&str> = rest.split(' ').collect();
            let [name, seq, leaf] = parts[..] else { continue };
            let Some(leaf) = Hash::read(leaf) else { continue };
            let before = acknowledged.insert(seq.parse().unwrap(), (name.to_owned(), leaf));
            assert_eq!(before, None, "no place is given twice");
        }
        let ledger = Ledger::open(&folder).unwrap();
        assert_eq!(ledger.world().started() + 1, ledger.size(), "round {round}: every event once");
        drop(ledger);
        assert_eq!(verify(&folder, &[]).unwrap().findings, Vec::new(), "round {round}");
        let leaves = store::leaves(&folder, &identity("yard", "maker").node, u64::MAX >> 24).unwrap();
        for (seq, (name, leaf)) in &acknowledged {
            assert_eq!(leaves.get(*seq as usize), Some(leaf), "round {round}: {name} is where it was acknowledged");
        }
    }
    acknowledged.len()
}
