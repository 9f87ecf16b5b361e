//! Writes a ring as one workbook that a person can fill in: named, explained and held to the schema's words.

use super::SETTINGS_SHEET;
use super::cells::number_text;
use diag::{Code, Diagnostic};
use model::raw::{RawRing, RawTable};
use model::schema::{Column, Kind, Need, table as schema_of};
use model::settings::spec_of;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError,
};

/// Rows below the last that a drop-down list still covers.
const ROWS_TO_FILL: u32 = 1_000;

/// Longest list of words that a drop-down list can hold, as the format limits it.
const LIST_CHARS_MAX: usize = 255;

/// The ring as the bytes of an `.xlsx` file; the same ring gives the same bytes.
///
/// # Errors
/// RW0501 when a cell, sheet or table does not fit the format.
pub fn write_workbook(raw: &RawRing) -> Result<Vec<u8>, Box<Diagnostic>> {
    build(raw).map_err(|error| {
        let fact = format!("the ring does not fit a workbook: {error}");
        Box::new(Diagnostic::error(Code(501), fact, "shorten what does not fit, or keep the ring as a folder"))
    })
}

fn build(raw: &RawRing) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day instead of a clock: equal rings give equal bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Ring").set_creation_datetime(&made));
    let looks = Looks::new();
    settings_sheet(book.add_worksheet(), raw, &looks)?;
    for table in &raw.tables {
        table_sheet(book.add_worksheet(), table, &looks)?;
    }
    book.save_to_buffer()
}

struct Looks {
    needed: Format,
    other: Format,
    date: Format,
    text: Format,
    wrapped: Format,
}

