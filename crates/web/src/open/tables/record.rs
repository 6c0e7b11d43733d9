//! What was judged, corrected and published.

use crate::{
    Public,
    known::{Judged, Source},
    open::table::{Column, Holds, Table, column, list, maybe, text, whole, yes},
    public::PACK,
};
use inspection::{
    framework::{Count, Framework},
    programme::{Kind, Text, clock::day_of, details as d},
    record::{Publication, Taken},
};
use report::dataset::Cell;

pub(super) const HOW: Column = column(
    "how",
    "How it is known",
    Holds::Code,
    "taken-over from a publication, or published by the inspectorate here",
);
pub(super) const PUBLICATION: Column = column(
    "publication",
    "Publication",
    Holds::Code,
    "The publication that it is taken over from, as an id of that table",
);
pub(super) const PLACE: Column = column("at", "Place", Holds::Words, "The page or section of the publication");
pub(super) const QUOTE: Column = column("quote", "Quote", Holds::Words, "The words of the publication that carry it");
pub(super) const PUBLISHED: Column =
    column("published", "Published", Holds::When, "When it was published, as far as it is known");

/// The cells of [`HOW`], [`PUBLICATION`], [`PLACE`], [`QUOTE`] and [`PUBLISHED`].
pub(super) fn known(source: &Source<'_>) -> Vec<Cell> {
    match source {
        Source::Taken(taken, publication) => taken_over(taken, publication),
        Source::Published(_, day) => {
            let none = || maybe(None::<String>);
            vec![text("published"), none(), none(), none(), text(day.to_string())]
        }
    }
}

fn taken_over(taken: &Taken, publication: &Publication) -> Vec<Cell> {
    vec![
        text("taken-over"),
        text(&publication.id),
        text(taken.place()),
        maybe(Some(&taken.quote).filter(|quote| !quote.is_empty())),
        text(&publication.published),
    ]
}

/// Judgments.
pub(super) const JUDGMENTS: Table = Table {
    id: "judgments",
    title: "Judgments",
    row: "a judgment of a force at a place in a cycle",
    about: "Judgments that are public, each as it stands in its cycle. A judgment that carries over names the cycle that made it. Grades of \
            different scales are not comparable.",
    source: "Publications of the inspectorate, as stated in each row",
    columns: &[
        column("id", "Judgment", Holds::Code, "The id of the judgment"),
        column("cycle", "Cycle", Holds::Code, "The cycle that it stands in"),
        column("force", "Force", Holds::Code, "The force"),
        column("node", "Node", Holds::Code, "The place in the framework of the cycle"),
        column("value", "Value", Holds::Code, "A grade, or ungraded, not-inspected, to-be-graded or not-graded"),
        column(
            "grades_in_scale",
            "Grades in the scale",
            Holds::Number(0),
            "How many grades the scale of the cycle has that made it",
        ),
        column("made_in", "Made in", Holds::Code, "The cycle that made it"),
        column("carried_over", "Carried over", Holds::Code, "Whether that is an earlier cycle: yes or no"),
        column("note", "Note", Holds::Words, "What a reader should know"),
        HOW,
        PUBLICATION,
        PLACE,
        QUOTE,
        PUBLISHED,
    ],
    rows: |public| public.judgments().iter().map(|judged| judgment(public, judged)).collect(),
};

fn judgment(public: &Public, judged: &Judged<'_>) -> Vec<Cell> {
    let scale = public.framework(&judged.made_in).map(|framework| framework.scale().len());
    let mut row = vec![
        text(&judged.id),
        text(&judged.cycle),
        text(judged.force.as_str()),
        text(judged.node.as_str()),
        text(judged.value.id()),
        scale.map_or_else(|| text(""), whole),
        text(&judged.made_in),
        yes(judged.carried_over),
        maybe(Some(judged.note.trim()).filter(|note| !note.is_empty())),
    ];
    row.extend(known(&judged.source));
    row
}

