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

/// What a node's people give others by another way than the log.
fn key(room: &Room, ring: &str) -> String {
    let said = room.run(&["ledger", "checkpoint", ring]);
    let told = room.run(&["ledger", "checkpoint", ring, "--format", "json"]).json();
    assert_eq!(told["checkpoint"], said.out);
    let key = said.err.trim().rsplit(' ').next().unwrap();
    assert_eq!(told["key"], key);
    key.to_owned()
}

/// `to` pulls from `from`, whose key it knows.
fn pull(room: &Room, to: &str, from: &str) -> super::harness::Said {
    room.run(&["ledger", "pull", to, from, "--meet", &key(room, from)])
}

fn say(room: &Room, ring: &str, lines: &str) -> super::harness::Said {
    fs::write(room.path("events.txt"), lines).unwrap();
    room.run(&["ledger", "append", ring, "events.txt"])
}

const MADE: &str = "start s1,s2 item=kite by=anna\ninstall into=s1 lots=motor:L7:4 by=anna private=price:18400.55\n\
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
fn a_ring_has_one_name_at_all_its_nodes() {
    let room = Room::new();
    fs::create_dir(room.path("elsewhere")).unwrap();
    fs::write(room.path("elsewhere/ring.toml"), "[ring]\nname = \"Gable Mill  pilot\"\n").unwrap();
    let said = room.run(&["ledger", "open", "elsewhere", "--node", "yard", "--organisation", "maker"]);
    assert!(said.code == 0 && said.err.contains("in the ring `Gable-Mill-pilot`"), "{}", said.err);
    let said = room.run(&["ledger", "open", "nowhere", "--node", "x", "--organisation", "y", "--ring", "z"]);
    assert!(said.code == 2 && said.err.contains("`nowhere` is no folder"), "{}", said.err);
    let said = room.run(&["ledger", "history", "nowhere"]);
    assert!(said.code == 2 && said.err.contains("ledger open RING --node NAME"), "{}", said.err);
}

#[test]
fn a_hand_over_between_two_nodes() {
    let room = two_nodes();
    assert_eq!(say(&room, "a", MADE).code, 0);
    assert_eq!(pull(&room, "b", "a").code, 0);
    assert_eq!(say(&room, "b", "receive s1 consignment=C1 from=maker seal=7 by=ben\n").code, 0);
    assert_eq!(pull(&room, "a", "b").code, 0);
    let history = room.run(&["ledger", "history", "a", "s1", "--format", "json"]).json();
    assert_eq!((&history["now"]["state"], &history["now"]["holder"]), (&"in stock".into(), &"ministry".into()));
    assert_eq!(history["events"].as_array().unwrap().len(), 6);
    let states = room.run(&["ledger", "history", "b", "--format", "json"]).json();
    assert_eq!((&states["started"], &states["states"]["disputed"]), (&2.into(), &1.into()), "s2 did not arrive");
    let history = room.run(&["ledger", "history", "b", "s2"]);
    assert!(history.out.contains("To end the dispute, maker and ministry must say the same"), "{}", history.out);
    for side in ["released by maker as yard/5: 2 pieces, seal 7", "received by ministry as depot/1: 1 piece, seal 7"] {
        assert!(history.out.contains(side), "{}", history.out);
    }
    assert!(history.out.lines().all(|line| line.chars().count() <= 80), "{}", history.out);
    let history = room.run(&["ledger", "history", "b", "s2", "--format", "json"]).json();
    let hand = &history["differing_hand_overs"][0];
    assert_eq!((&hand["verdict"], &hand["received"]["pieces"]), (&"count differs".into(), &1.into()));
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
        "start s1 item=kite by=anna\nship s1 consignment=C to=ministry seal=1 by=anna\nhold s1 reason=x by=anna\nhodl s1\n",
    );
    assert_eq!(said.code, 1);
    let (first, second) = (said.err.find("events.txt:2:1").unwrap(), said.err.find("events.txt:4:1").unwrap());
    assert!(first < second, "in the order of the lines: {}", said.err);
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
    assert!(out.code == 0 && !out.out.contains("18400.55"), "a private value does not leave");
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

/// `b` pulls `a.log` from a server that answers this, once.
fn served(room: &Room, answer: Vec<u8>, more: &[&str]) -> super::harness::Said {
    use std::io::{Read, Write};
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.log", server.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = server.accept().unwrap();
        let mut request = [0; 1024];
        let n = stream.read(&mut request).unwrap();
        stream.write_all(&answer).unwrap();
        String::from_utf8_lossy(&request[..n]).into_owned()
    });
    let said = room.run(&[&["ledger", "pull", "b", &url], more].concat());
    assert!(serving.join().unwrap().starts_with("GET /a.log HTTP/1.0"));
    said
}

