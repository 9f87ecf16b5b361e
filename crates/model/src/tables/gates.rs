//! `gates.csv`: the evidence each gate asks for.

use crate::ids::{GateEvidenceId, GateId, PartnerId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Date, IdVec};

choices! {
    /// Where a piece of evidence stands.
    EvidenceState {
        /// Not there yet.
        Open = "open",
        /// Handed in, not yet accepted.
        Submitted = "submitted",
        /// Accepted by the one who signed.
        Accepted = "accepted",
    }
}

/// The schema of `gates.csv`.
pub const TABLE: Table = Table {
    name: "gates",
    key: &["gate", "evidence"],
    need: Need::Optional,
    doc: "Evidence each gate asks for; gates themselves stand in ring.toml.",
    columns: &[
        required("gate", Kind::Ref(&["gates.gate"]), "", "The gate, defined in ring.toml."),
        required("evidence", Kind::Id, "", "Name of the evidence."),
        required("name", Kind::Text, "", "What it is."),
        required("owner", Kind::Ref(&["partners"]), "", "Partner that owes it."),
        optional("due", Kind::Date, "", "Day it is due."),
        default("state", Kind::Choice(<EvidenceState as crate::read::Choice>::WORDS), "open", "", "Where it stands."),
        optional("signer", Kind::Ref(&["partners"]), "", "Partner that accepted it; never its owner."),
        optional("question", Kind::Text, "", "Question that blocks it."),
    ],
};

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct GateEvidence {
    /// The gate.
    pub gate: GateId,
    /// Name.
    pub evidence: String,
    /// What it is.
    pub name: String,
    /// Partner that owes it.
    pub owner: PartnerId,
    /// Day it is due.
    pub due: Option<Date>,
    /// Where it stands.
    pub state: EvidenceState,
    /// Partner that accepted it.
    pub signer: Option<PartnerId>,
    /// Question that blocks it.
    pub question: String,
}

impl GateEvidence {
    /// True when another partner than its owner accepted it.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.state == EvidenceState::Accepted && self.signer.is_some_and(|signer| signer != self.owner)
    }
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<GateEvidenceId, GateEvidence> {
    reader.rows(&TABLE, |row| {
        let evidence = GateEvidence {
            gate: row.id("gate"),
            evidence: row.text("evidence"),
            name: row.text("name"),
            owner: row.id("owner"),
            due: row.date("due"),
            state: row.choice("state"),
            signer: row.id_opt("signer"),
            question: row.text("question"),
        };
        if evidence.state == EvidenceState::Accepted && !evidence.is_accepted() {
            row.fault(
                103,
                "signer",
                "accepted evidence needs a signer who is not its owner".to_owned(),
                "name the partner that accepted it, or set `state` to submitted".to_owned(),
            );
        }
        evidence
    })
}
