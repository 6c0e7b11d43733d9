//! Derivation pages: what a number is, how it came about, and which cells or which words it stands on.

use crate::{
    document::{Block, Column, Document, Inline, Link, Table, paragraph, text},
    pack::numbers::{Derivation, InputRecord, Kind, Numbers},
    words::old_denominator,
};
use jiff::civil::Date;
use reference::{AreaId, Register};
use statistics::{measure::Measure, observations::Observations};

/// What a derivation page is made with.
pub struct Context<'a> {
    /// The figures.
    pub observations: &'a Observations,
    /// The measures.
    pub measures: &'a [Measure],
    /// The forces.
    pub register: &'a Register,
    /// Every number of the edition's cycle.
    pub numbers: &'a Numbers,
    /// Who issues it.
    pub publisher: &'a str,
    /// What a reader must know.
    pub banner: Option<&'a str>,
    /// The force that the pages are about.
    pub force: &'a str,
    /// The cycle, as printed.
    pub cycle: &'a str,
    /// The day of the edition.
    pub date: Date,
}

/// How many rows around a cell its facsimile shows.
const AROUND: u32 = 2;
/// So many parts of a number have their cells shown as a table: one more would be longer than anybody reads.
const TABLES: usize = 3;
/// How many cells around the force's own are shown.
const MOST_AROUND: usize = 12;
/// How many of the force's own are shown; every one is named above them.
const MOST_OWN: usize = 100;
/// How many runs of rows a sentence names; the others are folded away.
const RUNS: usize = 8;

/// The page of a number, and the sentences it appears in: document title, address and words.
#[must_use]
pub fn page(
    context: &Context<'_>,
    reference: &str,
    derivation: &Derivation,
    places: &[(String, String, String)],
) -> Document {
    let measure = context.measures.iter().find(|m| m.id == derivation.measure);
    let title = format!("Where {} comes from", derivation.text);
    let mut blocks = Vec::new();
    for (document, address, sentence) in places.iter().take(3) {
        let words = vec![
            text(format!("\u{201c}{sentence}\u{201d} ")),
            Inline::Link(Link { text: document.clone(), href: address.clone() }),
        ];
        blocks
            .push(Block::Inset { label: "It is printed here".into(), blocks: vec![Block::Paragraph { text: words }] });
    }
    blocks.push(summary(context, reference, derivation, measure));
    blocks.extend(formula(context, derivation, measure));
    blocks.extend(parts(context, derivation));
    blocks.extend(record(derivation));
    blocks.extend(cells(context, derivation, measure));
    blocks.extend(caveats(context, derivation, measure));
    blocks.extend(later(context, derivation));
    blocks.push(heading("cite", "How to cite it"));
    blocks.push(paragraph(citation(context, reference, derivation, measure)));
    Document {
        language: "en-GB".into(),
        title,
        subtitle: Some(measure.map_or_else(|| "A number from the record".to_owned(), |m| m.title.clone())),
        description: format!("Value, method, period, source and limits of {}.", derivation.text),
        publisher: context.publisher.to_owned(),
        date: context.date,
        dated: None,
        running: format!("{} · {} · where a number comes from", context.force, context.cycle),
        banner: context.banner.map(str::to_owned),
        trail: vec![
            Link { text: "Forces".into(), href: "../../../forces.html".into() },
            Link { text: format!("{} {}", context.force, context.cycle), href: "../force-page.html".into() },
        ],
        formats: Vec::new(),
        blocks,
        footnotes: Vec::new(),
    }
}

fn heading(id: &str, words: &str) -> Block {
    Block::Heading { level: 2, id: id.to_owned(), text: words.to_owned() }
}

fn area_name(context: &Context<'_>, area: &str) -> String {
    let name = |id: &str| context.register.force(id).map_or_else(|| id.to_owned(), |f| f.name.clone());
    match area.strip_prefix("most-similar:").or_else(|| area.strip_prefix("most-similar-of-")) {
        Some(force) => format!("The most similar group of {}", name(force)),
        None if area == reference::ENGLAND_AND_WALES => "England and Wales".into(),
        None => name(area),
    }
}

fn prose(period: &str) -> String {
    period.parse::<reference::Period>().map_or_else(|_| period.to_owned(), reference::Period::prose)
}

