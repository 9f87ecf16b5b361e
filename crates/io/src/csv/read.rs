//! Reads one comma-separated table, collecting every fault and keeping where every row stands.

use super::scan::{FIELDS_MAX, Field, FieldFault, Scanner};
use crate::limits::Limits;
use diag::{Code, Diagnostic, Place};
use model::raw::RawTable;
use std::collections::BTreeMap;

/// A table as read, with where its records start and which rows cannot be trusted.
#[derive(Debug, Default)]
pub(crate) struct TableRead {
    pub(crate) table: RawTable,
    pub(crate) header: u32,
    pub(crate) rows: Vec<u32>,
    /// Rows, from 0, whose cells may stand in the wrong columns.
    pub(crate) damaged: Vec<usize>,
    pub(crate) faults: Vec<Diagnostic>,
    /// Whether reading ended before the table did.
    pub(crate) cut: bool,
}

/// Reads a table's text; `file` is the name it is shown by, `cells_left` what the ring may still hold.
pub(crate) fn read_table(name: &str, file: &str, text: &str, limits: &Limits, cells_left: usize) -> TableRead {
    let mut reader = Reader { file, text, limits, read: TableRead::default() };
    reader.read.table.name = name.to_owned();
    reader.run(cells_left);
    reader.read
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    limits: &'t Limits,
    read: TableRead,
}

