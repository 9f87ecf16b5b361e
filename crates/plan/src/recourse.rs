//! With sites and lines fixed, everything else: a program solved in well under a second, then rounded and checked.

use crate::build::{Build, Detail};
use crate::data::{Data, LineKey, key_of_row};
use crate::key::{Group, Key};
use crate::lp::{Answer, End, Heuristics, Highs, Limits, Row, Solver};
use crate::near::Near;
use crate::problem::Stats;
use crate::relaxed;
use crate::round::{self, Faults};
use model::control::Control;
use model::ids::SupplyId;
use model::results::Programme;
use rules::moves::Decision;
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

/// Rounds of tightening before a programme is given up.
const ROUNDS_MAX: usize = 8;

/// What is fixed before the rest is decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fixed {
    /// Sites by period of opening.
    pub(crate) open: BTreeMap<Key, f64>,
    /// Lines ordered, and those that stand.
    pub(crate) lines: BTreeMap<LineKey, i64>,
    /// People, where they are fixed too.
    pub(crate) people: Option<BTreeMap<Key, f64>>,
    /// Whether fewer lines may be ordered than fixed, as few fewer as possible.
    pub(crate) fewer: bool,
    /// Decisions that may differ from the plan as it stood, where that is fixed too.
    pub(crate) moved: Option<BTreeSet<Decision>>,
}

/// Weight of a line left out.
const LEFT_OUT: f64 = 1e7;

/// Why there is no programme.
#[derive(Debug, Clone)]
pub(crate) enum Blocked {
    /// What is fixed leaves no programme.
    Infeasible,
    /// Somebody stopped it.
    Stopped,
    /// The solver gave up, or rounding and tightening did not settle.
    Failed,
}

/// How a program is solved.
type Solve<'s> = dyn FnMut(&Build<'_>, &Limits) -> Answer + 's;

/// The best programme for what is fixed, and how closely purchases had to be modelled.
pub(crate) fn finish(
    data: &Data<'_>,
    fixed: &Fixed,
    detail: Detail,
    control: &Control<'_>,
    stats: &mut Stats,
) -> Result<(Programme, Detail), Blocked> {
    rounds(data, fixed, detail, &mut |build, limits| Highs.solve(&build.program, limits, control), stats)
}