fn summary(context: &Context<'_>, id: &str, derivation: &Derivation, measure: Option<&Measure>) -> Block {
    let mut rows = vec![
        ("Printed", derivation.text.clone()),
        ("Unrounded", derivation.value.clone()),
        ("Of", area_name(context, &derivation.area)),
        ("How", derivation.kind.words().to_owned()),
    ];
    if let Some(measure) = measure {
        rows.insert(0, ("Measure", measure.title.clone()));
    }
    if !derivation.period.is_empty() {
        rows.push(("Period", prose(&derivation.period)));
    }
    if !derivation.expression.is_empty() {
        rows.push(("Expression", derivation.expression.clone()));
    }
    rows.push(("Reference", id.to_owned()));
    let rows = rows.into_iter().map(|(name, value)| vec![vec![text(name)], vec![text(value)]]).collect();
    let columns = ["What", "Value"].map(|t| Column { title: t.into(), numeric: false }).into();
    Block::Table(Table {
        id: "summary".into(),
        caption: "The number".into(),
        columns,
        rows,
        source: String::new(),
        notes: Vec::new(),
    })
}

fn formula(context: &Context<'_>, derivation: &Derivation, measure: Option<&Measure>) -> Vec<Block> {
    let mut words = derivation.method.clone();
    if derivation.kind.is_computed() && !derivation.numerator.is_empty() {
        words = match (&derivation.denominator, measure) {
            (Some(denominator), Some(m)) => {
                format!("{} ÷ {denominator} × {} = {}", derivation.numerator, m.per, derivation.value)
            }
            _ => format!("The sum of the cells is {}", derivation.numerator),
        };
    }
    let mut blocks = vec![heading("method", "Method"), paragraph(format!("{words}."))];
    if !derivation.without.is_empty() {
        let names: Vec<String> = derivation.without.iter().map(|area| area_name(context, area)).collect();
        blocks.push(paragraph(format!("Left out of both sums: {}.", names.join(", "))));
    }
    blocks
}

fn parts(context: &Context<'_>, derivation: &Derivation) -> Vec<Block> {
    let items: Vec<_> = derivation
        .parts
        .iter()
        .map(|part| {
            let words =
                context.numbers.0.get(part).map_or_else(|| part.clone(), |d| format!("{} ({})", d.text, d.value));
            vec![Inline::Link(Link { text: words, href: format!("{part}.html") })]
        })
        .collect();
    if items.is_empty() {
        Vec::new()
    } else {
        vec![paragraph("It is computed from:"), Block::List { ordered: false, items }]
    }
}

fn record(derivation: &Derivation) -> Vec<Block> {
    let Some(record) = &derivation.on_record else { return Vec::new() };
    let mut blocks = vec![heading("record", "On record")];
    if !record.says.is_empty() {
        blocks.push(paragraph(&record.says));
    }
    if !record.asserted_by.is_empty() {
        blocks.push(paragraph(format!("Asserted by: {}.", record.asserted_by)));
    }
    let published = if record.published.is_empty() {
        String::new()
    } else {
        format!(", published {}", crate::desk::month(&record.published))
    };
    blocks.push(paragraph(format!("{}{published}, {}.", record.publication, record.place)));
    if !record.quote.is_empty() {
        blocks.push(Block::Quote { text: vec![text(&record.quote)], speaker: record.publication.clone() });
    }
    blocks
}

fn cells(context: &Context<'_>, derivation: &Derivation, measure: Option<&Measure>) -> Vec<Block> {
    if derivation.inputs.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading("cells", "The published cells")];
    let mut shown = 0;
    for (number, input) in derivation.inputs.iter().enumerate() {
        blocks.push(paragraph(format!(
            "{}: series {}, {}. {}, SHA-256 {}.",
            crate::words::upper_first(&input.part),
            what_is_summed(input),
            prose(&input.period),
            input.file,
            input.release
        )));
        if input.cells == 0 {
            blocks.push(paragraph("Summed over forces; the cells of each stand with that force's figure."));
            continue;
        }
        for place in &input.places {
            blocks.push(paragraph(format!("{}.", crate::words::upper_first(&place.words(RUNS)))));
            if place.rows.len() > RUNS {
                let all = paragraph(format!("{}.", crate::words::upper_first(&place.words(usize::MAX))));
                let summary =
                    format!("Every row of the {}, {}, {}", input.part, what_is_summed(input), prose(&input.period));
                blocks.push(Block::Details { summary, blocks: vec![all] });
            }
        }
        if let Some(table) = facsimile(context, derivation, input, measure, number) {
            shown += 1;
            if shown <= TABLES {
                blocks.push(Block::Table(table));
            }
        }
    }
    if shown > TABLES {
        blocks.push(paragraph(format!(
            "The cells of the first {TABLES} parts are shown as tables; the rows of the other {} are named above.",
            shown - TABLES
        )));
    }
    blocks
}

