//! Runs the program in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to run the program in; gone when dropped.
pub(crate) struct Room {
    folder: TempDir,
}

/// What a run left.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A room that holds a sample ring in the folder `ring`.
    pub(crate) fn with(template: &str) -> Self {
        let room = Self::new();
        assert_eq!(room.run(&["new", "--template", template, "ring"]).code, 0);
        room
    }

    /// A room that holds a folder of `cases` as `ring`.
    pub(crate) fn with_case(case: &str) -> Self {
        let room = Self::new();
        fs::create_dir(room.path("ring")).unwrap();
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        for entry in fs::read_dir(top.join("cases").join(case)).unwrap().map(|e| e.unwrap()) {
            fs::copy(entry.path(), room.path("ring").join(entry.file_name())).unwrap();
        }
        room
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, ready to start here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ringworks"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        // Nothing of the user's own is read or written, and runs know nothing of each other, unless a test says otherwise.
        command.env("RINGWORKS_CACHE", "/proc/no-cache");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// Replaces text in a file; the text must be there.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} holds `{from}`");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    /// Names in the room, hidden ones too.
    pub(crate) fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }
}

/// Names in a folder, sorted, hidden ones too.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every file below a folder with its bytes.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            let inside = files(&path).into_iter();
            all.extend(inside.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            all.push((name, fs::read(path).unwrap()));
        }
    }
    all
}
