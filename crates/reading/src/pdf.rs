//! PDF to lines: the glyphs of each page with their places, put into words, lines, columns and rows.
//!
//! hayro draws the pages, and this device only writes down where each letter would stand. Images, paths and scripts are not looked at.
//! A damaged file is read as far as it goes; a panic of the library within a page is caught and loses that page alone.

mod page;

use crate::{
    clean,
    model::Problem,
    piece::{Piece, Shape},
};
use hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, font::Glyph, interpret_page,
};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, Point, Rect};
use page::Line;
use std::{collections::HashMap, panic};

/// The most letters that are taken of a page, and of a document: a page of print has some thousands.
const MOST_OF_PAGE: usize = 100_000;
const MOST: usize = 20_000_000;

/// A letter where it stands, in points from the top left.
#[derive(Debug, Clone)]
struct Letter {
    x: f64,
    y: f64,
    size: f64,
    width: f64,
    text: String,
}

/// The lines of a document.
pub(crate) fn of_pdf(bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Ok(loaded) = panic::catch_unwind(|| Pdf::new(bytes.to_vec())) else {
        problems.push(broken("the file made the reader of PDF stop"));
        return Vec::new();
    };
    let Ok(pdf) = loaded else {
        problems.push(broken("it is no PDF that can be read, or it is encrypted"));
        return Vec::new();
    };
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let (mut letters, mut usual) = (0, None);
    let count = panic::catch_unwind(panic::AssertUnwindSafe(|| pdf.pages().len())).unwrap_or(0);
    for number in 0..count {
        let drawn = panic::catch_unwind(panic::AssertUnwindSafe(|| drawn(&pdf, number)));
        let Ok((found, width)) = drawn else {
            problems.push(broken(&format!("page {} could not be read", number + 1)));
            pages.push(Vec::new());
            continue;
        };
        letters += found.len();
        pages.push(page::lines(found, width, &mut usual));
        if letters > MOST {
            problems.push(broken(&format!(
                "it has more than {MOST} letters; what follows page {} was left out",
                number + 1
            )));
            break;
        }
    }
    pieces(&pages)
}

fn broken(problem: &str) -> Problem {
    let remedy = "open it in a reader of PDF and save it again, or give its text".to_owned();
    Problem { line: 1, problem: problem.to_owned(), remedy }
}

fn drawn(pdf: &Pdf, number: usize) -> (Vec<Letter>, f64) {
    let Some(page) = pdf.pages().get(number) else { return (Vec::new(), 0.0) };
    let (width, height) = page.render_dimensions();
    let cache = InterpreterCache::new();
    let mut context = Context::new(
        Affine::IDENTITY,
        Rect::new(0.0, 0.0, 1.0, 1.0),
        &cache,
        pdf.xref(),
        InterpreterSettings::default(),
    );
    let mut writer = Writer { height: f64::from(height), letters: Vec::new() };
    interpret_page(page, &mut context, &mut writer);
    (writer.letters, f64::from(width))
}

/// Writes down letters instead of drawing them.
struct Writer {
    height: f64,
    letters: Vec<Letter>,
}

impl Device<'_> for Writer {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'_>, transform: Affine, own: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        if self.letters.len() >= MOST_OF_PAGE {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(s)) => s,
            None => return,
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let at = transform * own;
        let origin = at * Point::new(0.0, 0.0);
        let up = at * Point::new(0.0, 1000.0);
        let along = at * Point::new(advance, 0.0);
        let size = (up - origin).hypot();
        // Letters that lean on their side are marks in a margin, not text.
        let level = (along.y - origin.y).abs() <= 0.2 * (along - origin).hypot();
        if level && origin.x.is_finite() && origin.y.is_finite() && size.is_finite() && size > 0.5 && size < 400.0 {
            let (y, width) = (self.height - origin.y, (along.x - origin.x).abs());
            self.letters.push(Letter { x: origin.x, y, size, width, text });
        }
    }
}

