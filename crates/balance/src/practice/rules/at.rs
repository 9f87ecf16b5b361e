//! A task that must stand at a given place of the line.

use crate::practice::job::{Load, Place};
use crate::practice::rule::{Rule, Sight};

/// A place of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The station with this number, from 0.
    Number(u32),
    /// The last station.
    Last,
}

/// The task stands at the spot.
#[derive(Debug, Clone)]
pub struct At {
    /// The rule as a sentence.
    pub says: String,
    /// The task.
    pub task: u32,
    /// Where.
    pub spot: Spot,
}

impl At {
    fn is_there(&self, place: Place) -> bool {
        match self.spot {
            Spot::Number(number) => place.number == number,
            Spot::Last => place.last,
        }
    }
}

impl Rule for At {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn allows(&self, load: &Load<'_>, place: Place) -> bool {
        // A line shorter than the number asks for has a last station without the task: it stands elsewhere.
        load.has(self.task) == self.is_there(place)
    }

    fn bars(&self, task: u32, place: Place) -> bool {
        matches!(self.spot, Spot::Number(number) if task == self.task && place.number != number)
    }

    fn looks_at(&self) -> Sight {
        match self.spot {
            Spot::Number(number) => Sight::Number(number),
            Spot::Last => Sight::Ends,
        }
    }

    fn holds(&self, task: u32) -> bool {
        task == self.task
    }
}
