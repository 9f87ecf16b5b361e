//! Against trying every promise, and by hand.

use super::{Placement, Refused, Stage, StockOptions, place};
use model::control::Control;
use testring::Random;

fn stage(time: usize, service_max: Option<usize>, holding: f64, spread: f64) -> Stage {
    Stage { time, service_max, holding, spread }
}

fn placed(stages: &[Stage], links: &[(usize, usize)]) -> Result<Placement, Refused> {
    place(stages, links, &StockOptions::default(), &Control::unlimited())
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

/// The cost of a placement, from its promises alone; none when a promise is not kept.
fn told(stages: &[Stage], links: &[(usize, usize)], found: &Placement) -> Option<f64> {
    let kept = links.iter().all(|(from, to)| found.promised[*from] <= found.incoming[*to])
        && stages.iter().zip(&found.promised).all(|(s, p)| s.service_max.is_none_or(|m| *p <= m));
    let net = |at: usize| (found.incoming[at] + stages[at].time).checked_sub(found.promised[at]);
    let cost = |at: usize| Some(stages[at].holding * stages[at].spread * (net(at)? as f64).sqrt());
    (0..stages.len()).map(cost).sum::<Option<f64>>().filter(|_| kept)
}

fn generated(r: &mut Random, n: usize, links: &[(usize, usize)]) -> Vec<Stage> {
    (0..n)
        .map(|at| {
            let last = links.iter().all(|(from, _)| *from != at);
            let most = (last || r.one_in(4)).then(|| r.int(0, 2) as usize);
            stage(r.int(0, 3) as usize, most, r.int(1, 40) as f64 / 4.0, r.int(1, 40) as f64 / 4.0)
        })
        .collect()
}

#[test]
fn a_chain_of_two_by_hand() {
    // Stock at the cheap maker decouples: sqrt(4) * 1 + sqrt(1) * 3 = 5, against 3 * sqrt(5) = 6.7 with none there.
    let stages = [stage(4, None, 1.0, 1.0), stage(1, Some(0), 3.0, 1.0)];
    let found = placed(&stages, &[(0, 1)]).unwrap();
    assert!((found.cost - 5.0).abs() < 1e-12 && found.gap() < 1e-9, "{found:?}");
    assert_eq!((found.promised, found.incoming, found.stock), (vec![0, 0], vec![0, 0], vec![2.0, 1.0]));
    // Where keeping costs the same, all stock stands at the end.
    let same = [stage(4, None, 3.0, 1.0), stage(1, Some(0), 3.0, 1.0)];
    assert_eq!(placed(&same, &[(0, 1)]).unwrap().promised, [4, 0]);
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
        let stages = generated(&mut r, n, &links);
        let (found, best) = (placed(&stages, &links).unwrap(), tried(&stages, &links));
        assert!((found.cost - best).abs() <= 1e-9 * (1.0 + best), "seed {seed}: {} placed, {best} tried", found.cost);
        assert!((told(&stages, &links, &found).unwrap() - best).abs() <= 1e-9 * (1.0 + best), "seed {seed}");
        assert!(found.solves <= 1, "seed {seed}: a tree is solved at once");
    }
}

#[test]
fn equals_trying_every_promise_on_generated_networks() {
    let mut open = 0;
    for seed in 0..300 {
        let mut r = Random::new(1_000 + seed);
        let n = r.int(3, 5) as usize;
        let mut links = Vec::new();
        for to in 1..n {
            for from in 0..to {
                if r.one_in(2) {
                    links.push((from, to));
                }
            }
        }
        let stages = generated(&mut r, n, &links);
        let (found, best) = (placed(&stages, &links).unwrap(), tried(&stages, &links));
        assert!((found.cost - best).abs() <= 1e-9 * (1.0 + best), "seed {seed}: {} placed, {best} tried", found.cost);
        assert!((told(&stages, &links, &found).unwrap() - best).abs() <= 1e-9 * (1.0 + best), "seed {seed}");
        assert!(found.bound <= best * (1.0 + 1e-9), "seed {seed}: {} is no bound of {best}", found.bound);
        open += usize::from(found.gap() > 1e-9);
    }
    assert_eq!(open, 0, "networks left open");
}

#[test]
fn a_limit_of_solves_leaves_a_bound_and_the_same_placement_every_time() {
    let mut r = Random::new(7);
    let n = 24;
    let links: Vec<(usize, usize)> =
        (0..n).flat_map(|from| (from + 1..n).map(move |to| (from, to))).filter(|_| r.one_in(5)).collect();
    let stages = generated(&mut r, n, &links);
    let options = StockOptions { solves_max: 60, ..StockOptions::default() };
    let run = || place(&stages, &links, &options, &Control::unlimited()).unwrap();
    let (a, b) = (run(), run());
    assert_eq!(a, b);
    let full = placed(&stages, &links).unwrap();
    assert!(a.bound <= full.cost * (1.0 + 1e-9) && full.bound <= a.cost * (1.0 + 1e-9), "{a:?} {full:?}");
    assert!((told(&stages, &links, &a).unwrap() - a.cost).abs() <= 1e-9 * a.cost);
}

#[test]
fn circles_and_strangers_are_refused() {
    let stages = vec![stage(1, None, 1.0, 1.0); 3];
    assert_eq!(placed(&stages, &[(0, 1), (1, 2), (2, 0)]).unwrap_err(), Refused::Circle);
    assert_eq!(placed(&stages, &[(0, 3)]).unwrap_err(), Refused::NoSuchStage);
    assert_eq!(placed(&stages, &[(1, 1)]).unwrap_err(), Refused::NoSuchStage);
    assert!(placed(&stages, &[(0, 1), (1, 2), (0, 2), (0, 2)]).is_ok(), "ways may part and meet, and be told twice");
}
