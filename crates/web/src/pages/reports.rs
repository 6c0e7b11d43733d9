//! Every document that is published, by cycle and force, with its formats.

use crate::{
    Public, grades,
    page::{self, Page, heading, link, slug},
    public::Shelved,
    query::Query,
    routes::{Asked, Made, Route, form, once},
};
use reference::Force;
use report::{
    document::{Block, Column, Inline, Table, paragraph, text},
    html::Field,
    words::lower_first,
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[Route {
    pattern: "reports.html",
    about: "Every published document by cycle and force, with its formats",
    asks: &["cycle", "force"],
    all: once,
    make: reports,
}];

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The cycle.
    pub cycle: String,
    /// The force.
    pub force: String,
    /// What it is: "Summary of legitimacy".
    pub title: String,
    /// Its address without the ending.
    stem: String,
    /// The endings that there are but `html`.
    endings: Vec<String>,
}

impl Listed {
    /// Its title as a link, and its other formats.
    pub(crate) fn line(&self) -> Vec<Inline> {
        let mut line = vec![link(&*self.title, format!("/{}.html", self.stem))];
        if !self.endings.is_empty() {
            line.push(text(" ("));
            line.extend(self.formats());
            line.push(text(")"));
        }
        line
    }

    fn formats(&self) -> Vec<Inline> {
        let formats = self.endings.iter().map(|e| link(e.to_uppercase(), format!("/{}.{e}", self.stem)));
        page::parted(formats, ", ")
    }
}

/// Every document on the shelf, data packs among them: the latest cycle first, then by force.
pub(crate) fn listed(public: &Public) -> Vec<Listed> {
    let mut all: Vec<Listed> = public.shelf.documents().into_iter().map(|shelved| of(public, shelved)).collect();
    all.extend(packs(public));
    let order = |cycle: &str| public.folder.frameworks.iter().position(|f| f.id == cycle);
    all.sort_by(|a, b| {
        (order(&b.cycle), &b.cycle).cmp(&(order(&a.cycle), &a.cycle)).then_with(|| a.force.cmp(&b.force))
    });
    all
}

fn of(public: &Public, shelved: Shelved) -> Listed {
    let framework = public.framework(&shelved.cycle);
    let named = shelved.node.parse().ok().zip(framework).map(|(node, f)| lower_first(&f.name(&node, "heading")));
    let title = shelved.kind.title();
    let title = match (named, shelved.node.as_str()) {
        (Some(name), _) => format!("{title}: {name}"),
        (None, "") => title.to_owned(),
        (None, node) => format!("{title}: {node}"),
    };
    Listed { cycle: shelved.cycle, force: shelved.force, title, stem: shelved.stem, endings: others(shelved.endings) }
}

fn packs(public: &Public) -> impl Iterator<Item = Listed> {
    public.shelf.packs().into_iter().filter_map(|(stem, endings)| {
        let mut parts = stem.split('/').map(str::to_owned);
        let (cycle, force) = (parts.next()?, parts.next()?);
        Some(Listed { title: "Data pack".into(), cycle, force, endings: others(endings), stem })
    })
}

/// The formats beside HTML that people read or compute with.
fn others(endings: Vec<String>) -> Vec<String> {
    endings.into_iter().filter(|e| ["pdf", "txt", "ods", "xlsx", "csv"].contains(&e.as_str())).collect()
}

fn reports(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let all = listed(public);
    let wanted = |d: &&Listed| {
        asked.query.get("cycle").is_none_or(|cycle| d.cycle == cycle)
            && asked.query.get("force").is_none_or(|force| d.force == force)
    };
    let some: Vec<&Listed> = all.iter().filter(wanted).collect();
    let mut document = page::document(public, "Reports", "Every document that is published here, by cycle and force.");
    document.blocks = vec![paragraph(opening(&all, &some))];
    for cycle in some.chunk_by(|a, b| a.cycle == b.cycle) {
        document.blocks.extend(section(public, cycle));
    }
    Some(Page { form: Some(filter(public, &all, &asked.query)), ..Page::new(document) }.into())
}

fn opening(all: &[Listed], some: &[&Listed]) -> String {
    match (all.len(), some.len()) {
        (0, _) => "No document is published here so far.".into(),
        (_, 0) => "No document fits. Choose another cycle or force, or all of them.".into(),
        (1, 1) => "One document is published here.".into(),
        (all, some) if all == some => {
            format!(
                "{all} documents are published here, the latest cycle first. Each leads to the other forms that it has."
            )
        }
        (all, 1) => format!("One of {all} documents fits."),
        (all, some) => format!("{some} of {all} documents fit."),
    }
}

fn section(public: &Public, of_cycle: &[&Listed]) -> Vec<Block> {
    let cycle = &of_cycle[0].cycle;
    let title = grades::cycle(public, cycle);
    let name = |id: &str| public.force(id).map_or_else(|| id.to_owned(), |f: &Force| f.name.clone());
    let row = |d: &&Listed| {
        let formats = if d.endings.is_empty() { vec![text("HTML only")] } else { d.formats() };
        vec![
            vec![link(&*d.title, format!("/{}.html", d.stem))],
            vec![link(name(&d.force), format!("/forces/{}.html", d.force))],
            formats,
        ]
    };
    let table = Table {
        id: format!("documents-{}", slug(cycle)),
        caption: format!("Documents of {title}"),
        columns: ["Document", "Force", "Other formats"].map(|t| Column { title: t.into(), numeric: false }).into(),
        rows: of_cycle.iter().map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    };
    vec![heading(&format!("cycle-{}", slug(cycle)), title), Block::Table(table)]
}

fn filter(public: &Public, all: &[Listed], query: &Query) -> report::html::Form {
    let choices = |first: &str, ids: Vec<&str>, name: &dyn Fn(&str) -> String| {
        let all = std::iter::once((String::new(), first.to_owned()));
        all.chain(ids.into_iter().map(|id| (id.to_owned(), name(id)))).collect::<Vec<_>>()
    };
    let mut cycles: Vec<&str> = all.iter().map(|d| d.cycle.as_str()).collect();
    cycles.dedup();
    let forces = public.forces().map(|f| f.id.as_str()).filter(|id| all.iter().any(|d| d.force == *id)).collect();
    let field = |name: &str, label: &str, choices| Field {
        name: name.into(),
        label: label.into(),
        value: query.get(name).unwrap_or_default().into(),
        choices,
    };
    let named = |id: &str| public.force(id).map_or_else(|| id.to_owned(), |f| f.name.clone());
    form(
        "reports.html",
        "Filter the documents",
        "Show",
        vec![
            field("cycle", "Cycle", choices("All cycles", cycles, &|id| grades::cycle(public, id))),
            field("force", "Force", choices("All forces", forces, &named)),
        ],
    )
}
