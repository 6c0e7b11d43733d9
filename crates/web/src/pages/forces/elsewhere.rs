//! Where more about a force is: threads, documents, data.

use crate::{
    Public, grades,
    page::{heading, link},
    pages::reports,
};
use reference::Force;
use report::document::{Block, Inline, paragraph, text};

/// The threads that pass through the force.
pub(super) fn threads(public: &Public, force: &Force) -> Vec<Block> {
    let mut blocks = vec![heading("threads", "Concerns followed through the years")];
    let through = public.folder.threads.iter().filter(|t| t.forces().contains(&&force.id));
    let items: Vec<Vec<Inline>> = through
        .map(|t| vec![link(&*t.title, format!("/threads/{}.html", t.id)), text(format!(". {}", t.about))])
        .collect();
    blocks.push(match items.is_empty() {
        true => paragraph(format!("No thread passes through {} so far.", force.name)),
        false => Block::List { ordered: false, items },
    });
    blocks
}

/// The force's documents, the latest cycle first.
pub(super) fn documents(public: &Public, force: &Force) -> Vec<Block> {
    let mut blocks = vec![heading("documents", "Documents")];
    let all = reports::listed(public);
    let own: Vec<&reports::Listed> = all.iter().filter(|d| d.force == force.id.as_str()).collect();
    if own.is_empty() {
        blocks.push(paragraph(format!("No document about {} is published here.", force.name)));
        return blocks;
    }
    for cycle in own.chunk_by(|a, b| a.cycle == b.cycle) {
        blocks.push(Block::Heading {
            level: 3,
            id: format!("documents-{}", cycle[0].cycle),
            text: grades::cycle(public, &cycle[0].cycle),
        });
        blocks.push(Block::List { ordered: false, items: cycle.iter().map(|d| d.line()).collect() });
    }
    blocks
}

/// Files and addresses for programs.
pub(super) fn data(force: &Force) -> Vec<Block> {
    let id = &force.id;
    let items = [
        ("Every judgment, with its source (CSV)", format!("/forces/{id}.judgments.csv"), ""),
        ("Every finding, how it stands, with its source (CSV)", format!("/forces/{id}.findings.csv"), ""),
        ("Judgments, from the API (JSON)", format!("/api/v1/judgments.json?force={id}"), ""),
        ("Findings of its inspections, from the API (JSON)", format!("/api/v1/findings.json?force={id}"), ""),
        ("Findings that ask it to act, from the API (JSON)", format!("/api/v1/findings.json?addressees={id}"), ""),
        ("A feed of what is new (Atom)", format!("/feeds/{id}.atom"), ""),
        ("All open data", "/data.html".into(), ": the same for all forces, with the figures"),
    ];
    let items = items.map(|(words, href, more)| vec![link(words, href), text(more)]).into();
    vec![heading("data", "Data"), Block::List { ordered: false, items }]
}
