//! The frontier of operating cost against expected failure cost: every point that is best for some weight.
//!
//! # Source
//! Aneja and Nair 1979, Bicriteria transportation problem, Management Science 25(1): between two points known, the weight at
//! which both cost the same either proves that nothing lies below the line between them or gives a point that does.
//!
//! # Not handled
//! Points above the line between two others (best for no weight).

use super::capacitated::LocationOptions;
use super::reliable::{Customers, Reliable, Weights, from as reliable_from};
use model::control::Control;

/// A point of the frontier.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// Sites open.
    pub open: Vec<bool>,
    /// Opening, and serving from the nearest open site.
    pub operating: f64,
    /// Serving in expectation over failures, opening apart.
    pub failing: f64,
    /// How far from the least its weighted cost may be, relative.
    pub gap: f64,
    /// Nodes of the search tree.
    pub nodes: u64,
}

/// Least weight of either side at the ends of the frontier, so that of equal points the better is found.
const LEAST: f64 = 1e-6;

/// All supported points, by falling failure cost; none when the solver failed. Work is counted in nodes.
#[must_use]
pub fn frontier(problem: &Reliable, options: &LocationOptions, control: &Control<'_>) -> Option<Vec<FrontierPoint>> {
    let point = |operating: f64, start: &[bool]| -> Option<FrontierPoint> {
        let weights = Weights { operating, failing: 1.0 - operating };
        let found = reliable_from(problem, weights, start, options, control)?;
        let (operating, failing) = Customers::new(problem, weights).both(&found.open);
        Some(FrontierPoint { gap: found.gap(), nodes: found.nodes, open: found.open, operating, failing })
    };
    let all = vec![true; problem.fixed.len()];
    let (first, last) = (point(1.0 - LEAST, &all)?, point(LEAST, &all)?);
    let mut done = vec![first];
    let mut ahead = vec![last];
    while let Some(next) = ahead.last() {
        let from = &done[done.len() - 1];
        if from.open == next.open {
            ahead.pop();
            continue;
        }
        // The weight at which the two points cost the same.
        let (dearer, safer) = (next.operating - from.operating, from.failing - next.failing);
        let weight = safer / (dearer + safer).max(1e-300);
        let line = |p: &FrontierPoint| weight * p.operating + (1.0 - weight) * p.failing;
        let found = point(weight.clamp(LEAST, 1.0 - LEAST), &from.open)?;
        if line(&found) < line(from) * (1.0 - options.gap.max(1e-9)) && found.open != next.open {
            ahead.push(found);
        } else {
            done.extend(ahead.pop());
        }
    }
    Some(done)
}
