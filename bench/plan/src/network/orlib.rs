//! Location files: OR-Library's capacitated warehouses, and two-stage instances; numbers in any arrangement of lines.

use super::{fail, read};
use plan::location::{Capacitated, TwoStage};

/// Where the capacities come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sizes {
    /// From the file.
    Own,
    /// The same for every site, from the command line.
    Each(f64),
}

struct Words<'a> {
    path: &'a str,
    words: std::str::SplitWhitespace<'a>,
}

impl<'a> Words<'a> {
    fn word(&mut self) -> &'a str {
        self.words.next().unwrap_or_else(|| fail(&format!("{}: ends too soon", self.path)))
    }

    fn number(&mut self) -> f64 {
        let word = self.word();
        let path = self.path;
        word.parse().unwrap_or_else(|_| fail(&format!("{path}: `{word}` is no number")))
    }

    fn numbers(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.number()).collect()
    }

    fn count(&mut self) -> usize {
        self.number() as usize
    }
}

/// A capacitated file, once with its own capacities or once for each given.
///
/// Two arrangements are known: per customer its demand and then its costs (as in the library), or all demands in a row and then the
/// matrix of costs, customers by sites or sites by customers. They are told apart by which reads to the end and makes
/// a customer's costs grow with its demand.
pub fn capacitated_file(path: &str, sizes: &[f64]) -> Vec<(Sizes, Capacitated)> {
    let text = read(path);
    let mut words = Words { path, words: text.split_whitespace() };
    let (m, n) = (words.count(), words.count());
    let (mut own, mut fixed, mut open) = (Vec::new(), Vec::new(), false);
    for _ in 0..m {
        let word = words.word();
        match word.parse::<f64>() {
            Ok(capacity) => own.push(capacity),
            Err(_) => open = true,
        }
        fixed.push(words.number());
    }
    let rest = words.numbers(n * (m + 1));
    let (demands, costs) = arranged(&rest, m, n);
    let made = |capacities: Vec<f64>| Capacitated {
        fixed: fixed.clone(),
        capacities,
        demands: demands.clone(),
        costs: costs.clone(),
    };
    if open {
        if sizes.is_empty() {
            fail(&format!("{path}: capacities are left open; give --capacity"));
        }
        sizes.iter().map(|c| (Sizes::Each(*c), made(vec![*c; m]))).collect()
    } else {
        vec![(Sizes::Own, made(own))]
    }
}

/// Demands, and costs by customer and site.
fn arranged(rest: &[f64], m: usize, n: usize) -> (Vec<f64>, Vec<Vec<f64>>) {
    let by_customer: Vec<&[f64]> = rest.chunks(m + 1).collect();
    let first: (Vec<f64>, Vec<Vec<f64>>) =
        (by_customer.iter().map(|c| c[0]).collect(), by_customer.iter().map(|c| c[1..].to_vec()).collect());
    let (demands, matrix) = rest.split_at(n);
    let rows: Vec<Vec<f64>> = matrix.chunks(m).map(<[f64]>::to_vec).collect();
    let columns: Vec<Vec<f64>> = (0..n).map(|i| (0..m).map(|j| matrix[j * n + i]).collect()).collect();
    let candidates = [first, (demands.to_vec(), rows), (demands.to_vec(), columns)];
    // The cost of a unit spreads least where demand and cost belong together.
    let spread = |(demands, costs): &(Vec<f64>, Vec<Vec<f64>>)| -> f64 {
        let units: Vec<f64> = demands
            .iter()
            .zip(costs)
            .filter(|(d, _)| **d > 0.0)
            .map(|(d, row)| row.iter().sum::<f64>() / row.len() as f64 / d)
            .collect();
        if units.len() < demands.len() / 2 {
            return f64::INFINITY;
        }
        let mean = units.iter().sum::<f64>() / units.len() as f64;
        units.iter().map(|u| (u / mean - 1.0).powi(2)).sum::<f64>() / units.len() as f64
    };
    let spreads: Vec<f64> = candidates.iter().map(spread).collect();
    let best = (0..3).min_by(|a, b| spreads[*a].total_cmp(&spreads[*b])).unwrap_or(0);
    candidates[best].clone()
}

/// Best known costs: lines of a name and a cost.
pub fn known(path: &str) -> Vec<(String, f64)> {
    let text = read(path);
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
        })
        .collect()
}

/// A two-stage file: customers' demands; plants' capacity and opening cost; plants x satellites; satellites' capacity and opening
/// cost; satellites x customers.
pub fn two_stage_file(path: &str) -> TwoStage {
    let text = read(path);
    let mut words = Words { path, words: text.split_whitespace() };
    let (p, s, n) = (words.count(), words.count(), words.count());
    let demands = words.numbers(n);
    let plants = (0..p).map(|_| (words.number(), words.number())).collect();
    let first = (0..p).map(|_| words.numbers(s)).collect();
    let satellites = (0..s).map(|_| (words.number(), words.number())).collect();
    let second = (0..s).map(|_| words.numbers(n)).collect();
    if words.words.next().is_some() {
        fail(&format!("{path}: goes on after the last cost"));
    }
    TwoStage { demands, plants, first, satellites, second }
}
