//! `x[d]  =  kept[d]` for each decision before `policy.freeze_until`; what is not in the plan as it stood is not decided then.
//!
//! Where a frozen decision cannot stay, it is held at what is left of it (`freeze.rs`). To find that, the rows are
//! `x[d] + short[d]  >=  kept[d]` with `x[d]  <=  kept[d]`.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;
use rules::moves::Decision;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    if !data.kept.is_kept || data.kept.free_from == 0 {
        return;
    }
    let frozen: Vec<(Decision, Col)> = build
        .columns()
        .filter_map(|(key, col)| Some((build.decision_of(key)?, col)))
        .filter(|(decision, _)| data.kept.is_frozen(*decision))
        .collect();
    for (decision, col) in frozen {
        let held = data.kept.held(decision).as_f64();
        if build.detail.frozen_may_give_way && held > 0.0 {
            build.program.set_bounds(col, 0.0, held);
            let short = build.real(Key::Short(decision), held, &[]);
            build.row(Group::Nature, held, f64::INFINITY, vec![(col, 1.0), (short, 1.0)]);
        } else {
            build.program.set_bounds(col, held, held);
        }
    }
}
