//! Why an answer cannot be beaten, as JSON, and what the verifier says to it.

use balance::Instance;
use balance::bounds::dual_feasible::DualFunction;
use balance::certificate::{Certificate, Proof, SearchLog};
use balance::workers::{WorkerBound, WorkerProof};
use serde_json::{Value, json};
use verify::plain::{self, Checked, PlainLine, PlainProof, check_bound, check_workers_bound};

/// The claim, its reason, and whether the verifier repeated it; tasks count from 1 as in the file.
pub(super) fn of_line(instance: &Instance, claim: &Certificate) -> Value {
    let numbers = |tasks: &[u32]| tasks.iter().map(|t| t + 1).collect::<Vec<_>>();
    let (mut reason, repeated) = match &claim.proof {
        Proof::NotEmpty => (json!({"kind": "not-empty"}), PlainProof::Counting),
        Proof::Counting => (json!({"kind": "counting"}), PlainProof::Counting),
        Proof::DualFeasible { function } => (dual(*function), PlainProof::BinPacking),
        Proof::Matching(m) => (
            json!({"kind": "matching", "long": numbers(&m.long), "witness": numbers(&m.witness), "pairs": m.pairs}),
            PlainProof::Matching { long: m.long.clone(), witness: m.witness.clone() },
        ),
        Proof::Prices(found) => (
            json!({"kind": "prices", "prices": found.prices, "scale": found.scale}),
            PlainProof::Prices { prices: found.prices.clone(), scale: found.scale },
        ),
        Proof::TaskTooLong { task } => {
            (json!({"kind": "task-too-long", "task": task + 1}), PlainProof::TaskTooLong { task: *task })
        }
        Proof::HeadsAndTails { task } => (json!({"kind": "heads-and-tails", "task": task + 1}), PlainProof::Engine),
        Proof::Windows => (json!({"kind": "windows"}), PlainProof::Engine),
        Proof::Search(log) => (search(log), PlainProof::Engine),
    };
    let arcs: Vec<(usize, usize)> = instance.successors().pairs().collect();
    let line = PlainLine { times: instance.times(), arcs: &arcs };
    reason["cycle_time"] = json!(claim.cycle_time);
    reason["stations_min"] = json!((claim.stations_min < u32::MAX).then_some(claim.stations_min));
    reason["verified"] = verdict(check_bound(line, claim.cycle_time, claim.stations_min, &repeated));
    reason
}

/// The same for a line of workers; `rows` are its times, task by task.
pub(super) fn of_workers(rows: &[Vec<u32>], bound: &WorkerBound) -> Value {
    let (mut reason, repeated) = match &bound.proof {
        WorkerProof::WorkerPrices { prices } => {
            (json!({"kind": "worker-prices", "prices": prices}), plain::WorkerProof::WorkerPrices(prices.clone()))
        }
        WorkerProof::LongestTask { task } => {
            (json!({"kind": "longest-task", "task": task + 1}), plain::WorkerProof::LongestTask(*task))
        }
        WorkerProof::TaskPrices { prices } => {
            (json!({"kind": "task-prices", "prices": prices}), plain::WorkerProof::TaskPrices(prices.clone()))
        }
        WorkerProof::Fixing => (json!({"kind": "fixing"}), plain::WorkerProof::Engine),
        WorkerProof::Search(log) => (search(log), plain::WorkerProof::Engine),
    };
    let claimed = bound.cycle_time_min;
    reason["cycle_time_min"] = json!((claimed < u64::MAX).then_some(claimed));
    reason["verified"] = verdict(check_workers_bound(rows, claimed, &repeated));
    reason
}

fn dual(function: DualFunction) -> Value {
    match function {
        DualFunction::Rounded { k } => json!({"kind": "dual-feasible", "function": "rounded", "k": k}),
        DualFunction::Threshold { limit } => json!({"kind": "dual-feasible", "function": "threshold", "limit": limit}),
        DualFunction::Pieces { unit } => json!({"kind": "dual-feasible", "function": "pieces", "unit": unit}),
    }
}

fn search(log: &SearchLog) -> Value {
    let engine = format!("{:?}", log.engine).to_lowercase();
    json!({"kind": "search", "engine": engine, "work": log.work, "states": log.nodes, "root_bound": log.root_bound})
}

/// `true`, `false` with the reason, or null for what only a search could repeat.
fn verdict(checked: Result<Checked, String>) -> Value {
    match checked {
        Ok(Checked::Holds) => json!(true),
        Ok(Checked::NotRechecked) => Value::Null,
        Err(why) => json!({"false": why}),
    }
}
