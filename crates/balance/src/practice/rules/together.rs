//! Tasks that must share one station.

use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;

/// A station holds all of the tasks or none.
#[derive(Debug, Clone)]
pub struct Together {
    /// The rule as a sentence.
    pub says: String,
    /// The tasks.
    pub tasks: Vec<u32>,
}

impl Rule for Together {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn allows(&self, load: &Load<'_>, _place: Place) -> bool {
        let here = self.tasks.iter().filter(|&&t| load.has(t)).count();
        here == 0 || here == self.tasks.len()
    }

    fn holds(&self, task: u32) -> bool {
        self.tasks.contains(&task)
    }
}