/// National counts of grades.
pub(super) const NATIONAL_COUNTS: Table = Table {
    id: "national-counts",
    title: "National counts of grades",
    row: "the number of forces with a grade at a place in a cycle",
    about: "How many forces had each grade, as the inspectorate published it or as it was counted from what was published; the source of each row says which. Counts that are not in the sources loaded are not here.",
    source: "Publications of the inspectorate, as stated in each row",
    columns: &[
        column("id", "Count", Holds::Code, "The id of the count"),
        column("cycle", "Cycle", Holds::Code, "The cycle"),
        column("node", "Node", Holds::Code, "The place in its framework"),
        column("grade", "Grade", Holds::Code, "The grade"),
        column("forces", "Forces", Holds::Number(0), "How many forces have it"),
        column("source", "Source", Holds::Words, "Where it is published"),
    ],
    rows: |public| public.folder.frameworks.iter().flat_map(counts).collect(),
};

fn counts(framework: &Framework) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for (node, counts) in &framework.national {
        let source = counts.values().find_map(|count| match count {
            Count::Source(source) => Some(source.as_str()),
            Count::Forces(_) => None,
        });
        for (grade, count) in counts {
            let Count::Forces(forces) = count else { continue };
            rows.push(vec![
                text(format!("{}/{node}/{grade}", framework.id)),
                text(&framework.id),
                text(node),
                text(grade),
                whole(usize::try_from(*forces).unwrap_or_default()),
                text(source.unwrap_or_default()),
            ]);
        }
    }
    rows
}

/// Corrections.
pub(super) const CORRECTIONS: Table = Table {
    id: "corrections",
    title: "Corrections",
    row: "a correction",
    about: "Where a document here departs from its original on purpose, and what was corrected after publication.",
    source: "Record of the inspectorate",
    columns: &[
        column("id", "Correction", Holds::Code, "The id of the correction"),
        column("cycle", "Cycle", Holds::Code, "The cycle"),
        column("force", "Forces", Holds::Codes, "The forces that it is about"),
        column("kind", "Kind", Holds::Code, "departure from an original on purpose, or correction after publication"),
        column("product", "Document", Holds::Code, "The kind of document"),
        column("date", "Date", Holds::When, "When, as far as it is known"),
        column("was", "Was", Holds::Words, "What the original says"),
        column("now", "Now", Holds::Words, "What it says now"),
        column("why", "Why", Holds::Words, "Why"),
    ],
    rows: |public| {
        let on_record = public.record().inspections().flat_map(|(cycle, force, inspection)| {
            inspection.corrections.iter().zip(1..).map(move |(correction, number)| {
                let id = if correction.id.is_empty() { format!("correction-{number}") } else { correction.id.clone() };
                vec![
                    text(format!("{cycle}/{force}/{id}")),
                    text(cycle),
                    list([force]),
                    text("departure"),
                    maybe(correction.product.as_deref()),
                    text(correction.date.as_deref().unwrap_or_default()),
                    text(correction.was.trim()),
                    text(correction.now.trim()),
                    text(correction.why.trim()),
                ]
            })
        });
        on_record.chain(made(public)).collect()
    },
};

fn made(public: &Public) -> Vec<Vec<Cell>> {
    let seen = public.seen();
    let mut rows = Vec::new();
    for thing in seen.counted(Kind::Publication) {
        for (number, (act, correction)) in (1..).zip(thing.said::<d::CorrectionMade>()) {
            let say = |words: &Text| text(public.words(words));
            rows.push(vec![
                text(format!("{}/correction-{number}", thing.id)),
                maybe(thing.belongs.cycle.as_ref().map(ToString::to_string)),
                list(&thing.belongs.forces),
                text("correction"),
                maybe(thing.latest::<d::Schedule>().map(|schedule| schedule.product.clone())),
                text(day_of(act.at).to_string()),
                say(&correction.was),
                say(&correction.now),
                say(&correction.why),
            ]);
        }
    }
    rows
}

