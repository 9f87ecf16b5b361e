//! The gate board: one card per gate with its state, evidence, owner and what blocks it.

use super::notice::{Tone, badge};
use crate::html::{Html, esc};
use core::fmt::Write as _;

/// How far a gate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// Decided, all evidence in place.
    Passed,
    /// Evidence is being gathered.
    Open,
    /// Waits for something that is late or has no owner.
    Blocked,
    /// Everything is there; nobody has decided.
    Decidable,
    /// Decided to wait or to do the work again.
    Held,
    /// Decided not to go on.
    Stopped,
    /// An earlier gate comes first.
    Ahead,
}

impl GateState {
    fn badge(self) -> Html {
        match self {
            Self::Passed => badge(Tone::Good, "passed"),
            Self::Open => badge(Tone::Plain, "open"),
            Self::Blocked => badge(Tone::Bad, "blocked"),
            Self::Decidable => badge(Tone::Warn, "to be decided"),
            Self::Held => badge(Tone::Warn, "held"),
            Self::Stopped => badge(Tone::Bad, "stopped"),
            Self::Ahead => badge(Tone::Plain, "not yet"),
        }
    }
}

/// What a card shows.
#[derive(Clone, Debug)]
pub struct GateCard {
    /// Short name, such as `G1`.
    pub id: String,
    /// The question the gate answers.
    pub question: String,
    /// How far it is.
    pub state: GateState,
    /// Pieces of evidence: what, whether it is there, owner and due date in words.
    pub evidence: Vec<(String, bool, String)>,
    /// What stands in the way; empty when nothing does.
    pub blocking: Html,
}

/// All gates in order.
#[must_use]
pub fn gate_board(cards: &[GateCard]) -> Html {
    let mut out = String::from("<ol class=\"gates\">\n");
    for card in cards {
        let here = card.evidence.iter().filter(|e| e.1).count();
        let _ = writeln!(
            out,
            "<li><h3><span class=\"gate-id\">{}</span> {}</h3><p class=\"state\">{} <span>{here} of {} in hand</span></p>",
            esc(&card.id),
            esc(&card.question),
            card.state.badge(),
            card.evidence.len()
        );
        out.push_str("<ul>");
        for (what, is_here, who) in &card.evidence {
            let (class, word) = if *is_here { ("have", "there") } else { ("lack", "missing") };
            let _ = write!(
                out,
                "<li class=\"{class}\"><span class=\"sr\">{word}: </span>{} <span class=\"who\">{}</span></li>",
                esc(what),
                esc(who)
            );
        }
        out.push_str("</ul>");
        if !card.blocking.is_empty() {
            let _ = write!(out, "<p class=\"blocks\">{}</p>", card.blocking);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    Html::trusted(out)
}
