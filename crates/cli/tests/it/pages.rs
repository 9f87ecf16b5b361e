//! Pages of `docs/codes` that name a command: run in a room with `cases/base` as `ring`, it says what the page says.

use super::harness::Room;
use std::fs;
use std::path::Path;

#[test]
fn commands_say_what_their_pages_say() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let mut tried = 0;
    let mut pages: Vec<_> = fs::read_dir(top.join("docs/codes")).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    for path in pages {
        let page = fs::read_to_string(&path).unwrap();
        let Some((before, after)) = page.split_once("Run: `ringworks ") else { continue };
        let room = Room::new();
        fs::create_dir(room.path("ring")).unwrap();
        for entry in fs::read_dir(top.join("cases/base")).unwrap().map(|e| e.unwrap()) {
            fs::copy(entry.path(), room.path("ring").join(entry.file_name())).unwrap();
        }
        // A file of the page: its name in backquotes and a colon, then a fenced block.
        if let Some((name, block)) = before.split_once("`:\n\n```csv\n") {
            let name = name.rsplit('`').next().unwrap();
            fs::write(room.path("ring").join(name), block.split("```").next().unwrap()).unwrap();
        }
        let (command, after) = after.split_once('`').unwrap();
        let expected = after.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
        let said = room.run(&command.split(' ').collect::<Vec<_>>());
        assert!(said.code == 1 || said.code == 2, "{command} ended with {}", said.code);
        assert!(said.err.starts_with(expected), "{}\n{}", path.display(), said.err);
        tried += 1;
    }
    assert!(tried >= 5, "{tried} pages name a command");
}
