//! A table on the page: caption, headed rows and columns, numbers aligned by their digits.

use crate::html::{Html, esc};
use core::fmt::Write as _;

/// A column's head and how its cells stand.
#[derive(Clone, Debug)]
pub struct Column {
    head: String,
    is_number: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn text(head: impl Into<String>) -> Self {
        Self { head: head.into(), is_number: false }
    }

    /// A column of numbers, aligned right; name the unit in the head.
    #[must_use]
    pub fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), is_number: true }
    }
}

/// One cell: markup and, where something links to it, its anchor.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    body: Html,
    id: Option<String>,
}

impl Cell {
    /// A cell that other parts of the page may link to.
    #[must_use]
    pub fn anchored(body: Html, id: String) -> Self {
        Self { body, id: Some(id) }
    }
}

impl From<Html> for Cell {
    fn from(body: Html) -> Self {
        Self { body, id: None }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Html::text(text).into()
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Html::text(text).into()
    }
}

/// A table; the first cell of each row heads it.
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    total: bool,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { caption: caption.into(), columns, rows: Vec::new(), total: false }
    }

    /// Appends a row, padded or cut to the number of columns.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Self {
        let mut row: Vec<Cell> = cells.into_iter().map(Into::into).collect();
        debug_assert_eq!(row.len(), self.columns.len(), "row of table {}", self.caption);
        row.resize_with(self.columns.len(), Cell::default);
        self.rows.push(row);
        self
    }

    /// The last row is a total.
    pub fn with_total(&mut self) -> &mut Self {
        self.total = true;
        self
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the table is about.
    #[must_use]
    pub fn caption(&self) -> &str {
        &self.caption
    }

    /// The table in a frame that scrolls sideways on narrow screens.
    #[must_use]
    pub fn html(&self) -> Html {
        let mut out = String::with_capacity(256 + self.rows.len() * 64);
        let _ = write!(
            out,
            "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{0}\"><table><caption>{0}</caption>\n<thead><tr>",
            esc(&self.caption)
        );
        for c in &self.columns {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", number_class(c), esc(&c.head));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for (i, row) in self.rows.iter().enumerate() {
            out.push_str(if self.total && i + 1 == self.rows.len() { "<tr class=\"total\">" } else { "<tr>" });
            for (j, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
                let id = cell.id.as_deref().map(|id| format!(" id=\"{}\"", esc(id))).unwrap_or_default();
                let (name, scope) = if j == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                let _ = write!(out, "<{name}{scope}{}{id}>{}</{name}>", cell_class(column, &cell.body), cell.body);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>\n");
        Html::trusted(out)
    }

    /// The table folded away under `summary`.
    #[must_use]
    pub fn folded(&self, summary: &str) -> Html {
        Html::trusted(format!("<details class=\"twin\"><summary>{}</summary>{}</details>\n", esc(summary), self.html()))
    }
}

/// Letters from which a cell asks for room.
const LONG: usize = 26;

/// The class of a cell: numbers stand right, long text asks for room so that it does not run down the page.
fn cell_class(column: &Column, body: &Html) -> &'static str {
    if column.is_number {
        return " class=\"n\"";
    }
    let mut is_tag = false;
    let letters = body.as_str().chars().filter(|c| {
        let shown = !is_tag && *c != '<';
        is_tag = (is_tag || *c == '<') && *c != '>';
        shown
    });
    if letters.count() > LONG { " class=\"w\"" } else { "" }
}

fn number_class(column: &Column) -> &'static str {
    if column.is_number { " class=\"n\"" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_escaped_and_headed() {
        let mut t = Table::new("A <b>", vec![Column::text("Name"), Column::number("Minutes")]);
        t.row([Cell::from("x<y"), Cell::anchored(Html::text("4"), "in-a".into())]);
        let html = t.html().to_string();
        assert!(html.contains("<caption>A &lt;b&gt;</caption>"));
        assert!(html.contains("<th scope=\"row\">x&lt;y</th><td class=\"n\" id=\"in-a\">4</td>"));
    }
}
