//! A file system that remembers what was written and what was made durable, so that every power cut can be played.
//!
//! The child process of a test registers a VFS in front of SQLite's own and does its work through it; every write,
//! truncation and sync goes to the real files and, in order, to a trace. The parent plays the trace up to a moment and
//! gives each file what a disk may give after a power cut: everything up to its last sync, and of what came later any part,
//! torn at sectors, in any order.
//!
//! # Safety
//! SQLite is called through its C interface, as it wants a VFS to be made. This is the only such module, and only tests
//! have it.
#![allow(unsafe_code, reason = "a VFS of SQLite is a table of C functions; only tests have one")]

use rusqlite::ffi;
use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// One thing that happened to the disk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Op {
    Write {
        file: String,
        offset: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        size: u64,
    },
    Sync {
        file: String,
    },
    Delete {
        file: String,
    },
    /// Not of the disk: the ledger told a client that its event stands.
    Acknowledged(String),
}

static TRACE: Mutex<Vec<Op>> = Mutex::new(Vec::new());
/// Writes and syncs left until the disk fails; negative: it never does.
static LEFT: AtomicI64 = AtomicI64::new(-1);
/// What it fails with.
static FAILS_WITH: AtomicI64 = AtomicI64::new(0);

pub(crate) fn note(op: Op) {
    TRACE.lock().unwrap().push(op);
}

pub(crate) fn take_trace() -> Vec<Op> {
    std::mem::take(&mut TRACE.lock().unwrap())
}

/// From now on the n-th write or sync and all after it fail.
pub(crate) fn fail_after(n: i64, code: c_int) {
    FAILS_WITH.store(i64::from(code), Ordering::SeqCst);
    LEFT.store(n, Ordering::SeqCst);
}

fn fails() -> Option<c_int> {
    if LEFT.load(Ordering::SeqCst) < 0 {
        return None;
    }
    if LEFT.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| Some((n - 1).max(0))).unwrap() > 0 {
        return None;
    }
    Some(FAILS_WITH.load(Ordering::SeqCst) as c_int)
}

/// Our file in front of the real one, which follows it in memory.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    name: *mut String,
}

/// SAFETY: `file` was opened by `open` below, so the real file lies right behind ours.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: as this function asks.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// SAFETY: as `real`; the name lives until `close`.
unsafe fn name(file: *mut ffi::sqlite3_file) -> String {
    // SAFETY: as this function asks.
    unsafe { (*(*file.cast::<File>()).name).clone() }
}

