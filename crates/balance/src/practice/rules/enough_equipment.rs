//! At most so many of a kind of equipment on the line.

use crate::practice::aims::Use;
use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;

/// Over all stations, `sum of max(copies, ceil(busy ticks / takt)) <= most` for one kind.
#[derive(Debug, Clone)]
pub struct EnoughEquipment {
    /// The rule as a sentence.
    pub says: String,
    /// What each task occupies.
    pub used: Vec<Option<Use>>,
    /// The kind counted.
    pub kind: u32,
    /// Most of it.
    pub most: u32,
    /// Ticks one piece of equipment may be occupied for a piece: the takt.
    pub takt: u64,
}

impl EnoughEquipment {
    fn pieces(&self, load: &Load<'_>) -> u32 {
        let all = crate::practice::aims::pieces(&self.used, self.takt, load);
        all.iter().find(|(kind, _)| *kind == self.kind).map_or(0, |(_, n)| u32::try_from(*n).unwrap_or(u32::MAX))
    }
}

impl Rule for EnoughEquipment {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn spoils(&self, load: &Load<'_>) -> bool {
        self.pieces(load) > self.most
    }

    fn takes(&self, load: &Load<'_>, _place: Place, taken: &mut Vec<(u32, u32)>) {
        taken.push((0, self.pieces(load)));
    }

    fn covers(&self, taken: &[(u32, u32)]) -> bool {
        taken.iter().map(|t| u64::from(t.1)).sum::<u64>() <= u64::from(self.most)
    }
}
