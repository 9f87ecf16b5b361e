//! The node's secret: 32 bytes in a file that only its owner reads.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use custody::checkpoint::Key;
use custody::hash::{hex, unhex};

use crate::error::{Result, io, refuse};

/// Makes a new secret and keeps it.
pub(crate) fn create(path: &Path) -> Result<Key> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| io(&error))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", hex(&seed))?;
    file.sync_all()?;
    Ok(Key::new(&seed))
}

/// Reads the secret.
pub(crate) fn read(path: &Path) -> Result<Key> {
    let no_key = |what| {
        let help = "put back the file that was made with the ledger; if it is lost, begin a node with another name";
        refuse(761, format!("`{}` {what}", path.display()), help)
    };
    if !path.exists() {
        return Err(no_key("is missing"));
    }
    let text = fs::read_to_string(path)?;
    let seed = unhex(text.trim()).and_then(|bytes| bytes.try_into().ok());
    let seed: [u8; 32] = seed.ok_or_else(|| no_key("holds no key"))?;
    Ok(Key::new(&seed))
}

/// New random bytes for the salt of a private value.
///
/// # Errors
/// When the system has no random bytes.
pub fn salt() -> Result<[u8; custody::private::SALT]> {
    let mut salt = [0; custody::private::SALT];
    getrandom::fill(&mut salt).map_err(|error| io(&error))?;
    Ok(salt)
}
