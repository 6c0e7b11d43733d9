//! What a reader asks of a comparison, and the plain page for what was not understood.

use super::{View, ends_on, written};
use crate::{
    Public, Query,
    page::{self, Page, heading, link},
    routes::{self, Asked, Made},
};
use jiff::civil::Date;
use reference::Force;
use report::{
    document::{Block, Document, Inline, Link, paragraph, text},
    html::{Field, Form},
};
use statistics::{measure::Measure, study::When};

/// What the form of a page holds.
pub(super) struct Chosen<'a> {
    pub measure: Option<&'a Measure>,
    pub period: Option<Date>,
    pub force: &'a str,
    pub beside_group: bool,
}

/// What was understood of a query.
struct Understood<'a> {
    measure: &'a Measure,
    when: When,
    force: Option<&'a Force>,
    beside_group: bool,
}

/// What was not understood: what was written, and what there is.
struct Unknown {
    found: String,
    there_is: Vec<Vec<Inline>>,
}

const SIMILAR: &str = "most-similar";

/// The page of `compare.html`.
pub(super) fn page(asked: &Asked<'_>) -> Option<Made> {
    let (public, query) = (asked.public, &asked.query);
    let force = query.get("force").unwrap_or_default();
    let beside_group = query.get("against") == Some(SIMILAR);
    let measure = query.get("measure").and_then(|id| public.measures().find(|m| m.id == id));
    Some(match read(public, query) {
        Ok(Some(understood)) => {
            let view = View::new(public, understood.measure, understood.when)?;
            let view = match understood.force {
                Some(force) => view.about(force, understood.beside_group),
                None => view,
            };
            written(&view).into()
        }
        Ok(None) => choose(public, &Chosen { measure: None, period: None, force, beside_group }).into(),
        Err(unknown) => {
            let mut page = not_understood(public, unknown);
            page.form = Some(form(public, &Chosen { measure, period: None, force, beside_group }));
            page.into()
        }
    })
}

/// What is asked; `None` where no measure is chosen yet.
fn read<'a>(public: &'a Public, query: &Query) -> Result<Option<Understood<'a>>, Vec<Unknown>> {
    let mut unknown = Vec::new();
    let measure = query.get("measure").and_then(|id| {
        let found = public.measures().find(|m| m.id == id);
        if found.is_none() {
            let without = public.folder.measure(id).is_some();
            let about = if without { "no figures are loaded of the measure" } else { "there is no measure" };
            unknown.push(Unknown { found: format!("{about} “{id}”"), there_is: measures(public, query) });
        }
        found
    });
    let when = match (measure, query.get("period")) {
        (_, None) => When::Latest,
        (None, Some(_)) => When::Latest,
        (Some(measure), Some(day)) => match day.parse().ok().filter(|d| public.panels(measure).contains_key(d)) {
            Some(day) => When::On(day),
            None => {
                unknown.push(no_period(public, measure, day, query));
                When::Latest
            }
        },
    };
    let force = query.get("force").and_then(|id| {
        let found = public.force(id);
        if found.is_none() {
            let there_is = public.forces().map(|f| asking(&f.name, &query.with("force", f.id.as_str()))).collect();
            unknown.push(Unknown { found: format!("there is no force “{id}”"), there_is });
        }
        found
    });
    let beside_group = match query.get("against") {
        None | Some(reference::ENGLAND_AND_WALES) => false,
        Some(SIMILAR) => true,
        Some(other) => {
            let there_is = AGAINST.iter().map(|(id, words)| asking(words, &query.with("against", id))).collect();
            unknown.push(Unknown { found: format!("nothing is compared with “{other}”"), there_is });
            false
        }
    };
    if beside_group && measure.is_some() && query.get("force").is_none() {
        let there_is = public.forces().map(|f| asking(&f.name, &query.with("force", f.id.as_str()))).collect();
        unknown.push(Unknown {
            found: "a most similar group is that of a force, and no force was chosen".into(),
            there_is,
        });
    }
    if unknown.is_empty() {
        Ok(measure.map(|measure| Understood { measure, when, force, beside_group }))
    } else {
        Err(unknown)
    }
}

const AGAINST: [(&str, &str); 2] =
    [(reference::ENGLAND_AND_WALES, "England and Wales"), (SIMILAR, "The force's most similar group")];

fn asking(words: &str, query: &Query) -> Vec<Inline> {
    vec![link(words, format!("/compare.html?{}", query.written()))]
}

fn measures(public: &Public, query: &Query) -> Vec<Vec<Inline>> {
    public.measures().map(|m| asking(&m.title, &query.with("measure", &m.id))).collect()
}

