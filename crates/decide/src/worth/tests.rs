//! Values of information against closed forms and a case by hand.

use super::*;
use chance::Sobol;
use chance::special::{normal_cdf, normal_quantile};

const N: u32 = 2048;

/// Two alternatives: one costs nothing, the other `10 + 5 x + 3 y + z` with independent standard normal inputs.
struct Linear {
    inputs: [Vec<f64>; 3],
    costs: CostMatrix,
}

const SLOPES: [f64; 3] = [5.0, 3.0, 1.0];

fn linear(mean: f64, seed: u64) -> Linear {
    let points = Sobol::scrambled(3, seed).unwrap();
    let inputs = [0, 1, 2].map(|d| (0..N).map(|i| normal_quantile(points.coordinate(i, d))).collect::<Vec<f64>>());
    let cost = |k: usize| mean + (0..3).map(|d| SLOPES[d] * inputs[d][k]).sum::<f64>();
    let costs = CostMatrix::new((0..N as usize).map(|k| vec![0.0, cost(k)]).collect()).unwrap();
    Linear { inputs, costs }
}

/// What knowing saves when the difference of costs is normal with this mean and this much of its spread becomes known:
/// `s * phi(m / s) - |m| * Phi(-|m| / s)` (Raiffa and Schlaifer 1961, the unit normal loss integral).
fn closed_form(mean: f64, spread: f64) -> f64 {
    let at = mean.abs() / spread;
    let density = libm::exp(-at * at / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    spread * density - mean.abs() * normal_cdf(-at)
}

fn within(is: f64, said: Worth, what: &str) {
    let slack = 4.0 * said.error + 1e-9;
    assert!((said.value - is).abs() <= slack, "{what}: {} +- {} against {is}", said.value, said.error);
    assert!(said.error < 0.25, "{what}: the error is small: {}", said.error);
}

#[test]
fn perfect_information_meets_its_closed_form() {
    for (mean, seed) in [(0.0, 1), (3.0, 2), (-10.0, 3)] {
        within(closed_form(mean, 35.0_f64.sqrt()), perfect(&linear(mean, seed).costs), "all");
    }
}

#[test]
fn partial_information_meets_its_closed_form() {
    for (mean, seed) in [(0.0, 1), (2.0, 2), (-6.0, 3)] {
        let case = linear(mean, seed);
        for (input, slope) in case.inputs.iter().zip(SLOPES) {
            let said = partial(&case.costs, std::slice::from_ref(input), 5).unwrap();
            within(closed_form(mean, slope), said, &format!("slope {slope} at {mean}"));
        }
        let said = partial(&case.costs, &case.inputs[..2], 5).unwrap();
        within(closed_form(mean, 34.0_f64.sqrt()), said, "two inputs");
    }
}

#[test]
fn sample_information_meets_its_closed_form() {
    for (n, spread) in [(1, 1.0), (4, 2.0), (25, 2.0), (1, 10.0)] {
        let case = linear(2.0, 9);
        let noisy = Noisy { values: case.inputs[0].clone(), spread };
        let said = sample(&case.costs, &[noisy], n, 5).unwrap();
        // Of the variance 1 of the input, measuring makes 1 / (1 + spread^2 / n) known.
        let known = (1.0 / (1.0 + spread * spread / f64::from(n))).sqrt();
        within(closed_form(2.0, 5.0 * known), said, &format!("{n} measurements of {spread}"));
    }
}

#[test]
fn an_input_that_says_nothing_is_worth_nothing() {
    let case = linear(1.0, 4);
    // The fourth coordinate of the same points: the first of another set would follow the first of this one.
    let points = Sobol::scrambled(4, 4).unwrap();
    let other: Vec<f64> = (0..N).map(|i| points.coordinate(i, 3)).collect();
    let said = partial(&case.costs, &[other], 5).unwrap();
    assert!(said.value <= 4.0 * said.error, "{said:?}");
}

/// Build big or small under strong (0.3), fair (0.5) or weak (0.2) demand; costs chosen for this test.
#[test]
fn a_table_worked_out_by_hand() {
    let rows = |strong: f64, fair: f64, weak: f64| {
        let mut rows = vec![vec![10.0, 40.0]; (strong * 100.0) as usize];
        rows.extend(vec![vec![30.0, 35.0]; (fair * 100.0) as usize]);
        rows.extend(vec![vec![70.0, 20.0]; (weak * 100.0) as usize]);
        CostMatrix::new(rows).unwrap()
    };
    let costs = rows(0.3, 0.5, 0.2);
    // Big: 3 + 15 + 14 = 32; small: 12 + 17.5 + 4 = 33.5; knowing: 3 + 15 + 4 = 22.
    assert!(costs.means().iter().zip([32.0, 33.5]).all(|(a, b)| (a - b).abs() < 1e-12));
    assert_eq!(costs.best(), 0);
    assert!((perfect(&costs).value - 10.0).abs() < 1e-12);
    let told = regrets(&costs);
    assert!((told[0].regret - 10.0).abs() < 1e-12 && (told[1].regret - 11.5).abs() < 1e-12);
    assert_eq!((told[0].regret_max, told[1].regret_max), (50.0, 30.0));
    assert!((told[0].best_share - 0.8).abs() < 1e-12 && (told[0].tail - 70.0).abs() < 1e-12);
    // A survey that tells weak from the rest and no more: saves 0.2 * (70 - 20).
    let is_weak: Vec<f64> = costs.rows().iter().map(|r| if r[0] > 50.0 { 1.0 } else { 0.0 }).collect();
    assert!((partial(&costs, &[is_weak], 5).unwrap().value - 10.0).abs() < 0.2);
}

#[test]
fn knowing_more_is_never_worth_less_and_one_more_alternative_never_costs_more() {
    for seed in 0..12 {
        let points = Sobol::scrambled(6, 1000 + seed).unwrap();
        let at = |i: u32, d: usize| points.coordinate(i, d);
        let inputs: Vec<Vec<f64>> = (0..3).map(|d| (0..512).map(|i| at(i, d)).collect()).collect();
        let row = |i: u32| vec![0.4 + at(i, 3), at(i, 0) + at(i, 1) * at(i, 2), 2.0 * at(i, 1), at(i, 4) + at(i, 5)];
        let rows: Vec<Vec<f64>> = (0..512).map(row).collect();
        let costs = CostMatrix::new(rows.clone()).unwrap();
        let all = perfect(&costs);
        let one = partial(&costs, &inputs[..1], seed).unwrap();
        let two = partial(&costs, &inputs[..2], seed).unwrap();
        assert!(one.value >= 0.0 && two.value >= one.value - 3.0 * (one.error + two.error));
        assert!(all.value >= two.value - 3.0 * two.error);
        let fewer = CostMatrix::new(rows.iter().map(|r| r[..3].to_vec()).collect()).unwrap();
        let least = |c: &CostMatrix| c.means()[c.best()];
        assert!(least(&costs) <= least(&fewer));
    }
}

#[test]
fn tables_that_are_none_are_refused() {
    assert_eq!(CostMatrix::new(Vec::new()), Err(MatrixError::Empty));
    assert_eq!(CostMatrix::new(vec![vec![1.0], vec![1.0, 2.0]]), Err(MatrixError::Ragged));
    assert_eq!(CostMatrix::new(vec![vec![f64::NAN]]), Err(MatrixError::NotFinite));
}
