//! Lines of a given width.

/// The characters of a text, which is what its width is counted in.
pub(super) fn letters(text: &str) -> usize {
    text.chars().count()
}

/// The text in lines of `width` characters at most, broken at spaces (a no-break space holds). A longer word has a line to itself.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let words = text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'));
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    while let Some(first) = words.next() {
        let mut word = first.to_owned();
        while let Some(mark) = words.next_if(|next| looks_like_mark(next)) {
            word.push(' ');
            word.push_str(mark);
        }
        match lines.last_mut() {
            Some(line) if letters(line) + 1 + letters(&word) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Whether a line that began with it would look like a point of a list: a dash, "12.", "b)".
pub(super) fn looks_like_mark(word: &str) -> bool {
    if matches!(word, "-" | "–" | "—" | "•" | "·" | "*") {
        return true;
    }
    let Some(number) = word.strip_suffix(['.', ')']) else { return false };
    let digits = number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    !number.is_empty() && (digits || (number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase())))
}

/// The text behind a mark, its further lines below the first. The mark stands even where there is no text.
pub(super) fn hanging(mark: &str, text: &str, width: usize) -> Vec<String> {
    let indent = letters(mark);
    let mut lines = wrap(text, width.saturating_sub(indent).max(10));
    if lines.is_empty() {
        lines.push(String::new());
    }
    let before = |index: usize| if index == 0 { mark.to_owned() } else { " ".repeat(indent) };
    lines.iter().enumerate().map(|(index, line)| before(index) + line).collect()
}
