//! At most so many station copies.

use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;

/// Over all stations, `sum of copies <= most`.
#[derive(Debug, Clone)]
pub struct EnoughCopies {
    /// The rule as a sentence.
    pub says: String,
    /// Most copies.
    pub most: u32,
}

impl Rule for EnoughCopies {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn takes(&self, load: &Load<'_>, _place: Place, taken: &mut Vec<(u32, u32)>) {
        taken.push((0, load.copies));
    }

    fn covers(&self, taken: &[(u32, u32)]) -> bool {
        taken.iter().map(|t| t.1).sum::<u32>() <= self.most
    }
}
