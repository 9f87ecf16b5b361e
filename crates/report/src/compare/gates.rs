//! Gates whose state differs.

use crate::context::Context;

/// Where one gate stands in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateRow {
    /// Key of the gate.
    pub gate: String,
    /// Whether it is passed in each; none where it is not there or was not looked at.
    pub passed: [Option<bool>; 2],
    /// Pieces of evidence accepted, and asked for, in each.
    pub evidence: [Option<(usize, usize)>; 2],
}

pub(super) fn gates(c: [&Context<'_>; 2]) -> Vec<GateRow> {
    let key = |c: &Context<'_>, gate| c.ring().gates[gate].key.clone();
    let of = |c: &Context<'_>| -> Vec<(String, bool, (usize, usize))> {
        let states = c.d.decision.iter().flat_map(|d| &d.gates);
        states.map(|g| (key(c, g.gate), g.passed(), (g.accepted, g.asked))).collect()
    };
    let both = c.map(of);
    let names = |side: usize| both[side].iter().map(|(key, _, _)| key.as_str());
    let find = |side: usize, name: &str| both[side].iter().find(|(key, _, _)| key == name);
    let rows = super::keys(names(0), names(1)).into_iter().map(|name| GateRow {
        gate: name.to_owned(),
        passed: [0, 1].map(|side| find(side, name).map(|g| g.1)),
        evidence: [0, 1].map(|side| find(side, name).map(|g| g.2)),
    });
    rows.filter(|row| row.passed[0] != row.passed[1] || row.evidence[0] != row.evidence[1]).collect()
}
