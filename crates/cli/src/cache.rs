//! What runs keep for each other: where it lies, and under which names.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use model::Ring;
use ring_io::{Shelf, sha256};
use study::{Cache, Digest, Entry};

use crate::dossier::kept;

/// Names the folder, in place of the system's own for such things.
const VARIABLE: &str = "RINGWORKS_CACHE";
/// Bytes kept at most.
const BYTES_MAX: u64 = 512 << 20;

/// Results kept on disk.
pub(crate) struct Kept {
    shelf: Shelf,
    /// Of this very program: another build may give other results under the same version.
    program: Digest,
}

impl Kept {
    /// The cache of this user; none when nobody can say where it should lie or which program this is.
    pub(crate) fn open() -> Option<Self> {
        let program = sha256(&fs::read(env::current_exe().ok()?).ok()?);
        Some(Self { shelf: Shelf::new(&folder()?, BYTES_MAX), program })
    }
}

/// `$RINGWORKS_CACHE`, or `ringworks` where the system keeps such things.
pub(crate) fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let own = || set("XDG_CACHE_HOME").filter(|path| path.is_absolute());
    let home = || set("HOME").map(|home| home.join(".cache"));
    set(VARIABLE).or_else(|| own().or_else(home).map(|path| path.join(Path::new("ringworks"))))
}

impl Cache for Kept {
    fn digest(&self, parts: &[&[u8]]) -> Digest {
        let mut all = self.program.to_vec();
        for part in parts {
            all.extend_from_slice(&(part.len() as u64).to_le_bytes());
            all.extend_from_slice(part);
        }
        sha256(&all)
    }

    fn find(&self, key: &Digest, ring: &Ring) -> Option<Entry> {
        kept::read(&self.shelf.get(&kept::hex(key))?, ring)
    }

    fn keep(&self, key: &Digest, entry: &Entry) {
        self.shelf.put(&kept::hex(key), &kept::bytes(entry));
    }
}
