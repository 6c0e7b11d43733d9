//! Figures and tables made from measures, whether their numbers are computed or taken over.

use super::{
    Desk, Printed,
    figures::{Shown, Whose},
};
use crate::{
    document::{Block, Column, Inline, Table, text},
    draft::Call,
    pack,
    rule::{Fault, Rule},
};
use jiff::civil::Date;
use reference::{AreaId, Period};
use statistics::{
    measure::{Kind as Sort, Measure},
    parts::addition,
};

/// What a table of measures shows beside the force's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// England and Wales.
    EnglandAndWales,
    /// The most similar group.
    MostSimilar,
    /// The people who live in the area.
    LocalPopulation,
    /// The force's own figure five years before, and the change.
    FiveYears,
    /// Nothing.
    Nothing,
}

/// A row of a table of measures.
#[derive(Debug, Clone)]
struct Row {
    label: String,
    own: Shown,
    beside: Option<Shown>,
}

impl<'a> Desk<'_, 'a> {
    pub(super) fn own_table(&mut self, call: &Call) -> Result<Printed, Fault> {
        let ids: Vec<String> = call.unnamed().map(str::to_owned).collect();
        let beside = match call.named("beside") {
            Some("most-similar") => Beside::MostSimilar,
            Some("five-years") => Beside::FiveYears,
            Some("local-population") => Beside::LocalPopulation,
            _ => Beside::EnglandAndWales,
        };
        let title = call.named("title").map(str::to_owned);
        let table = self.measure_table(title, &ids, beside)?;
        table.map(|t| Printed::Block(Box::new(Block::Table(t)))).ok_or_else(|| {
            let remedy = "name measures that have a figure in this cycle";
            Fault::new(Rule::UnknownName, "none of the table's measures has a figure for the force", remedy)
        })
    }

    /// A table of measures that have figures; `None` when none has.
    ///
    /// # Errors
    /// A measure that is not known, or one that contradicts its data.
    pub fn measure_table(
        &mut self,
        title: Option<String>,
        ids: &[String],
        beside: Beside,
    ) -> Result<Option<Table>, Fault> {
        let mut rows = Vec::new();
        let mut used: Vec<(&'a Measure, Period)> = Vec::new();
        for id in ids {
            let measure = self.measure(id)?;
            let Ok(own) = self.figure(measure, Whose::Own, None) else { continue };
            let beside = self.beside(measure, beside);
            used.push((measure, self.period(measure)?));
            rows.push(Row { label: measure.title.clone(), own, beside });
        }
        let Some(((first, period), one)) = used.first().copied().zip(rows.first().cloned()) else { return Ok(None) };
        let same_period = used.iter().all(|(_, p)| *p == period);
        let mut columns = vec![Column { title: "Measure".into(), numeric: false }];
        if !same_period {
            columns.push(Column { title: "Period".into(), numeric: false });
        }
        let number = |title: String| Column { title, numeric: true };
        let earlier = self.five_years(period.last());
        match beside {
            Beside::FiveYears => columns.extend([
                number(period.heading()),
                number(earlier.map(|d| Period::ending(first.length, d).heading()).unwrap_or_default()),
                number("Change".into()),
            ]),
            Beside::Nothing => columns.push(number(self.force.short_name.clone())),
            other => columns.extend([number(self.force.short_name.clone()), number(beside_title(other).into())]),
        }
        let mut lines = Vec::new();
        for (row, (measure, period)) in rows.iter().zip(&used) {
            let mut cells = vec![vec![text(&row.label)]];
            if !same_period {
                cells.push(vec![text(period.heading())]);
            }
            cells.push(cell(&row.own));
            if beside != Beside::Nothing {
                let none = if is_count(beside, measure) { "[z]" } else { "[x]" };
                cells.push(row.beside.as_ref().map_or_else(|| vec![text(none)], cell));
            }
            if beside == Beside::FiveYears {
                cells.push(self.change_cell(measure, earlier));
            }
            lines.push(cells);
        }
        self.tables += 1;
        let caption = title.unwrap_or(one.label);
        let caption = if same_period { format!("{caption}, {}", period.prose()) } else { caption };
        let mut notes = self.notes(used.iter().map(|(m, _)| *m));
        let counts = |(row, (m, _)): &(&Row, &(&Measure, Period))| row.beside.is_none() && is_count(beside, m);
        let missing = |(row, (m, _)): &(&Row, &(&Measure, Period))| row.beside.is_none() && !is_count(beside, m);
        if beside != Beside::Nothing && rows.iter().zip(&used).any(|r| missing(&r)) {
            notes.push("[x] not available: no figure is on record.".into());
        }
        if rows.iter().zip(&used).any(|r| counts(&r)) {
            notes.push("[z] does not apply: a count is not set beside one of England and Wales.".into());
        }
        notes.extend(self.part_notes(ids, beside));
        let measures: Vec<&Measure> = used.iter().map(|(m, _)| *m).collect();
        Ok(Some(Table {
            id: format!("table-{}", self.tables),
            caption,
            columns,
            rows: lines,
            source: self.sources(&measures),
            notes,
        }))
    }

    fn change_cell(&mut self, measure: &'a Measure, earlier: Option<Date>) -> Vec<Inline> {
        let Some(day) = earlier else { return vec![text("[x]")] };
        let expression = format!("change(\"{}\", since=\"{day}\")", measure.id);
        match self.change(measure, day, &expression) {
            Ok((Inline::Number(mut bound), value)) => {
                if value.is_sign_negative() {
                    bound.text = format!("\u{2212}{}", bound.text);
                }
                vec![Inline::Number(bound)]
            }
            _ => vec![text("[x]")],
        }
    }

    fn beside(&mut self, measure: &'a Measure, beside: Beside) -> Option<Shown> {
        let whose = match beside {
            _ if is_count(beside, measure) => return None,
            Beside::EnglandAndWales => Whose::EnglandAndWales,
            Beside::MostSimilar => Whose::MostSimilar,
            Beside::LocalPopulation => Whose::LocalPopulation,
            Beside::FiveYears => {
                let last = self.period(measure).ok()?.last();
                return self.figure(measure, Whose::Own, self.five_years(last)).ok();
            }
            Beside::Nothing => return None,
        };
        self.figure(measure, whose, None).ok()
    }

    fn five_years(&self, last: Date) -> Option<Date> {
        last.with().year(last.year() - 5).build().ok()
    }

    /// What evidence says of parts and totals among the measures of a table.
    fn part_notes(&self, ids: &[String], beside: Beside) -> Vec<String> {
        // Parts of a whole: every measure but the first, when the first is their total by name.
        let Some((total, parts)) = ids.split_first() else { return Vec::new() };
        if parts.len() < 2 || !parts.iter().all(|p| p.ends_with(total.as_str())) {
            return Vec::new();
        }
        let values = |whose: Whose| -> Option<Vec<rust_decimal::Decimal>> {
            ids.iter().map(|id| self.printed_value(id, whose)).collect::<Option<Vec<_>>>()
        };
        let mut notes = Vec::new();
        let whose = if beside == Beside::MostSimilar { Whose::MostSimilar } else { Whose::EnglandAndWales };
        for (name, whose) in [(self.force.short_name.as_str(), Whose::Own), (beside_title(beside), whose)] {
            let Some(values) = values(whose) else { continue };
            if let Some(note) = addition(&values[1..], values[0], 0).and_then(statistics::parts::Addition::note) {
                notes.push(format!("{name}: {note}"));
            }
        }
        notes
    }

    fn printed_value(&self, id: &str, whose: Whose) -> Option<rust_decimal::Decimal> {
        let comparison = self.inspection.comparison(id)?;
        let printed = if whose == Whose::Own { Some(&comparison.value) } else { comparison.comparator_value.as_ref() };
        printed?.parse::<reference::quantity::Quantity>().ok()?.value()
    }

    fn cautions(&self, measure: &Measure) -> Vec<String> {
        let names =
            |id: &AreaId| self.house.study.register.force(id.as_str()).map_or(id.to_string(), |f| f.name.clone());
        let left_out = measure.distorted_by.iter().filter(|_| !self.of_all(measure));
        let left_out = left_out.map(|(area, reason)| pack::left_out(&names(area), reason));
        measure.mixed_units.iter().chain(&measure.caveats).cloned().chain(left_out).collect()
    }

    /// What a reader must beware of; said with its measure where others of the table are not concerned.
    pub(super) fn notes<'m>(&self, measures: impl Iterator<Item = &'m Measure>) -> Vec<String> {
        let measures: Vec<(&Measure, Vec<String>)> = measures.map(|m| (m, self.cautions(m))).collect();
        let mut notes: Vec<String> = Vec::new();
        for (_, cautions) in &measures {
            for note in cautions {
                let of = measures.iter().filter(|(_, cautions)| cautions.contains(note));
                let concerned: Vec<&str> = of.map(|(m, _)| m.title.as_str()).collect();
                let words = if concerned.len() == measures.len() {
                    note.clone()
                } else {
                    format!("{}: {note}", concerned.join("; "))
                };
                if !notes.contains(&words) {
                    notes.push(words);
                }
            }
        }
        notes
    }

    /// The source line: each release computed from once, and each publication that a figure is taken over from.
    pub fn sources(&self, measures: &[&Measure]) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut push = |name: String| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        let tables = self.house.study.observations.tables();
        for measure in measures {
            for derivation in self.numbers.0.values().filter(|d| d.measure == measure.id) {
                for input in &derivation.inputs {
                    let table = tables.iter().find(|t| t.release.id.as_str() == input.release);
                    table.into_iter().for_each(|t| push(t.release.citation()));
                }
                derivation.on_record.iter().for_each(|r| push(format!("{} (as published)", r.publication)));
            }
        }
        names.join("; ")
    }
}

/// The heading of the column beside the force's.
#[must_use]
pub const fn beside_title(beside: Beside) -> &'static str {
    match beside {
        Beside::EnglandAndWales => "England and Wales",
        Beside::MostSimilar => "Most similar group",
        Beside::LocalPopulation => "Local population",
        Beside::FiveYears | Beside::Nothing => "",
    }
}

/// Whether a measure is a count beside a total of others, which says nothing.
fn is_count(beside: Beside, measure: &Measure) -> bool {
    measure.kind == Sort::Count && matches!(beside, Beside::EnglandAndWales | Beside::MostSimilar)
}

pub(super) fn cell(shown: &Shown) -> Vec<Inline> {
    std::iter::once(shown.inline.clone()).chain(shown.note.clone()).collect()
}