fn no_period(public: &Public, measure: &Measure, day: &str, query: &Query) -> Unknown {
    let days = public.panels(measure).keys().rev();
    Unknown {
        found: format!("“{}” has no period that ends on “{day}”", measure.title),
        there_is: days.map(|d| asking(&ends_on(measure, *d), &query.with("period", &d.to_string()))).collect(),
    }
}

/// The page without a choice: what it is for, and every measure.
fn choose(public: &Public, chosen: &Chosen<'_>) -> Page {
    let title = "Compare forces";
    let mut document = page::document(public, title, "Police forces compared on a measure and period of your choice.");
    document.trail = vec![Link { text: "Compare".into(), href: "/measures.html".into() }];
    let items = public
        .measures()
        .map(|m| match public.force(chosen.force) {
            Some(force) => asking(&m.title, &Query::default().with("measure", &m.id).with("force", force.id.as_str())),
            None => vec![link(&*m.title, format!("/compare/{}.html", m.id))],
        })
        .collect();
    document.blocks = vec![
        paragraph("Choose a measure to see where every force stands on it, beside what chance alone could do."),
        heading("measures", "Measures"),
        Block::List { ordered: false, items },
    ];
    Page { form: Some(form(public, chosen)), ..Page::new(document) }
}

fn not_understood(public: &Public, unknown: Vec<Unknown>) -> Page {
    let mut document = plain(public, "This comparison is not there");
    for (number, unknown) in unknown.into_iter().enumerate() {
        document.blocks.push(heading(&format!("there-is-{}", number + 1), report::words::upper_first(&unknown.found)));
        document.blocks.push(paragraph("There is:"));
        document.blocks.push(Block::List { ordered: false, items: unknown.there_is });
    }
    Page { missing: true, ..Page::new(document) }
}

fn plain(public: &Public, title: &str) -> Document {
    let mut document = page::document(public, title, "What was asked for is not there, and what there is instead.");
    document.trail = vec![Link { text: "Compare".into(), href: "/measures.html".into() }];
    document.blocks = vec![paragraph("What was asked for could not be found. Nothing is wrong with your browser.")];
    document
}

/// A period of the address that the measure does not have.
pub(super) fn no_such_period(public: &Public, measure: &Measure, day: &str) -> Page {
    let days: Vec<Date> = public.panels(measure).keys().rev().copied().collect();
    if days.is_empty() {
        return without_figures(public, measure);
    }
    let there_is =
        days.iter().map(|d| vec![link(ends_on(measure, *d), format!("/compare/{}/{d}.html", measure.id))]).collect();
    let found = format!("“{}” has no period that ends on “{day}”", measure.title);
    not_understood(public, vec![Unknown { found, there_is }])
}

/// A measure that has no figures.
pub(super) fn without_figures(public: &Public, measure: &Measure) -> Page {
    let mut document = plain(public, &measure.title);
    document.blocks = vec![Block::Paragraph {
        text: vec![
            text("No figures of this measure are loaded, so forces cannot be compared on it. "),
            link("What it counts, and what it needs", format!("/measures/{}.html", measure.id)),
            text("."),
        ],
    }];
    Page::new(document)
}

/// The form that asks for a comparison.
pub(super) fn form(public: &Public, chosen: &Chosen<'_>) -> Form {
    let field = |name: &str, label: &str, value: String, choices: Vec<(String, String)>| Field {
        name: name.into(),
        label: label.into(),
        value,
        choices,
    };
    let mut measures: Vec<(String, String)> = public.measures().map(|m| (m.id.clone(), m.title.clone())).collect();
    if chosen.measure.is_none() {
        measures.insert(0, (String::new(), "Choose a measure".into()));
    }
    let mut periods = vec![(String::new(), "The latest".to_owned())];
    if let Some(measure) = chosen.measure {
        periods.extend(public.panels(measure).keys().rev().map(|d| (d.to_string(), ends_on(measure, *d))));
    }
    let mut forces = vec![(String::new(), "All forces".to_owned())];
    forces.extend(public.forces().map(|f| (f.id.to_string(), f.name.clone())));
    // The latest is asked for as such, so that another measure can be chosen whose latest ends on another day.
    let latest = chosen.measure.and_then(|m| public.panels(m).keys().last().copied());
    let period = chosen.period.filter(|day| Some(*day) != latest);
    let against = AGAINST.map(|(id, words)| (id.to_owned(), words.to_owned())).to_vec();
    let beside = if chosen.beside_group { SIMILAR } else { reference::ENGLAND_AND_WALES };
    let fields = vec![
        field("measure", "Measure", chosen.measure.map(|m| m.id.clone()).unwrap_or_default(), measures),
        field("period", "Period", period.map(|d| d.to_string()).unwrap_or_default(), periods),
        field("force", "Force", chosen.force.to_owned(), forces),
        field("against", "Against", beside.to_owned(), against),
    ];
    routes::form("compare.html", "Compare forces", "Compare", fields)
}
