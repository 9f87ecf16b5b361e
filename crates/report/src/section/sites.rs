//! Sites and people; who makes what, serial or parallel; what stands on one place or one source alone.

use super::ring_map::{hours, made_by_site, own_minutes};
use super::{absent, make};
use crate::context::Context;
use crate::fmt::{count, dec, int, list, pct};
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, Table, Tone, notice};
use crate::svg::count_f64;
use model::ids::{Component, ItemId, SiteId};
use model::results::Programme;
use std::collections::{BTreeMap, BTreeSet};
use units::Quantity;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    if let Some(plan) = c.d.programme {
        body.push(&dispersal(c, plan));
        body.push(&single_points(c, plan));
        body.push(&super::stops::block(c));
    } else {
        body.push(&absent("There is no plan.", "The table shows the candidates as they were put in."));
    }
    body.push(&Html::text("Sites").wrap("h3", ""));
    body.push(&sites(c));
    if let Some(plan) = c.d.programme.filter(|p| !p.people.is_empty()) {
        body.push(&Html::text("People").wrap("h3", ""));
        body.push(&people(c, plan));
    }
    make("sites", "Sites, people, and who makes what", "Sites and people", body)
}

/// The first period a site is open, from the plan.
fn opened(c: &Context<'_>, site: SiteId) -> Option<usize> {
    c.d.programme?.sites.iter().find(|s| s.site == site).map(|s| c.period(s.period))
}

/// Most people ready at a site.
fn people_at(plan: &Programme, site: SiteId) -> i64 {
    plan.people.iter().filter(|s| s.site == site).map(|s| s.people).sum()
}

/// Floor of the lines ordered at a site.
fn floor_used(c: &Context<'_>, plan: &Programme, site: SiteId) -> f64 {
    let ring = c.ring();
    let rows = plan.lines.iter().filter(|l| ring.capability[l.capability].site == site);
    rows.map(|l| {
        let row = &ring.capability[l.capability];
        let menu = c.d.line_designs.iter().find(|d| d.item == row.item && d.line_type == row.line_type);
        menu.and_then(|d| d.options.get(l.option))
            .map_or(0.0, |o| o.floor_m2 * count_f64(usize::try_from(l.count).unwrap_or(0)))
    })
    .sum()
}

fn sites(c: &Context<'_>) -> Html {
    let columns = vec![
        Column::text("Site"),
        Column::text("Ring"),
        Column::number("From the risk zone (km)"),
        Column::text("Opened"),
        Column::number("Hours of work"),
        Column::number("Floor used of (m\u{b2})"),
        Column::number("People of"),
        Column::number(format!("Wage ({}/h)", c.ring().settings.currency)),
    ];
    let mut table = Table::new("Sites with what the plan uses of them; the linked figures are inputs", columns);
    for (id, s) in c.ring().sites.enumerate() {
        let cell = |column: &str, text: &str| c.cell("sites", &s.key, column, text);
        let of = |used: Option<String>, input: Html| {
            let mut html = Html::new();
            if let Some(used) = used {
                html.push_text(&used).push_text(" of ");
            }
            html.push(&input);
            html
        };
        let floor = c.d.programme.map(|p| dec(floor_used(c, p, id), 0));
        let heads = c.d.programme.map(|p| int(people_at(p, id)));
        table.row([
            Cell::from(s.name.as_str()),
            cell("ring", &s.ring).into(),
            cell("distance_km", &dec(s.distance_km, 0)).into(),
            opened(c, id).map_or_else(|| "\u{2013}".to_owned(), |t| c.when().name(t)).into(),
            hours(c, id).into(),
            of(floor, cell("floor_m2", &dec(s.floor_m2, 0))).into(),
            of(heads, cell("labour_pool", &int(s.labour_pool))).into(),
            cell("wage_hour", &dec(s.wage_hour.as_f64(), 2)).into(),
        ]);
    }
    table.html()
}

fn people(c: &Context<'_>, plan: &Programme) -> Html {
    let ring = c.ring();
    let columns = vec![
        Column::text("Skill"),
        Column::number("People in the plan"),
        Column::number("Trained at home"),
        Column::number("Trained on site"),
        Column::number("There already"),
        Column::number("Absent"),
        Column::number("Leave in a year"),
    ];
    let mut table = Table::new("People by skill over all sites", columns);
    for (id, skill) in ring.skills.enumerate() {
        use model::results::programme::Trained;
        let n = |t: Option<Trained>| -> i64 {
            plan.people.iter().filter(|s| s.skill == id && t.is_none_or(|t| s.trained == t)).map(|s| s.people).sum()
        };
        if n(None) == 0 {
            continue;
        }
        table.row([
            Cell::from(skill.name.as_str()),
            int(n(None)).into(),
            int(n(Some(Trained::Home))).into(),
            int(n(Some(Trained::Site))).into(),
            int(n(Some(Trained::Already))).into(),
            c.cell("workforce", &skill.key, "absence", &pct(skill.absence.get(), 0)).into(),
            c.cell("workforce", &skill.key, "turnover_year", &pct(skill.turnover_year, 0)).into(),
        ]);
    }
    table.html()
}

/// Which items count as made at which sites; a complete line makes all it holds.
fn makers(c: &Context<'_>, plan: &Programme) -> BTreeMap<ItemId, BTreeMap<SiteId, Quantity>> {
    let ring = c.ring();
    let mut makers: BTreeMap<ItemId, BTreeMap<SiteId, Quantity>> = BTreeMap::new();
    for m in &plan.make {
        let row = &ring.capability[m.capability];
        let within = match row.line_type {
            model::tables::capability::LineType::Cell => vec![(row.item, Quantity::whole(1))],
            model::tables::capability::LineType::Complete => ring.made_within(row.item),
        };
        for (item, each) in within {
            let slot = makers.entry(item).or_default().entry(row.site).or_default();
            *slot += Quantity::from_f64(m.quantity.as_f64() * each.as_f64());
        }
    }
    makers
}

