//! Two searches that share the lines and look into each other's memory, against the plain oracle.

use super::engine::{Ended, Engine, Setup, remember};
use super::halves::Half;
use super::meet::{Reached, meet};
use crate::Instance;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
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
    let setup = Setup { cycle_time: c, target, steps_per_state: 5, memory_bytes_max: 1 << 28, prices: None, half };
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