#[test]
fn what_is_no_whole_log_is_said_to_be_none() {
    let room = two_nodes();
    say(&room, "a", MADE);
    assert_eq!(room.run(&["ledger", "export", "a", "--log", "a.log"]).code, 0);
    let bytes = fs::read(room.path("a.log")).unwrap();
    for (answer, why) in [
        (format!("HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\nringworks", bytes.len()), "broke off after 9 of"),
        ("HTTP/1.1 404 Not Found\r\n\r\n".to_owned(), "404 Not Found"),
        ("HTTP/1.1 302 Found\r\nLocation: https://x.example/\r\n\r\n".to_owned(), "`https://x.example/`"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(), "in pieces"),
        ("SSH-2.0-x\r\n".to_owned(), "is not HTTP"),
        ("HTTP/1.0 200 OK\r\n\r\n<html>".to_owned(), "is not a log as `export --log` writes it"),
    ] {
        let said = served(&room, answer.into_bytes(), &[]);
        assert!(said.code == 2 && said.err.contains(why) && !said.err.contains("RW0716"), "{why}: {}", said.err);
    }
    fs::write(room.path("cut.log"), &bytes[..bytes.len() - 9]).unwrap();
    fs::write(room.path("odd.txt"), b"start s\xe9 item=kite by=anna\n").unwrap();
    for (arguments, why) in [
        (["pull", "b", "cut.log"], "`cut.log` is cut off or damaged"),
        (["pull", "b", "nowhere.log"], "`nowhere.log` cannot be read"),
        (["pull", "b", "https://x.example/a.log"], "TLS is not spoken here"),
        (["pull", "b", "http://127.0.0.1:1/a.log"], "does not answer"),
        (["append", "a", "odd.txt"], "see its byte 7"),
        (["verify", "a", "--against=a.log"], "is no text in UTF-8"),
        (["verify", "a.log", "-q"], "pulled into a ledger of your own"),
        (["export", "a", "--node=mill"], "no log of `mill` is held here, only of yard"),
        (["pull", "b", "http://no-such-host.invalid/a"], "the host is not known"),
    ] {
        let said = room.run(&[&["ledger"], arguments.as_slice()].concat());
        assert!(said.code == 2 && said.err.contains(why), "{why}: {}", said.err);
        assert!(said.err.lines().all(|line| line.chars().count() <= 80), "{}", said.err);
    }
    let said = say(&room, "a", "start s\u{e9}1 item=kite by=anna\n");
    assert!(said.code == 1 && said.err.contains("RW0701") && said.err.contains("events.txt:1:1"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn a_ledger_that_could_not_be_begun_is_begun_when_there_is_room() {
    let room = Room::new();
    fs::create_dir(room.path("a")).unwrap();
    let open = ["ledger", "open", "a", "--node", "yard", "--organisation", "maker"];
    // No file may grow beyond so many blocks of 512 bytes: broken off at different places.
    for blocks in ["1", "16", "64", "200"] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_ringworks")]).args(open);
        let said = super::harness::Said::of(&shell.current_dir(room.path("")).output().unwrap());
        assert!(said.code == 2 && said.err.contains("RW0762"), "{blocks}: {}", said.err);
        assert_eq!(room.run(&["ledger", "history", "a"]).code, 2, "there is none");
    }
    assert_eq!(room.run(&open).code, 0);
    assert_eq!(say(&room, "a", MADE).code, 0);
}

#[cfg(unix)]
#[test]
fn a_full_disk_ends_in_a_refusal_and_nothing_told_is_lost() {
    let room = two_nodes();
    let lines: String = (0..4_000).map(|i| format!("start s{i} item=kite by=anna\n")).collect();
    fs::write(room.path("events.txt"), lines).unwrap();
    // No file may grow beyond 400 blocks of 512 bytes: what the disk says when it is full.
    let script = "trap '' XFSZ; ulimit -f 400; exec \"$0\" ledger append a events.txt";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_ringworks")])
        .current_dir(room.path(""))
        .output()
        .unwrap();
    let said = super::harness::Said::of(&output);
    assert!(said.code == 2 && said.err.contains("RW0762"), "{}: {}", said.code, said.err);
    assert_eq!(said.out, "", "nothing is acknowledged that may not stand");
    let verified = room.run(&["ledger", "verify", "a"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    // Sent again when there is room, everything is there once.
    let again = room.run(&["ledger", "append", "a", "events.txt"]);
    assert_eq!((again.code, again.out.lines().count()), (0, 4_000), "{}", again.err);
    let states = room.run(&["ledger", "history", "a", "--format", "json"]).json();
    assert_eq!(states["started"], 4_000);
}

#[test]
fn private_values_are_kept_and_shown_to_whom_one_chooses() {
    let room = two_nodes();
    say(&room, "a", MADE);
    let here = room.run(&["ledger", "history", "a", "s1"]);
    assert!(here.out.contains("price: 18400.55 (private, of yard/2)"), "{}", here.out);
    assert_eq!(pull(&room, "b", "a").code, 0);
    assert!(!room.run(&["ledger", "history", "b", "s1"]).out.contains("18400.55"));
    let key = key(&room, "a");
    let verified = |name: &str, private: &[&str]| {
        let bundle = room.run(&[&["ledger", "export", "a", "--bundle", "yard/2"], private].concat());
        fs::write(room.path(name), &bundle.out).unwrap();
        room.run(&["ledger", "verify", name, "--key", &key])
    };
    assert!(!verified("plain.txt", &[]).out.contains("18400.55"));
    let said = verified("shown.txt", &["--private"]);
    assert!(said.code == 0 && said.out.contains("price: 18400.55 (as committed)"), "{}", said.out);
    // Whoever passes it on with another value is found out.
    let bundle = custody::bundle::Bundle::read(&fs::read_to_string(room.path("shown.txt")).unwrap()).unwrap();
    let mut other = bundle.clone();
    other.shown[0].value = "90".to_owned();
    fs::write(room.path("other.txt"), other.text()).unwrap();
    let said = room.run(&["ledger", "verify", "other.txt", "--key", &key]);
    assert!(said.code == 1 && said.err.contains("a private value it shows"), "{}", said.err);
    assert_eq!(room.run(&["ledger", "export", "a", "--private"]).code, 2);
}

#[test]
fn logs_come_over_http_and_bundles_with_the_goods() {
    let room = two_nodes();
    say(&room, "a", MADE);
    assert_eq!(room.run(&["ledger", "export", "a", "--log", "a.log"]).code, 0);
    let bytes = fs::read(room.path("a.log")).unwrap();
    let whole = [b"HTTP/1.0 200 OK\r\n\r\n".as_slice(), &bytes].concat();
    let said = served(&room, whole.clone(), &[]);
    assert!(said.code == 1 && said.err.contains("RW0716") && said.out.is_empty(), "a stranger: {}", said.err);
    assert!(said.err.lines().all(|line| line.chars().count() <= 80), "{}", said.err);
    assert!(said.err.contains(&key(&room, "a")), "{}", said.err);
    let said = served(&room, whole, &["--meet", &key(&room, "a")]);
    assert_eq!((said.code, said.out.as_str()), (0, "yard  6\n"), "{}", said.err);
    assert!(said.err.contains("met `yard` of `maker`"), "{}", said.err);
    // A third node gets only the bundle.
    fs::create_dir(room.path("c")).unwrap();
    room.run(&["ledger", "open", "c", "--node", "hall", "--organisation", "ministry", "--ring", "kite"]);
    let key = key(&room, "a");
    let bundle = room.run(&["ledger", "export", "a", "--bundle", "yard/5"]);
    fs::write(room.path("note.txt"), &bundle.out).unwrap();
    // It is verified on its own, far from any ledger.
    let said = room.run(&["ledger", "verify", "note.txt", "--key", &key]);
    assert!(said.code == 0 && said.out.contains("yard/5 is in the log of `yard`"), "{}{}", said.out, said.err);
    let said = room.run(&["ledger", "verify", "note.txt", "--key", &"00".repeat(32)]);
    assert!(said.code == 1 && said.err.contains("RW0764"), "{}", said.err);
    let told = room.run(&["ledger", "pull", "c", "a", "--format", "json"]);
    assert_eq!((told.code, told.json()["diagnostics"][0]["code"].as_str()), (1, Some("RW0716")), "{}", told.out);
    let said = room.run(&["ledger", "pull", "c", "note.txt", "--giver", "maker", "--key", &key]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(say(&room, "c", "receive s1,s2 consignment=C1 from=maker seal=7 by=bob\n").code, 0);
}
