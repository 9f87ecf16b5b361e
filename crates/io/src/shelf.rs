//! Bytes kept under a name from one run to the next: whole or not at all, checked when read, bounded in size.
//!
//! ```text
//! FOLDER/3f/NAME   "ringworks kept 1\n", the SHA-256 of what follows in hexadecimal, "\n", then the bytes
//! ```
//!
//! A shelf may lose everything at any time without harm. A file that is short, altered or of another form is removed when it
//! is asked for. Beyond the bound the files that nobody asked for longest go first.

use crate::atomic::{Existing, write_file};
use crate::hash::sha256_hex;
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const HEAD: &[u8] = b"ringworks kept 1\n";
/// Length of the hexadecimal digest and its line end.
const SUM: usize = 65;

/// A folder of kept bytes.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
    bytes_max: u64,
}

impl Shelf {
    /// A shelf in a folder, which need not exist yet, of at most so many bytes.
    #[must_use]
    pub fn new(folder: &Path, bytes_max: u64) -> Self {
        Self { folder: folder.to_owned(), bytes_max }
    }

    /// The bytes kept under a name; none when there are none or they are not what was kept.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.path(name)?;
        let size = fs::metadata(&path).ok()?.len();
        let bytes = if size <= self.bytes_max { fs::read(&path).ok()? } else { Vec::new() };
        let Some(kept) = opened(&bytes) else {
            let _ = fs::remove_file(&path);
            return None;
        };
        // The time says when somebody last asked; where it cannot be set, the oldest written goes first.
        let _ = File::open(&path).and_then(|file| file.set_times(FileTimes::new().set_modified(SystemTime::now())));
        Some(kept.to_vec())
    }

    /// Keeps bytes under a name of hexadecimal digits; true when they are kept.
    pub fn put(&self, name: &str, bytes: &[u8]) -> bool {
        let Some(path) = self.path(name) else { return false };
        if bytes.len() as u64 + (HEAD.len() + SUM) as u64 > self.bytes_max {
            return false;
        }
        let mut all = HEAD.to_vec();
        all.extend_from_slice(sha256_hex(bytes).as_bytes());
        all.push(b'\n');
        all.extend_from_slice(bytes);
        let kept = write_file(&path, &all, Existing::Replace).is_ok();
        self.shorten(&path);
        kept
    }

    /// Where a name stands; names are digests, so that nothing can point outside the shelf.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let sound = name.len() >= 8 && name.bytes().all(|b| b.is_ascii_hexdigit());
        sound.then(|| self.folder.join(&name[..2]).join(&name[2..]))
    }

    /// Removes what was asked for longest ago until the rest fits, but never `newest`.
    fn shorten(&self, newest: &Path) {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let files = folders.filter_map(|f| fs::read_dir(f.path()).ok()).flatten().flatten();
        let mut all: Vec<(SystemTime, PathBuf, u64)> = files
            .filter_map(|file| {
                let about = file.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((about.modified().ok()?, file.path(), about.len()))
            })
            .collect();
        let mut bytes: u64 = all.iter().map(|(_, _, size)| size).sum();
        all.sort();
        for (_, path, size) in all.iter().filter(|(_, path, _)| path != newest) {
            if bytes <= self.bytes_max {
                break;
            }
            if fs::remove_file(path).is_ok() {
                bytes -= size;
            }
        }
    }
}

/// What a file keeps, when it is whole.
fn opened(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(HEAD)?;
    let (sum, kept) = rest.split_at_checked(SUM)?;
    let sum = sum.strip_suffix(b"\n")?;
    (sha256_hex(kept).as_bytes() == sum).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NAMES: [&str; 3] = ["00aaaaaaaa", "01bbbbbbbb", "01cccccccc"];

    fn shelf(room: &tempfile::TempDir, bytes_max: u64) -> Shelf {
        Shelf::new(&room.path().join("kept"), bytes_max)
    }

    #[test]
    fn what_was_kept_comes_back_and_nothing_else() {
        let room = tempfile::TempDir::new().unwrap();
        let shelf = shelf(&room, 1_000);
        assert_eq!(shelf.get(NAMES[0]), None);
        assert!(shelf.put(NAMES[0], b"one") && shelf.put(NAMES[0], b"two") && shelf.put(NAMES[1], b""));
        assert_eq!(shelf.get(NAMES[0]).as_deref(), Some(&b"two"[..]));
        assert_eq!(shelf.get(NAMES[1]).as_deref(), Some(&b""[..]));
        assert!(!shelf.put("../../letters", b"x") && !shelf.put("short", b"x") && !shelf.put(NAMES[2], &[0; 1_000]));
    }

    #[test]
    fn every_byte_altered_and_every_length_cut_is_seen_and_removed() {
        let room = tempfile::TempDir::new().unwrap();
        let shelf = shelf(&room, 1_000);
        assert!(shelf.put(NAMES[0], b"what was kept"));
        let path = shelf.path(NAMES[0]).unwrap();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut altered = whole.clone();
            altered[at] ^= 1;
            for bytes in [&altered[..], &whole[..at]] {
                fs::write(&path, bytes).unwrap();
                assert_eq!(shelf.get(NAMES[0]), None, "byte {at}");
                assert!(!path.exists());
            }
        }
    }

    #[test]
    fn the_bound_holds_and_what_was_asked_for_last_stays() {
        let room = tempfile::TempDir::new().unwrap();
        let shelf = shelf(&room, 2 * (HEAD.len() + SUM + 10) as u64);
        for (name, age) in [(NAMES[0], 20), (NAMES[1], 10)] {
            assert!(shelf.put(name, &[7; 10]));
            let file = File::open(shelf.path(name).unwrap()).unwrap();
            let then = SystemTime::now() - Duration::from_secs(age);
            file.set_times(FileTimes::new().set_modified(then)).unwrap();
        }
        assert!(shelf.get(NAMES[0]).is_some(), "asked for, so younger than the other now");
        assert!(shelf.put(NAMES[2], &[7; 10]));
        assert_eq!(NAMES.map(|name| shelf.get(name).is_some()), [true, false, true]);
    }
}
