//! The sheet of one dataset: the lines above its table, the headings, the rows and how wide each column is.
//!
//! A number cell holds a number alone. Why a number is absent stands in its place as shorthand; what is known of a number that is
//! there (`[e]`, `[r]`) stands in a column of marks to its right, which is there only where some number of the column has one.

use super::{
    Content, Fit, Item, SPILL, Sheet, Span, Style, WRAPPING, above, day, note_mark, printable, table_name, text,
};
use crate::dataset::{Cell, Dataset, Field, Kind};
use reference::{Absence, Mark};

/// The widest column of words, in characters; longer words wrap.
const WIDEST: usize = 44;
/// The narrowest column, in characters.
const NARROWEST: usize = 9;
/// A heading takes about this many lines before its column is made wider for it.
const HEADING_LINES: usize = 3;

/// Lays out the table under the lines that explain it.
pub(super) fn sheet(dataset: &Dataset, banner: Option<&str>) -> Sheet {
    let marked: Vec<bool> = (0..dataset.columns.len()).map(|index| has_marks(dataset, index)).collect();
    let mut rows = above(&dataset.title, banner, Fit::Spill);
    rows.extend(lines(dataset, marked.contains(&true)).iter().map(|line| vec![text(line, Style::Line(Fit::Spill))]));
    let header = rows.len();
    rows.push(headings(dataset, &marked));
    rows.extend(dataset.rows.iter().map(|row| body(dataset, row, &marked)));
    let mut widths = widths(&rows[header..]);
    let room = widths.iter().sum::<usize>().max(SPILL);
    if wrap_long_lines(&mut rows[..header], room)
        && let Some(first) = widths.first_mut()
    {
        *first = (*first).max(WRAPPING);
    }
    Sheet { name: dataset.sheet.clone(), widths, rows, table: Some(Span { name: table_name(&dataset.id), header }) }
}

/// Whether some number of the column carries a mark, so that a column of marks stands beside it.
pub(crate) fn has_marks(dataset: &Dataset, index: usize) -> bool {
    dataset
        .rows
        .iter()
        .filter_map(|row| row.get(index))
        .any(|cell| matches!(cell, Cell::Number(_, marks) if !marks.is_empty()))
}

/// The heading of the column of marks beside this one.
pub(crate) fn status_heading(field: &Field) -> String {
    format!("{}: status", field.title)
}

/// The heading as the sheet shows it, with the notes it refers to.
pub(crate) fn heading(field: &Field) -> String {
    let notes = field.notes.iter().map(|number| note_mark(*number));
    [field.title.clone()].into_iter().chain(notes).collect::<Vec<_>>().join(" ")
}

fn lines(dataset: &Dataset, marked: bool) -> Vec<String> {
    let mut lines = dataset.description.clone();
    if !dataset.source.is_empty() {
        lines.push(format!("Source: {}", dataset.source));
    }
    lines.extend(shorthand(dataset));
    if marked {
        lines.push(
            "An empty cell in a status column means that there is nothing to say of the number to its left.".to_owned(),
        );
    }
    if dataset.columns.iter().any(|field| !field.notes.is_empty()) {
        lines.push("Notes named in the headings are on the last sheet, Notes.".to_owned());
    }
    lines.push(format!("This sheet contains one table, the same as the file {}.csv.", dataset.id));
    lines
}

/// What the symbols in this table mean, or nothing when it has none.
fn shorthand(dataset: &Dataset) -> Option<String> {
    let cells = || dataset.rows.iter().flatten();
    let absences = Absence::ALL
        .into_iter()
        .filter(|absence| cells().any(|cell| *cell == Cell::Absent(*absence)))
        .map(|absence| format!("{absence} {}", absence.meaning()));
    let marks = Mark::ALL
        .into_iter()
        .filter(|mark| cells().any(|cell| matches!(cell, Cell::Number(_, marks) if marks.has(*mark))))
        .map(|mark| format!("[{}] {}", mark.letter(), mark.meaning()));
    let meanings: Vec<String> = absences.chain(marks).collect();
    (!meanings.is_empty()).then(|| format!("Shorthand in this table: {}.", meanings.join("; ")))
}