/// The lines of all pages, without the heads and feet that run through them.
fn pieces(pages: &[Vec<Line>]) -> Vec<Piece> {
    let running = running(pages);
    let body = body_size(pages);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut number = 0u32;
    for page in pages {
        let mut top = true;
        // A foot over two lines says the page on its first: what is below it goes with it.
        let foot = page.iter().rposition(|l| numbered(&l.text)).filter(|at| page.len() - at <= 3).unwrap_or(page.len());
        for (at, line) in page.iter().enumerate() {
            number = number.saturating_add(1);
            if running.contains_key(&mark(line)) || numbered(&line.text) || at > foot {
                continue;
            }
            let text = clean::line(&line.text);
            if text.trim().is_empty() {
                continue;
            }
            let heading = line.size > body * 1.14 && !text.contains('\t') && text.len() < 300;
            let shape = if heading { Shape::Heading(level(line.size / body)) } else { Shape::Text };
            let text = if line.size < body * 0.93 { raised_number(&text) } else { marked(&text) };
            // A heading over several lines is one.
            if let Some(last) = pieces.last_mut().filter(|p| heading && !line.gap && p.shape == shape && !top) {
                last.text = format!("{} {}", last.text.trim_end(), text.trim());
                continue;
            }
            pieces.push(Piece { line: number, text, shape, gap: line.gap || top, top });
            top = false;
        }
    }
    pieces
}

/// The number of a note as a raised figure, where it stands plain at the head of small print.
fn raised_number(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let spaced = text[digits..].starts_with([' ', '\t']);
    if (1..=2).contains(&digits)
        && spaced
        && text[digits..].trim_start().starts_with(|c: char| c.is_alphabetic() || "“‘\"'".contains(c))
    {
        let number: String = text[..digits].chars().filter_map(clean::raised).collect();
        return format!("{number} {}", text[digits..].trim_start());
    }
    text.to_owned()
}

/// Whether a line ends by saying which page of how many it is on.
fn numbered(text: &str) -> bool {
    let Some((_, rest)) = text.rsplit_once("Page ").or_else(|| text.rsplit_once("page ")) else { return false };
    let Some((page, all)) = rest.trim().split_once(" of ") else { return false };
    let number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.len() < 200 && number(page) && number(all)
}

/// Numbers of notes that a font drew raised at full size: one or two figures that hang on a word.
fn marked(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in letters.iter().enumerate() {
        let run = |from: usize| letters[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        let start = (0..=at).rev().take_while(|i| letters[*i].is_ascii_digit()).last().unwrap_or(at);
        let word = start > 1
            && letters[start - 2].is_lowercase()
            && (letters[start - 1].is_lowercase() || ".,;:)”".contains(letters[start - 1]));
        let length = if c.is_ascii_digit() { run(start) } else { 0 };
        let ends = letters.get(start + length).is_none_or(|c| c.is_whitespace() || ".,;:".contains(*c));
        let note = (1..=2).contains(&length) && word && ends;
        out.push(if note { clean::raised(*c).unwrap_or(*c) } else { *c });
    }
    out
}

fn level(ratio: f64) -> u8 {
    match ratio {
        r if r > 1.9 => 1,
        r if r > 1.5 => 2,
        r if r > 1.25 => 3,
        _ => 4,
    }
}

/// Where a line stands at the head or foot of its page, and its words without numbers.
fn mark(line: &Line) -> (i32, String) {
    let bare: String = line.text.chars().filter(|c| !c.is_ascii_digit()).collect();
    (line.band, clean::key(&bare))
}

/// Heads and feet: the same words at the same height of three pages or more, of a third of them at least.
fn running(pages: &[Vec<Line>]) -> HashMap<(i32, String), usize> {
    let mut seen: HashMap<(i32, String), usize> = HashMap::new();
    for page in pages {
        let ends = page.iter().take(3).chain(page.iter().rev().take(3));
        let mut marks: Vec<(i32, String)> = ends.filter(|l| l.text.len() < 160).map(mark).collect();
        marks.sort();
        marks.dedup();
        for mark in marks {
            *seen.entry(mark).or_default() += 1;
        }
    }
    let least = (pages.len() / 3).max(3);
    seen.retain(|_, count| *count >= least);
    seen
}

/// The size that most letters have.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    for line in pages.iter().flatten() {
        let key = line.tenths;
        match sizes.iter_mut().find(|(size, _)| *size == key) {
            Some((_, letters)) => *letters += line.text.len(),
            None => sizes.push((key, line.text.len())),
        }
    }
    let most = sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(100, |(size, _)| size);
    pages.iter().flatten().find(|l| l.tenths == most).map_or(10.0, |l| l.size)
}
