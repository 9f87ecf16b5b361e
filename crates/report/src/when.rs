//! Periods as words and as labels of a time axis.

use crate::chart::Mark;
use crate::fmt::int;
use model::settings::Settings;
use units::Date;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day as `5 Oct 2027`, kept on one line.
#[must_use]
pub fn day(date: Date) -> String {
    let (year, month, day) = date.ymd();
    format!("{day}\u{a0}{}\u{a0}{year}", month_name(month))
}

/// Three letters of a month, from 1.
pub(crate) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("?")
}

/// The word for a period of so many days.
#[must_use]
pub fn period_word(days: i64) -> &'static str {
    match days {
        1 => "day",
        7 => "week",
        28..=31 => "month",
        _ => "period",
    }
}

/// Names periods of one ring.
#[derive(Clone, Copy, Debug)]
pub struct When<'a>(pub &'a Settings);

impl When<'_> {
    /// The word for one period.
    #[must_use]
    pub fn word(&self) -> &'static str {
        period_word(self.0.period_days)
    }

    /// `week 31`, counted from 1.
    #[must_use]
    pub fn name(&self, period: usize) -> String {
        format!("{}\u{a0}{}", self.word(), int(i64::try_from(period + 1).unwrap_or(i64::MAX)))
    }

    /// `week 31 (5 Oct 2027)`.
    #[must_use]
    pub fn dated(&self, period: usize) -> String {
        format!("{} ({})", self.name(period), day(self.0.first_day(period)))
    }

    /// All names, for tables.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        (0..self.0.n_periods).map(|t| self.dated(t)).collect()
    }

    /// The first period of every month, with the year where it changes.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut last = None;
        for at in 0..self.0.n_periods {
            let (year, month, day) = self.0.first_day(at).ymd();
            if last.is_none_or(|(y, m)| (y, m) != (year, month)) {
                let starts_month = at == 0 || day <= 15;
                let label = if last.is_none_or(|(y, _)| y != year) {
                    format!("{} {year}", month_name(month))
                } else {
                    month_name(month).to_owned()
                };
                if starts_month {
                    marks.push(Mark { at, label });
                }
                last = Some((year, month));
            }
        }
        marks
    }
}
