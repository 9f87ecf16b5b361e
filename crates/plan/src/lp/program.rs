//! A program as data: columns with cost and bounds, rows of terms.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Col(u32);

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row(u32);

impl Col {
    /// The column of a position.
    pub(crate) fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("columns are counted in 32 bits"))
    }

    /// Position, from 0.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Row {
    /// The row of a position.
    pub(crate) fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("rows are counted in 32 bits"))
    }

    /// Position, from 0.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ColData {
    pub(crate) cost: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) whole: bool,
}

/// Minimise the cost of columns within their bounds, subject to rows `low <= sum of terms <= high`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Program {
    cols: Vec<ColData>,
    bounds: Vec<(f64, f64)>,
    starts: Vec<usize>,
    terms: Vec<(Col, f64)>,
}

impl Program {
    /// Adds a column that takes real values.
    pub(crate) fn real(&mut self, cost: f64, low: f64, high: f64) -> Col {
        self.push(ColData { cost, low, high, whole: false })
    }

    /// Adds a column that takes whole values.
    pub(crate) fn whole(&mut self, cost: f64, low: f64, high: f64) -> Col {
        self.push(ColData { cost, low, high, whole: true })
    }

    fn push(&mut self, data: ColData) -> Col {
        self.cols.push(data);
        Col(u32::try_from(self.cols.len() - 1).expect("fewer than 2^32 columns fit into memory"))
    }

    /// Adds a row; terms of the same column are added up, zero terms dropped.
    pub(crate) fn row(&mut self, low: f64, high: f64, terms: impl IntoIterator<Item = (Col, f64)>) -> Row {
        let mut row: Vec<(Col, f64)> = terms.into_iter().collect();
        row.sort_by_key(|(col, _)| *col);
        self.starts.push(self.terms.len());
        let first = self.terms.len();
        for (col, factor) in row {
            match self.terms[first..].last_mut() {
                Some(last) if last.0 == col => last.1 += factor,
                _ => self.terms.push((col, factor)),
            }
        }
        let mut kept = first;
        for at in first..self.terms.len() {
            if self.terms[at].1 != 0.0 {
                self.terms[kept] = self.terms[at];
                kept += 1;
            }
        }
        self.terms.truncate(kept);
        self.bounds.push((low, high));
        Row(u32::try_from(self.bounds.len() - 1).expect("fewer than 2^32 rows fit into memory"))
    }

    /// Adds to the cost of a column.
    pub(crate) fn add_cost(&mut self, col: Col, cost: f64) {
        self.cols[col.index()].cost += cost;
    }

    /// Replaces the cost of a column.
    pub(crate) fn set_cost(&mut self, col: Col, cost: f64) {
        self.cols[col.index()].cost = cost;
    }

    /// Lets a column take real values.
    pub(crate) fn set_real(&mut self, col: Col) {
        self.cols[col.index()].whole = false;
    }

    /// Replaces the bounds of a column.
    pub(crate) fn set_bounds(&mut self, col: Col, low: f64, high: f64) {
        let data = &mut self.cols[col.index()];
        (data.low, data.high) = (low, high);
    }

    /// Replaces the bounds of a row.
    pub(crate) fn set_row(&mut self, row: Row, low: f64, high: f64) {
        self.bounds[row.index()] = (low, high);
    }

    /// The same with every column real.
    pub(crate) fn relaxed(&self) -> Self {
        let mut relaxed = self.clone();
        relaxed.cols.iter_mut().for_each(|c| c.whole = false);
        relaxed
    }

    pub(crate) fn cols(&self) -> &[ColData] {
        &self.cols
    }

    pub(crate) fn bounds(&self) -> &[(f64, f64)] {
        &self.bounds
    }

    /// The terms of a row.
    pub(crate) fn terms(&self, row: usize) -> &[(Col, f64)] {
        let end = self.starts.get(row + 1).copied().unwrap_or(self.terms.len());
        &self.terms[self.starts[row]..end]
    }

    /// Terms in all.
    pub(crate) fn n_terms(&self) -> usize {
        self.terms.len()
    }

    /// Cost of a point.
    #[cfg(test)]
    pub(crate) fn cost(&self, point: &[f64]) -> f64 {
        self.cols.iter().zip(point).map(|(c, x)| c.cost * x).sum()
    }

    /// The farthest a point is from a bound, a row or a whole value, relative to the size of what it breaks.
    ///
    /// HiGHS 1.13 and later have an open report of wrong answers; no point is used before it passes here.
    pub(crate) fn violation(&self, point: &[f64]) -> f64 {
        let beyond = |x: f64, low: f64, high: f64| (low - x).max(x - high).max(0.0);
        let mut worst: f64 = 0.0;
        for (data, x) in self.cols.iter().zip(point) {
            let scale = 1.0 + x.abs();
            worst = worst.max(beyond(*x, data.low, data.high) / scale);
            if data.whole {
                worst = worst.max((x - x.round()).abs());
            }
        }
        for (row, (low, high)) in self.bounds.iter().enumerate() {
            let terms = self.terms(row);
            let sum: f64 = terms.iter().map(|(c, f)| f * point[c.index()]).sum();
            let size: f64 = terms.iter().map(|(c, f)| (f * point[c.index()]).abs()).fold(1.0, f64::max);
            worst = worst.max(beyond(sum, *low, *high) / size);
        }
        worst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_what_a_point_breaks() {
        let mut program = Program::default();
        let a = program.whole(1.0, 0.0, 3.0);
        let b = program.real(2.0, 0.0, f64::INFINITY);
        program.row(2.0, 2.0, [(a, 1.0), (b, 1.0), (b, 1.0), (a, 0.0)]);
        assert_eq!(program.terms(0), [(a, 1.0), (b, 2.0)]);
        assert_eq!(program.violation(&[2.0, 0.0]), 0.0);
        assert!(program.violation(&[2.0, 0.1]) > 0.05);
        assert!(program.violation(&[1.5, 0.25]) > 0.4, "a half is not whole");
        assert!(program.violation(&[4.0, -1.0]) > 0.1);
        assert_eq!(program.cost(&[2.0, 1.0]), 4.0);
    }
}
