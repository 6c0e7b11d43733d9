//! How high each row of an XLSX sheet is.
//!
//! Excel fits a row to wrapped words by itself, LibreOffice does not when the file comes from elsewhere, so each row is given the height
//! that its longest cell needs. A line is broken where a reader would see it broken or a little earlier: a row may be somewhat too
//! high, and never cuts its words.

use crate::sheet::{Content, Fit, Item, Style};

/// Points that a line of body text and a line of a title take, and what a row has beside them.
const LINE: u32 = 16;
const TITLE_LINE: u32 = 24;
const ROOM: u32 = 3;
/// The highest row that Excel has, in points.
const HIGHEST: u32 = 409;

/// The height of a row of these cells in points.
pub(super) fn points(items: &[Item], widths: &[usize]) -> u32 {
    let height = |(item, width): (&Item, &usize)| {
        let line = match item.style {
            Style::Title(_) => TITLE_LINE,
            _ => LINE,
        };
        lines(item, *width).saturating_mul(line)
    };
    let highest = items.iter().zip(widths).map(height).max().unwrap_or(LINE);
    highest.saturating_add(ROOM).min(HIGHEST)
}

fn lines(item: &Item, width: usize) -> u32 {
    // Characters that fit on a line. A width is counted in digits, and words take about an eighth less; bold takes that back, and a
    // title is half as wide again.
    let fits = match item.style {
        Style::Title(Fit::Spill) | Style::Banner(Fit::Spill) | Style::Line(Fit::Spill) => return 1,
        Style::Number(_) | Style::Date | Style::Shorthand => return 1,
        Style::Title(Fit::Wrap) => width * 2 / 3,
        Style::Banner(Fit::Wrap) | Style::Header | Style::NumberHeader => width,
        Style::Line(Fit::Wrap) | Style::Text | Style::Link => width * 11 / 10,
    };
    match &item.content {
        Content::Text(words) | Content::Link { text: words, .. } => {
            words.split('\n').map(|line| wrapped(line, fits.max(1))).sum()
        }
        Content::Blank | Content::Number(_) | Content::Date(_) => 1,
    }
}

/// How many lines the words take when each holds so many characters; a word longer than a line is broken.
fn wrapped(words: &str, fits: usize) -> u32 {
    let mut lines = 1_u32;
    let mut used = 0;
    for word in words.split(' ') {
        let length = word.chars().count();
        let gap = usize::from(used > 0);
        if used > 0 && used + gap + length > fits {
            lines = lines.saturating_add(1);
            used = 0;
        } else {
            used += gap;
        }
        used += length;
        while used > fits {
            lines = lines.saturating_add(1);
            used -= fits;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_where_the_next_does_not_fit() {
        for (words, fits, lines) in [
            ("", 5, 1),
            ("one two", 7, 1),
            ("one two", 6, 2),
            ("one two six", 7, 2),
            ("abcdefghijk", 5, 3),
            ("a abcdefghij", 5, 3),
        ] {
            assert_eq!(wrapped(words, fits), lines, "{words} in {fits}");
        }
    }

    #[test]
    fn a_row_is_as_high_as_its_highest_cell_and_no_higher_than_excel_allows() {
        let item = |words: &str, style| Item { content: Content::Text(words.to_owned()), style };
        assert_eq!(points(&[item("one", Style::Text), item("one\ntwo", Style::Text)], &[9, 9]), 2 * LINE + ROOM);
        assert_eq!(points(&[item("a long line that spills", Style::Line(Fit::Spill))], &[9]), LINE + ROOM);
        assert_eq!(points(&[item(&"x\n".repeat(99), Style::Text)], &[9]), HIGHEST);
    }
}
