//! Where a fact is from: the publication with its address, the page or section, the words that carry it.

use crate::{Public, grades, known::Source, page::link};
use inspection::record::{Publication, Taken};
use reference::AreaId;
use report::{
    desk::month,
    document::{Inline, text},
};

/// "HMIC, 8 December 2016": who and when, a link where the publication has an address.
#[must_use]
pub fn named(public: &Public, source: &Source<'_>) -> Vec<Inline> {
    match source {
        Source::Taken(_, publication) => {
            let name = match publication.published.as_str() {
                "" => publication.publisher.clone(),
                day => format!("{}, {}", publication.publisher, month(day)),
            };
            vec![led(public, publication, name)]
        }
        Source::Published(_, day) => {
            vec![text(format!("{}, {}", public.issuer().name, reference::long_date(*day)))]
        }
    }
}

/// "HMIC, 8 December 2016, page 10: “…”": the same with the place and the words that carry the fact.
#[must_use]
pub fn quoted(public: &Public, source: &Source<'_>) -> Vec<Inline> {
    let mut line = named(public, source);
    if let Source::Taken(taken, _) = source {
        let quote = if taken.quote.is_empty() { String::new() } else { format!(": \u{201c}{}\u{201d}", taken.quote) };
        line.push(text(format!(", {}{quote}", taken.place())));
    }
    line
}

/// "HMIC, PEEL: Police legitimacy 2016, 8 December 2016, page 10: “…”."
#[must_use]
pub fn taken_over(public: &Public, taken: &Taken, publication: &Publication) -> Vec<Inline> {
    let day = match publication.published.as_str() {
        "" => String::new(),
        day => format!(", {}", month(day)),
    };
    let quote = if taken.quote.is_empty() { ".".to_owned() } else { format!(": \u{201c}{}\u{201d}.", taken.quote) };
    let mut line = vec![
        text(format!("{}, ", publication.publisher)),
        led(public, publication, publication.title.clone()),
        text(format!("{day}, {}{quote}", taken.place())),
    ];
    if address(public, publication).is_none() {
        line.push(text(" The sources loaded give no address for it."));
    }
    line
}

fn led(public: &Public, publication: &Publication, words: String) -> Inline {
    match address(public, publication) {
        Some(address) => link(words, address),
        None => text(words),
    }
}

/// Where a publication is or was; what has its ISBN is the same book, though it be on record twice.
#[must_use]
pub fn address(public: &Public, publication: &Publication) -> Option<String> {
    let same = |other: &&Publication| other.isbn.is_some() && other.isbn == publication.isbn;
    let twin = || public.record().publications.values().filter(same).find_map(|p| p.address.as_deref());
    let address = publication.address.as_deref().or_else(twin)?;
    Some(whole(address))
}

/// An address as a browser follows it: publications print theirs without the scheme.
#[must_use]
pub fn whole(address: &str) -> String {
    if address.contains("://") { address.to_owned() } else { format!("https://{address}") }
}

/// Our own document of the same kind about the same force, cycle and pillar, where one is published: its address from the root, with a place on it (`#finding-vetting`) or none.
#[must_use]
pub fn ours(public: &Public, cycle: &str, force: &AreaId, publication: &Publication, place: &str) -> Option<Inline> {
    let product = publication.product.as_deref()?;
    let pillar = publication.pillar.as_ref().map(|p| format!("-{p}")).unwrap_or_default();
    let path = format!("{cycle}/{force}/{product}{pillar}.html");
    let words = format!("the same document as made from the record of {}", grades::cycle(public, cycle));
    public.shelf.holds(&path).then(|| link(words, format!("/{path}{place}")))
}