/// The same, by relaxations as far as they are enough: among programmes of one cost it may come to another one.
pub(crate) fn finish_relaxed(
    data: &Data<'_>,
    fixed: &Fixed,
    detail: Detail,
    (near, control): (&mut Near, &Control<'_>),
    stats: &mut Stats,
) -> Result<(Programme, Detail), Blocked> {
    rounds(data, fixed, detail, &mut |build, limits| relaxed::solve(build, limits, near, control), stats)
}

/// Solves, rounds, and solves again a little tighter, until rounding misses nothing.
fn rounds(
    data: &Data<'_>,
    fixed: &Fixed,
    mut detail: Detail,
    solve: &mut Solve<'_>,
    stats: &mut Stats,
) -> Result<(Programme, Detail), Blocked> {
    let mut margins: BTreeMap<Group, f64> = BTreeMap::new();
    for _ in 0..ROUNDS_MAX {
        let mut build = Build::new(data, detail.clone());
        fix(&mut build, fixed);
        tighten(&mut build, &margins);
        let limits = Limits { gap: 1e-6, iterations_max: 2_000_000, start: None, heuristics: Heuristics::Few };
        let answer = solve(&build, &limits);
        stats.programs += 1;
        stats.iterations += answer.iterations;
        let point = match (answer.end, answer.point) {
            (End::Infeasible, _) => return Err(Blocked::Infeasible),
            (End::Stopped, _) => return Err(Blocked::Stopped),
            (_, Some(point)) => point,
            (_, None) => return Err(Blocked::Failed),
        };
        let (programme, faults) = round::programme(&build, &point);
        if faults.is_empty() {
            return Ok((programme, detail));
        }
        learn(data, &mut detail, &mut margins, &faults);
    }
    Err(Blocked::Failed)
}

/// Takes what is wrong with a programme into the next round.
fn learn(data: &Data<'_>, detail: &mut Detail, margins: &mut BTreeMap<Group, f64>, faults: &Faults) {
    detail.ordered.extend(faults.scarce.iter().copied());
    detail.parts_in_budgets |= faults.parts_in_budgets;
    for (group, by) in &faults.missed {
        if let Group::SourceCapacity(supply) = group {
            // Lots of several sites that exceed a capacity are not mended by asking for a little less.
            if !data.ring.supply[*supply].lot_min.is_zero() && has_other_source(data, detail, *supply) {
                detail.left_out.insert(*supply);
                continue;
            }
        }
        *margins.entry(*group).or_insert(0.0) += by * 1.5 + 1e-3;
    }
}

/// True when somebody else sells what a source sells.
fn has_other_source(data: &Data<'_>, detail: &Detail, supply: SupplyId) -> bool {
    let component = data.ring.supply[supply].component;
    let others = data.ring.supply.enumerate().filter(|(id, s)| *id != supply && s.component == component);
    others.into_iter().any(|(id, _)| !detail.left_out.contains(&id))
}

/// Fixes columns of what is decided.
pub(crate) fn fix(build: &mut Build<'_>, fixed: &Fixed) {
    if fixed.fewer {
        for at in 0..build.groups().len() {
            if let Group::Standing(_) = build.groups()[at] {
                let (_, high) = build.program.bounds()[at];
                build.program.set_row(Row::from_index(at), 0.0, high);
            }
        }
    }
    let columns: Vec<_> = build.columns().collect();
    for (key, col) in columns {
        let value = match key {
            Key::Open(..) => Some(fixed.open.get(&key).copied().unwrap_or(0.0)),
            Key::Lines(at) => {
                let line = &build.data.lines[at];
                let same = fixed.lines.get(&line.key());
                let count = same.map_or(0.0, |n| *n as f64);
                if fixed.fewer {
                    build.program.set_bounds(col, 0.0, count);
                    build.program.add_cost(col, -LEFT_OUT);
                    None
                } else {
                    Some(count)
                }
            }
            Key::There(..) | Key::Hired(..) => fixed.people.as_ref().map(|p| p.get(&key).copied().unwrap_or(0.0)),
            Key::Moved(decision @ Decision::Make(..)) => {
                fixed.moved.as_ref().map(|moved| f64::from(u8::from(moved.contains(&decision))))
            }
            _ => None,
        };
        if let Some(value) = value {
            build.program.set_bounds(col, value, value);
        }
    }
}

/// Tightens the rows that rounding missed before.
fn tighten(build: &mut Build<'_>, margins: &BTreeMap<Group, f64>) {
    for at in 0..build.groups().len() {
        let group = build.groups()[at];
        let Some(margin) = margins.get(&group) else {
            continue;
        };
        let (low, high) = build.program.bounds()[at];
        if low < high {
            let low = if low.is_finite() { low + margin } else { low };
            let high = if high.is_finite() { high - margin } else { high };
            build.program.set_row(Row::from_index(at), low, high.max(low));
        }
    }
    for (key, col) in build.columns().collect::<Vec<_>>() {
        if let Key::Stock(site, item, _) = key
            && let Some(margin) = margins.get(&Group::StockMax(site, item))
        {
            let high = build.program.cols()[col.index()].high;
            build.program.set_bounds(col, 0.0, (high - margin).max(0.0));
        }
    }
}

/// The values of all people columns of a point.
pub(crate) fn people_of(build: &Build<'_>, point: &[f64]) -> BTreeMap<Key, f64> {
    build
        .columns()
        .filter(|(k, _)| matches!(k, Key::There(..) | Key::Hired(..)))
        .map(|(k, c)| (k, point[c.index()].round()))
        .filter(|(_, v)| *v > 0.0)
        .collect()
}

/// Fixes the sites and lines of a programme's lists.
pub(crate) fn fixed_of(
    sites: &[model::results::programme::SiteOpening],
    lines: &[model::results::programme::LineOpening],
) -> Fixed {
    Fixed {
        open: sites.iter().map(|s| (Key::Open(s.site, s.period.index()), 1.0)).collect(),
        lines: lines.iter().map(|l| (key_of_row(l), l.count)).collect(),
        people: None,
        fewer: false,
        moved: None,
    }
}

/// Decisions in which a point differs from the plan as it stood; none when the program counts no moves.
pub(crate) fn moved_of(build: &Build<'_>, point: &[f64]) -> Option<BTreeSet<Decision>> {
    let moved = build.columns().filter_map(|(key, col)| match key {
        Key::Moved(decision) if point[col.index()] > 0.5 => Some(decision),
        _ => None,
    });
    build.data.kept.counts().then(|| moved.collect())
}
