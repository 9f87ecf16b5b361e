//! Every code has a page in `docs/codes`, and the page is true: its wrong input gives its rendering, its right input none.

use crate::common::{assert_stored, copy_of, refusal, top};
use crate::hostile::{demand_rows, zip_of};
use diag::{CODES, Code};
use ring_io::{Limits, Located, read_ring_as, render};
use std::path::{Path, PathBuf};

#[test]
fn every_code_has_its_page_and_no_page_is_left_over() {
    let mut wanted: Vec<String> = CODES.iter().map(|entry| format!("{}.md", entry.code)).collect();
    let mut pages: Vec<String> = std::fs::read_dir(top().join("docs/codes"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    wanted.sort();
    pages.sort();
    assert_eq!(wanted, pages);
    for entry in CODES {
        let page = std::fs::read_to_string(page_of(&entry.code.to_string())).unwrap();
        assert!(page.starts_with(&format!("# {}: {}\n", entry.code, entry.title)), "{}", entry.code);
    }
}

#[test]
fn every_wrong_input_gives_the_rendering_of_its_page() {
    let mut differ = Vec::new();
    for entry in CODES.iter().filter(|entry| is_of_input(entry.code)) {
        let code = entry.code.to_string();
        let path = page_of(&code);
        let page = Page::read(&path);
        let faults = page.wrong_faults(&code);
        assert!(faults.iter().any(|fault| fault.diagnostic.code == entry.code), "{code} is not among {faults:?}");
        let actual = page.with_rendering(render::render_text(&faults, render::Colour::Never).trim_end());
        differ.extend(assert_stored(&path, &actual).err());
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn every_right_input_is_taken() {
    for entry in CODES.iter().filter(|entry| is_of_input(entry.code)) {
        let page = Page::read(&page_of(&entry.code.to_string()));
        let room = page.ring(&page.right(), &[]);
        if let Err(refused) = read_ring_as(room.path(), "ring", &Limits::default()) {
            panic!("{}: {}", entry.code, render::render_text(&refused.faults, render::Colour::Never));
        }
    }
}

/// What reading and the ring's own checks find; pages of the others name a command, and the program's tests run it.
fn is_of_input(code: Code) -> bool {
    code.0 < 300 || code == Code(307)
}

fn page_of(code: &str) -> PathBuf {
    top().join("docs/codes").join(format!("{code}.md"))
}

/// A page with its two halves.
struct Page {
    text: String,
}

impl Page {
    fn read(path: &Path) -> Self {
        Self { text: std::fs::read_to_string(path).unwrap() }
    }

    fn halves(&self) -> (&str, &str) {
        self.text.split_once("\n## Right\n").expect("a page has a part `Right`")
    }

    /// Files of a half: a line with the name in backquotes and a colon, then a fenced block.
    fn files(half: &str) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut rest = half;
        while let Some(at) = rest.find("`:\n\n```") {
            let name = rest[..at].rsplit('`').next().unwrap().to_owned();
            let block = &rest[at..];
            let body = &block[block.find("```").unwrap()..];
            let (_, body) = body.split_once('\n').unwrap();
            let end = body.find("```").unwrap();
            files.push((name, body[..end].to_owned()));
            rest = &body[end..];
        }
        files
    }

    fn right(&self) -> Vec<(String, String)> {
        Self::files(self.halves().1)
    }

    /// A copy of `cases/base` with some files replaced and some taken away.
    fn ring(&self, files: &[(String, String)], absent: &[&str]) -> tempfile::TempDir {
        let room = copy_of("base");
        for (name, text) in files {
            std::fs::write(room.path().join(name), text).unwrap();
        }
        for name in absent {
            std::fs::remove_file(room.path().join(name)).unwrap();
        }
        room
    }

    fn wrong_faults(&self, code: &str) -> Vec<Located> {
        let half = self.halves().0;
        let absent: Vec<&str> = half
            .lines()
            .filter_map(|line| line.strip_prefix("There is no `"))
            .filter_map(|line| line.strip_suffix("`."))
            .collect();
        let room = self.ring(&Self::files(half), &absent);
        let put = |name: &str, bytes: Vec<u8>| std::fs::write(room.path().join(name), bytes).unwrap();
        let mut path = room.path().to_owned();
        let mut shown = "ring";
        match code {
            "RW0001" => {
                path = path.join("nowhere");
                shown = "nowhere";
            }
            "RW0002" => put("items.csv", vec![b'a'; 10_000_001]),
            "RW0003" => put("items.csv", b"item,name\nkite,Dr\xE9co\nframe,Frame\n".to_vec()),
            "RW0007" => {
                path = path.join("ring.xlsx");
                shown = "ring.xlsx";
                std::fs::write(&path, zip_of(&[("xl/worksheets/sheet1.xml", vec![0; 100_000_000])])).unwrap();
            }
            "RW0009" => put("demand.csv", demand_rows(20_001, "club").into_bytes()),
            "RW0112" => put("demand.csv", demand_rows(1_500, "clib").into_bytes()),
            _ => {}
        }
        let faults = refusal(&path, shown).faults;
        // A thousand faults do not belong on a page; their count does.
        if code == "RW0112" { faults.into_iter().filter(|f| f.diagnostic.code.0 == 112).collect() } else { faults }
    }

    /// The page with the rendering put into its `text` block.
    fn with_rendering(&self, rendering: &str) -> String {
        let (before, rest) = self.text.split_once("```text\n").expect("a page has a `text` block");
        let (_, after) = rest.split_once("```\n").expect("the block is closed");
        format!("{before}```text\n{rendering}\n```\n{after}")
    }
}
