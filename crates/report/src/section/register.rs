//! The register of inputs: every assumption, and the tables of the ring with an anchor at every cell.

use super::make;
use crate::context::Context;
use crate::coverage::Covered;
use crate::fmt::{count, pct};
use crate::frame::Section;
use crate::html::{Html, anchor};
use crate::part::{Cell, Column, Table, Tone, badge};
use crate::svg::count_f64;
use crate::when::day;
use model::schema::{self, Table as Schema};
use model::tables::assumptions::Grade;
use model::{Address, RawTable};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one table and cells of all tables shown, besides those the page links to.
const ROWS: usize = 140;
const CELLS: usize = 9_000;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    body.push(&coverage(c));
    body.push(&super::sources::block(c));
    body.push(&Html::text("Assumptions").wrap("h3", ""));
    body.push(&assumptions(c));
    body.push(&Html::text("Inputs as they were read").wrap("h3", ""));
    body.para("Every cell has an address, table/key/column; numbers on this page lead here. A letter after a value is the grade of its source and leads to it. \
               Values without one carry no source.");
    let graded: BTreeMap<Address, Grade> = c.ring().assumptions.iter().map(|a| (a.address.clone(), a.grade)).collect();
    let used = c.used();
    body.push(&settings(c, &graded));
    let mut budget = CELLS;
    for schema in schema::TABLES.iter().filter(|t| t.name != "assumptions") {
        if let Some(raw) = c.d.raw.table(schema.name).filter(|t| !t.rows.is_empty()) {
            body.push(&table(schema, raw, &graded, &used, &mut budget, &c.ring().settings.currency));
        }
    }
    make("inputs", "Register of inputs", "Inputs and sources", body)
}

fn grade_letter(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A",
        Grade::B => "B",
        Grade::C => "C",
        Grade::Derived => "D",
        Grade::Assumed => "?",
        Grade::Measured => "M",
    }
}

pub(super) fn grade_words(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A: official, primary or scholarly",
        Grade::B => "B: trade press or reprint",
        Grade::C => "C: blog, forum or vendor page",
        Grade::Derived => "D: derived from graded figures",
        Grade::Assumed => "?: assumed, no source",
        Grade::Measured => "M: measured in this ring",
    }
}

/// A source with its grade spelled out.
fn source_words(source: &str, grade: Grade) -> Html {
    let mut html = Html::text(source);
    html.push_text(" ").push(&Html::text(grade_words(grade)).wrap("span", "who"));
    html
}

/// An address, linked or plain, that may break after its separators.
fn breakable(address: &Html) -> Html {
    let text = address.as_str();
    let start = text.find('>').map_or(0, |i| i + 1);
    let (head, tail) = text.split_at(start);
    let (name, end) = tail.split_at(tail.find("</a>").unwrap_or(tail.len()));
    let mut out = head.to_owned();
    for letter in name.chars() {
        out.push(letter);
        if matches!(letter, '/' | ':' | '.' | '_') {
            out.push_str("<wbr>");
        }
    }
    Html::trusted(out + end)
}

/// How many of the numbers written in the ring carry a source, and of which grade.
fn coverage(c: &Context<'_>) -> Html {
    let tables = crate::coverage::by_table(c.d);
    let sum = |of: fn(&Covered) -> usize| tables.iter().map(of).sum::<usize>();
    let (numbers, sourced, assumed) = (sum(|t| t.numbers), sum(|t| t.sourced), sum(|t| t.assumed));
    let missing = sum(|t| t.missing);
    let share = |n: usize| pct(count_f64(n) / count_f64(numbers.max(1)), 0);
    let mut html = Html::new();
    html.para(&format!(
        "The ring holds {} as written. {} of them ({}) carry a graded source, {} ({}) are recorded as assumptions without one, and {} have no source at all. {} missing and \
         planned with an assumed value.",
        count(numbers, "number or day", "numbers and days"),
        sourced,
        share(sourced),
        assumed,
        share(assumed),
        sum(Covered::bare),
        if missing == 1 { "1 is".to_owned() } else { format!("{missing} are") },
    ));
    html
}

fn assumptions(c: &Context<'_>) -> Html {
    if c.ring().assumptions.is_empty() {
        let mut html = Html::new();
        html.para("None are recorded. Ranges, sources, owners and questions go into assumptions.csv.");
        return html;
    }
    let columns = vec![
        Column::text("Number"),
        Column::number("Planned with"),
        Column::text("Range"),
        Column::text("Source and its grade"),
        Column::text("Question"),
        Column::text("Who can tell"),
        Column::text("Due"),
    ];
    let mut table = Table::new("Ranges and sources, in the order of assumptions.csv", columns);
    for (id, a) in c.ring().assumptions.enumerate() {
        let words = |v: f64| c.value_words(id, v);
        let address = a.address.to_string();
        let mut value = c.input(&a.address, &words(a.mode));
        if a.is_missing {
            value.push_text(" ").push(&badge(Tone::Warn, "missing"));
        }
        let place = breakable(&c.input(&a.address, &address)).wrap("span", "addr");
        table.row([
            Cell::anchored(place, anchor("as", &address)),
            value.into(),
            if a.is_range() { c.range_words(id) } else { "one value".to_owned() }.into(),
            source_words(&a.source, a.grade).into(),
            a.question.as_str().into(),
            c.partner(a.owner).into(),
            a.due.map_or_else(String::new, day).into(),
        ]);
    }
    Html::trusted(format!("<div id=\"inputs-assumptions\">{}</div>\n", table.html()))
}

