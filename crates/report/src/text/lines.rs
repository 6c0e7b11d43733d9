//! Lines of a given width.

/// The characters of a text, which is what its width is counted in.
pub(super) fn letters(text: &str) -> usize {
    text.chars().count()
}

/// The text in lines of `width` characters at most, broken at spaces (a no-break space holds). A longer word has a line to itself.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let words = text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'));
    for word in words.filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if letters(line) + 1 + letters(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
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
