//! The page of each finding: what it says, how it stands, what came before and after, and where it is printed.

use crate::{
    Public, cite,
    known::{Found, Source, Standing},
    naming,
    page::{self, Page, heading, link},
    routes::{Asked, Made, Route},
    told::{self, counted, full, labelled},
    tracked::{Entry, FOLLOWED, Status},
};
use inspection::{NodeId, record::FindingKind};
use report::{
    desk::month,
    document::{Block, Column, Inline, Link, Table, paragraph, text},
    product::Kind,
    words::{lower_first, upper_first},
};
use std::collections::BTreeMap;

/// The addresses of this family.
pub const ROUTES: &[Route] = &[Route {
    pattern: "findings/{finding}.html",
    about: "A finding: its words, how it stands, what came before and after it, and where it is printed",
    asks: &[],
    all,
    make,
}];

fn all(public: &Public) -> Vec<Vec<String>> {
    public.findings().iter().map(|found| vec![naming::file_name(&found.id)]).collect()
}

fn make(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let found = public.finding(&naming::id_of(asked.parts.first()?)?)?;
    let kind = found.kind.titles().0;
    let (about, cycle) = (public.about(&found), public.cycle_title(&found.cycle));
    let mut document = page::document(public, found.called(), format!("{kind}, {about}, {cycle}: {}", found.called()));
    document.subtitle = Some(format!("{kind}, {about}, {cycle}"));
    document.trail = trail(public, &found);
    let mut blocks = vec![paragraph(first_sentence(public, &found)), words_of(public, &found)];
    if FOLLOWED.contains(&found.kind) {
        blocks.extend(standing(public, &found));
    }
    blocks.extend(family(public, &found));
    blocks.extend(years(public, &found));
    blocks.extend(printed(public, &found));
    blocks.extend(citing(public, &found));
    document.blocks = blocks;
    Some(Page::new(document).into())
}

fn trail(public: &Public, found: &Found<'_>) -> Vec<Link> {
    let mut trail = vec![Link { text: "Recommendations".into(), href: "/register.html".into() }];
    if let [force] = found.forces.as_slice() {
        let href = format!("/register/force/{force}.html");
        trail.push(Link { text: public.called(force.as_str()), href });
    }
    trail
}

/// What it is, who asked whom, and where it stands.
fn first_sentence(public: &Public, found: &Found<'_>) -> String {
    let kind = upper_first(found.kind.titles().0);
    let cycle = public.cycle_title(&found.cycle);
    let from = match &found.source {
        Source::Taken(_, publication) => {
            let did = if publication.recalls { "recalled" } else { "published" };
            let year =
                if publication.published.is_empty() { String::new() } else { format!(" in {}", publication.year()) };
            format!("as {} {did} it{year}", publication.publisher)
        }
        Source::Published(_, day) => {
            format!("as {} published it on {}", public.issuer().name, reference::long_date(*day))
        }
    };
    let to = match found.addressees.len() {
        1..=3 => format!(", addressed to {}", public.addressees(found)),
        0 => String::new(),
        many => format!(", addressed to {}", counted(many, "force or body", "forces and bodies")),
    };
    let stands = match found.status() {
        _ if !FOLLOWED.contains(&found.kind) => return format!("{kind} of {cycle}, {from}."),
        Status::Open => "It is open in the register.",
        Status::Closed => "It is closed.",
        Status::Said => "A later publication says how it stood; none that is loaded says that it was completed.",
        Status::NotRecorded => "Its outcome is not recorded in the sources loaded.",
    };
    format!("{kind} of {cycle}, {from}{to}. {stands}")
}

fn words_of(public: &Public, found: &Found<'_>) -> Block {
    let mut blocks = told::said(found);
    let mut lines = vec![labelled("Addressed to", vec![text(upper_first(&public.addressees(found)))])];
    if FOLLOWED.contains(&found.kind) {
        lines.push(labelled("Due", vec![text(told::due(found))]));
    }
    if let Some(framework) = public.framework(&found.cycle) {
        lines.push(labelled("Question", vec![text(framework.name(&found.node, "heading"))]));
    }
    blocks.push(Block::List { ordered: false, items: lines });
    Block::Finding {
        kind: found.kind.ids().0.into(),
        label: found.kind.titles().0.into(),
        id: "finding".into(),
        number: None,
        blocks,
    }
}

