//! Result tables as one workbook: a first sheet that says what is where and what it was made from.

use diag::{Code, Diagnostic};
use model::results::Provenance;
use model::results::table::{Cell, ResultColumn, ResultTable};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Longest name a sheet can have.
const SHEET_NAME_MAX: usize = 31;

/// All tables as the bytes of an `.xlsx` file; the same tables give the same bytes.
///
/// # Errors
/// RW0501 when a table does not fit the format.
pub fn results_workbook(tables: &[ResultTable], provenance: &Provenance) -> Result<Vec<u8>, Box<Diagnostic>> {
    build(tables, provenance).map_err(|error| {
        let fact = format!("the results do not fit a workbook: {error}");
        Box::new(Diagnostic::error(Code(501), fact, "use the CSV files, which have no such limit"))
    })
}

fn build(tables: &[ResultTable], provenance: &Provenance) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day instead of a clock: equal results give equal bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Results").set_creation_datetime(&made));
    let header = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x1F_4E_5F))
        .set_align(FormatAlign::Top);
    let names = sheet_names(tables);
    about(book.add_worksheet(), tables, &names, provenance, &header)?;
    for (table, name) in tables.iter().zip(&names) {
        sheet(book.add_worksheet().set_name(name)?, table, &header)?;
    }
    book.save_to_buffer()
}

/// Names that a workbook takes: short, without its forbidden characters, no two alike.
fn sheet_names(tables: &[ResultTable]) -> Vec<String> {
    let mut taken = BTreeSet::from(["about".to_owned()]);
    let mut names = Vec::new();
    for table in tables {
        let clean: String = table.name.chars().map(|c| if "[]:*?/\\'".contains(c) { '_' } else { c }).collect();
        let mut name: String = clean.chars().take(SHEET_NAME_MAX).collect();
        for n in 2.. {
            if !name.is_empty() && taken.insert(name.to_lowercase()) {
                break;
            }
            let end = format!("~{n}");
            name = clean.chars().take(SHEET_NAME_MAX - end.len()).collect::<String>() + &end;
        }
        names.push(name);
    }
    names
}

fn about(
    sheet: &mut Worksheet,
    tables: &[ResultTable],
    names: &[String],
    provenance: &Provenance,
    header: &Format,
) -> Result<(), XlsxError> {
    sheet.set_name("about")?.set_column_width(0, 34)?.set_column_width(1, 90)?;
    let mut row = 0;
    let mut section = |sheet: &mut Worksheet, title: &str, lines: &[(String, String)]| -> Result<(), XlsxError> {
        sheet.write_with_format(row, 0, title, header)?.write_with_format(row, 1, "", header)?;
        for (name, value) in lines {
            row += 1;
            sheet.write(row, 0, name)?.write(row, 1, value)?;
        }
        row += 2;
        Ok(())
    };
    let sheets: Vec<_> = names.iter().zip(tables).map(|(name, table)| (name.clone(), table.doc.clone())).collect();
    section(sheet, "Sheets", &sheets)?;
    let made = [("program".to_owned(), provenance.version.clone()), ("seed".to_owned(), provenance.seed.to_string())];
    section(sheet, "Made by", &made)?;
    section(sheet, "Options", &provenance.options)?;
    section(sheet, "Inputs, SHA-256", &provenance.inputs)
}

fn sheet(sheet: &mut Worksheet, table: &ResultTable, header: &Format) -> Result<(), XlsxError> {
    for (i, column) in table.columns.iter().enumerate() {
        let at = u16::try_from(i).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.write_with_format(0, at, &column.name, header)?;
        sheet.insert_note(0, at, &note(column))?;
        let mut widest = column.name.chars().count();
        for (row, cells) in (1..).zip(&table.rows) {
            widest = widest.max(write(sheet, row, at, &cells[i])?);
        }
        sheet.set_column_width(at, f64::from(u8::try_from(widest.clamp(6, 60)).unwrap_or(60)) + 3.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let rows = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    if rows > 0 && !table.columns.is_empty() {
        let last = u16::try_from(table.columns.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

/// Writes a cell and says how many characters it shows.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<usize, XlsxError> {
    match cell {
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Number { value, decimals } if value.is_finite() => {
            let format = if *decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(*decimals)) };
            sheet.write_number_with_format(row, column, *value, &Format::new().set_num_format(format))?;
        }
        Cell::Number { .. } | Cell::Empty => {}
    }
    Ok(cell.text().chars().count())
}

fn note(column: &ResultColumn) -> Note {
    let unit = if column.unit.is_empty() { String::new() } else { format!("\nUnit: {}.", column.unit) };
    Note::new(format!("{}{unit}", column.doc)).add_author_prefix(false).set_width(260).set_height(90)
}
