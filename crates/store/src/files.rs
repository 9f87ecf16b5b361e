//! The files of a ledger's folder: found, locked, opened for reading alone.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Refused, Result, refuse};

/// Where the files of a ledger lie.
pub(crate) struct Files {
    folder: PathBuf,
    /// The log and everything that follows from it.
    pub(crate) database: PathBuf,
    /// The node's secret.
    pub(crate) secret: PathBuf,
}

impl Files {
    /// The files of a folder, there or not.
    pub(crate) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), database: folder.join("ledger.db"), secret: folder.join("node.key") }
    }

    /// A file that SQLite keeps beside the database.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(&self.database);
        name.push(ending);
        name.into()
    }

    pub(crate) fn check_rw0761_are_there(&self) -> Result<()> {
        if self.database.exists() { Ok(()) } else { Err(self.none()) }
    }

    fn none(&self) -> Refused {
        let fact = format!("`{}` holds no ledger", self.folder.display());
        refuse(761, fact, "make one: `ringworks ledger open RING --node NAME --organisation ORG`")
    }

    /// Makes the caller the one who writes, as long as the file is held.
    pub(crate) fn lock(&self) -> Result<File> {
        let path = self.folder.join("writer.lock");
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        file.try_lock().map_err(|_| {
            let fact = format!("somebody else is writing to the ledger in `{}`", self.folder.display());
            refuse(761, fact, "wait until it is done; a ledger has one writer at a time")
        })?;
        Ok(file)
    }

    /// Removes what is left of a making that broke off; RW0763 when a first record stands here. Its key was used for nothing
    /// that anybody can have seen, since the first signed head is written together with the first record.
    pub(crate) fn clear_unless_begun(&self) -> Result<()> {
        if !self.database.exists() {
            return Ok(());
        }
        if is_begun(&Connection::open(&self.database)?)? {
            let fact = format!("`{}` holds a ledger already", self.folder.display());
            return Err(refuse(763, fact, "append to it, or name another folder"));
        }
        for path in [&self.beside("-wal"), &self.beside("-shm"), &self.secret, &self.database] {
            if path.exists() {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Opens the database where nothing can be written, such as on a disc: as it lies there.
    fn open_as_it_lies(&self) -> Result<Connection> {
        let rest = self.beside("-wal");
        if fs::metadata(&rest).is_ok_and(|file| file.len() > 0) {
            let fact = format!("the last writes lie in `{}`, and nothing can be written beside it", rest.display());
            return Err(refuse(761, fact, "copy the folder to where you may write, and read it there"));
        }
        let mut address = String::from("file:");
        for byte in fs::canonicalize(&self.database)?.into_os_string().into_encoded_bytes() {
            match byte {
                b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => address.push(char::from(byte)),
                other => address.push_str(&format!("%{other:02X}")),
            }
        }
        address.push_str("?immutable=1");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        Ok(Connection::open_with_flags(address, flags)?)
    }
}

/// Whether the first record of a log was written.
fn is_begun(connection: &Connection) -> rusqlite::Result<bool> {
    let has_table = "select exists(select 1 from sqlite_schema where name = 'log')";
    Ok(connection.query_row(has_table, [], |row| row.get(0))?
        && connection.query_row("select exists(select 1 from log)", [], |row| row.get(0))?)
}

/// Opens a ledger's database for reading alone.
pub(crate) fn open_to_read(folder: &Path) -> Result<Connection> {
    let files = Files::of(folder);
    files.check_rw0761_are_there()?;
    // With write access, so that reading can take part in the write-ahead log; nothing is written.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(&files.database, flags)?;
    let mut begun = is_begun(&connection);
    let cannot = [Some(ErrorCode::CannotOpen), Some(ErrorCode::ReadOnly)];
    if begun.as_ref().is_err_and(|error| cannot.contains(&error.sqlite_error_code())) {
        connection = files.open_as_it_lies()?;
        begun = is_begun(&connection);
    }
    if begun? { Ok(connection) } else { Err(files.none()) }
}
