//! One ledger from its first record to its history, opened again, rebuilt.

use crate::common::*;
use custody::name::Lot;
use custody::world::State;
use store::{Ledger, Reader, Writer, verify};

const LINES: [&str; 9] = [
    "start m1,m2 item=motor by=anna",
    "inspect m1,m2 result=passed by=anna",
    "release m1,m2 by=anna",
    "start s1 item=kite by=anna",
    "install m1,m2 into=s1 lots=cell:L7:4;bolt:B1:12 by=anna private=torque:11.5",
    "inspect s1 result=passed by=anna",
    "release s1 by=anna",
    "ship s1 consignment=C1 to=ministry seal=7 by=anna",
    "start s2 item=kite by=anna",
];

#[test]
fn what_is_appended_is_there_after_opening_again_and_verifies() {
    let room = Room::new();
    let mut ledger = room.create("yard", "maker");
    say_all(&mut ledger, &LINES);
    let (world, head, shown) = (ledger.world().clone(), ledger.checkpoint(), ledger.projections().unwrap());
    drop(ledger);
    let mut ledger = Ledger::open(&room.path("yard")).unwrap();
    assert_eq!(*ledger.world(), world);
    assert_eq!(ledger.checkpoint(), head);
    assert_eq!(ledger.projections().unwrap(), shown);
    ledger.rebuild().unwrap();
    assert_eq!(ledger.projections().unwrap(), shown, "projections follow from the log");
    assert_eq!(*ledger.world(), world);
    drop(ledger);
    let verified = verify(&room.path("yard"), &[]).unwrap();
    assert_eq!((verified.findings, verified.logs[0].1), (Vec::new(), 10));
}

#[test]
fn history_and_where_used() {
    let room = Room::new();
    let mut ledger = room.create("yard", "maker");
    say_all(&mut ledger, &LINES);
    drop(ledger);
    let reader = Reader::open(&room.path("yard")).unwrap();
    let words = |name: &str| -> Vec<&str> {
        let records = reader.history(&serial(name)).unwrap();
        records.iter().map(|record| record.event().unwrap().act.word()).collect()
    };
    assert_eq!(words("s1"), ["start", "install", "inspect", "release", "ship"]);
    assert_eq!(words("m2"), ["start", "inspect", "release", "install"]);
    assert_eq!(words("nobody"), [""; 0]);
    let uses = reader.where_used(&Lot::new("L7").unwrap()).unwrap();
    assert_eq!(uses.len(), 1);
    assert_eq!((uses[0].serial.as_str(), uses[0].thousandths, uses[0].state), ("s1", 4_000, State::InTransit));
    let states: u64 = reader.states().unwrap().iter().map(|(_, n)| n).sum();
    assert_eq!(states, 4, "started is the sum of the states");
}

#[test]
fn the_same_event_twice_is_stored_once_and_an_id_is_used_for_one_event() {
    let room = Room::new();
    let mut ledger = room.create("yard", "maker");
    let line = "start s1 item=kite by=anna id=tablet-1";
    let first = say(&mut ledger, line).unwrap();
    let request = request(&ledger, line);
    let again = ledger.append(&[request.clone(), request], NOW).unwrap();
    for receipt in again.into_iter().map(Result::unwrap) {
        assert_eq!((receipt.id.clone(), receipt.leaf, receipt.was_there), (first.id.clone(), first.leaf, true));
    }
    let refused = say(&mut ledger, "start s2 item=kite by=anna id=tablet-1").unwrap_err();
    assert_eq!(codes(&refused), [711]);
    drop(ledger);
    let mut ledger = Ledger::open(&room.path("yard")).unwrap();
    assert!(say(&mut ledger, line).unwrap().was_there);
    assert_eq!(ledger.size(), 2);
    // What is private is part of the event, though its salt is new each time.
    let priced = "start s3 item=kite by=anna id=tablet-3 private=price:120";
    say(&mut ledger, priced).unwrap();
    assert!(say(&mut ledger, priced).unwrap().was_there);
    for other in ["price:130", "prize:120", "price:120;colour:red"] {
        let refused = say(&mut ledger, &priced.replace("price:120", other)).unwrap_err();
        assert_eq!(codes(&refused), [711], "{other}");
    }
}

#[test]
fn the_same_event_twice_in_one_write_is_stored_once() {
    let room = Room::new();
    let mut ledger = room.create("yard", "maker");
    let first = request(&ledger, "start s1 item=kite by=anna id=a");
    let other = request(&ledger, "start s2 item=kite by=anna id=a");
    let answers = ledger.append(&[first.clone(), first, other], NOW).unwrap();
    let there: Vec<Option<bool>> = answers.iter().map(|a| a.as_ref().ok().map(|receipt| receipt.was_there)).collect();
    assert_eq!(there, [Some(false), Some(true), None]);
    assert_eq!(codes(answers[2].as_ref().unwrap_err()), [711]);
    assert_eq!(ledger.size(), 2);
}

#[test]
fn what_is_refused_is_not_stored() {
    let room = Room::new();
    let mut ledger = room.create("yard", "maker");
    say(&mut ledger, "start s1 item=kite by=anna").unwrap();
    let size = ledger.size();
    for (line, code) in [
        ("release s1 by=anna", 706),
        ("ship s1 consignment=C to=ministry seal=1 by=anna", 707),
        ("release s9 by=anna", 705),
        ("start s1 item=kite by=anna id=other", 704),
        ("hold s1 reason=x by=ben for=ministry", 702),
        ("hold s1 reason=x by=anna at=2026-03-01T08:15:01Z", 714),
    ] {
        assert_eq!(codes(&say(&mut ledger, line).unwrap_err()), [code], "{line}");
    }
    assert_eq!(ledger.size(), size);
    say(&mut ledger, "hold s1 reason=x by=anna at=2026-03-01T08:15:00Z").unwrap();
}

#[test]
fn one_writer_at_a_time() {
    let room = Room::new();
    let ledger = room.create("yard", "maker");
    assert_eq!(codes(&Ledger::open(&room.path("yard")).err().unwrap()), [761]);
    drop(ledger);
    assert!(Ledger::open(&room.path("yard")).is_ok());
    assert_eq!(codes(&Ledger::create(&room.path("yard"), &identity("yard", "maker")).err().unwrap()), [763]);
}

#[test]
fn many_clients_share_one_writer() {
    let room = Room::new();
    let writer = Writer::start(room.create("yard", "maker"));
    std::thread::scope(|scope| {
        for client in 0..8 {
            let handle = writer.client();
            let identity = identity("yard", "maker");
            scope.spawn(move || {
                for i in 0..50 {
                    let line = format!("start s{client}-{i} item=kite by=anna id=c{client}-{i}");
                    let defaults = custody::line::Defaults {
                        organisation: identity.organisation.clone(),
                        now: custody::time::Stamp { ms: NOW, offset_min: 0 },
                        client: custody::name::ClientId::new("x").unwrap(),
                    };
                    let written = custody::line::read(&line, &diag::Place::Result(String::new()), &defaults).unwrap();
                    let receipt = handle.append(store::Request { event: written.event, private: Vec::new() }).unwrap();
                    assert!(!receipt.was_there);
                }
            });
        }
    });
    let ledger = writer.finish().unwrap();
    assert_eq!((ledger.size(), ledger.world().started()), (401, 400));
    drop(ledger);
    assert_eq!(verify(&room.path("yard"), &[]).unwrap().findings, Vec::new());
}