impl Reader<'_> {
    fn run(&mut self, cells_left: usize) {
        let mut scanner = Scanner::new(self.text, 0, 1);
        let mut fields = Vec::new();
        scanner.skip_blank();
        let (start, _) = scanner.position();
        if !scanner.record(&mut fields) {
            let name = &self.read.table.name;
            let fault = Diagnostic::error(
                Code(5),
                format!("`{name}` is empty"),
                "write a header line with the column names, or remove the table",
            );
            self.read.faults.push(fault.at(self.span(0, 0), "no header here"));
            self.read.cut = true;
            return;
        }
        if !self.header(start, &fields) {
            self.read.cut = true;
            return;
        }
        let width = self.read.table.columns.len();
        let rows_max = self.limits.rows.min(cells_left / width);
        while scanner.skip_blank() {
            let (start, _) = scanner.position();
            scanner.record(&mut fields);
            if self.read.rows.len() >= rows_max {
                self.too_many(start, rows_max);
                return;
            }
            if !self.row(start, &fields) || self.read.faults.len() > self.limits.faults {
                self.read.cut = true;
                return;
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Place {
        Place::Span { file: self.file.to_owned(), start, end }
    }

    fn fault(&mut self, field: &Field, code: u16, fact: String, help: impl Into<String>, label: &str) {
        let place = self.span(field.span.start, field.span.end.max(field.span.start + 1));
        self.read.faults.push(Diagnostic::error(Code(code), fact, help).at(place, label));
    }

    /// Takes the header; false when no row below it could be understood.
    fn header(&mut self, start: usize, fields: &[Field]) -> bool {
        self.read.header = offset(start);
        if fields.len() > self.limits.columns {
            let fact = format!("the header names more than {} columns", self.limits.columns);
            self.fault(
                &fields[self.limits.columns],
                9,
                fact,
                "remove the columns that the table does not use",
                "one too many",
            );
            return false;
        }
        if let [only] = fields
            && let Some(other) = only.text(self.text).chars().find(|c| matches!(c, ';' | '\t'))
        {
            let other = if other == ';' { "semicolons" } else { "tabs" };
            let fact = format!("the columns are separated by {other}");
            self.fault(only, 5, fact, "save the table with commas between the columns", "one column only");
            return false;
        }
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut good = true;
        for (i, field) in fields.iter().enumerate() {
            good &= self.well_written(field);
            let name = field.text(self.text).trim().to_owned();
            if name.is_empty() {
                let fact = format!("column {} has no name", i + 1);
                self.fault(field, 5, fact, "name the column, or remove it", "no name here");
            } else if let Some(before) = first.get(&name) {
                let before = &fields[*before].span;
                let place = self.span(before.start, before.end);
                let fact = format!("the column `{name}` stands twice in the header");
                self.fault(field, 6, fact, "keep one of the two columns", "again here");
                if let Some(last) = self.read.faults.pop() {
                    self.read.faults.push(last.at(place, "first here"));
                }
            } else {
                first.insert(name.clone(), i);
            }
            self.read.table.columns.push(name);
        }
        good
    }

    /// Takes one row; false when nothing after it could be understood.
    fn row(&mut self, start: usize, fields: &[Field]) -> bool {
        if fields.iter().all(|f| f.fault.is_none() && f.text(self.text).is_empty()) && fields.len() > 1 {
            return true;
        }
        let before = self.read.faults.len();
        // Every field is checked, also those after a faulty one.
        let faulty = fields.iter().filter(|field| !self.well_written(field)).count();
        let width = self.read.table.columns.len();
        if faulty == 0 && fields.len() != width {
            self.wrong_width(fields, width);
        }
        if self.read.faults.len() > before {
            self.read.damaged.push(self.read.rows.len());
        }
        let mut cells: Vec<String> = fields.iter().take(width).map(|f| f.text(self.text).into_owned()).collect();
        cells.resize(width, String::new());
        self.read.table.rows.push(cells);
        self.read.rows.push(offset(start));
        fields.iter().all(|f| f.fault != Some(FieldFault::NeverClosed))
    }

    fn wrong_width(&mut self, fields: &[Field], width: usize) {
        let values = |n: usize| match n {
            1 => "1 value".to_owned(),
            FIELDS_MAX => format!("{n} values or more"),
            _ => format!("{n} values"),
        };
        let fact = format!("this row has {} and the header {width}", values(fields.len()));
        if fields.len() > width {
            let help = "remove the values that are too many; a text with a comma in it goes in double quotes";
            self.fault(&fields[width], 5, fact, help, "one too many");
        } else {
            let help = format!(
                "add {}; a value that is not known is left empty between two commas",
                values(width - fields.len())
            );
            self.fault(&fields[fields.len() - 1], 5, fact, help, "the row ends here");
        }
    }

    /// Checks how a field is written; false when it is wrong in itself.
    fn well_written(&mut self, field: &Field) -> bool {
        match field.fault {
            Some(FieldFault::NeverClosed) => self.fault(
                field,
                5,
                "a quoted text is never closed".into(),
                "close it with a double quote; a double quote inside the text is written twice",
                "opens here",
            ),
            Some(FieldFault::TextAfterQuote) => self.fault(
                field,
                5,
                "something follows the closing quote".into(),
                "put the whole text in double quotes; a double quote inside it is written twice",
                "this field",
            ),
            Some(FieldFault::QuoteInside) => self.fault(
                field,
                5,
                "a double quote stands inside a bare text".into(),
                "put the whole text in double quotes and write the inner double quote twice",
                "this field",
            ),
            None => return self.well_filled(field),
        }
        false
    }

    fn well_filled(&mut self, field: &Field) -> bool {
        let text = field.text(self.text);
        if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            let fact = format!("a cell holds the control character U+{:04X}", u32::from(control));
            self.fault(field, 5, fact, "remove the character", "in this cell");
            return false;
        }
        let short = text.len() <= self.limits.cell_chars || text.chars().count() <= self.limits.cell_chars;
        if !short {
            let fact = format!("a cell holds more than {} characters", self.limits.cell_chars);
            self.fault(field, 5, fact, "shorten the text", "this cell");
        }
        short
    }

    fn too_many(&mut self, start: usize, rows_max: usize) {
        let name = &self.read.table.name;
        let (fact, help) = if rows_max == self.limits.rows {
            (
                format!("`{name}` has more than {rows_max} rows"),
                "a ring is planned by period, not by event: sum the rows up, or split the ring".to_owned(),
            )
        } else {
            (
                format!("the ring has more than {} cells", self.limits.cells),
                format!("reading stopped in `{name}`; remove rows or columns that are not used"),
            )
        };
        let place = self.span(start, start + 1);
        self.read.faults.push(Diagnostic::error(Code(9), fact, help).at(place, "the first row too many"));
        self.read.cut = true;
    }
}

/// Offsets fit 32 bits because files are capped far below.
fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("file_bytes keeps offsets below 4 GiB")
}
