//! Two dossiers side by side: what went in, what came out, and where the difference lies.
//!
//! Things are matched by their keys in the inputs, so that rings may differ in what they hold. Every list ends with the same
//! sum as the dossiers themselves: rows of cost add up to the difference of all costs.

mod costs;
mod customers;
mod figures;
mod gates;
mod inputs;
mod page;
mod questions;
mod words;

use crate::context::Context;
use crate::dossier::Dossier;
use units::Money;

pub use costs::CostRow;
pub use customers::CustomerRow;
pub use figures::{Figure, Unit};
pub use gates::GateRow;
pub use inputs::InputRow;
pub use page::compare_page;
pub(crate) use page::section;
pub use questions::QuestionRow;

/// One of the two.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What it is called, such as its folder.
    pub name: &'a str,
    /// Its dossier.
    pub dossier: &'a Dossier<'a>,
}

/// One cause of the difference in cost: a changed input, or the other choice of sites and lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseRow {
    /// What differs, in words.
    pub what: String,
    /// By how much the cost rises with it, penalties included.
    pub cost: Money,
    /// By how much the share served rises with it, in hundredths of a percent.
    pub served: i64,
}

/// Everything that two dossiers differ in.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What the two are called.
    pub names: [String; 2],
    /// Currency of each.
    pub currency: [String; 2],
    /// Headline numbers of both.
    pub figures: Vec<Figure>,
    /// Inputs that differ, in the order of the tables.
    pub inputs: Vec<InputRow>,
    /// Costs by kind and place, the largest difference first.
    pub costs: Vec<CostRow>,
    /// Pieces to each customer.
    pub customers: Vec<CustomerRow>,
    /// Gates whose state differs.
    pub gates: Vec<GateRow>,
    /// The first questions of each, and what they are worth.
    pub questions: Vec<QuestionRow>,
    /// Causes of the difference in cost, in the order they were put in place; none when they were not worked out.
    pub causes: Option<Vec<CauseRow>>,
    /// Why there are no causes.
    pub causes_missing: String,
    /// The difference in sentences, the weightiest first.
    pub told: Vec<String>,
}

/// Compares two dossiers; `causes` come from whoever can plan, or the reason why there are none.
#[must_use]
pub fn compare(sides: [Side<'_>; 2], causes: Result<Vec<CauseRow>, String>) -> Comparison {
    let contexts = sides.map(|side| Context::new(side.dossier));
    let c = [&contexts[0], &contexts[1]];
    let mut comparison = Comparison {
        names: sides.map(|side| side.name.to_owned()),
        currency: c.map(|c| c.ring().settings.currency.clone()),
        figures: figures::figures(c),
        inputs: inputs::inputs(c),
        costs: costs::costs(c),
        customers: customers::customers(c),
        gates: gates::gates(c),
        questions: questions::questions(c),
        causes_missing: causes.as_ref().err().cloned().unwrap_or_default(),
        causes: causes.ok(),
        told: Vec::new(),
    };
    comparison.told = words::told(&comparison, c);
    comparison
}

impl Comparison {
    /// Whether nothing differs: no input and no result.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.inputs.is_empty()
            && self.figures.iter().all(|f| f.values[0] == f.values[1] && f.words[0] == f.words[1])
            && self.costs.iter().all(|row| row.amounts[0] == row.amounts[1])
            && self.customers.iter().all(|row| row.delivered[0] == row.delivered[1] && row.asked[0] == row.asked[1])
            && self.gates.is_empty()
    }

    /// Whether money of the two can be told apart at all.
    #[must_use]
    pub fn same_currency(&self) -> bool {
        self.currency[0] == self.currency[1]
    }
}

/// The keys of two lists, those of the first in their order, then what only the second has.
fn keys<K: PartialEq + Copy>(a: impl IntoIterator<Item = K>, b: impl IntoIterator<Item = K>) -> Vec<K> {
    let mut all: Vec<K> = Vec::new();
    for key in a.into_iter().chain(b) {
        if !all.contains(&key) {
            all.push(key);
        }
    }
    all
}
