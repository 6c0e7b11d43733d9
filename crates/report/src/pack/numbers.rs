//! Bound numbers and their derivations: what a number is, what it was computed from, and which cells of which published file.

use crate::document::{Bound, Inline, text};
use reference::{AreaId, CellRef, Value};
use serde::{Deserialize, Serialize};
use statistics::{
    measure::{Aggregate, Figure, Input, Measure, Panel},
    observations::{Condition, Observations, Term},
};
use std::collections::BTreeMap;

/// The numbers of a document, by their reference.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(pub BTreeMap<String, Derivation>);

/// How a number came to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Computed from observations.
    #[default]
    Computed,
    /// A change between two computed figures.
    Change,
    /// A percentage of two numbers.
    Share,
    /// A place among the forces.
    Rank,
    /// Vouched for by evidence on record.
    Vouched,
    /// Taken over as a publication printed it.
    TakenOver,
    /// Read from a judgment on record.
    Decided,
    /// Counted from the record.
    Counted,
}

impl Kind {
    /// Whether it is a figure of a measure computed from cells.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        *self == Self::Computed
    }

    /// As a reader is told.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Computed => "computed from published cells",
            Self::Change => "a change between two figures",
            Self::Share => "a percentage of two numbers",
            Self::Rank => "a place among the forces",
            Self::Vouched => "vouched for by evidence on record",
            Self::TakenOver => "taken over as published",
            Self::Decided => "read from a judgment on record",
            Self::Counted => "counted from the record",
        }
    }
}

/// Where a number that is not computed stands on record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OnRecord {
    /// Publisher and title.
    pub publication: String,
    /// When it was published.
    pub published: String,
    /// The page or section.
    pub place: String,
    /// The words that carry the fact.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asserted_by: String,
    /// What the evidence says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
}

/// How a number came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// How it came to be printed.
    #[serde(default, skip_serializing_if = "Kind::is_computed")]
    pub kind: Kind,
    /// The expression that prints it, where it is not a figure of a measure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub expression: String,
    /// Where it stands on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_record: Option<OnRecord>,
    /// The numbers that it is computed from, by their references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The measure.
    pub measure: String,
    /// The force, `england-and-wales`, or `most-similar:` and the force whose group it is.
    pub area: String,
    /// The period, `2016-03-31` or `2017-10-01/2018-09-30`.
    pub period: String,
    /// As printed.
    pub text: String,
    /// The unrounded value.
    pub value: String,
    /// The method in one line.
    pub method: String,
    /// The numerator.
    pub numerator: String,
    /// The denominator; `None` for a count.
    pub denominator: Option<String>,
    /// The forces left out of a total, by decision or for lack of a figure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// What was summed.
    pub inputs: Vec<InputRecord>,
}

/// One term of a numerator or denominator in one published period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputRecord {
    /// `numerator` or `denominator`.
    pub part: String,
    /// The series.
    pub series: String,
    /// Which labels of which dimensions were summed, in words; empty for the whole series.
    pub only: String,
    /// The published period.
    pub period: String,
    /// The SHA-256 of the published file.
    pub release: String,
    /// Its name.
    pub file: String,
    /// How many cells; 0 where the number is a total over forces, whose cells stand with the forces.
    pub cells: usize,
    /// Where they stand, rows that follow each other run together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Cells>,
}

impl InputRecord {
    /// The term of the measure that this is the record of; `None` where the measure has changed since.
    #[must_use]
    pub fn term<'m>(&self, measure: &'m Measure) -> Option<&'m Term> {
        let terms = if self.part == "numerator" { &measure.numerator } else { &measure.denominator };
        terms.iter().find(|term| term.series == self.series && conditions(term) == self.only)
    }
}

/// Cells of one column of a published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cells {
    /// The sheet; `None` in a CSV file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Its letters in a workbook, its heading in a CSV file.
    pub column: String,
    /// The rows, the first being 1: `12`, or `16 to 18`.
    pub rows: Vec<String>,
}

impl Derivation {
    /// The derivation of a number that is not a figure of a measure.
    #[must_use]
    pub fn on_record(
        kind: Kind,
        area: String,
        text: String,
        value: String,
        expression: String,
        on_record: Option<OnRecord>,
    ) -> Self {
        Self {
            kind,
            expression,
            on_record,
            parts: Vec::new(),
            measure: String::new(),
            area,
            period: String::new(),
            text,
            value,
            method: kind.words().to_owned(),
            numerator: String::new(),
            denominator: None,
            without: Vec::new(),
            inputs: Vec::new(),
        }
    }
}

