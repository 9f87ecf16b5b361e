//! `moved[d]`, 0 or 1, for each decision that is not frozen: whether it differs from the plan as it stood, at `move_cost`.

use crate::build::Build;
use crate::key::Key;
use model::settings::CostKind;
use rules::moves::Decision;
use std::collections::BTreeSet;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    if !data.kept.counts() {
        return;
    }
    let cost = data.kept.move_cost;
    let may_move: BTreeSet<Decision> =
        build.keys().iter().filter_map(|key| build.decision_of(*key)).filter(|d| !data.kept.is_frozen(*d)).collect();
    for decision in &may_move {
        build.whole(Key::Moved(*decision), 1.0, &[(CostKind::Moves, decision.period(), cost)]);
    }
    for (decision, _) in data.kept.all().filter(|(d, _)| !may_move.contains(d) && !data.kept.is_frozen(*d)) {
        build.spend_always(CostKind::Moves, decision.period(), cost);
    }
}
