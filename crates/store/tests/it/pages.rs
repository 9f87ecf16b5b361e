//! Pages of `docs/codes` with event lines: the last one is refused, and said to be so as the page says.

use crate::common::*;
use custody::pack::Pack;
use ring_io::Sources;
use ring_io::render::{Colour, render_text};
use std::collections::BTreeMap;
use std::path::Path;
use store::{Ledger, pack};

const NODES: [(&str, &str); 3] = [("yard", "maker"), ("depot", "ministry"), ("field", "club")];

#[test]
fn every_page_with_events_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes");
    let mut pages: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let mut tried = 0;
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        let Some((_, rest)) = page.split_once("```events\n") else { continue };
        let (events, after) = rest.split_once("```\n").unwrap();
        let (_, expected) = after.split_once("```text\n").unwrap();
        let (expected, _) = expected.split_once("```\n").unwrap();
        let told = last_is_refused(events);
        let code = path.file_stem().unwrap().to_str().unwrap();
        assert!(told.starts_with(&format!("error[{code}]")), "{code}: {told}");
        if std::env::var_os("RINGWORKS_BLESS").is_some() {
            std::fs::write(&path, page.replace(&format!("```text\n{expected}```"), &format!("```text\n{told}```")))
                .unwrap();
        } else {
            assert_eq!(told, expected, "{code}");
        }
        tried += 1;
    }
    assert!(tried >= 12, "{tried} pages have events");
}

/// Says the lines at their nodes, which know each other's logs, and gives what is said about the last.
fn last_is_refused(events: &str) -> String {
    let room = Room::new();
    let mut nodes: BTreeMap<&str, Ledger> =
        NODES.iter().map(|(node, organisation)| (*node, room.create(node, organisation))).collect();
    let n = events.lines().count();
    for (i, line) in events.lines().enumerate() {
        let (at, line) = line.split_once(": ").unwrap();
        for (other, _) in NODES.iter().filter(|(other, _)| *other != at) {
            nodes.get_mut(other).unwrap().flush().unwrap();
            let have = nodes[at].have().unwrap();
            let sent: Pack = pack(&room.path(other), &have, false).unwrap();
            nodes.get_mut(at).unwrap().pull(&sent).unwrap();
        }
        let ledger = nodes.get_mut(at).unwrap();
        let defaults = custody::line::Defaults {
            organisation: ledger.identity().organisation.clone(),
            now: custody::time::Stamp { ms: NOW, offset_min: 0 },
            client: custody::name::ClientId::new(&format!("line-{}", i + 1)).unwrap(),
        };
        let place = diag::Place::Result(format!("line {}", i + 1));
        let said = match custody::line::read(line, &place, &defaults) {
            Ok(written) => {
                let request = store::Request { event: written.event, private: Vec::new() };
                ledger.append(&[request], NOW).unwrap().pop().unwrap().map_err(|refused| refused.0)
            }
            Err(faults) => Err(faults),
        };
        match said {
            Ok(_) => assert!(i + 1 < n, "the last line is refused: {line}"),
            Err(faults) => {
                assert_eq!(i + 1, n, "{line}: {faults:?}");
                let located: Vec<_> = faults.into_iter().map(|f| Sources::default().locate_all(f)).collect();
                return render_text(&located, Colour::Never).trim_end().to_owned() + "\n";
            }
        }
    }
    panic!("a page has lines");
}
