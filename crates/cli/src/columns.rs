//! Tables of text: columns as wide as their widest cell, numbers to the right.

/// A table being set.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    rows: Vec<Vec<String>>,
}

impl Columns {
    /// A table with a heading.
    pub(crate) fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(|&h| h.to_owned()).collect()] }
    }

    /// A table without a heading.
    pub(crate) fn bare() -> Self {
        Self::default()
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The same, its last column cut where lines would be longer than `width`.
    pub(crate) fn cut(mut self, width: usize) -> Self {
        let n = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |i: usize| self.rows.iter().filter_map(|r| r.get(i)).map(|c| c.chars().count()).max().unwrap_or(0);
        let before: usize = (0..n.saturating_sub(1)).map(|i| wide(i) + 2).sum();
        let room = width.saturating_sub(before).max(8);
        for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(n.saturating_sub(1))) {
            if cell.chars().count() > room {
                *cell = cell.chars().take(room - 1).chain(['\u{2026}']).collect();
            }
        }
        self
    }

    /// The table as lines, two blanks between columns, indented by `indent`.
    pub(crate) fn text(&self, indent: usize) -> String {
        let n = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, i: usize| row.get(i).cloned().unwrap_or_default();
        let width = |i: usize| self.rows.iter().map(|r| cell(r, i).chars().count()).max().unwrap_or(0);
        let body = || self.rows.iter().skip(1);
        let right = |i: usize| self.rows.len() > 1 && body().all(|r| is_number(&cell(r, i)));
        let layout: Vec<(usize, bool)> = (0..n).map(|i| (width(i), right(i))).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for (i, (width, right)) in layout.iter().enumerate() {
                let shown = cell(row, i);
                let blanks = " ".repeat(width - shown.chars().count());
                let gap = if i == 0 { "" } else { "  " };
                line += &if *right { format!("{gap}{blanks}{shown}") } else { format!("{gap}{shown}{blanks}") };
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Whether a cell reads as a number, perhaps with a unit sign or a dash for none.
fn is_number(cell: &str) -> bool {
    let first = cell.chars().next();
    first.is_none_or(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '<' | '>' | '\u{2013}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let mut table = Columns::new(&["item", "stations"]);
        table.row(["SV5".to_owned(), "7".to_owned()]);
        table.row(["wing set".to_owned(), "12".to_owned()]);
        let expected = "  item      stations\n  SV5              7\n  wing set        12\n";
        assert_eq!(table.text(2), expected);
    }
}
