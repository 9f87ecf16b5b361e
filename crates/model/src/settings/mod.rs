//! `ring.toml`: calendar, policies, training, partners, customers and gates.

mod paths;
mod read;
mod schema;
mod words;

pub(crate) use paths::keys_of;
pub use paths::spec_of;
pub(crate) use read::read;
pub use schema::SETTINGS;
pub use words::{Allocation, CostKind, OnStop, Ordering, Role};

use crate::ids::{CustomerId, GateId, ItemId, PartnerId};
use units::{Date, IdVec, Minutes, Money, Quantity, Share};

/// Most a partner pays in a window of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    /// Name within the partner.
    pub key: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Most it pays.
    pub ceiling: Money,
    /// What it has paid before the first day.
    pub spent: Money,
}

/// A partner.
#[derive(Debug, Clone, PartialEq)]
pub struct Partner {
    /// Name in the settings.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// Least share of all labour minutes at its sites.
    pub workshare_min: Share,
    /// Kinds of cost it pays.
    pub pays: Vec<CostKind>,
    /// Ceilings.
    pub budgets: Vec<Budget>,
}

/// A customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Name in the settings.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// The partner it is.
    pub partner: Option<PartnerId>,
    /// Priority class, 1 first.
    pub class: i64,
    /// Agreed share of the output.
    pub quota: Share,
    /// Least share of its demand met by the end.
    pub floor: Share,
    /// For a piece late by a period.
    pub backlog_cost: Money,
    /// For a draw not met and for backlog left at the end.
    pub unmet_cost: Money,
}

/// A gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// Name in the settings, such as `G1`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// Day it is due.
    pub due: Option<Date>,
    /// Manufacturing readiness level it asks for.
    pub readiness: Option<i64>,
}

/// Horizon, policies and training.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What the ring is called.
    pub name: String,
    /// The product.
    pub product: ItemId,
    /// Currency of all money.
    pub currency: String,
    /// First day of the first period.
    pub start: Date,
    /// Periods of the horizon.
    pub n_periods: usize,
    /// Days of a period.
    pub period_days: i64,
    /// Seed.
    pub seed: u64,
    /// How finished units are shared out.
    pub allocation: Allocation,
    /// What is ordered while the programme runs.
    pub ordering: Ordering,
    /// What happens to the pieces of a site that stands still.
    pub on_stop: OnStop,
    /// Share of working time a line keeps its cycle time.
    pub line_efficiency: f64,
    /// Lines may be opened in every so many periods.
    pub open_every_periods: usize,
    /// Periods from the first to the first in which lines may be opened.
    pub open_offset_periods: usize,
    /// Until this day the kept plan stays as it is.
    pub freeze_until: Option<Date>,
    /// Most decisions after that in which a plan may differ from the kept one.
    pub moves_max: Option<i64>,
    /// What each such difference costs.
    pub move_cost: Money,
    /// Sites that must be able to make each made item by the last period.
    pub qualified_sites_min: usize,
    /// Standard deviations of their lead time by which orders are placed earlier than its mean asks for.
    pub lead_cover: f64,
    /// Days before a line's first piece at which its crew must be there.
    pub wages_until_line_days: i64,
    /// Periods in which a new line needs remote support.
    pub support_periods: usize,
    /// Remote support hours a line needs in each of these.
    pub support_hours_per_line: f64,
    /// Days without production after which a first article is due again.
    pub first_article_lapse_days: i64,
    /// People the home plant can train at once.
    pub home_places: Option<Quantity>,
    /// People one site can train at once.
    pub site_places: Option<Quantity>,
    /// Remote support hours per period.
    pub support_hours: Option<f64>,
}

/// All of `ring.toml`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AllSettings {
    pub(crate) settings: Settings,
    pub(crate) partners: IdVec<PartnerId, Partner>,
    pub(crate) customers: IdVec<CustomerId, Customer>,
    pub(crate) gates: IdVec<GateId, Gate>,
}

impl Settings {
    /// First day of a period.
    #[must_use]
    pub fn first_day(&self, period: usize) -> Date {
        self.start.plus_days(period as i64 * self.period_days)
    }

    /// The period a day falls in; `None` before the first and after the last.
    #[must_use]
    pub fn period_of(&self, day: Date) -> Option<usize> {
        let period = day.days_since(self.start).div_euclid(self.period_days);
        usize::try_from(period).ok().filter(|p| *p < self.n_periods)
    }

    /// Periods that `days` take, rounded up.
    #[must_use]
    pub fn periods_of_days(&self, days: f64) -> usize {
        (days / self.period_days as f64 - 1e-9).ceil().max(0.0) as usize
    }

    /// Minutes of a whole period, day and night.
    #[must_use]
    pub fn period_minutes(&self) -> Minutes {
        Minutes::whole(self.period_days * 1_440)
    }
}
