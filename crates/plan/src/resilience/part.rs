//! The two linear programs, over one part of the network.

use super::net::Net;
use super::reduce::{Case, Part};
use crate::lp::{Col, End, Heuristics, Highs, Limits, Program, Solver};
use model::control::Control;

/// What is made and delivered in a part; the same in both programs but for how time comes in.
struct Flows {
    program: Program,
    /// Pieces made at each node of the part.
    made: Vec<Col>,
}

/// Least value lost in the time of the case, and the pieces lost of each demand; none when the solver failed.
pub(super) fn lost(net: &Net, case: &Case<'_>, part: &Part) -> Option<Vec<(usize, f64)>> {
    let Flows { mut program, made } =
        flows(net, part, |node, program| program.real(0.0, 0.0, net.nodes[node].capacity * case.time));
    for plant in &part.plants {
        let most = net.plants[*plant as usize].capacity * case.time;
        let terms = members(net, part, *plant, &made);
        program.row(f64::NEG_INFINITY, most, terms);
    }
    let mut short = Vec::new();
    for (at, node) in part.nodes.iter().enumerate() {
        if let Some(demand) = net.asked[*node as usize] {
            let data = &net.demands[demand];
            let lost = program.real(data.value, 0.0, f64::INFINITY);
            let asked = data.rate * case.time - net.nodes[*node as usize].stock;
            program.row(asked, f64::INFINITY, [(lost, 1.0), (made[at], 1.0)]);
            short.push((demand, lost));
        }
    }
    let point = solve(&program)?;
    Some(
        short
            .into_iter()
            .map(|(demand, col)| (demand, point[col.index()].max(0.0)))
            .filter(|(_, l)| *l > 1e-9)
            .collect(),
    )
}

/// Longest time, up to that of the case, in which all demand of the part is met; none when the solver failed.
pub(super) fn survived(net: &Net, case: &Case<'_>, part: &Part) -> Option<f64> {
    let Flows { mut program, made } = flows(net, part, |_, program| program.real(0.0, 0.0, f64::INFINITY));
    let time = program.real(-1.0, 0.0, case.time);
    for (at, node) in part.nodes.iter().enumerate() {
        let data = &net.nodes[*node as usize];
        if data.capacity.is_finite() && part.stopped.binary_search(node).is_err() {
            program.row(f64::NEG_INFINITY, 0.0, [(made[at], 1.0), (time, -data.capacity)]);
        }
        if let Some(demand) = net.asked[*node as usize] {
            program.row(-data.stock, f64::INFINITY, [(made[at], 1.0), (time, -net.demands[demand].rate)]);
        }
    }
    for plant in &part.plants {
        let mut terms = members(net, part, *plant, &made);
        terms.push((time, -net.plants[*plant as usize].capacity));
        program.row(f64::NEG_INFINITY, 0.0, terms);
    }
    // Adding zero turns a negative zero into zero.
    Some(solve(&program)?[time.index()].max(0.0) + 0.0)
}

fn members(net: &Net, part: &Part, plant: u32, made: &[Col]) -> Vec<(Col, f64)> {
    let each = |node: &u32| net.nodes[*node as usize].plant.filter(|(p, _)| *p == plant as usize).map(|(_, each)| each);
    part.nodes.iter().zip(made).filter_map(|(node, col)| Some((*col, each(node)?))).collect()
}

/// Nodes make, sources send to inputs: what both programs share.
fn flows(net: &Net, part: &Part, mut column: impl FnMut(usize, &mut Program) -> Col) -> Flows {
    let mut program = Program::default();
    let made: Vec<Col> = part
        .nodes
        .iter()
        .map(|node| match part.stopped.binary_search(node) {
            Ok(_) => program.real(0.0, 0.0, 0.0),
            Err(_) => column(*node as usize, &mut program),
        })
        .collect();
    let place = |node: usize| part.nodes.binary_search(&(node as u32)).ok();
    let mut sent: Vec<Vec<Col>> = vec![Vec::new(); part.nodes.len()];
    for input in &part.inputs {
        let data = &net.inputs[*input as usize];
        let Some(of) = place(data.of) else { continue };
        let mut terms = vec![(made[of], -data.quantity)];
        for from in data.from.iter().filter_map(|from| place(*from)) {
            let col = program.real(0.0, 0.0, f64::INFINITY);
            sent[from].push(col);
            terms.push((col, 1.0));
        }
        program.row(0.0, f64::INFINITY, terms);
    }
    for (at, cols) in sent.iter().enumerate().filter(|(_, cols)| !cols.is_empty()) {
        let stock = net.nodes[part.nodes[at] as usize].stock;
        let terms = cols.iter().map(|col| (*col, 1.0)).chain([(made[at], -1.0)]);
        program.row(f64::NEG_INFINITY, stock, terms);
    }
    Flows { program, made }
}

fn solve(program: &Program) -> Option<Vec<f64>> {
    let limits = Limits { gap: 0.0, iterations_max: u64::MAX, start: None, heuristics: Heuristics::All };
    let answer = Highs.solve(program, &limits, &Control::unlimited());
    (answer.end == End::Solved).then_some(answer.point).flatten()
}
