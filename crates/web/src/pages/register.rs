//! The register: what forces and bodies have been asked to do, and how that stands.

mod part;
mod selection;

use crate::{
    Public,
    known::Found,
    naming,
    page::{self, Page, heading, link},
    routes::{self, Asked, Made, Route, each_force, once},
    told::{by_kind, counted},
    tracked::{FOLLOWED, Status},
};
use inspection::record::FindingKind;
use report::{
    document::{Block, Column, Inline, Link, Table, paragraph, text},
    html::Field,
    words::upper_first,
};
use selection::Selection;
use std::collections::BTreeSet;

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route {
        pattern: "register.html",
        about: "Every recommendation, cause of concern and area for improvement, and how each stands",
        asks: &["force", "kind", "status", "cycle", "addressee"],
        all: once,
        make: register,
    },
    Route {
        pattern: "register/force/{force}.html",
        about: "The part of the register that concerns a force",
        asks: &[],
        all: each_force,
        make: part::of_force,
    },
    Route {
        pattern: "register/kind/{kind}.html",
        about: "The part of the register of one kind",
        asks: &[],
        all: each_kind,
        make: part::of_kind,
    },
    Route {
        pattern: "register/cycle/{cycle}.html",
        about: "The part of the register of one cycle",
        asks: &[],
        all: each_cycle,
        make: part::of_cycle,
    },
];

/// More findings than this are listed by their titles alone: each has a page of its own.
const WHOLE: usize = 120;

fn each_kind(_: &Public) -> Vec<Vec<String>> {
    FOLLOWED.iter().map(|kind| vec![kind.ids().0.to_owned()]).collect()
}

fn each_cycle(public: &Public) -> Vec<Vec<String>> {
    cycles(&followed(public)).into_iter().map(|cycle| vec![naming::file_name(&cycle)]).collect()
}

/// The findings that ask for something.
fn followed(public: &Public) -> Vec<Found<'_>> {
    let mut all = public.findings();
    all.retain(|found| FOLLOWED.contains(&found.kind));
    all
}

