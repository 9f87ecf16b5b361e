//! Results as text in 80 columns, one file per result.

pub(crate) mod compare;
pub(crate) mod decision;
pub(crate) mod evidence;
pub(crate) mod hedge;
pub(crate) mod lines;
pub(crate) mod moves;
pub(crate) mod programme;
pub(crate) mod resilience;
pub(crate) mod sheet;
pub(crate) mod stock;
pub(crate) mod why;

use model::Ring;
use model::results::Status;
use units::Money;

use crate::columns::fold;

/// Columns of a terminal.
pub(crate) const WIDTH: usize = 80;

/// Money in words a person reads: `12.3 M EUR`, `845 k EUR`, `320 EUR`.
pub(crate) fn money(amount: Money, ring: &Ring) -> String {
    format!("{} {}", amount.in_words(), ring.settings.currency)
}

/// How a stage ended that proves nothing: it did all it was asked to, or was cut.
pub(crate) fn how_far(status: Status) -> &'static str {
    if status == Status::Optimal { "complete" } else { status.word() }
}

/// A share in percent.
pub(crate) fn percent(share: f64) -> String {
    match 100.0 * share {
        p if p > 0.0 && p < 0.05 => "< 0.1 %".to_owned(),
        p if (99.95..100.0).contains(&p) => "> 99.9 %".to_owned(),
        p => format!("{p:.1} %"),
    }
}

/// The first day of a period; a dash for what never happens within the horizon.
pub(crate) fn day(period: usize, ring: &Ring) -> String {
    if period < ring.settings.n_periods { ring.settings.first_day(period).to_string() } else { "never".to_owned() }
}

/// A paragraph set in [`WIDTH`] columns behind an indent.
pub(crate) fn wrap(text: &str, indent: usize) -> String {
    let blank = " ".repeat(indent);
    fold(text, WIDTH - indent).iter().map(|line| format!("{blank}{line}\n")).collect()
}

/// A number with its word: `1 site`, `2 sites`.
pub(crate) fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_pretend() {
        assert_eq!(percent(0.000_1), "< 0.1 %");
        assert_eq!(percent(0.0), "0.0 %");
        assert_eq!(percent(0.999_9), "> 99.9 %");
        assert_eq!(percent(1.0), "100.0 %");
        assert_eq!(percent(0.123), "12.3 %");
    }

    #[test]
    fn paragraphs_keep_to_the_width() {
        let text = wrap(&"word ".repeat(40), 4);
        assert!(text.lines().all(|line| line.len() <= WIDTH && line.starts_with("    w")));
        assert_eq!(text.split_whitespace().count(), 40);
    }
}
