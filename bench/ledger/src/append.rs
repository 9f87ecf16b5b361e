//! Durable events a second at 64 clients: the ledger, plain SQLite with the same group commit, PostgreSQL; interleaved.

use std::time::{Duration, Instant};

use store::{Ledger, Reader, Writer, now_ms};

use crate::clock::timed;
use crate::{peers, work};

pub(crate) const CLIENTS: u64 = 64;

pub(crate) fn run(seconds: u64, rounds: u64) {
    let room = tempfile::tempdir_in(".").expect("a folder on the disk that is timed");
    let postgres = peers::Postgres::start(room.path());
    let time = Duration::from_secs(seconds);
    let (mut ours, mut raw, mut server) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let folder = room.path().join(format!("ledger{round}"));
        ours.push(ledger(&folder, time));
        let found = store::verify(&folder, &[]).expect("it verifies");
        assert!(found.findings.is_empty(), "what was timed is sound");
        let rows = rows(&folder);
        raw.push(peers::sqlite(&room.path().join(format!("raw{round}.db")), time, &rows));
        if let Some(postgres) = &postgres {
            server.push(postgres.insert(seconds, &rows));
        }
        let bytes: usize = rows.iter().map(Vec::len).sum();
        println!(
            "round {round}: {:.0?}, {:.0?}, {:.0?}; rows of {} bytes",
            ours.last(),
            raw.last(),
            server.last(),
            bytes / rows.len()
        );
    }
    println!("{CLIENTS} clients, {rounds} rounds of {seconds} s each, interleaved; middle round");
    let middle = |rates: &[f64]| {
        let mut sorted = rates.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied()
    };
    let own = middle(&ours).expect("a round");
    println!("ledger: validated, chained, projected    {own:>9.0} durable events/s");
    for (name, rates) in
        [("SQLite, the same rows, group commit", &raw), ("PostgreSQL, the same rows, own commits", &server)]
    {
        if let Some(rate) = middle(rates) {
            let ratios: Vec<f64> = ours.iter().zip(rates).map(|(own, peer)| own / peer).collect();
            let ratio = middle(&ratios).expect("a round");
            println!("{name:<40} {rate:>9.0} rows/s; the ledger has {ratio:.2} times that");
        }
    }
}

/// The rows that the ledger wrote, for the peers.
fn rows(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let reader = Reader::open(folder).expect("it opens");
    let mut rows = Vec::new();
    let all = reader.each("yard", 1, |record| {
        rows.push(record.bytes());
        Ok(())
    });
    all.expect("it reads");
    rows
}

/// Each client sends an event, waits until it is on the disk, and sends the next.
fn ledger(folder: &std::path::Path, time: Duration) -> f64 {
    let writer = Writer::start(Ledger::create(folder, &work::identity()).expect("a new ledger"));
    let begin = Instant::now();
    let (n, cpu) = timed(|| clients(&writer, begin, time));
    let seconds = begin.elapsed().as_secs_f64();
    drop(writer.finish().expect("the writer ends"));
    println!("  ledger: {n} events, {:.1} us of CPU each, clients included", cpu.sum() * 1e6 / n as f64);
    n as f64 / seconds
}

fn clients(writer: &Writer, begin: Instant, time: Duration) -> u64 {
    std::thread::scope(|scope| {
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
    })
}
