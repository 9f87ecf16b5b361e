//! Who leaves a race: only what is behind by more than chance.

use super::{ASSUMED, Formula, SAMPLED, ring};
use crate::{Options, Problem, Sampling, solve};
use model::control::Control;

/// Six alternatives of nearly one mean. Four fix what the wings take, what the first task takes, both or none: each is the cheapest
/// in some futures. Two fix one of the two wings only: in every future one of the four costs less, but on average only 1.3 more than
/// the least, below two standard errors.
#[test]
fn what_is_never_the_cheapest_stays_while_it_may_be_the_best_on_average() {
    let narrow = ASSUMED.replace("8,10,13", "8,10,12").replace("18,20,30", "18,20,24").replace("30,30,45", "30,30,40");
    let (first, wing, other) = ("tasks/t1/minutes,10", "tasks/t2/minutes,20.8", "tasks/t3/minutes,33.2");
    let offers: [(&str, &[&str]); 5] = [
        ("task", &[first]),
        ("wings", &[wing, other]),
        ("both", &[first, wing, other]),
        ("half", &[wing]),
        ("task_half", &[first, wing]),
    ];
    let mut alternatives = "name,address,value\n".to_owned();
    for (name, set) in offers {
        set.iter().for_each(|what| alternatives.push_str(&format!("{name},{what}\n")));
    }
    let ring = ring(&narrow, &alternatives, "");
    let problem = Problem { ring: &ring, programme: None, resilience: None };
    let options = Options { batch: 64, sampling: Sampling { futures: 300, walks: 0, ..SAMPLED }, frontier: 0 };
    let found = solve(&problem, &options, &mut Formula::default(), &mut Control::unlimited()).best.analysis.unwrap();
    for (at, alternative) in found.alternatives.iter().enumerate().filter(|(_, a)| a.name.ends_with("half")) {
        let cheapest = found.futures.iter().any(|f| f.costs.iter().all(|cost| f.costs[at] <= *cost));
        assert!(!cheapest, "{} is never the cheapest", alternative.name);
    }
    assert_eq!((found.alternatives.len(), found.left_behind.len()), (6, 0), "nobody is behind by more than chance");
}
