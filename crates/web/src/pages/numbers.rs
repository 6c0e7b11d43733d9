//! Where a figure comes from: value, formula with its inputs, and the published cells, sheet and row.

use super::{compare, measures};
use crate::{
    Public, figures,
    page::{Page, heading, link},
    routes::{Asked, Made, Route},
};
use jiff::civil::Date;
use reference::{AreaId, ENGLAND_AND_WALES};
use report::{
    document::{Block, Column, Inline, Link, Table, plain, text},
    pack::numbers::{Derivation, Numbers},
    product,
};
use statistics::{
    measure::Measure,
    study::{Answered, When},
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[Route {
    pattern: "numbers/{reference}.html",
    about: "Where a figure comes from: `officers-fte.hertfordshire.2019-03-31`",
    asks: &[],
    all: latest,
    make: number,
}];

/// The figures of every force and of England and Wales at each measure's latest period.
fn latest(public: &Public) -> Vec<Vec<String>> {
    let of = |measure: &Measure| {
        let Some(answer) = public.answer(measure, When::Latest) else { return Vec::new() };
        let last = answer.panel.period.last();
        let present = answer.panel.figures.iter().filter(|f| f.value.number().is_some());
        let forces = present.map(|f| f.area.to_string());
        let all = figures::stands_for_all(public, &answer.compared.average).then(|| ENGLAND_AND_WALES.to_owned());
        forces.chain(all).map(|area| vec![format!("{}.{area}.{last}", measure.id)]).collect()
    };
    public.measures().flat_map(of).collect()
}

/// A figure that can be asked for.
struct Wanted<'a> {
    reference: &'a str,
    area: &'a str,
    answer: Answered<'a>,
    numbers: Numbers,
    inline: Inline,
}

fn wanted<'a>(public: &'a Public, reference: &'a str) -> Option<Wanted<'a>> {
    let (rest, last) = reference.rsplit_once('.')?;
    let (measure, area) = rest.split_once('.')?;
    let measure = public.folder.measure(measure)?;
    let last: Date = last.parse().ok()?;
    let answer = public.answer(measure, When::On(last))?;
    let mut numbers = Numbers::default();
    let (inline, observations, panel) = (&mut numbers, &*public.observations, &answer.panel);
    let inline = match area.strip_prefix("most-similar-of-") {
        Some(force) => {
            let force = &public.force(force)?.id;
            let (total, _) = public.study().most_similar(measure, panel, force).ok()?;
            inline.total(observations, measure, panel, &figures::group(force), &total, Vec::new())
        }
        None if area == ENGLAND_AND_WALES => {
            let without = answer.compared.left_out().map(ToString::to_string).collect();
            inline.total(observations, measure, panel, area, &answer.compared.average, without)
        }
        None => inline.figure(observations, measure, panel, panel.figure(&public.force(area)?.id)?),
    };
    numbers.0.contains_key(reference).then_some(Wanted { reference, area, answer, numbers, inline })
}

fn number(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let wanted = wanted(public, asked.parts.first()?)?;
    let derivation = wanted.numbers.0.get(wanted.reference)?;
    let (measure, period) = (wanted.answer.measure, wanted.answer.panel.period);
    let name = measures::area_name(public, wanted.area);
    let issuer = public.issuer();
    let context = product::Context {
        observations: &public.observations,
        measures: &public.folder.measures,
        register: &public.folder.register,
        numbers: &wanted.numbers,
        publisher: issuer.name,
        banner: issuer.banner,
        force: &name,
        cycle: "",
        date: public.date,
    };
    let mut document = product::derivation_page(&context, wanted.reference, derivation, &[place(public, &wanted)]);
    document.subtitle = Some(format!("{}, {name}, {}", measure.title, period.prose()));
    document.running = format!("Where a number comes from · {}", issuer.name);
    document.dated = Some(format!("as published by {}", reference::long_date(public.date)));
    document.trail = [
        ("Compare".to_owned(), "/measures.html".to_owned()),
        (measure.title.clone(), format!("/measures/{}.html", measure.id)),
        (period.heading(), compare::row(measure, period.last(), "")),
    ]
    .map(|(text, href)| Link { text, href })
    .into();
    let at = document.blocks.iter().position(|b| matches!(b, Block::Heading { id, .. } if id == "limits"));
    let at = at.unwrap_or(document.blocks.len());
    let more: Vec<Block> = forces(public, &wanted, derivation).into_iter().chain(files(public, derivation)).collect();
    document.blocks.splice(at..at, more);
    Some(Page::new(document).into())
}

