//! Several items on one line: what each of them may take at a station.

use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;

/// For every item, the minutes of a station's tasks for one piece of it are at most `copies x limit`.
///
/// The takt itself holds for the weighted average: task times of the job are the sum over items of share times minutes.
/// With a limit above the takt, a piece may take longer than the takt at a station, and the line makes up for it on the
/// pieces of other items.
///
/// # Source
/// Peak and average station times of mixed-model lines: Thomopoulos (1970), Management Science 16(9).
#[derive(Debug, Clone)]
pub struct Mixed {
    /// The rule as a sentence.
    pub says: String,
    /// Ticks of each task for a piece of each item: `items x tasks`.
    pub times: Vec<Vec<u64>>,
    /// Most ticks of one item at a station copy.
    pub limit: u64,
    /// True when some task is longer than the takt on average, so that its station has copies, and room for others.
    pub widens: bool,
}

impl Rule for Mixed {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn spoils(&self, load: &Load<'_>) -> bool {
        !self.widens && !self.within(load)
    }

    fn allows(&self, load: &Load<'_>, _place: Place) -> bool {
        self.within(load)
    }
}

impl Mixed {
    fn within(&self, load: &Load<'_>) -> bool {
        let room = u64::from(load.copies) * self.limit;
        self.times.iter().all(|times| load.tasks.iter().map(|&t| times[t as usize]).sum::<u64>() <= room)
    }
}
