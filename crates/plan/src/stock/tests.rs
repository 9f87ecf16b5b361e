//! Against trying every promise, and by hand.

use super::{Refused, Stage, place};
use testring::Random;

fn stage(time: usize, service_max: Option<usize>, holding: f64, spread: f64) -> Stage {
    Stage { time, service_max, holding, spread }
}

/// Least cost over all promises, each stage waiting for its slowest supplier.
fn tried(stages: &[Stage], links: &[(usize, usize)]) -> f64 {
    let most: usize = stages.iter().map(|s| s.time).sum();
    let mut promised = vec![0; stages.len()];
    let mut best = f64::INFINITY;
    loop {
        let cost: Option<f64> = (0..stages.len())
            .map(|at| {
                let incoming =
                    links.iter().filter(|(_, to)| *to == at).map(|(from, _)| promised[*from]).max().unwrap_or(0);
                let within = stages[at].service_max.is_none_or(|m| promised[at] <= m);
                let net = (incoming + stages[at].time).checked_sub(promised[at]).filter(|_| within)?;
                Some(stages[at].holding * stages[at].spread * (net as f64).sqrt())
            })
            .sum();
        best = best.min(cost.unwrap_or(f64::INFINITY));
        let Some(at) = promised.iter().position(|p| *p < most) else {
            return best;
        };
        promised[at] += 1;
        promised[..at].iter_mut().for_each(|p| *p = 0);
    }
}

#[test]
fn a_chain_of_two_by_hand() {
    // Stock at the cheap maker decouples: sqrt(4) * 1 + sqrt(1) * 3 = 5, against 3 * sqrt(5) = 6.7 with none there.
    let stages = [stage(4, None, 1.0, 1.0), stage(1, Some(0), 3.0, 1.0)];
    let found = place(&stages, &[(0, 1)]).unwrap();
    assert!((found.cost - 5.0).abs() < 1e-12, "{found:?}");
    assert_eq!((found.promised, found.incoming, found.stock), (vec![0, 0], vec![0, 0], vec![2.0, 1.0]));
    // Where keeping costs the same, all stock stands at the end.
    let same = [stage(4, None, 3.0, 1.0), stage(1, Some(0), 3.0, 1.0)];
    assert_eq!(place(&same, &[(0, 1)]).unwrap().promised, [4, 0]);
}

#[test]
fn equals_trying_every_promise_on_generated_trees() {
    for seed in 0..150 {
        let mut r = Random::new(seed);
        let n = r.int(1, 5) as usize;
        let mut links = Vec::new();
        for at in 1..n {
            let other = r.int(0, at as i64 - 1) as usize;
            links.push(if r.one_in(2) { (at, other) } else { (other, at) });
        }
        let stages: Vec<Stage> = (0..n)
            .map(|at| {
                let last = links.iter().all(|(from, _)| *from != at);
                let most = last.then(|| r.int(0, 2) as usize);
                stage(r.int(0, 3) as usize, most, r.int(1, 40) as f64 / 4.0, r.int(1, 40) as f64 / 4.0)
            })
            .collect();
        let (found, best) = (place(&stages, &links).unwrap(), tried(&stages, &links));
        assert!((found.cost - best).abs() <= 1e-9 * (1.0 + best), "seed {seed}: {} placed, {best} tried", found.cost);
        for (from, to) in links {
            assert!(found.promised[from] <= found.incoming[to], "seed {seed}: a promise is kept");
        }
    }
}

#[test]
fn circles_and_strangers_are_refused() {
    let stages = vec![stage(1, None, 1.0, 1.0); 3];
    assert_eq!(place(&stages, &[(0, 1), (1, 2), (0, 2)]), Err(Refused::Circle));
    assert_eq!(place(&stages, &[(0, 1), (0, 1)]), Err(Refused::Circle));
    assert_eq!(place(&stages, &[(0, 3)]), Err(Refused::NoSuchStage));
    assert_eq!(place(&stages, &[(1, 1)]), Err(Refused::NoSuchStage));
}
