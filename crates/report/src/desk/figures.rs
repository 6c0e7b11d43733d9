//! Figures of measures: computed where the data has them, else taken over as published.

use super::{Desk, House, Printed};
use crate::{
    document::{Inline, plain, text},
    draft::Call,
    pack::numbers::{Kind, shown},
    rule::{Fault, Rule},
};
use inspection::record::{Comparator, PublishedComparison, PublishedVerdict};
use jiff::civil::Date;
use reference::{ENGLAND_AND_WALES, Period, Value, display, quantity::Quantity};
use rust_decimal::Decimal;
use statistics::{
    Verdict,
    change::percent_change,
    measure::{Kind as Sort, Measure},
    parts::{LOOK_EQUAL_NOTE, look_equal},
    rank::ranks,
    study::Answered,
};
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

impl<'a> House<'a> {
    /// The answer to a measure at the period that a document prints.
    fn at(&self, measure: &'a Measure, on: Option<Date>) -> Option<Rc<Answered<'a>>> {
        self.answer(measure, on)
    }
}

impl<'a> Desk<'_, 'a> {
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
        self.house
            .at(measure, None)
            .map(|a| a.panel.period)
            .ok_or_else(|| nothing(measure, self.force.short_name.as_str()))
    }

    /// A figure: computed where there is one, else as it was published.
    pub fn figure(&mut self, measure: &'a Measure, whose: Whose, at: Option<Date>) -> Result<Shown, Fault> {
        let on = at.or_else(|| self.inspection.printed_period(&measure.id));
        if let Some(answer) = self.house.at(measure, on)
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
                let value = average.value.number()?;
                (self.numbers.total(observations, measure, panel, ENGLAND_AND_WALES, average, Vec::new()), value)
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

    fn taken_over(
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

    /// The whole clause, so that "no comparison" reads as a sentence too.
    fn compared(&mut self, measure: &'a Measure, with: &str) -> Result<Printed, Fault> {
        let whose = whose(Some(with))?;
        if measure.kind == Sort::Count {
            let remedy = "compare a rate or a percentage, or use `change`";
            return Err(Fault::new(
                Rule::UnlikeParts,
                format!("`{}` is a count, and forces differ in size", measure.id),
                remedy,
            ));
        }
        let own = self.figure(measure, Whose::Own, None)?;
        let average = self.figure(measure, whose, None)?;
        let (name, noun) = match whose {
            Whose::MostSimilar => ("most similar group", "average"),
            Whose::LocalPopulation => ("local population", "figure"),
            _ => (
                "England and Wales",
                if measure.kind == Sort::Percent || self.house.documented { "average" } else { "rate" },
            ),
        };
        let verdict = self.verdict(measure, whose, own.computed)?;
        let mut words = match &verdict {
            Said::Verdict(verdict) => {
                vec![text(format!("which was {verdict} the {name} {noun} of ")), in_prose(average.inline)]
            }
            Said::Nothing => vec![text(format!("against the {name} {noun} of ")), in_prose(average.inline)],
            Said::NoComparison(reason) => {
                return Ok(Printed::Words(vec![
                    text(format!("for which the data do not allow a comparison with the {name} {noun} of ")),
                    in_prose(average.inline),
                    text(if reason.is_empty() { String::new() } else { format!(": {reason}") }),
                ]));
            }
        };
        words.extend(average.note);
        if !matches!(measure.kind, Sort::Percent) && measure.prefix.is_empty() {
            words.push(text(format!(" {}", measure.noun)));
        }
        if look_equal(own.value, average.value, measure.decimals) {
            words.push(self.footnote("look-equal", vec![text(LOOK_EQUAL_NOTE)]));
        }
        Ok(Printed::Words(words))
    }

    /// What is said of a figure: computed by the cycle's documented method, else as it was published, else nothing.
    fn verdict(&mut self, measure: &'a Measure, whose: Whose, computed: bool) -> Result<Said, Fault> {
        let last = self.period(measure)?.last();
        let published = self
            .inspection
            .comparisons
            .iter()
            .find(|c| c.measure == measure.id && c.period == last && has(c, whose))
            .cloned();
        let said = published.as_ref().map(|c| (c.verdict, c.reason.clone()));
        if computed && self.house.documented && whose == Whose::EnglandAndWales {
            let answer =
                self.house.at(measure, Some(last)).ok_or_else(|| nothing(measure, self.force.short_name.as_str()))?;
            let place = answer.place(&self.force.id).ok_or_else(|| nothing(measure, self.force.short_name.as_str()))?;
            let row = &answer.compared.rows[place];
            let found = match Verdict::of(&row.standing) {
                Verdict::Higher => PublishedVerdict::Higher,
                Verdict::Lower => PublishedVerdict::Lower,
                Verdict::BroadlyInLine => PublishedVerdict::BroadlyInLine,
                Verdict::NoComparison => PublishedVerdict::NoComparison,
            };
            if let Some((verdict, _)) = &said
                && *verdict != PublishedVerdict::NoneStated
                && *verdict != found
            {
                let found = format!(
                    "the publication says {} of `{}` and the data say {}",
                    verdict_words(*verdict),
                    measure.id,
                    verdict_words(found)
                );
                return Err(Fault::new(
                    Rule::ContradictsItsData,
                    found,
                    "take the comparison over with `verdict: none-stated` and say in a note why they differ",
                ));
            }
            let reason = row.standing.as_ref().err().map(ToString::to_string).unwrap_or_default();
            return Ok(Said::of(found, reason));
        }
        let Some((verdict, reason)) = said else { return Ok(Said::Nothing) };
        Ok(if self.house.documented { Said::of(verdict, reason) } else { Said::Nothing })
    }

    fn changed(&mut self, call: &Call, measure: &'a Measure) -> Result<Printed, Fault> {
        let since = call.named("since").ok_or_else(|| {
            Fault::new(Rule::CannotBeRead, "`change` does not say since when", super::example("change").as_str())
        })?;
        let change = self.change(measure, day(since)?, &call.to_string())?;
        let words = match change.1.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Greater => vec![text("rose by "), in_prose(change.0)],
            std::cmp::Ordering::Less => vec![text("fell by "), in_prose(change.0)],
            std::cmp::Ordering::Equal => vec![text("did not change")],
        };
        Ok(Printed::Words(words))
    }

    /// The change of the force's own figure since a day: percent of counts, rates and means, points of percentages. The inline has
    /// no sign.
    pub fn change(&mut self, measure: &'a Measure, since: Date, expression: &str) -> Result<(Inline, Decimal), Fault> {
        let (now, then) = (self.figure(measure, Whose::Own, None)?, self.figure(measure, Whose::Own, Some(since))?);
        let (value, unit) = if measure.kind == Sort::Percent {
            let points = now.value - then.value;
            let one = display(points.abs(), measure.decimals) == "1";
            (points, if one { " percentage point" } else { " percentage points" })
        } else {
            let change = percent_change(then.value, now.value).ok_or_else(|| {
                Fault::new(
                    Rule::UnlikeParts,
                    format!("`{}` was zero then", measure.id),
                    "print both figures instead of a change",
                )
            })?;
            (change.percent(), "%")
        };
        let last = self.period(measure)?.last();
        let id = format!("change.{}.{}.{since}.{last}", measure.id, self.force.id);
        let decimals = if measure.kind == Sort::Percent { measure.decimals } else { 0 };
        let printed = format!("{}{unit}", display(value.abs(), decimals));
        let inline = self.bind(id.clone(), &printed, &value.to_string(), Kind::Change, expression, None);
        let parts = [&now.inline, &then.inline]
            .into_iter()
            .filter_map(|i| if let Inline::Number(b) = i { Some(b.reference.clone()) } else { None })
            .collect();
        if let Some(derivation) = self.numbers.0.get_mut(&id) {
            measure.id.clone_into(&mut derivation.measure);
            derivation.method = if measure.kind == Sort::Percent {
                "new − old".into()
            } else {
                "(new − old) ÷ old × 100, from unrounded figures".into()
            };
            derivation.parts = parts;
        }
        Ok((inline, value))
    }

    /// The force's own figure of the period before, and whether the difference is more than chance.
    fn difference(&mut self, measure: &'a Measure) -> Result<Printed, Fault> {
        let comparison = self.inspection.comparison(&measure.id).cloned();
        let Some((comparison, before)) = comparison.and_then(|c| c.before.clone().map(|b| (c, b))) else {
            let remedy = "take the earlier figure over with `before:` in `take-comparison`";
            return Err(Fault::new(
                Rule::UnknownName,
                format!("no earlier figure of `{}` is on record", measure.id),
                remedy,
            ));
        };
        let now = self.figure(measure, Whose::Own, None)?;
        let then = self.taken_over(measure, &comparison, Whose::Own, &before.value, before.period);
        let direction = match now.value.cmp(&then.value) {
            std::cmp::Ordering::Greater => "higher than",
            std::cmp::Ordering::Less => "lower than",
            std::cmp::Ordering::Equal => "the same as",
        };
        let period = Period::ending(measure.length, before.period).prose();
        let chance = match before.significant {
            Some(true) => ", a difference that is statistically significant",
            Some(false) => ", a difference that is not statistically significant",
            None => "",
        };
        Ok(Printed::Words(vec![
            text(format!("{direction} the ")),
            in_prose(then.inline),
            text(format!(" of {period}{chance}")),
        ]))
    }

    fn ranked(&mut self, call: &Call, measure: &'a Measure) -> Result<Printed, Fault> {
        let end = call.at(1).unwrap_or("highest");
        let lowest = match end {
            "lowest" => true,
            "highest" => false,
            other => {
                return Err(Fault::new(
                    Rule::UnknownName,
                    format!("`{other}` is no end of a list"),
                    "write `lowest` or `highest`",
                ));
            }
        };
        let on = self.inspection.printed_period(&measure.id);
        let answer = self.house.at(measure, on).ok_or_else(|| nothing(measure, self.force.short_name.as_str()))?;
        let values: Vec<Option<Decimal>> = answer.panel.figures.iter().map(|f| f.value.number()).collect();
        let place = answer.place(&self.force.id);
        let rank =
            place.and_then(|p| ranks(&values)[p]).ok_or_else(|| nothing(measure, self.force.short_name.as_str()))?;
        let printed = if lowest { rank.lowest_words() } else { rank.highest_words() };
        let value = if lowest { rank.from_lowest } else { rank.from_highest };
        let id = format!("rank.{}.{}.{}", measure.id, self.force.id, answer.panel.period.last());
        let inline = self.bind(id.clone(), &printed, &value.to_string(), Kind::Rank, &call.to_string(), None);
        if let Some(derivation) = self.numbers.0.get_mut(&id) {
            measure.id.clone_into(&mut derivation.measure);
            derivation.period = answer.panel.period.to_string();
        }
        Ok(Printed::Words(vec![inline]))
    }
}

