//! `assumptions.csv`: how sure each number is, who can tell, and what asking costs.

use crate::address::Address;
use crate::ids::{AssumptionId, PartnerId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Date, IdVec, Money};

choices! {
    /// Shape of the belief between low and high.
    Shape {
        /// Triangular with its mode.
        Triangular = "triangular",
        /// PERT: a beta with its mode, lighter in the tails.
        Pert = "pert",
        /// Every value alike; the mode is only the value planned with.
        Uniform = "uniform",
    }
}

choices! {
    /// How good the source is.
    Grade {
        /// Official, primary or scholarly.
        A = "a",
        /// Trade press or reprint.
        B = "b",
        /// Blog, forum or vendor page.
        C = "c",
        /// Derived from graded figures, arithmetic shown.
        Derived = "derived",
        /// Somebody's assumption without a source.
        Assumed = "assumed",
        /// Measured in this ring.
        Measured = "measured",
    }
}

/// The schema of `assumptions.csv`.
pub const TABLE: Table = Table {
    name: "assumptions",
    key: &["address"],
    need: Need::Optional,
    doc: "Ranges for numbers of the ring with source, owner and the question that would settle them.",
    columns: &[
        required("address", Kind::Address, "", "The number it is about."),
        optional("low", Kind::Text, "", "Lowest credible value, in the kind of the number addressed."),
        optional("mode", Kind::Text, "", "Most likely value; taken when the number itself is empty."),
        optional("high", Kind::Text, "", "Highest credible value."),
        default("shape", Kind::Choice(<Shape as crate::read::Choice>::WORDS), "triangular", "", "Shape of the belief."),
        optional("group", Kind::Text, "", "Assumptions of one group move together (same cause)."),
        required("source", Kind::Text, "", "Where the value comes from."),
        default("grade", Kind::Choice(<Grade as crate::read::Choice>::WORDS), "assumed", "", "How good the source is."),
        optional("owner", Kind::Ref(&["partners"]), "", "Partner that can tell."),
        optional("question", Kind::Text, "", "What to ask."),
        optional("due", Kind::Date, "", "Day the answer is due."),
        optional("cost", Kind::Money(0.0, 1e9), "money", "Cost of finding out."),
        optional("days", Kind::Count(0, 3_650), "days", "Time to find out."),
    ],
};

/// An assumption about one number.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// The number it is about.
    pub address: Address,
    /// Lowest credible value; dates as days since 1970-01-01. Equals `mode` where no range is given.
    pub low: f64,
    /// Value planned with.
    pub mode: f64,
    /// Highest credible value.
    pub high: f64,
    /// Shape of the belief.
    pub shape: Shape,
    /// Group that moves together.
    pub group: Option<String>,
    /// Where the value comes from.
    pub source: String,
    /// How good the source is.
    pub grade: Grade,
    /// Partner that can tell.
    pub owner: Option<PartnerId>,
    /// What to ask.
    pub question: String,
    /// Day the answer is due.
    pub due: Option<Date>,
    /// Cost of finding out.
    pub cost: Option<Money>,
    /// Days to find out.
    pub days: Option<i64>,
    /// True when the number itself is empty in the tables and the mode stands in for it.
    pub is_missing: bool,
}

impl Assumption {
    /// True when the range is more than a point.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.low < self.high
    }
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<AssumptionId, Assumption> {
    reader.rows(&TABLE, |row| {
        let text = row.text("address");
        let (address, numbers) = crate::assume::resolve(row, &text);
        let [low, mode, high] = numbers;
        Assumption {
            is_missing: reader.is_missing(&text),
            address,
            low,
            mode,
            high,
            shape: row.choice("shape"),
            group: row.given("group", |r, c| r.text(c)),
            source: row.text("source"),
            grade: row.choice("grade"),
            owner: row.id_opt("owner"),
            question: row.text("question"),
            due: row.date("due"),
            cost: row.given("cost", |r, c| r.money(c)),
            days: row.given("days", |r, c| r.count(c)),
        }
    })
}
