//! Nodes that exchange logs: nothing lost, nothing doubled, the same bytes whatever the order.

use crate::common::*;
use custody::checkpoint::{Checkpoint, Key};
use custody::encode::encode;
use custody::name::Named;
use custody::pack::Pack;
use custody::world::State;
use std::collections::BTreeMap;
use store::{Ledger, pack, verify};

/// `to` pulls what it lacks from `from`, through the bytes of a pack.
fn pull(room: &Room, to: &mut Ledger, from: &mut Ledger) -> store::Pulled {
    from.flush().unwrap();
    // Private values go along between nodes of one organisation.
    let is_ours = to.identity().organisation == from.identity().organisation;
    let bytes = pack(&room.path(from.identity().node.as_str()), &to.have().unwrap(), is_ours).unwrap().bytes();
    to.pull(&Pack::read(&bytes).unwrap()).unwrap()
}

#[test]
fn a_hand_over_completes_when_logs_are_exchanged() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    say_all(
        &mut yard,
        &[
            "start s1,s2 item=kite by=anna private=price:120",
            "inspect s1,s2 result=passed by=anna",
            "release s1,s2 by=anna",
            "ship s1,s2 consignment=C1 to=ministry seal=7 by=anna",
        ],
    );
    let pulled = pull(&room, &mut depot, &mut yard);
    assert_eq!((pulled.taken.len(), pulled.refused.len(), pulled.conflicts), (1, 0, 0));
    say_all(&mut depot, &["receive s1,s2 consignment=C1 from=maker seal=7 by=ben", "accept s1,s2 by=ben"]);
    pull(&room, &mut yard, &mut depot);
    assert_eq!(yard.view().unwrap(), depot.view().unwrap());
    assert_eq!(yard.world().units[&serial("s1")].owner.as_str(), "ministry");
    assert_eq!(pull(&room, &mut yard, &mut depot).taken, Vec::new(), "nothing is taken twice");
    let bytes = pack(&room.path("yard"), &BTreeMap::new(), false).unwrap().bytes();
    assert!(!bytes.windows(3).any(|window| window == b"120"), "a private value does not leave");
}

#[test]
fn goods_that_arrive_before_their_log_are_received_with_the_bundle() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    say_all(&mut yard, &["start s1 item=kite by=anna", "inspect s1 result=passed by=anna", "release s1 by=anna"]);
    let shipped = say(&mut yard, "ship s1 consignment=C1 to=ministry seal=7 by=anna").unwrap();
    let note = custody::bundle::Bundle::read(&yard.bundle(&shipped.id).unwrap().text()).unwrap();
    let giver = yard.world().nodes[&yard.identity().node].clone();
    depot.bring(&note, &giver).unwrap();
    assert_eq!(state(&depot, "s1"), State::InTransit);
    say_all(&mut depot, &["receive s1 consignment=C1 from=maker seal=7 by=ben", "accept s1 by=ben"]);
    assert_eq!(state(&depot, "s1"), State::InStock);
    depot.flush().unwrap();
    assert_eq!(verify(&room.path("depot"), &[]).unwrap().findings, Vec::new());
    // With the logs exchanged, the note is no longer needed, and both see the same.
    let pulled = pull(&room, &mut depot, &mut yard);
    assert_eq!((pulled.conflicts, depot.world().started()), (0, 1));
    pull(&room, &mut yard, &mut depot);
    assert_eq!(yard.view().unwrap(), depot.view().unwrap());
    // A note changed on its way proves nothing.
    let mut forged = note.clone();
    *forged.record.0.last_mut().unwrap() ^= 1;
    assert_eq!(codes(&room.create("far", "ministry").bring(&forged, &giver).unwrap_err()), [764]);
}

