//! Three tiers of nodes from a seed: suppliers, sub-assemblies, products; the shape of a published stress-testing notebook.
//!
//! Each supplier serves one sub-assembly, each sub-assembly one to three products. Neighbouring suppliers make the same part in
//! pairs, neighbouring sub-assemblies in threes, so that an input has a second source where both happen to serve the same
//! customer. Stock 1,500 to 3,000, capacity 1,500 to 3,000 and demand 500 to 1,000 in a unit of time, value 0.05 to 0.30.
//!
//! # Source
//! Databricks Industry Solutions 2025, Stress testing supply chain networks at scale (the ranges and the degrees; the draws are ours).

use plan::resilience::{Demand, Input, Net, Node};
use std::collections::BTreeMap;
use testring::Random;

/// A network, and its nodes that may stop: all but products.
pub struct Tiers {
    pub net: Net,
    pub stoppable: Vec<usize>,
    /// Time that each stoppable node needs to come back, 1 to 10.
    pub times: Vec<f64>,
}

/// Products, sub-assemblies (suppliers are twice as many) and a seed.
pub fn generate(products: usize, middles: usize, seed: u64) -> Tiers {
    let mut r = Random::new(seed);
    let suppliers = 2 * middles;
    let n = products + middles + suppliers;
    let mut links: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut join = |from: usize, kind: usize, to: usize| links.entry((to, kind)).or_default().push(from);
    let mut shuffled: Vec<usize> = (0..middles).collect();
    for at in (1..middles).rev() {
        shuffled.swap(at, r.int(0, at as i64) as usize);
    }
    let mut serves: Vec<Vec<usize>> = vec![Vec::new(); middles];
    for (product, middle) in shuffled.iter().take(products).enumerate() {
        serves[*middle].push(product);
    }
    for (middle, served) in serves.iter_mut().enumerate() {
        let wanted = r.int(1, 3) as usize;
        while served.len() < wanted.min(products) {
            let product = r.int(0, products as i64 - 1) as usize;
            if !served.contains(&product) {
                served.push(product);
            }
        }
        served.iter().for_each(|product| join(products + middle, middle / 3, *product));
    }
    for supplier in 0..suppliers {
        let pair = supplier / 2;
        let shifted = supplier % 2 == 1 && pair + 1 < middles && r.one_in(2);
        let to = if shifted { pair + 1 } else { pair };
        join(products + middles + supplier, middles + pair, products + to);
    }
    let nodes = (0..n)
        .map(|_| Node { stock: r.int(1_500, 3_000) as f64, capacity: r.int(1_500, 3_000) as f64, plant: None })
        .collect();
    let inputs = links.into_iter().map(|((of, _), from)| Input { of, quantity: 1.0, from }).collect();
    let demands = (0..products)
        .map(|node| Demand { node, rate: r.int(500, 1_000) as f64, value: r.int(5, 30) as f64 / 100.0 })
        .collect();
    let stoppable: Vec<usize> = (products..n).collect();
    let times = stoppable.iter().map(|_| r.int(1, 10) as f64).collect();
    let net = Net::new(nodes, inputs, Vec::new(), demands).expect("the generator is sound");
    Tiers { net, stoppable, times }
}
