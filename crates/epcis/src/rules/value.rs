//! Rules of single values: names, words, times, identifiers.

use crate::context::Context;
use crate::identifier::{malformed_urn, wrong_check_digit};
use crate::json::{Json, Member, Value};
use crate::read::Faults;
use crate::vocabulary;
use custody::time::{Stamp, read_offset};

/// RW0745 and RW0746: a name is one of the standard's or has a declared namespace; so have all names inside it.
pub(crate) fn check_names(member: &Member, known: &[&str], context: &Context, faults: &mut Faults<'_>) {
    let name = member.name.as_str();
    if name.starts_with('@') {
        return;
    }
    match name.split_once(':') {
        None => {
            let near = diag::nearest(name, known.iter().copied());
            let help = near.map_or_else(
                || {
                    format!(
                        "a field of your own has a namespace: declare a prefix in `@context` and write `prefix:{name}`"
                    )
                },
                |near| format!("did you mean `{near}`?"),
            );
            faults.at(745, &member.at, format!("`{name}` is not a field of the standard"), help);
        }
        // A name that is a URI itself needs no prefix.
        Some((scheme, rest)) if rest.starts_with("//") || matches!(scheme, "urn" | "http" | "https") => {}
        Some((prefix, _)) if context.prefix(prefix).is_none() => {
            let help = format!("add `{{ \"{prefix}\": \"https://...\" }}` to `@context`");
            faults.at(746, &member.at, format!("the prefix `{prefix}` is not declared"), help);
        }
        Some(_) => {}
    }
}

/// RW0748: a text.
pub(crate) fn text<'a>(json: &'a Json, what: &str, faults: &mut Faults<'_>) -> Option<&'a str> {
    let text = json.text();
    if text.is_none() {
        faults.at(748, &json.at, format!("this is {}, wanted is {what}", json.kind()), format!("write {what}"));
    }
    text
}

/// RW0747: a time with its offset.
pub(crate) fn check_rw0747_time(json: &Json, faults: &mut Faults<'_>) {
    let Some(written) = text(json, "a time", faults) else { return };
    if Stamp::read(written).is_none() {
        let help = "write date, time and offset, such as `2026-03-01T10:00:00.000+01:00`";
        faults.at(747, &json.at, format!("`{written}` is not a time with its offset"), help);
    }
}

/// RW0747: an offset.
pub(crate) fn check_rw0747_offset(json: &Json, faults: &mut Faults<'_>) {
    let Some(written) = text(json, "an offset", faults) else { return };
    if read_offset(written).is_none() || !written.starts_with(['+', '-']) {
        faults.at(747, &json.at, format!("`{written}` is not an offset"), "write hours and minutes, such as `+01:00`");
    }
}

/// RW0748: a URI, and RW0749: with the right check digit where it is one of GS1's keys.
pub(crate) fn check_uri(json: &Json, context: &Context, faults: &mut Faults<'_>) {
    let Some(written) = text(json, "a URI", faults) else { return };
    let scheme = written.split_once(':').map(|(scheme, _)| scheme);
    let fits = scheme.is_some_and(|s| s.starts_with(|c: char| c.is_ascii_alphabetic()))
        && !written.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'));
    if !fits {
        faults.at(
            748,
            &json.at,
            format!("`{written}` is not a URI"),
            "write an identifier such as `https://...` or `urn:...`",
        );
    } else if let Some(why) = malformed_urn(written) {
        faults.at(748, &json.at, format!("`{written}` {why}"), "compare it with the EPC Tag Data Standard");
    }
    check_rw0749_check_digit(&context.expanded_value(written), json, faults);
}

/// RW0749: a wrong check digit.
fn check_rw0749_check_digit(written: &str, json: &Json, faults: &mut Faults<'_>) {
    if let Some((digits, is, should)) = wrong_check_digit(written) {
        let fact = format!("the check digit of `{digits}` is {is} and should be {should}");
        faults.at(749, &json.at, fact, "look for a mistyped or swapped digit and ask the sender");
    }
}

/// RW0744: a word of the vocabulary, or a URI of somebody's own.
pub(crate) fn check_rw0744_word(json: &Json, words: &str, what: &str, context: &Context, faults: &mut Faults<'_>) {
    let Some(written) = text(json, what, faults) else { return };
    let full = vocabulary::modern(&context.expanded_value(written));
    let ours =
        ["https://ref.gs1.org/cbv/", "https://gs1.org/voc/", "https://ref.gs1.org/voc/", "https://www.gs1.org/voc/"];
    let word = match ours.iter().find_map(|namespace| full.strip_prefix(namespace)) {
        // Words of the vocabulary carry their kind, as in `BizStep-shipping`; measurements do not.
        Some(local) => match local.split_once('-') {
            Some((_, word)) => word,
            None if full.contains("/voc/") => local,
            None => return,
        },
        // Anything else with a scheme is a URI of somebody's own.
        None if full.contains(':') => return,
        None => &full,
    };
    if !vocabulary::has(words, word) {
        let near = diag::nearest(word, words.split(' '));
        let help = near.map_or_else(
            || format!("write a word of the vocabulary, or {what} of your own as a URI"),
            |near| format!("did you mean `{near}`?"),
        );
        faults.at(744, &json.at, format!("`{written}` is not {what}"), help);
    }
}

/// RW0748: a number.
pub(crate) fn check_number(json: &Json, faults: &mut Faults<'_>) {
    if !matches!(json.value, Value::Number(_)) {
        faults.at(
            748,
            &json.at,
            format!("this is {}, wanted is a number", json.kind()),
            "write a number without quotation marks",
        );
    }
}
