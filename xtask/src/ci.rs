//! What continuous integration checks, step by step; the tests come last, so that their closing lines do too.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::root;

/// One step: a name to call it by, what it shows, and the cargo call.
struct Step {
    name: &'static str,
    shows: &'static str,
    arguments: &'static [&'static str],
}

/// In the release profile and for the whole workspace, so that HiGHS and the other libraries are built once for this
/// and for the program; `.cargo/ci.toml` turns assertions on for our own crates.
const BUILD: &[&str] = &["--config", ".cargo/ci.toml", "--release", "--workspace"];

const STEPS: &[Step] = &[
    Step { name: "lock", shows: "Cargo.lock is current", arguments: &["metadata", "--locked", "--format-version=1"] },
    Step { name: "fmt", shows: "the code is formatted", arguments: &["fmt", "--all", "--check"] },
    Step {
        name: "clippy",
        shows: "no lint fires, in tests neither",
        arguments: &["clippy", "BUILD", "--all-targets", "--quiet", "--", "--deny=warnings"],
    },
    Step {
        name: "doc",
        shows: "the documentation builds without a warning",
        arguments: &["doc", "BUILD", "--no-deps", "--document-private-items", "--quiet"],
    },
    Step {
        name: "doctest",
        shows: "the examples in the documentation run",
        arguments: &["test", "BUILD", "--doc", "--quiet"],
    },
    Step { name: "test", shows: "every test passes", arguments: &["test", "BUILD", "--lib", "--bins", "--tests"] },
];

/// The same tests with the runner that uses every core.
const NEXTEST: &[&str] = &["nextest", "run", "BUILD", "--lib", "--bins", "--tests", "--no-fail-fast"];

/// The steps as lines of help.
pub(crate) fn list() -> String {
    let mut text = String::new();
    for step in STEPS {
        let _ = writeln!(text, "  {:<12}{}", step.name, step.shows);
    }
    text
}

/// Runs the named steps, or all; stops at the first that fails. Returns whether all passed.
///
/// # Errors
/// An unknown step, or a cargo that cannot be started.
pub(crate) fn run(names: &[String]) -> Result<bool> {
    if let Some(stranger) = names.iter().find(|n| STEPS.iter().all(|s| s.name != **n)) {
        bail!("`{stranger}` is not a step; the steps are\n{}", list());
    }
    let mut times = String::new();
    for step in STEPS {
        if !names.is_empty() && names.iter().all(|n| n != step.name) {
            continue;
        }
        eprintln!("ci: {}: {}", step.name, step.shows);
        let start = Instant::now();
        let passed = run_step(step)?;
        let seconds = start.elapsed().as_secs_f64();
        if !passed {
            eprintln!("ci: {} failed after {seconds:.0} s", step.name);
            eprintln!("    again: ./x test {}", step.name);
            return Ok(false);
        }
        let _ = write!(times, ", {} {seconds:.0} s", step.name);
    }
    eprintln!("ci: all passed{times}");
    Ok(true)
}

/// Runs one step and returns whether it passed.
fn run_step(step: &Step) -> Result<bool> {
    let arguments = match step.name {
        "test" if has_nextest() => NEXTEST,
        _ => step.arguments,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for argument in arguments {
        if *argument == "BUILD" {
            command.args(BUILD)
        } else {
            command.arg(argument)
        };
    }
    command.current_dir(root()).env("RUSTDOCFLAGS", "--deny warnings");
    if step.name == "lock" {
        command.stdout(Stdio::null());
    }
    let status = command.status().with_context(|| format!("cannot start cargo {}", arguments.join(" ")))?;
    Ok(status.success())
}

/// Whether `cargo nextest` is installed.
fn has_nextest() -> bool {
    let mut probe = Command::new("cargo");
    probe.args(["nextest", "--version"]);
    probe.stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
