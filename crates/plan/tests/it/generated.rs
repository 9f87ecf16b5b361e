//! Generated rings: every programme holds, bound and cost are in order, refusals say why.

use crate::common::Case;
use model::control::{Control, Effort};
use plan::{Options, solve};
use testring::{Shape, generate};

/// Seeds in the ordinary run; `crates/study` plans a thousand.
const SEEDS: u64 = 60;

#[test]
fn programmes_of_generated_rings_hold() {
    let (mut planned, mut refused) = (0, 0);
    for seed in 0..SEEDS {
        let case = Case::new(&generate(seed, &Shape::small()));
        match solve(&case.problem(), &Options::of(Effort::Quick), &Control::unlimited()) {
            Ok(out) => {
                planned += 1;
                case.assert_holds(&out.best);
                assert!(out.best.bound <= out.best.cost, "seed {seed}");
                assert!(out.stats.whole_columns > 0 && out.stats.iterations > 0);
            }
            Err(faults) => {
                refused += 1;
                assert!(faults.iter().all(|f| !f.help.is_empty() && f.code.entry().is_some()), "seed {seed}");
            }
        }
    }
    assert!(planned >= SEEDS * 9 / 10, "{planned} planned, {refused} refused");
}
