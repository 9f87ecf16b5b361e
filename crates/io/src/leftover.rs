//! What a program that was killed left behind: folders begun and never finished, known by a lock that nobody holds.
//!
//! Whoever fills a folder holds a lock on a file in it; the system lets go of the lock when the program ends, however it
//! ends. Folders without that file are left alone: they may be just begun, or hold what moved aside for a new result.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The file whose lock says that somebody is at work.
const LOCK: &str = ".at-work";
/// Its name until the lock is held, so that nobody takes it for abandoned.
const LOCK_NEW: &str = ".at-work-soon";

/// Says that this program is at work in a folder, until the file is dropped; nothing where the system has no locks.
pub(crate) fn claim(folder: &Path) -> Option<File> {
    let begin = || -> io::Result<File> {
        let file = File::create(folder.join(LOCK_NEW))?;
        file.lock()?;
        fs::rename(folder.join(LOCK_NEW), folder.join(LOCK))?;
        Ok(file)
    };
    let claimed = begin().ok();
    if claimed.is_none() {
        let _ = fs::remove_file(folder.join(LOCK_NEW));
    }
    claimed
}

/// Takes the claim's file out of a folder that is whole.
pub(crate) fn release(folder: &Path) {
    let _ = fs::remove_file(folder.join(LOCK));
}

/// Removes folders of this prefix in which nobody is at work any more. What cannot be removed is no fault of this run.
pub(crate) fn sweep(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(prefix));
        let is_folder = || entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !ours || !is_folder() {
            continue;
        }
        let abandoned = File::open(entry.path().join(LOCK)).is_ok_and(|file| file.try_lock().is_ok());
        if abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_works_on_is_swept_away() {
        let room = tempfile::TempDir::new().unwrap();
        let make = |name: &str| {
            let folder = room.path().join(name);
            fs::create_dir(&folder).unwrap();
            folder
        };
        let (busy, dead, begun, other) = (make(".x-busy"), make(".x-dead"), make(".x-begun"), make("letters"));
        let held = claim(&busy).unwrap();
        // A program that was killed: its file is there, its lock is not.
        drop(claim(&dead).unwrap());
        fs::write(dead.join("half.csv"), "a").unwrap();
        drop(claim(&other).unwrap());
        sweep(room.path(), ".x-");
        assert_eq!([&busy, &dead, &begun, &other].map(|folder| folder.exists()), [true, false, true, true]);
        drop(held);
        release(&other);
        assert_eq!(fs::read_dir(&other).unwrap().count(), 0);
    }
}
