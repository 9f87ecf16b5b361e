//! `ring.toml`: calendar, policies, training, partners, customers and gates.

use crate::ids::{CustomerId, GateId, ItemId, PartnerId};
use crate::raw::RawRing;
use crate::read::{Choice, Reader, Value, choices, list};
use crate::schema::{Column, Kind, default, optional, required};
use diag::{Code, Diagnostic, Place, nearest};
use std::collections::BTreeSet;
use units::{Date, Id, IdVec, Minutes, Money, Quantity, Share};

choices! {
    /// How finished units are shared out when there are too few.
    Allocation {
        /// Customers by priority class, then by order of the table.
        Priority = "priority",
        /// In proportion to what each is still due.
        Proportional = "proportional",
        /// The least served customer first (max-min fill).
        MaxMin = "max-min",
        /// By each customer's agreed share of the output so far.
        Quota = "quota",
    }
}

choices! {
    /// What a partner does.
    Role {
        /// Makes, knows rate and lines.
        Maker = "maker",
        /// Owns the design.
        DesignOwner = "design-owner",
        /// Asks, pays, accepts.
        Ministry = "ministry",
        /// Runs sites in the host country.
        Host = "host",
        /// Receives units.
        Customer = "customer",
        /// Supplies parts.
        Supplier = "supplier",
    }
}

choices! {
    /// What money is spent on.
    CostKind {
        /// Opening a site, once.
        SiteOpening = "site-opening",
        /// Keeping a site open, floor included.
        SiteFixed = "site-fixed",
        /// Lines and their equipment.
        Line = "line",
        /// First articles.
        FirstArticle = "first-article",
        /// Finding people.
        Hiring = "hiring",
        /// Training them.
        Training = "training",
        /// Wages.
        Wages = "wages",
        /// Parts, freight included.
        Parts = "parts",
        /// Carrying items.
        Transport = "transport",
        /// Storing items.
        Holding = "holding",
        /// Late replenishment, by the customers' rates.
        Backlog = "backlog",
        /// Exercise draws not met, by the customers' rates.
        Unmet = "unmet",
    }
}

/// Settings of `ring.toml`; `*` stands for a name that the section defines.
pub const SETTINGS: &[Column] = &[
    required("ring.name", Kind::Text, "", "What the ring is called."),
    required("ring.product", Kind::Ref(&["items"]), "", "The product: the item customers receive."),
    required("ring.currency", Kind::Text, "", "Currency of all money, such as EUR."),
    required("ring.start", Kind::Date, "", "First day of the first period, and the day opening.csv speaks of."),
    required("ring.periods", Kind::Count(1, 520), "periods", "Length of the horizon."),
    default("ring.period_days", Kind::Count(1, 92), "7", "days", "Length of a period."),
    default(
        "ring.seed",
        Kind::Count(0, 1_000_000_000),
        "1",
        "",
        "Seed of all random streams where the command does not give one.",
    ),
    default("policy.allocation", Kind::Choice(Allocation::WORDS), "priority", "", "How finished units are shared out."),
    default(
        "policy.line_efficiency",
        Kind::Number(0.05, 1.0),
        "0.85",
        "",
        "Share of working time a line keeps its cycle time, as planned.",
    ),
    default(
        "policy.open_every_periods",
        Kind::Count(1, 104),
        "4",
        "periods",
        "Lines may be opened in every so many periods, from the first.",
    ),
    default(
        "policy.qualified_sites_min",
        Kind::Count(1, 20),
        "1",
        "sites",
        "Sites that must be able to make each made item by the last period.",
    ),
    default(
        "policy.wages_until_line_days",
        Kind::Count(0, 365),
        "0",
        "days",
        "Days before a line's first piece at which its crew must be there.",
    ),
    default(
        "policy.support_periods",
        Kind::Count(0, 104),
        "0",
        "periods",
        "Periods after a line's opening in which it needs remote support.",
    ),
    default(
        "policy.support_hours_per_line",
        Kind::Number(0.0, 10_000.0),
        "0",
        "h/period",
        "Remote support a line needs in each of these.",
    ),
    optional(
        "training.home_places",
        Kind::Quantity(0.0, 1e6),
        "people",
        "People the home plant can train at once; empty means no limit.",
    ),
    optional(
        "training.site_places",
        Kind::Quantity(0.0, 1e6),
        "people",
        "People one site can train at once; empty means no limit.",
    ),
    optional(
        "training.support_hours",
        Kind::Number(0.0, 1e6),
        "h/period",
        "Remote support hours the home plant can give; empty means no limit.",
    ),
    required("partners.*.name", Kind::Text, "", "What the partner is called."),
    required("partners.*.role", Kind::Choice(Role::WORDS), "", "What the partner does."),
    default(
        "partners.*.workshare_min",
        Kind::Share,
        "0",
        "",
        "Least share of all labour minutes made at the partner's sites.",
    ),
    default(
        "partners.*.pays",
        Kind::Choices(CostKind::WORDS),
        "",
        "",
        "Kinds of cost it pays, each by one partner only.",
    ),
    required("partners.*.budget.*.from", Kind::Date, "", "First day of the ceiling."),
    required("partners.*.budget.*.to", Kind::Date, "", "Last day of the ceiling."),
    required("partners.*.budget.*.ceiling", Kind::Money(0.0, 1e12), "money", "Most it pays in that time."),
    required("customers.*.name", Kind::Text, "", "What the customer is called."),
    optional("customers.*.partner", Kind::Ref(&["partners"]), "", "The partner it is."),
    default("customers.*.class", Kind::Count(1, 9), "1", "", "Priority class; 1 comes first."),
    default("customers.*.quota", Kind::Share, "0", "", "Agreed share of the output, for the quota rule."),
    default(
        "customers.*.floor",
        Kind::Share,
        "0",
        "",
        "Contractual floor: least share of its demand met by the end of the horizon.",
    ),
    required(
        "customers.*.backlog_cost",
        Kind::Money(0.0, 1e7),
        "money/piece/period",
        "Rate for a piece late by a period.",
    ),
    required(
        "customers.*.unmet_cost",
        Kind::Money(0.0, 1e8),
        "money/piece",
        "Rate for an exercise draw not met, and for backlog left at the end.",
    ),
    required("gates.*.name", Kind::Text, "", "What the gate is called."),
    required("gates.*.question", Kind::Text, "", "The question it answers."),
    optional("gates.*.due", Kind::Date, "", "Day it is due."),
    optional("gates.*.readiness", Kind::Count(1, 10), "level", "Manufacturing readiness level it asks for."),
];

