//! From the rows of a located table to observations, and a problem for every row that is refused.
//!
//! A refused number does not vanish: where force and period are known, the observation is kept as not available, so that no sum is
//! silently too small.

use crate::{
    locate::Located,
    problem::{Place, Problem},
    register_file::Lookups,
    sheet::Sheet,
    source::{PeriodKind, Repeats, Source, ValueRule},
    when,
};
use reference::{Absence, AreaId, BRITISH_TRANSPORT_POLICE, Marks, Period, Register, Resolved, Value};
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

/// One observation as it stands in a tidy release.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The series.
    pub series: Rc<str>,
    /// The area.
    pub area: AreaId,
    /// When it is true.
    pub period: Period,
    /// A label for each of the source's dimensions; empty where there is none.
    pub labels: Vec<Rc<str>>,
    /// The value or why there is none.
    pub value: Value,
    /// Its marks.
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
    /// What was refused and why.
    pub problems: Vec<Problem>,
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
        words: HashMap::new(),
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
    words: HashMap<String, Rc<str>>,
    // Which observation has this series, area, period and labels.
    seen: HashMap<String, usize>,
    out: Extracted,
}

/// A value column of one table, with what its heading says.
struct ValueColumn<'r> {
    index: usize,
    rule: &'r ValueRule,
    period: Option<Period>,
}