macro_rules! pass {
    ($(fn $ours:ident => $method:ident($($arg:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $ours(file: *mut ffi::sqlite3_file, $($arg: $kind),*) -> c_int {
            // SAFETY: the real file has every method its version promises.
            unsafe { let real = real(file); (*(*real).pMethods).$method.unwrap()(real, $($arg),*) }
        }
    )*};
}

pass! {
    fn read => xRead(to: *mut c_void, n: c_int, offset: i64);
    fn size => xFileSize(size: *mut i64);
    fn lock => xLock(level: c_int);
    fn unlock => xUnlock(level: c_int);
    fn check_lock => xCheckReservedLock(out: *mut c_int);
    fn control => xFileControl(op: c_int, arg: *mut c_void);
    fn sector => xSectorSize();
    fn traits => xDeviceCharacteristics();
    fn shm_map => xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void);
    fn shm_lock => xShmLock(offset: c_int, n: c_int, flags: c_int);
    fn shm_unmap => xShmUnmap(delete: c_int);
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: as `pass`.
    unsafe {
        let real = real(file);
        (*(*real).pMethods).xShmBarrier.unwrap()(real);
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: the name was boxed in `open` and is dropped once, here.
    unsafe {
        let real = real(file);
        let code = (*(*real).pMethods).xClose.unwrap()(real);
        drop(Box::from_raw((*file.cast::<File>()).name));
        code
    }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, n: c_int, offset: i64) -> c_int {
    if let Some(code) = fails() {
        return code;
    }
    // SAFETY: SQLite gives `n` readable bytes.
    unsafe {
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), n as usize).to_vec();
        note(Op::Write { file: name(file), offset: offset as u64, bytes });
        let real = real(file);
        (*(*real).pMethods).xWrite.unwrap()(real, from, n, offset)
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    if let Some(code) = fails() {
        return code;
    }
    // SAFETY: as `pass`.
    unsafe {
        note(Op::Truncate { file: name(file), size: size as u64 });
        let real = real(file);
        (*(*real).pMethods).xTruncate.unwrap()(real, size)
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    if let Some(code) = fails() {
        return code;
    }
    // SAFETY: as `pass`.
    unsafe {
        let real = real(file);
        let code = (*(*real).pMethods).xSync.unwrap()(real, flags);
        note(Op::Sync { file: name(file) });
        code
    }
}

/// Version 2: shared memory, but no memory mapping of the file, which would pass us by.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// SAFETY: `vfs` is ours, whose `pAppData` is the one we stand before.
unsafe fn below(vfs: *mut ffi::sqlite3_vfs) -> *mut ffi::sqlite3_vfs {
    // SAFETY: as this function asks.
    unsafe { (*vfs).pAppData.cast() }
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    path: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives `szOsFile` bytes, which is ours and the real one's.
    unsafe {
        (*file).pMethods = std::ptr::null();
        let below = below(vfs);
        let code = (*below).xOpen.unwrap()(below, path, real(file), flags, out);
        if code == ffi::SQLITE_OK {
            let full = if path.is_null() { String::new() } else { CStr::from_ptr(path).to_string_lossy().into_owned() };
            let short = full.rsplit('/').next().unwrap_or_default().to_owned();
            (*file.cast::<File>()).name = Box::into_raw(Box::new(short));
            (*file).pMethods = &METHODS;
        }
        code
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, path: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: the path ends in zero.
    unsafe {
        let full = CStr::from_ptr(path).to_string_lossy().into_owned();
        note(Op::Delete { file: full.rsplit('/').next().unwrap_or_default().to_owned() });
        let below = below(vfs);
        (*below).xDelete.unwrap()(below, path, sync_folder)
    }
}

/// Puts the recorder in front of SQLite's own VFS, for the whole process.
pub(crate) fn register() {
    // SAFETY: the new VFS is a copy of the default one with our functions for opening and deleting, and lives for ever.
    // The functions it keeps look only at fields that the copy holds too.
    unsafe {
        let default = ffi::sqlite3_vfs_find(std::ptr::null());
        let mut ours = *default;
        ours.szOsFile += size_of::<File>() as c_int;
        ours.pNext = std::ptr::null_mut();
        ours.zName = c"recorder".as_ptr();
        ours.pAppData = default.cast();
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        let ours = Box::leak(Box::new(ours));
        assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK);
    }
}

/// A disk as the trace made it: contents, and what of them is durable.
#[derive(Debug, Clone, Default)]
struct Content {
    durable: Option<Vec<u8>>,
    later: Vec<Op>,
}

/// Bytes a disk writes whole.
const SECTOR: usize = 512;

fn put(content: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    if content.len() < offset + bytes.len() {
        content.resize(offset + bytes.len(), 0);
    }
    content[offset..offset + bytes.len()].copy_from_slice(bytes);
}

/// What the disk may hold when the power goes after the first `upto` operations. `roll` chooses.
pub(crate) fn after_power_cut(
    trace: &[Op],
    upto: usize,
    roll: &mut dyn FnMut(u64) -> u64,
) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<&str, Content> = BTreeMap::new();
    for op in &trace[..upto] {
        match op {
            Op::Write { file, .. } | Op::Truncate { file, .. } => files.entry(file).or_default().later.push(op.clone()),
            Op::Sync { file } => {
                let content = files.entry(file).or_default();
                let mut bytes = content.durable.take().unwrap_or_default();
                content.later.drain(..).for_each(|op| apply(&mut bytes, &op));
                content.durable = Some(bytes);
            }
            Op::Delete { file } => {
                files.remove(file.as_str());
            }
            Op::Acknowledged(_) => {}
        }
    }
    let mut disk = BTreeMap::new();
    for (name, content) in files {
        let mut bytes = content.durable.clone().unwrap_or_default();
        let mut later = content.later;
        // Any part of what was not synced, in any order, each write torn at a sector.
        let mood = roll(3);
        if mood > 0 {
            for i in (1..later.len()).rev() {
                later.swap(i, roll(i as u64 + 1) as usize);
            }
        }
        for op in later {
            let keep = match mood {
                0 => true,
                1 => roll(2) == 0,
                _ => roll(8) == 0,
            };
            match op {
                Op::Write { offset, bytes: new, .. } if keep => {
                    for (i, sector) in new.chunks(SECTOR).enumerate() {
                        if mood == 0 || roll(4) > 0 {
                            put(&mut bytes, offset as usize + i * SECTOR, sector);
                        }
                    }
                }
                op if keep => apply(&mut bytes, &op),
                _ => {}
            }
        }
        if content.durable.is_some() || !bytes.is_empty() {
            disk.insert(name.to_owned(), bytes);
        }
    }
    disk
}

fn apply(bytes: &mut Vec<u8>, op: &Op) {
    match op {
        Op::Write { offset, bytes: new, .. } => put(bytes, *offset as usize, new),
        Op::Truncate { size, .. } => bytes.resize(*size as usize, 0),
        _ => {}
    }
}
