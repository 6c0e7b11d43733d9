//! Figures of measures: the force beside England and Wales, and a measure over the years.

use super::{
    Desk, Printed,
    blocks::cell,
    figures::{Shown, Whose},
};
use crate::{
    chart::{Axis, Chart, Line, Pair, Role},
    document::{Block, Column, Figure, Inline, Table, plain, text},
    draft::Call,
    rule::{Fault, Rule, nearest},
    words::{listed, lower_first, verdict_cell},
};
use inspection::record::PublishedVerdict;
use reference::{Value, quantity::in_words};
use rust_decimal::prelude::ToPrimitive;
use statistics::{
    Verdict,
    compared::float,
    measure::{Kind as Sort, Measure},
};

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
            "paired" => self.paired(&measures, call.named("title"))?,
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

    fn paired(&mut self, measures: &[&'a Measure], title: Option<&str>) -> Result<Figure, Fault> {
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
                cells.push(vec![text(said_cell(verdict))]);
            }
            table.push(cells);
            verdicts.push(verdict);
        }
        let Some(first) = measures.first() else {
            return Err(Fault::new(Rule::CannotBeRead, "the chart names no measure", super::example("chart").as_str()));
        };
        let place = &self.force.short_name;
        let period = self.period(first)?;
        let stands: Vec<(&Measure, PublishedVerdict)> = measures.iter().copied().zip(verdicts).collect();
        let headline = match title {
            Some(title) if !self.house.documented => {
                format!("{place} beside England and Wales: {}", lower_first(title))
            }
            _ => headline(place, &stands, self.house.documented),
        };
        let said: Vec<String> =
            rows.iter().map(|r: &Pair| format!("{}: {} against {}", r.label, r.force.1, r.comparator.1)).collect();
        let alternative =
            format!("Pairs of bars, the upper of each {place}, the lower England and Wales. {}.", said.join("; "));
        let mut columns = vec![("Measure", false), (place.as_str(), true), ("England and Wales", true)];
        if self.house.documented {
            columns.push(("Against England and Wales", false));
        }
        let columns = columns.into_iter().map(|(t, numeric)| Column { title: t.into(), numeric }).collect();
        let chart = Chart::Paired { names: [place.clone(), "England and Wales".into()], rows, axis: axis(first) };
        let what = match measures {
            _ if title.is_some() => title.unwrap_or_default().to_owned(),
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
        let computed =
            self.answer(measure, last).filter(|a| a.figure(&self.force.id).is_some_and(|f| f.value.number().is_some()));
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
            "Line of {} points. {place} goes from {} in {} to {} in {}.",
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
        if points.iter().any(|p| p.2.is_none()) {
            figure.table.notes.push("[x] not available: no figure is on record.".into());
        }
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

/// What was said of a figure, as it stands in a table.
fn said_cell(verdict: PublishedVerdict) -> &'static str {
    match verdict {
        PublishedVerdict::Higher => verdict_cell(Verdict::Higher),
        PublishedVerdict::Lower => verdict_cell(Verdict::Lower),
        PublishedVerdict::BroadlyInLine => verdict_cell(Verdict::BroadlyInLine),
        PublishedVerdict::NoComparison => verdict_cell(Verdict::NoComparison),
        PublishedVerdict::NoneStated => "None stated",
    }
}

/// What a figure of pairs says: where the force stands on each measure.
fn headline(place: &str, said: &[(&Measure, PublishedVerdict)], documented: bool) -> String {
    let titles = |verdict: PublishedVerdict| -> Vec<String> {
        said.iter().filter(|(_, v)| *v == verdict).map(|(m, _)| lower_first(&m.title)).collect()
    };
    if !documented {
        let first = said.first().map(|(m, _)| lower_first(&m.title)).unwrap_or_default();
        return format!("{place} beside England and Wales: {first}");
    }
    let (higher, lower) = (titles(PublishedVerdict::Higher), titles(PublishedVerdict::Lower));
    let (alike, none) = (titles(PublishedVerdict::BroadlyInLine), titles(PublishedVerdict::NoComparison));
    let mut parts = Vec::new();
    if !higher.is_empty() {
        parts.push(format!("higher than England and Wales on {}", listed(&higher)));
    }
    if !lower.is_empty() {
        parts.push(format!("lower than England and Wales on {}", listed(&lower)));
    }
    match (alike.len(), parts.is_empty()) {
        (0, _) => {}
        (1, true) => parts.push(format!("broadly in line with England and Wales on {}", alike[0])),
        (2, true) => parts.push("broadly in line with England and Wales on both".into()),
        (n, true) => parts.push(format!("broadly in line with England and Wales on all {}", in_words(n))),
        (n, false) => parts.push(format!(
            "broadly in line on {}",
            if n == 1 { alike[0].clone() } else { format!("the other {}", in_words(n)) }
        )),
    }
    match (parts.is_empty(), none.is_empty()) {
        (true, _) => format!("{place} beside England and Wales, without a comparison"),
        (false, true) => format!("{place} is {}", listed(&parts)),
        (false, false) => format!("{place} is {}; {} without a comparison", listed(&parts), listed(&none)),
    }
}

fn bar(shown: &Shown) -> (Option<f64>, String) {
    (float(Value::Present(shown.value)), plain(std::slice::from_ref(&shown.inline)))
}

fn axis(measure: &Measure) -> Axis {
    Axis { title: measure.title.clone(), prefix: measure.prefix.clone(), suffix: measure.suffix.clone() }
}