impl Reader<'_> {
    fn table(&mut self, table: &Located<'_>, sheets: &[Sheet]) {
        let fixed = match self.period_of_table(table, sheets) {
            Ok(period) => period,
            Err(problem) => return self.out.problems.push(problem),
        };
        let columns = value_columns(table);
        let mut met: BTreeMap<String, u32> = BTreeMap::new();
        let first = self.out.observations.len();
        for (index, cells) in table.sheet.rows.iter().enumerate().skip(table.first_row) {
            let row = Row { table, cells, number: index as u64 + 1 };
            let name = self.area_name(&row);
            if name.is_empty() && !table.sheet.name.is_empty() {
                // Below a table of a workbook come its notes.
                if let Some(total) = &table.rule.area.total {
                    self.problem(
                        &row,
                        "",
                        format!("the table ends without its row `{total}`"),
                        "check that it is the whole table",
                    );
                }
                return;
            }
            if table.rule.area.total.as_deref().is_some_and(|total| name == total) {
                return self.check_total(&row, &columns, first);
            }
            if table.rule.area.end.as_deref().is_some_and(|end| name == end) {
                return;
            }
            if !self.leave_out(&row, &name, &mut met) {
                self.row(&row, &name, fixed, &columns);
            }
        }
        if let Some(total) = &table.rule.area.total {
            let found = format!("the table ends without its row `{total}`");
            self.out.problems.push(Problem::new(
                self.file,
                Place { sheet: Some(table.sheet.name.clone()), ..Place::FILE },
                found,
                "check that it is the whole table",
            ));
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

    fn area_name(&self, row: &Row<'_>) -> String {
        let name = row.cell(row.table.column(&row.table.rule.area.column)).trim();
        if row.table.rule.area.footnotes {
            name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '*').trim_end().to_owned()
        } else {
            name.to_owned()
        }
    }

    fn leave_out(&mut self, row: &Row<'_>, name: &str, met: &mut BTreeMap<String, u32>) -> bool {
        let rule = &row.table.rule.area;
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
        let label = |(heading, labels): (&String, &Vec<String>)| {
            labels.iter().any(|l| l == row.cell(row.table.column(heading)).trim())
        };
        total || row.table.rule.skip.iter().any(label)
    }

    fn row(&mut self, row: &Row<'_>, name: &str, fixed: Option<Period>, columns: &[ValueColumn<'_>]) {
        let rule = row.table.rule;
        let width = row.table.headings.len();
        if row.table.sheet.name.is_empty() && row.cells.len() != width {
            return self.problem(
                row,
                "",
                format!("the row has {} cells and the headings are {width}", row.cells.len()),
                "look for a missing or an extra comma, or an unclosed quotation mark",
            );
        }
        let period = match (rule.period.kind, &rule.period.column) {
            (
                PeriodKind::HeadingDay | PeriodKind::HeadingFinancialYear | PeriodKind::Fixed | PeriodKind::DaysInSheet,
                _,
            )
            | (_, None) => fixed,
            (kind, Some(heading)) => {
                let column = row.table.column(heading);
                let quarter = rule.period.quarter.as_ref().map_or("", |q| row.cell(row.table.column(q)));
                match when::cell(kind, row.cell(column), quarter) {
                    Ok(period) => Some(period),
                    Err(remedy) => {
                        return self.problem(
                            row,
                            &row.table.label(column),
                            format!("`{}` is not a period", row.cell(column)),
                            remedy,
                        );
                    }
                }
            }
        };
        for column in columns {
            let Some(period) = column.period.or(period) else { continue };
            let Some((area, smaller)) = self.area(row, name, period) else { return };
            self.observe(row, column, area, smaller.as_deref(), period);
        }
    }

    /// The force that a name stands for, and the smaller area's code where the name is one.
    fn area(&mut self, row: &Row<'_>, name: &str, period: Period) -> Option<(AreaId, Option<String>)> {
        let column = row.table.label(row.table.column(&row.table.rule.area.column));
        if let Some(lookup) = &row.table.rule.area.lookup {
            let force = self.lookups.get(lookup).and_then(|codes| codes.get(name));
            if force.is_none() {
                self.problem(
                    row,
                    &column,
                    format!("`{name}` is not in `register/{lookup}.csv`"),
                    format!("add it to `register/{lookup}.csv` with its force, or to the source's `skip`"),
                );
            }
            return force.map(|f| (f.clone(), Some(name.to_owned())));
        }
        match self.register.resolve(name, period.last()) {
            Resolved::Force(force) => Some((force.id.clone(), None)),
            Resolved::Ambiguous => {
                self.problem(
                    row,
                    &column,
                    format!("`{name}` was the name of more than one force on {}", period.last()),
                    "write the force's id",
                );
                None
            }
            Resolved::Unknown => {
                self.problem(row, &column, format!("`{name}` is no force that the register knows"), "correct the name, add it as an alias in `register/forces.csv`, or add it to the source's `skip` when it is no force");
                None
            }
        }
    }

    fn observe(
        &mut self,
        row: &Row<'_>,
        column: &ValueColumn<'_>,
        area: AreaId,
        smaller: Option<&str>,
        period: Period,
    ) {
        let rule = row.table.rule;
        let series = match (&column.rule.series, &column.rule.series_column) {
            (Some(series), _) => series.clone(),
            (None, Some(heading)) => row.cell(row.table.column(heading)).trim().to_owned(),
            (None, None) => return,
        };
        let label_of = |dimension: &String| {
            if rule.area.lookup.as_ref() == Some(dimension) {
                return smaller.unwrap_or_default();
            }
            let fixed = column.rule.labels.get(dimension).map(String::as_str);
            let in_column = rule.dimensions.get(dimension).map(|h| row.cell(row.table.column(h)).trim());
            fixed.or(in_column).unwrap_or_default()
        };
        let labels: Vec<String> = self.dimensions.iter().map(|d| label_of(d).to_owned()).collect();
        let (value, marks) = self.value(row, column.index);
        let key = format!("{series}\u{1f}{area}\u{1f}{period}\u{1f}{}", labels.join("\u{1f}"));
        if let Some(earlier) = self.seen.get(&key).copied().filter(|_| rule.repeats == Repeats::Refuse) {
            let (known, place) = (self.out.observations[earlier].value, self.out.observations[earlier].row);
            self.out.observations[earlier].value = Value::Absent(Absence::NotAvailable);
            let shown = known.number().map_or("none".to_owned(), |n| n.to_string());
            let found =
                format!("the figure of `{area}` for {period} stands in row {place} already, where it is {shown}");
            return self.problem(
                row,
                &row.table.label(column.index),
                found,
                "delete one of the two rows; until then neither counts",
            );
        }
        self.seen.insert(key, self.out.observations.len());
        let observation = Observation {
            series: self.word(&series),
            area,
            period,
            labels: labels.iter().map(|l| self.word(l)).collect(),
            value,
            marks,
            sheet: self.word(&row.table.sheet.name),
            row: u32::try_from(row.number).unwrap_or(u32::MAX),
            column: self.word(&row.table.label(column.index)),
        };
        self.out.observations.push(observation);
    }

    fn value(&mut self, row: &Row<'_>, column: usize) -> (Value, Marks) {
        match number(row.cell(column), self.source) {
            Ok(read) => read,
            Err((found, remedy)) => {
                self.problem(row, &row.table.label(column), found, remedy);
                (Value::Absent(Absence::NotAvailable), Marks::NONE)
            }
        }
    }

    /// The forces in scope must add up to the table's own total, which shows that no row was missed, doubled or misread.
    fn check_total(&mut self, row: &Row<'_>, columns: &[ValueColumn<'_>], first: usize) {
        for column in columns {
            let Some(stated) = row.cell(column.index).trim().replace(',', "").parse::<Decimal>().ok() else { continue };
            let label = row.table.label(column.index);
            let own = |o: &&Observation| *o.column == *label && o.area.as_str() != BRITISH_TRANSPORT_POLICE;
            let sum: Decimal = self.out.observations[first..].iter().filter(own).filter_map(|o| o.value.number()).sum();
            if (sum - stated).abs() > Decimal::new(5, 2) {
                self.problem(row, &label, format!("the table's total is {stated} and its forces add up to {sum}"), "check for a force that is missing, doubled or misread; figures of this table must not be used until then");
            }
        }
    }

    fn problem(&mut self, row: &Row<'_>, column: &str, found: impl Into<String>, remedy: impl Into<String>) {
        let place = Place::cell(&row.table.sheet.name, row.number, column);
        self.out.problems.push(Problem::new(self.file, place, found, remedy));
    }

    fn word(&mut self, text: &str) -> Rc<str> {
        match self.words.get(text) {
            Some(word) => word.clone(),
            None => {
                let word: Rc<str> = text.into();
                self.words.insert(text.to_owned(), word.clone());
                word
            }
        }
    }
}

