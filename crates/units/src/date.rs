//! Calendar days and sets of weekdays.

use jiff::civil;
use std::fmt;
use std::str::FromStr;

/// A calendar day, 1900-01-01 to 2199-12-31, written `2027-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day of a year, month (1-12) and day of month; `None` when there is no such day or it is out of range.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1900..=2199).contains(&year) {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Days from `earlier` to this day; negative when this day comes first.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.number() - earlier.number()
    }

    /// The day `days` later (earlier when negative), held at the ends of the range.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let day = self.0.saturating_add(jiff::Span::new().days(days.clamp(-200_000, 200_000)));
        Self(day.clamp(civil::date(1900, 1, 1), civil::date(2199, 12, 31)))
    }

    /// The day of the week, Monday 0 to Sunday 6.
    #[must_use]
    pub fn weekday(self) -> usize {
        self.0.weekday().to_monday_zero_offset() as usize
    }

    /// Year, month 1-12, day of month 1-31.
    #[must_use]
    pub fn ymd(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// Days since 1970-01-01.
    fn number(self) -> i64 {
        let (y, m, d) = (i64::from(self.0.year()), i64::from(self.0.month()), i64::from(self.0.day()));
        // Days before the year, before the month (March first), then the day of the month.
        let year = y - i64::from(m <= 2);
        let month = (m + 9) % 12;
        365 * year + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + d - 1 - 719_468
    }
}

impl FromStr for Date {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "this is not a day between 1900-01-01 and 2199-12-31 written like 2027-01-31";
        let text = text.trim();
        if text.len() != 10 {
            return Err(wrong);
        }
        let day: civil::Date = text.parse().map_err(|_| wrong)?;
        Self::new(day.year(), day.month(), day.day()).ok_or(wrong)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

/// A set of weekdays, written `mon-fri`, `sat` or `mon;wed;fri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Weekdays(u8);

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Weekdays {
    /// All seven days.
    pub const ALL: Self = Self(0x7f);

    /// True when the set holds this weekday, Monday 0 to Sunday 6.
    #[must_use]
    pub fn contains(self, weekday: usize) -> bool {
        weekday < 7 && self.0 & (1 << weekday) != 0
    }

    /// How many days the set holds, 0-7.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// True when the set holds no day.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromStr for Weekdays {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "these are not weekdays written like mon-fri or mon;wed;sat";
        let day = |name: &str| NAMES.iter().position(|n| n.eq_ignore_ascii_case(name.trim())).ok_or(wrong);
        let mut set = 0u8;
        for part in text.split(';') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (day(first)?, day(last)?);
            let mut at = first;
            set |= 1 << at;
            while at != last {
                at = (at + 1) % 7;
                set |= 1 << at;
            }
        }
        Ok(Self(set))
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<&str> = (0..7).filter(|d| self.contains(*d)).map(|d| NAMES[d]).collect();
        f.pad(&days.join(";"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn counts_days_over_a_leap_day_and_a_century() {
        assert_eq!(day("2028-03-01").days_since(day("2028-02-28")), 2);
        assert_eq!(day("2100-03-01").days_since(day("2100-02-28")), 1);
        assert_eq!(day("1970-01-01").number(), 0);
        let mut at = day("1999-12-31");
        for step in 1..1000 {
            at = at.plus_days(1);
            assert_eq!(at.days_since(day("1999-12-31")), step);
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for text in ["2027-02-29", "2027-13-01", "27-01-01", "2027-1-1", "1899-12-31", "tomorrow"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn weekdays_wrap_and_read_back() {
        let set: Weekdays = "sat-mon".parse().expect("days");
        assert_eq!((set.len(), set.to_string()), (3, "mon;sat;sun".to_owned()));
        assert!(day("2027-01-04").weekday() == 0 && "fri;mo".parse::<Weekdays>().is_err());
    }
}
