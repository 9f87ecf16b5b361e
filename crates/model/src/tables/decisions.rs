//! `decisions.csv`: what was decided at each gate, by whom, who dissented, and what opens it again.

use crate::ids::{GateDecisionId, GateId, PartnerId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, optional, required};
use units::{Date, IdVec};

choices! {
    /// What was decided at a gate.
    Verdict {
        /// Go on.
        Go = "go",
        /// No decision yet: wait for something.
        Wait = "wait",
        /// Do the work of this gate again.
        Rework = "rework",
        /// Do not go on.
        Stop = "stop",
        /// An earlier decision no longer holds; what it asked to be reopened for has come.
        Reopen = "reopen",
    }
}

/// The schema of `decisions.csv`.
pub const TABLE: Table = Table {
    name: "decisions",
    key: &["gate", "day"],
    need: Need::Optional,
    doc: "Decisions at gates; the last of a gate counts, the others stay on record.",
    columns: &[
        required("gate", Kind::Ref(&["gates.gate"]), "", "The gate, defined in ring.toml."),
        required("day", Kind::Date, "", "Day of the decision."),
        required("decision", Kind::Choice(<Verdict as crate::read::Choice>::WORDS), "", "What was decided."),
        required("taken_by", Kind::Ref(&["partners"]), "", "Partner that took it."),
        optional("agreed_by", Kind::Refs(&["partners"]), "", "Other partners that signed it; `go` needs one at least."),
        optional("dissent", Kind::Refs(&["partners"]), "", "Partners that dissented."),
        optional("reason", Kind::Text, "", "Why, and what those who dissented say."),
        optional("reopen", Kind::Text, "", "What opens it again; a `wait`, `rework` or `stop` names it."),
    ],
};

/// A decision at a gate.
#[derive(Debug, Clone, PartialEq)]
pub struct GateDecision {
    /// The gate.
    pub gate: GateId,
    /// Day of the decision.
    pub day: Date,
    /// What was decided.
    pub verdict: Verdict,
    /// Partner that took it.
    pub taken_by: PartnerId,
    /// Other partners that signed it.
    pub agreed_by: Vec<PartnerId>,
    /// Partners that dissented.
    pub dissent: Vec<PartnerId>,
    /// Why, and what those who dissented say.
    pub reason: String,
    /// What opens it again.
    pub reopen: String,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<GateDecisionId, GateDecision> {
    reader.rows(&TABLE, |row| GateDecision {
        gate: row.id("gate"),
        day: row.date("day").unwrap_or_else(crate::read::some_day),
        verdict: row.choice("decision"),
        taken_by: row.id("taken_by"),
        agreed_by: row.ids("agreed_by"),
        dissent: row.ids("dissent"),
        reason: row.text("reason"),
        reopen: row.text("reopen"),
    })
}
