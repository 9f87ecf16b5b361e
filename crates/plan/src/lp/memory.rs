//! Memory that solvers no longer need goes back to the system at once.
//!
//! The C library answers every large piece that is freed by keeping the next ones of that size on its heap, where hundreds
//! of solvers leave holes between them: a third more memory than they use.
#![allow(unsafe_code, reason = "the C library's setting is a call of its own")]

/// Least size of a piece that is asked of the system by itself, bytes: a column's worth of a large future's program.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const PIECE: libc::c_int = 128 * 1024;

/// Lets large pieces go back when they are freed, from now on and for the whole program.
pub(crate) fn give_memory_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: the call takes two numbers and touches the allocator's settings only, under the allocator's own lock; it is not safe
    // beside the very first allocation of a program, which was long ago.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, PIECE);
    }
}
