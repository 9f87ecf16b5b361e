//! Every folder of `cases/broken` is refused with the rendering stored in it.

use crate::common::{assert_stored, rendering, top};
use ring_io::{Limits, read_ring};

#[test]
fn every_broken_ring_has_its_rendering() {
    let folder = top().join("cases/broken");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 30, "{} broken rings", names.len());
    let differ: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let path = folder.join(name);
            let actual = rendering(&path, &format!("cases/broken/{name}"));
            assert_stored(&path.join("expected.txt"), &actual).err()
        })
        .collect();
    assert!(differ.is_empty(), "{} of {} differ\n{}", differ.len(), names.len(), differ.join("\n"));
}

#[test]
fn the_rings_they_were_made_from_are_sound() {
    for base in ["cases/base", "cases/base-full"] {
        if let Err(refused) = read_ring(&top().join(base), &Limits::default()) {
            panic!("{base}: {}", ring_io::render::render_text(&refused.faults, ring_io::render::Colour::Never));
        }
    }
}

#[test]
fn renderings_keep_to_the_width_where_words_allow() {
    for entry in std::fs::read_dir(top().join("cases/broken")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path().join("expected.txt")).unwrap_or_default();
        for line in text.lines().filter(|l| l.starts_with("error") || l.contains("= help") || l.starts_with("     ")) {
            assert!(line.chars().count() <= 80 || line.contains('^'), "{line}");
        }
    }
}