/// Makes every line longer than the room to spill into wrap instead, and says whether there was one.
fn wrap_long_lines(rows: &mut [Vec<Item>], room: usize) -> bool {
    let mut wraps = false;
    for item in rows.iter_mut().flatten() {
        let wrapped = match item.style {
            Style::Title(_) => Style::Title(Fit::Wrap),
            Style::Banner(_) => Style::Banner(Fit::Wrap),
            Style::Line(_) => Style::Line(Fit::Wrap),
            other => other,
        };
        if length(&item.content, item.style) > room {
            item.style = wrapped;
            wraps = true;
        }
    }
    wraps
}

fn headings(dataset: &Dataset, marked: &[bool]) -> Vec<Item> {
    let mut row = Vec::new();
    for (field, marked) in dataset.columns.iter().zip(marked) {
        let style = match field.kind {
            Kind::Number { .. } => Style::NumberHeader,
            Kind::Text | Kind::Date => Style::Header,
        };
        row.push(text(&heading(field), style));
        if *marked {
            row.push(text(&status_heading(field), Style::Header));
        }
    }
    row
}

fn body(dataset: &Dataset, cells: &[Cell], marked: &[bool]) -> Vec<Item> {
    let mut row = Vec::new();
    for ((cell, field), marked) in cells.iter().zip(&dataset.columns).zip(marked) {
        row.push(item(cell, field.kind));
        if *marked {
            row.push(match cell {
                Cell::Number(_, marks) if !marks.is_empty() => text(&marks.to_string(), Style::Text),
                Cell::Number(..) | Cell::Text(_) | Cell::Date(_) | Cell::Absent(_) => {
                    Item { content: Content::Blank, style: Style::Text }
                }
            });
        }
    }
    row
}

fn item(cell: &Cell, kind: Kind) -> Item {
    let places = match kind {
        Kind::Number { places } => Some(places),
        Kind::Text | Kind::Date => None,
    };
    match cell {
        Cell::Text(words) => text(words, Style::Text),
        Cell::Date(date) => day(*date),
        Cell::Absent(absence) if places.is_some() => text(absence.shorthand(), Style::Shorthand),
        Cell::Absent(absence) => text(absence.shorthand(), Style::Text),
        Cell::Number(number, _) => Item {
            content: Content::Number(*number),
            style: Style::Number(places.unwrap_or_else(|| number.normalize().scale())),
        },
    }
}

/// How wide each column of the table must be: its longest word or number, wider when the heading would take too many lines.
fn widths(table: &[Vec<Item>]) -> Vec<usize> {
    let (headings, body) = table.split_first().map_or((&[] as &[Item], table), |(h, b)| (h, b));
    headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            let widest = body.iter().filter_map(|row| row.get(column)).map(width).max().unwrap_or(0);
            widest.max(heading_width(heading)).max(NARROWEST)
        })
        .collect()
}

/// Words may wrap, so they ask for no more than [`WIDEST`]; a number that does not fit shows as `###`, so it asks for all.
fn width(item: &Item) -> usize {
    let length = length(&item.content, item.style);
    match item.content {
        Content::Number(_) | Content::Date(_) => length + 2,
        Content::Blank | Content::Text(_) | Content::Link { .. } => length.min(WIDEST),
    }
}

fn heading_width(heading: &Item) -> usize {
    let Content::Text(words) = &heading.content else {
        return 0;
    };
    let longest = unbroken(words).unwrap_or(0) + 1;
    // Bold is about a tenth wider than the body text that a width is counted in.
    let bold = |length: usize| length + length.div_ceil(10);
    bold(longest.max(words.chars().count().div_ceil(HEADING_LINES))).min(WIDEST)
}

/// The longest piece of a heading that should stay on one line: a word, with the notes that follow it.
fn unbroken(words: &str) -> Option<usize> {
    let noted = words.replace(" [note ", "\u{a0}[note\u{a0}");
    noted.split(' ').map(|piece| piece.chars().count()).max()
}

/// How many characters the longest line of a cell shows.
fn length(content: &Content, style: Style) -> usize {
    match (content, style) {
        (Content::Blank, _) => 0,
        (Content::Number(number), Style::Number(places)) => reference::display(*number, places).chars().count(),
        (Content::Number(number), _) => number.to_string().len(),
        (Content::Date(_), _) => 10,
        (Content::Text(words) | Content::Link { text: words, .. }, _) => {
            printable(words).lines().map(|line| line.chars().count()).max().unwrap_or(0)
        }
    }
}
