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
/// What a column takes beyond its characters, for the space between columns.
const GAP: usize = 2;

/// What the template needs to know to set a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The share of each column in the width.
    pub widths: Vec<usize>,
    /// Whether it needs the width of the page rather than that of the text.
    pub wide: bool,
    /// Whether it fits in half the width of the page.
    pub narrow: bool,
    /// Whether it is short enough to be kept on one page.
    pub keep: bool,
}

impl Shape {
    /// The shape of a table as the document's JSON holds it.
    pub(crate) fn of(table: &Value) -> Self {
        let columns = list(&table["columns"]);
        let rows = list(&table["rows"]);
        let widths: Vec<usize> = columns.iter().enumerate().map(|(x, column)| width(x, column, rows)).collect();
        let natural: usize = widths.iter().sum();
        let room = if natural <= MEASURE { MEASURE } else { PAGE };
        let share = |x: usize| (widths[x] * room / natural.max(1)).max(1);
        let height = |row: &Value| list(row).iter().enumerate().map(|(x, cell)| length(cell).div_ceil(share(x))).max().unwrap_or(1).max(1);
        let heading = columns.iter().enumerate().map(|(x, c)| letters(&c["title"]).div_ceil(share(x))).max().unwrap_or(1);
        let lines = heading + rows.iter().map(height).sum::<usize>();
        Self { wide: natural > MEASURE, narrow: natural <= HALF, keep: lines <= KEPT_LINES, widths }
    }

    /// The same as members of the table's JSON.
    pub(crate) fn members(&self) -> [(&'static str, Value); 4] {
        [
            ("widths", json!(self.widths)),
            ("wide", json!(self.wide)),
            ("narrow", json!(self.narrow)),
            ("keep", json!(self.keep)),
        ]
    }
}

/// The characters a column would like: all of a number, forty of a text, and always its longest word.
fn width(x: usize, column: &Value, rows: &[Value]) -> usize {
    let title = &column["title"];
    let numeric = column["numeric"] == json!(true);
    let cells = || rows.iter().filter_map(|row| row.get(x));
    let longest = cells().map(length).max().unwrap_or(0);
    let word = cells().map(longest_word).max().unwrap_or(0).max(title.as_str().map_or(0, longest_in));
    let wanted = if numeric {
        longest.min(24).max(letters(title).div_ceil(2)).max(5)
    } else {
        longest.min(40).max(letters(title).div_ceil(2)).max(6)
    };
    wanted.max(word.min(30)) + GAP
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn letters(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

/// The characters of a cell, which is a list of inlines.
fn length(cell: &Value) -> usize {
    list(cell).iter().map(|piece| letters(&piece["text"])).sum()
}

fn longest_word(cell: &Value) -> usize {
    list(cell).iter().filter_map(|piece| piece["text"].as_str()).map(longest_in).max().unwrap_or(0)
}

fn longest_in(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(titles: &[(&str, bool)], rows: usize, cell: &str) -> Value {
        let columns: Vec<Value> = titles.iter().map(|(title, numeric)| json!({"title": title, "numeric": numeric})).collect();
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
    fn an_empty_table_has_a_shape() {
        let shape = Shape::of(&table(&[("Force", false)], 0, ""));
        assert!(shape.keep && shape.widths == [8]);
        assert!(Shape::of(&json!({"columns": [], "rows": []})).widths.is_empty());
    }
}
