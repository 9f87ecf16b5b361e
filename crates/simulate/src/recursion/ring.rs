//! The last so many rows of a sequence.

use super::lanes::Row;

/// Rows written one after another; those further back than its length are forgotten. Before the first, all are zero:
/// nothing has happened before the line began.
#[derive(Debug)]
pub(super) struct Past {
    rows: Vec<Row>,
    next: usize,
}

impl Past {
    /// Remembers `length >= 1` rows.
    pub(super) fn new(length: usize) -> Self {
        Self { rows: vec![Row::ZERO; length.max(1)], next: 0 }
    }

    #[inline(always)]
    pub(super) fn push(&mut self, row: Row) {
        self.rows[self.next] = row;
        self.next += 1;
        if self.next == self.rows.len() {
            self.next = 0;
        }
    }

    /// The row written `lag + 1` rows ago; `lag < length`.
    #[inline(always)]
    pub(super) fn back(&self, lag: usize) -> &Row {
        debug_assert!(lag < self.rows.len());
        let at = self.next + self.rows.len() - 1 - lag;
        &self.rows[if at >= self.rows.len() { at - self.rows.len() } else { at }]
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::LANES;
    use super::*;

    #[test]
    fn remembers_the_last_rows_and_zero_before_them() {
        let mut past = Past::new(3);
        assert_eq!(*past.back(2), Row::ZERO);
        for k in 1..=5 {
            past.push(Row([f64::from(k); LANES]));
        }
        assert_eq!([0, 1, 2].map(|lag| past.back(lag).0[0]), [5.0, 4.0, 3.0]);
    }
}
