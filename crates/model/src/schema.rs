//! The schema: every table and column of a ring, with kind, unit, range and meaning.
//!
//! Reading, checking, writing, editor help and the meaning of an address all follow from these tables of
//! constants; a new column is one line in the file of its table.

use crate::raw::RawTable;
use std::ops::RangeInclusive;

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A name that this row defines: letters, digits, `_`, `-`, `.`; at most 40.
    Id,
    /// Free text.
    Text,
    /// A name defined in one of these tables (`partners` and `customers` stand in `ring.toml`).
    Ref(&'static [&'static str]),
    /// Names separated by `;`, each defined in one of these tables.
    Refs(&'static [&'static str]),
    /// A whole number in a range.
    Count(i64, i64),
    /// A plain decimal in a range.
    Number(f64, f64),
    /// Money in the ring's currency, two decimals.
    Money(f64, f64),
    /// Minutes, three decimals.
    Minutes(f64, f64),
    /// Pieces, three decimals.
    Quantity(f64, f64),
    /// A share in `0..=1`.
    Share,
    /// A day, `2027-01-31`.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Words of this list separated by `;`.
    Choices(&'static [&'static str]),
    /// Weekdays, `mon-fri`.
    Weekdays,
    /// A time of day, `06:30`.
    Clock,
    /// The address of a value.
    Address,
    /// What an outage stops: `site:x`, `supplier:x`, `lane:x` or `zone:x`.
    Target,
}

/// Whether a value must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be there, or an assumption must give a range for it.
    Required,
    /// It may be absent, and absence means something of its own.
    Optional,
    /// When absent, this is taken.
    Default(&'static str),
}

/// A column of a table or a setting of `ring.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// Unit as shown, empty when it has none.
    pub unit: &'static str,
    /// Meaning, one sentence.
    pub doc: &'static str,
}

/// A column that must be filled.
#[must_use]
pub const fn required(name: &'static str, kind: Kind, unit: &'static str, doc: &'static str) -> Column {
    Column { name, kind, need: Need::Required, unit, doc }
}

/// A column that may be empty.
#[must_use]
pub const fn optional(name: &'static str, kind: Kind, unit: &'static str, doc: &'static str) -> Column {
    Column { name, kind, need: Need::Optional, unit, doc }
}

/// A column that has a default.
#[must_use]
pub const fn default(
    name: &'static str,
    kind: Kind,
    value: &'static str,
    unit: &'static str,
    doc: &'static str,
) -> Column {
    Column { name, kind, need: Need::Default(value), unit, doc }
}

/// A table of the ring.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name; the file is `name.csv`, the sheet `name`.
    pub name: &'static str,
    /// Columns that make up the key, in order.
    pub key: &'static [&'static str],
    /// Whether the ring cannot do without it.
    pub need: Need,
    /// Meaning, one sentence.
    pub doc: &'static str,
    /// Columns in the order they are written.
    pub columns: &'static [Column],
}

impl Table {
    /// The column of a name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.name == name)
    }

    /// The key of a row as written, columns joined with `:`.
    #[must_use]
    pub fn key_of(&self, raw: &RawTable, row: usize) -> String {
        let parts: Vec<&str> = self.key.iter().map(|k| raw.cell(row, k).unwrap_or("").trim()).collect();
        parts.join(":")
    }

    /// The row with a key.
    #[must_use]
    pub fn find_row(&self, raw: &RawTable, key: &str) -> Option<usize> {
        let columns: Vec<Option<usize>> = self.key.iter().map(|name| raw.column(name)).collect();
        // The parts of the key one after the other, without putting together the key of every row.
        let is_row = |cells: &Vec<String>| {
            let parts = columns.iter().map(|at| at.map_or("", |at| cells[at].trim()));
            let rest = parts.enumerate().try_fold(key, |rest, (at, part)| {
                let rest = if at > 0 { rest.strip_prefix(':')? } else { rest };
                rest.strip_prefix(part)
            });
            rest == Some("")
        };
        raw.rows.iter().position(is_row)
    }
}

