//! Two orders, one answer: lines by themselves from decision to decision, and everything in one order of time.

use super::naive;
use model::Ring;
use model::control::Control;
use model::results::{LineDesign, Programme};
use simulate::ring::{Engine, Options, Outcome, Problem, solve};
use testring::{Shape, generate, tiny};

fn run(ring: &Ring, designs: &[LineDesign], programme: &Programme, engine: Engine) -> Outcome {
    let options = Options { seed: 11, replications: 4, threads: 1, engine };
    solve(&Problem { ring, designs, programme }, &options, &mut Control::unlimited())
}

/// Runs a ring both ways; the visits in all, and those of lines that ran by themselves.
fn compare(ring: &Ring, lines: i64, slack: usize) -> Option<(u64, u64)> {
    let designs = naive::designs(ring, 60);
    // Not every generated ring can be planned by the naive rules.
    let programme = std::panic::catch_unwind(|| naive::programme(ring, &designs, lines, slack)).ok()?;
    let epochs = run(ring, &designs, &programme, Engine::Epochs);
    let events = run(ring, &designs, &programme, Engine::Events);
    assert_eq!(epochs.best, events.best, "{lines} lines, {slack} periods of slack");
    assert_eq!((epochs.stats.station_visits, epochs.stats.events), (events.stats.station_visits, events.stats.events));
    assert_eq!(events.stats.visits_alone, 0);
    Some((epochs.stats.station_visits, epochs.stats.visits_alone))
}

#[test]
fn epochs_and_events_give_the_same_evidence() {
    let (mut compared, mut visits, mut alone) = (0, 0, 0);
    for seed in 0..60 {
        let ring = Ring::build(&generate(seed, &Shape::small())).expect("generated rings are valid");
        for (lines, slack) in [(1, 0), (3, 0), (2, 2)] {
            if let Some((all, by_themselves)) = compare(&ring, lines, slack) {
                (compared, visits, alone) = (compared + 1, visits + all, alone + by_themselves);
            }
        }
    }
    for (lines, slack) in [(1, 0), (4, 0), (4, 1), (4, 6)] {
        let ring = Ring::build(&tiny()).expect("a valid ring");
        let (all, by_themselves) = compare(&ring, lines, slack).expect("the tiny ring can be planned");
        (compared, visits, alone) = (compared + 1, visits + all, alone + by_themselves);
    }
    assert!(compared >= 60, "only {compared} programmes could be compared");
    // Both ways of running a line were taken often.
    assert!(10 * alone > visits && 10 * (visits - alone) > visits, "{alone} of {visits} visits alone");
}
