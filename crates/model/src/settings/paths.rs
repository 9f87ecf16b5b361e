//! Dotted paths: which setting they name, which names a section defines, and what is wrong with them.

use super::SETTINGS;
use crate::raw::RawRing;
use crate::read::{Reader, list};
use crate::schema::Column;
use diag::{Code, Diagnostic, Place, nearest};
use std::collections::BTreeSet;

/// The setting whose pattern a dotted path matches.
#[must_use]
pub fn spec_of(path: &str) -> Option<&'static Column> {
    let parts: Vec<&str> = path.split('.').collect();
    SETTINGS.iter().find(|spec| {
        let pattern: Vec<&str> = spec.name.split('.').collect();
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(|(p, t)| *p == "*" && !t.is_empty() || p == t)
    })
}

/// Names that a section such as `partners` or `partners.x.budget` defines, in file order.
pub(crate) fn keys_of(raw: &RawRing, section: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for setting in &raw.settings {
        let rest = setting.path.strip_prefix(section).and_then(|r| r.strip_prefix('.'));
        if let Some((key, _)) = rest.and_then(|r| r.split_once('.'))
            && !keys.iter().any(|k| k == key)
        {
            keys.push(key.to_owned());
        }
    }
    keys
}

/// Unknown settings, settings that stand twice, and section names that ids cannot have.
pub(super) fn check_paths(reader: &Reader<'_>) {
    let mut seen = BTreeSet::new();
    for setting in &reader.raw.settings {
        let path = &setting.path;
        let place = Place::Setting(path.clone());
        if !seen.insert(path) {
            reader.fault(
                "ring",
                Diagnostic::error(Code(107), format!("the setting `{path}` stands twice"), "keep one of the two")
                    .at(place, "again here"),
            );
            continue;
        }
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if let Some(bad) = path.split('.').find(|part| part.is_empty() || part.len() > 40 || !part.chars().all(good)) {
            reader.fault(
                "ring",
                Diagnostic::error(
                    Code(110),
                    format!("`{bad}` cannot be a name"),
                    "use 1 to 40 letters, digits, `_` or `-`",
                )
                .at(place, "this name"),
            );
        } else if spec_of(path).is_none() {
            reader.fault(
                "ring",
                Diagnostic::error(Code(108), format!("`{path}` is not a setting"), unknown_help(path))
                    .at(place, "unknown setting"),
            );
        }
    }
}

/// The nearest known setting with the same names in the places of `*`, or the section's settings.
fn unknown_help(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let concrete: Vec<String> = SETTINGS
        .iter()
        .map(|spec| {
            let filled = spec
                .name
                .split('.')
                .enumerate()
                .map(|(i, p)| if p == "*" { parts.get(i).copied().unwrap_or("NAME") } else { p });
            filled.collect::<Vec<_>>().join(".")
        })
        .collect();
    if let Some(near) = nearest(path, concrete.iter().map(String::as_str)) {
        return format!("write `{near}`");
    }
    let section = SETTINGS.iter().filter(|s| s.name.split('.').next() == parts.first().copied());
    let names: Vec<&str> = section.map(|s| s.name).collect();
    if names.is_empty() {
        "sections are `ring`, `policy`, `training`, `partners`, `customers` and `gates`".to_owned()
    } else {
        format!("remove it; this section has {}", list(names.into_iter()))
    }
}
