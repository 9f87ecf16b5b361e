//! Exact decimal text to scaled integers and back; no float ever touches an amount that is read.

use std::fmt;

/// Why a text is not a number of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseNumberError {
    /// The text is empty.
    Empty,
    /// The text has a character that no decimal number has (`NaN`, `inf`, `1.2e5` and `1,5` land here).
    NotDecimal,
    /// More digits after the point than the unit keeps; holds the digits kept.
    TooFine(u32),
    /// The value does not fit the integer behind the unit.
    TooLarge,
}

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing is written here"),
            Self::NotDecimal => f.write_str("this is not a decimal number such as 12 or 0.85"),
            Self::TooFine(digits) => write!(f, "more than {digits} digits after the point"),
            Self::TooLarge => f.write_str("the number is too large to be counted"),
        }
    }
}

impl std::error::Error for ParseNumberError {}

/// Reads a plain decimal (`-12.50`) as an integer count of `10^-digits`.
///
/// Trailing zeros past `digits` are accepted; any other finer digit is an error, never a rounding.
///
/// # Errors
/// [`ParseNumberError`] says which rule the text breaks.
///
/// ```
/// assert_eq!(units::parse_scaled("12.5", 3), Ok(12_500));
/// assert!(units::parse_scaled("1e3", 3).is_err());
/// ```
pub fn parse_scaled(text: &str, digits: u32) -> Result<i64, ParseNumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ParseNumberError::Empty);
    }
    let (negative, body) = match text.as_bytes()[0] {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(ParseNumberError::NotDecimal);
    }
    let kept = fraction.len().min(digits as usize);
    if fraction[kept..].bytes().any(|b| b != b'0') {
        return Err(ParseNumberError::TooFine(digits));
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n(b'0', digits as usize - kept);
    for digit in whole.bytes().chain(fraction[..kept].bytes()).chain(padding) {
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(i64::from(digit - b'0')))
            .ok_or(ParseNumberError::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

/// Writes a scaled integer as the shortest plain decimal that reads back to the same value.
#[must_use]
pub fn show_scaled(value: i64, digits: u32) -> String {
    let scale = 10u64.pow(digits);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (magnitude / scale, magnitude % scale);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{part:0width$}", width = digits as usize);
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        for value in [0, 1, -1, 999, 1000, -12_345, i64::MAX, i64::MIN + 1] {
            assert_eq!(parse_scaled(&show_scaled(value, 3), 3), Ok(value));
        }
    }

    #[test]
    fn refuses_everything_that_is_not_a_plain_decimal() {
        for text in ["NaN", "inf", "1e3", "1,5", "0x10", ".", "-", "1.2.3", "١"] {
            assert_eq!(parse_scaled(text, 3), Err(ParseNumberError::NotDecimal), "{text}");
        }
        assert_eq!(parse_scaled("0.0001", 3), Err(ParseNumberError::TooFine(3)));
        assert_eq!(parse_scaled("9223372036854775808", 0), Err(ParseNumberError::TooLarge));
        assert_eq!(parse_scaled("  ", 0), Err(ParseNumberError::Empty));
    }
}
