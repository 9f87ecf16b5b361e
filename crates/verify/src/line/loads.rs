//! `copies` = `max(1, ceil(longest task / takt))`; `load` = minutes of the station's tasks; `cycle_time` = largest `load / copies` <= `takt`; `cycle_time_planned` the same with rework.

use super::subject::{Subject, per_copy};
use crate::faults::{Faults, LINE};
use model::results::Station;
use units::Minutes;

/// Checks one option.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut tell = |rule: &str, fact: String| faults.tell(LINE, rule, format!("{}: {fact}", s.name()));
    let load = |station: &Station| -> Minutes { station.tasks.iter().map(|t| s.minutes(*t)).sum() };
    let planned = |station: &Station| -> Minutes { station.tasks.iter().map(|t| s.minutes_planned(*t)).sum() };
    for (at, station) in s.option.stations.iter().enumerate() {
        let is = load(station);
        if station.load != is {
            tell(
                "loads are sums of minutes",
                format!("station {} is said to take {} min, it takes {is} min", at + 1, station.load),
            );
        }
    }
    for (at, station) in s.option.stations.iter().enumerate() {
        let longest = station.tasks.iter().map(|t| s.minutes(*t)).max().unwrap_or(Minutes::ZERO);
        let copies = per_copy(longest, s.option.takt.ticks().max(1)).ticks().max(1);
        if station.copies != copies {
            let fact = format!("station {} has {} copies, its longest task asks for {copies}", at + 1, station.copies);
            tell("a station has as many copies as its longest task is takts", fact);
        }
    }
    let slowest = |minutes: &dyn Fn(&Station) -> Minutes| {
        let all = s.option.stations.iter().map(|st| per_copy(minutes(st), st.copies));
        all.max().unwrap_or(Minutes::ZERO)
    };
    let (is, with_rework) = (slowest(&load), slowest(&planned));
    if s.option.cycle_time != is {
        let said = s.option.cycle_time;
        tell("the cycle time is that of the slowest station", format!("it is said to be {said}, it is {is}"));
    }
    if s.option.cycle_time_planned != with_rework {
        let said = s.option.cycle_time_planned;
        tell("the planned cycle time counts rework", format!("it is said to be {said}, it is {with_rework}"));
    }
    if is > s.option.takt {
        tell("the line keeps its takt", format!("the cycle time {is} is longer than the takt"));
    }
}
