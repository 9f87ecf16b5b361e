//! When sites and lines open, licences start, first articles are made, people are hired and trained.

use super::{absent, make};
use crate::chart::{Gantt, GanttBar, GanttGroup, GanttKind, GanttRow};
use crate::context::Context;
use crate::fmt::{amount, count, int};
use crate::frame::Section;
use crate::html::Html;
use crate::part::Figure;
use model::ids::{CapabilityId, SiteId, SkillId};
use model::results::Programme;
use model::results::programme::{LineOpening, Trained};
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

/// Sites drawn at most, the busiest first.
const DRAWN: usize = 14;
/// Sites up to which people are drawn by skill.
const BY_SKILL: usize = 4;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    match c.d.programme {
        None => {
            body.push(&absent("There is no plan.", "Nothing is opened, so there are no dates."));
        }
        Some(plan) => {
            let (chart, left_out) = gantt(c, plan);
            let figure = Figure {
                id: "fig-gantt",
                finding: finding(c, plan),
                note: "Pale: waiting for a licence, tooling or a vacancy. Amber: building up, training, first articles. Blue: output that counts.".into(),
                chart: &chart,
                sources: c.sources("schedule", &["sites", "capability", "equipment", "workforce"]),
            };
            body.push(&figure.html());
            if left_out > 0 {
                body.para(&format!(
                    "{} with less work stand in tables/programme_lines.csv and tables/programme_people.csv.",
                    count(left_out, "site", "sites")
                ));
            }
        }
    }
    make("schedule", "Openings, first articles, people", "Openings and people", body)
}

fn finding(c: &Context<'_>, plan: &Programme) -> String {
    let product = c.ring().settings.product;
    let n = c.ring().settings.n_periods;
    let first = plan
        .lines
        .iter()
        .filter(|l| c.ring().capability[l.capability].item == product && l.output_from.index() < n)
        .min_by_key(|l| l.output_from.index());
    match first {
        None => "No line for the product gives output in the horizon".into(),
        Some(l) => format!(
            "The first product line, at {}, is ordered in {} and its output counts from {}",
            c.site(c.ring().capability[l.capability].site),
            c.when().name(c.period(l.ordered)),
            c.when().dated(c.period(l.output_from))
        ),
    }
}

fn gantt(c: &Context<'_>, plan: &Programme) -> (Gantt, usize) {
    let ring = c.ring();
    let mut sites: BTreeSet<SiteId> = plan.sites.iter().map(|s| s.site).collect();
    sites.extend(plan.lines.iter().map(|l| ring.capability[l.capability].site));
    let mut order: Vec<SiteId> = sites.into_iter().collect();
    let work = |s: &SiteId| c.plan.as_ref().and_then(|p| p.hours.get(s)).copied().unwrap_or(0.0);
    order.sort_by(|a, b| work(b).total_cmp(&work(a)).then(a.cmp(b)));
    let left_out = order.len().saturating_sub(DRAWN);
    order.truncate(DRAWN);
    let by_skill = order.len() <= BY_SKILL;
    let groups = order.into_iter().map(|site| group(c, plan, site, by_skill)).collect();
    (Gantt { periods: c.when().all(), marks: c.when().marks(), groups }, left_out)
}

fn group(c: &Context<'_>, plan: &Programme, site: SiteId, by_skill: bool) -> GanttGroup {
    let ring = c.ring();
    let mut rows = Vec::new();
    for s in plan.sites.iter().filter(|s| s.site == site) {
        let (start, end) = (c.period(s.period), c.period(s.ready));
        let kind = GanttKind::Prepare;
        let label = if start == end { "open at once".to_owned() } else { "site opens".to_owned() };
        rows.push(GanttRow { label: "site".into(), bars: vec![GanttBar { start, end, kind, label }] });
    }
    let mut lines: BTreeMap<CapabilityId, Vec<&LineOpening>> = BTreeMap::new();
    for l in plan.lines.iter().filter(|l| ring.capability[l.capability].site == site) {
        lines.entry(l.capability).or_default().push(l);
    }
    for (capability, mut openings) in lines {
        openings.sort_by_key(|l| l.ordered.index());
        for l in openings {
            rows.push(line_row(c, plan, capability, l));
        }
    }
    rows.extend(people_rows(c, plan, site, by_skill));
    GanttGroup { label: c.site(site).to_owned(), rows }
}

fn line_row(c: &Context<'_>, plan: &Programme, capability: CapabilityId, l: &LineOpening) -> GanttRow {
    let ring = c.ring();
    let n = ring.settings.n_periods;
    let row = &ring.capability[capability];
    let (ordered, first, output) = (c.period(l.ordered), c.period(l.first_piece), c.period(l.output_from));
    let lines = count(usize::try_from(l.count).unwrap_or(0), "line", "lines");
    let licence = row.licence_from.and_then(|day| ring.settings.period_of(day)).filter(|t| *t > ordered && *t <= first);
    let mut bars = Vec::new();
    match licence {
        Some(t) if t == first => bars.push(bar(ordered, first, GanttKind::Wait, "waits for the licence")),
        _ => bars.push(bar(ordered, first, GanttKind::Wait, "ordered, tooling")),
    }
    if first < n {
        bars.push(bar(first, output, GanttKind::Prepare, "first article"));
    }
    if output < n {
        let made: f64 = plan.make.iter().filter(|m| m.capability == capability).map(|m| m.quantity.as_f64()).sum();
        let several = plan.lines.iter().filter(|o| o.capability == capability).count() > 1;
        let label = if several { lines } else { format!("{lines}, {}", amount(made, "piece", "pieces")) };
        bars.push(bar(output, n, GanttKind::Run, &label));
    }
    bars.retain(|b| b.end > b.start);
    GanttRow { label: c.item(row.item).to_owned(), bars }
}

fn bar(start: usize, end: usize, kind: GanttKind, label: &str) -> GanttBar {
    GanttBar { start, end, kind, label: label.to_owned() }
}

/// People who are hired and trained together, by the time they are ready, where they were trained and, where asked for,
/// their skill.
fn people_rows(c: &Context<'_>, plan: &Programme, site: SiteId, by_skill: bool) -> Vec<GanttRow> {
    let mut cohorts: BTreeMap<(usize, usize, usize, Trained, Option<SkillId>), i64> = BTreeMap::new();
    for s in plan.people.iter().filter(|s| s.site == site) {
        let skill = by_skill.then_some(s.skill);
        let times = (c.period(s.hire_from), c.period(s.train_from), c.period(s.ready));
        *cohorts.entry((times.0, times.1, times.2, s.trained, skill)).or_default() += s.people;
    }
    cohorts
        .into_iter()
        .filter(|((hire, _, ready, trained, _), _)| *trained != Trained::Already && ready > hire)
        .map(|((hire, train, ready, trained, skill), people)| {
            let place = if trained == Trained::Home { "train at home plant" } else { "train on site" };
            let mut bars = vec![bar(hire, train, GanttKind::Wait, &format!("{} hired", int(people)))];
            if ready > train {
                bars.push(bar(train, ready, GanttKind::Prepare, &format!("{} {place}", int(people))));
            }
            bars.retain(|b| b.end > b.start);
            let label = skill.map_or("people", |s| c.ring().skills[s].name.as_str());
            GanttRow { label: label.to_owned(), bars }
        })
        .collect()
}
