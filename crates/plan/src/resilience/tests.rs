//! By hand, and the parts against the whole network in one program.

use super::part;
use super::reduce::{Case, Part};
use super::{Demand, Fault, Input, Net, Node, Plant, Stopped, lost_in, survived};
use testring::Random;

fn node(stock: f64, capacity: f64) -> Node {
    Node { stock, capacity, plant: None }
}

/// A part `a` (stock 10) into a product (stock 4, capacity 3) of which 2 are asked each day, worth 5.
fn chain() -> Net {
    let nodes = vec![node(10.0, 8.0), node(4.0, 3.0)];
    let inputs = vec![Input { of: 1, quantity: 2.0, from: vec![0] }];
    Net::new(nodes, inputs, Vec::new(), vec![Demand { node: 1, rate: 2.0, value: 5.0 }]).unwrap()
}

fn stop(nodes: &[usize], time: f64) -> Stopped {
    Stopped { nodes: nodes.to_vec(), time }
}

#[test]
fn a_chain_by_hand() {
    let net = chain();
    // Without the part: 10 / 2 = 5 products and 4 on hand, for 2 a day.
    assert_eq!(survived(&net, &[vec![0], vec![1], vec![]], 100.0, 1), [Some(4.5), Some(2.0), Some(100.0)]);
    // Ten days ask 20: 4 + 5 without the part, 4 without the line.
    let lost = lost_in(&net, &[stop(&[0], 10.0), stop(&[1], 10.0), stop(&[0], 4.0)], 1);
    let value = |at: usize| lost[at].as_ref().unwrap().value;
    assert!((value(0) - 55.0).abs() < 1e-6 && (value(1) - 80.0).abs() < 1e-6 && value(2) == 0.0, "{lost:?}");
    assert_eq!(lost[1].as_ref().unwrap().pieces.len(), 1);
}

