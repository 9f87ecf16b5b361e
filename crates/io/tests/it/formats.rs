//! The reference in `docs/formats.md` is what the schema says.

use crate::common::{assert_stored, top};
use model::schema::{Column, Kind, Need, TABLES};
use model::settings::SETTINGS;
use std::fmt::Write as _;

/// The line below which the page is written from the schema.
const MARK: &str = "<!-- What follows is written from the schema";

#[test]
fn the_reference_follows_the_schema() {
    let path = top().join("docs/formats.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let at = page.find(MARK).expect("the page has its mark");
    let end = at + page[at..].find('\n').expect("the mark ends its line") + 1;
    let actual = format!("{}{}", &page[..end], reference());
    assert_stored(&path, &actual).unwrap();
}

fn reference() -> String {
    let mut text = "\n## Settings of `ring.toml`\n\n`*` stands for a name of your own.\n\n".to_owned();
    columns(&mut text, "setting", SETTINGS);
    text.push_str("\n## Tables\n\n");
    for table in TABLES {
        let must = if table.need == Need::Required { "must be there" } else { "may be absent" };
        writeln!(text, "### `{}.csv`\n\n{} Key: {}; {must}.\n", table.name, table.doc, words(table.key)).unwrap();
        columns(&mut text, "column", table.columns);
        text.push('\n');
    }
    format!("{}\n", text.trim_end())
}

fn columns(text: &mut String, head: &str, columns: &[Column]) {
    writeln!(text, "| {head} | holds | unit | when empty | meaning |\n|---|---|---|---|---|").unwrap();
    for column in columns {
        let empty = match column.need {
            Need::Required if column.kind.range().is_some() => "a fault, or an assumption's mode".to_owned(),
            Need::Required => "a fault".to_owned(),
            Need::Optional | Need::Default("") => "nothing".to_owned(),
            Need::Default(value) => format!("`{value}`"),
        };
        writeln!(text, "| `{}` | {} | {} | {empty} | {} |", column.name, holds(&column.kind), column.unit, column.doc)
            .unwrap();
    }
}

fn words(list: &[&str]) -> String {
    list.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn holds(kind: &Kind) -> String {
    let range = |low: f64, high: f64| format!("{low} to {high}");
    match *kind {
        Kind::Id => "a name it defines".into(),
        Kind::Text => "text".into(),
        Kind::Ref(of) => format!("a name from {}", words(of)),
        Kind::Refs(of) => format!("names from {}", words(of)),
        Kind::Count(low, high) => format!("whole number, {low} to {high}"),
        Kind::Number(low, high) => format!("number, {}", range(low, high)),
        Kind::Money(low, high) => format!("money, {}", range(low, high)),
        Kind::Minutes(low, high) => format!("minutes, {}", range(low, high)),
        Kind::Quantity(low, high) => format!("quantity, {}", range(low, high)),
        Kind::Share => "share, 0 to 1".into(),
        Kind::Date => "day".into(),
        Kind::Choice(of) => format!("one of {}", words(of)),
        Kind::Choices(of) => format!("any of {}", words(of)),
        Kind::Weekdays => "weekdays".into(),
        Kind::Clock => "time of day".into(),
        Kind::Address => "address".into(),
        Kind::Target => "`site:x`, `supplier:x`, `lane:x` or `zone:x`".into(),
    }
}
