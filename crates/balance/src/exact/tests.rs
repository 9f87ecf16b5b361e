//! Two searches that share the lines and look into each other's memory, against the plain oracle.

use super::corridor::Corridor;
use super::engine::{Ended, Engine, Setup, remember};
use super::halves::Half;
use super::meet::{Reached, meet};
use crate::Instance;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
use crate::problem::Assignment;
use crate::testing::{Random, cases, fewest_stations, line};
use model::control::Control;

/// A line, and stations and a cycle time at which it may waste less than one station's worth: where halves are told apart.
fn tight(random: &mut Random) -> Option<(Instance, u32, u32)> {
    let (line, _) = line(random, 14);
    let stations = 4 + random.below(3) as u32;
    let c = line.time_sum().div_ceil(stations) + random.below(3) as u32;
    let idle = u64::from(stations * c) - u64::from(line.time_sum());
    (line.time_max() <= c && idle > 0 && idle < u64::from(c)).then_some((line, c, stations))
}

fn engine<'a>(line: &'a Instance, c: u32, target: u32, kind: SearchEngine) -> Box<dyn Engine + Send + 'a> {
    let half = Half::of(kind, line, c, target);
    assert!(half.is_some());
    let setup = Setup {
        cycle_time: c,
        target,
        steps_per_state: 5,
        memory_bytes_max: 1 << 28,
        prices: None,
        half,
        corridor: None,
    };
    remember(line, setup, kind).unwrap()
}

/// One half or the other holds a line when there is one, and a search that goes on finds it whichever it is in.
#[test]
fn two_halves_are_all_lines() {
    let mut random = Random::new(41);
    let (mut yes, mut no, mut in_one, mut seen) = (0, 0, 0, 0);
    while seen < cases(3_000) {
        let Some((line, c, target)) = tight(&mut random) else { continue };
        seen += 1;
        let reversed = line.reversed();
        let expected = fewest_stations(&line, c) <= target;
        let control = Control::unlimited();
        let mut budget = Budget::new(&control);
        let mut in_half = [false; 2];
        for (at, kind) in [SearchEngine::Forward, SearchEngine::Backward].into_iter().enumerate() {
            let mut search = engine(if at == 0 { &line } else { &reversed }, c, target, kind);
            let (mut found, mut halved) = (None, false);
            loop {
                let ended = search.run(&mut budget, u64::MAX);
                found = search.take_best().or(found);
                if ended == Ended::Half {
                    halved = true;
                    in_half[at] = found.is_some();
                }
                if ended == Ended::Exhausted {
                    break;
                }
            }
            if !halved {
                in_half[at] = found.is_some();
            }
            assert_eq!(found.is_some(), expected, "case {seen}, {kind:?}: {line:?} at {c} on {target}");
            assert!(found.is_none_or(|f| f.fits(&line, c) && f.stations <= target));
        }
        assert_eq!(in_half[0] || in_half[1], expected, "case {seen}: {line:?} at {c} on {target}");
        in_one += usize::from(in_half[0] != in_half[1]);
        yes += usize::from(expected);
        no += usize::from(!expected);
    }
    assert!(
        yes * 5 > seen && no * 20 > seen && in_one * 50 > seen,
        "{yes} with a line, {no} without, {in_one} in one half"
    );
}

/// What two searches know of both ends makes a line, and often sooner than either has one.
#[test]
fn searches_from_both_ends_meet() {
    let mut random = Random::new(42);
    let (mut met, mut seen) = (0, 0);
    while seen < 500 {
        let Some((line, c, target)) = tight(&mut random) else { continue };
        seen += 1;
        let reversed = line.reversed();
        let control = Control::unlimited();
        let mut budget = Budget::new(&control);
        let mut front = engine(&line, c, target, SearchEngine::Forward);
        let mut back = engine(&reversed, c, target, SearchEngine::Backward);
        loop {
            let ended = [front.run(&mut budget, 1), back.run(&mut budget, 1)];
            let (a, b) = (front.reached().unwrap(), back.reached().unwrap());
            let there = meet(a, 0, b, line.n_tasks(), target);
            let here = meet(b, 0, a, line.n_tasks(), target).map(|line| line.mirrored());
            assert_eq!(there.is_some(), here.is_some());
            for line_met in [&there, &here].into_iter().flatten() {
                assert!(line_met.fits(&line, c) && line_met.stations <= target, "{line_met:?} of {line:?} at {c}");
            }
            let found = front.take_best().or(back.take_best());
            met += usize::from(there.is_some() && found.is_none());
            if there.is_some() || found.is_some() || ended.contains(&Ended::Exhausted) {
                break;
            }
        }
    }
    assert!(met * 20 > seen, "{met} of {seen}");
}

