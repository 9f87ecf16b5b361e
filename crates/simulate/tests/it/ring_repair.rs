//! Three lines that break down and one repair crew: the machine repairman problem.

use super::ring_policies::{Case, PERIODS, case, raw};
use model::results::evidence::Evidence;
use simulate::ring::Engine;
use testring::Builder;
use units::Quantity;

/// Minutes of work between breakdowns, and of a repair.
const UP: f64 = 100.0;
const DOWN: f64 = 60.0;

/// Three lines at the first site and none at the second, far more planned than can be made.
fn broken(crews: &str) -> Case {
    let mut b = Builder::new();
    let row: &[(&str, &dyn ToString)] =
        &[("equipment", &"e"), ("name", &"Jig"), ("cost", &1), ("breakdown_minutes", &UP), ("repair_minutes", &DOWN)];
    b.row("equipment", row);
    let mut raw = raw(&[], "");
    raw.tables.retain(|t| t.name != "equipment");
    raw.tables.extend(b.build().tables);
    for (address, value) in [("tasks/t/equipment", "e"), ("sites/A/repair_crews", crews)] {
        assert!(raw.set(&address.parse().expect("an address"), value), "{address}");
    }
    let mut case = case(&raw, Some(10_000));
    case.programme.lines.truncate(1);
    case.programme.lines[0].count = 3;
    case.programme.people[0].people = 3;
    let first = case.programme.lines[0].capability;
    case.programme.make.retain(|m| m.capability == first);
    case.programme.make.iter_mut().for_each(|m| m.quantity = Quantity::whole(1_000));
    case
}

/// Minutes of work of the three lines in each open minute, from the fourth day on, when the first parts come.
fn at_work(evidence: &Evidence) -> f64 {
    let pieces: i64 = evidence.replications.iter().map(|r| r.finished).sum();
    pieces as f64 * 60.0 / (evidence.replications.len() * (PERIODS * 5 - 3) * 480) as f64
}

/// Mean number of machines at work when each of `n` fails after UP minutes of work and one crew repairs them, all exponential.
fn one_crew(n: u32) -> f64 {
    let mut weight = 1.0;
    let mut sum = 1.0;
    for failed in 1..=n {
        weight *= f64::from(n - failed + 1) * DOWN / UP;
        sum += weight;
    }
    (1.0 - 1.0 / sum) * UP / DOWN
}

#[test]
fn one_crew_repairs_one_at_a_time() {
    let few = at_work(&broken("1").evidence(Engine::Epochs, 60));
    assert!((few / one_crew(3) - 1.0).abs() < 0.02, "{few} against {}", one_crew(3));
    // As many crews as lines: each line is up UP / (UP + DOWN) of the time, with a limit that never binds as without one.
    for crews in ["3", ""] {
        let many = at_work(&broken(crews).evidence(Engine::Epochs, 60));
        assert!((many / (3.0 * UP / (UP + DOWN)) - 1.0).abs() < 0.02, "{crews}: {many}");
    }
}

#[test]
fn both_orders_of_running_repair_the_same() {
    let case = broken("1");
    let evidence = case.evidence(Engine::Epochs, 10);
    assert_eq!(evidence, case.evidence(Engine::Events, 10));
    assert!(verify::evidence(&case.ring, &case.designs, &case.programme, &evidence).is_empty());
}
