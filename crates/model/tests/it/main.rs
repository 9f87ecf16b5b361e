//! The model as seen from outside: reading, faults, what-ifs.
#![allow(clippy::unwrap_used, reason = "tests")]

mod faults;
mod reading;
mod small;