struct Row<'a> {
    table: &'a Located<'a>,
    cells: &'a csv::StringRecord,
    number: u64,
}

impl Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }
}

fn value_columns<'r>(table: &'r Located<'_>) -> Vec<ValueColumn<'r>> {
    let mut columns = Vec::new();
    for rule in &table.rule.values {
        match &rule.column {
            Some(heading) => columns.push(ValueColumn { index: table.column(heading), rule, period: None }),
            None => {
                let dated = table
                    .headings
                    .iter()
                    .enumerate()
                    .filter_map(|(i, h)| when::heading(table.rule.period.kind, h).map(|p| (i, p)));
                columns.extend(dated.map(|(index, period)| ValueColumn { index, rule, period: Some(period) }));
            }
        }
    }
    columns
}

/// A number as publishers write it: padded, with thousands parted, with shorthand beside it or in its place.
///
/// # Errors
/// What was found, and what to write.
pub fn number(text: &str, source: &Source) -> Result<(Value, Marks), (String, String)> {
    let text = text.trim();
    let text = source.markers.get(text).map_or(text, String::as_str);
    // The longest sign that fits, so that `**` is not taken for `*`.
    let signs = source.footnotes.iter().filter(|(sign, _)| text.len() > sign.len() && text.ends_with(sign.as_str()));
    let noted = signs
        .max_by_key(|(sign, _)| sign.len())
        .map(|(sign, mark)| format!("{}{mark}", &text[..text.len() - sign.len()]));
    let text = noted.as_deref().unwrap_or(text);
    if let Ok(absence) = text.parse::<Absence>() {
        return Ok((Value::Absent(absence), Marks::NONE));
    }
    let (digits, marks) = match text.find('[') {
        Some(at) => (
            text[..at].trim_end(),
            text[at..]
                .parse::<Marks>()
                .map_err(|e| (format!("`{text}` is not a number with shorthand"), e.to_string()))?,
        ),
        None => (text, Marks::NONE),
    };
    if digits.is_empty() {
        return Err(("the cell is blank".to_owned(), "write the number, or [x] when it is not available, [z] when it does not apply, [c] when it is confidential".to_owned()));
    }
    let plain = digits.replace([',', '\u{a0}'], "");
    let parsed = plain.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&plain));
    match parsed {
        Ok(number) if number.mantissa().unsigned_abs() < 1_000_000_000_000_000_000 => Ok((Value::Present(number.normalize()), marks)),
        Ok(_) => Err((format!("`{digits}` has more than 18 digits"), "round it".to_owned())),
        Err(_) => Err((format!("`{text}` is not a number"), "write a number, or a shorthand symbol such as [x] for not available; add the publisher's own marker to the source's `markers`".to_owned())),
    }
}
