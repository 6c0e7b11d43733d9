//! How much room a table takes, guessed from its characters: the share of each column, the lines of each row.
//!
//! The guess replaces Typst's own measuring of every cell, which costs more than the rest of the page and lets one long cell starve
//! the others. A guess that is wrong wraps a line more than needed; it loses nothing.

use serde_json::{Value, json};

/// Characters of small type in the width of the text, of the page, and of a column of the appendix.
const MEASURE: usize = 78;
const PAGE: usize = 104;
const HALF: usize = 49;
/// Lines of small type that are kept together on a page: less than half a page, so that a wrong guess does not run off it.
const KEPT_LINES: usize = 26;
/// Lines of a table that has a page, or half a page's width, to itself in the appendix, where rows are closer.
const COLUMN_LINES: usize = 47;
/// What a column takes beyond its characters, for the space between columns.
const GAP: usize = 2;

/// The smallest type of a crowded table, in percent of small type.
const SMALLEST: usize = 70;

/// What the template needs to know to set a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The share of each column in the width.
    pub widths: Vec<usize>,
    /// The size of its type, in percent of small type: less than 100 only where the longest words do not fit otherwise.
    pub scale: usize,
    /// Whether it needs the width of the page rather than that of the text.
    pub wide: bool,
    /// Whether it fits in half the width of the page.
    pub narrow: bool,
    /// Whether it is short enough to be kept on one page.
    pub keep: bool,
    /// Whether it is short enough to be kept in one column of the appendix.
    pub fits: bool,
    /// Whether every row is short enough to be kept on one page.
    pub whole: bool,
}

impl Shape {
    /// The shape of a table as the document's JSON holds it.
    pub(crate) fn of(table: &Value) -> Self {
        let columns = list(&table["columns"]);
        let rows = list(&table["rows"]);
        let (mut widths, least): (Vec<usize>, Vec<usize>) =
            columns.iter().enumerate().map(|(x, column)| extent(x, column, rows)).unzip();
        let natural: usize = widths.iter().sum();
        let (wide, narrow) = (natural > MEASURE, natural <= HALF);
        let scale = (PAGE * 100).checked_div(least.iter().sum()).unwrap_or(100).clamp(SMALLEST, 100);
        let page = PAGE * 100 / scale;
        shrink(&mut widths, &least, page);
        let text = lines(columns, rows, &widths, if wide { page } else { MEASURE });
        let appendix = lines(columns, rows, &widths, if narrow { HALF } else { page });
        let total = |lines: &[usize]| lines.iter().sum::<usize>();
        Self {
            scale,
            wide,
            narrow,
            keep: total(&text) <= KEPT_LINES,
            fits: total(&appendix) <= COLUMN_LINES,
            whole: text.iter().all(|lines| *lines <= KEPT_LINES),
            widths,
        }
    }

