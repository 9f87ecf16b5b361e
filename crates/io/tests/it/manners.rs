//! How faults are shown: colours only when asked for, JSON with places, workbooks by cell, rows that slipped left alone.

use crate::common::{copy_of, refusal, rendering, top};
use ring_io::{Existing, Limits, convert, read_ring, render};

#[test]
fn colours_come_only_when_asked_for() {
    let refused = refusal(&top().join("cases/broken/number-nan"), "ring");
    assert!(!render::render_text(&refused.faults, render::Colour::Never).contains('\u{1b}'));
    assert!(render::render_text(&refused.faults, render::Colour::Always).contains('\u{1b}'));
}

#[test]
fn json_names_file_line_column_and_value() {
    let refused = refusal(&top().join("cases/broken/number-nan"), "ring");
    let json = render::render_json(&refused.faults, refused.more);
    let label = &json["diagnostics"][0]["labels"][0];
    assert_eq!(json["diagnostics"][0]["code"], "RW0104");
    assert_eq!((&label["file"], &label["line"], &label["column"]), (&"ring/tasks.csv".into(), &3.into(), &19.into()));
    assert_eq!((&label["value"], &label["column_end"]), (&"NaN".into(), &22.into()));
    assert_eq!(label["in"], serde_json::json!({ "table": "tasks", "row": 1, "column": "minutes" }));
}

#[test]
fn a_workbook_is_told_by_sheet_and_cell() {
    let room = tempfile::tempdir().unwrap();
    let book = room.path().join("ring.xlsx");
    convert(&top().join("cases/broken/many-at-once"), &book, &Limits::default(), Existing::Keep).unwrap();
    let text = rendering(&book, "ring.xlsx");
    assert!(text.contains("--> ring.xlsx, cell tasks!D2\n"), "{text}");
    assert!(text.contains("--> ring.xlsx, cell ring!A5\n"), "{text}");
    assert!(text.contains("2 | saw,frame,Saw the rods,six,,hand\n  |                        ^^^"), "{text}");
    assert_eq!(text.matches("error[").count(), 8, "{text}");
}

#[test]
fn a_row_that_slipped_is_told_once_and_the_rest_is_still_judged() {
    let room = copy_of("base");
    let tasks = std::fs::read_to_string(room.path().join("tasks.csv")).unwrap();
    // One comma too few: the skill stands below `predecessors`, which would be a fault of its own.
    let tasks =
        tasks.replace("saw,frame,Saw the rods,6,,hand", "saw,frame,Saw the rods,6,hand").replace(",5,sew", ",x,sew");
    std::fs::write(room.path().join("tasks.csv"), tasks).unwrap();
    let codes: Vec<u16> = refusal(room.path(), "ring").faults.iter().map(|f| f.diagnostic.code.0).collect();
    assert_eq!(codes, [5, 104]);
}

#[test]
fn inputs_are_known_by_their_hash_and_open_questions_by_their_assumption() {
    let room = copy_of("base");
    let before = read_ring(room.path(), &Limits::default()).unwrap();
    assert_eq!(before.hashes.len(), 12);
    assert_eq!(before.open_questions().count(), 0);
    let tasks = std::fs::read_to_string(room.path().join("tasks.csv")).unwrap();
    std::fs::write(room.path().join("tasks.csv"), tasks.replace("Fly once,5", "Fly once,")).unwrap();
    let range = "address,low,mode,high,source\ntasks/fly/minutes,4,5,8,a guess\n";
    std::fs::write(room.path().join("assumptions.csv"), range).unwrap();
    let after = read_ring(room.path(), &Limits::default()).unwrap();
    assert_eq!(after.open_questions().count(), 1);
    let changed = |file: &str| {
        let of = |hashes: &[ring_io::InputHash]| hashes.iter().find(|h| h.file == file).map(|h| h.sha256.clone());
        of(&before.hashes) != of(&after.hashes)
    };
    assert!(changed("tasks.csv") && !changed("items.csv"));
}

#[test]
fn no_code_that_moves_a_terminal_is_passed_on() {
    let room = copy_of("base");
    // Escape, the one-byte form of it, a turn of direction, a bell; and a tab, which is set as spaces.
    let items = "item,name\nkite,\u{1b}[31mred\nframe,a\u{9b}31m\t\u{202e}b\u{7},x\n";
    std::fs::write(room.path().join("items.csv"), items).unwrap();
    let text = rendering(room.path(), "ring");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    assert!(!text.contains('\u{202e}') && text.contains("␛[31mred"), "{text}");
    let json = render::render_json(&refusal(room.path(), "ring").faults, 0).to_string();
    assert!(json.contains("\\u001b") && !json.contains('\u{1b}'), "{json}");
}
