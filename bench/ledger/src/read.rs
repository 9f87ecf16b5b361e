//! A large ledger: verification, start, one serial's history, the units of a lot.

use std::time::Instant;

use custody::name::{Lot, Serial};
use store::{Ledger, Reader, now_ms, verify};

use crate::work;

pub(crate) fn run(events: u64, units: u64) {
    let room = tempfile::tempdir_in(".").expect("a folder");
    let folder = room.path().join("ledger");
    let begin = Instant::now();
    let mut ledger = Ledger::create(&folder, &work::identity()).expect("a new ledger");
    let now = now_ms();
    let mut batch = Vec::new();
    for n in 0..events {
        // One step of every unit, then the next: a unit's events lie far apart, as they do in life.
        let (step, unit) = (n / units, n % units);
        batch.push(work::event(unit, step, unit / 10_000, now));
        if batch.len() == 512 || n + 1 == events {
            let answers = ledger.append(&batch, now).expect("the disk takes it");
            assert!(answers.iter().all(Result::is_ok), "every event is possible");
            batch.clear();
            if ledger.wants_flush() {
                ledger.flush().expect("flushed");
            }
        }
    }
    drop(ledger);
    let seconds = begin.elapsed().as_secs_f64();
    println!("{events} events of {units} units written in {seconds:.0} s, one client, batches of 512");
    let size = std::fs::metadata(folder.join("ledger.db")).expect("a file").len();
    println!("file {:.0} MB, {} bytes an event", size as f64 / 1e6, size / events);

    let begin = Instant::now();
    let found = verify(&folder, &[]).expect("it reads");
    let seconds = begin.elapsed().as_secs_f64();
    assert!(found.findings.is_empty() && found.logs[0].1 == events + 1);
    println!("verify   {seconds:>8.2} s  {:>10.0} events/s", events as f64 / seconds);

    let begin = Instant::now();
    let ledger = Ledger::open(&folder).expect("it opens");
    println!("start    {:>8.3} s", begin.elapsed().as_secs_f64());
    assert_eq!(ledger.size(), events + 1);
    drop(ledger);

    let reader = Reader::open(&folder).expect("it opens");
    let mut times = Vec::new();
    for i in 0..101 {
        let serial = Serial::new(&format!("SV5-{:07}", i * 7_919 % units)).expect("a name");
        let begin = Instant::now();
        let history = reader.history(&serial).expect("it reads");
        times.push(begin.elapsed().as_secs_f64() * 1e3);
        assert!(history.len() as u64 >= events / units, "all of it");
    }
    let first = times[0];
    times.sort_by(f64::total_cmp);
    println!("history  {:>8.2} ms median, {:.2} ms worst of 101, {first:.2} ms the first", times[50], times[100]);

    let begin = Instant::now();
    let uses = reader.where_used(&Lot::new("L3").expect("a name")).expect("it reads");
    println!("where    {:>8.3} s for {} units of a lot", begin.elapsed().as_secs_f64(), uses.len());
    assert_eq!(uses.len() as u64, 10_000.min(units));
}