    /// The same as members of the table's JSON.
    pub(crate) fn members(&self) -> [(&'static str, Value); 7] {
        [
            ("widths", json!(self.widths)),
            ("wide", json!(self.wide)),
            ("narrow", json!(self.narrow)),
            ("keep", json!(self.keep)),
            ("fits", json!(self.fits)),
            ("whole", json!(self.whole)),
            ("scale", json!(self.scale)),
        ]
    }
}

/// Takes from the widest columns what they can spare until all fit in `room` characters, as far as that goes.
fn shrink(widths: &mut [usize], least: &[usize], room: usize) {
    while widths.iter().sum::<usize>() > room {
        let spare = (0..widths.len()).filter(|x| widths[*x] > least[*x]).max_by_key(|x| widths[*x]);
        let Some(widest) = spare else { return };
        widths[widest] -= 1;
    }
}

/// The lines of the heading and of each row, where the columns share `room` characters.
fn lines(columns: &[Value], rows: &[Value], widths: &[usize], room: usize) -> Vec<usize> {
    let natural: usize = widths.iter().sum();
    let tall = |x: usize, letters: usize| letters.div_ceil((widths[x] * room / natural).max(1)).max(1);
    let heading = columns.iter().enumerate().map(|(x, column)| tall(x, letters(&column["title"]))).max();
    let row =
        |row: &Value| list(row).iter().take(widths.len()).enumerate().map(|(x, cell)| tall(x, length(cell))).max();
    heading.into_iter().chain(rows.iter().filter_map(row)).collect()
}

/// The characters a column would like (all of a number, forty of a text), and the least it can do with: its longest word, and
/// fifteen of a text.
fn extent(x: usize, column: &Value, rows: &[Value]) -> (usize, usize) {
    let title = &column["title"];
    let cells = || rows.iter().filter_map(|row| row.get(x));
    let longest = cells().map(length).max().unwrap_or(0);
    // Headings are bold, which is wider.
    let heading = title.as_str().map_or(0, longest_in) * 8 / 7;
    let word = cells().map(longest_word).max().unwrap_or(0).max(heading).min(30);
    let (wish, least) = if column["numeric"] == json!(true) {
        (longest.min(24).max((letters(title) * 3).div_ceil(5)).max(5), 0)
    } else {
        (longest.min(40).max(letters(title).div_ceil(2)).max(6), longest.min(15))
    };
    (wish.max(word) + GAP, least.max(word) + GAP)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn letters(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

/// The characters of a cell, which is a list of inlines.
fn length(cell: &Value) -> usize {
    list(cell).iter().map(|piece| badge(piece).unwrap_or_else(|| letters(&piece["text"]))).sum()
}

fn longest_word(cell: &Value) -> usize {
    let longest = |piece: &Value| badge(piece).unwrap_or_else(|| piece["text"].as_str().map_or(0, longest_in));
    list(cell).iter().map(longest).max().unwrap_or(0)
}

/// The characters that a grade takes, which is best not broken into lines.
fn badge(piece: &Value) -> Option<usize> {
    piece["room"].as_u64().and_then(|room| usize::try_from(room).ok())
}

fn longest_in(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(titles: &[(&str, bool)], rows: usize, cell: &str) -> Value {
        let columns: Vec<Value> =
            titles.iter().map(|(title, numeric)| json!({"title": title, "numeric": numeric})).collect();
        let row: Vec<Value> = titles.iter().map(|_| json!([{"inline": "text", "text": cell}])).collect();
        json!({"columns": columns, "rows": vec![json!(row); rows]})
    }

    #[test]
    fn a_short_table_is_kept_on_one_page_and_a_long_one_is_not() {
        let columns = [("Force", false), ("Officers", true)];
        assert!(Shape::of(&table(&columns, 20, "3,396")).keep);
        assert!(!Shape::of(&table(&columns, 43, "3,396")).keep);
    }

    #[test]
    fn long_cells_count_as_the_lines_they_take() {
        let columns = [("Recommendation", false), ("How it stands", false)];
        let shape = Shape::of(&table(&columns, 9, &"improve the way it records crime ".repeat(8)));
        assert!(!shape.keep, "{shape:?}");
    }

    #[test]
    fn many_columns_reach_into_the_margin_and_few_fit_half_the_page() {
        let many: Vec<(&str, bool)> = vec![("Per 1,000 population", true); 12];
        assert!(Shape::of(&table(&many, 5, "1,234.5")).wide);
        let few = Shape::of(&table(&[("Force", false), ("Rate", true)], 43, "Avon and Somerset"));
        assert!(few.narrow && !few.wide);
    }

    #[test]
    fn a_crowded_table_shrinks_its_words_first_and_then_its_type() {
        let columns = |count| [vec![("Offence group", false)], vec![("Rate", true); count]].concat();
        let some = Shape::of(&table(&columns(9), 5, "word word word word word word"));
        assert!(some.scale == 100 && some.widths.iter().sum::<usize>() == PAGE, "{some:?}");
        let many = Shape::of(&table(&columns(12), 5, "1,234,567"));
        assert!((SMALLEST..100).contains(&many.scale), "{many:?}");
    }

    #[test]
    fn a_grade_keeps_to_one_line() {
        let columns = json!([{"title": "Question", "numeric": false}, {"title": "Judgment", "numeric": false}]);
        let cells = json!([[{"inline": "text", "text": "x".repeat(200)}], [{"inline": "grade", "room": 28}]]);
        let shape = Shape::of(&json!({"columns": columns, "rows": [cells]}));
        assert_eq!(shape.widths[1], 28 + GAP);
    }

    #[test]
    fn an_empty_table_has_a_shape() {
        let shape = Shape::of(&table(&[("Force", false)], 0, ""));
        assert!(shape.keep && shape.widths == [8]);
        assert!(Shape::of(&json!({"columns": [], "rows": []})).widths.is_empty());
    }
}
