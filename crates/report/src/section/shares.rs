//! Workshare promised against planned, and what is localised when.

use super::{absent, make};
use crate::chart::{Stack, StackRow};
use crate::context::Context;
use crate::fmt::{count, dec, list, pct};
use crate::frame::Section;
use crate::html::Html;
use crate::months::{Bought, LOCAL, Month, WAYS, Work, bought, work};
use crate::part::{Cell, Column, Figure, Table};
use crate::when::month_name;
use model::ids::{Component, PartnerId};
use model::results::Programme;
use std::collections::BTreeMap;
use units::Money;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    match c.d.programme {
        None => {
            body.push(&absent("There is no plan.", "Nothing is made or bought, so there are no shares."));
        }
        Some(plan) => {
            body.push(&workshare(c, plan));
            body.push(&localisation(c, plan));
        }
    }
    make("shares", "Workshare and localisation", "Workshare", body)
}

fn month_words((year, month): Month) -> String {
    format!("{}\u{a0}{year}", month_name(month))
}

/// Sums over months, by partner.
fn totals(months: &BTreeMap<Month, BTreeMap<Option<PartnerId>, Work>>) -> BTreeMap<Option<PartnerId>, Work> {
    let mut all: BTreeMap<Option<PartnerId>, Work> = BTreeMap::new();
    for (partner, work) in months.values().flatten() {
        let sum = all.entry(*partner).or_default();
        sum.minutes += work.minutes;
        sum.value += work.value;
    }
    all
}

fn share(part: f64, of: f64) -> f64 {
    if of > 0.0 { part / of } else { 0.0 }
}

fn workshare(c: &Context<'_>, plan: &Programme) -> Html {
    let months = work(c.ring(), plan);
    let totals = totals(&months);
    let minutes: f64 = totals.values().map(|w| w.minutes).sum();
    let value: Money = totals.values().map(|w| w.value).sum();
    let mut html = Html::text("Workshare").wrap("h3", "");
    if minutes <= 0.0 {
        html.para("The plan makes nothing, so no work is shared.");
        return html;
    }
    let partners: Vec<Option<PartnerId>> = totals.iter().filter(|(_, w)| w.minutes > 0.0).map(|(p, _)| *p).collect();
    let chart = Stack {
        caption: "Share of labour minutes by partner and month".into(),
        row_head: "Month".into(),
        states: partners
            .iter()
            .enumerate()
            .map(|(at, p)| (c.partner(*p).to_owned(), format!("f{}", at % 12 + 1)))
            .collect(),
        rows: months
            .iter()
            .filter_map(|(month, by)| {
                let all: f64 = by.values().map(|w| w.minutes).sum();
                let of = |p: &Option<PartnerId>| share(by.get(p).map_or(0.0, |w| w.minutes), all);
                let shares = partners.iter().map(of).collect();
                (all > 0.0).then(|| StackRow { label: month_words(*month), is_marked: false, shares })
            })
            .collect(),
    };
    html.push(
        &Figure {
            id: "fig-workshare",
            finding: finding(c, &totals, minutes),
            note: "Labour minutes of what is made at each partner\u{2019}s sites, by month of making. Promised is the least share of the whole.".into(),
            chart: &chart,
            sources: c.sources("workshare", &["sites", "tasks"]),
        }
        .html(),
    );
    let columns = vec![
        Column::text("Partner"),
        Column::number("Promised"),
        Column::number("Planned, labour minutes"),
        Column::number("Labour hours"),
        Column::number("Planned, value"),
        Column::number("Value"),
    ];
    let mut table = Table::new("Workshare promised and planned, over the horizon", columns);
    for (id, partner) in c.ring().partners.enumerate() {
        let work = totals.get(&Some(id)).copied().unwrap_or_default();
        if work == Work::default() && partner.workshare_min.get() <= 0.0 {
            continue;
        }
        let promised = pct(partner.workshare_min.get(), 0);
        let address = model::Address::setting(&format!("partners.{}.workshare_min", partner.key));
        table.row([
            Cell::from(partner.name.as_str()),
            c.input(&address, &promised).into(),
            pct(share(work.minutes, minutes), 1).into(),
            dec(work.minutes / 60.0, 0).into(),
            pct(share(work.value.as_f64(), value.as_f64()), 1).into(),
            c.money(work.value).into(),
        ]);
    }
    html.push(&table.html());
    let columns =
        vec![Column::text("Month"), Column::text("Partner"), Column::number("Labour hours"), Column::number("Value")];
    let mut table = Table::new("Work by month and partner", columns);
    for (month, by) in &months {
        for (partner, work) in by {
            table.row([
                Cell::from(month_words(*month)),
                c.partner(*partner).into(),
                dec(work.minutes / 60.0, 0).into(),
                c.money(work.value).into(),
            ]);
        }
    }
    html.push(&table.folded("Show hours and value by month"));
    html
}

