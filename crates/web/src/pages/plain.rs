//! Pages of plain words: corrections, the accessibility statement, what this site is.
//!
//! What an inspectorate says of itself stands in `templates/site/*.md`, for it to edit: the first heading is the page's title, the headings
//! below it are sections. `{{ inspectorate }}` is its name.

use crate::{
    Public, cite, grades,
    known::Source,
    page::{self, Page, heading, link, slug},
    routes::{Asked, Made, Route, once},
};
use inspection::{
    programme::{Kind, clock::day_of, details as d},
    record::{Correction, Inspection},
};
use reference::AreaId;
use report::{
    desk::month,
    document::{Block, Column, Document, Inline, Table, paragraph, text},
    draft::{self, Content, Piece, Span},
    product,
};
use std::collections::BTreeSet;

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route {
        pattern: "corrections.html",
        about: "What was corrected, what was noted later, and where documents depart from their originals",
        asks: &[],
        all: once,
        make: corrections,
    },
    Route {
        pattern: "accessibility.html",
        about: "The accessibility statement",
        asks: &[],
        all: once,
        make: |asked| Some(Page::new(said(asked.public, "accessibility", "Accessibility")).into()),
    },
    Route {
        pattern: "about.html",
        about: "What this site is, and what is loaded into it",
        asks: &[],
        all: once,
        make: about,
    },
];

/// The page that a text of the inspectorate's makes; with its name alone where there is no such text.
fn said(public: &Public, name: &str, otherwise: &str) -> Document {
    let path = format!("site/{name}.md");
    let words = public.folder.templates.get(&path).map(String::as_str).unwrap_or_default();
    let (read, _) = draft::read(&format!("templates/{path}"), words);
    let title = read.parts.iter().map(|p| p.name.as_str()).find(|n| !n.is_empty()).unwrap_or(otherwise);
    let mut blocks = Vec::new();
    for piece in read.parts.iter().flat_map(|part| &part.pieces) {
        blocks.push(block(public, piece));
    }
    let opening = blocks
        .iter()
        .find_map(|b| if let Block::Paragraph { text } = b { Some(report::document::plain(text)) } else { None });
    let mut document = page::document(public, title, opening.unwrap_or_else(|| format!("{title}.")));
    if blocks.is_empty() {
        blocks.push(paragraph(format!("{} has not written this page yet.", public.issuer().name)));
    }
    document.blocks = blocks;
    document
}

fn block(public: &Public, piece: &Piece) -> Block {
    let line = |spans: &[Span]| spans.iter().map(|span| inline(public, &span.content)).collect::<Vec<_>>();
    match piece {
        Piece::Heading { spans, .. } => {
            let words = report::document::plain(&line(spans));
            heading(&slug(&words), words)
        }
        Piece::Paragraph(spans) => Block::Paragraph { text: line(spans) },
        Piece::List { ordered, items } => {
            Block::List { ordered: *ordered, items: items.iter().map(|item| line(item)).collect() }
        }
    }
}

fn inline(public: &Public, content: &Content) -> Inline {
    match content {
        Content::Words { text: words, strong: false } => text(words),
        Content::Words { text: words, strong: true } => Inline::Strong { text: words.clone() },
        Content::Call(call) if call.name == "inspectorate" => text(public.issuer().name),
        Content::Call(call) => text(format!("[{}]", call.name)),
    }
}

fn about(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let mut document = said(public, "about", "About this site");
    document.blocks.push(heading("loaded", "What is loaded"));
    document.blocks.push(paragraph(counted(public)));
    let citations: BTreeSet<String> = public.observations.tables().iter().map(|t| t.release.citation()).collect();
    let items = citations.into_iter().map(|citation| vec![text(citation)]).collect();
    document.blocks.push(Block::Details {
        summary: "Every release of figures".into(),
        blocks: vec![Block::List { ordered: false, items }],
    });
    document.blocks.push(Block::Details {
        summary: "Every publication that facts are taken over from, or that they refer to".into(),
        blocks: vec![Block::List { ordered: false, items: publications(public) }],
    });
    Some(Page::new(document).into())
}

fn counted(public: &Public) -> String {
    let of_force = |id: &AreaId| public.force(id.as_str()).is_some();
    let judged = public.judgments();
    let forces: BTreeSet<&AreaId> = judged.iter().map(|j| &j.force).filter(|id| of_force(id)).collect();
    let made = judged.iter().filter(|j| matches!(j.source, Source::Published(..))).count();
    let own = if made == 0 { String::new() } else { format!(" and from the acts of {} itself", public.issuer().name) };
    format!(
        "{} judgments of {} forces and {} findings are known, from {} publications{own}. The figures come from {} releases of official statistics. What is newest is of {}.",
        judged.len(),
        forces.len(),
        public.findings().len(),
        publications(public).len(),
        public.observations.tables().len(),
        reference::long_date(public.date),
    )
}

