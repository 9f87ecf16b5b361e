//! Checks a ring and shows every fault: `cargo run -p ringworks-io --example check -- RING`.
#![allow(clippy::print_stdout, reason = "an example speaks to its reader")]

use ring_io::{Limits, read_ring, render};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    match read_ring(&path, &Limits::default()) {
        Ok(loaded) => {
            println!("{} items, {} sites: no faults", loaded.ring.items.len(), loaded.ring.sites.len());
            ExitCode::SUCCESS
        }
        Err(refused) => {
            print!("{}", render::render_text(&refused.faults, render::Colour::Never));
            println!("{}", render::summary(&refused.faults, refused.more));
            ExitCode::FAILURE
        }
    }
}
