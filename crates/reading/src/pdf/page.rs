//! The letters of a page to lines: words by their distance, columns one after the other, cells of a row parted by tabs.

use super::Letter;
use crate::clean;

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) size: f64,
    /// The size in tenths of a point.
    pub(super) tenths: i64,
    /// Whether more space than usual is above it.
    pub(super) gap: bool,
    /// Its height on the page in bands of four points.
    pub(super) band: i32,
}

/// Letters that follow one another on one baseline.
#[derive(Debug, Clone)]
struct Run {
    from: f64,
    to: f64,
    y: f64,
    size: f64,
    text: String,
}

/// The lines of a page, in reading order. `usual` is where the pages before had the space between two columns, and is told of this one.
pub(super) fn lines(letters: Vec<Letter>, width: f64, usual: &mut Option<f64>) -> Vec<Line> {
    let mut runs = runs(letters);
    runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.from.total_cmp(&b.from)));
    let rows = rows(runs);
    let mut lines = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    let between = gutter(&rows, width, *usual);
    *usual = between.or(*usual);
    for row in ordered(rows, between) {
        let (text, size, y) = joined(&row);
        let gap = before.is_none_or(|(last, height)| y < last || y - last > 1.62 * height.max(size));
        before = Some((y, size));
        lines.push(Line {
            text,
            size,
            tenths: whole(size * 10.0),
            gap,
            band: i32::try_from(whole(y / 4.0)).unwrap_or(0),
        });
    }
    lines
}

/// A length as a whole number; 0 where it is out of all bounds.
fn whole(value: f64) -> i64 {
    format!("{value:.0}").parse().unwrap_or(0)
}

fn runs(letters: Vec<Letter>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for letter in letters {
        if let Some(run) = runs.last_mut() {
            let level = (letter.y - run.y).abs() < 0.2 * run.size && (letter.size - run.size).abs() < 0.15 * run.size;
            let space = letter.x - run.to;
            if level && space > -0.4 * run.size && space < 0.9 * run.size {
                // The same letter struck twice, for a bold look, is one.
                let struck = space < -0.2 * letter.width && run.text.ends_with(&letter.text) && letter.text != " ";
                if struck && (letter.x - (run.to - letter.width)).abs() < 0.3 * letter.width {
                    continue;
                }
                if space > 0.17 * run.size && !run.text.ends_with(' ') && letter.text != " " {
                    run.text.push(' ');
                }
                run.text.push_str(&letter.text);
                run.to = run.to.max(letter.x + letter.width);
                continue;
            }
        }
        let Letter { x, y, size, width, text } = letter;
        runs.push(Run { from: x, to: x + width, y, size, text });
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

/// Runs on one baseline, from left to right; small raised figures go with the text that they mark.
fn rows(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let fits = |row: &Vec<Run>| {
            let main = row.iter().max_by(|a, b| a.size.total_cmp(&b.size));
            main.is_some_and(|m| {
                let apart = (run.y - m.y).abs();
                let raised = run.size < 0.8 * m.size || m.size < 0.8 * run.size;
                apart < 0.3 * m.size.min(run.size).max(4.0) || (raised && apart < 0.6 * m.size.max(run.size))
            })
        };
        match rows.iter_mut().rev().take(4).find(|row| fits(row)) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.from.total_cmp(&b.from));
    }
    rows
}

/// The rows in reading order: where the page has two columns, the left one down to where something spans both, then the right.
fn ordered(rows: Vec<Vec<Run>>, gutter: Option<f64>) -> Vec<Vec<Run>> {
    let Some(gutter) = gutter else { return rows };
    let (mut out, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        if row.iter().any(|run| run.from < gutter - 4.0 && run.to > gutter + 4.0) {
            out.append(&mut left);
            out.append(&mut right);
            out.push(row);
            continue;
        }
        let (a, b): (Vec<Run>, Vec<Run>) = row.into_iter().partition(|run| run.to <= gutter + 4.0);
        left.extend(Some(a).filter(|a| !a.is_empty()));
        right.extend(Some(b).filter(|b| !b.is_empty()));
    }
    out.append(&mut left);
    out.append(&mut right);
    out
}

/// The middle of the space between two columns of text; `None` for one column. Short cells on both sides are a table. Where the pages
/// before had columns a few lines are enough: the last page of a report is seldom full.
fn gutter(rows: &[Vec<Run>], width: f64, usual: Option<f64>) -> Option<f64> {
    let mut best: Option<(usize, f64)> = None;
    for step in 0..21u8 {
        let x = width * (0.4 + 0.01 * f64::from(step));
        let crossing = rows.iter().filter(|row| row.iter().any(|run| run.from < x && run.to > x)).count();
        let side = |left: bool| {
            let texts = rows.iter().filter_map(|row| {
                let text: usize = row
                    .iter()
                    .filter(|run| if left { run.to <= x } else { run.from >= x })
                    .map(|run| run.text.chars().count())
                    .sum();
                (text > 0).then_some(text)
            });
            texts.collect::<Vec<usize>>()
        };
        // A side of a table has cells beside one another, a column of text has not.
        let parted = |left: bool| {
            let apart = |row: &&Vec<Run>| {
                let mut own = row.iter().filter(|run| if left { run.to <= x } else { run.from >= x });
                let mut before = own.next().map(|run| run.to);
                own.any(|run| before.replace(run.to).is_some_and(|end| run.from - end > 1.3 * run.size))
            };
            rows.iter().filter(apart).count()
        };
        let (left, right) = (side(true), side(false));
        let likely = usual.is_some_and(|usual| (usual - x).abs() <= 0.03 * width);
        let (least, letters) = if likely { (2, 20) } else { (6, 24) };
        let long = |side: &[usize]| side.len() >= least && side.iter().sum::<usize>() / side.len().max(1) >= letters;
        let table = (parted(true) + parted(false)) * 5 > left.len() + right.len();
        if !table
            && long(&left)
            && long(&right)
            && crossing * 3 < left.len() + right.len()
            && best.is_none_or(|(least, _)| crossing < least)
        {
            best = Some((crossing, x));
        }
    }
    best.map(|(_, x)| x)
}

/// The text of a row: its runs with spaces, cells with tabs, small raised figures as such.
fn joined(row: &[Run]) -> (String, f64, f64) {
    let main = row.iter().max_by_key(|run| run.text.chars().count()).map_or((10.0, 0.0), |run| (run.size, run.y));
    let (size, y) = main;
    let mut text = String::new();
    let mut end: Option<f64> = None;
    for run in row {
        let small = run.size < 0.82 * size && run.y < y - 0.12 * size;
        let figures = run.text.trim().chars().all(|c| c.is_ascii_digit()) && small;
        if figures {
            text.extend(run.text.trim().chars().filter_map(clean::raised));
            end = Some(run.to);
            continue;
        }
        if let Some(end) = end {
            let space = run.from - end;
            let marked = text.trim().chars().count() <= 2 && crate::flow::is_mark(text.trim());
            let raised = text.ends_with(|c| clean::digit(c).is_some());
            if space > 1.3 * size && !marked {
                text.push('\t');
            } else if (space > 0.12 * size || marked) && !text.ends_with(' ') && !(raised && space < 0.1 * size) {
                text.push(' ');
            }
        }
        text.push_str(run.text.trim_end());
        if run.text.ends_with(' ') {
            text.push(' ');
        }
        end = Some(run.to);
    }
    (text.trim_end().to_owned(), size, y)
}
