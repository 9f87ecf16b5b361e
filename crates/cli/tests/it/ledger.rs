//! The ledger at two nodes, from the first event to a dispute.

use super::harness::Room;
use std::fs;

fn two_nodes() -> Room {
    let room = Room::new();
    for (ring, node, organisation) in [("a", "yard", "maker"), ("b", "depot", "ministry")] {
        fs::create_dir(room.path(ring)).unwrap();
        let said =
            room.run(&["ledger", "open", ring, "--node", node, "--organisation", organisation, "--ring", "kite"]);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    room
}

fn say(room: &Room, ring: &str, lines: &str) -> super::harness::Said {
    fs::write(room.path("events.txt"), lines).unwrap();
    room.run(&["ledger", "append", ring, "events.txt"])
}

const MADE: &str = "start s1,s2 item=kite by=anna\ninstall into=s1 lots=motor:L7:4 by=anna private=price:120\n\
                    inspect s1,s2 result=passed by=anna\nrelease s1,s2 by=anna\n\
                    ship s1,s2 consignment=C1 to=ministry seal=7 by=anna\n";

#[test]
fn helps_fit_80_columns() {
    let room = Room::new();
    let all =
        ["append", "checkpoint", "export", "export-pg", "history", "import", "open", "pull", "verify", "where-used"];
    for command in all {
        let help = room.run(&["ledger", command, "--help"]);
        let wide: Vec<&str> = help.out.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(help.code == 0 && wide.is_empty(), "{command}: {wide:?}");
    }
}

#[test]
fn a_hand_over_between_two_nodes() {
    let room = two_nodes();
    assert_eq!(say(&room, "a", MADE).code, 0);
    assert_eq!(room.run(&["ledger", "pull", "b", "a"]).code, 0);
    assert_eq!(say(&room, "b", "receive s1 consignment=C1 from=maker seal=7 by=ben\n").code, 0);
    assert_eq!(room.run(&["ledger", "pull", "a", "b"]).code, 0);
    let history = room.run(&["ledger", "history", "a", "s1", "--format", "json"]).json();
    assert_eq!((&history["now"]["state"], &history["now"]["holder"]), (&"in stock".into(), &"ministry".into()));
    assert_eq!(history["events"].as_array().unwrap().len(), 6);
    let states = room.run(&["ledger", "history", "b", "--format", "json"]).json();
    assert_eq!((&states["started"], &states["states"]["disputed"]), (&2.into(), &1.into()), "s2 did not arrive");
    let history = room.run(&["ledger", "history", "b", "s2"]);
    assert!(history.out.contains("To end the dispute, maker and ministry must say the same"), "{}", history.out);
    assert!(history.out.lines().all(|line| line.chars().count() <= 80), "{}", history.out);
    let kept = room.run(&["ledger", "checkpoint", "b", "--of", "yard", "--leaves"]);
    assert!(kept.code == 0 && kept.out.contains("\u{2014} depot "), "co-signed: {}", kept.out);
    fs::write(room.path("kept.txt"), &kept.out).unwrap();
    assert_eq!(room.run(&["ledger", "verify", "a", "--against", "kept.txt"]).code, 0);
    let uses = room.run(&["ledger", "where-used", "b", "L7", "--format", "json"]).json();
    assert_eq!(uses["serials"][0]["serial"], "s1");
    for ring in ["a", "b"] {
        let said = room.run(&["ledger", "verify", ring]);
        assert_eq!((said.code, said.out.contains("all of it holds")), (0, true), "{}", said.err);
    }
}

#[test]
fn refusals_point_at_the_line_and_the_rest_is_written() {
    let room = two_nodes();
    let said = say(
        &room,
        "a",
        "start s1 item=kite by=anna\nship s1 consignment=C to=ministry seal=1 by=anna\nhold s1 reason=x by=anna\n",
    );
    assert_eq!(said.code, 1);
    assert!(said.err.contains("RW0707") && said.err.contains("events.txt:2:1"), "{}", said.err);
    assert_eq!(said.out.lines().count(), 2);
    let again = say(&room, "a", "start s1 item=kite by=anna\n");
    assert!(again.code == 0 && again.out.contains("was there"), "sent twice, stored once: {}", again.err);
    assert_eq!(room.run(&["ledger", "append", "nowhere", "events.txt"]).code, 2);
}

#[test]
fn an_older_copy_is_found_by_a_partners_checkpoint() {
    let room = two_nodes();
    say(&room, "a", "start s1 item=kite by=anna\n");
    let older = room.path("older");
    fs::create_dir_all(older.join("ledger")).unwrap();
    for name in ["ledger.db", "node.key"] {
        fs::copy(room.path("a").join("ledger").join(name), older.join("ledger").join(name)).unwrap();
    }
    say(&room, "a", "start s2 item=kite by=anna\n");
    let checkpoint = room.run(&["ledger", "checkpoint", "a"]);
    fs::write(room.path("kept.txt"), &checkpoint.out).unwrap();
    assert_eq!(room.run(&["ledger", "verify", "a", "--against", "kept.txt"]).code, 0);
    let said = room.run(&["ledger", "verify", "older", "--against", "kept.txt"]);
    assert!(said.code == 1 && said.err.contains("RW0727"), "{}", said.err);
}

#[test]
fn documents_go_in_and_out() {
    let room = two_nodes();
    assert_eq!(say(&room, "a", MADE).code, 0);
    let out = room.run(&["ledger", "export", "a"]);
    assert!(out.code == 0 && !out.out.contains("120"), "a private value does not leave");
    fs::write(room.path("out.jsonld"), &out.out).unwrap();
    let said = room.run(&["ledger", "import", "b", "out.jsonld"]);
    assert!(said.code == 0 && said.out.starts_with("depot/1 ") && said.out.contains("5 events"), "{}", said.err);
    assert_eq!(room.run(&["ledger", "export", "b", "--document", "depot/1"]).out, out.out, "as it came");
    fs::write(room.path("bad.jsonld"), out.out.replace("\"shipping\"", "\"shiping\"")).unwrap();
    let said = room.run(&["ledger", "import", "b", "bad.jsonld"]);
    assert!(
        said.code == 1 && said.err.contains("RW0744") && said.err.contains("did you mean `shipping`"),
        "{}",
        said.err
    );
}

#[test]
fn logs_come_over_http_and_bundles_with_the_goods() {
    use std::io::{Read, Write};
    let room = two_nodes();
    say(&room, "a", MADE);
    assert_eq!(room.run(&["ledger", "export", "a", "--log", "a.log"]).code, 0);
    let bytes = fs::read(room.path("a.log")).unwrap();
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.log", server.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = server.accept().unwrap();
        let mut request = [0; 1024];
        let n = stream.read(&mut request).unwrap();
        stream.write_all(b"HTTP/1.0 200 OK\r\n\r\n").unwrap();
        stream.write_all(&bytes).unwrap();
        String::from_utf8_lossy(&request[..n]).into_owned()
    });
    let said = room.run(&["ledger", "pull", "b", &url]);
    assert_eq!((said.code, said.out.as_str()), (0, "yard  6\n"), "{}", said.err);
    assert!(said.err.contains("met `yard` of `maker`; compare its key"), "{}", said.err);
    assert!(served.join().unwrap().starts_with("GET /a.log HTTP/1.0"));
    // A third node gets only the bundle.
    fs::create_dir(room.path("c")).unwrap();
    room.run(&["ledger", "open", "c", "--node", "hall", "--organisation", "ministry", "--ring", "kite"]);
    let key = room.run(&["ledger", "checkpoint", "a"]).err.trim().rsplit(' ').next().unwrap().to_owned();
    let bundle = room.run(&["ledger", "export", "a", "--bundle", "yard/5"]);
    fs::write(room.path("note.txt"), &bundle.out).unwrap();
    // It is verified on its own, far from any ledger.
    let said = room.run(&["ledger", "verify", "note.txt", "--key", &key]);
    assert!(said.code == 0 && said.out.contains("yard/5 is in the log of `yard`"), "{}{}", said.out, said.err);
    let said = room.run(&["ledger", "verify", "note.txt", "--key", &"00".repeat(32)]);
    assert!(said.code == 1 && said.err.contains("RW0764"), "{}", said.err);
    let said = room.run(&["ledger", "pull", "c", "note.txt", "--giver", "maker", "--key", &key]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(say(&room, "c", "receive s1,s2 consignment=C1 from=maker seal=7 by=bob\n").code, 0);
}
