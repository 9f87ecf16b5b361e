//! Tables of text: columns as wide as their widest cell, numbers to the right.

/// A table being set.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    rows: Vec<Vec<String>>,
    headed: bool,
}

impl Columns {
    /// A table with a heading.
    pub(crate) fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(|&h| h.to_owned()).collect()], headed: true }
    }

    /// A table without a heading.
    pub(crate) fn bare() -> Self {
        Self::default()
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as lines of at most `width` columns, indented by `indent`, two blanks between columns.
    /// Columns of numbers stand to the right; what is too long in the last column goes on below it.
    pub(crate) fn text(&self, indent: usize, width: usize) -> String {
        let n = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, i: usize| row.get(i).cloned().unwrap_or_default();
        let widest = |i: usize| self.rows.iter().map(|r| cell(r, i).chars().count()).max().unwrap_or(0);
        let body = || self.rows.iter().skip(usize::from(self.headed));
        let right = |i: usize| body().any(|r| has_digit(&cell(r, i))) && body().all(|r| is_number(&cell(r, i)));
        let layout: Vec<(usize, bool)> = (0..n).map(|i| (widest(i), right(i))).collect();
        let before: usize = layout.iter().take(n.saturating_sub(1)).map(|(width, _)| width + 2).sum();
        let hang = indent + before;
        let room = width.saturating_sub(hang).max(16);
        let mut text = String::new();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for (i, (width, right)) in layout.iter().enumerate() {
                let shown = cell(row, i);
                let gap = if i == 0 { "" } else { "  " };
                if i + 1 == n && shown.chars().count() > room {
                    line += gap;
                    line += &fold(&shown, room).join(&format!("\n{}", " ".repeat(hang)));
                    continue;
                }
                let blanks = " ".repeat(width.saturating_sub(shown.chars().count()));
                line += &if *right { format!("{gap}{blanks}{shown}") } else { format!("{gap}{shown}{blanks}") };
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A text in lines of at most `room` letters, broken between words where that is possible.
pub(crate) fn fold(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Whether a cell reads as a number, perhaps with a unit, or as a dash for none.
fn is_number(cell: &str) -> bool {
    let first = cell.chars().next();
    first.is_none_or(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '<' | '>'))
}

fn has_digit(cell: &str) -> bool {
    cell.chars().any(|c| c.is_ascii_digit())
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
        assert_eq!(table.text(2, 80), expected);
    }

    #[test]
    fn a_long_last_cell_goes_on_below_itself() {
        let mut table = Columns::new(&["due", "question"]);
        table.row(["-".to_owned(), "how long does the first line take to open".to_owned()]);
        let expected = "due  question\n-    how long does the\n     first line take to\n     open\n";
        assert_eq!(table.text(0, 24), expected);
    }
}
