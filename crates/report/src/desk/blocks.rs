//! Figures and tables made from measures, whether their numbers are computed or taken over.

use super::{
    Desk, Printed,
    figures::{Shown, Whose},
};
use crate::{
    chart::{Axis, Chart, Line, Pair, Role},
    document::{Block, Column, Figure, Inline, Table, plain, text},
    draft::Call,
    rule::{Fault, Rule, nearest},
};
use inspection::record::PublishedVerdict;
use jiff::civil::Date;
use reference::{Period, Value};
use rust_decimal::prelude::ToPrimitive;
use statistics::{
    compared::float,
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

/// A year of a trend: its label, the force's figure, the average.
type Point = (String, Shown, Option<Shown>);

impl<'a> Desk<'_, 'a> {
    pub(super) fn chart(&mut self, call: &Call) -> Result<Printed, Fault> {
        let kind = self.needs(call, 0)?;
        let ids: Vec<&str> = call.unnamed().skip(1).collect();
        let measures = ids.iter().map(|id| self.measure(id)).collect::<Result<Vec<_>, _>>()?;
        let Some(first) = measures.first() else {
            return Err(Fault::new(Rule::CannotBeRead, "the chart names no measure", super::example("chart").as_str()));
        };
        let figure = match kind {
            "paired" => self.paired(&measures)?,
            "trend" => self.trend(first)?,
            other => {
                return Err(Fault::new(
                    Rule::UnknownName,
                    format!("there is no chart `{other}`"),
                    nearest(other, ["paired", "trend"]),
                ));
            }
        };
        Ok(Printed::Block(Box::new(Block::Figure(Box::new(figure)))))
    }

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
                cells.push(row.beside.as_ref().map_or_else(|| vec![text("[x]")], cell));
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
        if rows.iter().any(|r| beside != Beside::Nothing && r.beside.is_none()) {
            notes.push("[x] not available: no figure is on record.".into());
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

    fn notes<'m>(&self, measures: impl Iterator<Item = &'m Measure>) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        for measure in measures {
            for note in measure.mixed_units.iter().chain(&measure.caveats) {
                if !notes.contains(note) {
                    notes.push(note.clone());
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

    fn paired(&mut self, measures: &[&'a Measure]) -> Result<Figure, Fault> {
        let mut rows = Vec::new();
        let mut table = Vec::new();
        let mut verdicts = Vec::new();
        for measure in measures {
            let own = self.figure(measure, Whose::Own, None)?;
            let average = self.figure(measure, Whose::EnglandAndWales, None)?;
            let verdict = self.said(measure);
            rows.push(Pair { label: measure.title.clone(), force: bar(&own), comparator: bar(&average) });
            let mut cells = vec![vec![text(&measure.title)], cell(&own), cell(&average)];
            if self.house.documented {
                cells.push(vec![text(verdict_cell(verdict))]);
            }
            table.push(cells);
            verdicts.push(verdict);
        }
        let Some(first) = measures.first() else {
            return Err(Fault::new(Rule::CannotBeRead, "the chart names no measure", super::example("chart").as_str()));
        };
        let place = &self.force.short_name;
        let period = self.period(first)?;
        let headline = headline(place, &verdicts, self.house.documented, first);
        let said: Vec<String> =
            rows.iter().map(|r: &Pair| format!("{}: {} against {}", r.label, r.force.1, r.comparator.1)).collect();
        let alternative = format!("Pairs of bars, {place} above England and Wales. {}.", said.join("; "));
        let mut columns = vec![("Measure", false), (place.as_str(), true), ("England and Wales", true)];
        if self.house.documented {
            columns.push(("Against England and Wales", false));
        }
        let columns = columns.into_iter().map(|(t, numeric)| Column { title: t.into(), numeric }).collect();
        let chart = Chart::Paired { names: [place.clone(), "England and Wales".into()], rows, axis: axis(first) };
        let what = match measures {
            [one] => one.title.clone(),
            [one, two] => format!("{}; {}", one.title, lower_first(&two.title)),
            [first, ..] => first.subject.clone(),
            [] => String::new(),
        };
        let subtitle = format!("{what}, {place}, {}", period.prose());
        Ok(self.finish(measures, headline, subtitle, chart, alternative, columns, table))
    }

    fn trend(&mut self, measure: &'a Measure) -> Result<Figure, Fault> {
        let last = self.inspection.printed_period(&measure.id);
        let computed = self
            .house
            .answer(measure, last)
            .filter(|a| a.figure(&self.force.id).is_some_and(|f| f.value.number().is_some()));
        let mut points: Vec<Point> = Vec::new();
        let mut notes = Vec::new();
        if let Some(answer) = computed {
            for (day, _) in &answer.trend {
                let Ok(own) = self.figure(measure, Whose::Own, Some(*day)) else { continue };
                let average = self.figure(measure, Whose::EnglandAndWales, Some(*day)).ok();
                points.push((day.year().to_string(), own, average));
            }
        } else {
            let earlier = self.inspection.comparison(&measure.id).and_then(|c| c.before.as_ref()).map(|b| b.period);
            if let Some(day) = earlier {
                points.push((day.year().to_string(), self.figure(measure, Whose::Own, Some(day))?, None));
            }
            let now = self.figure(measure, Whose::Own, None)?;
            let average = self.figure(measure, Whose::EnglandAndWales, None).ok();
            points.push((self.period(measure)?.last().year().to_string(), now, average));
            notes.push("Only the years that are on record are drawn: the figures are taken over as published, and the original's chart cannot be read.".to_owned());
        }
        let (Some(first), Some(end)) = (points.first(), points.last()) else {
            return Err(Fault::new(
                Rule::UnknownName,
                format!("there is no figure of `{}`", measure.id),
                "leave the chart out",
            ));
        };
        let place = self.force.short_name.clone();
        let title = lower_first(&measure.title);
        let shown = |s: &Shown| plain(std::slice::from_ref(&s.inline));
        let direction = match end.1.value.cmp(&first.1.value) {
            std::cmp::Ordering::Greater => "rose",
            std::cmp::Ordering::Less => "fell",
            std::cmp::Ordering::Equal => "did not change",
        };
        let headline = format!(
            "{place}: {title} {direction} from {} in {} to {} in {}",
            shown(&first.1),
            first.0,
            shown(&end.1),
            end.0
        );
        let alternative = format!(
            "Line over {} years. {place} goes from {} in {} to {} in {}.",
            points.len(),
            shown(&first.1),
            first.0,
            shown(&end.1),
            end.0
        );
        let line = |pick: &dyn Fn(&Point) -> Option<Shown>| {
            points
                .iter()
                .enumerate()
                .filter_map(|(i, p)| {
                    pick(p).and_then(|s| Some((i, s.value.to_f64()?, plain(std::slice::from_ref(&s.inline)))))
                })
                .collect::<Vec<_>>()
        };
        let mut lines = vec![Line { name: place.clone(), role: Role::Force, points: line(&|p| Some(p.1.clone())) }];
        let average = line(&|p| p.2.clone());
        if measure.kind != Sort::Count && !average.is_empty() {
            lines.push(Line { name: "England and Wales".into(), role: Role::Comparator, points: average });
        }
        let chart = Chart::Trend { lines, axis: axis(measure), times: points.iter().map(|p| p.0.clone()).collect() };
        let columns = [("Year", false), (place.as_str(), true), ("England and Wales", true)];
        let columns = columns.into_iter().map(|(t, numeric)| Column { title: t.into(), numeric }).collect();
        let rows = points
            .iter()
            .map(|(year, own, average)| {
                vec![vec![text(year)], cell(own), average.as_ref().map_or_else(|| vec![text("[x]")], cell)]
            })
            .collect();
        let span = format!("{place}, {} to {}", first.0, end.0);
        let subtitle = format!("{}, {span}", measure.title);
        let mut figure = self.finish(&[measure], headline, subtitle, chart, alternative, columns, rows);
        figure.notes.extend(notes);
        Ok(figure)
    }

    #[allow(clippy::too_many_arguments, reason = "each is a part of the figure, named where it is called")]
    fn finish(
        &mut self,
        measures: &[&'a Measure],
        headline: String,
        subtitle: String,
        chart: Chart,
        alternative: String,
        columns: Vec<Column>,
        rows: Vec<Vec<Vec<Inline>>>,
    ) -> Figure {
        self.figures += 1;
        let source = self.sources(measures);
        let id = format!("figure-{}", self.figures);
        let notes = self.notes(measures.iter().copied());
        let table = Table {
            id: format!("{id}-data"),
            caption: format!("Figure {}: {subtitle}", self.figures),
            columns,
            rows,
            source: source.clone(),
            notes: Vec::new(),
        };
        Figure {
            id,
            number: self.figures,
            headline,
            subtitle,
            chart,
            alternative,
            table,
            source,
            notes,
            download: None,
        }
    }

    /// What is said of a figure against England and Wales.
    pub(crate) fn said(&self, measure: &'a Measure) -> PublishedVerdict {
        if !self.house.documented {
            return PublishedVerdict::NoneStated;
        }
        self.inspection.comparison(&measure.id).map_or(PublishedVerdict::NoneStated, |c| c.verdict)
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

fn verdict_cell(verdict: PublishedVerdict) -> &'static str {
    match verdict {
        PublishedVerdict::Higher => "Higher",
        PublishedVerdict::Lower => "Lower",
        PublishedVerdict::BroadlyInLine => "Broadly in line",
        PublishedVerdict::NoComparison => "No comparison",
        PublishedVerdict::NoneStated => "None stated",
    }
}

fn headline(place: &str, verdicts: &[PublishedVerdict], documented: bool, first: &Measure) -> String {
    if !documented {
        return format!("{place} beside England and Wales: {}", lower_first(&first.title));
    }
    let differing = verdicts.iter().filter(|v| matches!(v, PublishedVerdict::Higher | PublishedVerdict::Lower)).count();
    let none = verdicts.iter().filter(|v| **v == PublishedVerdict::NoComparison).count();
    let without = match none {
        0 => String::new(),
        1 => ", one without a comparison".into(),
        n => format!(", {n} without a comparison"),
    };
    let compared = verdicts.len() - none;
    match (differing, compared) {
        (0, 2) => format!("{place} is broadly in line with England and Wales on both{without}"),
        (0, n) => format!(
            "{place} is broadly in line with England and Wales on {}{without}",
            if n == 1 { "it".into() } else { format!("all {n}") }
        ),
        (d, n) => format!("{place} is higher or lower than England and Wales on {d} of {n}{without}"),
    }
}

fn cell(shown: &Shown) -> Vec<Inline> {
    std::iter::once(shown.inline.clone()).chain(shown.note.clone()).collect()
}

fn bar(shown: &Shown) -> (Option<f64>, String) {
    (float(Value::Present(shown.value)), plain(std::slice::from_ref(&shown.inline)))
}

fn axis(measure: &Measure) -> Axis {
    Axis { title: measure.title.clone(), prefix: measure.prefix.clone(), suffix: measure.suffix.clone() }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), words.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}