#[test]
fn a_node_that_tells_two_stories_is_found_by_pull() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    say_all(&mut yard, &["start s1 item=kite by=anna", "start s2 item=kite by=anna"]);
    pull(&room, &mut depot, &mut yard);
    // The yard goes back to an older copy and writes something else.
    let mut other = pack(&room.path("yard"), &BTreeMap::new(), false).unwrap();
    let changed = |pack: &mut Pack, change: &dyn Fn(&mut custody::record::Record)| {
        let bytes = &mut pack.stretches[0].records[2].0;
        let mut record: custody::record::Record = custody::encode::decode(bytes).unwrap();
        change(&mut record);
        *bytes = encode(&record);
    };
    changed(&mut other, &|record| record.record_time += 1);
    let pulled = depot.pull(&other).unwrap();
    assert_eq!(pulled.refused.iter().map(|d| d.code.0).collect::<Vec<_>>(), [726]);
    assert!(pulled.refused[0].fact.contains("record 2"), "{}", pulled.refused[0].fact);
    // A fresh node cannot tell two stories apart, but it sees that this one is not the signed one.
    let mut fresh = room.create("fresh", "club");
    assert_eq!(fresh.pull(&other).unwrap().refused[0].code.0, 728);
    changed(&mut other, &|record| record.prev.0[0] ^= 1);
    assert_eq!(room.create("third", "club").pull(&other).unwrap().refused[0].code.0, 721);
    // The depot holds more of the yard's log than the yard itself: an older copy was put back.
    drop(yard);
    let older = copied(&room, "yard");
    let mut yard = Ledger::open(&room.path("yard")).unwrap();
    say(&mut yard, "start s3 item=kite by=anna").unwrap();
    pull(&room, &mut depot, &mut yard);
    let of_yard = pack(&room.path("depot"), &BTreeMap::new(), false).unwrap();
    drop(yard);
    let mut yard = Ledger::open(&older.path("yard")).unwrap();
    assert_eq!(yard.pull(&of_yard).unwrap().refused[0].code.0, 727);
}

#[test]
fn nothing_is_signed_on_top_of_a_changed_log() {
    let room = Room::new();
    let mut yard = room.create("yard", "maker");
    say_all(&mut yard, &["start s1 item=kite by=anna", "start s2 item=kite by=anna"]);
    drop(yard);
    let change = |sql: &str| {
        let connection = rusqlite::Connection::open(room.path("yard").join("ledger.db")).unwrap();
        connection.execute(sql, []).unwrap();
    };
    drop(Ledger::open(&room.path("yard")).unwrap());
    change("create table old as select * from log where key = (select max(key) from log)");
    change("delete from log where key = (select max(key) from log)");
    assert_eq!(codes(&Ledger::open(&room.path("yard")).err().unwrap()), [728]);
    change("insert into log select * from old");
    drop(Ledger::open(&room.path("yard")).unwrap());
    change("update log set bytes = (select bytes from old) where key = (select max(key) - 1 from log)");
    assert_eq!(codes(&Ledger::open(&room.path("yard")).err().unwrap()), [728]);
}

#[test]
fn an_older_copy_that_has_seen_what_it_lost_writes_no_second_history() {
    let (room, older) = (Room::new(), Room::new());
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    say(&mut yard, "start s1 item=kite by=anna").unwrap();
    drop(yard);
    copy(&room, &older, "yard");
    let mut yard = Ledger::open(&room.path("yard")).unwrap();
    say(&mut yard, "start s2 item=kite by=anna").unwrap();
    pull(&room, &mut depot, &mut yard);
    let mut copied = Ledger::open(&older.path("yard")).unwrap();
    // Somebody else's word that there is more stops nobody.
    let mut forged = pack(&room.path("depot"), &BTreeMap::new(), false).unwrap();
    let stretch = forged.stretches.iter_mut().find(|stretch| stretch.node.as_str() == "yard").unwrap();
    let head = Checkpoint::read(&stretch.checkpoint).unwrap().head;
    let mark = Key::new(&[9; 32]).sign(&head);
    stretch.checkpoint = Checkpoint { head, marks: vec![mark] }.text();
    assert_eq!(copied.pull(&forged).unwrap().refused.len(), 1);
    assert_eq!(codes(&say(&mut copied, "start s1 item=kite by=anna id=again").unwrap_err()), [704], "not 727");
    assert_eq!(pull(&room, &mut copied, &mut depot).refused[0].code.0, 727);
    for _ in 0..2 {
        let new = request(&copied, "start s3 item=kite by=anna");
        assert_eq!(codes(&copied.append(&[new], NOW).unwrap_err()), [727]);
        assert_eq!(codes(&copied.append_document("{}", &[], NOW).unwrap_err()), [727]);
        drop(copied);
        copied = Ledger::open(&older.path("yard")).unwrap();
    }
    say(&mut yard, "start s3 item=kite by=anna").unwrap();
}

