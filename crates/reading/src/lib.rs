//! Published reports, read back: text, HTML and PDF into judgments, findings and statements, each with its line and its words.
//!
//! The crate decides nothing and fetches nothing. It is given the bytes, the register and the frameworks, and answers with what the
//! document shows. What it does not show stays `unknown`: extraction often loses the badge of a grade, and praise is no grade.

pub mod check;
mod clean;
mod findings;
mod flow;
mod grade;
mod history;
mod html;
mod identity;
mod judgments;
mod known;
mod model;
mod notes;
mod pdf;
mod period;
mod piece;
mod quantity;
mod review;
mod sentence;
mod statements;
mod tables;

pub use history::commands;
pub use known::{Body, Known};
pub use model::*;
pub use review::review;

use piece::Piece;

/// Reads a document: a PDF by its first bytes, HTML by its tags, everything else as text.
///
/// It never fails: what cannot be read is a problem of the reading.
#[must_use]
pub fn read(file: &str, bytes: &[u8], known: &Known) -> Reading {
    let mut reading = Reading { file: file.to_owned(), product: "unknown".to_owned(), ..Reading::default() };
    let pieces = pieces(bytes, &mut reading);
    understand(&pieces, known, &mut reading);
    reading
}

/// The lines of a document as it was read, each with its number: for a page that sets them beside the reading.
#[must_use]
pub fn lines(bytes: &[u8]) -> Vec<(u32, String)> {
    pieces(bytes, &mut Reading::default()).into_iter().map(|p| (p.line, p.text)).collect()
}

fn pieces(bytes: &[u8], reading: &mut Reading) -> Vec<Piece> {
    if bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-")) {
        return pdf::of_pdf(bytes, &mut reading.problems);
    }
    if let Some((found, remedy)) = no_text(bytes) {
        reading.problems.push(Problem { line: 1, problem: found.to_owned(), remedy: remedy.to_owned() });
        return Vec::new();
    }
    let text = clean::decoded(bytes);
    let pieces = if looks_like_html(&text) { html::of_html(&text) } else { piece::of_text(&text) };
    if pieces.is_empty() {
        reading.problems.push(Problem {
            line: 1,
            problem: "it holds no text".to_owned(),
            remedy: "give the published document, or its text; a scan has to be made text first".to_owned(),
        });
    }
    pieces
}

/// What a file is that holds no text as it stands, told by its first bytes, and what to do.
fn no_text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const PICTURES: [&[u8]; 7] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF"];
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if PICTURES.iter().any(|magic| begins(magic) && bytes.iter().take(64).any(|b| *b < 9)) {
        return Some(("it is a picture", "give the document as PDF, HTML or text; a scan has to be made text first"));
    }
    if begins(b"PK\x03\x04") {
        return Some((
            "it is a Word document, a workbook or an archive",
            "save it as PDF or as plain text, and give that",
        ));
    }
    if begins(b"\xd0\xcf\x11\xe0") {
        return Some(("it is an old Word document or workbook", "save it as PDF or as plain text, and give that"));
    }
    begins(b"\x1f\x8b").then_some(("it is packed with gzip", "unpack it, and give what was in it"))
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect::<String>().to_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<main", "<h1", "<article"].iter().any(|tag| head.contains(tag))
}

fn understand(pieces: &[Piece], known: &Known, reading: &mut Reading) {
    let shown = identity::cycle(pieces, known);
    reading.cycle = shown.map(|c| c.id.clone());
    identity::imprint(pieces, reading);
    reading.forces = identity::forces(pieces, known);
    let cycle = shown.or_else(|| identity::likely(pieces, known));
    let mut blocks = flow::blocks(pieces, cycle);
    notes::terms(&mut blocks, reading);
    let places = |depth: u8| {
        let mut nodes: Vec<&str> = blocks
            .iter()
            .filter_map(|b| b.heading())
            .filter(|h| h.depth == depth)
            .filter_map(|h| h.own.as_deref())
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.len()
    };
    reading.product = identity::product(pieces, places(1), places(2), cycle).to_owned();
    for block in &blocks {
        if let Some(heading) = block.heading() {
            reading.sections.push(Section {
                title: block.text.clone(),
                node: heading.own.clone().or_else(|| block.node.clone()),
                level: heading.level.clamp(1, 6),
                line: block.line(),
            });
        }
    }
    judgments::judge(&blocks, known, cycle, reading);
    findings::find(&blocks, known, reading);
    statements::of_text(&blocks, reading);
    statements::of_tiles(&blocks, reading);
    let rows = tables::tables(&blocks, reading);
    statements::of_tables(&rows, reading);
    notes::footnotes(&blocks, reading);
    notes::figures(&blocks, reading);
}
