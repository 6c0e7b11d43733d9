//! A table in plain text: columns aligned with spaces, long cells wrapped; where the columns do not fit, a record a row.

use super::lines::{hanging, letters, wrap};
use super::spoken;
use crate::document::Table;

/// The space between two columns.
const GAP: usize = 2;
/// A column of words is made no narrower than this to fit its neighbours in.
const NARROWEST: usize = 10;

/// The words of a table.
pub(super) struct Grid {
    titles: Vec<String>,
    numeric: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// The words of this table.
    pub(super) fn of(table: &Table) -> Self {
        Self {
            titles: table.columns.iter().map(|column| column.title.clone()).collect(),
            numeric: table.columns.iter().map(|column| column.numeric).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(|cell| spoken(cell)).collect()).collect(),
        }
    }

    /// The table in lines of `width` characters, with a rule below its headings and one below its last row.
    pub(super) fn print(&self, width: usize) -> Vec<String> {
        if self.titles.is_empty() {
            return Vec::new();
        }
        let Some(widths) = self.widths(width) else { return self.records(width) };
        let total = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
        let rule = "-".repeat(total);
        let mut all = self.line(&self.titles, &widths, Edge::Bottom);
        all.push(rule.clone());
        for row in &self.rows {
            all.extend(self.line(row, &widths, Edge::Top));
        }
        if self.rows.is_empty() {
            all.push("(no rows)".to_owned());
        }
        all.push(rule);
        all
    }

    /// The width of each column; `None` when they do not fit. Numbers are never broken, headings and words are.
    fn widths(&self, width: usize) -> Option<Vec<usize>> {
        let (mut natural, mut least): (Vec<usize>, Vec<usize>) = (0..self.titles.len()).map(|x| self.extent(x)).unzip();
        let room = width.checked_sub(GAP * (self.titles.len() - 1))?;
        for (natural, least) in natural.iter_mut().zip(&mut least) {
            *least = (*least).min(*natural);
        }
        while natural.iter().sum::<usize>() > room {
            let widest =
                (0..natural.len()).filter(|x| natural[*x] > least[*x]).max_by_key(|x| (natural[*x], usize::MAX - x))?;
            natural[widest] -= 1;
        }
        Some(natural)
    }

    /// The width a column would like, and the least it can do with.
    fn extent(&self, x: usize) -> (usize, usize) {
        let cells = || self.rows.iter().filter_map(|row| row.get(x));
        let longest = |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| letters(text)).max().unwrap_or(0);
        let word = |text: &String| wrap(text, 1).iter().map(|word| letters(word)).max().unwrap_or(0);
        let title = word(&self.titles[x]);
        let content = longest(&mut cells());
        if self.numeric[x] {
            let wanted = content.max(title).max(letters(&self.titles[x]).div_ceil(2));
            (wanted, content.max(title))
        } else {
            let words = cells().map(word).max().unwrap_or(0);
            (content.max(letters(&self.titles[x])), words.max(title).max(NARROWEST))
        }
    }

    fn line(&self, cells: &[String], widths: &[usize], edge: Edge) -> Vec<String> {
        let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let mut all = Vec::new();
        for y in 0..height {
            let mut line = String::new();
            for (x, cell) in wrapped.iter().enumerate() {
                let offset = match edge {
                    Edge::Top => 0,
                    Edge::Bottom => height - cell.len(),
                };
                let words = y.checked_sub(offset).and_then(|y| cell.get(y)).map_or("", String::as_str);
                let space = " ".repeat(widths[x].saturating_sub(letters(words)));
                let gap = if x == 0 { "" } else { "  " };
                let (before, after) = if self.numeric[x] { (space.as_str(), "") } else { ("", space.as_str()) };
                line.extend([gap, before, words, after]);
            }
            all.push(line);
        }
        all
    }

    /// Each row as its heading with the other columns named below it.
    fn records(&self, width: usize) -> Vec<String> {
        let mut all = Vec::new();
        for row in &self.rows {
            let mut cells = row.iter().zip(&self.titles);
            if let Some((heading, _)) = cells.next() {
                all.extend(hanging("", heading, width));
            }
            for (cell, title) in cells {
                all.extend(hanging(&format!("  {title}: "), cell, width));
            }
        }
        all
    }
}

/// Where the lines of a short cell stand beside a taller one.
#[derive(Clone, Copy)]
enum Edge {
    Top,
    Bottom,
}