impl Kind {
    /// The value of a text as a plain number, for kinds that have one; days since 1970-01-01 for dates.
    #[must_use]
    pub fn number_of(&self, text: &str) -> Option<f64> {
        match self {
            Self::Count(..) => units::parse_scaled(text, 0).ok().map(|v| v as f64),
            Self::Money(..) => text.parse::<units::Money>().ok().map(units::Money::as_f64),
            Self::Minutes(..) => text.parse::<units::Minutes>().ok().map(units::Minutes::as_f64),
            Self::Quantity(..) => text.parse::<units::Quantity>().ok().map(units::Quantity::as_f64),
            Self::Number(..) | Self::Share => parse_float(text),
            Self::Date => text.parse::<units::Date>().ok().map(|d| d.days_since(epoch()) as f64),
            _ => None,
        }
    }

    /// False when a text is certainly not of this kind: not a number in range, not one of the words. Names are not looked up.
    #[must_use]
    pub fn may_be(&self, text: &str) -> bool {
        match self {
            Self::Choice(words) => words.contains(&text),
            _ => self.range().is_none_or(|range| self.number_of(text).is_some_and(|v| range.contains(&v))),
        }
    }

    /// A number as the text that a cell of this kind holds, rounded to what the kind keeps and held in its range.
    #[must_use]
    pub fn text_of(&self, value: f64) -> Option<String> {
        let range = self.range()?;
        let value = value.clamp(*range.start(), *range.end());
        Some(match self {
            Self::Count(..) => format!("{}", value.round()),
            Self::Money(..) => units::Money::from_f64(value).to_string(),
            Self::Minutes(..) => units::Minutes::from_f64(value).to_string(),
            Self::Quantity(..) => units::Quantity::from_f64(value).to_string(),
            Self::Date => epoch().plus_days(value.round() as i64).to_string(),
            _ => format!("{value}"),
        })
    }

    /// The range of kinds that have one.
    #[must_use]
    pub fn range(&self) -> Option<RangeInclusive<f64>> {
        match *self {
            Self::Count(low, high) => Some(low as f64..=high as f64),
            Self::Number(low, high) | Self::Money(low, high) | Self::Minutes(low, high) | Self::Quantity(low, high) => {
                Some(low..=high)
            }
            Self::Share => Some(0.0..=1.0),
            Self::Date => Some(-25_567.0..=84_005.0),
            _ => None,
        }
    }
}

/// A plain finite decimal; no exponent, no `NaN`.
#[must_use]
pub fn parse_float(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    text.parse::<f64>().ok().filter(|v| plain && v.is_finite())
}

fn epoch() -> units::Date {
    units::Date::new(1970, 1, 1).expect("a day in range")
}

/// All tables, in the order they are written.
pub const TABLES: &[Table] = &[
    crate::tables::items::TABLE,
    crate::tables::revisions::TABLE,
    crate::tables::bom::TABLE,
    crate::tables::parts::TABLE,
    crate::tables::tasks::TABLE,
    crate::tables::task_parts::TABLE,
    crate::tables::zoning::TABLE,
    crate::tables::today::TABLE,
    crate::tables::equipment::TABLE,
    crate::tables::sites::TABLE,
    crate::tables::capability::TABLE,
    crate::tables::lanes::TABLE,
    crate::tables::supply::TABLE,
    crate::tables::workforce::TABLE,
    crate::tables::people::TABLE,
    crate::tables::calendars::TABLE,
    crate::tables::outages::TABLE,
    crate::tables::recovery::TABLE,
    crate::tables::demand::TABLE,
    crate::tables::exercises::TABLE,
    crate::tables::opening::TABLE,
    crate::tables::under_way::TABLE,
    crate::tables::standing_sites::TABLE,
    crate::tables::standing_lines::TABLE,
    crate::tables::kept::TABLE,
    crate::tables::safety_stock::TABLE,
    crate::tables::gates::TABLE,
    crate::tables::decisions::TABLE,
    crate::tables::readiness::TABLE,
    crate::tables::alternatives::TABLE,
    crate::tables::assumptions::TABLE,
];

/// The table of a name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.name == name)
}
