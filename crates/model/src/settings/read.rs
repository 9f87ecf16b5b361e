//! Reading `ring.toml`: settings, partners, customers and gates with their types.

use super::paths::{check_paths, keys_of, spec_of};
use super::{AllSettings, Budget, Customer, Gate, Partner, Settings};
use crate::ids::{ItemId, PartnerId};
use crate::read::{Reader, Value, some_day};
use diag::Place;
use units::{Date, Id};

struct From<'r, 'a>(&'r Reader<'a>);

impl<'r, 'a> From<'r, 'a> {
    fn value(&self, path: &str) -> Value<'r, 'a> {
        let spec = spec_of(path).expect("every path read here has a pattern above");
        let written = self.0.raw.setting(path).unwrap_or("");
        Value::new(self.0, "ring", written, spec, || format!("ring/{path}"), Place::Setting(path.to_owned()))
    }
    fn given<T>(&self, path: &str, read: impl FnOnce(Value<'r, 'a>) -> T) -> Option<T> {
        let written = self.0.raw.setting(path).is_some_and(|v| !v.trim().is_empty());
        written.then(|| read(self.value(path)))
    }
    fn size(&self, path: &str) -> usize {
        usize::try_from(self.value(path).count()).unwrap_or(0)
    }
    fn day(&self, path: &str) -> Date {
        self.value(path).date().unwrap_or_else(some_day)
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
        ordering: from.value("policy.ordering").choice(),
        on_stop: from.value("policy.on_stop").choice(),
        line_efficiency: from.value("policy.line_efficiency").number(),
        open_every_periods: from.size("policy.open_every_periods"),
        open_offset_periods: from.size("policy.open_offset_periods"),
        freeze_until: from.value("policy.freeze_until").date(),
        moves_max: from.given("policy.moves_max", |v| v.count()),
        move_cost: from.value("policy.move_cost").money(),
        qualified_sites_min: from.size("policy.qualified_sites_min"),
        lead_cover: from.value("policy.lead_cover").number(),
        wages_until_line_days: from.value("policy.wages_until_line_days").count(),
        support_periods: from.size("policy.support_periods"),
        support_hours_per_line: from.value("policy.support_hours_per_line").number(),
        first_article_lapse_days: from.value("policy.first_article_lapse_days").count(),
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
        Budget { from: first, to: last, ceiling, spent: from.value(&at("spent")).money(), key: name }
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
