//! What does not hold, collected in order.

use diag::{Code, Diagnostic, Place};

/// Most faults told of one result; the rest is counted.
const TOLD_MAX: usize = 100;

/// A line design does not hold.
pub(crate) const LINE: Code = Code(401);
/// A programme does not hold.
pub(crate) const PROGRAMME: Code = Code(402);
/// A programme's cost does not add up.
pub(crate) const COST: Code = Code(403);
/// A summary does not follow from its samples.
pub(crate) const EVIDENCE: Code = Code(404);
/// A decision does not follow from its tables.
pub(crate) const DECISION: Code = Code(405);

/// Collects faults of one result.
pub(crate) struct Faults {
    place: String,
    found: Vec<Diagnostic>,
    more: usize,
    code: Code,
}

impl Faults {
    /// None yet, of the result called `place`.
    pub(crate) fn of(place: impl Into<String>) -> Self {
        Self { place: place.into(), found: Vec::new(), more: 0, code: LINE }
    }

    /// A fact that should not be, under the name of the rule it breaks.
    pub(crate) fn tell(&mut self, code: Code, rule: &str, fact: impl Into<String>) {
        self.code = code;
        if self.found.len() == TOLD_MAX {
            self.more += 1;
            return;
        }
        self.found
            .push(Diagnostic::error(code, fact, HELP).at(Place::Result(self.place.clone()), format!("breaks: {rule}")));
    }

    /// True while nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All faults, and a last one that counts those not told.
    pub(crate) fn into_vec(mut self) -> Vec<Diagnostic> {
        if self.more > 0 {
            let fact = format!("{} more faults of the {} are not shown", self.more, self.place);
            let last = Diagnostic::error(self.code, fact, HELP);
            self.found.push(last.at(Place::Result(self.place), "further faults"));
        }
        self.found
    }
}

const HELP: &str = "do not use this result; the fault is the program's or the file's, not the ring's: run it again, \
    and report it with the ring when it comes back";

/// True when two floats agree to a billionth of the larger.
pub(crate) fn agree(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Thousandths as a decimal, for facts.
pub(crate) fn thousandths(ticks: i64) -> String {
    units::show_scaled(ticks, 3)
}

/// Thousandths with room for products of them.
pub(crate) fn wide(pieces: units::Quantity) -> i128 {
    i128::from(pieces.ticks())
}