/// Where the figure stands on the site: title, address and sentence.
fn place(public: &Public, wanted: &Wanted<'_>) -> (String, String, String) {
    let measure = wanted.answer.measure;
    let row = if wanted.area.starts_with("most-similar-of-") { ENGLAND_AND_WALES } else { wanted.area };
    let name = measures::area_name(public, wanted.area);
    let mut sentence = vec![text(format!("{}, ", figures::when(&wanted.answer.panel)))];
    sentence.extend(figures::clause(&wanted.answer, &name, wanted.inline.clone()));
    sentence.push(text("."));
    let title = format!("Forces compared on {}", report::words::lower_first(&measure.title));
    (title, compare::row(measure, wanted.answer.panel.period.last(), row), plain(&sentence))
}

/// The forces behind a total, each with its own figure; nothing for a force's.
fn forces(public: &Public, wanted: &Wanted<'_>, derivation: &Derivation) -> Vec<Block> {
    let answer = &wanted.answer;
    let group: Option<Vec<AreaId>> = wanted.area.strip_prefix("most-similar-of-").and_then(|force| {
        let force = &public.force(force)?.id;
        public.study().most_similar(answer.measure, &answer.panel, force).ok().map(|(_, members)| members)
    });
    let counts = |area: &AreaId| match &group {
        Some(members) => members.contains(area),
        None => wanted.area == ENGLAND_AND_WALES && !derivation.without.iter().any(|out| out == area.as_str()),
    };
    let sum = |value: reference::Value| value.number().map_or_else(String::new, |n| n.normalize().to_string());
    let mut rows: Vec<(String, Vec<Vec<Inline>>)> = answer
        .panel
        .figures
        .iter()
        .filter(|figure| counts(&figure.area))
        .map(|figure| {
            let name =
                public.force(figure.area.as_str()).map_or_else(|| figure.area.to_string(), |f| f.short_name.clone());
            let mut cells = vec![
                vec![link(&*name, format!("/forces/{}.html", figure.area))],
                vec![text(sum(figure.numerator.value))],
            ];
            cells.extend(figure.denominator.map(|d| vec![text(sum(d.value))]));
            cells.push(vec![figures::of_force(public, answer, &figure.area)]);
            (name, cells)
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut titles = vec![("Force", false), ("Numerator", true)];
    if !answer.measure.denominator.is_empty() {
        titles.push(("Denominator", true));
    }
    titles.push((answer.measure.title.as_str(), true));
    let table = Table {
        id: "forces-summed".into(),
        caption: format!("The forces that are summed, {}", answer.panel.period.prose()),
        columns: titles.into_iter().map(|(title, numeric)| Column { title: title.into(), numeric }).collect(),
        rows: rows.into_iter().map(|(_, cells)| cells).collect(),
        source: compare::sources(public, answer),
        notes: vec!["Each figure leads to its own published cells.".into()],
    };
    vec![heading("forces", "The forces behind it"), Block::Table(table)]
}

/// Where the published files are found; nothing where no source says.
fn files(public: &Public, derivation: &Derivation) -> Vec<Block> {
    let mut items: Vec<Vec<Inline>> = Vec::new();
    for input in &derivation.inputs {
        let release = public.observations.tables().iter().find(|t| t.release.id.as_str() == input.release);
        let Some(release) = release.map(|table| &table.release) else { continue };
        let source = public.folder.sources.iter().find(|s| s.id == release.source);
        let Some(address) = source.and_then(|s| s.address.as_ref()) else { continue };
        let item =
            vec![link(release.citation(), address), text(format!(": file {}. {}", release.file, release.licence))];
        if !items.contains(&item) {
            items.push(item);
        }
    }
    if items.is_empty() {
        return Vec::new();
    }
    vec![heading("files", "Where the files are published"), Block::List { ordered: false, items }]
}
