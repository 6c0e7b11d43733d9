//! Forces compared on one measure in one period: where each stands, beside what chance alone could do, and by which method.
//!
//! No league table: rows are in the order of the alphabet, the chart names its ends, and a verdict says where a force stands among forces.

mod asked;
mod charts;
mod data;
mod table;
mod words;

pub use data::{all_periods, dataset};

use crate::{
    Public, figures,
    page::{self, Page, heading, link},
    routes::{Asked, Made, Route, once},
};
use jiff::civil::Date;
use reference::{AreaId, Force, long_date};
use report::{
    csv_file,
    document::{Block, Document, Link, paragraph, text},
};
use statistics::{
    NoComparison,
    measure::{Aggregate, Kind, Measure},
    study::{Answered, When},
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route {
        pattern: "compare.html",
        about: "Forces compared on a measure, in a period, against England and Wales or a most similar group",
        asks: &["measure", "period", "force", "against"],
        all: once,
        make: asked::page,
    },
    Route {
        pattern: "compare/{measure}.html",
        about: "Forces compared on a measure at its latest period",
        asks: &[],
        all: each_measure,
        make: latest,
    },
    Route {
        pattern: "compare/{measure}/{period}.html",
        about: "Forces compared on a measure in the period that ends on a day",
        asks: &[],
        all: each_period,
        make: one,
    },
    Route {
        pattern: "compare/{measure}/{period}.csv",
        about: "The same as data, unrounded",
        asks: &[],
        all: each_period,
        make: csv,
    },
];

/// One address a measure that has figures.
pub(super) fn each_measure(public: &Public) -> Vec<Vec<String>> {
    public.measures().map(|m| vec![m.id.clone()]).collect()
}

fn each_period(public: &Public) -> Vec<Vec<String>> {
    let of = |m: &Measure| public.panels(m).keys().map(|day| vec![m.id.clone(), day.to_string()]).collect::<Vec<_>>();
    public.measures().flat_map(of).collect()
}

/// What a page compares.
struct View<'a> {
    public: &'a Public,
    answer: Answered<'a>,
    /// The force that it is about; none on a page about all of them.
    about: Option<About<'a>>,
}

/// The force that a page is about.
struct About<'a> {
    force: &'a Force,
    /// Its most similar group's figure and members.
    group: Result<(Aggregate, Vec<AreaId>), NoComparison>,
    /// Whether it is set beside that group rather than England and Wales.
    beside_group: bool,
}

impl<'a> View<'a> {
    fn new(public: &'a Public, measure: &'a Measure, when: When) -> Option<Self> {
        Some(Self { public, answer: public.answer(measure, when)?, about: None })
    }

    fn about(mut self, force: &'a Force, beside_group: bool) -> Self {
        let answer = &self.answer;
        let group = match answer.measure.kind {
            Kind::Count => Err(NoComparison::NotARate),
            Kind::Rate | Kind::Percent | Kind::Mean => {
                self.public.study().most_similar(answer.measure, &answer.panel, &force.id)
            }
        };
        self.about = Some(About { force, group, beside_group });
        self
    }

    fn measure(&self) -> &'a Measure {
        self.answer.measure
    }

    fn last(&self) -> Date {
        self.answer.panel.period.last()
    }

    fn short(&self, area: &AreaId) -> String {
        self.public.force(area.as_str()).map_or_else(|| area.to_string(), |force| force.short_name.clone())
    }

    /// Short names, joined.
    fn names<'n>(&self, areas: impl IntoIterator<Item = &'n AreaId>) -> String {
        report::words::listed(&areas.into_iter().map(|area| self.short(area)).collect::<Vec<_>>())
    }

    /// The source line: each release once.
    fn source(&self) -> String {
        sources(self.public, &self.answer)
    }
}

/// The releases behind an answer, each once.
pub(super) fn sources(public: &Public, answer: &Answered<'_>) -> String {
    let inputs = answer.panel.numerator_inputs.iter().chain(&answer.panel.denominator_inputs);
    let mut names: Vec<String> = Vec::new();
    for input in inputs {
        let citation = public.observations.tables()[input.table].release.citation();
        if !names.contains(&citation) {
            names.push(citation);
        }
    }
    names.join("; ")
}

fn latest(asked: &Asked<'_>) -> Option<Made> {
    let measure = asked.public.folder.measure(asked.parts.first()?)?;
    Some(match View::new(asked.public, measure, When::Latest) {
        Some(view) => written(&view).into(),
        None => asked::without_figures(asked.public, measure).into(),
    })
}