/// The publications, each once: many forces' facts can be from one.
fn publications(public: &Public) -> Vec<Vec<Inline>> {
    let item = |p: &inspection::record::Publication| {
        let title = match cite::address(public, p) {
            Some(address) => link(&*p.title, address),
            None => text(&p.title),
        };
        let day = if p.published.is_empty() { String::new() } else { format!(", {}", month(&p.published)) };
        vec![text(format!("{}, ", p.publisher)), title, text(day)]
    };
    let mut items: Vec<Vec<Inline>> = Vec::new();
    for item in public.record().publications.values().map(item) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

fn corrections(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let mut document = said(public, "corrections", "Corrections");
    document.blocks.push(heading("published", "Corrections to what was published here"));
    let own = corrected(public);
    document.blocks.push(if own.is_empty() {
        paragraph("Nothing that was published here has been corrected so far.")
    } else {
        table(
            "corrections-published",
            "Corrections to publications, the latest first",
            ["Publication", "Was", "Is now", "Why"],
            own,
        )
    });
    document.blocks.push(heading("departures", "Where our documents depart from their originals"));
    document.blocks.push(paragraph(
        "Some documents here are made from the record of inspections that were published before. Where the original is wrong, or says two things, ours says what is right and the difference is listed here.",
    ));
    document.blocks.extend(by_force(public, departures));
    document.blocks.push(heading("notes", "Notes that were added later"));
    document.blocks.push(paragraph("A published page can be given a note. The page itself stays as it was."));
    document.blocks.extend(by_force(public, notes));
    Some(Page::new(document).into())
}

/// What a correction of a publication says: the title with the day, what was wrong, what is right, why.
fn corrected(public: &Public) -> Vec<Vec<Vec<Inline>>> {
    let seen = public.seen();
    let mut rows = Vec::new();
    for thing in seen.counted(Kind::Publication) {
        let title = thing.latest::<d::Schedule>().map_or_else(|| thing.id.to_string(), |s| s.title.clone());
        for (act, made) in thing.said::<d::CorrectionMade>() {
            let day = day_of(act.at);
            let words = |kept| vec![text(public.words(kept))];
            let name = text(format!("{title}, {}", reference::long_date(day)));
            rows.push((act.at, vec![vec![name], words(&made.was), words(&made.now), words(&made.why)]));
        }
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    rows.into_iter().map(|(_, row)| row).collect()
}

type Rows = (String, Table);

/// A table for each force and cycle that has any, the latest cycle first, under a heading of its own.
fn by_force(public: &Public, of: fn(&Public, &str, &AreaId, &Inspection) -> Option<Rows>) -> Vec<Block> {
    let mut all: Vec<(&str, &AreaId, &Inspection)> = public.record().inspections().collect();
    let order = |cycle: &str| public.folder.frameworks.iter().position(|f| f.id == cycle);
    all.sort_by_key(|(cycle, force, _)| (std::cmp::Reverse(order(cycle)), (*force).clone()));
    let mut blocks = Vec::new();
    for (cycle, force, inspection) in all {
        if let Some((title, table)) = of(public, cycle, force, inspection) {
            blocks.push(Block::Heading { level: 3, id: format!("{}-heading", table.id), text: title });
            blocks.push(Block::Table(table));
        }
    }
    if blocks.is_empty() {
        blocks.push(paragraph("There are none so far."));
    }
    blocks
}

fn named(public: &Public, cycle: &str, force: &AreaId) -> String {
    let name = public.force(force.as_str()).map_or_else(|| force.to_string(), |f| f.name.clone());
    format!("{name}, {}", grades::cycle(public, cycle))
}

fn departures(public: &Public, cycle: &str, force: &AreaId, on: &Inspection) -> Option<Rows> {
    let row = |c: &Correction| {
        let mut was = vec![text(&c.was)];
        if let Some((from, publication)) =
            c.from.as_ref().and_then(|f| Some((f, public.record().publications.get(&f.publication)?)))
        {
            was.push(text(" "));
            was.extend(cite::taken_over(public, from, publication));
        }
        vec![vec![text(document_of(c.product.as_deref()))], was, vec![text(&c.now)], vec![text(&c.why)]]
    };
    let title = named(public, cycle, force);
    let rows: Vec<_> = on.corrections.iter().map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let id = format!("departures-{}-{}", slug(cycle), slug(force.as_str()));
    Some((
        title.clone(),
        made(
            &id,
            &format!("Departures from the originals: {title}"),
            ["Document", "The original", "Ours", "Why"],
            rows,
        ),
    ))
}

fn notes(public: &Public, cycle: &str, force: &AreaId, on: &Inspection) -> Option<Rows> {
    let row = |a: &inspection::record::Annotation| {
        let source = public.record().publications.get(&a.from.publication);
        let source = source.map(|p| cite::taken_over(public, &a.from, p)).unwrap_or_default();
        vec![vec![text(document_of(a.product.as_deref()))], vec![text(month(&a.date))], vec![text(&a.text)], source]
    };
    let title = named(public, cycle, force);
    let rows: Vec<_> = on.annotations.iter().map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let id = format!("notes-{}-{}", slug(cycle), slug(force.as_str()));
    Some((
        title.clone(),
        made(&id, &format!("Notes added later: {title}"), ["Document", "Added", "Note", "Source"], rows),
    ))
}

/// "Report", "Press release": what a kind of document is called.
fn document_of(product: Option<&str>) -> String {
    let known = product::Kind::ALL.into_iter().find(|kind| Some(kind.id()) == product);
    known.map_or_else(|| product.unwrap_or("All documents").replace('-', " "), |kind| kind.title().to_owned())
}

fn table(id: &str, caption: &str, titles: [&str; 4], rows: Vec<Vec<Vec<Inline>>>) -> Block {
    Block::Table(made(id, caption, titles, rows))
}

fn made(id: &str, caption: &str, titles: [&str; 4], rows: Vec<Vec<Vec<Inline>>>) -> Table {
    Table {
        id: id.into(),
        caption: caption.into(),
        columns: titles.map(|title| Column { title: title.into(), numeric: false }).into(),
        rows,
        source: String::new(),
        notes: Vec::new(),
    }
}
