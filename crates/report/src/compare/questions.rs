//! The questions that each asks first.

use crate::context::Context;
use units::Money;

/// Questions of each that are compared.
const FIRST: usize = 3;

/// A question that one of the two asks among its first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// Its words.
    pub question: String,
    /// The number it is about.
    pub address: String,
    /// Its rank in each, from 1; none where it is not asked.
    pub rank: [Option<usize>; 2],
    /// The largest swing of cost over its range in each; none where it is not asked or an end cannot be planned.
    pub swing: [Option<Money>; 2],
}

pub(super) fn questions(c: [&Context<'_>; 2]) -> Vec<QuestionRow> {
    let mut rows: Vec<QuestionRow> = Vec::new();
    for (side, c) in c.iter().enumerate() {
        let all = c.d.decision.iter().flat_map(|d| &d.questions);
        for (at, q) in all.enumerate() {
            let address = c.ring().assumptions[q.assumption].address.to_string();
            let known = rows.iter().position(|row| row.address == address);
            if at >= FIRST && known.is_none() {
                continue;
            }
            let row = known.unwrap_or_else(|| {
                let question = c.question(q.assumption);
                rows.push(QuestionRow { question, address, rank: [None; 2], swing: [None; 2] });
                rows.len() - 1
            });
            rows[row].rank[side] = Some(at + 1);
            rows[row].swing[side] = q.low.as_ref().and(q.high.as_ref()).map(|_| q.cost_swing);
        }
    }
    // What only the second asks first has a rank in the first too, further down.
    let later = c[0].d.decision.iter().flat_map(|d| &d.questions).enumerate().skip(FIRST);
    for (at, q) in later {
        let address = c[0].ring().assumptions[q.assumption].address.to_string();
        if let Some(row) = rows.iter_mut().find(|row| row.address == address && row.rank[0].is_none()) {
            row.rank[0] = Some(at + 1);
            row.swing[0] = q.low.as_ref().and(q.high.as_ref()).map(|_| q.cost_swing);
        }
    }
    rows
}
