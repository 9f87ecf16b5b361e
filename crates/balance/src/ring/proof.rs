//! Proofs of the core, said in tasks of the ring.

use super::line::Line;
use crate::bounds::matching::{MatchingProof, pairable};
use crate::certificate;
use model::ids::TaskId;
use model::results::line_design::Proof;

/// The same proof for the reader and the verifier.
pub(super) fn of_line(line: &Line, takt: u32, proof: &certificate::Proof) -> Proof {
    match proof {
        certificate::Proof::NotEmpty | certificate::Proof::Counting | certificate::Proof::TaskTooLong { .. } => {
            Proof::Counting
        }
        certificate::Proof::DualFeasible { .. } => Proof::BinPacking,
        certificate::Proof::HeadsAndTails { .. } | certificate::Proof::Windows => Proof::HeadsTails,
        certificate::Proof::Matching(matching) => cover(line, takt, matching),
        certificate::Proof::Prices(found) => Proof::Prices {
            prices: found.prices.iter().enumerate().map(|(t, &price)| (line.task(t), price)).collect(),
            scale: found.scale,
        },
        certificate::Proof::Search(log) => Proof::Search { nodes: log.nodes },
    }
}

/// The odd-set cover that the witness leaves: its vertices count one; a component of odd size `s` counts
/// `(s - 1) / 2`; of one of even size a vertex is taken out first.
fn cover(line: &Line, takt: u32, matching: &MatchingProof) -> Proof {
    let adjacent = pairable(&line.instance, takt, &matching.long);
    let name = |v: usize| line.task(matching.long[v] as usize);
    let mut seen: Vec<bool> = matching.long.iter().map(|t| matching.witness.contains(t)).collect();
    let mut singles: Vec<TaskId> = matching.witness.iter().map(|&t| line.task(t as usize)).collect();
    let mut blossoms = Vec::new();
    for start in 0..matching.long.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut component = vec![start];
        let mut next = 0;
        while next < component.len() {
            for &w in &adjacent[component[next]] {
                if !std::mem::replace(&mut seen[w as usize], true) {
                    component.push(w as usize);
                }
            }
            next += 1;
        }
        if component.len() % 2 == 0 {
            singles.extend(component.pop().map(name));
        }
        if component.len() > 1 {
            component.sort_unstable();
            blossoms.push(component.into_iter().map(name).collect());
        }
    }
    singles.sort_unstable();
    Proof::Matching { big: matching.long.iter().map(|&t| line.task(t as usize)).collect(), singles, blossoms }
}
