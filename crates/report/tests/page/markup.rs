//! Well-formed markup, one file, no script, nothing from outside.

use crate::sample::Sample;

/// Elements that have no end tag.
const VOID: [&str; 5] = ["meta", "br", "wbr", "link", "img"];

/// A small reader of tags: names in order with nesting, attributes checked; panics with the place of the first fault.
pub(crate) fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        let around: String = rest[at..].chars().take(80).collect();
        if open.last().is_some_and(|o| o != "style") {
            check_text(text, &around);
        }
        rest = &rest[at..];
        if open.last().is_some_and(|o| o == "style") && !rest.starts_with("</style") {
            rest = &rest[1..];
            continue;
        }
        if rest.starts_with("<!") {
            rest = &rest[rest.find('>').unwrap() + 1..];
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "unbalanced near {around}");
            continue;
        }
        let closed = tag.ends_with('/');
        let (name, attributes) = parse(tag.trim_end_matches('/'), &around);
        if !closed && !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        found.push((name, attributes));
    }
    assert!(open.is_empty(), "left open: {open:?}");
    found
}

fn check_text(text: &str, around: &str) {
    assert!(!text.contains('>'), "bare > before {around}");
    for (i, _) in text.match_indices('&') {
        let entity: String = text[i + 1..].chars().take_while(|c| *c != ';').collect();
        assert!(
            ["amp", "lt", "gt", "quot", "#39", "#60", "#62", "#38", "#34"].contains(&entity.as_str()),
            "entity {entity} before {around}"
        );
    }
}

fn tag_end(rest: &str) -> usize {
    let mut quoted = false;
    for (i, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return i,
            _ => {}
        }
    }
    panic!("a tag without end: {}", &rest[..rest.len().min(80)]);
}

fn parse(tag: &str, around: &str) -> (String, Vec<(String, String)>) {
    let name: String = tag.chars().take_while(|c| !c.is_whitespace()).collect();
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "element name {name} in {around}");
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut rest = tag[name.len()..].trim_start();
    while !rest.is_empty() {
        let key: String = rest.chars().take_while(|c| *c != '=' && !c.is_whitespace()).collect();
        rest = &rest[key.len()..];
        let value = if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or_else(|| panic!("open quote in {around}"));
            rest = &quoted[end + 1..];
            quoted[..end].to_owned()
        } else {
            assert!(!rest.starts_with('='), "unquoted attribute in {around}");
            String::new()
        };
        assert!(!attributes.iter().any(|(k, _)| *k == key), "attribute {key} twice in {around}");
        attributes.push((key, value));
        rest = rest.trim_start();
    }
    (name, attributes)
}

#[test]
fn the_page_is_well_formed() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
    assert!(elements(&html).len() > 500);
}

#[test]
#[should_panic(expected = "unbalanced")]
fn the_reader_of_tags_sees_a_missing_end() {
    elements("<p><b>x</p>");
}

#[test]
fn nothing_comes_from_outside_and_nothing_runs() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    for (name, attributes) in elements(&html) {
        assert!(
            !["script", "link", "iframe", "img", "object", "embed", "base", "form"].contains(&name.as_str()),
            "{name}"
        );
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{key} on {name}");
            assert!(key != "href" || value.starts_with('#'), "{value}");
            assert!(!value.contains("http:") && !value.contains("https:") && !value.contains("javascript:"), "{value}");
        }
    }
    let style = &html[html.find("<style>").unwrap()..html.find("</style>").unwrap()];
    assert!(!style.contains("@import") && !style.contains("http") && !style.contains("url(\""));
}

#[test]
fn every_drawing_has_words_and_a_table() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    let figures: Vec<&str> = html.split("<figure ").skip(1).map(|f| &f[..f.find("</figure>").unwrap()]).collect();
    assert!(figures.len() >= 12, "{}", figures.len());
    for figure in figures {
        let start: String = figure.chars().take(60).collect();
        assert!(
            figure.contains("<figcaption><strong>") && !figure.contains("<strong></strong>"),
            "no finding: {start}"
        );
        assert!(figure.contains("<details class=\"twin\">") && figure.contains("<table>"), "no table: {start}");
        assert_eq!(figure.matches("<svg ").count(), 2, "two widths: {start}");
        assert_eq!(figure.matches("role=\"img\"").count(), 2, "{start}");
        assert_eq!(figure.matches("<desc id=").count(), 2, "{start}");
        assert!(!figure.contains("NaN") && !figure.contains("inf\""), "{start}");
    }
    let drawn =
        elements(&html).iter().filter(|(n, a)| n == "svg" && a.iter().any(|(k, v)| k == "role" && v == "img")).count();
    assert_eq!(drawn, 2 * html.matches("<figure ").count(), "a drawing stands outside a figure");
}

#[test]
fn the_same_data_give_the_same_bytes_and_not_too_many() {
    let (one, two) = (Sample::new(), Sample::new());
    let html = report::page(&one.dossier());
    assert_eq!(html, report::page(&two.dossier()));
    assert!(html.len() < 1_500_000, "{}", html.len());
}