impl Looks {
    fn new() -> Self {
        let header = Format::new().set_bold().set_font_color(Color::White).set_align(FormatAlign::Top);
        Self {
            needed: header.clone().set_background_color(Color::RGB(0x1F_4E_5F)),
            other: header.set_background_color(Color::RGB(0x6B_7F_8A)),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            text: Format::new().set_num_format("@"),
            wrapped: Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

fn settings_sheet(sheet: &mut Worksheet, raw: &RawRing, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(SETTINGS_SHEET)?;
    for (column, name) in (0..).zip(["path", "value"]) {
        sheet.write_with_format(0, column, name, &looks.needed)?;
    }
    sheet.insert_note(0, 0, &note("Dotted path of a setting, as in ring.toml."))?;
    sheet.insert_note(0, 1, &note("Its value; the words of a list are separated by semicolons."))?;
    for (row, setting) in (1..).zip(&raw.settings) {
        sheet.write_with_format(row, 0, &setting.path, &looks.text)?;
        let spec = spec_of(&setting.path);
        write_value(sheet, row, 1, &setting.value, spec.map(|s| s.kind), looks)?;
    }
    let widths = [0, 1].map(|c| width(raw.settings.iter().map(|s| if c == 0 { &s.path } else { &s.value })));
    sheet.set_column_width(0, widths[0])?.set_column_width(1, widths[1])?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn table_sheet(sheet: &mut Worksheet, table: &RawTable, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(&table.name)?;
    let schema = schema_of(&table.name);
    let rows = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let mut keys = 0;
    for (i, name) in table.columns.iter().enumerate() {
        let column = u16::try_from(i).map_err(|_| XlsxError::RowColumnLimitError)?;
        let spec = schema.and_then(|s| s.column(name));
        let needed = spec.is_some_and(|s| s.need == Need::Required);
        sheet.write_with_format(0, column, name, if needed { &looks.needed } else { &looks.other })?;
        for (row, cells) in (1..).zip(&table.rows) {
            write_value(sheet, row, column, &cells[i], spec.map(|s| s.kind), looks)?;
        }
        if let Some(spec) = spec {
            sheet.insert_note(0, column, &note(&meaning(spec)))?;
            word_list(sheet, column, rows, spec)?;
        }
        sheet.set_column_width(column, width(std::iter::once(name).chain(table.rows.iter().map(|r| &r[i]))))?;
        keys += u16::from(schema.is_some_and(|s| s.key.contains(&name.as_str())) && usize::from(keys) == i);
    }
    sheet.set_freeze_panes(1, keys.min(3))?;
    if rows > 0 && !table.columns.is_empty() {
        let last = u16::try_from(table.columns.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

/// Writes a value as what it is, as long as it reads back as the same text; otherwise as text.
fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    kind: Option<Kind>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    match kind {
        Some(
            kind @ (Kind::Count(..)
            | Kind::Number(..)
            | Kind::Money(..)
            | Kind::Minutes(..)
            | Kind::Quantity(..)
            | Kind::Share),
        ) => {
            if let Some(number) = kind.number_of(text).filter(|n| number_text(*n) == text) {
                sheet.write_number(row, column, number)?;
                return Ok(());
            }
        }
        Some(Kind::Date) => {
            if let Some(day) = text.parse::<units::Date>().ok().filter(|d| d.to_string() == text && d.ymd().0 > 1900) {
                let (year, month, day) = day.ymd();
                let day = ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())?;
                sheet.write_with_format(row, column, &day, &looks.date)?;
                return Ok(());
            }
        }
        _ => {}
    }
    let format = if text.contains('\n') { &looks.wrapped } else { &looks.text };
    sheet.write_string_with_format(row, column, text, format)?;
    Ok(())
}

/// What a column means, for the note on its header.
fn meaning(column: &Column) -> String {
    let mut text = column.doc.to_owned();
    if !column.unit.is_empty() {
        text.push_str(&format!("\nUnit: {}.", column.unit));
    }
    if let Some(range) = column.kind.range().filter(|_| column.kind != Kind::Date) {
        text.push_str(&format!("\nFrom {} to {}.", range.start(), range.end()));
    }
    match column.kind {
        Kind::Choice(words) => text.push_str(&format!("\nOne of: {}.", words.join(", "))),
        Kind::Choices(words) => text.push_str(&format!("\nAny of: {}; separated by semicolons.", words.join(", "))),
        Kind::Ref(of) => text.push_str(&format!("\nA name from {}.", of.join(" or "))),
        Kind::Refs(of) => text.push_str(&format!("\nNames from {}, separated by semicolons.", of.join(" or "))),
        Kind::Date => text.push_str("\nA day such as 2027-01-31."),
        Kind::Clock => text.push_str("\nA time of day such as 06:30."),
        _ => {}
    }
    match column.need {
        Need::Required => text.push_str("\nMust be given, or an assumption must give a range."),
        Need::Optional => text.push_str("\nMay be empty."),
        Need::Default("") => text.push_str("\nMay be empty."),
        Need::Default(value) => text.push_str(&format!("\nWhen empty: {value}.")),
    }
    text
}

fn note(text: &str) -> Note {
    let lines = text.lines().map(|l| l.chars().count() / 40 + 1).sum::<usize>();
    let height = u32::try_from(lines * 16 + 16).unwrap_or(400).clamp(60, 400);
    Note::new(text).add_author_prefix(false).set_width(300).set_height(height)
}

/// A drop-down list for a column of words.
fn word_list(sheet: &mut Worksheet, column: u16, rows: u32, spec: &Column) -> Result<(), XlsxError> {
    let Kind::Choice(words) = spec.kind else { return Ok(()) };
    if words.join(",").len() > LIST_CHARS_MAX {
        return Ok(());
    }
    let list = DataValidation::new().allow_list_strings(words)?;
    sheet.add_data_validation(1, column, rows + ROWS_TO_FILL, column, &list)?;
    Ok(())
}

/// Width that shows most texts of a column, in characters.
fn width<'a>(texts: impl Iterator<Item = &'a String>) -> f64 {
    let longest = texts.map(|t| t.lines().map(|l| l.chars().count()).max().unwrap_or(0)).max().unwrap_or(0);
    f64::from(u32::try_from(longest.clamp(6, 48)).unwrap_or(48)) + 3.0
}
