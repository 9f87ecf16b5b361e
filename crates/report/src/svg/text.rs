//! How wide a text will be: advance widths of a common sans-serif, with a margin for other fonts.

/// Advance widths of U+0020..U+007E in thousandths of the font size.
///
/// # Source
/// The advance widths of the PostScript standard face Helvetica (Adobe Font Metrics 4.1), which the usual system faces follow within 6 %.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// Room for faces wider than the table.
const MARGIN: f64 = 1.07;
/// How much wider bold letters are.
const BOLD: f64 = 1.09;

/// Width of `text` in px at `size` px.
///
/// Letters outside ASCII count as a broad Latin letter, CJK and the like as a full em.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0x20..=0x7e => WIDTHS.get(code as usize - 0x20).map_or(556, |w| u32::from(*w)),
            0x202f | 0x2009 => 200,
            0xa0 => 278,
            0x300..=0x36f => 0,
            0x1100..=0x11ff | 0x2e80..=0xd7ff | 0xf900..=0xffef | 0x1f000.. => 1000,
            _ => 600,
        })
        .sum();
    f64::from(thousandths) / 1000.0 * size * MARGIN
}

/// Width of bold `text` in px at `size` px.
#[must_use]
pub fn bold_width(text: &str, size: f64) -> f64 {
    text_width(text, size) * BOLD
}

/// `text` cut with an ellipsis so that it fits into `width` px; empty when not even two letters would.
#[must_use]
pub fn fit(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() && kept.len() >= 2 {
        let cut: String = kept.iter().collect::<String>().trim_end().to_owned() + "\u{2026}";
        if text_width(&cut, size) <= width {
            return cut;
        }
    }
    String::new()
}

/// `text` broken at spaces into lines of at most `width` px; a single longer word keeps its own line.
#[must_use]
pub fn wrap(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        match lines.last_mut() {
            Some(line) if text_width(line, size) + text_width(" ", size) + text_width(word, size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_text_fits_and_whole_text_stays() {
        assert_eq!(fit("Kestrel", 12.0, 200.0), "Kestrel");
        let cut = fit("Route and secure main harness", 12.0, 80.0);
        assert!(cut.ends_with('\u{2026}') && text_width(&cut, 12.0) <= 80.0, "{cut}");
        assert_eq!(fit("Route", 12.0, 4.0), "");
    }

    #[test]
    fn lines_hold_every_word() {
        let lines = wrap("one two three four five", 12.0, 60.0);
        assert_eq!(lines.join(" "), "one two three four five");
        assert!(lines.iter().all(|l| text_width(l, 12.0) <= 60.0));
    }
}
