//! What takes too long for every change and is run now and then; the last runs stand in `docs/benchmarks.md`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::root;

/// Lines generated for the comparison of the two engines; CI compares a few hundred.
const NETWORKS: &str = "5200";

/// Runs everything; returns whether all passed.
///
/// # Errors
/// A cargo that cannot be started.
pub(crate) fn run() -> Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "test",
        "--release",
        "--package",
        "ringworks-simulate",
        "--test",
        "it",
        "networks",
        "--",
        "--nocapture",
    ]);
    command.env("RINGWORKS_NETWORKS", NETWORKS).current_dir(root());
    let status = command.status().context("cannot start cargo test")?;
    Ok(status.success())
}
