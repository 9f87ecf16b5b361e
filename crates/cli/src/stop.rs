//! Ctrl-C: the first asks the engines for what they have, the second leaves at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::talk::{self, say};

static STOP: AtomicBool = AtomicBool::new(false);
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// The flag that engines look at.
pub(crate) fn flag() -> &'static AtomicBool {
    &STOP
}

/// Whether somebody asked to stop.
pub(crate) fn is_asked() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Remembers a folder that is being filled, to be removed when the program must leave at once.
pub(crate) fn unfinished(folder: &Path) {
    if let Ok(mut folders) = UNFINISHED.lock() {
        folders.push(folder.to_owned());
    }
}

/// Listens to Ctrl-C and to the polite signals that end programs.
///
/// # Errors
/// When the system does not let us listen.
pub(crate) fn listen() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            if let Ok(folders) = UNFINISHED.lock() {
                for folder in folders.iter() {
                    // It may be gone or renamed by now.
                    let _ = fs::remove_dir_all(folder);
                }
            }
            std::process::exit(INTERRUPTED);
        }
        // The line of progress, where there is one, gives way.
        let clear = if talk::is_watched() { "\r\u{1b}[K" } else { "" };
        say(format!("{clear}stopping with what is there; press Ctrl-C again to leave at once"));
    })?;
    Ok(())
}
