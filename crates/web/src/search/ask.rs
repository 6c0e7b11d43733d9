//! What is asked: words, phrases in quotation marks, and what may have been meant.

use super::words::{COMMON, plain, stem, words};
use std::collections::BTreeSet;

/// The letters of a question that are read.
pub const MOST_LETTERS: usize = 200;

/// The words of a question that are looked for.
pub const MOST_WORDS: usize = 16;

/// A question as it is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// As it is understood: what stands in the field of the form.
    pub text: String,
    /// The stems that are looked for, each once.
    pub stems: Vec<String>,
    /// Stems that have to stand side by side.
    pub phrases: Vec<Vec<String>>,
    /// Whether something of it was left out.
    pub cut: bool,
    /// The words as typed, in small letters, in order.
    pub(super) typed: Vec<String>,
}

impl Question {
    /// Reads a question. What is not in quotation marks is looked for word by word; a mark without its other half means nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_LETTERS).collect();
        let mut cut = text.chars().count() > MOST_LETTERS;
        let marks = ['"', '\u{201c}', '\u{201d}'];
        let parts: Vec<&str> = kept.split(marks).collect();
        let mut phrases = Vec::new();
        let mut typed = Vec::new();
        let mut stems: Vec<String> = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let found = words(part);
            let quoted = place % 2 == 1 && place + 1 < parts.len();
            if quoted && found.len() > 1 && phrases.len() < MOST_WORDS {
                phrases.push(found.iter().take(MOST_WORDS).map(|word| word.stem.clone()).collect());
            }
            for word in found {
                if typed.len() == MOST_WORDS {
                    cut = true;
                    break;
                }
                typed.push(plain(&part[word.at]));
                stems.push(word.stem);
            }
        }
        let common: BTreeSet<String> = COMMON.iter().map(|word| stem(word)).collect();
        if stems.iter().any(|stem| !common.contains(stem)) {
            stems.retain(|stem| !common.contains(stem));
        }
        let mut seen = BTreeSet::new();
        stems.retain(|stem| seen.insert(stem.clone()));
        Self { text: kept.trim().to_owned(), stems, phrases, cut, typed }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// All its words as they stand side by side, where there are several and none is quoted.
    pub(super) fn row(&self) -> Option<Vec<String>> {
        (self.typed.len() > 1 && self.phrases.is_empty()).then(|| self.typed.iter().map(|word| stem(word)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_and_phrases_stand_side_by_side() {
        let question = Question::read("the vetting of \u{201c}stop and searches\u{201d} vetted \"open");
        assert_eq!(question.stems, ["vet", "stop", "search", "open"]);
        assert_eq!(question.phrases, [["stop", "and", "search"]]);
        assert_eq!(Question::read("the of").stems, ["the", "of"]);
    }

    #[test]
    fn what_is_too_long_or_no_word_is_left_out() {
        assert!(Question::read("\u{0}—…\"\"!").is_empty());
        let long = Question::read(&"word ".repeat(1000));
        assert!(long.cut && long.text.chars().count() <= MOST_LETTERS);
        assert_eq!(long.stems, ["word"]);
        let many = Question::read(&('a'..='z').map(|c| format!("{c}{c} ")).collect::<String>());
        assert_eq!((many.stems.len(), many.cut), (MOST_WORDS, true));
    }
}
