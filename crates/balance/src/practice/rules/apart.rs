//! Tasks of which no two may share a station.

use crate::practice::job::Load;
use crate::practice::rule::Rule;

/// No station holds two of the tasks.
#[derive(Debug, Clone)]
pub struct Apart {
    /// The rule as a sentence.
    pub says: String,
    /// The tasks.
    pub tasks: Vec<u32>,
}

impl Rule for Apart {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn spoils(&self, load: &Load<'_>) -> bool {
        self.tasks.contains(&load.added()) && self.tasks.iter().filter(|&&t| load.has(t)).count() > 1
    }
}
