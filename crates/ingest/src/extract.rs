//! From the rows of a located table to observations, and a problem for every row that is refused.
//!
//! A refused number does not vanish: where force and period are known, the observation is kept as not available, so that no sum is
//! silently too small. What every row shares is found once a table ([`columns`]), and every text that repeats is kept once
//! ([`words`]): the largest files have millions of cells and a few thousand different texts.

mod columns;
mod words;

use crate::{
    locate::Located,
    number::number,
    problem::{Place, Problem},
    register_file::Lookups,
    sheet::Sheet,
    source::{PeriodKind, Repeats, Source, TableRule},
    when,
};
use columns::{Columns, PeriodIn, Text, ValueColumn};
use reference::{Absence, AreaId, BRITISH_TRANSPORT_POLICE, Marks, Period, Register, Resolved, Value};
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    rc::Rc,
};
use words::{Area, Dated, LastWords, Word, Words};

/// One observation as it stands in a tidy release.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The series.
    pub series: Rc<str>,
    /// The area.
    pub area: Rc<AreaId>,
    /// When it is true.
    pub period: Period,
    /// A label for each of the source's dimensions; empty where there is none.
    pub labels: Vec<Rc<str>>,
    /// The value or why there is none.
    pub value: Value,
    /// Its marks; none where the value is absent.
    pub marks: Marks,
    /// Sheet, empty for a CSV file.
    pub sheet: Rc<str>,
    /// Row, the first being 1.
    pub row: u32,
    /// Column letters or heading.
    pub column: Rc<str>,
}

/// What a file gave.
#[derive(Debug, Default)]
pub struct Extracted {
    /// The observations, in the order of the file.
    pub observations: Vec<Observation>,
    /// Rows and cells that were refused and why; the rest of the file counts.
    pub refused: Vec<Problem>,
    /// Why none of the file may be used: a table that is not whole or does not add up.
    pub faults: Vec<Problem>,
    /// Names of areas that the source says to leave out, and how many rows they had.
    pub skipped: BTreeMap<String, u64>,
}

/// Reads the located tables of a file.
pub fn extract(
    file: &str,
    source: &Source,
    tables: &[Located<'_>],
    sheets: &[Sheet],
    register: &Register,
    lookups: &Lookups,
) -> Extracted {
    let mut reader = Reader {
        file,
        source,
        register,
        lookups,
        dimensions: source.dimensions(),
        words: Words::default(),
        last: LastWords::default(),
        areas: HashMap::new(),
        periods: HashMap::new(),
        key: Vec::new(),
        seen: HashMap::new(),
        out: Extracted::default(),
    };
    for table in tables {
        reader.table(table, sheets);
    }
    reader.out
}

struct Reader<'a> {
    file: &'a str,
    source: &'a Source,
    register: &'a Register,
    lookups: &'a Lookups,
    dimensions: Vec<String>,
    words: Words,
    last: LastWords,
    // The force that a name stands for at the end of a period; `None` for no force or more than one.
    areas: HashMap<(u32, u32), Option<Area>>,
    // The period of a cell and its quarter's cell, or what to write instead.
    periods: HashMap<(u32, u32), Result<Dated, String>>,
    // Series, area, period and labels of the observation at hand, and which observation had them first.
    key: Vec<u32>,
    seen: HashMap<Vec<u32>, usize>,
    out: Extracted,
}

/// How a row of a table goes on.
enum Next {
    Row,
    End,
    /// The table's own total.
    Total,
}

