//! All futures in one program: the plain way, kept as the oracle of the cuts.

use super::master::add_tail;
use super::split::{First, RULES_MET, Recourse, Role};
use crate::lp::{Col, Program};
use model::results::hedge::Tail;

/// The first stage with all its futures as one integer program. Its columns begin with those of the first stage.
pub(crate) fn program(first: &First, futures: &[Recourse], tail: &Tail) -> Program {
    let mut program = first.program.clone();
    let mut theta = Vec::new();
    for future in futures {
        let mut place: Vec<Col> = future.links.clone();
        let mut cost: Vec<(Col, f64)> = Vec::new();
        for data in &future.program.cols()[future.links.len()..] {
            let col = program.real(0.0, data.low, data.high);
            cost.push((col, data.cost));
            place.push(col);
        }
        for (row, (low, high)) in future.program.bounds().iter().enumerate() {
            let terms = future.program.terms(row).iter().map(|(c, f)| (place[c.index()], *f));
            program.row(*low, *high, terms.collect::<Vec<_>>());
        }
        let all = match future.role {
            Role::Future(weight) => program.real(weight * (1.0 - tail.weight), f64::NEG_INFINITY, f64::INFINITY),
            Role::Rules => program.real(0.0, f64::NEG_INFINITY, RULES_MET),
        };
        cost.push((all, -1.0));
        program.row(-future.constant, -future.constant, cost);
        theta.push(all);
    }
    if tail.weight > 0.0 {
        add_tail(&mut program, futures, &theta, tail);
    }
    program
}
