//! Sampled futures: every question takes a value of its range at once.

use crate::change::{Change, Question, text};
use chance::{Distribution, Sobol, Source, open_unit};
use model::Ring;
use model::ids::AssumptionId;
use model::tables::assumptions::Shape;

/// Names the stream of questions beyond the coordinates of the sequence.
const PURPOSE: u16 = 0x4655;

/// The futures of a ring: future `k` is a pure function of the seed and `k`.
///
/// All numbers of a question stand at the same quantile of their ranges, because they have one cause. Questions take the
/// coordinates of scrambled Sobol' points in table order; those beyond the last coordinate take independent numbers.
#[derive(Debug)]
pub struct Futures<'a> {
    ring: &'a Ring,
    questions: &'a [Question],
    points: Sobol,
    others: Source,
}

impl<'a> Futures<'a> {
    /// The futures that a seed gives.
    #[must_use]
    pub fn new(ring: &'a Ring, questions: &'a [Question], seed: u64) -> Self {
        let dimensions = questions.len().min(Sobol::DIMENSIONS_MAX);
        let points = Sobol::scrambled(dimensions, seed).expect("no more coordinates than there are");
        Self { ring, questions, points, others: Source::new(seed, 2) }
    }

    /// The quantile at which a question stands in a future, in `(0, 1)`.
    #[must_use]
    pub fn quantile(&self, future: usize, question: usize) -> f64 {
        if question < self.points.dimensions() {
            self.points.coordinate(future as u32, question)
        } else {
            open_unit(self.others.stream(future as u32, question as u32, PURPOSE).next_u64())
        }
    }

    /// All quantiles of a future, in the order of the questions.
    #[must_use]
    pub fn quantiles(&self, future: usize) -> Vec<f64> {
        (0..self.questions.len()).map(|question| self.quantile(future, question)).collect()
    }

    /// What changes when every question stands at its quantile.
    #[must_use]
    pub fn changes(&self, quantiles: &[f64]) -> Vec<Change> {
        let members = self.questions.iter().zip(quantiles).flat_map(|(q, at)| q.members.iter().map(move |m| (*m, *at)));
        members.filter_map(|(id, at)| text(self.ring, id, value_at(self.ring, id, at))).collect()
    }
}

/// The value of an assumption at a quantile of its range, by its shape.
pub(crate) fn value_at(ring: &Ring, assumption: AssumptionId, quantile: f64) -> f64 {
    let a = &ring.assumptions[assumption];
    let (mode, width) = (a.mode - a.low, a.high - a.low);
    // Distributions are of non-negative quantities: the range is moved to begin at zero.
    let belief = match a.shape {
        Shape::Triangular => Distribution::triangular(0.0, mode, width),
        Shape::Pert => Distribution::pert(0.0, mode, width),
        Shape::Uniform => Distribution::uniform(0.0, width),
    };
    a.low + belief.expect("a range is in rising order").quantile(quantile)
}
