//! Writes settings as `ring.toml`.

use model::raw::Setting;
use model::schema::Kind;
use model::settings::spec_of;

/// The settings as TOML: plain keys first, then a section for each prefix in the order it first appears.
#[must_use]
pub fn settings_toml(settings: &[Setting]) -> String {
    let mut sections: Vec<(&str, Vec<(&str, &Setting)>)> = vec![("", Vec::new())];
    for setting in settings {
        let (section, key) = setting.path.rsplit_once('.').unwrap_or(("", &setting.path));
        match sections.iter_mut().find(|(name, _)| *name == section) {
            Some((_, keys)) => keys.push((key, setting)),
            None => sections.push((section, vec![(key, setting)])),
        }
    }
    let mut text = String::new();
    for (section, keys) in sections.iter().filter(|(_, keys)| !keys.is_empty()) {
        if !section.is_empty() {
            let path: Vec<String> = section.split('.').map(toml_key).collect();
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}[{}]\n", path.join(".")));
        }
        for (key, setting) in keys {
            text.push_str(&format!("{} = {}\n", toml_key(key), value(setting)));
        }
    }
    text
}

/// A value in the form its kind has: lists in brackets, numbers, days and truth values bare, the rest in quotes.
fn value(setting: &Setting) -> String {
    let text = setting.value.as_str();
    let kind = spec_of(&setting.path).map(|spec| spec.kind);
    if let Some(Kind::Refs(_) | Kind::Choices(_)) = kind {
        let words = text.split(';').filter(|w| !text.is_empty() || !w.is_empty()).map(toml_text);
        return format!("[{}]", words.collect::<Vec<_>>().join(", "));
    }
    let bare = match kind {
        Some(Kind::Text | Kind::Id | Kind::Ref(_) | Kind::Address) => false,
        _ => reads_back(text),
    };
    if bare { text.to_owned() } else { toml_text(text) }
}

/// Whether the bare text is a TOML scalar that flattens to just this text again.
fn reads_back(text: &str) -> bool {
    if text.is_empty() || text.starts_with(['"', '\'', '[', '{']) || text.contains(['#', '\n', '\r']) {
        return false;
    }
    let read = super::read_settings("", 0, &format!("a = {text}"));
    matches!(read.settings.as_slice(), [only] if only.value == text && read.faults.is_empty())
}

fn toml_key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if bare { key.to_owned() } else { toml_text(key) }
}

/// A basic string with everything escaped that must be.
fn toml_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
