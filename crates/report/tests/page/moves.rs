//! What moved against a plan carried over stands on the page, and only then.

use crate::links;
use crate::sample::{Sample, raw};
use model::{RawTable, Ring, Setting};

/// The sample's own plan as the one that stood, but for 13 pieces instead of 2 in period 5; all rows named, so that nothing else moves.
fn kept(sample: &Sample) -> RawTable {
    let ring = &sample.ring;
    let mut rows: Vec<[String; 7]> = Vec::new();
    let mut row = |what: &str, site: &str, item: &str, layout: &str, period: usize, quantity: String| {
        let line_type = if item.is_empty() { "" } else { "cell" };
        rows.push([what, site, item, line_type, layout, &period.to_string(), &quantity].map(str::to_owned));
    };
    let at = |capability: model::ids::CapabilityId| {
        let row = &ring.capability[capability];
        (ring.sites[row.site].key.clone(), ring.items[row.item].key.clone())
    };
    use units::Id as _;
    for site in &sample.programme.sites {
        row("site", &ring.sites[site.site].key, "", "", site.period.index() + 1, "1".to_owned());
    }
    for line in &sample.programme.lines {
        let (site, item) = at(line.capability);
        row("line", &site, &item, "1", line.ordered.index() + 1, line.count.to_string());
    }
    for make in &sample.programme.make {
        let (site, item) = at(make.capability);
        let period = make.period.index() + 1;
        let quantity = if period == 5 { "13".to_owned() } else { make.quantity.to_string() };
        row("make", &site, &item, "", period, quantity);
    }
    RawTable {
        name: "kept".to_owned(),
        columns: ["what", "site", "item", "line_type", "layout", "period", "quantity"].map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(Vec::from).collect(),
    }
}

#[test]
fn moves_stand_on_the_page_of_a_plan_carried_over_with_their_reason() {
    let sample = Sample::new();
    let plain = report::page(&sample.dossier());
    assert!(!plain.contains("id=\"moves\""), "a plan that carries none over has no moves");
    let mut raw = raw();
    let setting = |path: &str, value: &str| Setting { path: path.to_owned(), value: value.to_owned() };
    raw.settings.extend([setting("policy.moves_max", "3"), setting("policy.freeze_until", "2027-01-25")]);
    raw.tables.push(kept(&sample));
    raw.sort_tables();
    let ring = Ring::build(&raw).unwrap();
    let html = report::page(&report::Dossier { ring: &ring, raw: &raw, ..sample.dossier() });
    links::check(&html);
    let section = &html[html.find("id=\"moves\"").unwrap()..];
    let section = &section[..section.find("</section>").unwrap()];
    assert!(section.contains("at most 3 might move after that"), "{section}");
    assert!(section.contains("move is counted") && section.contains("Everything that was frozen stays."), "{section}");
    assert!(section.contains("pieces made") && section.contains(">13.0<") && section.contains(">2.0<"), "{section}");
}
