//! Figures of measures: computed where the data has them, else taken over as published.

use super::{Desk, Printed};
use crate::{
    document::{Inline, plain, text},
    draft::Call,
    pack::numbers::{Kind, shown},
    rule::{Fault, Rule},
};
use inspection::record::{Comparator, PublishedComparison};
use jiff::civil::Date;
use reference::{ENGLAND_AND_WALES, Period, Value, quantity::Quantity};
use rust_decimal::Decimal;
use statistics::{measure::Measure, study::Answered};
use std::rc::Rc;

/// Whose figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The force's.
    Own,
    /// England and Wales.
    EnglandAndWales,
    /// The most similar group's.
    MostSimilar,
    /// The people's who live in the area.
    LocalPopulation,
}

/// A figure as it is printed.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The number.
    pub inline: Inline,
    /// Its value.
    pub value: Decimal,
    /// A mark that leads to a note: the original printed another figure.
    pub note: Option<Inline>,
    /// Whether it was computed here.
    pub computed: bool,
}

impl<'a> Desk<'_, 'a> {
    /// The answer to a measure at the period that a document prints.
    ///
    /// A force that distorts the measure is left out of the average, as in the data packs, unless a publication on record printed the
    /// measure: its average is of all forces.
    pub(super) fn answer(&self, measure: &'a Measure, on: Option<Date>) -> Option<Rc<Answered<'a>>> {
        self.house.answer(measure, on, self.of_all(measure))
    }

    pub(super) fn of_all(&self, measure: &Measure) -> bool {
        self.inspection.comparison(&measure.id).is_some()
    }

    pub(super) fn figure_words(&mut self, call: &Call) -> Result<Printed, Fault> {
        let measure = self.measure(self.needs(call, 0)?)?;
        match call.name.as_str() {
            "period" => Ok(Printed::Words(vec![text(self.period(measure)?.prose())])),
            "value" => {
                let at = call.named("at").map(day).transpose()?;
                let whose = whose(call.named("area"))?;
                let shown = self.figure(measure, whose, at)?;
                let mut words = vec![in_prose(shown.inline)];
                words.extend(shown.note);
                Ok(Printed::Words(words))
            }
            "compared" => self.compared(measure, call.at(1).unwrap_or(ENGLAND_AND_WALES)),
            "change" => self.changed(call, measure),
            "difference" => self.difference(measure),
            _ => self.ranked(call, measure),
        }
    }

    /// The period that a document prints a measure for: the one of the publication it goes back to, else the latest before the
    /// cycle's last day.
    pub fn period(&self, measure: &'a Measure) -> Result<Period, Fault> {
        let printed = self.inspection.printed_period(&measure.id);
        if let Some(last) = printed {
            return Ok(Period::ending(measure.length, last));
        }
        self.answer(measure, None)
            .map(|a| a.panel.period)
            .ok_or_else(|| nothing(measure, self.force.short_name.as_str()))
    }

    /// A figure: computed where there is one, else as it was published.
    pub fn figure(&mut self, measure: &'a Measure, whose: Whose, at: Option<Date>) -> Result<Shown, Fault> {
        let on = at.or_else(|| self.inspection.printed_period(&measure.id));
        if let Some(answer) = self.answer(measure, on)
            && let Some((inline, value)) = self.computed(&answer, whose)
        {
            let note = self.printed_otherwise(
                measure,
                whose,
                answer.panel.period.last(),
                &plain(std::slice::from_ref(&inline)),
            );
            return Ok(Shown { inline, value, note, computed: true });
        }
        let published = self
            .inspection
            .comparisons
            .iter()
            .find(|c| c.measure == measure.id && on.is_none_or(|d| d == c.period) && has(c, whose));
        let before = || {
            let earlier = self.inspection.comparisons.iter().filter(|c| c.measure == measure.id);
            earlier
                .filter_map(|c| Some((c, c.before.as_ref()?)))
                .find(|(_, b)| whose == Whose::Own && Some(b.period) == at)
        };
        let (comparison, printed, period) = match (published, before()) {
            (Some(c), _) => (c, printed(c, whose).unwrap_or_default(), c.period),
            (None, Some((c, b))) => (c, b.value.clone(), b.period),
            (None, None) => return Err(nothing(measure, self.force.short_name.as_str())),
        };
        let comparison = comparison.clone();
        Ok(self.taken_over(measure, &comparison, whose, &printed, period))
    }

    fn computed(&mut self, answer: &Answered<'a>, whose: Whose) -> Option<(Inline, Decimal)> {
        let observations = self.house.study.observations;
        let (measure, panel) = (answer.measure, &answer.panel);
        let (inline, value) = match whose {
            Whose::Own => {
                let figure = answer.figure(&self.force.id)?;
                let value = figure.value.number()?;
                (self.numbers.figure(observations, measure, panel, figure), value)
            }
            Whose::EnglandAndWales => {
                let average = &answer.compared.average;
                // A few forces' returns are no average of England and Wales: what was published stands until the others are in.
                if average.areas < self.house.study.method.minimum_forces {
                    return None;
                }
                let value = average.value.number()?;
                let without = answer.compared.left_out().map(ToString::to_string).collect();
                (self.numbers.total(observations, measure, panel, ENGLAND_AND_WALES, average, without), value)
            }
            Whose::MostSimilar => {
                let (total, _) = self.house.study.most_similar(measure, panel, &self.force.id).ok()?;
                let value = total.value.number()?;
                let area = format!("most-similar:{}", self.force.id);
                (self.numbers.total(observations, measure, panel, &area, &total, Vec::new()), value)
            }
            Whose::LocalPopulation => return None,
        };
        let Inline::Number(mut bound) = inline else { return None };
        bound.href = Some(self.derivation_page(&bound.reference));
        Some((Inline::Number(bound), value))
    }

    /// A mark that leads to what the original printed, where that differs.
    fn printed_otherwise(&mut self, measure: &Measure, whose: Whose, last: Date, ours: &str) -> Option<Inline> {
        let fits = |c: &&PublishedComparison| c.measure == measure.id && c.period == last && has(c, whose);
        let comparison = self.inspection.comparisons.iter().find(fits)?;
        let theirs = with_marks(measure, &printed(comparison, whose)?);
        if theirs == ours {
            return None;
        }
        let record = self.on_record(&comparison.from);
        let words = format!(
            "{theirs} in {}, {}. The releases loaded here give {ours}; releases are revised after a report is printed.",
            record.publication, record.place
        );
        Some(self.footnote(&format!("printed:{}:{last}:{whose:?}", measure.id), vec![text(words)]))
    }

    pub(super) fn taken_over(
        &mut self,
        measure: &Measure,
        comparison: &PublishedComparison,
        whose: Whose,
        printed: &str,
        period: Date,
    ) -> Shown {
        let area = match whose {
            Whose::Own => self.force.id.to_string(),
            Whose::EnglandAndWales => ENGLAND_AND_WALES.to_owned(),
            Whose::MostSimilar => format!("most-similar-of-{}", self.force.id),
            Whose::LocalPopulation => format!("local-population-of-{}", self.force.id),
        };
        let value = printed.parse::<Quantity>().ok().and_then(|q| q.value()).unwrap_or_default();
        let id = format!("{}.{area}.{period}", measure.id);
        let shown = with_marks(measure, printed);
        let area_argument = match whose {
            Whose::Own => "",
            Whose::EnglandAndWales => ", area=\"england-and-wales\"",
            Whose::MostSimilar => ", area=\"most-similar\"",
            Whose::LocalPopulation => ", area=\"local-population\"",
        };
        let expression = format!("value(\"{}\"{area_argument}, at=\"{period}\")", measure.id);
        let record = self.on_record(&comparison.from);
        let inline = self.bind(id.clone(), &shown, &value.to_string(), Kind::TakenOver, &expression, Some(record));
        if let Some(derivation) = self.numbers.0.get_mut(&id) {
            measure.id.clone_into(&mut derivation.measure);
            derivation.period = Period::ending(measure.length, period).to_string();
            derivation.area = match whose {
                Whose::MostSimilar => format!("most-similar:{}", self.force.id),
                Whose::Own | Whose::EnglandAndWales | Whose::LocalPopulation => area,
            };
        }
        Shown { inline, value, note: None, computed: false }
    }

    /// The force's own value, for a share.
    pub(super) fn own_value(&mut self, measure: &'a Measure) -> Result<Decimal, Fault> {
        self.figure(measure, Whose::Own, None).map(|shown| shown.value)
    }
}

