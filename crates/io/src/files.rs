//! Where the files of a ring folder come from: a disk, or memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Error, Read};
use std::path::Path;

/// A flat folder of files.
pub(crate) trait Files {
    /// Names of its plain files, sorted; hidden files and folders are not the ring's business.
    fn names(&self) -> std::io::Result<Vec<String>>;

    /// The bytes of a file; `None` when it has more than the cap.
    fn bytes(&self, name: &str, cap: u64) -> std::io::Result<Option<Vec<u8>>>;
}

/// A folder on disk.
impl Files for Path {
    fn names(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(self)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') && !entry.path().is_dir() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn bytes(&self, name: &str, cap: u64) -> std::io::Result<Option<Vec<u8>>> {
        read_capped(&self.join(name), cap)
    }
}

/// Files held in memory, by name.
impl Files for BTreeMap<String, Vec<u8>> {
    fn names(&self) -> std::io::Result<Vec<String>> {
        Ok(self.keys().filter(|name| !name.starts_with('.')).cloned().collect())
    }

    fn bytes(&self, name: &str, cap: u64) -> std::io::Result<Option<Vec<u8>>> {
        let bytes = self.get(name).ok_or_else(|| Error::other("no such file"))?;
        Ok((bytes.len() as u64 <= cap).then(|| bytes.clone()))
    }
}

/// The bytes of a plain file; `None` when it has more than the cap.
///
/// # Errors
/// Whatever the system says, and a refusal of pipes and devices, which might never end.
pub(crate) fn read_capped(path: &Path, cap: u64) -> std::io::Result<Option<Vec<u8>>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(Error::other("not a plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(cap + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= cap).then_some(bytes))
}

/// The system's words without its number.
pub(crate) fn plain(error: &Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
