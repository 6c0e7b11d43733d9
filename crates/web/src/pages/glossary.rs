//! The glossary.

use crate::{
    page::{self, Page, link},
    routes::{Asked, Made, Route, once},
    told::counted,
};
use report::{
    document::{Block, Inline, text},
    product,
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[Route {
    pattern: "glossary.html",
    about: "Terms that published inspection reports use, in plain words",
    asks: &[],
    all: once,
    make,
}];

fn make(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let terms = public.terms();
    let printed = product::glossary(&terms, public.issuer(), public.date);
    let mut document = page::document(public, printed.title, printed.description);
    let letters: Vec<Vec<Inline>> = printed.blocks.iter().filter_map(letter).collect();
    document.blocks = printed.blocks;
    let many = counted(terms.len(), "term is", "terms are");
    let lead = vec![text(format!("{many} explained here: "))];
    let line = lead.into_iter().chain(letters.join(&text(" "))).chain([text(".")]).collect();
    document.blocks.insert(1, Block::Paragraph { text: line });
    Some(Page::new(document).into())
}

/// The way to a letter.
fn letter(block: &Block) -> Option<Vec<Inline>> {
    let Block::Heading { level: 2, id, text } = block else { return None };
    Some(vec![link(&**text, format!("#{id}"))])
}