/// The series and which labels of it.
fn what_is_summed(input: &InputRecord) -> String {
    if input.only.is_empty() { input.series.clone() } else { format!("{}, {}", input.series, input.only) }
}

/// The cells of a force in a release with the rows beside them, as they stand in the published table.
fn facsimile(
    context: &Context<'_>,
    derivation: &Derivation,
    input: &InputRecord,
    measure: Option<&Measure>,
    number: usize,
) -> Option<Table> {
    let area: AreaId = derivation.area.parse().ok()?;
    let table = context.observations.tables().iter().position(|t| t.release.id.as_str() == input.release)?;
    let measure = measure?;
    let term = input.term(measure)?;
    let period = input.period.parse().ok()?;
    let own = context.observations.cells(table, term, &area, period);
    let lit: Vec<(String, u32)> = own.iter().map(|(c, _)| (c.column.clone(), c.row)).collect();
    let first = own.first()?;
    let near = |row: u32| lit.iter().any(|(_, r)| r.abs_diff(row) <= AROUND);
    let mut rows = Vec::new();
    let mut others: Vec<(u32, String, String, String, bool)> = Vec::new();
    for (other, cell, value) in context.observations.cells_of_all(table, term, period) {
        let Some(force) = context.register.force(other.as_str()).filter(|f| f.in_scope) else { continue };
        if cell.sheet == first.0.sheet && near(cell.row) {
            let words = value.number().map_or_else(|| "–".to_owned(), |n| n.normalize().to_string());
            others.push((cell.row, cell.column, force.short_name.clone(), words, *other == area));
        }
    }
    others.sort();
    others.dedup();
    let (mut around, mut mine_shown) = (0, 0);
    others.retain(|(.., mine)| {
        let (shown, most) = if *mine { (&mut mine_shown, MOST_OWN) } else { (&mut around, MOST_AROUND) };
        *shown += 1;
        *shown <= most
    });
    let of_many = format!(
        "The first {MOST_OWN} of {} cells; every row is named above.",
        reference::group_thousands(&own.len().to_string())
    );
    for (row, column, force, value, mine) in others {
        let lit = |words: String| if mine { Inline::Strong { text: words } } else { text(words) };
        rows.push(vec![vec![lit(row.to_string())], vec![lit(force)], vec![lit(column)], vec![lit(value)]]);
    }
    let columns = [("Row", false), ("Force", false), ("Column", false), ("Value", true)]
        .map(|(t, numeric)| Column { title: t.into(), numeric })
        .into();
    let sheet = first.0.sheet.as_ref().map(|s| format!(", sheet {s}")).unwrap_or_default();
    Some(Table {
        id: format!("cells-{}", number + 1),
        caption: format!(
            "{}, {}, {}: rows of {}{sheet}, the force's in bold",
            crate::words::upper_first(&input.part),
            what_is_summed(input),
            prose(&input.period),
            input.file
        ),
        columns,
        rows,
        source: String::new(),
        notes: if own.len() > MOST_OWN { vec![of_many] } else { Vec::new() },
    })
}

