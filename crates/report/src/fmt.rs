//! Numbers as text: fixed decimals, thin-space groups, the same bytes everywhere.

/// Narrow no-break space between groups of three digits.
const GROUP: char = '\u{202f}';
/// No-break space between a number and its unit.
const UNIT: char = '\u{a0}';
/// True minus sign.
const MINUS: char = '\u{2212}';
/// What stands where a number is not known.
pub const UNKNOWN: &str = "not known";

/// `value` with `places` decimals, digits grouped by three; [`UNKNOWN`] when it is not finite.
///
/// ```
/// assert_eq!(report::fmt::dec(-1234.56, 1), "\u{2212}1\u{202f}234.6");
/// assert_eq!(report::fmt::dec(-0.01, 1), "0.0");
/// ```
#[must_use]
pub fn dec(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return UNKNOWN.to_owned();
    }
    let plain = format!("{:.places$}", value.abs());
    let negative = value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::with_capacity(plain.len() + 4);
    if negative {
        out.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(GROUP);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A whole number, grouped by three.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts on a page are far below 2^53")]
pub fn int(value: i64) -> String {
    dec(value as f64, 0)
}

/// `value` with at most `places` decimals, trailing zeros dropped.
#[must_use]
pub fn short(value: f64, places: usize) -> String {
    let text = dec(value, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A share in \[0, 1\] as per cent with `places` decimals.
#[must_use]
pub fn pct(share: f64, places: usize) -> String {
    if share.is_finite() { unit(&dec(share * 100.0, places), "%") } else { UNKNOWN.to_owned() }
}

/// A share that something is at most, as per cent rounded up to a tenth: a small one does not read as nothing.
#[must_use]
pub fn pct_at_most(share: f64) -> String {
    // A billionth of a tenth is rounding.
    pct((share * 1_000.0 - 1e-9).ceil() / 1_000.0, 1)
}

/// `text` and a unit, kept on one line.
#[must_use]
pub fn unit(text: &str, unit: &str) -> String {
    if text == UNKNOWN || unit.is_empty() { text.to_owned() } else { format!("{text}{UNIT}{unit}") }
}

/// An amount of money in whole `currency`, scaled to thousands or millions.
///
/// ```
/// assert_eq!(report::fmt::money(14_230_000.0, "EUR"), "14.2\u{a0}M\u{a0}EUR");
/// ```
#[must_use]
pub fn money(amount: f64, currency: &str) -> String {
    let size = amount.abs();
    let text = if size >= 99_950_000.0 {
        unit(&dec(amount / 1e6, 0), "M")
    } else if size >= 999_500.0 {
        unit(&dec(amount / 1e6, 1), "M")
    } else if size >= 9_950.0 {
        unit(&dec(amount / 1e3, 0), "k")
    } else {
        dec(amount, 0)
    };
    unit(&text, currency)
}

/// `n` and the word in the right number: `1 site`, `3 sites`.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    let number = i64::try_from(n).map_or_else(|_| UNKNOWN.to_owned(), int);
    unit(&number, if n == 1 { one } else { many })
}

/// A whole number of things held as a real number: `1 piece`, `1 530 pieces`, `2.5 pieces`.
#[must_use]
pub fn amount(value: f64, one: &str, many: &str) -> String {
    let text = short(value, 1);
    let word = if text == "1" { one } else { many };
    unit(&text, word)
}

/// `12 to 15`, or `12` where both ends read the same.
#[must_use]
pub fn range(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

/// The text with its first letter large.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|f| f.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_signs_and_unknowns() {
        assert_eq!(int(0), "0");
        assert_eq!(int(999), "999");
        assert_eq!(int(1000), "1\u{202f}000");
        assert_eq!(int(-1_234_567), "\u{2212}1\u{202f}234\u{202f}567");
        assert_eq!(dec(f64::NAN, 2), UNKNOWN);
        assert_eq!(pct(f64::INFINITY, 1), UNKNOWN);
        assert_eq!(dec(-0.0, 1), "0.0");
        assert_eq!(short(12.50, 2), "12.5");
        assert_eq!(short(100.0, 2), "100");
        let tenths = |share| pct_at_most(share).replace('\u{a0}', " ");
        assert_eq!([0.0, 0.000_1, 0.001, 0.038, 0.038_01].map(tenths), ["0.0 %", "0.1 %", "0.1 %", "3.8 %", "3.9 %"]);
    }

    #[test]
    fn money_changes_scale_without_jumping() {
        assert_eq!(money(9_949.0, "EUR"), "9\u{202f}949\u{a0}EUR");
        assert_eq!(money(9_951.0, "EUR"), "10\u{a0}k\u{a0}EUR");
        assert_eq!(money(999_499.0, "EUR"), "999\u{a0}k\u{a0}EUR");
        assert_eq!(money(999_501.0, "EUR"), "1.0\u{a0}M\u{a0}EUR");
        assert_eq!(money(-2_500_000.0, "EUR"), "\u{2212}2.5\u{a0}M\u{a0}EUR");
    }

    #[test]
    fn lists_read_aloud() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
