//! `-kept[d] * moved[d]  <=  x[d] - kept[d]  <=  most[d] * moved[d]` for each decision, and `sum of moved[d]  <=  moves_max`.
//!
//! `x[d]` is the column of a decision: a site opened, lines ordered, pieces made in a period. What the plan as it stood
//! decides and cannot be decided any more is a move for certain.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;
use model::ids::CapabilityId;
use rules::moves::Decision;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    if !data.kept.counts() {
        return;
    }
    let decisions: Vec<(Decision, Col)> =
        build.columns().filter_map(|(key, col)| Some((build.decision_of(key)?, col))).collect();
    let mut moved: Vec<(Col, f64)> = Vec::new();
    for (decision, col) in decisions {
        let Some(moves) = build.col(Key::Moved(decision)) else {
            continue;
        };
        moved.push((moves, 1.0));
        let kept = data.kept.planned(decision).as_f64();
        let most = match decision {
            Decision::Make(capability, t) => most_made(build, capability, t),
            Decision::Site(..) | Decision::Line(..) => build.program.cols()[col.index()].high,
        };
        let more = (most - kept).max(0.0);
        build.row(Group::Nature, f64::NEG_INFINITY, kept, vec![(col, 1.0), (moves, -more)]);
        if kept > 0.0 {
            build.row(Group::Nature, kept, f64::INFINITY, vec![(col, 1.0), (moves, kept)]);
        }
    }
    if let Some(most) = data.kept.moves_max {
        let gone = data.kept.all().filter(|(d, _)| !data.kept.is_frozen(*d) && build.col(Key::Moved(*d)).is_none());
        let left = most as f64 - gone.count() as f64;
        build.row(Group::Moves, f64::NEG_INFINITY, left, moved);
    }
}

/// The most that lines of a capability row, new ones and those that stand, can make in a period.
fn most_made(build: &Build<'_>, capability: CapabilityId, t: usize) -> f64 {
    let data = build.data;
    let best = data.lines_of(capability).map(|(_, line)| line.capacity_in(t).as_f64()).fold(0.0, f64::max);
    best * data.ring.capability[capability].lines_max as f64
}