/// The setting whose pattern a dotted path matches.
#[must_use]
pub fn spec_of(path: &str) -> Option<&'static Column> {
    let parts: Vec<&str> = path.split('.').collect();
    SETTINGS.iter().find(|spec| {
        let pattern: Vec<&str> = spec.name.split('.').collect();
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(|(p, t)| *p == "*" && !t.is_empty() || p == t)
    })
}

/// Names that a section such as `partners` or `partners.x.budget` defines, in file order.
pub(crate) fn keys_of(raw: &RawRing, section: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for setting in &raw.settings {
        let rest = setting.path.strip_prefix(section).and_then(|r| r.strip_prefix('.'));
        if let Some((key, _)) = rest.and_then(|r| r.split_once('.'))
            && !keys.iter().any(|k| k == key)
        {
            keys.push(key.to_owned());
        }
    }
    keys
}

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
    /// Share of working time a line keeps its cycle time.
    pub line_efficiency: f64,
    /// Lines may be opened in every so many periods.
    pub open_every_periods: usize,
    /// Sites that must be able to make each made item by the last period.
    pub qualified_sites_min: usize,
    /// Days before a line's first piece at which its crew must be there.
    pub wages_until_line_days: i64,
    /// Periods in which a new line needs remote support.
    pub support_periods: usize,
    /// Remote support hours a line needs in each of these.
    pub support_hours_per_line: f64,
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

struct From<'r, 'a>(&'r Reader<'a>);

impl<'r, 'a> From<'r, 'a> {
    fn value(&self, path: &str) -> Value<'r, 'a> {
        let spec = spec_of(path).expect("every path read here has a pattern above");
        let written = self.0.raw.setting(path).unwrap_or("");
        Value::new(self.0, "ring", written, spec, &format!("ring/{path}"), Place::Setting(path.to_owned()))
    }
    fn given<T>(&self, path: &str, read: impl FnOnce(Value<'r, 'a>) -> T) -> Option<T> {
        let written = self.0.raw.setting(path).is_some_and(|v| !v.trim().is_empty());
        written.then(|| read(self.value(path)))
    }
    fn size(&self, path: &str) -> usize {
        usize::try_from(self.value(path).count()).unwrap_or(0)
    }
    fn day(&self, path: &str) -> Date {
        self.value(path).date().unwrap_or_else(crate::read::some_day)
    }
}

