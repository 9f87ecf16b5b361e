//! What the columns and rows of a program stand for, so that a basis of one program can serve another that is much alike.

use crate::build::Build;
use crate::coarse::{Coarse, Place};
use crate::key::{Group, Key, Series};

/// A row by what it says: a series in a period or block, or a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RowName {
    In(Series, usize),
    Of(Group),
}

/// Columns and rows by name; those of the same name are told apart by their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    cols: Vec<(Key, u32)>,
    rows: Vec<(RowName, u32)>,
}

/// Where the columns and rows of a program stand in another; none for those that it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) cols: Vec<Option<u32>>,
    pub(crate) rows: Vec<Option<u32>>,
}

impl Names {
    /// Of columns with these keys and these rows of a ring's program.
    pub(crate) fn new(build: &Build<'_>, keys: &[Key], rows: &[usize]) -> Self {
        let name = |row: &usize| build.series()[*row].map_or(RowName::Of(build.groups()[*row]), in_series);
        Self { cols: numbered(keys.iter().copied()), rows: numbered(rows.iter().map(name)) }
    }

    /// Of the same program over blocks of periods.
    pub(crate) fn over_blocks(&self, coarse: &Coarse) -> Self {
        let name = |place: &Place| match place {
            Place::Block(series, block) => RowName::In(*series, *block),
            Place::Own(row) => self.rows[*row].0,
        };
        Self { cols: numbered(coarse.keys().iter().copied()), rows: numbered(coarse.rows().iter().map(name)) }
    }

    /// Where these stand in another program.
    pub(crate) fn places_in(&self, other: &Self) -> Places {
        Places { cols: places(&self.cols, &other.cols), rows: places(&self.rows, &other.rows) }
    }
}

fn in_series((series, at): (Series, usize)) -> RowName {
    RowName::In(series, at)
}

fn numbered<N: Ord + Copy>(names: impl Iterator<Item = N>) -> Vec<(N, u32)> {
    let mut names: Vec<(N, u32)> = names.map(|name| (name, 0)).collect();
    let order = sorted(&names, |at| (names[at as usize].0, at));
    for pair in order.windows(2) {
        let (before, at) = (pair[0] as usize, pair[1] as usize);
        if names[before].0 == names[at].0 {
            names[at].1 = names[before].1 + 1;
        }
    }
    names
}

fn places<N: Ord + Copy>(own: &[N], other: &[N]) -> Vec<Option<u32>> {
    let mut others = sorted(other, |at| other[at as usize]).into_iter().peekable();
    let mut places = vec![None; own.len()];
    // Both in order of the names: one walk through both finds all.
    for at in sorted(own, |at| own[at as usize]) {
        let name = own[at as usize];
        while others.next_if(|o| other[*o as usize] < name).is_some() {}
        places[at as usize] = others.peek().copied().filter(|o| other[*o as usize] == name);
    }
    places
}

/// Positions of a list in order of a key that no two of them share.
fn sorted<N, K: Ord>(list: &[N], key: impl Fn(u32) -> K) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(list.len()).collect();
    order.sort_unstable_by_key(|at| key(*at));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_twice_keep_their_order() {
        let (own, other) = (numbered([4, 7, 4, 9].into_iter()), numbered([4, 9, 4, 4].into_iter()));
        assert_eq!(places(&own, &other), [Some(0), None, Some(2), Some(1)]);
    }
}
