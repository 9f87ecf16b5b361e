//! What every section needs: names, links to inputs, and a memory of which inputs the page links to.

use crate::dossier::Dossier;
use crate::facts::{PlanFacts, RunFacts};
use crate::html::{Html, anchor};
use crate::part::Source;
use crate::when::When;
use core::cell::RefCell;
use model::ids::{AssumptionId, ItemId, PartnerId, PeriodId, SiteId};
use model::{Address, Ring};
use std::collections::BTreeSet;
use units::{Id, Money};

/// Data of the page with what is worked out from it.
pub(crate) struct Context<'a> {
    /// What the page is made of.
    pub(crate) d: &'a Dossier<'a>,
    /// What follows from the plan.
    pub(crate) plan: Option<PlanFacts>,
    /// What follows from simulation.
    pub(crate) runs: Option<RunFacts>,
    used: RefCell<BTreeSet<Address>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(d: &'a Dossier<'a>) -> Self {
        let plan = d.programme.map(|p| PlanFacts::of(d.ring, p));
        let runs = d.evidence.filter(|e| !e.replications.is_empty()).map(|e| RunFacts::of(d.ring, e));
        Self { d, plan, runs, used: RefCell::new(BTreeSet::new()) }
    }

    pub(crate) fn ring(&self) -> &'a Ring {
        self.d.ring
    }

    pub(crate) fn when(&self) -> When<'a> {
        When(&self.d.ring.settings)
    }

    pub(crate) fn money(&self, amount: Money) -> String {
        crate::fmt::money(amount.as_f64(), &self.d.ring.settings.currency)
    }

    /// Text that leads to its input; plain where the input is not written anywhere.
    pub(crate) fn input(&self, address: &Address, text: &str) -> Html {
        if self.d.raw.get(address).is_none() {
            return Html::text(text);
        }
        self.used.borrow_mut().insert(address.clone());
        Html::link(text, anchor("in", &address.to_string()))
    }

    /// The input at `table/key/column`.
    pub(crate) fn cell(&self, table: &str, key: &str, column: &str, text: &str) -> Html {
        self.input(&Address::cell(table, key, column), text)
    }

    /// Inputs linked so far.
    pub(crate) fn used(&self) -> BTreeSet<Address> {
        self.used.borrow().clone()
    }

    /// A link to a table of inputs, where the ring has it.
    pub(crate) fn table(&self, name: &str) -> Option<Source> {
        let is_there = self.d.raw.table(name).is_some_and(|t| !t.rows.is_empty());
        is_there.then(|| Source::new(format!("{name}.csv"), format!("inputs-{name}")))
    }

    /// "How it is worked out" and the tables of inputs behind it.
    pub(crate) fn sources(&self, how: &str, tables: &[&str]) -> Html {
        let mut places = vec![Source::new("how it is worked out", format!("how-{how}"))];
        places.extend(tables.iter().filter_map(|t| self.table(t)));
        crate::part::sources("Source: ", &places)
    }

    /// The program's version, without its name.
    pub(crate) fn version(&self) -> &'a str {
        let version = self.d.provenance.version.trim_start_matches("ringworks").trim();
        if version.is_empty() { "(version not recorded)" } else { version }
    }

    /// The name of an item, up to its first comma, colon or bracket.
    pub(crate) fn item(&self, item: ItemId) -> &'a str {
        let name = &self.d.ring.items[item].name;
        let short = name.split([',', ':', '(']).next().unwrap_or(name).trim();
        if short.len() < 2 { name } else { short }
    }

    /// How many other ranged numbers move together with an assumption.
    pub(crate) fn tied(&self, id: AssumptionId) -> usize {
        let group = self.d.ring.assumptions[id].group.as_deref();
        let same = |a: &&model::tables::assumptions::Assumption| a.is_range() && a.group.as_deref() == group;
        if group.is_none() { 0 } else { self.d.ring.assumptions.iter().filter(same).count().saturating_sub(1) }
    }

    pub(crate) fn site(&self, site: SiteId) -> &'a str {
        &self.d.ring.sites[site].name
    }

    pub(crate) fn partner(&self, partner: Option<PartnerId>) -> &'a str {
        partner.map_or("nobody named", |p| self.d.ring.partners[p].name.as_str())
    }

    /// What a question asks: its own words, else the address in words.
    pub(crate) fn question(&self, id: AssumptionId) -> String {
        let a = &self.d.ring.assumptions[id];
        if a.question.is_empty() { format!("What is {}?", self.address_words(&a.address)) } else { a.question.clone() }
    }

    /// An address as a reader says it: `minutes of tasks G04`.
    pub(crate) fn address_words(&self, address: &Address) -> String {
        match address {
            Address::Setting(path) => self.setting_words(path),
            Address::Cell { table, key, column } => {
                let row = self.row_name(table, key).unwrap_or_else(|| key.replace(':', ", "));
                format!("{} of {row}", column.replace('_', " "))
            }
        }
    }

    /// A setting as a reader says it: `line efficiency`, `ceiling of Ministry, second half`.
    fn setting_words(&self, path: &str) -> String {
        let plain = |text: &str| text.replace('_', " ");
        let partner =
            |key: &str| self.d.ring.partners.iter().find(|p| p.key == key).map_or(plain(key), |p| p.name.clone());
        let customer =
            |key: &str| self.d.ring.customers.iter().find(|c| c.key == key).map_or(plain(key), |c| c.name.clone());
        match path.split('.').collect::<Vec<_>>()[..] {
            ["partners", key, "budget", budget, what] => {
                format!("{} of {}, {}", plain(what), partner(key), plain(budget))
            }
            ["partners", key, what] => format!("{} of {}", plain(what), partner(key)),
            ["customers", key, what] => format!("{} of {}", plain(what), customer(key)),
            ["policy" | "ring", what] => plain(what),
            _ => path.replace('_', " ").replace('.', ", "),
        }
    }

    /// A number of an assumption in the way its column is written, with its unit.
    pub(crate) fn value_words(&self, id: AssumptionId, value: f64) -> String {
        let a = &self.d.ring.assumptions[id];
        let column = match &a.address {
            Address::Setting(path) => model::settings::spec_of(path),
            Address::Cell { table, column, .. } => model::schema::table(table).and_then(|t| t.column(column)),
        };
        let Some(column) = column else { return crate::fmt::short(value, 3) };
        match column.kind {
            model::schema::Kind::Share => {
                crate::fmt::pct(value, if value * 100.0 == (value * 100.0).round() { 0 } else { 1 })
            }
            model::schema::Kind::Date => {
                column.kind.text_of(value).and_then(|t| t.parse().ok()).map_or_else(String::new, crate::when::day)
            }
            _ => crate::fmt::unit(
                &crate::fmt::short(value, 3),
                &column.unit.replace("money", &self.d.ring.settings.currency),
            ),
        }
    }

    /// The range of an assumption, its unit named once.
    pub(crate) fn range_words(&self, id: AssumptionId) -> String {
        let a = &self.d.ring.assumptions[id];
        let (low, high) = (self.value_words(id, a.low), self.value_words(id, a.high));
        match (low.split_once('\u{a0}'), high.split_once('\u{a0}')) {
            (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} to {high}"),
            _ => format!("{low} to {high}"),
        }
    }

    fn row_name(&self, table: &str, key: &str) -> Option<String> {
        let raw = self.d.raw.table(table)?;
        let row = model::schema::table(table)?.find_row(raw, key)?;
        let name = raw.cell(row, "name").filter(|n| !n.is_empty())?;
        Some(if table == "tasks" { format!("task {key} {name}") } else { name.to_owned() })
    }

    /// Index of a period that lies in the horizon.
    pub(crate) fn period(&self, period: PeriodId) -> usize {
        period.index().min(self.d.ring.settings.n_periods)
    }
}
