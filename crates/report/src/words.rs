//! Small changes to words that every document needs.

use statistics::Verdict;

/// With its first letter as a capital.
#[must_use]
pub fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// As inside a sentence: with its first letter small, unless it begins with an abbreviation.
#[must_use]
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if !letters.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

/// "a, b and c".
#[must_use]
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.as_ref().to_owned(),
        Some((last, rest)) => {
            format!("{} and {}", rest.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref())
        }
    }
}

/// A verdict as it stands in a table.
#[must_use]
pub const fn verdict_cell(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "Higher",
        Verdict::Lower => "Lower",
        Verdict::BroadlyInLine => "Broadly in line",
        Verdict::NoComparison => "No comparison",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_into_sentences() {
        assert_eq!([upper_first("élan"), upper_first("")], ["Élan", ""]);
        assert_eq!(
            ["Public complaints", "PCSOs", "A", "Taser"].map(lower_first),
            ["public complaints", "PCSOs", "a", "taser"]
        );
        assert_eq!([listed::<&str>(&[]), listed(&["a"]), listed(&["a", "b", "c"])], ["", "a", "a, b and c"]);
    }
}