/// How it stands: the register, or what publications say; then what local policing bodies answered.
fn standing(public: &Public, found: &Found<'_>) -> Vec<Block> {
    let mut blocks = vec![heading("how-it-stands", "How it stands")];
    let entries = public.entries(found);
    if let Standing::Register(_) = &found.stands {
        blocks.extend(if entries.is_empty() {
            vec![paragraph("The register has no entry about it.")]
        } else {
            register(public, &entries)
        });
    } else {
        blocks.push(paragraph(public.stands(found)));
    }
    let recalls = public.recalled(found);
    if !recalls.is_empty() {
        let item = |recall: &crate::tracked::Recall<'_>| {
            let words = format!("{} ", full(&upper_first(recall.stands)));
            std::iter::once(text(words)).chain(cite::taken_over(public, recall.from, recall.publication)).collect()
        };
        blocks.push(paragraph("Later publications came back to it:"));
        blocks.push(Block::List { ordered: false, items: recalls.iter().map(item).collect() });
    }
    blocks.extend(replies(public, found));
    blocks
}

fn register(public: &Public, entries: &[Entry]) -> Vec<Block> {
    let parts = entries.iter().any(|entry| entry.part.is_some());
    let column = |title: &str| Column { title: title.into(), numeric: false };
    let mut columns = vec![column("Addressed to"), column("State"), column("Due")];
    if parts {
        columns.insert(1, column("Part"));
    }
    let row = |entry: &Entry| {
        let late =
            if entry.overdue { format!(" (overdue on {})", reference::long_date(public.date)) } else { String::new() };
        let due = entry.due.clone().unwrap_or_else(|| "no date is stated".into());
        let mut row = vec![
            vec![text(public.called(&entry.addressee))],
            vec![text(upper_first(&entry.state.id().replace('-', " ")))],
            vec![text(upper_first(&due) + &late)],
        ];
        if parts {
            row.insert(1, vec![text(entry.part.map_or_else(|| "whole".to_owned(), |part| part.to_string()))]);
        }
        row
    };
    let table = Table {
        id: "entries".into(),
        caption: format!("The register on {}, by whoever has to act", reference::long_date(public.date)),
        columns,
        rows: entries.iter().map(row).collect(),
        source: format!("{}, register", public.issuer().name),
        notes: Vec::new(),
    };
    let said = entries.iter().flat_map(|entry| entry.said.iter().map(move |(day, words)| (*day, entry, words)));
    let mut said: Vec<_> = said.collect();
    said.sort_by_key(|(day, ..)| *day);
    let item = |(day, entry, words): &(jiff::civil::Date, &Entry, &String)| {
        let part = entry.part.map(|part| format!(", part {part}")).unwrap_or_default();
        labelled(&reference::long_date(*day), vec![text(format!("{}{part}. {words}", public.called(&entry.addressee)))])
    };
    let mut blocks = vec![Block::Table(table)];
    if !said.is_empty() {
        blocks.push(paragraph("What was said of it in public:"));
        blocks.push(Block::List { ordered: false, items: said.iter().map(item).collect() });
    }
    blocks
}

fn replies(public: &Public, found: &Found<'_>) -> Vec<Block> {
    if found.kind != FindingKind::Recommendation {
        return Vec::new();
    }
    let mut blocks =
        vec![Block::Heading { level: 3, id: "answer".into(), text: "What the local policing body answered".into() }];
    let replies = public.replies(found);
    if replies.is_empty() {
        blocks.push(paragraph("No answer of a local policing body is in the sources loaded."));
    }
    for reply in replies {
        let mut line = vec![Inline::Strong {
            text: format!("{}, {}: ", public.called(&reply.body), reference::long_date(reply.on)),
        }];
        line.extend(reply.action.map(|words| text(full(&words))));
        line.extend(reply.why_none.map(|words| text(format!("No action. {}", full(&words)))));
        if let Some(address) = reply.address {
            line.extend([text(" "), link("As the body published it", address), text(".")]);
        }
        blocks.push(Block::Paragraph { text: line });
    }
    blocks
}

/// The cause of concern that it hangs on, or the recommendations that hang on it.
fn family(public: &Public, found: &Found<'_>) -> Vec<Block> {
    let line = |other: &Found<'_>| {
        let mut line = public.named(other);
        line.push(text(format!(". {}", public.stands(other))));
        line
    };
    let above: Vec<_> = found.parent.iter().filter_map(|id| public.finding(id)).collect();
    let below = public.hanging_on(found);
    let mut blocks = Vec::new();
    if !above.is_empty() {
        blocks.push(heading("concern", "The cause of concern that it is part of"));
        blocks.push(Block::List { ordered: false, items: above.iter().map(line).collect() });
    }
    if !below.is_empty() {
        blocks.push(heading("recommendations", "Recommendations that go with it"));
        blocks.push(Block::List { ordered: false, items: below.iter().map(line).collect() });
    }
    blocks
}

