//! The ring as the plan sees it: candidate lines with their capacity, lags, accounts of customers, prices of parts.
//!
//! Everything here is computed once by `rules`; constraints read it and compute no rule of their own.

mod account;
mod kept;
mod line;
mod network;
mod parts;
mod people;
mod recipe;
mod retime;

pub(crate) use account::Account;
pub(crate) use kept::Kept;
pub(crate) use line::{Line, LineKey, SiteSlot, key_of_row, line_at};
pub(crate) use network::Network;
pub(crate) use parts::Parts;
pub(crate) use people::Pool;
pub(crate) use recipe::Recipe;
pub(crate) use retime::retimed;

use model::Ring;
use model::ids::{CapabilityId, SiteId};
use model::results::LineDesign;
use rules::calendar::WorkTime;
use units::IdVec;

/// All numbers of the plan.
pub(crate) struct Data<'a> {
    pub(crate) ring: &'a Ring,
    pub(crate) designs: &'a [LineDesign],
    /// Periods of the horizon.
    pub(crate) n: usize,
    pub(crate) time: WorkTime,
    /// When sites may be opened, by site and period.
    pub(crate) slots: Vec<SiteSlot>,
    /// Lines that may be ordered, by capability, option and period.
    pub(crate) lines: Vec<Line>,
    /// What pieces use, by capability.
    pub(crate) recipes: IdVec<CapabilityId, Recipe>,
    /// People there already.
    pub(crate) pools: Vec<Pool>,
    pub(crate) network: Network,
    pub(crate) accounts: Vec<Account>,
    pub(crate) parts: Parts,
    /// Whether sites and lines are given, so that also those of no use are kept.
    pub(crate) given: bool,
    /// The plan to keep; none where sites and lines are given.
    pub(crate) kept: Kept,
}

/// Which lines the plan may choose from.
pub(crate) enum Choice<'c> {
    /// All that can produce within the horizon with people who can be there in time.
    All,
    /// All that pass a test on top.
    Only(&'c dyn Fn(&Line) -> bool),
    /// Exactly these, by capability, option and period of order, in this order; they may produce nothing.
    These(&'c [LineKey]),
}

impl<'a> Data<'a> {
    pub(crate) fn new(ring: &'a Ring, designs: &'a [LineDesign], choice: &Choice<'_>) -> Self {
        let time = WorkTime::new(ring);
        let slots = line::slots(ring);
        let pools = people::pools(ring);
        let lines = match choice {
            Choice::All => line::candidates(ring, designs, &time, &slots, &pools),
            Choice::Only(keep) => {
                let all = line::candidates(ring, designs, &time, &slots, &pools);
                all.into_iter().filter(|l| keep(l)).collect()
            }
            Choice::These(keys) => keys.iter().filter_map(|key| line::line_at(ring, designs, &time, *key)).collect(),
        };
        let accounts = account::accounts(ring);
        let recipes = recipe::recipes(ring);
        let network = Network::new(ring, &lines, &recipes, &accounts);
        let parts = Parts::new(ring, &recipes);
        let n = ring.settings.n_periods;
        let given = matches!(choice, Choice::These(_));
        let kept = if given { Kept::default() } else { Kept::new(ring) };
        Self { ring, designs, n, time, slots, lines, recipes, pools, network, accounts, parts, given, kept }
    }

    /// The site of a capability row.
    pub(crate) fn site_of(&self, capability: CapabilityId) -> SiteId {
        self.ring.capability[capability].site
    }

    /// Capability rows with a line to choose, in order.
    pub(crate) fn capabilities(&self) -> Vec<CapabilityId> {
        let mut rows: Vec<CapabilityId> = self.lines.iter().map(|l| l.capability).collect();
        rows.dedup();
        rows
    }

    /// Lines of a capability row.
    pub(crate) fn lines_of(&self, capability: CapabilityId) -> impl Iterator<Item = (usize, &Line)> {
        let first = self.lines.partition_point(|l| l.capability < capability);
        let past = self.lines.partition_point(|l| l.capability <= capability);
        (first..past).map(|at| (at, &self.lines[at]))
    }
}