fn one(asked: &Asked<'_>) -> Option<Made> {
    let measure = asked.public.folder.measure(asked.parts.first()?)?;
    let day = asked.parts.get(1)?;
    let view = day.parse().ok().and_then(|day| View::new(asked.public, measure, When::On(day)));
    Some(match view {
        Some(view) => written(&view).into(),
        None => asked::no_such_period(asked.public, measure, day).into(),
    })
}

fn csv(asked: &Asked<'_>) -> Option<Made> {
    let measure = asked.public.folder.measure(asked.parts.first()?)?;
    let answer = asked.public.answer(measure, When::On(asked.parts.get(1)?.parse().ok()?))?;
    Some(csv_file::write(&dataset(asked.public, &answer)).into())
}

/// The page of a comparison.
fn written(view: &View<'_>) -> Page {
    let (public, measure, period) = (view.public, view.measure(), view.answer.panel.period);
    let subtitle = match &view.about {
        Some(about) => format!("{} among the forces, {}", about.force.short_name, period.prose()),
        None => format!("Forces compared, {}", period.prose()),
    };
    let description =
        format!("{} of every police force, {}, with the method of comparison.", measure.title, period.prose());
    let data = format!("/compare/{}/{}.csv", measure.id, view.last());
    let mut document = Document {
        subtitle: Some(subtitle),
        formats: vec![Link { text: "CSV".into(), href: data }],
        trail: trail(measure),
        ..page::document(public, &*measure.title, description)
    };
    document.blocks = blocks(view);
    let about = view.about.as_ref();
    let chosen = asked::Chosen {
        measure: Some(measure),
        period: Some(view.last()),
        force: about.map_or("", |a| a.force.id.as_str()),
        beside_group: about.is_some_and(|a| a.beside_group),
    };
    Page { form: Some(asked::form(public, &chosen)), ..Page::new(document) }
}

fn blocks(view: &View<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph { text: words::stands(view) }];
    blocks.extend(words::about(view));
    blocks.push(words::caution(view));
    if view.measure().kind != Kind::Count {
        blocks.extend(charts::ranked(view).map(|figure| Block::Figure(Box::new(figure))));
    }
    blocks.push(heading("forces", "Force by force"));
    blocks.push(Block::Table(table::forces(view)));
    blocks.push(heading("left-out", "Forces left out"));
    blocks.extend(words::left_out(view));
    if let Some(figure) = charts::funnel(view) {
        blocks.push(heading("funnel", "What chance leaves open"));
        blocks.push(paragraph(words::FUNNEL));
        blocks.push(Block::Figure(Box::new(figure)));
    }
    blocks.push(heading("method", "The method in words"));
    blocks.extend(words::method(view));
    blocks.push(heading("more", "Other periods and data"));
    blocks.extend(periods(view.public, view.measure()));
    blocks
}

fn trail(measure: &Measure) -> Vec<Link> {
    vec![
        Link { text: "Compare".into(), href: "/measures.html".into() },
        Link { text: measure.title.clone(), href: format!("/measures/{}.html", measure.id) },
    ]
}

/// Where the other periods are, and all of them as data.
fn periods(public: &Public, measure: &Measure) -> Vec<Block> {
    let days = public.panels(measure).keys().rev();
    let items = days
        .map(|day| {
            let period = reference::Period::ending(measure.length, *day).heading();
            vec![link(period, format!("/compare/{}/{day}.html", measure.id))]
        })
        .collect();
    vec![
        Block::Paragraph {
            text: vec![
                link(
                    format!("{}: definition, sources, trend", measure.title),
                    format!("/measures/{}.html", measure.id),
                ),
                text(" · "),
                link("All forces and periods (CSV)", format!("/measures/{}.csv", measure.id)),
            ],
        },
        Block::Details { summary: "Every period".into(), blocks: vec![Block::List { ordered: false, items }] },
    ]
}

/// The latest comparison of a measure in a sentence or two.
pub(super) fn sentence(public: &Public, measure: &Measure) -> Option<Vec<report::document::Inline>> {
    View::new(public, measure, When::Latest).map(|view| words::stands(&view))
}

/// How the address of a page names a force's row.
pub(super) fn row(measure: &Measure, last: Date, area: &str) -> String {
    let fragment = if area == reference::ENGLAND_AND_WALES { "" } else { area };
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("/compare/{}/{last}.html{hash}{fragment}", measure.id)
}

/// As a list of periods says one.
fn ends_on(measure: &Measure, day: Date) -> String {
    match measure.length {
        reference::Length::Instant => long_date(day),
        reference::Length::Months(_) => reference::Period::ending(measure.length, day).heading(),
    }
}

/// A figure of a table that is no figure of a measure.
fn number(words: String) -> Vec<report::document::Inline> {
    vec![text(words)]
}

/// A number beside a figure, with two decimals.
fn score(z: f64) -> String {
    figures::plain(z, 2)
}
