//! Words and their stems.

use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it has in common with its other forms.
    pub stem: String,
    /// Its bytes in the text.
    pub at: Range<usize>,
}

/// Longer words are no words: their beginning stands for them.
const LONGEST: usize = 40;

/// The words of a text, in order. A hyphen parts words, an apostrophe does not: "re-vetting" is two, "force's" one.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    spans(text).into_iter().map(|at| Word { stem: stem(&text[at.clone()]), at }).collect()
}

/// Where the words of a text stand.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inside = letter.is_alphanumeric()
            || start.is_some()
                && is_apostrophe(letter)
                && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

/// What a word has in common with its other forms: "vetting", "vetted" and "Vets" give "vet".
#[must_use]
pub fn stem(word: &str) -> String {
    let lower = plain(word);
    if lower.bytes().all(|b| b.is_ascii_lowercase()) {
        Stemmer::create(Algorithm::English).stem(&lower).into_owned()
    } else {
        lower
    }
}

/// A word in small letters, without apostrophes and what follows the last one of a possessive.
pub(super) fn plain(word: &str) -> String {
    let lower: String = word.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    let owner = lower.strip_suffix('s').and_then(|rest| rest.strip_suffix(is_apostrophe)).unwrap_or(&lower);
    owner.chars().filter(|c| !is_apostrophe(*c)).collect()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}')
}

/// Words that nearly every text has: they find nothing by themselves.
pub(super) const COMMON: [&str; 31] = [
    "a", "about", "an", "and", "are", "as", "at", "be", "by", "did", "do", "does", "for", "from", "has", "have", "how",
    "in", "is", "it", "of", "on", "or", "that", "the", "this", "to", "was", "what", "which", "with",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_its_other_forms_have_one_stem() {
        assert_eq!(["vetting", "Vetted", "vets", "VET\u{2019}S"].map(stem), ["vet", "vet", "vet", "vet"]);
        assert_eq!(["ŵyl", "999", "Schools'"].map(stem), ["ŵyl", "999", "school"]);
    }

    #[test]
    fn each_word_is_where_it_stands() {
        let text = "Re-vetting: the force\u{2019}s “backlog” (2016).";
        let found: Vec<&str> = words(text).into_iter().map(|word| &text[word.at]).collect();
        assert_eq!(found, ["Re", "vetting", "the", "force\u{2019}s", "backlog", "2016"]);
    }
}
