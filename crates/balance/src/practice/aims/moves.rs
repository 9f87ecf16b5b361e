//! Fewest moves: tasks that do not stay at the station where they stand today.

use crate::practice::aim::{Aim, Floor};
use crate::practice::job::{Job, Load, Place};
use crate::practice::rule::Sight;

/// Tasks moved.
///
/// Cost of a station: its tasks that stand elsewhere today, which is all of them at a new place. Stations keep the order in
/// which they stand today, and new ones may come between.
#[derive(Debug, Clone)]
pub struct Moves {
    /// Today's station of each task, from 0; a task that is new cannot be moved.
    pub today: Vec<Option<u32>>,
}

impl Moves {
    /// Tasks of a station that stand elsewhere today.
    #[must_use]
    pub fn of(&self, load: &Load<'_>, place: Place) -> u64 {
        let moved = |t: u32| self.today[t as usize].is_some_and(|today| place.stands_at != Some(today));
        load.tasks.iter().filter(|&&t| moved(t)).count() as u64
    }
}

impl Aim for Moves {
    fn name(&self) -> &'static str {
        "moves"
    }

    fn cost(&self, load: &Load<'_>, place: Place) -> u64 {
        self.of(load, place)
    }

    /// None: every task might stay.
    fn floors(&self, _job: &Job<'_>) -> Vec<Floor> {
        Vec::new()
    }

    fn looks_at(&self) -> Sight {
        Sight::Ends
    }
}
