//! The program as a person and a script meet it: what it says where, how it ends, what it leaves on the disk.
#![allow(clippy::unwrap_used, reason = "tests")]

mod balance;
mod cache;
mod check;
mod compare;
mod convert;
mod explain;
mod harness;
mod interrupt;
mod ledger;
mod made;
mod manners;
mod new;
mod odd;
mod pages;
mod plan;
mod replan;
mod replay;
mod simulate_line;
mod study;
mod views;
