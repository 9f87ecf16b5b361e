//! A large ledger: written once, then verified, opened and asked for histories and the units of a lot.

use std::path::Path;

use custody::name::{Lot, Serial};
use store::{Ledger, Reader, now_ms, verify};

use crate::clock::timed;
use crate::work;

/// Units that pieces of one lot went into.
const LOT: u64 = 10_000;

/// Writes a ledger of so many events of so many units.
pub(crate) fn write(folder: &Path, events: u64, units: u64) {
    let ((), cpu) = timed(|| {
        let mut ledger = Ledger::create(folder, &work::identity()).expect("a new ledger");
        let now = now_ms();
        let mut batch = Vec::new();
        for n in 0..events {
            // One step of every unit, then the next: a unit's events lie far apart, as they do in life.
            let (step, unit) = (n / units, n % units);
            batch.push(work::event(unit, step, unit / LOT, now));
            if batch.len() == 512 || n + 1 == events {
                let answers = ledger.append(&batch, now).expect("the disk takes it");
                assert!(answers.iter().all(Result::is_ok), "every event is possible");
                batch.clear();
                if ledger.wants_flush() {
                    ledger.flush().expect("flushed");
                }
            }
        }
    });
    let seconds = cpu.sum();
    println!("written  {seconds:>8.1} CPU s, {:.1} us an event, batches of 512", seconds * 1e6 / events as f64);
    let size = std::fs::metadata(folder.join("ledger.db")).expect("a file").len();
    println!("file     {:>8.0} MB, {} bytes an event", size as f64 / 1e6, size / events);
}

/// Reads it.
pub(crate) fn run(folder: &Path) {
    let (found, cpu) = timed(|| verify(folder, &[]).expect("it reads"));
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let records = found.logs[0].1;
    println!(
        "verify   {records} records: {:.2} and {:.2} CPU s on two threads, {:.0} records/s on two free cores",
        cpu.own,
        cpu.others,
        records as f64 / cpu.longer()
    );

    let (ledger, cpu) = timed(|| Ledger::open(folder).expect("it opens"));
    assert_eq!(ledger.size(), records);
    let units = ledger.world().started();
    println!("start    {:>8.3} CPU s, {units} units", cpu.sum());
    drop(ledger);

    let reader = Reader::open(folder).expect("it opens");
    let mut times = Vec::new();
    for i in 0..101 {
        let serial = Serial::new(&work::serial(i * 7_919 % units)).expect("a name");
        let (history, cpu) = timed(|| reader.history(&serial).expect("it reads"));
        times.push(cpu.sum() * 1e3);
        assert!(history.len() as u64 >= (records - 1) / units, "all of it");
    }
    let first = times[0];
    times.sort_by(f64::total_cmp);
    println!("history  {:>8.2} ms median, {:.2} ms worst of 101, {first:.2} ms the first", times[50], times[100]);

    let (uses, cpu) = timed(|| reader.where_used(&Lot::new("L3").expect("a name")).expect("it reads"));
    println!("where    {:>8.3} CPU s for {} units of a lot", cpu.sum(), uses.len());
    assert_eq!(uses.len() as u64, LOT.min(units));
}
