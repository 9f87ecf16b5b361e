//! Writes that are there whole or not at all.
//!
//! A file is written beside its target, flushed to the disk and renamed; a folder is filled beside its target
//! and renamed as one. Stopped in between, or with a full disk, the target stays as it was, and what was begun
//! has a name that starts with `.ringworks-` and is removed when the program ends in order; a folder whose program was
//! killed is removed by the next one that writes there.

use crate::leftover;
use diag::{Code, Diagnostic, Place};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile, TempDir};

const PREFIX: &str = ".ringworks-";

/// What may happen to a file that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It is replaced.
    Replace,
    /// Nothing is written and RW0502 is reported.
    Keep,
}

/// Writes a file whole or not at all. What is no file but somewhere to write to, such as `/dev/stdout`, is written to and
/// stays what it is.
///
/// # Errors
/// RW0501 when the system refuses, RW0502 when the target exists and must be kept.
pub fn write_file(target: &Path, bytes: &[u8], existing: Existing) -> Result<(), Box<Diagnostic>> {
    let refused = |error: &io::Error| cannot_write(target, error);
    if existing == Existing::Keep && fs::symlink_metadata(target).is_ok() {
        return Err(exists(target));
    }
    if fs::metadata(target).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return File::options()
            .write(true)
            .open(target)
            .and_then(|mut to| to.write_all(bytes))
            .map_err(|e| refused(&e));
    }
    let mut file = beside(target, |builder, parent| builder.tempfile_in(parent)).map_err(|e| refused(&e))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| refused(&e))?;
    readable(&file).map_err(|e| refused(&e))?;
    let kept = match existing {
        Existing::Replace => file.persist(target),
        Existing::Keep => file.persist_noclobber(target),
    };
    kept.map_err(|e| if e.error.kind() == io::ErrorKind::AlreadyExists { exists(target) } else { refused(&e.error) })?;
    sync_parent(target);
    Ok(())
}

/// A folder that is being filled and takes its name only when it is whole.
#[derive(Debug)]
pub struct NewFolder {
    target: PathBuf,
    filling: TempDir,
    mark: Option<&'static str>,
    /// Held while the folder is filled.
    claim: Option<File>,
}

impl NewFolder {
    /// Begins a folder beside `target`.
    ///
    /// A folder that is already there is replaced only when it is empty or holds the file `mark`, by which such a
    /// folder is known as one of ours; so a mistyped path never removes anything else.
    ///
    /// # Errors
    /// RW0502 when something else stands at the target; RW0501 when the system refuses.
    pub fn begin(target: &Path, mark: Option<&'static str>) -> Result<Self, Box<Diagnostic>> {
        if !may_replace(target, mark) {
            return Err(exists(target));
        }
        let begin = |builder: &Builder<'_, '_>, parent: &Path| {
            leftover::sweep(parent, PREFIX);
            builder.tempdir_in(parent)
        };
        let filling = beside(target, begin).map_err(|e| cannot_write(target, &e))?;
        let claim = leftover::claim(filling.path());
        Ok(Self { target: target.to_owned(), filling, mark, claim })
    }

    /// Where the folder stands while it is filled.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.filling.path()
    }

    /// Writes one file into it; `name` may hold sub-folders.
    ///
    /// # Errors
    /// RW0501 when the system refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        let path = self.path().join(name);
        let write = || -> io::Result<()> {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|e| cannot_write(&self.target.join(name), &e))
    }

    /// Gives the folder its name. A folder that stood there moves aside first and is removed last.
    ///
    /// # Errors
    /// RW0501 when the system refuses; then the folder that stood there is put back.
    pub fn finish(self) -> Result<(), Box<Diagnostic>> {
        let target = self.target;
        let refused = |error: &io::Error| cannot_write(&target, error);
        folder_readable(self.filling.path()).map_err(|e| refused(&e))?;
        let aside = match fs::symlink_metadata(&target) {
            Err(_) => None,
            Ok(_) => {
                if !may_replace(&target, self.mark) {
                    return Err(exists(&target));
                }
                let aside = beside(&target, |builder, parent| builder.tempdir_in(parent)).map_err(|e| refused(&e))?;
                fs::rename(&target, aside.path().join("before")).map_err(|e| refused(&e))?;
                Some(aside)
            }
        };
        leftover::release(self.filling.path());
        drop(self.claim);
        let filled = self.filling.keep();
        if let Err(error) = fs::rename(&filled, &target) {
            if let Some(aside) = aside {
                let back = fs::rename(aside.path().join("before"), &target);
                if back.is_err() {
                    // What stood there must survive under the name it has now.
                    let _ = aside.keep();
                }
            }
            let _ = fs::remove_dir_all(&filled);
            return Err(refused(&error));
        }
        sync_parent(&target);
        Ok(())
    }
}