/// One state with some of three tasks done, all at its last station.
struct One([u64; 1], u32);

impl Reached for One {
    fn count(&self) -> usize {
        1
    }

    fn set(&self, _state: usize) -> &[u64] {
        &self.0
    }

    fn stations(&self, _state: usize) -> u32 {
        self.1
    }

    fn find(&self, set: &[u64]) -> Option<usize> {
        (self.0 == set).then_some(0)
    }

    fn places(&self, _state: usize) -> Vec<Option<u32>> {
        (0..3).map(|t| (self.0[0] >> t & 1 == 1).then_some(self.1 - 1)).collect()
    }
}

/// Two halves that fit together are no answer where they take a station too many.
#[test]
fn halves_with_a_station_too_many_do_not_meet() {
    let (front, back) = (One([0b011], 2), One([0b100], 1));
    assert!(meet(&front, 0, &back, 3, 2).is_none());
    assert_eq!(meet(&front, 0, &back, 3, 3).unwrap().station_of, [1, 1, 2]);
}

/// In a corridor no task leaves it, and the known line's own neighbourhood holds a line as good; a corridor as wide as the line is long
/// holds nearly every line there is.
#[test]
fn corridors_keep_tasks_near_and_hold_lines() {
    let mut random = Random::new(43);
    let (mut found_near, mut near, mut found_all, mut all, mut shuffled, mut moved) = (0, 0, 0, 0, 0, 0);
    while all < 1_500 {
        let Some((line, c, target)) = tight(&mut random) else { continue };
        let reversed = line.reversed();
        for (line, kind) in [(&line, SearchEngine::Forward), (&reversed, SearchEngine::Backward)] {
            // Some line at a longer cycle time, as a search without a corridor finds it.
            let search = |c: u32, corridor: Option<Corridor<'_>>| {
                let setup = Setup {
                    cycle_time: c,
                    target,
                    steps_per_state: 1_000,
                    memory_bytes_max: 1 << 28,
                    prices: None,
                    half: None,
                    corridor,
                };
                let control = Control::unlimited();
                let mut search = remember(line, setup, kind).unwrap();
                search.run(&mut Budget::new(&control), u64::MAX);
                search.take_best()
            };
            let mirrored = |line: Assignment| if kind == SearchEngine::Backward { line.mirrored() } else { line };
            let longer = c + c / 4;
            let Some(known) = search(longer, None).map(mirrored) else { continue };
            let station_of = &known.station_of[..];
            let mut ways = Vec::new();
            for seed in [None, Some(1), Some(2), Some(3)] {
                let width = 1;
                let other = search(longer, Some(Corridor { station_of, width, shuffle: seed })).map(mirrored);
                near += 1;
                let Some(other) = other else { continue };
                found_near += 1;
                assert!(other.fits(line, longer) && other.stations <= target);
                let steps = other.station_of.iter().zip(station_of).map(|(a, b)| a.abs_diff(*b));
                assert!(steps.max() <= Some(width), "{other:?} is not near {known:?}");
                moved += usize::from(other != known);
                ways.push(other);
            }
            shuffled += usize::from(ways.windows(2).any(|two| two[0] != two[1]));
            let wide = search(c, Some(Corridor { station_of, width: target, shuffle: None })).is_some();
            let expected = fewest_stations(line, c) <= target;
            assert!(expected || !wide);
            all += usize::from(expected);
            found_all += usize::from(wide);
        }
    }
    assert!(found_near * 50 > near * 49, "{found_near} of {near} near");
    assert!(found_all * 50 > all * 49, "{found_all} of {all} at all");
    assert!(moved * 4 > near, "{moved} of {near} are other lines");
    assert!(shuffled * 4 > all, "{shuffled} of {all} shuffled");
}
