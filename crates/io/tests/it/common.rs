//! Paths, small rings and renderings that the other files share.

use ring_io::{Limits, Refused, read_ring_as, render};
use std::path::{Path, PathBuf};

/// The top of the repository.
pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// A copy of a folder of `cases` in a fresh place.
pub(crate) fn copy_of(case: &str) -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(top().join("cases").join(case)).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), room.path().join(entry.file_name())).unwrap();
    }
    room
}

/// What a person is shown for a ring that must be refused.
pub(crate) fn rendering(path: &Path, shown: &str) -> String {
    let refused = refusal(path, shown);
    let mut text = render::render_text(&refused.faults, render::Colour::Never);
    text.push_str(&render::summary(&refused.faults, refused.more));
    text.push('\n');
    text
}

/// Why a ring is refused.
pub(crate) fn refusal(path: &Path, shown: &str) -> Refused {
    match read_ring_as(path, shown, &Limits::default()) {
        Err(refused) => refused,
        Ok(_) => panic!("{shown} was taken without a fault"),
    }
}

/// Compares with a stored text; with `RINGWORKS_BLESS=1` stores it instead.
pub(crate) fn assert_stored(path: &Path, actual: &str) -> Result<(), String> {
    if std::env::var_os("RINGWORKS_BLESS").is_some() {
        std::fs::write(path, actual).unwrap();
        return Ok(());
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    if stored == actual {
        return Ok(());
    }
    Err(format!("{} differs\n--- stored\n{stored}\n--- actual\n{actual}", path.display()))
}
