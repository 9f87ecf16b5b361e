//! Simulated deliveries against the plan's own band: inside it or not, by how much, and why.

use crate::context::Context;
use crate::fmt::{count, dec};
use crate::html::Html;
use crate::part::{Cell, Column, Table};
use model::results::evidence::LostSummary;
use model::results::{Evidence, Programme};
use rules::band::Band;
use units::Id;

/// Causes named at most.
const NAMED: usize = 3;

/// How the mean of the runs lies to one band.
struct Against<'a> {
    band: &'a Band,
    /// Pieces outside by period, below zero under the band.
    outside: Vec<f64>,
    /// Pieces that the runs are short of the plan at the end.
    short: f64,
}

impl<'a> Against<'a> {
    fn new(band: &'a Band, evidence: &Evidence) -> Self {
        let mut outside = vec![0.0; band.high.len()];
        let mut short = 0.0;
        for fan in evidence.fans.iter().filter(|f| (f.customer, f.item) == (band.customer, band.item)) {
            let at = fan.period.index();
            outside[at] = band.outside(at, fan.mean, fan.half_width);
            short = band.planned[at].as_f64() - fan.mean;
        }
        Self { band, outside, short }
    }

    fn inside(&self) -> usize {
        self.outside.iter().filter(|o| **o == 0.0).count()
    }

    /// The period farthest outside, the first of equals.
    fn farthest(&self) -> Option<(usize, f64)> {
        let outside = self.outside.iter().copied().enumerate().filter(|(_, o)| *o != 0.0);
        outside.reduce(|most, one| if one.1.abs() > most.1.abs() { one } else { most })
    }
}

/// The part of the page.
pub(super) fn body(c: &Context<'_>, plan: &Programme, evidence: &Evidence) -> Html {
    let bands = rules::band::deliveries(c.ring(), plan);
    let all: Vec<Against<'_>> = bands.iter().map(|band| Against::new(band, evidence)).collect();
    let mut html = Html::text("Simulation against the plan\u{2019}s own band").wrap("h3", "");
    html.para(&sentences(c, &all, evidence));
    html.push(&table(c, &all));
    html
}

fn sentences(c: &Context<'_>, all: &[Against<'_>], evidence: &Evidence) -> String {
    let word = c.when().word();
    let (inside, n) = all.iter().fold((0, 0), |(inside, n), a| (inside + a.inside(), n + a.outside.len()));
    let mut told = format!(
        "The plan counts in {word}s and rounds transport up to whole ones: at the end of a {word} it has handed over at least what it plans \
         until the {word} before and at most what it plans until the {word} after, or until then where no transport is rounded up. The mean of the simulated runs lies in that band "
    );
    if inside == n {
        told.push_str(&format!("at the end of every {word}, for every customer and item."));
        return told;
    }
    told.push_str(&format!("in {inside} of {n} {word}s of customers and items. "));
    let farthest = all.iter().filter_map(|a| Some((a, a.farthest()?)));
    if let Some((a, (period, by))) =
        farthest.reduce(|most, one| if one.1.1.abs() > most.1.1.abs() { one } else { most })
    {
        told.push_str(&format!(
            "It is farthest outside at {}, {}, in {}: {} {}. ",
            c.ring().customers[a.band.customer].name,
            c.item(a.band.item),
            c.when().dated(period),
            dec(by.abs(), 1),
            if by < 0.0 { "pieces below" } else { "pieces above" }
        ));
    }
    if all.iter().any(|a| a.outside.iter().any(|o| *o > 0.0)) {
        told.push_str(
            "Above the band runs are early: they send off every day what is finished, and share it out by the ring\u{2019}s allocation \
             rule and not as the plan does. ",
        );
    }
    if all.iter().any(|a| a.short > 0.5 || a.outside.iter().any(|o| *o < 0.0)) {
        told.push_str(&why(evidence));
    }
    told
}

/// What the pieces that are not finished are lost to.
fn why(evidence: &Evidence) -> String {
    let missing: f64 = evidence.lost.iter().map(|l| l.mean).sum();
    let mut causes: Vec<&LostSummary> = evidence.lost.iter().filter(|l| l.mean >= 0.05).collect();
    causes.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.cause.cmp(&b.cause)));
    if causes.is_empty() {
        return "No piece of the product is lost against the plan by the end: what is missing comes later.".to_owned();
    }
    let named: Vec<String> =
        causes.iter().take(NAMED).map(|l| format!("{} {}", l.cause.word(), dec(l.mean, 1))).collect();
    format!(
        "By the end {} pieces of the product are not finished that the plan makes, most of them for {}; the rest comes later than planned.",
        dec(missing, 1),
        named.join(", ")
    )
}

fn table(c: &Context<'_>, all: &[Against<'_>]) -> Html {
    let word = c.when().word();
    let columns = vec![
        Column::text("Customer"),
        Column::text("Item"),
        Column::number(format!("{word}s inside").replacen(&word[..1], &word[..1].to_uppercase(), 1)),
        Column::text("Farthest outside"),
        Column::number("Pieces short at the end"),
    ];
    let mut table = Table::new("Mean of the runs against the plan\u{2019}s own band", columns);
    for a in all {
        let farthest = a.farthest().map_or_else(
            || "never outside".to_owned(),
            |(period, by)| {
                let side = if by < 0.0 { "below" } else { "above" };
                format!("{} {side}, {}", dec(by.abs(), 1), c.when().name(period))
            },
        );
        table.row([
            Cell::from(c.ring().customers[a.band.customer].name.as_str()),
            c.item(a.band.item).into(),
            format!("{} of {}", a.inside(), count(a.outside.len(), word, &format!("{word}s"))).into(),
            farthest.into(),
            dec(a.short, 1).into(),
        ]);
    }
    table.html()
}
