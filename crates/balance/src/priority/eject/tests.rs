//! Small lines against the oracle, larger ones against precedence and cycle time.

use super::Eject;
use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::Assignment;
use crate::testing::{Random, fewest_stations, line};
use model::control::Control;

/// Each task at a station of its own, in an order that precedence allows.
fn one_by_one(line: &Instance) -> Assignment {
    let mut station_of = vec![0; line.n_tasks()];
    line.order().iter().zip(0..).for_each(|(&task, station)| station_of[task as usize] = station);
    Assignment::new(station_of)
}

#[test]
fn fewest_stations_of_small_lines_are_nearly_always_reached() {
    let mut random = Random::new(31);
    let (mut runs, mut reached) = (0, 0);
    for _ in 0..1_000 {
        let (line, c) = line(&mut random, 10);
        let best = fewest_stations(&line, c);
        let control = Control::unlimited();
        let mut engine = Eject::new(&line, c, &one_by_one(&line), best, 1);
        let found = Budget::new(&control).within(20_000, |budget| engine.run(budget));
        runs += 1;
        let Some(found) = found else { continue };
        assert!(found.fits(&line, c) && found.stations == best, "{found:?} of {line:?} at {c}");
        reached += 1;
    }
    assert!(reached * 100 > runs * 97, "{reached} of {runs}");
}

#[test]
fn too_few_stations_are_never_reached_and_faster_lines_are_lines() {
    let mut random = Random::new(32);
    for _ in 0..100 {
        let (line, c) = line(&mut random, 60);
        let control = Control::unlimited();
        let work_min = line.time_sum().div_ceil(c).max(1);
        let mut engine = Eject::new(&line, c, &one_by_one(&line), work_min - 1, 1);
        let none = Budget::new(&control).within(2_000, |budget| engine.run(budget));
        assert!(none.is_none() || line.time_sum() == 0, "{none:?} of {line:?} at {c}");
        // Half as many again are often enough; then faster and faster on the same stations.
        let m = work_min + work_min / 2 + 1;
        let mut from = one_by_one(&line);
        for sought in (line.time_max()..=c).rev() {
            let mut engine = Eject::new(&line, sought, &from, m, 1);
            let Some(found) = Budget::new(&control).within(5_000, |budget| engine.run(budget)) else { break };
            assert!(found.fits(&line, sought) && found.stations <= m, "{found:?} of {line:?} at {sought}");
            from = found;
        }
    }
}