impl Cells {
    /// In words, at most `most` runs of rows named: "sheet Table_2, column D, row 36", "column total_fte, rows 12, 16 to 18 and 3 more
    /// runs".
    #[must_use]
    pub fn words(&self, most: usize) -> String {
        let sheet = self.sheet.as_ref().map(|s| format!("sheet {s}, ")).unwrap_or_default();
        let several = self.rows.len() > 1 || self.rows.iter().any(|r| r.contains(' '));
        let named = self.rows.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = match self.rows.len().saturating_sub(most) {
            0 => String::new(),
            1 => " and 1 more run".to_owned(),
            n => format!(" and {} more runs", reference::group_thousands(&n.to_string())),
        };
        format!("{sheet}column {}, {} {named}{more}", self.column, if several { "rows" } else { "row" })
    }
}

/// A measure's value as it is printed.
#[must_use]
pub fn shown(measure: &Measure, value: Value) -> String {
    match value {
        Value::Absent(absence) => absence.shorthand().to_owned(),
        Value::Present(number) => {
            let digits = reference::display(number, measure.decimals);
            match digits.strip_prefix('\u{2212}') {
                Some(rest) => format!("\u{2212}{}{rest}{}", measure.prefix, measure.suffix),
                None => format!("{}{digits}{}", measure.prefix, measure.suffix),
            }
        }
    }
}

impl Numbers {
    /// A force's figure as a bound number; its shorthand when it is absent.
    pub fn figure(&mut self, observations: &Observations, measure: &Measure, panel: &Panel, figure: &Figure) -> Inline {
        let inline = of_figure(observations, measure, panel, figure);
        let Inline::Number(Bound { text: printed, value, reference: id, .. }) = &inline else { return inline };
        if !self.0.contains_key(id) {
            let inputs = |inputs: &[Input], part: &str| {
                inputs
                    .iter()
                    .filter(|i| i.covers(&figure.area))
                    .map(|i| of_force(observations, i, part, &figure.area))
                    .collect::<Vec<_>>()
            };
            let mut all = inputs(&panel.numerator_inputs, "numerator");
            all.extend(inputs(&panel.denominator_inputs, "denominator"));
            let derivation = Derivation {
                kind: Kind::Computed,
                expression: String::new(),
                on_record: None,
                parts: Vec::new(),
                measure: measure.id.clone(),
                area: figure.area.to_string(),
                period: panel.period.to_string(),
                text: printed.clone(),
                value: value.clone(),
                method: method(measure),
                numerator: plain(figure.numerator.value),
                denominator: figure.denominator.map(|d| plain(d.value)),
                without: Vec::new(),
                inputs: all,
            };
            self.0.insert(id.clone(), derivation);
        }
        inline
    }

    /// A total over forces as a bound number: England and Wales, or a most similar group.
    pub fn total(
        &mut self,
        observations: &Observations,
        measure: &Measure,
        panel: &Panel,
        area: &str,
        total: &Aggregate,
        without: Vec<String>,
    ) -> Inline {
        let inline = of_total(observations, measure, panel, area, total);
        let Inline::Number(Bound { text: printed, value, reference: id, .. }) = &inline else { return inline };
        if !self.0.contains_key(id) {
            let record = |part: &'static str| {
                move |i: &Input| InputRecord { cells: 0, places: Vec::new(), ..record(observations, i, part) }
            };
            let mut inputs: Vec<InputRecord> = panel.numerator_inputs.iter().map(record("numerator")).collect();
            inputs.extend(panel.denominator_inputs.iter().map(record("denominator")));
            let derivation = Derivation {
                kind: Kind::Computed,
                expression: String::new(),
                on_record: None,
                parts: Vec::new(),
                measure: measure.id.clone(),
                area: area.to_owned(),
                period: panel.period.to_string(),
                text: printed.clone(),
                value: value.clone(),
                method: format!("{}, each summed over {} forces", method(measure), total.areas),
                numerator: plain(total.numerator),
                denominator: total.denominator.map(plain),
                without: without.into_iter().chain(total.missing.iter().map(ToString::to_string)).collect(),
                inputs,
            };
            self.0.insert(id.clone(), derivation);
        }
        inline
    }
}