/// Publications.
pub(super) const PUBLICATIONS: Table = Table {
    id: "publications",
    title: "Publications",
    row: "a publication",
    about: "The publications that facts are taken over from, and those of the inspectorate here.",
    source: "The publications themselves",
    columns: &[
        column("id", "Publication", Holds::Code, "The id of the publication"),
        column("publisher", "Publisher", Holds::Words, "Who published it"),
        column("title", "Title", Holds::Words, "Its title"),
        column("product", "Product", Holds::Code, "What kind of document"),
        PUBLISHED,
        column("force", "Forces", Holds::Codes, "The forces that it is about"),
        column("pillar", "Pillar", Holds::Code, "The pillar that it is about"),
        column("isbn", "ISBN", Holds::Code, "Its own ISBN"),
        column("address", "Address", Holds::Words, "Where it is or was"),
        column(
            "recalls",
            "Recalls",
            Holds::Code,
            "Whether it is here for what it recalls of an inspection before its own",
        ),
        column("note", "Note", Holds::Words, "What a reader should know"),
        HOW,
    ],
    rows: |public| {
        let mut rows: Vec<Vec<Cell>> = public.record().publications.values().map(publication).collect();
        let seen = public.seen();
        rows.extend(seen.counted(Kind::Publication).filter_map(|thing| {
            let schedule = thing.latest::<d::Schedule>()?;
            let day = day_of(thing.last("publication/publish")?.at);
            let none = || maybe(None::<String>);
            Some(vec![
                text(thing.id.as_str()),
                text(public.issuer().name),
                text(&schedule.title),
                text(&schedule.product),
                text(day.to_string()),
                list(&thing.belongs.forces),
                none(),
                none(),
                none(),
                yes(false),
                none(),
                text("published"),
            ])
        }));
        rows
    },
};

fn publication(publication: &Publication) -> Vec<Cell> {
    vec![
        text(&publication.id),
        text(&publication.publisher),
        text(&publication.title),
        maybe(publication.product.as_deref()),
        text(&publication.published),
        list(&publication.forces),
        maybe(publication.pillar.as_ref().map(ToString::to_string)),
        maybe(publication.isbn.as_deref()),
        maybe(publication.address.as_deref()),
        yes(publication.recalls),
        maybe(Some(publication.note.trim()).filter(|note| !note.is_empty())),
        text("taken-over"),
    ]
}

/// Documents of the site.
pub(super) const DOCUMENTS: Table = Table {
    id: "documents",
    title: "Documents",
    row: "a document of this site",
    about: "The documents that are published here, with the formats that each has. A document's address is its id and, after a dot, the format.",
    source: "This site",
    columns: &[
        column("id", "Document", Holds::Code, "Its address without the ending"),
        column("cycle", "Cycle", Holds::Code, "The cycle"),
        column("force", "Force", Holds::Code, "The force"),
        column("kind", "Kind", Holds::Code, "What kind of document"),
        column("about", "About", Holds::Words, "What that is"),
        column(
            "node",
            "Node",
            Holds::Code,
            "The place in the framework that it is about; not applicable for the whole",
        ),
        column("formats", "Formats", Holds::Codes, "The endings that there are"),
    ],
    rows: |public| {
        let documents = public.shelf.documents().into_iter();
        let row = |shelved: crate::public::Shelved| {
            vec![
                text(&shelved.stem),
                text(&shelved.cycle),
                text(&shelved.force),
                text(shelved.kind.id()),
                text(shelved.kind.about()),
                maybe(Some(&shelved.node).filter(|node| !node.is_empty())),
                list(&shelved.endings),
            ]
        };
        let pack = |(stem, endings): (String, Vec<String>)| {
            let mut parts = stem.split('/');
            vec![
                text(&stem),
                text(parts.next().unwrap_or_default()),
                text(parts.next().unwrap_or_default()),
                text(PACK),
                text("Every measure of a force beside those of the other forces"),
                maybe(None::<String>),
                list(&endings),
            ]
        };
        documents.map(row).chain(public.shelf.packs().into_iter().map(pack)).collect()
    },
};