enum Said {
    Verdict(&'static str),
    NoComparison(String),
    Nothing,
}

impl Said {
    fn of(verdict: PublishedVerdict, reason: String) -> Self {
        match verdict {
            PublishedVerdict::NoComparison => Self::NoComparison(reason),
            PublishedVerdict::NoneStated => Self::Nothing,
            other => Self::Verdict(verdict_words(other)),
        }
    }
}

/// A verdict as a clause says it, before "the England and Wales average".
#[must_use]
pub const fn verdict_words(verdict: PublishedVerdict) -> &'static str {
    match verdict {
        PublishedVerdict::Higher => "higher than",
        PublishedVerdict::Lower => "lower than",
        PublishedVerdict::BroadlyInLine => "broadly in line with",
        PublishedVerdict::NoComparison => "not comparable with",
        PublishedVerdict::NoneStated => "beside",
    }
}

fn has(comparison: &PublishedComparison, whose: Whose) -> bool {
    printed(comparison, whose).is_some()
}

fn printed(comparison: &PublishedComparison, whose: Whose) -> Option<String> {
    let comparator = match whose {
        Whose::Own => return Some(comparison.value.clone()),
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

fn day(text: &str) -> Result<Date, Fault> {
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

fn nothing(measure: &Measure, force: &str) -> Fault {
    let remedy = "supply the data, take the published figure over with `take-comparison`, or leave the sentence out";
    Fault::new(Rule::UnknownName, format!("there is no figure of `{}` for {force} in this cycle", measure.id), remedy)
}
