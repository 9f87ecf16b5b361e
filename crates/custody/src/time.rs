//! Moments as events tell them: milliseconds of UTC, and the offset of the clock on the wall.

use std::fmt;

use units::Date;

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds. Days before 1900 and after 2199 are shown as the first and
/// the last one.
pub type Millis = i64;

const DAY_MS: i64 = 86_400_000;

/// A moment and the offset it was told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The moment.
    pub ms: Millis,
    /// Minutes that the local clock is ahead of UTC, -840 to 840.
    pub offset_min: i16,
}

fn epoch() -> Date {
    Date::new(1970, 1, 1).expect("a date of the calendar")
}

/// Digits of a fixed place of a text as a number.
fn digits(text: &str, from: usize, to: usize) -> Option<i64> {
    let part = text.get(from..to)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
}

/// Reads an offset such as `+01:00`, `-14:00` or `Z`.
#[must_use]
pub fn read_offset(text: &str) -> Option<i16> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if text.len() != 6 || text.as_bytes()[3] != b':' {
        return None;
    }
    let (hours, minutes) = (digits(text, 1, 3)?, digits(text, 4, 6)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 840).then(|| i16::try_from(sign * total).ok())?
}

/// An offset as EPCIS writes it, such as `+01:00`.
#[must_use]
pub fn show_offset(offset_min: i16) -> String {
    let sign = if offset_min < 0 { '-' } else { '+' };
    let minutes = offset_min.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Stamp {
    /// Reads a time of RFC 3339 with its offset, such as `2026-03-01T10:00:00.5+01:00`; the seconds may be left out.
    /// Parts of a millisecond are rounded half up, as the event hash of CBV 2.0 wants.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() < 17 || bytes[4] != b'-' || bytes[7] != b'-' || bytes[13] != b':' {
            return None;
        }
        if !matches!(bytes[10], b'T' | b't' | b' ') {
            return None;
        }
        let date = Date::new(
            i16::try_from(digits(text, 0, 4)?).ok()?,
            i8::try_from(digits(text, 5, 7)?).ok()?,
            i8::try_from(digits(text, 8, 10)?).ok()?,
        )?;
        let (hour, minute) = (digits(text, 11, 13)?, digits(text, 14, 16)?);
        let mut rest = text.get(16..)?;
        let mut ms = 0;
        if let Some(after) = rest.strip_prefix(':') {
            let second = digits(after, 0, 2)?;
            if second > 59 {
                return None;
            }
            ms = second * 1000;
            rest = after.get(2..)?;
            if let Some(after) = rest.strip_prefix('.') {
                let n = after.bytes().take_while(u8::is_ascii_digit).count();
                let fraction = after.get(..n)?;
                if n == 0 {
                    return None;
                }
                let thousandths = format!("{fraction:0<4}");
                ms += (digits(&thousandths, 0, 4)? + 5) / 10;
                rest = after.get(n..)?;
            }
        }
        let offset_min = read_offset(rest)?;
        if hour > 23 || minute > 59 {
            return None;
        }
        let local = date.days_since(epoch()) * DAY_MS + hour * 3_600_000 + minute * 60_000 + ms;
        Some(Self { ms: local - i64::from(offset_min) * 60_000, offset_min })
    }
}

/// A moment in UTC, such as `2026-03-01T09:00:00.500Z`.
#[must_use]
pub fn show_utc(ms: Millis) -> String {
    format!("{}Z", local(ms))
}

fn local(ms: i64) -> String {
    let (days, within) = (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS));
    let (year, month, day) = epoch().plus_days(days).ymd();
    let (hour, minute) = (within / 3_600_000, within / 60_000 % 60);
    let (second, thousandth) = (within / 1000 % 60, within % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{thousandth:03}")
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Records of others may claim any moment.
        f.write_str(&local(self.ms.saturating_add(i64::from(self.offset_min) * 60_000)))?;
        f.write_str(&show_offset(self.offset_min))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_and_show() {
        let stamp = Stamp::read("2020-03-04T11:00:30.000+01:00").unwrap();
        assert_eq!(show_utc(stamp.ms), "2020-03-04T10:00:30.000Z");
        assert_eq!(stamp.to_string(), "2020-03-04T11:00:30.000+01:00");
        assert_eq!(Stamp::read("2023-02-02T11:04:03.1415Z").unwrap().ms % 1000, 142);
        assert_eq!(Stamp::read("2023-02-02T11:04:03.1414Z").unwrap().ms % 1000, 141);
        assert_eq!(Stamp::read("1969-12-31T23:59:59.999Z").unwrap().ms, -1);
        assert_eq!(Stamp { ms: i64::MAX, offset_min: i16::MAX }.to_string().get(..10), Some("2199-12-31"));
        assert_eq!(Stamp::read("2026-01-01T00:00-14:00").unwrap().ms, Stamp::read("2026-01-01T14:00:00Z").unwrap().ms);
        for bad in ["2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00+15:00"]
        {
            assert_eq!(Stamp::read(bad), None, "{bad}");
        }
    }
}
