//! `cargo xtask`: the project's own chores.

mod ci;
mod night;
mod sizes;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  ci [STEP...]  everything continuous integration checks, or only the steps named
  night         what takes too long for every change: thousands of generated lines,
                recursion against events
  sizes         source files that have grown long
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, rest)) if command == "ci" => ci::run(rest),
        Some((command, [])) if command == "night" => night::run(),
        Some((command, [])) if command == "sizes" => sizes::run(),
        _ => {
            eprint!("{USAGE}\nsteps of ci:\n{}", ci::list());
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The folder that holds the workspace.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
