//! The same problem gives the same programme: again, and on two threads at once.

use crate::common::Case;
use model::control::{Control, Effort};
use plan::{Options, Outcome, solve};
use testring::{Shape, generate};

fn planned(seed: u64) -> Option<Outcome> {
    let case = Case::new(&generate(seed, &Shape::small()));
    solve(&case.problem(), &Options::of(Effort::Quick), &Control::unlimited()).ok()
}

#[test]
fn the_same_on_one_thread_and_on_two() {
    for seed in 0..6 {
        let alone = planned(seed);
        let [a, b] = std::thread::scope(|scope| {
            let threads = [scope.spawn(|| planned(seed)), scope.spawn(|| planned(seed))];
            threads.map(|t| t.join().unwrap())
        });
        assert_eq!(format!("{alone:?}"), format!("{a:?}"), "seed {seed}");
        assert_eq!(format!("{alone:?}"), format!("{b:?}"), "seed {seed}");
    }
}