impl Reader<'_> {
    fn table(&mut self, table: &Located<'_>, sheets: &[Sheet]) {
        let fixed = match self.period_of_table(table, sheets) {
            Ok(period) => period.map(|p| self.words.dated(p)),
            Err(problem) => return self.out.faults.push(problem),
        };
        let columns = Columns::of(table, &self.dimensions, fixed, &mut self.words);
        let sheet = self.words.word(&table.sheet.name);
        let first = self.out.observations.len();
        let mut met = BTreeMap::new();
        if table.rule.repeats == Repeats::Refuse {
            self.seen.reserve(table.sheet.rows.len().saturating_mul(columns.values.len()));
        }
        for (index, cells) in table.sheet.rows.iter().enumerate().skip(table.first_row) {
            let row = Row { rule: table.rule, columns: &columns, sheet: &sheet.text, cells, number: index as u64 + 1 };
            match self.row(&row, &mut met) {
                Next::Row => {}
                Next::Total => return self.check_total(&row, first),
                Next::End => break,
            }
        }
        if let Some(total) = &table.rule.area.total {
            let place = Place { sheet: Some(table.sheet.name.clone()), ..Place::FILE };
            let found = format!("the table ends without its row `{total}`");
            self.out.faults.push(Problem::new(self.file, place, found, "check that it is the whole table"));
        }
    }

    /// The period of every row of a table that says it once.
    fn period_of_table(&self, table: &Located<'_>, sheets: &[Sheet]) -> Result<Option<Period>, Problem> {
        let rule = &table.rule.period;
        match rule.kind {
            PeriodKind::Fixed => Ok(rule.period.as_deref().and_then(|p| p.parse().ok())),
            PeriodKind::DaysInSheet => {
                let name = rule.sheet.as_deref().unwrap_or_default();
                let period = sheets.iter().find(|s| s.name == name).and_then(when::days_in);
                let problem = || {
                    Problem::new(
                        self.file,
                        Place { sheet: Some(name.to_owned()), ..Place::FILE },
                        "no cell of the sheet says when, such as `1 April 2018 to 31 March 2019`",
                        "check that it is the right file",
                    )
                };
                period.map(Some).ok_or_else(problem)
            }
            _ => Ok(None),
        }
    }

    fn row(&mut self, row: &Row<'_>, met: &mut BTreeMap<String, u32>) -> Next {
        let name = row.area_name();
        let area = &row.rule.area;
        if area.total.as_deref().is_some_and(|total| name == total) {
            return Next::Total;
        }
        if area.end.as_deref().is_some_and(|end| name == end) {
            return Next::End;
        }
        if name.is_empty() {
            return self.nameless(row);
        }
        if self.leave_out(row, name, met) {
            return Next::Row;
        }
        let width = row.columns.width;
        if row.sheet.is_empty() && row.cells.len() != width {
            let found = format!("the row has {} cells and the headings are {width}", row.cells.len());
            self.refuse(row, "", found, "look for a missing or an extra comma, or an unclosed quotation mark");
            return Next::Row;
        }
        let Some(period) = self.period(row) else { return Next::Row };
        let name = self.last.word(row.columns.area, name, &mut self.words);
        for column in &row.columns.values {
            let Some(period) = column.period.or(period) else { continue };
            let Some(area) = self.area(row, &name, period) else { break };
            self.observe(row, column, &name, area, period);
        }
        Next::Row
    }

    /// A row whose force is blank: the end of a workbook's table, below which come its notes, unless there are figures in it.
    fn nameless(&mut self, row: &Row<'_>) -> Next {
        let figures = row.columns.values.iter().any(|v| !row.cell(v.index).trim().is_empty());
        if figures {
            let remedy = "write the force in every row; a name merged over several rows stands in the first alone";
            self.refuse(row, &row.columns.area_label, "the row has figures and names no force", remedy);
            return Next::Row;
        }
        if row.sheet.is_empty() { Next::Row } else { Next::End }
    }

    fn leave_out(&mut self, row: &Row<'_>, name: &str, met: &mut BTreeMap<String, u32>) -> bool {
        let rule = &row.rule.area;
        let region = rule.region_first.iter().any(|r| r == name) && {
            let times = met.entry(name.to_owned()).or_default();
            *times += 1;
            *times == 1
        };
        let total = region
            || rule.skip.iter().any(|s| s == name)
            || rule.skip_starting.iter().any(|s| name.starts_with(s.as_str()));
        if total {
            *self.out.skipped.entry(name.to_owned()).or_default() += 1;
        }
        total || row.columns.skip.iter().any(|(column, labels)| labels.iter().any(|l| l == row.cell(*column).trim()))
    }

    /// The period of a row, `Some(None)` where each heading says it; `None` when it does not read and the row is refused.
    fn period(&mut self, row: &Row<'_>) -> Option<Option<Dated>> {
        let (kind, column, quarter, label) = match &row.columns.period {
            PeriodIn::Table(period) => return Some(*period),
            PeriodIn::Cells { kind, column, quarter, label } => (kind, column, quarter, label),
        };
        let text = self.last.word(*column, row.cell(*column), &mut self.words);
        let quarter = match quarter {
            Some(quarter) => self.last.word(*quarter, row.cell(*quarter), &mut self.words),
            None => text.clone(),
        };
        let words = &mut self.words;
        let known = self
            .periods
            .entry((text.code, quarter.code))
            .or_insert_with(|| when::cell(*kind, &text.text, &quarter.text).map(|period| words.dated(period)));
        match known {
            Ok(period) => Some(Some(*period)),
            Err(remedy) => {
                let remedy = remedy.clone();
                self.refuse(row, label, format!("`{}` is not a period", text.text), remedy);
                None
            }
        }
    }

    /// The force that a name stands for; `None`, with a problem told, when there is no such force.
    fn area(&mut self, row: &Row<'_>, name: &Word, period: Dated) -> Option<Area> {
        let (register, lookup) = (self.register, row.rule.area.lookup.as_ref());
        let resolve = || match lookup {
            Some(lookup) => self.lookups.get(lookup).and_then(|codes| codes.get(&*name.text)),
            None => match register.resolve(&name.text, period.period.last()) {
                Resolved::Force(force) => Some(&force.id),
                Resolved::Ambiguous | Resolved::Unknown => None,
            },
        };
        let words = &mut self.words;
        let known = self.areas.entry((name.code, period.code)).or_insert_with(|| resolve().map(|id| words.area(id)));
        if known.is_none() {
            self.no_force(row, name, period);
            return None;
        }
        known.clone()
    }

    fn no_force(&mut self, row: &Row<'_>, name: &Word, period: Dated) {
        let name = &name.text;
        let (found, remedy) = match &row.rule.area.lookup {
            Some(lookup) => (
                format!("`{name}` is not in `register/{lookup}.csv`"),
                format!("add it to `register/{lookup}.csv` with its force, or to the source's `skip`"),
            ),
            None if self.register.resolve(name, period.period.last()) == Resolved::Ambiguous => (
                format!("`{name}` was the name of more than one force on {}", period.period.last()),
                "write the force's id".to_owned(),
            ),
            None => (
                format!("`{name}` is no force that the register knows"),
                "correct the name, add it as an alias in `register/forces.csv`, or add it to the source's `skip` when it is no force".to_owned(),
            ),
        };
        self.refuse(row, &row.columns.area_label, found, remedy);
    }

    fn observe(&mut self, row: &Row<'_>, column: &ValueColumn, name: &Word, area: Area, period: Dated) {
        let series = self.text(row, &column.series, name);
        if series.text.is_empty() {
            return self.refuse(row, &column.label.text, "the row names no series", "write the id of the series");
        }
        self.key.clear();
        self.key.extend([series.code, area.code, period.code]);
        let mut labels = Vec::with_capacity(column.labels.len());
        for label in &column.labels {
            let word = self.text(row, label, name);
            self.key.push(word.code);
            labels.push(word.text);
        }
        let (mut value, mut marks) = match number(row.cell(column.index), self.source) {
            Ok(read) => read,
            Err((found, remedy)) => {
                self.refuse(row, &column.label.text, found, remedy);
                (Value::Absent(Absence::NotAvailable), Marks::NONE)
            }
        };
        if row.rule.repeats == Repeats::Refuse && self.repeats(row, column, &area, period) {
            (value, marks) = (Value::Absent(Absence::NotAvailable), Marks::NONE);
        }
        self.out.observations.push(Observation {
            series: series.text,
            area: area.id,
            period: period.period,
            labels,
            value,
            marks,
            sheet: row.sheet.clone(),
            row: row.place(),
            column: column.label.text.clone(),
        });
    }

    /// Whether the figure at hand stands in an earlier row already. Then neither counts.
    fn repeats(&mut self, row: &Row<'_>, column: &ValueColumn, area: &Area, period: Dated) -> bool {
        let first = match self.seen.entry(self.key.clone()) {
            Entry::Vacant(place) => {
                place.insert(self.out.observations.len());
                return false;
            }
            Entry::Occupied(place) => *place.get(),
        };
        let earlier = &mut self.out.observations[first];
        let sheet = if earlier.sheet == *row.sheet { String::new() } else { format!("sheet `{}`, ", earlier.sheet) };
        let shown = earlier.value.number().map_or(String::new(), |n| format!(", where it is {n}"));
        let found =
            format!("the figure of `{}` for {} stands in {sheet}row {} already{shown}", area.id, period.period, earlier.row);
        (earlier.value, earlier.marks) = (Value::Absent(Absence::NotAvailable), Marks::NONE);
        self.refuse(row, &column.label.text, found, "delete one of the two rows; until then neither counts");
        true
    }

    fn text(&mut self, row: &Row<'_>, text: &Text, name: &Word) -> Word {
        match text {
            Text::Fixed(word) => word.clone(),
            Text::Cell(column) => self.last.word(*column, row.cell(*column).trim(), &mut self.words),
            Text::SmallerArea => name.clone(),
        }
    }

    /// The forces in scope must add up to the table's own total, which shows that no row was missed, doubled or misread.
    fn check_total(&mut self, row: &Row<'_>, first: usize) {
        for column in &row.columns.values {
            let label = &column.label.text;
            let (found, remedy) = match number(row.cell(column.index), self.source) {
                Ok((Value::Absent(_), _)) => continue,
                Ok((Value::Present(stated), _)) => {
                    let own = |o: &&Observation| o.column == *label && o.area.as_str() != BRITISH_TRANSPORT_POLICE;
                    let forces = self.out.observations[first..].iter().filter(own);
                    let sum: Decimal = forces.filter_map(|o| o.value.number()).sum();
                    if (sum - stated).abs() <= Decimal::new(5, 2) {
                        continue;
                    }
                    (
                        format!("the table's total is {stated} and its forces add up to {sum}"),
                        "check for a force that is missing, doubled or misread; figures of this table must not be used until then".to_owned(),
                    )
                }
                Err((found, remedy)) => (format!("the table's total cannot be read: {found}"), remedy),
            };
            self.out.faults.push(Problem::new(self.file, row.cell_place(label), found, remedy));
        }
    }

    fn refuse(&mut self, row: &Row<'_>, column: &str, found: impl Into<String>, remedy: impl Into<String>) {
        self.out.refused.push(Problem::new(self.file, row.cell_place(column), found, remedy));
    }
}

/// A row of a located table.
struct Row<'a> {
    rule: &'a TableRule,
    columns: &'a Columns<'a>,
    sheet: &'a Rc<str>,
    cells: &'a csv::StringRecord,
    number: u64,
}

impl<'a> Row<'a> {
    fn cell(&self, column: usize) -> &'a str {
        self.cells.get(column).unwrap_or("")
    }

    fn area_name(&self) -> &'a str {
        let name = self.cell(self.columns.area).trim();
        if self.rule.area.footnotes {
            name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '*').trim_end()
        } else {
            name
        }
    }

    fn place(&self) -> u32 {
        u32::try_from(self.number).unwrap_or(u32::MAX)
    }

    fn cell_place(&self, column: &str) -> Place {
        Place::cell(self.sheet, self.number, column)
    }
}

#[cfg(test)]
#[path = "extract_tests.rs"]
mod tests;