/// The sites that make each item, and what that makes of the ring: serial, parallel or both.
fn dispersal(c: &Context<'_>, plan: &Programme) -> Html {
    let makers = makers(c, plan);
    if makers.is_empty() {
        return absent("The plan makes nothing in the horizon.", "There is no dispersal to show.");
    }
    let used: BTreeSet<SiteId> = made_by_site(c, plan).keys().copied().collect();
    let single = makers.values().filter(|m| m.len() == 1).count();
    let word = if used.len() == 1 {
        "All work is at one site: nothing is dispersed, and the site stops everything."
    } else if single == makers.len() {
        "The dispersal is serial: every item is made at one site only, so the loss of any of them stops the product."
    } else if single == 0 {
        "The dispersal is parallel: every item is made at more than one site."
    } else {
        "The dispersal is mixed: some items are made at one site only, others at several."
    };
    let mut columns = vec![Column::text("Item")];
    columns.extend(used.iter().map(|s| Column::number(c.site(*s))));
    columns.push(Column::text("Dispersal"));
    let mut table = Table::new("Pieces made, by item and site, over the horizon", columns);
    let mut items: Vec<&ItemId> = makers.keys().collect();
    items.sort_by(|a, b| own_minutes(c, **b).total_cmp(&own_minutes(c, **a)).then(a.cmp(b)));
    for item in items {
        let m = &makers[item];
        let cells =
            used.iter().map(|s| Cell::from(m.get(s).map_or_else(|| "\u{2013}".to_owned(), |q| dec(q.as_f64(), 0))));
        let word = if m.len() == 1 { "one site only" } else { "parallel" };
        table.row(core::iter::once(Cell::from(c.item(*item))).chain(cells).chain([word.into()]));
    }
    let mut html = Html::text("Who makes what").wrap("h3", "");
    html.para(word);
    html.push(&table.html());
    html
}

/// How many bought parts the plan orders, and the names of those with one source only.
fn single_sources<'a>(c: &Context<'a>, plan: &Programme) -> (usize, Vec<&'a str>) {
    let ring = c.ring();
    let bought: BTreeSet<Component> = plan.orders.iter().map(|o| ring.supply[o.supply].component).collect();
    let is_alone = |b: &&Component| ring.supply.iter().filter(|s| s.component == **b).count() == 1;
    let name = |b: &Component| match *b {
        Component::Item(i) => ring.items[i].name.as_str(),
        Component::Part(p) => ring.parts[p].name.as_str(),
    };
    (bought.len(), bought.iter().filter(is_alone).map(name).collect())
}

/// How much stands on one maker or one source, in a few words; none when nothing does.
pub(super) fn alone_words(c: &Context<'_>, plan: &Programme) -> Option<String> {
    let makers = makers(c, plan);
    let single = makers.values().filter(|m| m.len() == 1).count();
    let (bought, alone) = single_sources(c, plan);
    let mut words = Vec::new();
    if single > 0 {
        words.push(format!("{single} of {} made at one site only", count(makers.len(), "item is", "items are")));
    }
    if !alone.is_empty() {
        words.push(format!(
            "{} of {} from one source only",
            alone.len(),
            count(bought, "bought part comes", "bought parts come")
        ));
    }
    (!words.is_empty()).then(|| list(&words))
}

/// Items with one site, bought parts with one source, sites in one shared-risk zone.
fn single_points(c: &Context<'_>, plan: &Programme) -> Html {
    let ring = c.ring();
    let makers = makers(c, plan);
    let mut points: Vec<String> = Vec::new();
    let mut by_site: BTreeMap<SiteId, Vec<&str>> = BTreeMap::new();
    for (item, m) in makers.iter().filter(|(_, m)| m.len() == 1) {
        for site in m.keys() {
            by_site.entry(*site).or_default().push(c.item(*item));
        }
    }
    for (site, items) in &by_site {
        points.push(format!(
            "{} is the only maker of {}; while it stands still, the product stops when stock runs out.",
            c.site(*site),
            list(items)
        ));
    }
    let (bought, alone) = single_sources(c, plan);
    if !alone.is_empty() {
        let shown = alone.iter().take(6).copied().collect::<Vec<_>>();
        let more =
            if alone.len() > shown.len() { format!(" and {} more", alone.len() - shown.len()) } else { String::new() };
        points.push(format!(
            "{} of {} bought parts have one source only: {}{more}.",
            alone.len(),
            bought,
            shown.join(", ")
        ));
    }
    let sites: BTreeSet<SiteId> = made_by_site(c, plan).keys().copied().collect();
    let mut zones: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for s in &sites {
        if let Some(zone) = ring.sites[*s].zone.as_deref() {
            zones.entry(zone).or_default().push(c.site(*s));
        }
    }
    for (zone, members) in zones.iter().filter(|(_, m)| m.len() > 1) {
        points.push(format!("{} lie in one shared-risk zone ({zone}) and may be stopped together.", list(members)));
    }
    let mut html = Html::text("Single points of failure").wrap("h3", "");
    if points.is_empty() {
        html.push(&notice(
            Tone::Good,
            "None found:",
            &Html::text("every item has two makers, every bought part two sources, no two sites in use share a zone."),
        ));
    } else {
        let mut rows = String::new();
        points.iter().for_each(|p| rows.push_str(Html::text(p).wrap("li", "").as_str()));
        html.push(&Html::trusted(rows).wrap("ul", ""));
    }
    html
}
