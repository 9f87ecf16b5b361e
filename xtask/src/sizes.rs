//! Source files that have grown long: looked at twice from 400 lines, split by 800.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::root;

/// Lines from which a file is looked at twice.
const LOOK_TWICE: usize = 400;
/// Lines from which a file is split.
const SPLIT: usize = 800;

/// Lists the long files and the median; returns whether none is long enough to be split.
///
/// # Errors
/// A folder or file that cannot be read.
pub(crate) fn run() -> Result<bool> {
    let root = root();
    let mut files = Vec::new();
    for folder in ["crates", "xtask", "fuzz"] {
        collect(&root.join(folder), &mut files)?;
    }
    files.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (path, lines) in files.iter().take_while(|(_, lines)| *lines > LOOK_TWICE) {
        let shown = path.strip_prefix(&root).unwrap_or(path);
        let verdict = if *lines > SPLIT { "  split it" } else { "" };
        println!("{lines:6}  {}{verdict}", shown.display());
    }
    let total: usize = files.iter().map(|(_, lines)| lines).sum();
    let median = files.get(files.len() / 2).map_or(0, |(_, lines)| *lines);
    println!(
        "{} files, {total} lines, median {median}, over {LOOK_TWICE}: {}",
        files.len(),
        files.iter().filter(|f| f.1 > LOOK_TWICE).count()
    );
    Ok(files.first().is_none_or(|(_, lines)| *lines <= SPLIT))
}

/// Adds the Rust files below a folder with their number of lines.
fn collect(folder: &Path, files: &mut Vec<(PathBuf, usize)>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target") {
                collect(&path, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push((path, text.lines().count()));
        }
    }
    Ok(())
}
