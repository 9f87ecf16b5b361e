//! The bans of `crates/clippy.toml` fire: a small crate uses each banned name, and clippy finds every one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates")
}

/// The banned names of one list of `clippy.toml`.
fn banned<'a>(text: &'a str, list: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(list));
    let lines = lines.skip(1).take_while(|line| !line.starts_with(']'));
    lines.filter_map(|line| line.split('"').nth(1)).collect()
}

#[test]
fn every_ban_fires() {
    let text = std::fs::read_to_string(crates().join("clippy.toml")).unwrap();
    let methods = banned(&text, "disallowed-methods");
    let types = banned(&text, "disallowed-types");
    assert!(methods.len() > 20 && types.len() > 2, "the lists are read");

    let mut source = String::from("//! Uses what is banned.\n");
    for (i, path) in types.iter().enumerate() {
        let _ = writeln!(source, "pub use {path} as T{i};");
    }
    source.push_str("/// All.\npub fn all() {\n");
    for path in &methods {
        let generic = if path.starts_with("std::env") { "::<&str>" } else { "" };
        let _ = writeln!(source, "    let _ = {path}{generic};");
    }
    source.push_str("}\n");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bans");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    let manifest = "[package]\nname = \"bans\"\nedition = \"2024\"\n[workspace]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let output = Command::new("cargo")
        .args(["clippy", "--offline", "--message-format=short"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CLIPPY_CONF_DIR", crates())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    for path in methods {
        let expected = format!("use of a disallowed method `{path}`");
        assert!(said.contains(&expected), "the ban of {path} does not fire:\n{said}");
    }
    for path in types {
        let expected = format!("use of a disallowed type `{path}`");
        assert!(said.contains(&expected), "the ban of {path} does not fire:\n{said}");
    }
}

#[test]
fn only_the_rim_has_its_own_settings() {
    let mut free: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(crates()).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("clippy.toml").exists() {
            free.push(folder.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    free.sort();
    assert_eq!(free, ["cli", "epcis", "io", "report", "store"]);
}
