//! One row: its force, its period, its figures, and what is refused of it.

use super::{
    Observation, Reader, Seen,
    columns::{Columns, PeriodIn, Text, ValueColumn},
    words::{Area, Dated, Word},
};
use crate::{
    number::number,
    problem::Place,
    source::{Repeats, TableRule},
    when,
    wording::{counted, did_you_mean, nearest},
};
use reference::{Absence, Marks, Resolved, Value};
use std::{
    collections::{BTreeMap, hash_map::Entry},
    rc::Rc,
};

/// A row of a located table.
pub struct Row<'a> {
    /// The table's rule.
    pub rule: &'a TableRule,
    /// What stands where.
    pub columns: &'a Columns<'a>,
    /// The sheet's name.
    pub sheet: &'a Rc<str>,
    /// Its cells.
    pub cells: &'a csv::StringRecord,
    /// Its number, the first being 1.
    pub number: u64,
}

impl<'a> Row<'a> {
    /// The text of a cell, empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &'a str {
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

    /// Where an error says that a cell is.
    pub fn cell_place(&self, column: &str) -> Place {
        Place::cell(self.sheet, self.number, column)
    }
}

/// How a row of a table goes on.
pub enum Next {
    /// The next one follows.
    Row,
    /// The table has ended.
    End,
    /// The table's own total.
    Total,
}

impl Reader<'_> {
    /// Reads a row. `met` counts the names that stand for a region the first time.
    pub fn row(&mut self, row: &Row<'_>, met: &mut BTreeMap<String, u32>) -> Next {
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
            let found = format!("the row has {} and the headings are {width}", counted(row.cells.len(), "cell"));
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
                {
                    let names = self.register.forces().iter().flat_map(|f| [f.id.as_str(), &f.short_name, &f.name]);
                    format!("`{name}` is no force that the register knows{}", did_you_mean(name, names))
                },
                "correct the name, add it as an alias in `register/forces.csv`, or add it to the source's `skip` when it is no force".to_owned(),
            ),
        };
        self.refuse(row, &row.columns.area_label, found, remedy);
    }

    fn observe(&mut self, row: &Row<'_>, column: &ValueColumn, name: &Word, area: Area, period: Dated) {
        let series = self.text(row, &column.series, name);
        if series.text.is_empty() {
            return self.refuse(row, &column.series_label, "the row names no series", "write the id of the series");
        }
        if let Some(meant) = self.misspelt(column, &series) {
            let found = format!("there is no series `{}` (did you mean `{meant}`?)", series.text);
            let remedy = format!(
                "correct the series, or list it under `series` in sources/{}.yaml when it is another",
                self.source.id
            );
            return self.refuse(row, &column.series_label, found, remedy);
        }
        self.key.clear();
        self.key.extend([series.code, area.code, period.code]);
        let mut labels = Vec::with_capacity(column.labels.len());
        for label in &column.labels {
            let word = self.text(row, label, name);
            self.key.push(word.code);
            labels.push(word.text);
        }
        let read = number(row.cell(column.index), self.source).and_then(|(value, marks)| {
            self.source.series.get(&*series.text).map_or(Ok(()), |kind| kind.admits(&series.text, value, marks))?;
            Ok((value, marks))
        });
        let refused = read.is_err();
        let (value, marks) = read.unwrap_or_else(|(found, remedy)| {
            self.refuse(row, &column.label.text, found, remedy);
            (Value::Absent(Absence::NotAvailable), Marks::NONE)
        });
        let observation = Observation {
            series: series.text,
            area: area.id,
            period: period.period,
            labels,
            value,
            marks,
            sheet: row.sheet.clone(),
            row: row.place(),
            column: column.label.text.clone(),
        };
        if row.rule.repeats == Repeats::Refuse {
            self.once(row, observation, refused);
        } else {
            self.out.observations.push(observation);
        }
    }

    /// Keeps an observation that may stand in the file once. A row that was refused leaves its place to another that says the same
    /// figure; of two that were not, neither counts.
    fn once(&mut self, row: &Row<'_>, mut observation: Observation, refused: bool) {
        let index = match self.seen.entry(self.key.clone()) {
            Entry::Vacant(place) => {
                place.insert(Seen { index: self.out.observations.len(), refused });
                return self.out.observations.push(observation);
            }
            Entry::Occupied(_) if refused => return,
            Entry::Occupied(mut place) => {
                let seen = place.get_mut();
                if std::mem::take(&mut seen.refused) {
                    self.out.observations[seen.index] = observation;
                    return;
                }
                seen.index
            }
        };
        let earlier = &mut self.out.observations[index];
        let sheet = if earlier.sheet == *row.sheet { String::new() } else { format!("sheet `{}`, ", earlier.sheet) };
        let shown = earlier.value.number().map_or(String::new(), |n| format!(", where it is {n}"));
        let found = format!(
            "the figure of `{}` for {} stands in {sheet}row {} already{shown}",
            observation.area, observation.period, earlier.row
        );
        for both in [earlier, &mut observation] {
            (both.value, both.marks) = (Value::Absent(Absence::NotAvailable), Marks::NONE);
        }
        let remedy = "delete the row that is wrong, a region of the same name perhaps; until then neither counts";
        self.refuse(row, &observation.column, found, remedy);
        self.out.observations.push(observation);
    }

    /// A series that the row names and the source does not list, where one that it lists was probably meant.
    fn misspelt(&self, column: &ValueColumn, series: &Word) -> Option<&str> {
        let own = &self.source.series;
        let named = matches!(column.series, Text::Cell(_)) && !own.contains_key(&*series.text);
        named.then(|| nearest(&series.text, own.keys().map(String::as_str))).flatten()
    }

    fn text(&mut self, row: &Row<'_>, text: &Text, name: &Word) -> Word {
        match text {
            Text::Fixed(word) => word.clone(),
            Text::Cell(column) => self.last.word(*column, row.cell(*column).trim(), &mut self.words),
            Text::SmallerArea => name.clone(),
        }
    }
}
