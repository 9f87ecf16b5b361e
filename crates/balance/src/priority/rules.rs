//! Priority rules: which available task goes first.
//!
//! # Source
//! Helgeson and Birnie (1961), Journal of Industrial Engineering 12; the collection of Talbot,
//! Patterson and Gehrlein (1986), Management Science 32(4), and Scholl and Voss (1996), Journal of
//! Heuristics 2.

use crate::bounds::heads::Heads;
use crate::instance::Instance;

/// A rule; higher values go first, ties by task number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Task time and the times of all its successors (Helgeson and Birnie).
    PositionalWeight,
    /// Longest task first.
    Time,
    /// Most successors first.
    Followers,
    /// Most direct successors first.
    DirectFollowers,
    /// Longest line needed after the task.
    Tail,
    /// Time over the latest station it may take.
    TimeOverLatest,
    /// Fewest stations of freedom between earliest and latest.
    Slack,
    /// Positional weight of the direct successors only.
    DirectWeight,
}

impl Rule {
    /// All rules, in the order in which they are tried.
    pub const ALL: [Self; 8] = [
        Self::PositionalWeight,
        Self::Time,
        Self::Followers,
        Self::DirectFollowers,
        Self::Tail,
        Self::TimeOverLatest,
        Self::Slack,
        Self::DirectWeight,
    ];

    /// The value of every task; `stations` is any upper bound on the stations of a good line.
    #[must_use]
    pub fn values(self, instance: &Instance, heads: &Heads, cycle_time: u32, stations: u32) -> Vec<f64> {
        let time = |t: usize| f64::from(instance.time(t));
        let latest =
            |t: usize| f64::from((stations + 1).saturating_sub(heads.from_end(instance, cycle_time, t)).max(1));
        let value = |t: usize| match self {
            Self::PositionalWeight => time(t) + instance.after().ones(t).map(time).sum::<f64>(),
            Self::Time => time(t),
            Self::Followers => instance.after().count(t) as f64,
            Self::DirectFollowers => instance.successors().of(t).len() as f64,
            Self::Tail => heads.tail[t] as f64 + time(t),
            Self::TimeOverLatest => time(t) / latest(t),
            Self::Slack => f64::from(heads.earliest(instance, cycle_time, t)) - latest(t),
            Self::DirectWeight => {
                let direct = instance.successors().of(t).iter();
                time(t) + direct.map(|&s| time(s as usize)).sum::<f64>()
            }
        };
        (0..instance.n_tasks()).map(value).collect()
    }
}
