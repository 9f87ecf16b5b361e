//! Durable events a second at 64 clients: the ledger, plain SQLite with the same group commit, PostgreSQL; interleaved.

use std::time::{Duration, Instant};

use store::{Ledger, Writer, now_ms};

use crate::{peers, work};

pub(crate) const CLIENTS: u64 = 64;

pub(crate) fn run(seconds: u64, rounds: u64) {
    let room = tempfile::tempdir_in(".").expect("a folder on the disk that is timed");
    let postgres = peers::Postgres::start(room.path());
    let (mut ours, mut raw, mut server) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let folder = room.path().join(format!("ledger{round}"));
        ours.push(ledger(&folder, Duration::from_secs(seconds)));
        raw.push(peers::sqlite(&room.path().join(format!("raw{round}.db")), Duration::from_secs(seconds)));
        if let Some(postgres) = &postgres {
            server.push(postgres.insert(seconds));
        }
        let found = store::verify(&folder, &[]).expect("it verifies");
        assert!(found.findings.is_empty(), "what was timed is sound");
    }
    let show = |name: &str, rates: &[f64]| {
        let mut sorted = rates.to_vec();
        sorted.sort_by(f64::total_cmp);
        if let Some(middle) = sorted.get(sorted.len() / 2) {
            println!("{name:<40} {middle:>9.0} events/s  (of {rates:.0?})");
        }
    };
    println!("{CLIENTS} clients, {rounds} rounds of {seconds} s each, interleaved");
    show("ledger: validated, chained, projected", &ours);
    show("SQLite, the same rows, group commit", &raw);
    show("PostgreSQL, the same rows, one insert each", &server);
}

/// Each client sends an event, waits until it is on the disk, and sends the next.
fn ledger(folder: &std::path::Path, time: Duration) -> f64 {
    let writer = Writer::start(Ledger::create(folder, &work::identity()).expect("a new ledger"));
    let begin = Instant::now();
    let n: u64 = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let handle = writer.client();
                scope.spawn(move || {
                    let mut n = 0;
                    while begin.elapsed() < time {
                        let unit = client + CLIENTS * (n / 12);
                        handle.append(work::event(unit, n % 12, unit / 100, now_ms())).expect("taken");
                        n += 1;
                    }
                    n
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().expect("a client")).sum()
    });
    let seconds = begin.elapsed().as_secs_f64();
    drop(writer.finish().expect("the writer ends"));
    n as f64 / seconds
}
