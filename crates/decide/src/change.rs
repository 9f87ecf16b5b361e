//! From assumptions to questions: which numbers move together, and to what.

use model::ids::AssumptionId;
use model::schema::{Column, table};
use model::settings::spec_of;
use model::{Address, Ring};

/// One number with its new text.
pub type Change = (Address, String);

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The lowest credible value.
    Low,
    /// The highest credible value.
    High,
}

/// Something one answer would settle: one assumption, or all of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The assumption it is named after: the first of its group in the table.
    pub assumption: AssumptionId,
    /// All assumptions that move, in table order.
    pub members: Vec<AssumptionId>,
}

/// The questions of a ring in table order: assumptions with a range, those of one group taken together.
#[must_use]
pub fn questions(ring: &Ring) -> Vec<Question> {
    let mut found: Vec<(Option<&str>, Question)> = Vec::new();
    for (id, assumption) in ring.assumptions.enumerate().filter(|(_, a)| a.is_range()) {
        let group = assumption.group.as_deref();
        match found.iter_mut().find(|(name, _)| group.is_some() && *name == group) {
            Some((_, question)) => question.members.push(id),
            None => found.push((group, Question { assumption: id, members: vec![id] })),
        }
    }
    found.into_iter().map(|(_, question)| question).collect()
}

impl Question {
    /// The changes that put every member at one end of its range.
    ///
    /// All members take the same end, because a group has one cause. A table in which a high value of one member goes
    /// with a low value of another needs two groups.
    #[must_use]
    pub fn changes(&self, ring: &Ring, end: End) -> Vec<Change> {
        let moved = self.members.iter().filter_map(|id| {
            let assumption = &ring.assumptions[*id];
            let value = match end {
                End::Low => assumption.low,
                End::High => assumption.high,
            };
            text(ring, *id, value)
        });
        moved.collect()
    }
}

/// The change that gives an assumption's number a value, as its cell would hold it.
pub(crate) fn text(ring: &Ring, assumption: AssumptionId, value: f64) -> Option<Change> {
    let address = &ring.assumptions[assumption].address;
    Some((address.clone(), column(address)?.kind.text_of(value)?))
}

fn column(address: &Address) -> Option<&'static Column> {
    match address {
        Address::Setting(path) => spec_of(path),
        Address::Cell { table: name, column, .. } => table(name)?.column(column),
    }
}