fn finding(c: &Context<'_>, totals: &BTreeMap<Option<PartnerId>, Work>, minutes: f64) -> String {
    let promised = c.ring().partners.enumerate().filter(|(_, p)| p.workshare_min.get() > 0.0);
    let words: Vec<String> = promised
        .map(|(id, p)| {
            let planned = share(totals.get(&Some(id)).map_or(0.0, |w| w.minutes), minutes);
            format!("{} is promised {} of the work and has {}", p.name, pct(p.workshare_min.get(), 0), pct(planned, 1))
        })
        .collect();
    if words.is_empty() { "Nobody is promised a share of the work".to_owned() } else { words.join("; ") }
}

fn name<'a>(c: &Context<'a>, component: Component) -> &'a str {
    match component {
        Component::Item(item) => &c.ring().items[item].name,
        Component::Part(part) => &c.ring().parts[part].name,
    }
}

fn localisation(c: &Context<'_>, plan: &Programme) -> Html {
    let parts = bought(c.ring(), plan);
    let mut html = Html::text("Localisation").wrap("h3", "");
    let mut months: BTreeMap<Month, Bought> = BTreeMap::new();
    for (month, row) in parts.values().flatten() {
        *months.entry(*month).or_default() += *row;
    }
    if months.is_empty() {
        html.para("The plan buys nothing.");
        return html;
    }
    let chart = Stack {
        caption: "Share of the price of bought parts by the way they come, by month of ordering".into(),
        row_head: "Month".into(),
        states: WAYS
            .iter()
            .zip(["f8", "f2", "f4"])
            .map(|((way, _), class)| ((*way).to_owned(), class.to_owned()))
            .collect(),
        rows: months
            .iter()
            .map(|(month, row)| StackRow {
                label: month_words(*month),
                is_marked: false,
                shares: row.value.iter().map(|v| share(v.as_f64(), row.total().as_f64())).collect(),
            })
            .collect(),
    };
    let of = |row: &Bought| share(row.value[LOCAL].as_f64(), row.total().as_f64());
    let (first, last) = (months.iter().next().expect("not empty"), months.iter().next_back().expect("not empty"));
    let local: Vec<Component> =
        parts.iter().filter(|(_, m)| m.values().any(|b| b.pieces[LOCAL] > 0.0)).map(|(p, _)| *p).collect();
    let finding = format!(
        "{} of {} {} localised in the horizon; of the price, {} in {} and {} in {}",
        local.len(),
        count(parts.len(), "bought part", "bought parts"),
        if local.len() == 1 { "is" } else { "are" },
        pct(of(first.1), 0),
        month_words(*first.0),
        pct(of(last.1), 0),
        month_words(*last.0)
    );
    html.push(
        &Figure {
            id: "fig-localised",
            finding,
            note: "Price without freight, by month of ordering.".into(),
            chart: &chart,
            sources: c.sources("localised", &["supply"]),
        }
        .html(),
    );
    html.push(&per_part(c, &parts, &local, &months));
    html
}

/// Localised share of pieces, part by month; parts that are never localised are counted only.
fn per_part(
    c: &Context<'_>,
    parts: &BTreeMap<Component, BTreeMap<Month, Bought>>,
    local: &[Component],
    months: &BTreeMap<Month, Bought>,
) -> Html {
    if local.is_empty() {
        let could = c.ring().supply.iter().filter(|s| s.mode == WAYS[LOCAL].1).count();
        let text = match could {
            0 => "No part has a localised source.".to_owned(),
            n => format!("The plan buys nothing from {}.", count(n, "localised source", "localised sources")),
        };
        return Html::text(text).wrap("p", "");
    }
    let mut columns = vec![Column::text("Part")];
    columns.extend(months.keys().map(|month| Column::number(month_words(*month))));
    let mut table = Table::new("Localised share of the pieces ordered, by part and month", columns);
    for part in local {
        let cells = months.keys().map(|month| {
            let row = parts[part].get(month);
            Cell::from(row.and_then(Bought::local_share).map_or_else(|| "\u{2013}".to_owned(), |v| pct(v, 0)))
        });
        table.row(core::iter::once(Cell::from(name(c, *part))).chain(cells));
    }
    let mut html = table.folded("Show the localised share part by part");
    let never: Vec<&str> = parts.keys().filter(|p| !local.contains(p)).take(3).map(|p| name(c, *p)).collect();
    let rest = parts.len() - local.len();
    if rest > 0 {
        let more = if rest > never.len() { " and others" } else { "" };
        html.para(&format!(
            "{} never localised, among them {}{more}.",
            count(rest, "part is", "parts are"),
            list(&never)
        ));
    }
    html
}
