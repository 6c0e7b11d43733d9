//! A table's rule with every heading found: what stands in which column, worked out once and not for every row.

use super::words::{Dated, Word, Words};
use crate::{
    locate::Located,
    source::{PeriodKind, ValueRule},
    when,
};
use std::rc::Rc;

/// What stands in which column of one table.
#[derive(Debug)]
pub struct Columns<'a> {
    /// How many headings there are.
    pub width: usize,
    /// The column of the force, and how an error names it.
    pub area: usize,
    /// How an error names that column.
    pub area_label: Rc<str>,
    /// Where the period is.
    pub period: PeriodIn,
    /// Columns with the labels whose rows are left out.
    pub skip: Vec<(usize, &'a [String])>,
    /// The columns that hold numbers.
    pub values: Vec<ValueColumn>,
}

/// Where the period of a figure is found.
#[derive(Debug)]
pub enum PeriodIn {
    /// Once for the whole table.
    Table(Option<Dated>),
    /// In each row.
    Cells {
        /// How it is written.
        kind: PeriodKind,
        /// Its column.
        column: usize,
        /// The quarter's column.
        quarter: Option<usize>,
        /// How an error names its column.
        label: Rc<str>,
    },
}

/// A column that holds numbers.
#[derive(Debug)]
pub struct ValueColumn {
    /// Which.
    pub index: usize,
    /// How an error and the tidy release name it.
    pub label: Word,
    /// What its heading says of when.
    pub period: Option<Dated>,
    /// The series.
    pub series: Text,
    /// How an error names the column that says which series.
    pub series_label: Rc<str>,
    /// A label for each of the source's dimensions.
    pub labels: Vec<Text>,
}

/// Where a text comes from.
#[derive(Debug, Clone)]
pub enum Text {
    /// The rule gives it.
    Fixed(Word),
    /// It is the text of this column.
    Cell(usize),
    /// It is the name of the smaller area that the row is about.
    SmallerArea,
}

impl<'a> Columns<'a> {
    /// The columns of a located table. `fixed` is the period of a table that says it once.
    pub fn of(table: &'a Located<'_>, dimensions: &[String], fixed: Option<Dated>, words: &mut Words) -> Self {
        let rule = table.rule;
        let area = table.column(&rule.area.column);
        let in_cells = !matches!(
            rule.period.kind,
            PeriodKind::HeadingDay | PeriodKind::HeadingFinancialYear | PeriodKind::Fixed | PeriodKind::DaysInSheet
        );
        let period = match rule.period.column.as_ref().filter(|_| in_cells).map(|heading| table.column(heading)) {
            Some(column) => PeriodIn::Cells {
                kind: rule.period.kind,
                column,
                quarter: rule.period.quarter.as_ref().map(|q| table.column(q)),
                label: table.label(column).into(),
            },
            None => PeriodIn::Table(fixed),
        };
        let mut values = Vec::new();
        for value in &rule.values {
            let labels: Vec<Text> = dimensions.iter().map(|d| label(table, value, d, words)).collect();
            for (index, period) in places(table, value) {
                values.push(ValueColumn {
                    index,
                    label: words.word(&table.label(index)),
                    period: period.map(|p| words.dated(p)),
                    series: series(table, value, words),
                    series_label: table.label(value.series_column.as_ref().map_or(index, |c| table.column(c))).into(),
                    labels: labels.clone(),
                });
            }
        }
        Self {
            width: table.headings.len(),
            area,
            area_label: table.label(area).into(),
            period,
            skip: rule.skip.iter().map(|(heading, labels)| (table.column(heading), labels.as_slice())).collect(),
            values,
        }
    }
}

/// The columns that a rule means: the one it names, or every one whose heading says when.
fn places(table: &Located<'_>, value: &ValueRule) -> Vec<(usize, Option<reference::Period>)> {
    match &value.column {
        Some(heading) => vec![(table.column(heading), None)],
        None => {
            let dated = |(index, heading): (usize, &String)| {
                when::heading(table.rule.period.kind, heading).map(|period| (index, Some(period)))
            };
            table.headings.iter().enumerate().filter_map(dated).collect()
        }
    }
}

fn series(table: &Located<'_>, value: &ValueRule, words: &mut Words) -> Text {
    match (&value.series, &value.series_column) {
        (None, Some(heading)) => Text::Cell(table.column(heading)),
        (series, _) => Text::Fixed(words.word(series.as_deref().unwrap_or_default())),
    }
}

fn label(table: &Located<'_>, value: &ValueRule, dimension: &str, words: &mut Words) -> Text {
    if table.rule.area.lookup.as_deref() == Some(dimension) {
        return Text::SmallerArea;
    }
    match (value.labels.get(dimension), table.rule.dimensions.get(dimension)) {
        (Some(fixed), _) => Text::Fixed(words.word(fixed)),
        (None, Some(heading)) => Text::Cell(table.column(heading)),
        (None, None) => Text::Fixed(words.word("")),
    }
}