/// Whether a folder may take this name: nothing is there, or an empty folder, or one that holds the mark.
fn may_replace(target: &Path, mark: Option<&str>) -> bool {
    let Ok(there) = fs::symlink_metadata(target) else { return true };
    let empty = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    there.is_dir() && (empty() || mark.is_some_and(|mark| target.join(mark).is_file()))
}

/// Something temporary in the target's own folder, so that renaming stays within one file system.
fn beside<T>(target: &Path, make: impl FnOnce(&Builder<'_, '_>, &Path) -> io::Result<T>) -> io::Result<T> {
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if parent.is_file() {
        return Err(io::Error::other("a file stands where its folder should be"));
    }
    fs::create_dir_all(parent)?;
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    make(&builder, parent)
}

/// Temporary files are private to their owner; a result is not.
#[cfg(unix)]
fn readable(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(unix)]
fn folder_readable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn folder_readable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the rename itself durable where the system allows folders to be flushed.
fn sync_parent(target: &Path) {
    let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(parent) {
        // A file system that cannot flush folders still holds the file; nothing better can be done.
        let _ = folder.sync_all();
    }
}

fn cannot_write(target: &Path, error: &io::Error) -> Box<Diagnostic> {
    let fact = format!("`{}` cannot be written: {}", target.display(), crate::files::plain(error));
    let help = "check the path, the permissions and the room on the disk; nothing was changed";
    Box::new(Diagnostic::error(Code(501), fact, help).at(place(target), ""))
}

fn exists(target: &Path) -> Box<Diagnostic> {
    let fact = format!("`{}` already exists", target.display());
    Box::new(
        Diagnostic::error(Code(502), fact, "name another place, or remove it first; nothing was changed")
            .at(place(target), ""),
    )
}

fn place(target: &Path) -> Place {
    Place::Span { file: target.display().to_string(), start: 0, end: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_or_kept_and_nothing_else_is_left() {
        let room = TempDir::new().unwrap();
        let target = room.path().join("a.csv");
        write_file(&target, b"one", Existing::Keep).unwrap();
        write_file(&target, b"two", Existing::Replace).unwrap();
        assert_eq!(write_file(&target, b"three", Existing::Keep).unwrap_err().code, Code(502));
        assert_eq!(fs::read(&target).unwrap(), b"two");
        assert_eq!(names(room.path()), ["a.csv"]);
    }

    #[test]
    fn a_folder_left_unfinished_changes_nothing() {
        let room = TempDir::new().unwrap();
        let target = room.path().join("out");
        let first = NewFolder::begin(&target, None).unwrap();
        first.write("sub/a.csv", b"1").unwrap();
        first.write("mark", b"").unwrap();
        first.finish().unwrap();
        let second = NewFolder::begin(&target, Some("mark")).unwrap();
        second.write("b.csv", b"2").unwrap();
        drop(second);
        assert_eq!(names(&target), ["mark", "sub"]);
        let third = NewFolder::begin(&target, Some("mark")).unwrap();
        third.write("c.csv", b"3").unwrap();
        third.finish().unwrap();
        assert_eq!(names(&target), ["c.csv"]);
        assert_eq!(names(room.path()), ["out"]);
    }

    #[test]
    fn a_folder_of_somebody_else_is_never_replaced() {
        let room = TempDir::new().unwrap();
        let target = room.path().join("home");
        fs::create_dir(&target).unwrap();
        NewFolder::begin(&target, None).unwrap();
        fs::write(target.join("letters"), "").unwrap();
        for mark in [None, Some("mark")] {
            assert_eq!(NewFolder::begin(&target, mark).unwrap_err().code, Code(502));
        }
        assert_eq!(names(&target), ["letters"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to_and_stays() {
        use std::os::unix::fs::FileTypeExt;
        let room = TempDir::new().unwrap();
        let pipe = room.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write_file(&pipe, b"through", Existing::Replace).unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        assert_eq!(write_file(&pipe, b"x", Existing::Keep).unwrap_err().code, Code(502));
    }

    #[test]
    fn a_refusal_of_the_system_is_a_diagnostic() {
        // /dev/full takes no byte; /proc takes no file.
        let error = write_file(Path::new("/proc/ringworks.csv"), b"x", Existing::Replace).unwrap_err();
        assert_eq!(error.code, Code(501));
    }
}
