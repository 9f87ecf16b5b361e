//! Readiness per site and thread: a level each, the least of a site, and the gate that asks for more.

use crate::context::Context;
use crate::fmt::{capital, count, list};
use crate::html::Html;
use crate::part::{Cell, Column, Table};
use model::Choice;
use model::results::decision::SiteReadiness;
use model::tables::readiness::Thread;

/// The table of levels with its finding; nothing where no gate asks for readiness and nobody assessed any.
pub(super) fn block(c: &Context<'_>) -> Html {
    let ring = c.ring();
    let sites = c.d.decision.map(|d| d.readiness.as_slice()).unwrap_or_default();
    let is_asked = ring.gates.iter().any(|g| g.readiness.is_some());
    let mut out = Html::new();
    if !is_asked && ring.readiness.is_empty() {
        return out;
    }
    out.push(&Html::text("Readiness").wrap("h3", ""));
    out.para(&finding(c, sites));
    if sites.is_empty() {
        return out;
    }
    let mut columns = vec![Column::text("Site"), Column::number("Least")];
    columns.extend(Thread::VALUES.iter().map(|thread| Column::number(capital(thread.word()))));
    let mut table =
        Table::new("Manufacturing readiness level by site and thread, 1 to 10; the least of a site counts", columns);
    for site in sites {
        let key = &ring.sites[site.site].key;
        let threads = Thread::VALUES.iter().zip(&site.levels).map(|(thread, level)| match level {
            Some(level) => Cell::from(c.cell("readiness", &format!("{key}:{thread}"), "level", &level.to_string())),
            None => "\u{2013}".into(),
        });
        let least = site.least.map_or("not assessed".to_owned(), |level| level.to_string());
        table.row([Cell::from(c.site(site.site)), least.into()].into_iter().chain(threads));
    }
    out.push(&table.html());
    out.push(&c.sources("readiness", &["readiness"]).wrap("p", "src"));
    out
}

fn finding(c: &Context<'_>, sites: &[SiteReadiness]) -> String {
    if c.d.decision.is_none() {
        return "Readiness was not evaluated.".to_owned();
    }
    if sites.is_empty() {
        return "No site is in use, so no readiness is reached.".to_owned();
    }
    let bare: Vec<&str> = sites.iter().filter(|s| s.least.is_none()).map(|s| c.site(s.site)).collect();
    let lowest = sites.iter().filter_map(|s| s.least.map(|least| (least, s))).min_by_key(|(least, s)| (*least, s.site));
    let reached = lowest.map(|(least, site)| {
        let weak = Thread::VALUES.iter().zip(&site.levels).filter(|(_, level)| **level == Some(least));
        let threads: Vec<&str> = weak.map(|(thread, _)| thread.word()).collect();
        format!("The least level is {least}, at {} in {}.", c.site(site.site), list(&threads))
    });
    let asks = c
        .ring()
        .gates
        .enumerate()
        .filter(|(id, _)| c.d.decision.is_some_and(|d| d.gates.iter().any(|g| g.gate == *id && !g.is_ready)))
        .find_map(|(_, gate)| {
            gate.readiness.map(|level| format!("{} asks for {level} at every site in use.", gate.key))
        });
    let missing = (!bare.is_empty()).then(|| {
        format!(
            "{} in use {} not assessed in every thread: {}; what is not assessed reaches no level.",
            count(bare.len(), "site", "sites"),
            if bare.len() == 1 { "is" } else { "are" },
            list(&bare)
        )
    });
    [reached, missing, asks].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
