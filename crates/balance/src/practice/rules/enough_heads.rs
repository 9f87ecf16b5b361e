//! At most so many heads on the line.

use crate::practice::aim::Aim;
use crate::practice::aims::Heads;
use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;

/// Over all stations, `sum of largest crew x copies <= most`.
#[derive(Debug, Clone)]
pub struct EnoughHeads {
    /// The rule as a sentence.
    pub says: String,
    /// People each task needs.
    pub heads: Heads,
    /// Most heads of one shift.
    pub most: u32,
}

impl Rule for EnoughHeads {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn takes(&self, load: &Load<'_>, place: Place, taken: &mut Vec<(u32, u32)>) {
        taken.push((0, self.heads.cost(load, place) as u32));
    }

    fn covers(&self, taken: &[(u32, u32)]) -> bool {
        taken.iter().map(|t| t.1).sum::<u32>() <= self.most
    }
}
