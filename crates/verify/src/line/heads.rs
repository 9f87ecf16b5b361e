//! A station has the heads of its largest crew, under the skill with most crew minutes (ties: first); `heads` sums them by skill.

use super::subject::Subject;
use crate::faults::{Faults, LINE};
use model::ids::SkillId;
use std::collections::BTreeMap;

/// Checks one option.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut tell = |rule: &str, fact: String| faults.tell(LINE, rule, format!("{}: {fact}", s.name()));
    let mut sum: BTreeMap<SkillId, i64> = BTreeMap::new();
    for (at, station) in s.option.stations.iter().enumerate() {
        let rows = station.tasks.iter().map(|t| (&s.ring.tasks[*t], s.minutes(*t)));
        let mut work: BTreeMap<SkillId, i64> = BTreeMap::new();
        let mut heads = 0;
        for (task, minutes) in rows {
            heads = heads.max(task.crew);
            *work.entry(task.skill).or_default() += minutes.ticks() * task.crew;
        }
        let most = work.values().copied().max().unwrap_or(0);
        let skill = work.iter().find(|(_, w)| **w == most).map(|(k, _)| *k);
        if station.heads != heads {
            tell(
                "a station has its largest crew",
                format!("station {} has {} heads, not {heads}", at + 1, station.heads),
            );
        }
        if Some(station.skill) != skill {
            tell(
                "heads count under the skill with most work",
                format!("station {} counts under another skill", at + 1),
            );
        }
        *sum.entry(station.skill).or_default() += heads * station.copies;
    }
    if !s.option.heads.iter().copied().eq(sum.iter().map(|(k, n)| (*k, *n))) {
        let fact =
            format!("heads by skill sum to {}, the stations have {}", s.option.n_heads(), sum.values().sum::<i64>());
        tell("heads are the sum over stations", fact);
    }
}
