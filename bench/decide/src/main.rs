//! Sobol' indices beside SALib at equal cost, and values of information against closed forms.
//!
//! `bench-decide indices FUNCTION N SEED` prints one line of JSON: errors against the closed form, share of intervals that hold
//! it, CPU seconds. `peers.py` calls it and SALib in turns. `bench-decide worth` prints the table of values of information.

use chance::special::normal_quantile;
use chance::{Sobol, Source};
use decide::sensitivity::PickFreeze;
use decide::worth::{CostMatrix, Noisy, partial, perfect, sample};
use std::f64::consts::PI;

const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["indices", function, n, seed] => {
            indices(function, n.parse().expect("a number of points"), seed.parse().expect("a seed"));
        }
        ["worth"] => worth(),
        _ => {
            eprintln!("usage: bench-decide indices ishigami|g N SEED | worth");
            std::process::exit(2);
        }
    }
}

/// CPU seconds of this process.
fn cpu() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a live timespec.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn ishigami(u: &[f64]) -> f64 {
    let x = |i: usize| (2.0 * u[i] - 1.0) * PI;
    let (s, t) = (libm::sin(x(0)), libm::sin(x(1)));
    s + 7.0 * t * t + 0.1 * x(2).powi(4) * s
}

fn g(u: &[f64]) -> f64 {
    u.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

/// First and total indices in closed form.
fn closed(function: &str) -> (Vec<f64>, Vec<f64>) {
    if function == "g" {
        let alone: Vec<f64> = G.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
        let all: f64 = alone.iter().map(|v| 1.0 + v).product();
        let v = all - 1.0;
        return (alone.iter().map(|x| x / v).collect(), alone.iter().map(|x| x * all / (1.0 + x) / v).collect());
    }
    let v1 = 0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2);
    let (v2, v13) = (49.0 / 8.0, 0.01 * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0));
    let v = v1 + v2 + v13;
    (vec![v1 / v, v2 / v, 0.0], vec![(v1 + v13) / v, v2 / v, v13 / v])
}

fn indices(function: &str, n: u32, seed: u64) {
    let f: fn(&[f64]) -> f64 = if function == "g" { g } else { ishigami };
    let (first, total) = closed(function);
    let design = PickFreeze::new(n, first.len(), seed).expect("few inputs");
    let begun = cpu();
    let points: Vec<Vec<f64>> = (0..design.len()).map(|at| design.point(at)).collect();
    let sampled = cpu();
    let results: Vec<f64> = points.iter().map(|p| f(p)).collect();
    let evaluated = cpu();
    let found = design.indices(&results).expect("the function varies");
    let ended = cpu();
    let error = |shares: &[decide::sensitivity::Share], is: &[f64]| {
        shares.iter().zip(is).map(|(s, is)| (s.value - is).abs()).sum::<f64>() / is.len() as f64
    };
    let held = |shares: &[decide::sensitivity::Share], is: &[f64]| {
        shares.iter().zip(is).filter(|(s, is)| s.low - 1e-12 <= **is && **is <= s.high + 1e-12).count()
    };
    let inside = held(&found.first, &first) + held(&found.total, &total);
    println!(
        "{{\"first\": {:.6}, \"total\": {:.6}, \"inside\": {inside}, \"of\": {}, \"cpu\": {:.6}, \"evaluations\": {}}}",
        error(&found.first, &first),
        error(&found.total, &total),
        2 * first.len(),
        ended - evaluated + sampled - begun,
        design.len()
    );
}

/// E max(0, X) for X normal: m Phi(m / s) + s phi(m / s).
fn gain(mean: f64, spread: f64) -> f64 {
    let z = mean / spread;
    mean * (1.0 - 0.5 * libm::erfc(z / 2.0_f64.sqrt())) + spread * libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// Two alternatives: one costs nothing, one costs `m + a x + b y` with x and y standard normal. What knowing saves is the mean
/// of the positive part, less what choosing now saves.
fn worth() {
    println!("| futures | what | closed form | found | standard error | off by errors | CPU s |");
    println!("|---|---|---|---|---|---|---|");
    let (m, a, b) = (0.3, 1.0, 0.6);
    for n in [256_u32, 1024, 2048, 8192] {
        let points = Sobol::scrambled(3, 17).expect("three coordinates");
        let normal = |k: u32, i: usize| normal_quantile(points.coordinate(k, i));
        let (x, y): (Vec<f64>, Vec<f64>) = (0..n).map(|k| (normal(k, 0), normal(k, 1))).unzip();
        // What nobody asks about moves both alternatives alike and adds noise of its own.
        let noise = Source::new(5, 0);
        let rows = x.iter().zip(&y).enumerate().map(|(k, (x, y))| {
            let both = 3.0 * normal_quantile(noise.stream(k as u32, 0, 1).uniform());
            vec![both, both + m + a * x + b * y]
        });
        let costs = CostMatrix::new(rows.collect()).expect("finite costs");
        let all = (a * a + b * b).sqrt();
        // Measuring x once with error of 0.8: the mean seen explains a^2 / (1 + 0.64) of its variance.
        let seen = a / (1.0_f64 + 0.64).sqrt();
        let base = (-m).max(0.0);
        let cases: [(&str, f64, Box<dyn Fn() -> decide::worth::Worth>); 4] = [
            ("EVPI", gain(-m, all) - base, Box::new(|| perfect(&costs))),
            ("EVPPI of x", gain(-m, a) - base, Box::new(|| partial(&costs, std::slice::from_ref(&x), 1).expect("enough"))),
            ("EVPPI of y", gain(-m, b) - base, Box::new(|| partial(&costs, std::slice::from_ref(&y), 1).expect("enough"))),
            (
                "EVSI of x, one measurement",
                gain(-m, seen) - base,
                Box::new(|| sample(&costs, &[Noisy { values: x.clone(), spread: 0.8 }], 1, 1).expect("enough")),
            ),
        ];
        for (what, is, find) in cases {
            let begun = cpu();
            let found = find();
            let off = (found.value - is) / found.error;
            println!("| {n} | {what} | {is:.4} | {:.4} | {:.4} | {off:+.1} | {:.4} |", found.value, found.error, cpu() - begun);
        }
    }
}