/// A value with the grade of its source, if it has one.
fn graded_value(value: &str, address: &Address, graded: &BTreeMap<Address, Grade>) -> Html {
    let mut html = if value.trim().is_empty() && graded.contains_key(address) {
        badge(Tone::Warn, "missing")
    } else {
        Html::text(value)
    };
    if let Some(grade) = graded.get(address) {
        let link = format!(
            " <a class=\"grade\" href=\"#{}\" aria-label=\"source, grade {}\">{}</a>",
            anchor("as", &address.to_string()),
            grade_words(*grade),
            grade_letter(*grade)
        );
        html.push(&Html::trusted(link));
    }
    html
}

fn settings(c: &Context<'_>, graded: &BTreeMap<Address, Grade>) -> Html {
    let columns = vec![Column::text("Setting"), Column::text("Value"), Column::text("Unit"), Column::text("Meaning")];
    let mut table = Table::new("ring.toml: settings, partners, customers, gates", columns);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut row = |path: &str, value: &str| {
        let address = Address::setting(path);
        let spec = model::settings::spec_of(path);
        table.row([
            Cell::from(breakable(&Html::text(path)).wrap("span", "addr")),
            Cell::anchored(graded_value(value, &address, graded), anchor("in", &address.to_string())),
            spec.map_or("", |s| s.unit).replace("money", &c.ring().settings.currency).into(),
            spec.map_or("", |s| s.doc).into(),
        ]);
    };
    for s in &c.d.raw.settings {
        if seen.insert(&s.path) {
            row(&s.path, &s.value);
        }
    }
    for address in graded.keys() {
        if let Address::Setting(path) = address
            && seen.insert(path)
        {
            row(path, "");
        }
    }
    folded("ring", &table, c.d.raw.settings.len())
}

fn table(
    schema: &Schema,
    raw: &RawTable,
    graded: &BTreeMap<Address, Grade>,
    used: &BTreeSet<Address>,
    budget: &mut usize,
    currency: &str,
) -> Html {
    let needed: BTreeSet<&str> = graded
        .keys()
        .chain(used)
        .filter_map(|a| match a {
            Address::Cell { table, key, .. } if table == schema.name => Some(key.as_str()),
            _ => None,
        })
        .collect();
    let columns: Vec<&str> = columns_shown(schema, raw, graded, used);
    let head = core::iter::once(Column::text(schema.key.join(":"))).chain(columns.iter().map(|name| {
        let spec = schema.column(name);
        let unit = spec.map_or("", |s| s.unit).replace("money", currency);
        let head = if unit.is_empty() { (*name).to_owned() } else { format!("{name} ({unit})") };
        if spec.is_some_and(|s| s.kind.range().is_some()) { Column::number(head) } else { Column::text(head) }
    }));
    let mut table = Table::new(format!("{}.csv: {}", schema.name, schema.doc), head.collect());
    for row in 0..raw.rows.len() {
        let key = schema.key_of(raw, row);
        let fits = table.len() < ROWS && *budget >= columns.len();
        if !fits && !needed.contains(key.as_str()) {
            continue;
        }
        *budget = budget.saturating_sub(columns.len());
        let cells = columns.iter().map(|name| {
            let address = Address::cell(schema.name, &key, name);
            let value = graded_value(raw.cell(row, name).unwrap_or(""), &address, graded);
            if value.is_empty() && !used.contains(&address) {
                Cell::from("")
            } else {
                Cell::anchored(value, anchor("in", &address.to_string()))
            }
        });
        table.row(core::iter::once(Cell::from(key.as_str())).chain(cells));
    }
    folded(schema.name, &table, raw.rows.len())
}

/// Columns that hold something, key columns apart, and those that an assumption fills.
fn columns_shown(
    schema: &Schema,
    raw: &RawTable,
    graded: &BTreeMap<Address, Grade>,
    used: &BTreeSet<Address>,
) -> Vec<&'static str> {
    let filled = |name: &str| {
        (0..raw.rows.len()).any(|r| raw.cell(r, name).is_some_and(|v| !v.trim().is_empty()))
            || graded
                .keys()
                .chain(used)
                .any(|a| matches!(a, Address::Cell { table, column, .. } if table == schema.name && column == name))
    };
    schema.columns.iter().map(|k| k.name).filter(|n| !schema.key.contains(n) && filled(n)).collect()
}

fn folded(name: &str, table: &Table, rows: usize) -> Html {
    let shown = table.len();
    let file = if name == "ring" { "ring.toml".to_owned() } else { format!("{name}.csv") };
    let more = if shown < rows {
        format!(", {} shown: those the page links to and the first", count(shown, "row", "rows"))
    } else {
        String::new()
    };
    let unit = if name == "ring" { count(rows, "setting", "settings") } else { count(rows, "row", "rows") };
    Html::trusted(format!(
        "<details class=\"keep\" open id=\"inputs-{name}\"><summary>{file}: {unit}{more}</summary>{}</details>\n",
        table.html()
    ))
}
