//! Tasks that must stay at the station where they stand today: a monument, too heavy or too costly to move.

use crate::practice::job::{Load, Place};
use crate::practice::rule::{Rule, Sight};

/// Each of the tasks stands at its station of today.
#[derive(Debug, Clone)]
pub struct Stay {
    /// The rule as a sentence.
    pub says: String,
    /// Tasks with today's station of each, from 0.
    pub tasks: Vec<(u32, u32)>,
}

impl Rule for Stay {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn allows(&self, load: &Load<'_>, place: Place) -> bool {
        self.tasks.iter().all(|&(task, today)| !load.has(task) || place.stands_at == Some(today))
    }

    fn spoils(&self, load: &Load<'_>) -> bool {
        let mut stations = self.tasks.iter().filter(|(task, _)| load.has(*task)).map(|(_, today)| today);
        let first = stations.next();
        stations.any(|other| Some(other) != first)
    }

    fn looks_at(&self) -> Sight {
        Sight::Ends
    }

    fn holds(&self, task: u32) -> bool {
        self.tasks.iter().any(|&(t, _)| t == task)
    }
}
