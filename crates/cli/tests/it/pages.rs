//! Pages of `docs/codes` that name a command: run in a room with `cases/base` as `ring`, it says what the page says.
//!
//! A page is read from top to bottom: a file (its name in backquotes and a colon, then a fenced block) is written, tables
//! into the ring; `Set /a/b of FILE to VALUE` alters one value of a JSON file; `Run: COMMAND` runs; the `text` block
//! is what the last command says on stderr. `RINGWORKS_BLESS=1` stores it.

use super::harness::Room;
use diag::CODES;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no command line brings about on a small ring; `made.rs` makes them.
const MADE: [u16; 2] = [304, 305];

/// Codes of engines, `verify` and the program; pages of the ledger's codes are tried in `store` and `epcis`.
const HERE: std::ops::Range<u16> = 300..700;

#[test]
fn commands_say_what_their_pages_say() {
    let mut tried = 0;
    let mut differ = Vec::new();
    for entry in CODES.iter().filter(|entry| HERE.contains(&entry.code.0)) {
        let path = page_of(&entry.code.to_string());
        let page = fs::read_to_string(&path).unwrap();
        if !page.contains("Run: `ringworks ") {
            continue;
        }
        let said = follow(&page);
        assert!(said.contains(&format!("[{}]", entry.code)), "{} is not said:\n{said}", entry.code);
        differ.extend(compare(&path, &page, &said));
        tried += 1;
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    // RW0307 is found when a ring is read, and its page is tried there.
    let told_here = CODES.iter().filter(|entry| HERE.contains(&entry.code.0) && entry.code.0 != 307).count();
    assert_eq!(tried + MADE.len(), told_here, "every page of an engine or of the program is tried");
}

/// The page of a code.
pub(crate) fn page_of(code: &str) -> PathBuf {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    top.join("docs/codes").join(format!("{code}.md"))
}

/// Compares a rendering with the `text` block of its page, or stores it there.
pub(crate) fn compare(path: &Path, page: &str, said: &str) -> Option<String> {
    let (before, rest) = page.split_once("```text\n").expect("a page has a `text` block");
    let (expected, after) = rest.split_once("```\n").expect("the block is closed");
    if std::env::var_os("RINGWORKS_BLESS").is_some() {
        fs::write(path, format!("{before}```text\n{}\n```\n{after}", said.trim_end())).unwrap();
        return None;
    }
    (expected.trim_end() != said.trim_end()).then(|| format!("{}\n--- said\n{said}", path.display()))
}

/// Does what a page asks for; what the last command said on stderr.
fn follow(page: &str) -> String {
    let room = Room::with_case("base");
    let mut said = String::new();
    let (wrong, _) = page.split_once("\n## Right\n").expect("a page has a part `Right`");
    let mut lines = wrong.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix('`').and_then(|l| l.strip_suffix("`:")) {
            let name = if name.ends_with(".csv") { format!("ring/{name}") } else { name.to_owned() };
            let block = lines.by_ref().skip_while(|l| !l.starts_with("```")).skip(1).take_while(|l| *l != "```");
            let text: String = block.map(|l| format!("{l}\n")).collect();
            fs::write(room.path(&name), text).unwrap();
        } else if let Some(change) = line.strip_prefix("Set `") {
            set(&room, change);
        } else if let Some(command) = line.strip_prefix("Run: `ringworks ") {
            let ran = room.run(&command.trim_end_matches('`').split(' ').collect::<Vec<_>>());
            assert_eq!(ran.err.contains("error["), ran.code == 1 || ran.code == 2, "{command}: {}", ran.err);
            said = ran.err;
        }
    }
    said
}

/// Alters one value of a JSON file: `POINTER` in `FILE` to `VALUE`.
fn set(room: &Room, change: &str) {
    let words: Vec<&str> = change.split('`').collect();
    let [pointer, " in ", file, " to ", value, "."] = words[..] else { panic!("cannot follow: Set `{change}") };
    let text = fs::read_to_string(room.path(file)).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let at = json.pointer_mut(pointer).unwrap_or_else(|| panic!("{file} has no {pointer}"));
    *at = serde_json::from_str(value).unwrap();
    fs::write(room.path(file), json.to_string()).unwrap();
}
