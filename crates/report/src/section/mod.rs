//! The sections of the page, one file each.

mod band;
mod cost;
mod first_articles;
mod gates;
mod lines;
mod moves;
mod options;
mod questions;
mod ramp;
mod readiness;
mod register;
mod ring_map;
mod schedule;
mod shares;
mod sites;
mod sources;
mod stops;
pub(crate) mod summary;
mod time;
mod trust;
mod weighing;
mod withstand;

pub(crate) use cost::kind_words;

use crate::context::Context;
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Tone, notice};

/// All sections after the summary, in order; the register comes after everything that links to it.
pub(crate) fn all(c: &Context<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = c.d.moved.map(crate::compare::section).into_iter().collect();
    sections.extend([ring_map::section(c), lines::section(c), ramp::section(c), schedule::section(c)]);
    sections.extend(moves::section(c));
    sections.extend([
        cost::section(c),
        shares::section(c),
        time::section(c),
        sites::section(c),
        gates::section(c),
        questions::section(c),
    ]);
    sections.push(trust::section(c));
    sections.push(register::section(c));
    sections
}

fn make(id: &str, title: &str, short: &str, body: Html) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), short: short.to_owned(), body }
}

/// What stands where a stage gave no result.
fn absent(what: &str, why: &str) -> Html {
    notice(Tone::Warn, what, &Html::text(why))
}
