//! Indices, screening and break-even values against closed forms.

use super::*;
use crate::worth::CostMatrix;
use chance::Sobol;
use libm::pow;
use std::f64::consts::PI;

/// The function of T. Ishigami, T. Homma (1990) with `a = 7`, `b = 0.1`, on the unit cube.
fn ishigami(u: &[f64]) -> f64 {
    let x: Vec<f64> = u.iter().map(|u| (2.0 * u - 1.0) * PI).collect();
    libm::sin(x[0]) + 7.0 * pow(libm::sin(x[1]), 2.0) + 0.1 * pow(x[2], 4.0) * libm::sin(x[0])
}

/// Its indices, from the integrals of its terms.
fn of_ishigami() -> ([f64; 3], [f64; 3]) {
    let (a, b) = (7.0, 0.1);
    let v1 = 0.5 * pow(1.0 + b * pow(PI, 4.0) / 5.0, 2.0);
    let v2 = a * a / 8.0;
    let v13 = b * b * pow(PI, 8.0) * (1.0 / 18.0 - 1.0 / 50.0);
    let v = v1 + v2 + v13;
    ([v1 / v, v2 / v, 0.0], [(v1 + v13) / v, v2 / v, v13 / v])
}

const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// The G function of I. M. Sobol' with the weights of A. Saltelli, I. M. Sobol' (1995).
fn g(u: &[f64]) -> f64 {
    u.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

fn of_g() -> (Vec<f64>, Vec<f64>) {
    let alone: Vec<f64> = G.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
    let all: f64 = alone.iter().map(|v| 1.0 + v).product();
    let variance = all - 1.0;
    (alone.iter().map(|v| v / variance).collect(), alone.iter().map(|v| v * all / (1.0 + v) / variance).collect())
}

fn check(f: fn(&[f64]) -> f64, first: &[f64], total: &[f64], tolerance: f64) {
    let (mut inside, mut asked) = (0, 0);
    for seed in 0..10 {
        let design = PickFreeze::new(4096, first.len(), seed).unwrap();
        let results: Vec<f64> = (0..design.len()).map(|at| f(&design.point(at))).collect();
        let found = design.indices(&results).unwrap();
        for (share, is) in found.first.iter().zip(first).chain(found.total.iter().zip(total)) {
            assert!((share.value - is).abs() < tolerance, "seed {seed}: {share:?} against {is}");
            inside += usize::from(share.low - 1e-9 <= *is && *is <= share.high + 1e-9);
            asked += 1;
        }
    }
    assert!(inside * 100 >= asked * 95, "{inside} of {asked} intervals hold the closed form");
}

#[test]
fn ishigami_has_the_indices_of_its_closed_form() {
    let (first, total) = of_ishigami();
    check(ishigami, &first, &total, 0.02);
}

#[test]
fn the_g_function_has_the_indices_of_its_closed_form() {
    let (first, total) = of_g();
    check(g, &first, &total, 0.01);
}

#[test]
fn what_does_not_vary_or_does_not_fit_is_refused() {
    let design = PickFreeze::new(8, 2, 1).unwrap();
    assert_eq!(design.indices(&[3.0; 32]), Err(SensitivityError::Constant));
    assert_eq!(design.indices(&[3.0; 31]), Err(SensitivityError::Results));
    assert!(PickFreeze::new(8, 0, 1).is_err() && PickFreeze::new(8, 81, 1).is_err());
    assert!(Trajectories::new(4, 0, 1).is_err());
}

#[test]
fn screening_tells_strong_weak_and_tangled_inputs_apart() {
    let design = Trajectories::new(20, 5, 3).unwrap();
    assert_eq!(design.points().len(), 20 * 6);
    let f = |u: &Vec<f64>| 10.0 * u[0] - 3.0 * u[1] + 8.0 * u[2] * u[3];
    let results: Vec<f64> = design.points().iter().map(f).collect();
    let effects = design.effects(&results).unwrap();
    assert!((effects[0].mean - 10.0).abs() < 1e-9 && effects[0].spread < 1e-9);
    assert!((effects[1].mean + 3.0).abs() < 1e-9 && (effects[1].strength - 3.0).abs() < 1e-9);
    assert!(effects[2].spread > 1.0 && effects[2].strength > 1.0);
    assert_eq!((effects[4].mean, effects[4].strength), (0.0, 0.0));
    assert!(effects[1].strength_interval.iter().all(|end| (end - 3.0).abs() < 1e-9), "every walk shows the same");
}

/// Half of the walks see an effect of 8 u3 with u3 at a level of 0 to 1: the mean size is 4 in truth.
#[test]
fn intervals_of_strengths_cover_the_truth_as_often_as_they_say() {
    let covered = |seed: u64| {
        let design = Trajectories::new(8, 2, seed).unwrap();
        let results: Vec<f64> = design.points().iter().map(|u| 8.0 * u[0] * u[1]).collect();
        let [low, high] = design.effects(&results).unwrap()[0].strength_interval;
        low <= 4.0 && 4.0 <= high
    };
    let share = (0..400).filter(|seed| covered(*seed)).count() as f64 / 400.0;
    assert!((0.90..=0.985).contains(&share), "{share}");
    let alone = Trajectories::new(1, 2, 1).unwrap();
    let results: Vec<f64> = alone.points().iter().map(|u| u[0]).collect();
    assert_eq!(alone.effects(&results).unwrap()[0].strength_interval, [0.0, f64::INFINITY], "one walk shows no spread");
}

#[test]
fn the_choice_changes_where_the_mean_costs_cross() {
    let points = Sobol::scrambled(2, 8).unwrap();
    let (x, noise): (Vec<f64>, Vec<f64>) =
        (0..1024).map(|i| (points.coordinate(i, 0), points.coordinate(i, 1))).unzip();
    // The first costs 5 and noise; the second 2 + 8 x^2: they cross at x = sqrt(3 / 8).
    let rows = x.iter().zip(&noise).map(|(x, e)| vec![4.5 + e, 2.0 + 8.0 * x * x]).collect();
    let flips = flips_of(&CostMatrix::new(rows).unwrap(), &x, 1).unwrap();
    let is = (3.0_f64 / 8.0).sqrt();
    assert_eq!(flips.len(), 1, "{flips:?}");
    let flip = flips[0];
    assert_eq!((flip.below, flip.above), (1, 0));
    assert!((flip.at - is).abs() < 0.02 && flip.low - 0.005 <= is && is <= flip.high + 0.005, "{flip:?} {is}");
    let never = CostMatrix::new(x.iter().map(|x| vec![1.0, 2.0 + x]).collect()).unwrap();
    assert!(flips_of(&never, &x, 1).unwrap().is_empty());
}