pub(super) fn has(comparison: &PublishedComparison, whose: Whose) -> bool {
    printed(comparison, whose).is_some()
}

fn printed(comparison: &PublishedComparison, whose: Whose) -> Option<String> {
    let comparator = match whose {
        Whose::Own => return Some(comparison.value.clone()).filter(|value| !value.is_empty()),
        Whose::EnglandAndWales => Comparator::EnglandAndWales,
        Whose::MostSimilar => Comparator::MostSimilar,
        Whose::LocalPopulation => Comparator::LocalPopulation,
    };
    (comparison.comparator == Some(comparator)).then(|| comparison.comparator_value.clone()).flatten()
}

/// A published number with the measure's own marks: "£193", "94.9%".
fn with_marks(measure: &Measure, printed: &str) -> String {
    let read = printed.parse::<Quantity>().ok().and_then(|q| q.value());
    let bare = printed.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    match read {
        Some(value) if bare => {
            let places = printed.split_once('.').map_or(0, |(_, d)| u32::try_from(d.len()).unwrap_or(0));
            let measure = Measure { decimals: places, ..measure.clone() };
            shown(&measure, Value::Present(value))
        }
        _ => printed.to_owned(),
    }
}

/// A number as a sentence says it: "94.9 percent".
#[must_use]
pub fn in_prose(inline: Inline) -> Inline {
    match inline {
        Inline::Number(mut bound) => {
            if let Some(number) = bound.text.strip_suffix('%') {
                bound.text = format!("{number} percent");
            }
            Inline::Number(bound)
        }
        other => other,
    }
}

pub(super) fn day(text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| {
        Fault::new(
            Rule::CannotBeRead,
            format!("`{text}` is not a day"),
            "write the last day of the period, such as `2014-03-31`",
        )
    })
}

/// Whose figure an argument asks for.
pub fn whose(area: Option<&str>) -> Result<Whose, Fault> {
    match area {
        None => Ok(Whose::Own),
        Some("england-and-wales") => Ok(Whose::EnglandAndWales),
        Some("most-similar") => Ok(Whose::MostSimilar),
        Some("local-population") => Ok(Whose::LocalPopulation),
        Some(other) => {
            let remedy = "write `england-and-wales` or `most-similar`";
            Err(Fault::new(Rule::UnknownName, format!("`{other}` is nothing that figures are compared with"), remedy))
        }
    }
}

pub(super) fn nothing(measure: &Measure, force: &str) -> Fault {
    let remedy = "supply the data, take the published figure over with `take-comparison`, or leave the sentence out";
    Fault::new(Rule::UnknownName, format!("there is no figure of `{}` for {force} in this cycle", measure.id), remedy)
}