fn caveats(context: &Context<'_>, derivation: &Derivation, measure: Option<&Measure>) -> Vec<Block> {
    let Some(measure) = measure else { return Vec::new() };
    let mut blocks = vec![heading("limits", "What to beware of"), paragraph(&measure.definition)];
    for note in measure.mixed_units.iter().chain(&measure.caveats) {
        blocks.push(paragraph(note));
    }
    let distorts = measure.distorted_by.iter().find(|(area, _)| area.as_str() == derivation.area);
    if let Some((area, reason)) = distorts {
        let name = area_name(context, area.as_str());
        blocks.push(paragraph(format!("{reason} {name} is left out of comparisons and averages.")));
    }
    let last = |period: &str| period.parse::<reference::Period>().ok().map(reference::Period::last);
    let denominators = derivation.inputs.iter().filter(|input| input.part == "denominator");
    let day = denominators.filter_map(|input| last(&input.period)).max();
    let old = day.zip(last(&derivation.period)).and_then(|(day, last)| old_denominator(measure, day, last));
    blocks.extend(old.map(paragraph));
    blocks
}

/// What a later release would make of it: every release that holds the same series and period.
fn later(context: &Context<'_>, derivation: &Derivation) -> Vec<Block> {
    let area: Option<AreaId> = derivation.area.parse().ok();
    let (Some(area), Some(input)) = (area, derivation.inputs.iter().find(|i| i.part == "numerator")) else {
        return Vec::new();
    };
    if input.cells == 0 {
        return Vec::new();
    }
    let Some(measure) = context.measures.iter().find(|m| m.id == derivation.measure) else { return Vec::new() };
    let Some(term) = input.term(measure) else { return Vec::new() };
    let Ok(period) = input.period.parse() else { return Vec::new() };
    let mut rows = Vec::new();
    for (place, table) in context.observations.tables().iter().enumerate() {
        let cells = context.observations.cells(place, term, &area, period);
        if cells.is_empty() {
            continue;
        }
        let sum: rust_decimal::Decimal = cells.iter().filter_map(|(_, v)| v.number()).sum();
        let used = if table.release.id.as_str() == input.release { "used here" } else { "not used" };
        let released =
            table.release.released.as_ref().map_or_else(|| "not stated".to_owned(), reference::ReleaseDate::prose);
        rows.push(vec![
            vec![text(&table.release.title)],
            vec![text(released)],
            vec![text(sum.normalize().to_string())],
            vec![text(used)],
        ]);
    }
    if rows.len() < 2 {
        return vec![
            heading("later", "What other releases say"),
            paragraph("No other release loaded here holds the cells of the numerator."),
        ];
    }
    let columns = [("Release", false), ("Published", false), ("Sum of the cells", true), ("", false)]
        .map(|(t, numeric)| Column { title: if t.is_empty() { "Used".into() } else { t.into() }, numeric })
        .into();
    let table = Table {
        id: "releases".into(),
        caption: "The cells of the numerator in every release loaded".into(),
        columns,
        rows,
        source: String::new(),
        notes: Vec::new(),
    };
    vec![heading("later", "What other releases say"), Block::Table(table)]
}

fn citation(context: &Context<'_>, id: &str, derivation: &Derivation, measure: Option<&Measure>) -> String {
    let what = measure.map_or_else(|| "number on record".to_owned(), |m| m.title.clone());
    let period = if derivation.period.is_empty() { String::new() } else { format!(", {}", prose(&derivation.period)) };
    let source = match (&derivation.on_record, derivation.kind) {
        (Some(record), Kind::TakenOver) => format!("as published in {}, {}", record.publication, record.place),
        (Some(record), _) => format!("{}, {}", record.publication, record.place),
        (None, _) => {
            let parts = derivation.parts.iter().filter_map(|p| context.numbers.0.get(p)).flat_map(|d| &d.inputs);
            let mut files: Vec<&str> = derivation.inputs.iter().chain(parts).map(|i| i.file.as_str()).collect();
            files.sort_unstable();
            files.dedup();
            if files.is_empty() { "the record of the inspection".to_owned() } else { files.join(", ") }
        }
    };
    let limits = measure
        .and_then(|m| m.mixed_units.clone().or_else(|| m.caveats.first().cloned()))
        .map(|c| format!(" {c}"))
        .unwrap_or_default();
    format!(
        "{}: {what}{period}, {}. {}. Source: {source}.{limits} {}, reference {id}.",
        area_name(context, &derivation.area),
        derivation.text,
        crate::words::upper_first(derivation.kind.words()),
        context.publisher
    )
}
