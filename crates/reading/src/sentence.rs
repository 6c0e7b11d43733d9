//! Sentences of a paragraph, each with where it begins.

/// The sentences of a text, trimmed, with their first byte.
pub(crate) fn split(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let mut end = at + 1;
        while let Some(c) =
            text[end..].chars().next().filter(|c| "”’\"')]".contains(*c) || crate::clean::digit(*c).is_some())
        {
            end += c.len_utf8();
        }
        let next = text[end..].trim_start();
        let spaced = bytes.get(end).is_none_or(|b| b.is_ascii_whitespace());
        let begins = next.is_empty()
            || next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“‘\"'([£".contains(c));
        let word = text[from..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let short = matches!(
            word,
            "e.g" | "i.e" | "No" | "no" | "Mr" | "Mrs" | "Ms" | "Dr" | "vs" | "approx" | "St" | "para" | "pp"
        );
        if spaced && begins && !short {
            push(text, from, end, &mut found);
            from = end;
        }
    }
    push(text, from, text.len(), &mut found);
    found
}

fn push<'a>(text: &'a str, from: usize, end: usize, found: &mut Vec<(usize, &'a str)>) {
    let piece = &text[from..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        found.push((from + piece.len() - piece.trim_start().len(), trimmed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_ends_no_sentence() {
        let text = "It was 2.7 days.¹ On the same date, e.g. Kent had 1.4. “So it was.” £12m went.";
        let sentences: Vec<&str> = split(text).into_iter().map(|(_, s)| s).collect();
        assert_eq!(
            sentences,
            ["It was 2.7 days.¹", "On the same date, e.g. Kent had 1.4.", "“So it was.”", "£12m went."]
        );
    }
}
