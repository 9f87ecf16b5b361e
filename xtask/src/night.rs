//! What takes too long for every change and is run now and then; the last runs stand in `docs/benchmarks.md`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::root;

/// One long run: a package, the tests by name, and the setting that makes them long.
struct Run {
    package: &'static str,
    target: &'static [&'static str],
    tests: &'static str,
    setting: (&'static str, &'static str),
}

const RUNS: &[Run] = &[
    // Lines of up to ten tasks, each kind of problem, rule and aim against trying everything; CI compares some hundred.
    Run { package: "ringworks-balance", target: &["--lib"], tests: "", setting: ("RINGWORKS_CASES", "10000") },
    // Lines generated for the comparison of the two engines; CI compares a few hundred.
    Run {
        package: "ringworks-simulate",
        target: &["--test", "it"],
        tests: "networks",
        setting: ("RINGWORKS_NETWORKS", "5200"),
    },
    // Every row of the published tables, lines at a relative standard error of 1e-4; says that it skipped them where
    // RINGWORKS_DATA names no folder.
    Run {
        package: "ringworks-simulate",
        target: &["--test", "it"],
        tests: "exact_tables",
        setting: ("RINGWORKS_CASES", ""),
    },
    // Generated rings planned, explained and simulated, each result verified; CI does a thousand.
    Run {
        package: "ringworks-study",
        target: &["--test", "it"],
        tests: "verify_is_silent",
        setting: ("RINGWORKS_RINGS", "10000"),
    },
    // Events at five nodes that are cut off from each other and meet at random.
    Run {
        package: "ringworks-store",
        target: &["--test", "it"],
        tests: "nodes_converge",
        setting: ("RINGWORKS_PARTITION_EVENTS", "10000"),
    },
    // Logs changed with and without the node's key.
    Run {
        package: "ringworks-store",
        target: &["--test", "it"],
        tests: "many_random_changes",
        setting: ("RINGWORKS_TAMPERINGS", "100000"),
    },
    // Writers killed at a random moment.
    Run {
        package: "ringworks-store",
        target: &["--test", "it"],
        tests: "killed_at_any_moment",
        setting: ("RINGWORKS_KILLS", "2000"),
    },
    // Workloads whose power is cut at every sync.
    Run {
        package: "ringworks-store",
        target: &["--test", "it"],
        tests: "after_a_power_cut",
        setting: ("RINGWORKS_POWER_CUTS", "500"),
    },
];

/// Runs everything; returns whether all passed.
///
/// # Errors
/// A cargo that cannot be started.
pub(crate) fn run() -> Result<bool> {
    let mut passed = true;
    for run in RUNS {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["test", "--release", "--package", run.package]).args(run.target);
        command.args([run.tests, "--", "--nocapture"]);
        command.env(run.setting.0, run.setting.1).current_dir(root());
        passed &= command.status().context("cannot start cargo test")?.success();
    }
    Ok(passed)
}