#[test]
fn checkpoints_are_co_signed_and_come_back_to_the_owner() {
    let room = Room::new();
    let [mut yard, mut depot, mut field] =
        [("yard", "maker"), ("depot", "ministry"), ("field", "club")].map(|(node, who)| room.create(node, who));
    say_all(&mut yard, &["start s1 item=kite by=anna", "start s2 item=kite by=anna"]);
    pull(&room, &mut depot, &mut yard);
    pull(&room, &mut field, &mut depot);
    pull(&room, &mut yard, &mut field);
    say(&mut yard, "start s3 item=kite by=anna").unwrap();
    let name = yard.identity().node.clone();
    let kept = |at: &str| store::kept_checkpoint(&room.path(at), &name).unwrap().unwrap();
    let signers = |at: &str| kept(at).marks.iter().map(|mark| mark.node.to_string()).collect::<Vec<_>>();
    assert_eq!(signers("depot"), ["yard", "depot"]);
    assert_eq!(signers("field"), ["yard", "depot", "field"]);
    assert_eq!(signers("yard"), ["yard", "depot", "field"], "the owner can show who saw it");
    let keys = [&yard, &depot, &field].map(Ledger::public_key);
    let checkpoint = kept("yard");
    assert_eq!(checkpoint.head.size, 3);
    assert!(checkpoint.marks.iter().zip(&keys).all(|(mark, key)| mark.holds(&checkpoint.head, key)));
    yard.flush().unwrap();
    assert_eq!(verify(&room.path("yard"), &[]).unwrap().findings, Vec::new());
    // A signature that is not the node's is not passed on.
    let mut sent = pack(&room.path("depot"), &BTreeMap::new(), false).unwrap();
    let stretch = sent.stretches.iter_mut().find(|stretch| stretch.node == name).unwrap();
    let mut forged = kept("depot");
    forged.marks[1].seen_s = Some(1);
    stretch.checkpoint = forged.text();
    let mut other = room.create("other", "club");
    other.pull(&sent).unwrap();
    assert_eq!(signers("other"), ["yard", "other"]);
    // An owner who signs another history of the same length is found without any record of it.
    let seed = std::fs::read_to_string(room.path("yard").join("node.key")).unwrap();
    let key = custody::checkpoint::Key::new(&custody::hash::unhex(seed.trim()).unwrap().try_into().unwrap());
    let mut head = kept("depot").head;
    head.root.0[0] ^= 1;
    let two_faced = custody::checkpoint::Checkpoint { marks: vec![key.sign(&head)], head };
    let stretch = sent.stretches.iter_mut().find(|stretch| stretch.node == name).unwrap();
    (stretch.from, stretch.records, stretch.checkpoint) = (3, Vec::new(), two_faced.text());
    let refused = field.pull(&sent).unwrap().refused;
    assert_eq!(refused.iter().map(|d| d.code.0).collect::<Vec<_>>(), [726]);
}

/// Node, organisation, person.
const PEOPLE: [(&str, &str, &str); 5] = [
    ("yard", "maker", "anna"),
    ("shed", "maker", "alma"),
    ("depot", "ministry", "ben"),
    ("store", "ministry", "bob"),
    ("field", "club", "cleo"),
];

/// Random work at five nodes of three organisations that meet at random. Returns the nodes.
fn work(room: &Room, seed: u64, n_events: u64) -> Vec<Ledger> {
    let mut dice = Dice(seed);
    let mut nodes: Vec<Ledger> = PEOPLE.iter().map(|(node, who, _)| room.create(node, who)).collect();
    let (mut written, mut tried) = (0, 0_u64);
    while written < n_events {
        tried += 1;
        let at = dice.roll(5) as usize;
        if dice.roll(40) == 0 {
            let other = (at + 1 + dice.roll(4) as usize) % 5;
            let (low, high) = (at.min(other), at.max(other));
            let (head, tail) = nodes.split_at_mut(high);
            pull(room, &mut head[low], &mut tail[0]);
            continue;
        }
        let (_, who, by) = PEOPLE[at];
        let s = format!("s{}", dice.roll(n_events / 12 + 3));
        let c = format!("C{}", dice.roll(n_events / 20 + 3));
        let others: Vec<&str> = ["maker", "ministry", "club"].into_iter().filter(|o| *o != who).collect();
        let other = others[dice.roll(2) as usize];
        let line = match dice.roll(14) {
            0 | 1 => format!("start {s} item=kite by={by} private=price:{tried}"),
            2 | 3 => format!("inspect {s} result=passed by={by}"),
            4 | 5 => format!("release {s} by={by}"),
            6 | 7 => format!("ship {s} consignment={c} to={other} seal={} by={by}", dice.roll(2)),
            8 | 9 => {
                // Mostly what was sent, as far as this node knows.
                let hand = nodes[at].world().hands.iter().find(|(_, hand)| {
                    hand.received.is_none() && hand.shipped.as_ref().is_some_and(|side| side.other.as_str() == who)
                });
                match hand.and_then(|(name, hand)| Some((name, hand.shipped.as_ref()?))) {
                    Some((name, side)) => format!(
                        "receive {} consignment={} from={} seal={} by={by}",
                        side.serials[0],
                        name.text().rsplit(' ').next().unwrap(),
                        side.organisation,
                        side.seal
                    ),
                    None => format!("receive {s} consignment={c} from={other} seal=0 by={by}"),
                }
            }
            10 => format!("accept {s} by={by}"),
            11 => format!("settle {s} outcome=with:{who} by={by}"),
            12 => format!("hold {s} reason=x by={by}"),
            _ => format!("lift {s} by={by}"),
        };
        if say(&mut nodes[at], &format!("{line} id=t{tried}")).is_ok() {
            written += 1;
        }
    }
    nodes
}