/// A force's figure as a bound number, its derivation left to who follows it; its shorthand when it is absent.
#[must_use]
pub fn of_figure(observations: &Observations, measure: &Measure, panel: &Panel, figure: &Figure) -> Inline {
    bound(observations, measure, panel, figure.area.as_str(), figure.value)
}

/// A total over forces in the same way: England and Wales, or a most similar group.
#[must_use]
pub fn of_total(
    observations: &Observations,
    measure: &Measure,
    panel: &Panel,
    area: &str,
    total: &Aggregate,
) -> Inline {
    bound(observations, measure, panel, &area.replace(':', "-of-"), total.value)
}

fn bound(observations: &Observations, measure: &Measure, panel: &Panel, area: &str, value: Value) -> Inline {
    let printed = shown(measure, value);
    let Some(value) = value.number() else { return text(printed) };
    let publisher = panel
        .numerator_inputs
        .first()
        .map(|i| observations.tables()[i.table].release.publisher.as_str())
        .unwrap_or_default();
    Inline::Number(Bound {
        text: printed,
        value: value.to_string(),
        reference: format!("{}.{area}.{}", measure.id, panel.period.last()),
        href: Some(format!("#from-{}", measure.id)),
        source: format!("{publisher}, {}", panel.period.prose()),
        as_published: false,
    })
}

fn plain(value: Value) -> String {
    value.number().map(|n| n.normalize().to_string()).unwrap_or_default()
}

fn method(measure: &Measure) -> String {
    match measure.denominator.is_empty() {
        true => "sum of the cells".to_owned(),
        false => format!("numerator ÷ denominator × {}", measure.per),
    }
}

fn record(observations: &Observations, input: &Input, part: &str) -> InputRecord {
    let release = &observations.tables()[input.table].release;
    InputRecord {
        part: part.to_owned(),
        series: input.term.series.clone(),
        only: conditions(&input.term),
        period: input.period.to_string(),
        release: release.id.to_string(),
        file: release.file.clone(),
        cells: 0,
        places: Vec::new(),
    }
}

fn of_force(observations: &Observations, input: &Input, part: &str, area: &AreaId) -> InputRecord {
    let cells: Vec<CellRef> =
        observations.cells(input.table, &input.term, area, input.period).into_iter().map(|(cell, _)| cell).collect();
    InputRecord { cells: cells.len(), places: places(&cells), ..record(observations, input, part) }
}

/// Which labels of which dimensions a term sums, in words; empty for the whole series.
fn conditions(term: &Term) -> String {
    term.conditions.iter().map(condition).collect::<Vec<_>>().join("; ")
}

fn condition(condition: &Condition) -> String {
    let not = if condition.except { "all but " } else { "" };
    format!("{}: {not}{}", condition.dimension, condition.labels.join(", "))
}

/// Cells named together: by sheet and column, rows that follow each other run together.
#[must_use]
pub fn places(cells: &[CellRef]) -> Vec<Cells> {
    let mut columns: BTreeMap<(&Option<String>, &String), Vec<u32>> = BTreeMap::new();
    for cell in cells {
        columns.entry((&cell.sheet, &cell.column)).or_default().push(cell.row);
    }
    let run = |rows: &[u32]| match rows {
        [first, .., last] => format!("{first} to {last}"),
        [row] => row.to_string(),
        [] => String::new(),
    };
    let cells = columns.into_iter().map(|((sheet, column), mut rows)| {
        rows.sort_unstable();
        let rows = rows.chunk_by(|a, b| a + 1 == *b).map(run).collect();
        Cells { sheet: sheet.clone(), column: column.clone(), rows }
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(column: &str, row: u32) -> CellRef {
        CellRef { sheet: None, row, column: column.into() }
    }

    #[test]
    fn rows_that_follow_each_other_are_one_run() {
        let cells = [cell("b", 5), cell("a", 4), cell("a", 2), cell("a", 3), cell("a", 7)];
        let words: Vec<String> = places(&cells).iter().map(|c| c.words(9)).collect();
        assert_eq!(words, ["column a, rows 2 to 4, 7", "column b, row 5"]);
        assert_eq!(places(&cells)[0].words(1), "column a, rows 2 to 4 and 1 more run");
        assert!(places(&[]).is_empty());
    }

    #[test]
    fn a_cell_of_a_workbook_names_its_sheet() {
        let cell = CellRef { sheet: Some("Table_2".into()), row: 36, column: "C".into() };
        assert_eq!(places(&[cell])[0].words(3), "sheet Table_2, column C, row 36");
    }
}
