//! All forces, and the page of each: where it stands, what it was asked to do, its measures, threads, documents and data.

mod asked;
mod cycles;
mod elsewhere;
mod measures;
mod standing;
mod tables;

use crate::{
    Public,
    known::Judged,
    page::{self, Page, heading, link},
    routes::{Asked, Made, Route, each_force, once},
};
use reference::{AreaId, Force};
use report::{
    document::{Block, Column, Figure, Link, Table, text},
    words::listed,
};
use std::collections::BTreeMap;

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route {
        pattern: "forces.html",
        about: "Every force, by region, with its latest judgments",
        asks: &["q"],
        all: once,
        make: list,
    },
    Route {
        pattern: "forces/{force}.html",
        about: "A force: judgments, findings, measures, threads, documents, data",
        asks: &[],
        all: each_force,
        make: force,
    },
    Route {
        pattern: "forces/{force}.judgments.csv",
        about: "Every judgment of a force that is known, with its source",
        asks: &[],
        all: each_force,
        make: tables::judgments,
    },
    Route {
        pattern: "forces/{force}.findings.csv",
        about: "Every finding about a force that is known, how it stands and its source",
        asks: &[],
        all: each_force,
        make: tables::findings,
    },
];

/// The small charts of every force, drawn once.
pub(crate) type Charts = BTreeMap<AreaId, Vec<Figure>>;

fn list(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let mut document = page::document(
        public,
        "Police forces",
        "The police forces of England and Wales by region, each with its latest judgments.",
    );
    let all = public.judgments();
    let typed = asked.query.get("q").unwrap_or_default();
    let words = typed.to_lowercase();
    let named = |force: &&Force| {
        let names =
            [&force.name, &force.short_name, &force.region].into_iter().chain(force.aliases.iter().map(|a| &a.name));
        let label = public.folder.tiles.get(&force.id).map(|tile| &tile.name);
        words.is_empty() || names.into_iter().chain(label).any(|name| name.to_lowercase().contains(&words))
    };
    let mut regions: BTreeMap<&str, Vec<&Force>> = BTreeMap::new();
    for force in public.forces().filter(named) {
        regions.entry(&force.region).or_default().push(force);
    }
    let count: usize = regions.values().map(Vec::len).sum();
    let mut blocks = vec![Block::Paragraph { text: vec![text(opening(count, typed))] }];
    if count > 0 && words.is_empty() {
        blocks.push(jumps(&regions));
    }
    for (region, forces) in regions {
        blocks.push(heading(&page::slug(region), region));
        blocks.push(Block::Table(latest(public, region, &forces, &all)));
    }
    document.blocks = blocks;
    let form = crate::routes::form(
        "forces.html",
        "Find a force",
        "Find",
        vec![report::html::Field {
            name: "q".into(),
            label: "Name or region".into(),
            value: asked.query.get("q").unwrap_or_default().into(),
            choices: Vec::new(),
        }],
    );
    Some(Page { form: Some(form), ..Page::new(document) }.into())
}

fn opening(count: usize, words: &str) -> String {
    let which =
        if words.is_empty() { String::new() } else { format!(" whose name or region holds \u{201c}{words}\u{201d}") };
    match count {
        0 => format!("There is no force{which}. Leave the box empty to see all of them."),
        1 => format!("There is one force{which}."),
        n => format!(
            "These are the {n} police forces{which}, by region. The judgments are the latest that the sources loaded hold, each with the cycle that it was made in; grades of different scales are not compared."
        ),
    }
}

fn jumps(regions: &BTreeMap<&str, Vec<&Force>>) -> Block {
    let links = regions.keys().map(|region| link(*region, format!("#{}", page::slug(region))));
    Block::Paragraph { text: page::parted(links, " · ") }
}

/// The forces of a region, each in one line.
fn latest(public: &Public, region: &str, forces: &[&Force], all: &[Judged<'_>]) -> Table {
    let row = |force: &&Force| {
        let own: Vec<&Judged<'_>> = all.iter().filter(|j| j.force == force.id).collect();
        let current = standing::current(public, &own);
        let line = vec![text(standing::line(public, &current))];
        vec![vec![link(&*force.name, format!("/forces/{}.html", force.id))], line]
    };
    Table {
        id: format!("{}-forces", page::slug(region)),
        caption: format!("{region}: forces and their latest judgments"),
        columns: ["Force", "Latest judgments"].map(|title| Column { title: title.into(), numeric: false }).into(),
        rows: forces.iter().map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    }
}

fn force(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let force = public.force(asked.parts.first()?)?;
    let judged = public.judgments();
    let own: Vec<&Judged<'_>> = judged.iter().filter(|j| j.force == force.id).collect();
    let current = standing::current(public, &own);
    let found = asked::of(public, force);
    let sentence = standing::sentence(public, force, &current, &found);
    let mut document = page::document(public, &*force.name, sentence.clone());
    document.trail = vec![Link { text: "Forces".into(), href: "/forces.html".into() }];
    let mut blocks = vec![Block::Paragraph { text: vec![text(sentence)] }];
    blocks.extend(standing::tiles(public, &current, &found));
    blocks.push(sections());
    blocks.extend(standing::now(public, force, &current));
    blocks.extend(cycles::all(public, force, &own));
    blocks.extend(asked::blocks(public, force, &found));
    blocks.extend(measures::blocks(public, force));
    blocks.extend(elsewhere::threads(public, force));
    blocks.extend(elsewhere::documents(public, force));
    blocks.extend(elsewhere::data(force));
    document.blocks = blocks;
    let feed = Link { text: format!("What is new about {}", force.name), href: format!("feeds/{}.atom", force.id) };
    Some(Page { feed: Some(feed), ..Page::new(document) }.into())
}

/// The ways down the page.
fn sections() -> Block {
    let links = [
        ("Judgments now", "#judgments"),
        ("Cycle by cycle", "#cycles"),
        ("What it was asked to do", "#asked"),
        ("Measures", "#measures"),
        ("Threads", "#threads"),
        ("Documents", "#documents"),
        ("Data", "#data"),
    ]
    .map(|(words, href)| link(words, href));
    Block::Paragraph { text: page::parted(links, " · ") }
}

/// "Good at effectiveness and efficiency in 2018/19": what is alike is said once.
fn together(parts: Vec<(String, String)>) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (said, name) in parts {
        match groups.iter_mut().find(|(known, _)| *known == said) {
            Some((_, names)) => names.push(name),
            None => groups.push((said, vec![name])),
        }
    }
    let lines: Vec<String> = groups.into_iter().map(|(said, names)| said.replace("{}", &listed(&names))).collect();
    listed(&lines)
}
