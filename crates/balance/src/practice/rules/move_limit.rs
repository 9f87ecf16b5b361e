//! At most so many tasks may leave the station where they stand today.

use crate::practice::aims::Moves;
use crate::practice::job::{Load, Place};
use crate::practice::rule::{Rule, Sight};

/// Tasks that stand elsewhere than today are at most `most`, over the whole line.
#[derive(Debug, Clone)]
pub struct MoveLimit {
    /// The rule as a sentence.
    pub says: String,
    /// Today's line.
    pub moves: Moves,
    /// Most moves.
    pub most: u32,
}

impl Rule for MoveLimit {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn takes(&self, load: &Load<'_>, place: Place, taken: &mut Vec<(u32, u32)>) {
        taken.push((0, self.moves.of(load, place) as u32));
    }

    fn covers(&self, taken: &[(u32, u32)]) -> bool {
        taken.iter().map(|t| t.1).sum::<u32>() <= self.most
    }

    fn looks_at(&self) -> Sight {
        Sight::Ends
    }
}
