//! What commands that run engines give: tables as JSON with provenance, or text; and why something was refused.

use diag::Diagnostic;
use report::Dossier;
use ring_io::render::{Colour, render_json, render_text};
use ring_io::{Loaded, Located};
use serde_json::Value;
use study::Study;

use crate::exit::Failure;
use crate::talk::{self, give_json, say};

/// A study as the report sees it.
pub(crate) fn dossier<'a>(loaded: &'a Loaded, study: &'a Study) -> Dossier<'a> {
    Dossier {
        ring: &loaded.ring,
        raw: &loaded.raw,
        line_designs: &study.designs,
        programme: study.programme.as_ref(),
        why: study.why.as_ref(),
        hedge: study.hedge.as_ref(),
        evidence: study.evidence.as_ref(),
        decision: study.decision.as_ref(),
        provenance: &study.provenance,
        findings: Some(&study.findings),
        refusals: &study.refusals,
        moved: None,
    }
}

/// Gives the result tables as one JSON object, with refusals and findings.
///
/// # Errors
/// When stdout cannot be written.
pub(crate) fn give_tables(loaded: &Loaded, study: &Study, command: &str) -> Result<(), Failure> {
    let mut value = ring_io::results_json(&report::tables(&dossier(loaded, study)), &study.provenance);
    value["command"] = Value::from(command);
    value["refusals"] = diagnostics(loaded, &study.refusals);
    value["findings"] = diagnostics(loaded, &study.findings);
    Ok(give_json(&value)?)
}

/// Diagnostics of later stages as JSON, with their places in the input.
pub(crate) fn diagnostics(loaded: &Loaded, all: &[Diagnostic]) -> Value {
    render_json(&located(loaded, all), 0)["diagnostics"].take()
}

/// Shows what engines refused and what the independent check found, on stderr.
pub(crate) fn tell_troubles(loaded: &Loaded, study: &Study) {
    tell(loaded, &study.refusals);
    if !study.findings.is_empty() {
        say("The independent check does not agree with these results:\n");
        tell(loaded, &study.findings);
    }
}

/// Shows diagnostics with the lines of the input they speak of, on stderr.
pub(crate) fn tell(loaded: &Loaded, all: &[Diagnostic]) {
    if !all.is_empty() {
        let colour = if talk::stderr_has_colour() { Colour::Always } else { Colour::Never };
        say(render_text(&located(loaded, all), colour).trim_end());
    }
}

fn located(loaded: &Loaded, all: &[Diagnostic]) -> Vec<Located> {
    all.iter().map(|diagnostic| loaded.sources.locate_all(diagnostic.clone())).collect()
}
