//! The ring's life: conservation, exact sums, threads, limits, and the answers that can be worked out by hand.

use super::naive::{self, Case, case};
use model::control::Control;
use model::ids::*;
use model::results::Status;
use model::results::evidence::{Cause, Evidence};
use model::{RawRing, Ring};
use simulate::ring::{Engine, Options, Outcome, Problem, solve};
use std::sync::atomic::AtomicBool;
use testring::{Shape, generate, tiny};
use units::Id;

fn simulate(case: &Case, replications: usize, threads: usize) -> Outcome {
    let problem = Problem { ring: &case.ring, designs: &case.designs, programme: &case.programme };
    solve(&problem, &Options { seed: 7, replications, threads, engine: Engine::Epochs }, &mut Control::unlimited())
}

fn evidence(case: &Case, replications: usize, threads: usize) -> Evidence {
    let outcome = simulate(case, replications, threads);
    outcome.best.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

/// Changes a cell, or writes a setting.
fn with(raw: &RawRing, address: &str, value: &str) -> RawRing {
    raw.with(&address.parse().expect("an address"), value).unwrap_or_else(|| panic!("{address}"))
}

fn planned(case: &Case) -> i64 {
    let product = |c: CapabilityId| case.ring.capability[c].item == case.ring.settings.product;
    case.programme.make.iter().filter(|m| product(m.capability)).map(|m| m.quantity.ticks()).sum()
}

fn check_invariants(case: &Case, e: &Evidence) {
    let faults = verify::evidence(&case.ring, &case.designs, &case.programme, e);
    assert!(faults.is_empty(), "{faults:#?}");
    for r in &e.replications {
        assert_eq!(r.started, r.finished + r.first_articles + r.scrapped + r.in_process, "{r:?}");
        let lost: i64 = r.lost.iter().map(|q| q.ticks()).sum();
        assert_eq!(lost, planned(case) - r.finished * 1_000, "{r:?}");
        let product = case.ring.settings.product;
        let series = Evidence::series(&case.ring);
        let delivered = series.iter().zip(&r.delivered).filter(|((_, item), _)| *item == product);
        let delivered: i64 = delivered.flat_map(|(_, d)| d).sum();
        let opening: i64 = case
            .ring
            .sites
            .ids()
            .flat_map(|s| rules::lag::opening_stock(&case.ring, s))
            .map(|(c, _, q)| if c == Component::Item(product) { q.ticks() / 1_000 } else { 0 })
            .sum();
        assert!(delivered <= r.finished + opening, "{r:?}");
    }
    for s in &e.stations {
        let sum = s.working + s.blocked + s.starved + s.waiting_parts + s.waiting_people + s.down + s.stopped;
        assert!((sum - 1.0).abs() < 1e-9, "{s:?}");
    }
}

#[test]
fn pieces_are_conserved_and_lost_ones_add_up_on_generated_rings() {
    let mut run = 0;
    for seed in 0..60 {
        let Ok(ring) = Ring::build(&generate(seed, &Shape::small())) else {
            panic!("seed {seed} gives no valid ring");
        };
        let designs = naive::designs(&ring, 60);
        // Not every generated ring can be planned by the naive rules.
        let planned = std::panic::catch_unwind(|| naive::programme(&ring, &designs, 1, 0));
        let Ok(programme) = planned else {
            continue;
        };
        let case = Case { ring, designs, programme };
        let e = evidence(&case, 3, 1);
        check_invariants(&case, &e);
        run += 1;
    }
    assert!(run >= 20, "only {run} rings could be planned");
}

#[test]
fn threads_change_nothing_and_seeds_do() {
    let case = case(&tiny(), 0);
    let one = evidence(&case, 9, 1);
    assert_eq!(one, evidence(&case, 9, 2));
    let problem = Problem { ring: &case.ring, designs: &case.designs, programme: &case.programme };
    let other = solve(
        &problem,
        &Options { seed: 8, replications: 9, threads: 1, engine: Engine::Epochs },
        &mut Control::unlimited(),
    );
    assert_ne!(one.replications, other.best.unwrap().replications);
    // The first replications do not depend on how many follow.
    assert_eq!(one.replications[..4], evidence(&case, 4, 2).replications[..]);
}

#[test]
fn a_ring_without_chance_delivers_its_plan() {
    // No rework, no absence: everything is certain. Parts come a week early, so nothing waits.
    let raw = with(&tiny(), "tasks/p2/first_pass_yield", "1");
    let raw = with(&raw, "workforce/w/absence", "0");
    let raw = with(&raw, "ring/policy.line_efficiency", "0.8");
    let case = case(&raw, 1);
    let e = evidence(&case, 2, 1);
    check_invariants(&case, &e);
    assert_eq!(e.replications[0].finished, e.replications[1].finished);
    assert_eq!(e.replications[0].delivered, e.replications[1].delivered);
    assert!(e.replications[0].finished > 0);
}

#[test]
fn a_limit_of_work_cuts_between_blocks_and_says_so() {
    let case = case(&tiny(), 0);
    let stop = AtomicBool::new(false);
    let problem = Problem { ring: &case.ring, designs: &case.designs, programme: &case.programme };
    for threads in [1, 2] {
        let mut control = Control::new(&stop, 1, &|_| {});
        let outcome =
            solve(&problem, &Options { seed: 7, replications: 50, threads, engine: Engine::Epochs }, &mut control);
        let e = outcome.best.unwrap();
        assert_eq!((e.status, e.replications.len()), (Status::WorkLimited, 4));
        assert!(e.notes.iter().any(|n| n.contains("4 of 50")), "{:?}", e.notes);
    }
}

#[test]
fn a_programme_that_cannot_be_run_is_refused() {
    let mut case = case(&tiny(), 0);
    case.programme.lines[0].option = 9;
    let outcome = simulate(&case, 4, 1);
    assert!(outcome.best.is_none());
    assert!(outcome.diagnostics.iter().all(|d| d.code == diag::Code(304)) && !outcome.diagnostics.is_empty());
    case.programme.lines.clear();
    let facts: Vec<String> = simulate(&case, 4, 1).diagnostics.into_iter().map(|d| d.fact).collect();
    assert!(facts.iter().any(|f| f.contains("without a line")), "{facts:?}");
}

/// Mean of lost pieces of a cause.
fn lost(e: &Evidence, cause: Cause) -> f64 {
    e.lost.iter().find(|l| l.cause == cause).unwrap().mean
}

#[test]
fn late_parts_are_told_as_missing_parts() {
    let on_time = case(&tiny(), 1);
    let mut late = case(&tiny(), 1);
    let product_site = late.ring.capability[late.programme.make[0].capability].site;
    for order in late.programme.orders.iter_mut().filter(|o| o.site == product_site) {
        order.period = PeriodId::from_index(order.period.index() + 3);
    }
    let (good, bad) = (evidence(&on_time, 8, 2), evidence(&late, 8, 2));
    check_invariants(&late, &bad);
    let finished = |e: &Evidence| e.replications.iter().map(|r| r.finished).sum::<i64>();
    assert!(finished(&bad) < finished(&good));
    assert!(lost(&bad, Cause::Parts) > lost(&good, Cause::Parts) + 1.0, "{:?}", bad.lost);
}

#[test]
fn a_random_outage_costs_output_and_is_named() {
    let calm = case(&tiny(), 1);
    let mut raw = tiny();
    let mut b = testring::Builder::new();
    let site = &calm.ring.sites[calm.ring.capability[calm.programme.make[0].capability].site].key;
    b.row(
        "outages",
        &[("outage", &"o"), ("target", &format!("site:{site}")), ("cause", &"test"), ("rate_year", &40), ("days", &5)],
    );
    raw.tables.retain(|t| t.name != "outages");
    raw.tables.extend(b.build().tables);
    let struck = case(&raw, 1);
    let (good, bad) = (evidence(&calm, 20, 2), evidence(&struck, 20, 2));
    check_invariants(&struck, &bad);
    assert!(lost(&bad, Cause::Outage) > 1.0 && lost(&good, Cause::Outage) == 0.0, "{:?}", bad.lost);
    let stopped = |e: &Evidence| e.stations.iter().map(|s| s.stopped).fold(0.0, f64::max);
    assert!(stopped(&bad) > stopped(&good) + 0.1);
}