/// The same concern through the years: everything that it restates, and everything that restates it, step by step.
fn years(public: &Public, found: &Found<'_>) -> Vec<Block> {
    let restated = |id: &str| public.finding(id).map(|f| f.restates).unwrap_or_default();
    let mut chain = follow(public, found, &restated);
    chain.extend(follow(public, found, &|id| public.restated_by(id)));
    let mut blocks = vec![heading("years", "The same concern in other years")];
    if chain.is_empty() {
        blocks.push(paragraph("No earlier or later finding in the sources loaded is recorded as the same concern."));
        return blocks;
    }
    let item = |other: &Found<'_>| {
        let way = if found.restates.contains(&other.id) {
            "Restates"
        } else if other.restates.contains(&found.id) {
            "Restated by"
        } else if other.cycle < found.cycle {
            "Earlier still"
        } else {
            "Later still"
        };
        let mut line = labelled(way, public.named(other));
        line.push(text(format!(", {}. {}", lower_first(other.kind.titles().0), public.stands(other))));
        line
    };
    blocks.push(Block::List { ordered: false, items: chain.values().map(item).collect() });
    blocks
}

/// All findings that a way leads to from this one, step by step, by cycle.
fn follow<'p>(
    public: &'p Public,
    from: &Found<'_>,
    way: &dyn Fn(&str) -> Vec<String>,
) -> BTreeMap<(String, String), Found<'p>> {
    let mut reached = BTreeMap::new();
    let mut open = way(&from.id);
    while let Some(id) = open.pop() {
        let Some(other) = public.finding(&id).filter(|other| other.id != from.id) else { continue };
        let key = (other.cycle.clone(), other.id.clone());
        if reached.insert(key, other).is_none() {
            open.extend(way(&id));
        }
    }
    reached
}

/// Where it is taken from, and the documents of this site that print it or cover its question.
fn printed(public: &Public, found: &Found<'_>) -> Vec<Block> {
    let mut blocks = vec![heading("printed", "Where it is printed"), Block::Paragraph { text: public.source(found) }];
    let documents: Vec<_> = public.shelf.documents();
    let covers = |document: &&crate::public::Shelved| {
        let place = || document.node.parse::<NodeId>().is_ok_and(|place| found.node.within(&place));
        document.kind != Kind::ForcePage
            && document.cycle == found.cycle
            && found.forces.iter().any(|force| force.as_str() == document.force)
            && (document.node.is_empty() || place())
    };
    let item = |document: &crate::public::Shelved| {
        let address = format!("/{}.html", document.stem);
        let place = document.node.parse().ok().zip(public.framework(&document.cycle));
        let place =
            place.map(|(node, framework)| format!(": {}", framework.name(&node, "heading"))).unwrap_or_default();
        let (place_on_page, words) = match in_text(public, &address, found) {
            Some(anchor) => (anchor, ", which prints it"),
            None => (String::new(), ""),
        };
        vec![link(format!("{}{place}", document.kind.title()), address + &place_on_page), text(words)]
    };
    let items: Vec<Vec<Inline>> = documents.iter().filter(covers).map(item).collect();
    if !items.is_empty() {
        blocks.push(paragraph("Documents of this site on the inspection and its question:"));
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

/// Where a text that is at hand prints a finding, as the end of its address.
fn in_text(public: &Public, address: &str, found: &Found<'_>) -> Option<String> {
    let readable = public.texts.iter().find(|text| text.address == address)?;
    let begins: String = found.text.split_whitespace().take(8).collect::<Vec<_>>().join(" ").to_lowercase();
    let passage = readable.passages.iter().find(|passage| passage.text.to_lowercase().contains(&begins))?;
    Some(if passage.anchor.is_empty() { String::new() } else { format!("#{}", passage.anchor) })
}

/// How to cite the original, and this page's id.
fn citing(public: &Public, found: &Found<'_>) -> Vec<Block> {
    let mut blocks = vec![heading("citing", "How to cite this finding")];
    let line = match &found.source {
        Source::Taken(taken, publication) => {
            let day =
                if publication.published.is_empty() { "no date".to_owned() } else { month(&publication.published) };
            let isbn = publication.isbn.as_ref().map(|isbn| format!(", ISBN {isbn}")).unwrap_or_default();
            let address = cite::address(public, publication).map(|address| format!(", {address}")).unwrap_or_default();
            format!("{}. {}, {day}{isbn}, {}{address}.", publication.publisher, publication.title, taken.place())
        }
        Source::Published(_, day) => {
            format!("{}. {}, {}.", public.issuer().name, found.called(), reference::long_date(*day))
        }
    };
    blocks.push(paragraph(line));
    blocks.push(paragraph(format!("Its number on this site, for ever: {}.", found.id)));
    blocks
}