pub(crate) fn read(reader: &Reader<'_>) -> AllSettings {
    check_paths(reader);
    let from = From(reader);
    let settings = Settings {
        name: from.value("ring.name").string(),
        product: ItemId::from_index(from.value("ring.product").reference().map_or(0, |(_, at)| at)),
        currency: from.value("ring.currency").string(),
        start: from.day("ring.start"),
        n_periods: from.size("ring.periods"),
        period_days: from.value("ring.period_days").count(),
        seed: from.value("ring.seed").count().unsigned_abs(),
        allocation: from.value("policy.allocation").choice(),
        line_efficiency: from.value("policy.line_efficiency").number(),
        open_every_periods: from.size("policy.open_every_periods"),
        qualified_sites_min: from.size("policy.qualified_sites_min"),
        wages_until_line_days: from.value("policy.wages_until_line_days").count(),
        support_periods: from.size("policy.support_periods"),
        support_hours_per_line: from.value("policy.support_hours_per_line").number(),
        home_places: from.given("training.home_places", |v| v.quantity()),
        site_places: from.given("training.site_places", |v| v.quantity()),
        support_hours: from.given("training.support_hours", |v| v.number()),
    };
    let partners = keys_of(reader.raw, "partners").into_iter().map(|key| partner(&from, key)).collect();
    let customers = keys_of(reader.raw, "customers").into_iter().map(|key| customer(&from, key)).collect();
    let gates = keys_of(reader.raw, "gates").into_iter().map(|key| gate(&from, key)).collect();
    AllSettings { settings, partners, customers, gates }
}

fn partner(from: &From<'_, '_>, key: String) -> Partner {
    let at = |name: &str| format!("partners.{key}.{name}");
    let budgets = keys_of(from.0.raw, &at("budget")).into_iter().map(|name| {
        let at = |field: &str| format!("partners.{key}.budget.{name}.{field}");
        let (first, last, ceiling) = (from.day(&at("from")), from.day(&at("to")), from.value(&at("ceiling")).money());
        Budget { from: first, to: last, ceiling, key: name }
    });
    Partner {
        budgets: budgets.collect(),
        name: from.value(&at("name")).string(),
        role: from.value(&at("role")).choice(),
        workshare_min: from.value(&at("workshare_min")).share(),
        pays: from.value(&at("pays")).choices(),
        key,
    }
}

fn customer(from: &From<'_, '_>, key: String) -> Customer {
    let at = |name: &str| from.value(&format!("customers.{key}.{name}"));
    Customer {
        name: at("name").string(),
        partner: at("partner").reference().map(|(_, i)| PartnerId::from_index(i)),
        class: at("class").count(),
        quota: at("quota").share(),
        floor: at("floor").share(),
        backlog_cost: at("backlog_cost").money(),
        unmet_cost: at("unmet_cost").money(),
        key,
    }
}

fn gate(from: &From<'_, '_>, key: String) -> Gate {
    let at = |name: &str| format!("gates.{key}.{name}");
    Gate {
        name: from.value(&at("name")).string(),
        question: from.value(&at("question")).string(),
        due: from.value(&at("due")).date(),
        readiness: from.given(&at("readiness"), |v| v.count()),
        key,
    }
}

/// Unknown settings, settings that stand twice, and section names that ids cannot have.
fn check_paths(reader: &Reader<'_>) {
    let mut seen = BTreeSet::new();
    for setting in &reader.raw.settings {
        let path = &setting.path;
        let place = Place::Setting(path.clone());
        if !seen.insert(path) {
            reader.fault(
                "ring",
                Diagnostic::error(Code(107), format!("the setting `{path}` stands twice"), "keep one of the two")
                    .at(place, "again here"),
            );
            continue;
        }
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if let Some(bad) = path.split('.').find(|part| part.is_empty() || part.len() > 40 || !part.chars().all(good)) {
            reader.fault(
                "ring",
                Diagnostic::error(
                    Code(110),
                    format!("`{bad}` cannot be a name"),
                    "use 1 to 40 letters, digits, `_` or `-`",
                )
                .at(place, "this name"),
            );
        } else if spec_of(path).is_none() {
            reader.fault(
                "ring",
                Diagnostic::error(Code(108), format!("`{path}` is not a setting"), unknown_help(path))
                    .at(place, "unknown setting"),
            );
        }
    }
}

/// The nearest known setting with the same names in the places of `*`, or the section's settings.
fn unknown_help(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let concrete: Vec<String> = SETTINGS
        .iter()
        .map(|spec| {
            let filled = spec
                .name
                .split('.')
                .enumerate()
                .map(|(i, p)| if p == "*" { parts.get(i).copied().unwrap_or("NAME") } else { p });
            filled.collect::<Vec<_>>().join(".")
        })
        .collect();
    if let Some(near) = nearest(path, concrete.iter().map(String::as_str)) {
        return format!("write `{near}`");
    }
    let section = SETTINGS.iter().filter(|s| s.name.split('.').next() == parts.first().copied());
    let names: Vec<&str> = section.map(|s| s.name).collect();
    if names.is_empty() {
        "sections are `ring`, `policy`, `training`, `partners`, `customers` and `gates`".to_owned()
    } else {
        format!("remove it; this section has {}", list(names.into_iter()))
    }
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
