//! The page from a dossier: summary, sections, register, trust.

use crate::context::Context;
use crate::dossier::Dossier;
use crate::frame::Page;
use crate::html::Html;
use crate::section::{self, summary};

/// The report as one self-contained HTML document; a function of the dossier alone.
#[must_use]
pub fn page(dossier: &Dossier<'_>) -> String {
    let c = Context::new(dossier);
    let ring = dossier.ring;
    let settings = &ring.settings;
    let last = settings.first_day(settings.n_periods).plus_days(-1);
    let kicker = format!("{} \u{b7} {} to {}", settings.name, crate::when::day(settings.start), crate::when::day(last));
    let body = summary::body(&c);
    let sections = section::all(&c);
    let version = c.version();
    let colophon = format!(
        "{}Ringworks {version}, seed {}. Sample places are invented; rings hold distances, never positions.",
        if settings.name.is_empty() { String::new() } else { format!("{} \u{b7} ", settings.name) },
        dossier.provenance.seed
    );
    Page {
        language: "en".into(),
        title: format!("{} \u{b7} Ringworks", settings.name),
        kicker,
        answer: summary::answer(&c),
        standfirst: summary::standfirst(&c),
        summary: body,
        sections,
        colophon: Html::text(colophon),
    }
    .render()
}
