//! Lines ordered: `lines[c, o, u]`, whole, with equipment, first article, floor, and its people's pay once they are due.

use crate::build::{Build, Spend};
use crate::data::{Data, Line};
use crate::key::Key;
use model::settings::CostKind;
use rules::{cost, line, standing};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (at, row) in data.lines.iter().enumerate() {
        let fits = if row.floor_m2 > 0.0 {
            (data.ring.sites[row.site].floor_m2 / row.floor_m2 + 1e-9).floor()
        } else {
            f64::INFINITY
        };
        let most = fits.min(data.ring.capability[row.capability].lines_max as f64);
        let most = row.stands.map_or(most, |line| data.ring.standing_lines[line].lines as f64);
        build.whole(Key::Lines(at), most, &spend(data, row));
    }
}

/// Everything one line costs, its people from `due` on included; finding and training them is apart.
fn spend(data: &Data<'_>, row: &Line) -> Vec<Spend> {
    let ring = data.ring;
    let option = line::option_of(ring, data.designs, row.capability, row.option)
        .expect("candidate lines are made from the menus");
    let mut spend = Vec::new();
    if row.stands.is_none() {
        spend.push((CostKind::Line, row.ordered, cost::line::line(ring, row.capability, option)));
    }
    let article_is_due = row.stands.is_none_or(|line| standing::article_is_due(ring, line));
    if article_is_due && row.timing.first_piece < data.n {
        let article = cost::line::first_article(ring, row.capability);
        spend.push((CostKind::FirstArticle, row.timing.first_piece, article));
    }
    let floor = cost::site::floor(ring, row.site, row.floor_m2);
    // What stands keeps its floor from the first day on.
    let from = if row.stands.is_some() { 0 } else { row.ordered };
    spend.extend((from..data.n).map(|t| (CostKind::SiteFixed, t, floor)));
    for (skill, people) in &row.people {
        let n = *people as f64;
        let (hiring, training) =
            (cost::people::replacement_hiring(ring, *skill), cost::people::replacement_training(ring, *skill));
        for t in row.due..data.n {
            let wages = cost::people::wages(ring, &data.time, row.site, *skill, t);
            spend.push((CostKind::Wages, t, n * wages));
            if hiring > 0.0 {
                spend.push((CostKind::Hiring, t, n * hiring));
            }
            if training > 0.0 {
                spend.push((CostKind::Training, t, n * training));
            }
        }
    }
    spend
}
