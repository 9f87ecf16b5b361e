//! Turns a ring folder into a workbook or back: `cargo run -p ringworks-io --example convert -- FROM TO`.
#![allow(clippy::print_stdout, reason = "an example speaks to its reader")]

use ring_io::{Existing, Limits, convert, render};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let [from, to] = &paths[..] else {
        println!("name a ring and where to write it in the other form");
        return ExitCode::from(2);
    };
    match convert(from, to, &Limits::default(), Existing::Replace) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refused) => {
            print!("{}", render::render_text(&refused.faults, render::Colour::Never));
            ExitCode::FAILURE
        }
    }
}
