//! A first programme: the integer program over the few lines that a relaxation uses.
//!
//! # Source
//! Berthold 2014, RENS - the optimal rounding, Mathematical Programming Computation 6(1): search only what the
//! relaxation leaves open. Danna, Rothberg and Le Pape 2005, RINS, Mathematical Programming 102(1), for the second round.
//!
//! # Differs from the source
//! Only the lines are restricted, and never to one value: a line that is not used may still be ordered not at all, and
//! the sites follow. Where there are many numbers of people they are left in parts here and made whole when the programme
//! is finished: with lines fixed, people are needed exactly and nearly always can be had.

use crate::build::{Build, Detail};
use crate::data::{Choice, Data, Line, LineKey, key_of_row};
use crate::key::Key;
use crate::lp::{Answer, Highs, Limits, Solver};
use crate::recourse::{self, Fixed};
use crate::round;
use model::control::Control;
use model::results::programme::LineOpening;
use std::collections::{BTreeMap, BTreeSet};

/// The key of a candidate line.
pub(crate) fn key_of(line: &Line) -> LineKey {
    line.key()
}

/// Least value at which a line counts as used in a relaxation.
const USED: f64 = 1e-3;

/// Columns of people up to which they are whole in the search among few lines.
const PEOPLE_WHOLE: usize = 300;

/// Lines that a point uses.
pub(crate) fn used(build: &Build<'_>, point: &[f64]) -> BTreeSet<LineKey> {
    let lines = build.columns().filter_map(|(key, col)| match key {
        Key::Lines(at) if point[col.index()] > USED => Some(key_of(&build.data.lines[at])),
        _ => None,
    });
    lines.collect()
}

/// Lines of a programme and their neighbours: other options, and orders one step earlier or later.
pub(crate) fn near(data: &Data<'_>, lines: &BTreeSet<LineKey>) -> BTreeSet<LineKey> {
    let step = data.ring.settings.open_every_periods;
    let is_near = |l: &Line| {
        let same = lines.iter().filter(|(capability, ..)| *capability == l.capability);
        same.into_iter().any(|(_, option, ordered, _)| {
            *option == l.option && ordered.abs_diff(l.ordered) <= step || *ordered == l.ordered
        })
    };
    data.lines.iter().filter(|l| is_near(l)).map(key_of).collect()
}

/// Sites and lines found among the lines kept, with what the search says of them.
///
/// Contracts, ceilings, workshare and qualified sites may be missed here at a high price, so that something is found
/// soon; whoever finishes the programme holds them hard.
pub(crate) fn among(
    data: &Data<'_>,
    kept: &BTreeSet<LineKey>,
    detail: &Detail,
    limits: &Limits,
    control: &Control<'_>,
) -> (Option<Found>, Answer) {
    let keep = |l: &Line| kept.contains(&key_of(l));
    let mut small = Data::new(data.ring, data.designs, &Choice::Only(&keep));
    small.kept.given_way.clone_from(&data.kept.given_way);
    let mut build = Build::new(&small, Detail { soft: true, ..detail.clone() });
    let people: Vec<_> =
        build.columns().filter(|(key, _)| matches!(key, Key::There(..) | Key::Hired(..))).map(|(_, col)| col).collect();
    if people.len() > PEOPLE_WHOLE {
        people.into_iter().for_each(|col| build.program.set_real(col));
    }
    let answer = Highs.solve(&build.program, limits, control);
    let Some(point) = &answer.point else {
        return (None, answer);
    };
    let (sites, lines) = round::first_stage(&build, point);
    let fixed = Fixed { moved: recourse::moved_of(&build, point), ..recourse::fixed_of(&sites, &lines) };
    let point = build.columns().map(|(key, col)| (whole_ring_key(&build, key), point[col.index()])).collect();
    (Some(Found { fixed, lines: lines_of(&lines), point }), answer)
}

/// What was found among few lines.
pub(crate) struct Found {
    pub(crate) fixed: Fixed,
    pub(crate) lines: BTreeSet<LineKey>,
    /// Its values, by columns that mean the same in every program of the ring.
    point: BTreeMap<Named, f64>,
}

impl Found {
    /// Its point in another program of the same ring; columns it does not know are 0.
    pub(crate) fn start(&self, build: &Build<'_>) -> Vec<f64> {
        let mut start = vec![0.0; build.program.cols().len()];
        for (key, col) in build.columns() {
            start[col.index()] = self.point.get(&whole_ring_key(build, key)).copied().unwrap_or(0.0);
        }
        start
    }
}

/// A column told apart without the position of its line among the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Line(LineKey),
    Other(Key),
}

fn whole_ring_key(build: &Build<'_>, key: Key) -> Named {
    match key {
        Key::Lines(at) => Named::Line(key_of(&build.data.lines[at])),
        other => Named::Other(other),
    }
}

fn lines_of(lines: &[LineOpening]) -> BTreeSet<LineKey> {
    lines.iter().map(key_of_row).collect()
}