#[test]
fn a_shared_plant_serves_the_dearer_first() {
    let line = |stock| Node { stock, capacity: f64::INFINITY, plant: Some((0, 2.0)) };
    let demands = vec![Demand { node: 0, rate: 1.0, value: 9.0 }, Demand { node: 1, rate: 1.0, value: 4.0 }];
    let net = Net::new(vec![line(0.0), line(3.0)], Vec::new(), vec![Plant { capacity: 3.0 }], demands).unwrap();
    // Two a day would take 4 of 3; the 3 on hand of the second last until day 6.
    assert_eq!(survived(&net, &[vec![]], 50.0, 1), [Some(6.0)]);
    let lost = lost_in(&net, &[stop(&[], 10.0)], 1)[0].clone().unwrap();
    assert!((lost.value - 8.0).abs() < 1e-6, "{lost:?}");
    assert_eq!(lost.pieces.iter().map(|(demand, _)| *demand).collect::<Vec<_>>(), [1]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let two = || vec![node(0.0, 1.0), node(0.0, 1.0)];
    let input = |of, from| Input { of, quantity: 1.0, from: vec![from] };
    let demand = |node| Demand { node, rate: 1.0, value: 1.0 };
    let fault = |inputs, demands| Net::new(two(), inputs, Vec::new(), demands).err();
    assert_eq!(fault(vec![input(0, 1), input(1, 0)], vec![]), Some(Fault::Circle));
    assert_eq!(fault(vec![input(1, 0)], vec![demand(0)]), Some(Fault::DemandInside));
    assert_eq!(fault(vec![], vec![demand(1), demand(1)]), Some(Fault::DemandInside));
    assert_eq!(fault(vec![input(1, 2)], vec![]), Some(Fault::NoSuchNode));
    let bad = Net::new(vec![node(-1.0, 1.0)], Vec::new(), Vec::new(), Vec::new());
    assert_eq!(bad.err(), Some(Fault::BadNumber));
}

/// Three tiers, several sources, shared plants.
fn generated(r: &mut Random) -> Net {
    let (ends, middles, sources) = (r.int(1, 4) as usize, r.int(1, 6) as usize, r.int(1, 8) as usize);
    let n = ends + middles + sources;
    let n_plants = r.int(0, 2) as usize;
    let nodes: Vec<Node> = (0..n)
        .map(|_| Node {
            stock: r.int(0, 30) as f64,
            capacity: if r.one_in(6) { f64::INFINITY } else { r.int(0, 12) as f64 },
            plant: (n_plants > 0 && r.one_in(3)).then(|| (r.int(0, n_plants as i64 - 1) as usize, r.int(1, 2) as f64)),
        })
        .collect();
    let mut inputs = Vec::new();
    for of in 0..ends + middles {
        let (low, high) = if of < ends { (ends, ends + middles) } else { (ends + middles, n) };
        for _ in 0..r.int(0, 2) {
            let from = (0..r.int(1, 2)).map(|_| r.int(low as i64, high as i64 - 1) as usize).collect();
            inputs.push(Input { of, quantity: r.int(1, 2) as f64, from });
        }
    }
    let plants = (0..n_plants).map(|_| Plant { capacity: r.int(2, 15) as f64 }).collect();
    let demands = (0..ends).map(|node| Demand { node, rate: r.int(0, 8) as f64, value: r.int(1, 9) as f64 }).collect();
    Net::new(nodes, inputs, plants, demands).unwrap()
}

/// All of the network as one part, but for inputs of stopped nodes.
fn whole(net: &Net, stopped: &[usize]) -> Part {
    let open = |input: &u32| !stopped.contains(&net.inputs[*input as usize].of);
    Part {
        nodes: (0..net.nodes.len() as u32).collect(),
        inputs: (0..net.inputs.len() as u32).filter(open).collect(),
        plants: (0..net.plants.len() as u32).collect(),
        stopped: stopped.iter().map(|at| *at as u32).collect(),
    }
}

#[test]
fn parts_give_what_the_whole_gives() {
    let mut lossy = 0;
    for seed in 0..400 {
        let mut r = Random::new(seed);
        let net = generated(&mut r);
        let mut stopped: Vec<usize> = (0..r.int(0, 2)).map(|_| r.int(0, net.nodes.len() as i64 - 1) as usize).collect();
        stopped.sort_unstable();
        stopped.dedup();
        let time = r.int(1, 12) as f64;
        let part = whole(&net, &stopped);
        let case = Case { stopped: &stopped, time, at_all_times: false };
        let all = part::lost(&net, &case, &part).unwrap();
        let value: f64 = all.iter().map(|(demand, pieces)| net.demands[*demand].value * pieces).sum();
        let found = lost_in(&net, &[stop(&stopped, time)], 1)[0].clone().unwrap();
        assert!((found.value - value).abs() < 1e-5 * (1.0 + value), "seed {seed}: {found:?}, whole {value}");
        lossy += usize::from(value > 1e-6);
        let long = part::survived(&net, &Case { time: 40.0, ..case }, &part).unwrap();
        let short = survived(&net, std::slice::from_ref(&stopped), 40.0, 1)[0].unwrap();
        assert!((long - short).abs() < 1e-5 * (1.0 + long), "seed {seed}: {short}, whole {long}");
        assert_eq!(value < 1e-6, long + 1e-6 >= time, "seed {seed}: nothing is lost exactly while it survives");
    }
    assert!((80..320).contains(&lossy), "{lossy} of 400 stops lose something");
}

#[test]
fn the_same_on_any_number_of_threads_and_longer_never_loses_less() {
    let mut r = Random::new(5);
    let net = generated(&mut r);
    let stops: Vec<Stopped> =
        (0..net.nodes.len()).flat_map(|at| (1..8).map(move |t| stop(&[at], f64::from(t)))).collect();
    let alone = lost_in(&net, &stops, 1);
    assert_eq!(alone, lost_in(&net, &stops, 3));
    for pair in alone.windows(2).zip(stops.windows(2)).filter(|(_, s)| s[0].nodes == s[1].nodes) {
        let value = |at: usize| pair.0[at].as_ref().unwrap().value;
        assert!(value(0) <= value(1) + 1e-6, "{:?}", pair.1);
    }
}
