//! The annex "About the data" and the derivation of every number, generated from what the pack used.

use super::{
    Writer,
    numbers::{Cells, Derivation, InputRecord},
};
use crate::document::{Block, Column, Inline, Table, paragraph, text};
use reference::Mark;

/// How many runs of rows are named in print; the rest are counted, and stand in the manifest.
const RUNS: usize = 4;

impl Writer<'_, '_> {
    pub(super) fn annex(&mut self) -> Vec<Block> {
        let heading = |level, id: &str, text: &str| Block::Heading { level, id: id.into(), text: text.into() };
        let mut blocks = vec![
            heading(2, "about-the-data", "About the data"),
            paragraph(
                "This annex is made from the definitions and releases that the figures above were computed with.",
            ),
            heading(3, "releases", "Releases used"),
            self.releases(),
            heading(3, "symbols", "Symbols"),
            symbols(),
            heading(3, "where-the-numbers-come-from", "Where the numbers come from"),
            paragraph(
                "For each measure: what it counts, what to beware of, and the published cells that this force's figure was computed from. The manifest of the edition names every cell.",
            ),
        ];
        let ids: Vec<String> =
            self.data.plan.measures().into_iter().filter(|id| self.answer(id).is_some()).map(str::to_owned).collect();
        for id in ids {
            blocks.extend(self.derivation(&id));
        }
        let missing: Vec<&str> = self.data.unanswered().collect();
        if !missing.is_empty() {
            blocks.push(paragraph(format!("Left out for want of figures: {}.", missing.join(", "))));
        }
        blocks
    }

    fn releases(&self) -> Block {
        let mut tables: Vec<usize> = Vec::new();
        for answer in self.data.answered() {
            let inputs = answer.panel.numerator_inputs.iter().chain(&answer.panel.denominator_inputs);
            tables.extend(inputs.map(|i| i.table));
        }
        tables.sort_unstable();
        tables.dedup();
        let row = |table: usize| {
            let release = &self.data.study.observations.tables()[table].release;
            let date = release.released.as_ref().map_or_else(|| "not stated".to_owned(), reference::ReleaseDate::prose);
            [
                release.title.clone(),
                release.publisher.clone(),
                date,
                release.file.clone(),
                release.id.short().to_owned(),
            ]
            .map(|cell| vec![text(cell)])
            .to_vec()
        };
        let columns = ["Publication", "Publisher", "Published", "File", "SHA-256 begins"]
            .map(|title| Column { title: title.into(), numeric: false });
        let mut licences: Vec<&str> =
            tables.iter().map(|t| self.data.study.observations.tables()[*t].release.licence.as_str()).collect();
        licences.sort_unstable();
        licences.dedup();
        Block::Table(Table {
            id: "table-releases".into(),
            caption: "Published files that the figures were computed from".into(),
            columns: columns.into(),
            rows: tables.into_iter().map(row).collect(),
            source: String::new(),
            notes: licences.into_iter().map(str::to_owned).collect(),
        })
    }

    fn derivation(&mut self, id: &str) -> Vec<Block> {
        self.own(id);
        let Some((answer, place)) = self.answer(id) else { return Vec::new() };
        let measure = answer.measure;
        let mut blocks = vec![
            Block::Heading { level: 4, id: format!("from-{id}"), text: measure.title.clone() },
            paragraph(format!("{} Source: {}", measure.definition, measure.source)),
        ];
        let cautions = measure.caveats.iter().chain(&measure.mixed_units);
        blocks.extend(cautions.map(|caution| Block::Paragraph {
            text: vec![Inline::Strong { text: "Caution: ".into() }, text(caution)],
        }));
        let reference = format!("{id}.{}.{}", answer.panel.figures[place].area, answer.panel.period.last());
        if let Some(derivation) = self.numbers.0.get(&reference) {
            blocks.push(paragraph(formula(derivation, &self.force.short_name)));
            blocks.push(Block::List {
                ordered: false,
                items: together(&derivation.inputs).into_iter().map(|line| vec![text(line)]).collect(),
            });
        }
        blocks
    }
}

/// "Hertfordshire: 2,008.67 ÷ 1,184,365 × 1000 = 1.6959…, shown as 1.70."
fn formula(derivation: &Derivation, name: &str) -> String {
    let grouped = |number: &str| {
        number.parse().map_or_else(
            |_| number.to_owned(),
            |n: rust_decimal::Decimal| reference::display(n, n.normalize().scale().min(4)),
        )
    };
    let value = derivation.value.parse::<rust_decimal::Decimal>().unwrap_or_default();
    let (value, more) = (value.round_dp(6).normalize(), if value.scale() > 6 { "…" } else { "" });
    match &derivation.denominator {
        Some(denominator) => {
            let per = derivation.method.rsplit(' ').next().unwrap_or("1");
            format!(
                "{name}: {} ÷ {} × {} = {value}{more}, shown as {}.",
                grouped(&derivation.numerator),
                grouped(denominator),
                grouped(per),
                derivation.text
            )
        }
        None => format!("{name}: {}, shown as {}.", grouped(&derivation.numerator), derivation.text),
    }
}

/// One line for each part, series and file, the published periods that make it up run together.
fn together(inputs: &[InputRecord]) -> Vec<String> {
    let same = |a: &InputRecord, b: &InputRecord| {
        (&a.part, &a.series, &a.only, &a.release) == (&b.part, &b.series, &b.only, &b.release)
    };
    inputs.chunk_by(same).map(line).collect()
}

/// "Numerator: workforce-fte (sex: Female), 2019-03-31: 7 cells of officers.csv, column total_fte, rows 16080 to 16086."
fn line(run: &[InputRecord]) -> String {
    let first = &run[0];
    let only = if first.only.is_empty() { String::new() } else { format!(" ({})", first.only) };
    let period = match (first.period.split_once('/'), run[run.len() - 1].period.split_once('/')) {
        (Some((from, _)), Some((_, to))) => format!("{from} to {to}"),
        _ => first.period.clone(),
    };
    let cells: usize = run.iter().map(|i| i.cells).sum();
    let cells = match cells {
        1 => "1 cell".to_owned(),
        n => format!("{} cells", reference::group_thousands(&n.to_string())),
    };
    let all: Vec<&Cells> = run.iter().flat_map(|i| &i.places).collect();
    let places = all.first().map(|c| format!(", {}", c.words(RUNS))).unwrap_or_default();
    let more = if all.len() > 1 { ", and so on" } else { "" };
    let part = if first.part == "numerator" { "Numerator" } else { "Denominator" };
    format!("{part}: {}{only}, {period}: {cells} of {}{places}{more}.", first.series, first.file)
}

fn symbols() -> Block {
    let absences = reference::Absence::ALL.into_iter().map(|a| (a.shorthand().to_owned(), a.meaning()));
    let marks = Mark::ALL.into_iter().map(|m| (format!("[{}]", m.letter()), m.meaning()));
    Block::Table(Table {
        id: "table-symbols".into(),
        caption: "Shorthand in tables".into(),
        columns: ["Symbol", "Meaning"].map(|title| Column { title: title.into(), numeric: false }).into(),
        rows: absences.chain(marks).map(|(symbol, meaning)| vec![vec![text(symbol)], vec![text(meaning)]]).collect(),
        source: String::new(),
        notes: vec!["A true zero is 0. An empty cell means nothing and is not used.".into()],
    })
}
