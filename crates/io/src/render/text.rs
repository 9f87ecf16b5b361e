//! Diagnostics as text: the fact, the place, the line with a caret below the value, what to do.

use super::wrap::wrap;
use crate::locate::{Located, Location};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use diag::{Place, Severity};
use std::borrow::Cow;
use std::ops::Range;

/// Columns that the text is set in.
const WIDTH: usize = 80;

/// Whether the text carries colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text, for files, pipes and `NO_COLOR`.
    Never,
    /// With escape codes for a terminal.
    Always,
}

/// All diagnostics one below the other, with a blank line between them and one at the end of each.
#[must_use]
pub fn render_text(all: &[Located], colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.term_width(WIDTH);
    let mut text = String::new();
    for located in all {
        text.push_str(&one(located, &renderer));
        text.push_str("\n\n");
    }
    text
}

/// How many of each kind there are: `3 errors, 1 warning`; `more` faults were found but not kept.
#[must_use]
pub fn summary(all: &[Located], more: usize) -> String {
    let count = |severity| all.iter().filter(|l| l.diagnostic.severity == severity).count();
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let mut parts = Vec::new();
    if count(Severity::Error) > 0 {
        parts.push(plural(count(Severity::Error), "error"));
    }
    if count(Severity::Warning) > 0 {
        parts.push(plural(count(Severity::Warning), "warning"));
    }
    if more > 0 {
        parts.push(format!("{more} more not shown"));
    }
    if parts.is_empty() { "no faults".to_owned() } else { parts.join(", ") }
}

fn one(located: &Located, renderer: &Renderer) -> String {
    let diagnostic = &located.diagnostic;
    let (level, word) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, "error"),
        Severity::Warning => (Level::WARNING, "warning"),
    };
    let code = diagnostic.code.to_string();
    let title = wrap(&printable(&diagnostic.fact), WIDTH - word.len() - code.len() - 4);
    let mut group = Group::with_title(level.primary_title(title).id(code.clone()));
    let mut headers = Vec::new();
    let mut shown: Vec<Vec<usize>> = Vec::new();
    for (i, location) in located.locations.iter().enumerate() {
        // Labels of one line are drawn below it together.
        let same = shown.iter_mut().find(|group| {
            let first = &located.locations[group[0]];
            location.snippet.is_some()
                && first.file == location.file
                && first.line == location.line
                && first.snippet.as_ref().map(|s| &s.0) == location.snippet.as_ref().map(|s| &s.0)
        });
        match same {
            Some(group) => group.push(i),
            None => shown.push(vec![i]),
        }
    }
    for indices in &shown {
        group = add(group, located, indices, &mut headers);
    }
    // A result has no line to show: what is to be seen in it stands below.
    let in_results = diagnostic.labels.iter().filter(|label| matches!(label.place, Place::Result(_)));
    for label in in_results.filter(|label| !label.text.is_empty()) {
        group = group.element(Level::NOTE.message(wrap(&printable(&label.text), WIDTH - 14)));
    }
    let help = wrap(&printable(&diagnostic.help), WIDTH - 14);
    let explain = format!("`ringworks explain {code}` tells more");
    let group = group.element(Level::HELP.message(help)).element(Level::NOTE.message(explain));
    let text = renderer.render(&[group]);
    let text = headers.iter().fold(text, |text, (drawn, wanted)| text.replacen(drawn, wanted, 1));
    // The renderer leads from the title to a place with an empty margin, also where there is no place.
    let lone = located.locations.is_empty().then(|| text.lines().position(is_margin)).flatten();
    let kept = text.lines().enumerate().filter(|(i, _)| Some(*i) != lone).map(|(_, line)| line.trim_end());
    kept.collect::<Vec<_>>().join("\n")
}

/// Whether a line shows the margin's bar and nothing else, colours apart.
fn is_margin(line: &str) -> bool {
    let mut seen = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        seen.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    seen.push_str(rest);
    seen.trim() == "|"
}

/// Adds the labels of one line; for a workbook notes how the drawn header is to be put right.
fn add<'a>(
    group: Group<'a>,
    located: &'a Located,
    indices: &[usize],
    headers: &mut Vec<(String, String)>,
) -> Group<'a> {
    let location = &located.locations[indices[0]];
    let Some((line, _)) = &location.snippet else { return group.element(whole(location)) };
    let path = shown_path(location);
    if location.cell.is_some() {
        // The renderer appends line and column; a sheet has a cell instead.
        headers.push((format!("{path}:{}:{}", location.line, location.column), path.clone()));
    }
    let (shown, _) = printable_line(line, &(0..0));
    let mut snippet = Snippet::source(shown).path(path).line_start(location.line);
    for index in indices {
        let Some((line, span)) = &located.locations[*index].snippet else { continue };
        let (_, span) = printable_line(line, span);
        let kind = if *index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let text = printable(&located.diagnostic.labels[*index].text);
        let annotation = kind.span(span);
        snippet = snippet.annotation(if text.is_empty() { annotation } else { annotation.label(text) });
    }
    group.element(snippet)
}

fn shown_path(location: &Location) -> String {
    printable(&match &location.cell {
        Some(cell) => format!("{}, cell {cell}", location.file),
        None => location.file.clone(),
    })
    .into_owned()
}

/// Facts quote the input, and the input may hold codes that move a terminal's cursor or turn the direction of its
/// text: they become their pictures.
fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| char::from_u32(0x2400 + u32::from(c)).filter(|_| c < ' ').unwrap_or('\u{FFFD}');
    Cow::Owned(text.chars().map(|c| if is_harmless(c) { c } else { picture(c) }).collect())
}

fn is_harmless(c: char) -> bool {
    let turns_text = matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (!c.is_control() || c == '\n') && !turns_text
}

/// A line and a range of its bytes, made printable together; tabs stay, the renderer sets them as spaces.
fn printable_line(line: &str, span: &Range<usize>) -> (String, Range<usize>) {
    let (before, meant, after) = (&line[..span.start], &line[span.clone()], &line[span.end..]);
    let piece = |text: &str| text.split('\t').map(printable).collect::<Vec<_>>().join("\t");
    let (before, meant) = (piece(before), piece(meant));
    let span = before.len()..before.len() + meant.len();
    (before + &meant + &piece(after), span)
}

fn whole(location: &Location) -> Origin<'_> {
    let origin = Origin::path(shown_path(location));
    if location.line == 0 || location.cell.is_some() {
        origin
    } else {
        origin.line(location.line).char_column(location.column)
    }
}
