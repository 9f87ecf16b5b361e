//! Near-miss names: what somebody probably meant.

/// Edits between two words: insertions, deletions, replacements and swaps of neighbours, case ignored.
///
/// # Source
/// Optimal string alignment, the restricted form of Damerau (1964).
///
/// # Cost
/// `O(a b)` time, `O(b)` memory.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut here = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            here[j] = replace.min(above[j] + 1).min(here[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                here[j] = here[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, here);
    }
    above[b.len()]
}

/// The nearest candidate when it is near enough to be a slip: at most a third of the word's letters, at least one.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > 64 {
        return None;
    }
    let limit = (length / 3).max(1);
    let near = candidates.into_iter().filter(|c| c.chars().count().abs_diff(length) <= limit);
    near.map(|c| (distance(word, c), c)).filter(|(d, _)| *d <= limit).min().map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_leaves_strangers_alone() {
        let words = ["predecessors", "minutes", "skill"];
        assert_eq!(nearest("predecesors", words), Some("predecessors"));
        assert_eq!(nearest("mintues", words), Some("minutes"));
        assert_eq!(nearest("Skill", words), Some("skill"));
        assert_eq!(nearest("wage", words), None);
        assert_eq!(distance("ab", "ba"), 1);
    }
}
