//! The first stage of a ring with the meaning of its columns, and what makes its futures' programs.

use super::split::{self, First, Lines, Recourse};
use super::workers::side_by_side;
use crate::build::Build;
use crate::data::LineKey;
use crate::data::{Choice, Data};
use crate::key::Key;
use crate::lp::{Col, End, Heuristics, Highs, Limits, Solver};
use crate::primal::key_of;
use crate::problem::{FirstStage, Problem};
use crate::recourse::Fixed;
use crate::round;
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::hedge::Future;
use std::collections::BTreeMap;
use units::Id;

/// The first stage of a ring.
pub(crate) struct Stage<'a> {
    problem: Problem<'a>,
    data: Data<'a>,
    pub(crate) first: First,
    lines: Vec<LineKey>,
}

impl<'a> Stage<'a> {
    /// With every line that may be ordered.
    pub(crate) fn new(problem: &Problem<'a>) -> Self {
        let all = Data::new(problem.ring, problem.designs, &Choice::All);
        Self::of(problem, all.lines.iter().map(key_of).collect())
    }

    /// With these lines only, as in every future, so that the same columns stand in all programs.
    pub(crate) fn of(problem: &Problem<'a>, lines: Vec<LineKey>) -> Self {
        let data = Data::new(problem.ring, problem.designs, &Choice::These(&lines));
        let first = split::first(&Build::new(&data, split::detail(problem.ring)));
        Self { problem: *problem, data, first, lines }
    }

    fn candidates(&self) -> Lines<'_> {
        Lines { ring: self.problem.ring, designs: self.problem.designs, lines: &self.lines }
    }

    /// The program of each future, over blocks of periods or whole.
    pub(crate) fn futures(&self, futures: &[Future], block: Option<usize>, threads: usize) -> Vec<Recourse> {
        let one = |future: &Future| split::recourse(self.candidates(), &self.first, future, block);
        let Some((leader, others)) = futures.split_first() else {
            return Vec::new();
        };
        let (leader, names) = one(leader);
        let others = side_by_side(others, threads, |future| {
            let (recourse, own) = one(future);
            Recourse { places: Some(own.places_in(&names)), ..recourse }
        });
        std::iter::once(leader).chain(others).collect()
    }

    /// The program of the rules of the undisturbed ring; none when it has no rule over all deliveries.
    pub(crate) fn rules(&self) -> Option<Recourse> {
        split::rules(self.candidates(), &self.first)
    }

    /// The columns that order lines, by index.
    pub(crate) fn lines(&self) -> impl Iterator<Item = usize> {
        let keys = self.first.keys.iter().enumerate();
        keys.filter(|(_, key)| matches!(key, Key::Lines(_))).map(|(at, _)| at)
    }

    /// Cost of a point of the first stage.
    pub(crate) fn cost(&self, point: &[f64]) -> f64 {
        let cols = self.first.program.cols().iter();
        self.first.constant + cols.zip(point).map(|(c, x)| c.cost * x).sum::<f64>()
    }

    /// The point of sites and lines that are decided, people at least cost; none when the rules leave none.
    pub(crate) fn point_of(&self, first: &FirstStage, control: &Control<'_>) -> Option<Vec<f64>> {
        let open: Vec<Key> = first.sites.iter().map(|s| Key::Open(s.site, s.period.index())).collect();
        let mut count: BTreeMap<LineKey, i64> = BTreeMap::new();
        for line in &first.lines {
            *count.entry(crate::data::key_of_row(line)).or_default() += line.count;
        }
        let mut program = self.first.program.clone();
        let mut ordered = 0;
        for (at, key) in self.first.keys.iter().enumerate() {
            let value = match key {
                Key::Open(..) => f64::from(u8::from(open.contains(key))),
                Key::Lines(line) => {
                    let count = count.get(&self.lines[*line]).copied().unwrap_or(0);
                    ordered += count;
                    count as f64
                }
                _ => continue,
            };
            program.set_bounds(Col::from_index(at), value, value);
        }
        if ordered != count.values().sum::<i64>() {
            return None;
        }
        let limits = Limits { gap: 1e-6, iterations_max: 200_000, start: None, heuristics: Heuristics::All };
        let mut point = Highs.solve(&program, &limits, control).point?;
        for (value, data) in point.iter_mut().zip(self.first.program.cols()) {
            *value = if data.whole { value.round() } else { value.clamp(data.low, data.high) };
        }
        Some(point)
    }

    /// Sites and lines of a point.
    pub(crate) fn sites_and_lines(&self, point: &[f64]) -> FirstStage {
        let build = Build::new(&self.data, split::detail(self.problem.ring));
        let mut whole = vec![0.0; build.program.cols().len()];
        for (key, value) in self.first.keys.iter().zip(point) {
            if let Some(col) = build.col(*key) {
                whole[col.index()] = *value;
            }
        }
        let (sites, lines) = round::first_stage(&build, &whole);
        FirstStage { sites, lines }
    }

    /// Sites, lines and people of a point, to be finished into a programme.
    pub(crate) fn fixed(&self, point: &[f64]) -> Fixed {
        let mut fixed = Fixed { people: Some(BTreeMap::new()), ..Fixed::default() };
        for (key, value) in self.first.keys.iter().zip(point).filter(|(_, value)| **value > 0.5) {
            match key {
                Key::Open(..) => drop(fixed.open.insert(*key, 1.0)),
                Key::Lines(line) => drop(fixed.lines.insert(self.lines[*line], value.round() as i64)),
                Key::There(..) | Key::Hired(..) => {
                    fixed.people.as_mut().and_then(|people| people.insert(*key, value.round()));
                }
                _ => {}
            }
        }
        fixed
    }

    /// Why there is no first stage.
    pub(crate) fn nothing_found(&self, control: &Control<'_>) -> Diagnostic {
        if control.is_stopped() {
            let help = "let it run longer";
            return Diagnostic::error(Code(503), "the planner was stopped before it had a first stage", help);
        }
        let limits = Limits { gap: 1.0, iterations_max: 100_000, start: None, heuristics: Heuristics::All };
        if Highs.solve(&self.first.program, &limits, control).end == End::Infeasible {
            let help = "run `ringworks plan` on the ring: it names the rules in conflict";
            return Diagnostic::error(Code(303), "no choice of sites and lines meets every rule", help);
        }
        let help = "give it more iterations or fewer futures";
        Diagnostic::error(Code(305), "the limit of work ended the planner before it had a first stage", help)
    }
}
