//! Breaks a sentence into lines of a width.

/// The text with line breaks between words so that no line is longer than `width` characters, where words allow.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let mut lines = String::new();
    for (i, paragraph) in text.lines().enumerate() {
        if i > 0 {
            lines.push('\n');
        }
        let mut used = 0;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines.push('\n');
                used = 0;
            } else if used > 0 {
                lines.push(' ');
                used += 1;
            }
            lines.push_str(word);
            used += length;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_between_words_only() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("unbreakable a", 4), "unbreakable\na");
        assert_eq!(wrap("a\nb c", 9), "a\nb c");
    }
}
