//! One sheet of a workbook, cell by cell, as comma-separated text that remembers its rows and columns.

use super::cells::cell_text;
use super::read::{RESAVE, whole};
use crate::csv::csv_field;
use crate::limits::{Limits, megabytes};
use crate::locate::column_letters;
use crate::raw_read::RawRead;
use crate::source::Sheet;
use calamine::Xlsx;
use diag::{Code, Diagnostic};
use std::io::Cursor;

/// What the ring may still hold.
pub(super) struct Left {
    /// Cells.
    pub(super) cells: usize,
    /// Bytes of text.
    pub(super) bytes: u64,
}

/// One sheet as comma-separated text; `None` with a fault when it cannot be read.
pub(super) fn take_sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    limits: &Limits,
    left: &mut Left,
    read: &mut RawRead,
) -> Option<(String, Sheet)> {
    let shown = read.sources.shown.clone();
    let mut builder = SheetText {
        name,
        limits,
        text: String::new(),
        sheet: Sheet { name: name.to_owned(), ..Sheet::default() },
        faults: Vec::new(),
        row: Vec::new(),
        row_number: 0,
        cells: 0,
        bytes_max: left.bytes,
    };
    let result = builder.fill(book, left.cells);
    left.bytes -= (builder.text.len() as u64).min(left.bytes);
    for (code, fact, help, cell) in builder.faults {
        let text = format!("{name}!{cell}");
        let fault = Diagnostic::error(Code(code), format!("{fact} (cell {text})"), help).at(whole(&shown), "");
        if read.faults.len() <= limits.faults {
            read.faults.push(fault);
        }
    }
    match result {
        Ok(()) => Some((builder.text, builder.sheet)),
        Err((code, fact, help)) => {
            read.unreadable(Diagnostic::error(Code(code), fact, help).at(whole(&shown), ""));
            None
        }
    }
}

type Stop = (u16, String, String);

/// A sheet being written out as comma-separated text.
struct SheetText<'a> {
    name: &'a str,
    limits: &'a Limits,
    text: String,
    sheet: Sheet,
    /// Code, fact, help, cell.
    faults: Vec<(u16, String, &'static str, String)>,
    /// Cells of the row being gathered: column of the sheet, text.
    row: Vec<(u32, String)>,
    /// Its number in the sheet, from 0.
    row_number: u32,
    cells: usize,
    bytes_max: u64,
}

impl SheetText<'_> {
    fn fill(&mut self, book: &mut Xlsx<Cursor<Vec<u8>>>, cells_max: usize) -> Result<(), Stop> {
        let name = self.name;
        let broken =
            |error: calamine::XlsxError| (7, format!("the sheet `{name}` cannot be read: {error}"), RESAVE.to_owned());
        let mut reader = book.worksheet_cells_reader(self.name).map_err(broken)?;
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let text = match cell_text(cell.get_value()) {
                Ok(text) => text,
                Err(error) => {
                    let at = format!("{}{}", column_letters(column), row + 1);
                    self.faults.push((
                        7,
                        format!("a cell holds the error `{error}`"),
                        "mend the formula, or write the value itself",
                        at,
                    ));
                    String::new()
                }
            };
            if text.is_empty() {
                continue;
            }
            if row < self.row_number
                || (row == self.row_number && self.row.last().is_some_and(|(before, _)| *before >= column))
            {
                return Err((
                    7,
                    format!("the cells of the sheet `{name}` are out of order at row {}", row + 1),
                    RESAVE.to_owned(),
                ));
            }
            if row > self.row_number {
                self.end_row()?;
                self.row_number = row;
            }
            self.cells += 1;
            self.row.push((column, text));
            if self.cells > cells_max {
                return Err((
                    9,
                    format!("the workbook has more than {} cells", self.limits.cells),
                    format!("reading stopped in the sheet `{name}`; remove rows or columns that are not used"),
                ));
            }
        }
        self.end_row()
    }

    /// Writes out the gathered row; the first one is the header and says which columns count.
    fn end_row(&mut self) -> Result<(), Stop> {
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            return Ok(());
        }
        if self.sheet.columns.is_empty() {
            self.sheet.columns = row.iter().map(|(column, _)| *column).collect();
        } else if self.sheet.rows.len() > self.limits.rows {
            return Err((
                9,
                format!("`{}` has more than {} rows", self.name, self.limits.rows),
                "a ring is planned by period, not by event: sum the rows up, or split the ring".to_owned(),
            ));
        }
        let number = self.row_number + 1;
        let at = u32::try_from(self.text.len()).expect("ring_bytes keeps offsets below 4 GiB");
        self.sheet.rows.push((at, number));
        let mut cells = row.iter().peekable();
        for i in 0..self.sheet.columns.len() {
            let column = self.sheet.columns[i];
            while let Some((stray, _)) = cells.next_if(|(c, _)| *c < column) {
                self.stray(*stray, number);
            }
            if i > 0 {
                self.text.push(',');
            }
            if let Some((_, text)) = cells.next_if(|(c, _)| *c == column) {
                self.text.push_str(&csv_field(text));
            }
        }
        cells.for_each(|(stray, _)| self.faults.push(stray_fault(*stray, number)));
        if self.sheet.columns.len() == 1 && self.text.len() == at as usize {
            self.text.push_str("\"\"");
        }
        self.text.push('\n');
        if self.text.len() as u64 > self.bytes_max {
            return Err((
                2,
                format!("the texts of the workbook are larger than {}", megabytes(self.limits.ring_bytes)),
                format!("reading stopped in the sheet `{}`; shorten its texts", self.name),
            ));
        }
        Ok(())
    }

    fn stray(&mut self, column: u32, row: u32) {
        if self.faults.len() <= self.limits.faults {
            self.faults.push(stray_fault(column, row));
        }
    }
}

fn stray_fault(column: u32, row: u32) -> (u16, String, &'static str, String) {
    let letters = column_letters(column);
    (
        5,
        format!("a value stands in column {letters}, which the header does not name"),
        "name the column in the header, or clear the cell",
        format!("{letters}{row}"),
    )
}