/// The cycles that findings are from, the latest first.
fn cycles(found: &[Found<'_>]) -> Vec<String> {
    let cycles: BTreeSet<&String> = found.iter().map(|f| &f.cycle).collect();
    cycles.into_iter().rev().cloned().collect()
}

fn register(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let all = followed(public);
    let selection = Selection::of(&asked.query);
    let about = "What police forces and other bodies have been asked to do, and how that stands.";
    let mut document = page::document(public, "Register of recommendations", about);
    document.blocks = if selection.is_everything() {
        let mut blocks = vec![paragraph(where_all_stands(&all)), paragraph(COUNTED)];
        blocks.extend(facets(public, &all));
        blocks.extend(listing(public, &all.iter().collect::<Vec<_>>()));
        blocks
    } else {
        found_by(public, &all, &selection)
    };
    document.blocks.push(follow(&feed()));
    Some(Page { form: Some(form(public, &all, &selection)), feed: Some(feed()), ..Page::new(document) }.into())
}

const COUNTED: &str = "A finding counts once, where it was first printed, however many forces and bodies it is addressed to. Findings that a \
    later publication only recalls are not counted again; one that a later publication makes anew is a finding of its own.";

fn where_all_stands(all: &[Found<'_>]) -> String {
    let forces: BTreeSet<_> = all.iter().flat_map(|found| &found.forces).collect();
    let on = counted(forces.len(), "force", "forces");
    let of = |status: Status| all.iter().filter(|found| found.status() == status).count();
    let are = |count: usize| if count == 0 { "none is".to_owned() } else { counted(count, "is", "are") };
    format!(
        "The register holds {} from inspections of {on}: {}. Of these {} open in the register, and {} known to be closed; of {} a later \
         publication says how they stood, and of {} the outcome is not recorded in the sources loaded.",
        counted(all.len(), "finding", "findings"),
        by_kind(all),
        are(of(Status::Open)),
        are(of(Status::Closed)),
        of(Status::Said),
        of(Status::NotRecorded),
    )
}

/// Counts by force and kind, each leading to its part of the register.
fn facets(public: &Public, all: &[Found<'_>]) -> Vec<Block> {
    let own: BTreeSet<&str> = all.iter().flat_map(|found| &found.forces).map(|force| force.as_str()).collect();
    let row = |name: Inline, fits: &dyn Fn(&Found<'_>) -> bool| {
        let count = |kind: Option<FindingKind>| {
            let of = all.iter().filter(|found| fits(found) && kind.is_none_or(|kind| found.kind == kind));
            vec![text(of.count().to_string())]
        };
        let kinds = FOLLOWED.into_iter().map(|kind| count(Some(kind)));
        std::iter::once(vec![name]).chain(kinds).chain([count(None)]).collect::<Vec<_>>()
    };
    let of_force = |force: &reference::Force| {
        row(link(&*force.name, format!("/register/force/{}.html", force.id)), &|found| found.forces.contains(&force.id))
    };
    let (inspected, others): (Vec<_>, Vec<_>) = public.forces().partition(|force| own.contains(force.id.as_str()));
    let mut rows: Vec<Vec<Vec<Inline>>> = inspected.into_iter().map(of_force).collect();
    if all.iter().any(|found| found.forces.is_empty()) {
        rows.push(row(text("National overviews"), &|found| found.forces.is_empty()));
    }
    rows.push(row(text("All, each once"), &|_| true));
    let column = |title: &str, numeric| Column { title: title.into(), numeric };
    let titles = FOLLOWED.map(|kind| column(kind.titles().1, true));
    let table = Table {
        id: "by-force".into(),
        caption: "Findings on the register by the force that was inspected, all cycles".into(),
        columns: std::iter::once(column("Inspection of", false)).chain(titles).chain([column("All", true)]).collect(),
        rows,
        source: String::new(),
        notes: missing(others.len()),
    };
    let mut blocks = vec![heading("by-force-heading", "By force"), Block::Table(table)];
    let to = |family: &str, id: &str, words: &str| {
        vec![link(words, format!("/register/{family}/{}.html", naming::file_name(id)))]
    };
    let line = |label: &str, links: Vec<Vec<Inline>>| Block::Paragraph {
        text: crate::told::labelled(label, links.join(&text(", "))),
    };
    if !others.is_empty() {
        let others = others.iter().map(|force| to("force", force.id.as_str(), &force.short_name));
        blocks.push(line("What was addressed to other forces", others.collect()));
    }
    let kinds = FOLLOWED.iter().map(|kind| to("kind", kind.ids().0, kind.titles().1));
    let cycles = cycles(all).into_iter().map(|id| to("cycle", &id, &public.cycle_title(&id)));
    blocks.extend([line("By kind", kinds.collect()), line("By cycle", cycles.collect())]);
    blocks
}

/// Says of how many forces there is no finding.
fn missing(forces: usize) -> Vec<String> {
    let of = counted(forces, "other force", "other forces");
    let words = format!(
        "Of {of} no finding is in the sources loaded. A finding of an inspection of another force can still be addressed to them."
    );
    if forces == 0 { Vec::new() } else { vec![words] }
}

/// What a question of the form finds.
fn found_by(public: &Public, all: &[Found<'_>], selection: &Selection<'_>) -> Vec<Block> {
    let found: Vec<&Found<'_>> = all.iter().filter(|found| selection.fits(public, found)).collect();
    let asked = selection.words(public);
    let whole = Block::Paragraph { text: vec![link("Show the whole register", "/register.html")] };
    if found.is_empty() {
        return nothing(&format!("No finding on the register is {asked}."), whole);
    }
    let count = counted(found.len(), "finding is", "findings are");
    let lead = format!("{count} {asked}, of {} on the register.", reference::group_thousands(&all.len().to_string()));
    let mut blocks = vec![paragraph(lead), whole];
    blocks.extend(listing(public, &found));
    blocks
}

/// An answer without findings: what is so, why, and what can be done.
fn nothing(words: &str, way_out: Block) -> Vec<Block> {
    let why = "The register holds what the sources loaded say and what the programme has published, nothing else. That a finding is missing here does not say that there was none.";
    vec![Block::Inset { label: "Nothing found".into(), blocks: vec![paragraph(words), paragraph(why), way_out] }]
}

/// Findings by force and cycle; very many by their titles alone.
fn listing(public: &Public, found: &[&Found<'_>]) -> Vec<Block> {
    let whole = found.len() <= WHOLE;
    let mut blocks = Vec::new();
    let ids = public.forces().map(|force| Some(force.id.as_str().to_owned()));
    for force in ids.chain([None]) {
        let own: Vec<&Found<'_>> =
            found.iter().copied().filter(|f| f.forces.first().map(|id| id.as_str()) == force.as_deref()).collect();
        if own.is_empty() {
            continue;
        }
        let (id, name) =
            force.map_or_else(|| ("national".to_owned(), "National".to_owned()), |id| (id.clone(), public.called(&id)));
        blocks.push(heading(&format!("of-{id}"), name));
        let cycles: BTreeSet<&String> = own.iter().map(|f| &f.cycle).collect();
        for cycle in cycles.into_iter().rev() {
            let of: Vec<&Found<'_>> = in_order(own.iter().copied().filter(|f| f.cycle == *cycle).collect());
            blocks.push(Block::Heading {
                level: 3,
                id: format!("of-{id}-in-{}", naming::file_name(cycle)),
                text: public.cycle_title(cycle),
            });
            if whole {
                blocks.extend(of.iter().map(|found| public.boxed(found)));
            } else {
                blocks.push(Block::List {
                    ordered: false,
                    items: of.iter().map(|found| titled(public, found)).collect(),
                });
            }
        }
    }
    blocks
}

fn titled(public: &Public, found: &Found<'_>) -> Vec<Inline> {
    let words = format!(". {}. {}", found.kind.titles().0, public.stands(found));
    vec![link(found.called(), found.address()), text(words)]
}

/// Each cause of concern with what hangs on it, then the rest by kind.
fn in_order<'a, 'p>(found: Vec<&'a Found<'p>>) -> Vec<&'a Found<'p>> {
    let ids: BTreeSet<&String> = found.iter().map(|f| &f.id).collect();
    let hangs = |f: &Found<'_>| f.parent.as_ref().is_some_and(|parent| ids.contains(parent));
    let with_parts = |top: &'a Found<'p>| {
        let below = found.iter().copied().filter(|f| f.parent.as_ref() == Some(&top.id));
        std::iter::once(top).chain(below).collect::<Vec<_>>()
    };
    found.iter().copied().filter(|f| !hangs(f)).flat_map(with_parts).collect()
}

fn form(public: &Public, all: &[Found<'_>], selection: &Selection<'_>) -> report::html::Form {
    let any = |words: &str| vec![(String::new(), words.to_owned())];
    let field = |name: &str, label: &str, every: &str, choices: Vec<(String, String)>| Field {
        name: name.into(),
        label: label.into(),
        value: selection.get(name).unwrap_or_default().to_owned(),
        choices: any(every).into_iter().chain(choices).collect(),
    };
    let addressees: BTreeSet<&String> = all.iter().flat_map(|found| &found.addressees).collect();
    let mut addressees: Vec<(String, String)> =
        addressees.into_iter().map(|id| (id.clone(), upper_first(&public.called(id)))).collect();
    addressees.sort_by(|a, b| a.1.cmp(&b.1));
    let own = |id: &String| (id.clone(), public.cycle_title(id));
    let fields = vec![
        field("force", "Force", "Every force", public.forces().map(|f| (f.id.to_string(), f.name.clone())).collect()),
        field("kind", "Kind", "Every kind", FOLLOWED.iter().map(|k| (k.ids().0.into(), k.titles().1.into())).collect()),
        field(
            "status",
            "How it stands",
            "Open, closed or not known",
            Status::ALL.iter().map(|s| (s.id().into(), s.words().into())).collect(),
        ),
        field("cycle", "Cycle", "Every cycle", cycles(all).iter().map(own).collect()),
        field("addressee", "Addressed to", "Anybody", addressees),
    ];
    routes::form("register.html", "Filter the register", "Show", fields)
}

fn feed() -> Link {
    Link { text: "Everything new".into(), href: page::FEED.into() }
}

/// Where to hear of more, and the same as data.
fn follow(feed: &Link) -> Block {
    Block::Paragraph {
        text: vec![
            text("To hear of new findings, follow the feed: "),
            link(&*feed.text, format!("/{}", feed.href)),
            text(". Findings and the register as tables are among "),
            link("the open data", "/data.html"),
            text("."),
        ],
    }
}