/// A copy of a node's folder.
fn copied(from: &Room, node: &str) -> Room {
    let room = Room::new();
    copy(from, &room, node);
    room
}

fn copy(from: &Room, to: &Room, node: &str) {
    std::fs::create_dir(to.path(node)).unwrap();
    for file in std::fs::read_dir(from.path(node)).unwrap().map(|file| file.unwrap().path()) {
        std::fs::copy(&file, to.path(node).join(file.file_name().unwrap())).unwrap();
    }
}

#[test]
fn nodes_converge_in_every_order_of_exchange() {
    // Every night 10,000: RINGWORKS_PARTITION_EVENTS.
    let n_events = std::env::var("RINGWORKS_PARTITION_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(250_u64);
    let base = Room::new();
    drop(work(&base, 11, n_events));
    let mut seen: Vec<(Vec<u8>, Vec<Vec<u8>>)> = Vec::new();
    for order in 0..4_u64 {
        let room = Room::new();
        PEOPLE.iter().for_each(|(node, _, _)| copy(&base, &room, node));
        let mut nodes: Vec<Ledger> = PEOPLE.map(|(node, _, _)| Ledger::open(&room.path(node)).unwrap()).into();
        let mut dice = Dice(order);
        // Random meetings until nobody learns anything more.
        let mut quiet = 0;
        while quiet < 60 {
            let (a, b) = (dice.roll(5) as usize, dice.roll(5) as usize);
            if a == b {
                continue;
            }
            let (low, high) = (a.min(b), a.max(b));
            let (head, tail) = nodes.split_at_mut(high);
            let (to, from) = if a < b { (&mut head[low], &mut tail[0]) } else { (&mut tail[0], &mut head[low]) };
            quiet = if pull(&room, to, from).taken.is_empty() { quiet + 1 } else { 0 };
        }
        let shown: Vec<Vec<u8>> = nodes.iter_mut().map(|node| node.view().unwrap()).collect();
        assert!(shown.windows(2).all(|pair| pair[0] == pair[1]), "all nodes show the same");
        let total: u64 = nodes[0].have().unwrap().values().sum();
        assert_eq!(total, n_events + 5, "nothing lost, nothing doubled");
        let before = nodes[3].projections().unwrap();
        nodes[3].rebuild().unwrap();
        assert_eq!(nodes[3].projections().unwrap(), before, "incremental and rebuilt are the same bytes");
        let disputed = nodes[0].world().count(State::Disputed);
        for unit in nodes[0].world().units.values() {
            assert_eq!(unit.state == State::Disputed, unit.dispute.is_some(), "a dispute has parties who can end it");
        }
        assert!(disputed > 0, "the case holds contradictions");
        drop(nodes);
        assert_eq!(verify(&room.path("field"), &[]).unwrap().findings, Vec::new());
        // What stays within an organisation is the same at its nodes, and only there.
        let secrets: Vec<Vec<u8>> = PEOPLE.map(|(node, _, _)| secrets(&room, node)).into();
        assert!(secrets[0] == secrets[1] && secrets[2] == secrets[3] && !secrets[0].is_empty(), "one organisation");
        assert!(secrets[0] != secrets[2] && secrets[2] != secrets[4], "others do not see them");
        seen.push((shown[0].clone(), secrets));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "the same bytes in every order of exchange");
}

/// The private values that lie at a node, as bytes.
fn secrets(room: &Room, node: &str) -> Vec<u8> {
    let mut disclosed = pack(&room.path(node), &BTreeMap::new(), true).unwrap().disclosed;
    disclosed.sort_by(|a, b| (&a.record, &a.name).cmp(&(&b.record, &b.name)));
    encode(&disclosed)
}
