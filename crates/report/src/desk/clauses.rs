//! Whole clauses about figures: compared with an average, changed since a day, ranked.

use super::{
    Desk, Printed,
    figures::{Whose, day, has, in_prose, nothing, whose},
};
use crate::{
    document::{Inline, text},
    draft::Call,
    pack::numbers::Kind,
    rule::{Fault, Rule},
};
use inspection::record::PublishedVerdict;
use jiff::civil::Date;
use reference::{Period, display};
use rust_decimal::Decimal;
use statistics::{
    Verdict,
    change::percent_change,
    measure::{Kind as Sort, Measure},
    parts::{LOOK_EQUAL_NOTE, look_equal},
    rank::ranks,
};

impl<'a> Desk<'_, 'a> {
    /// The whole clause, so that "no comparison" reads as a sentence too.
    pub(super) fn compared(&mut self, measure: &'a Measure, with: &str) -> Result<Printed, Fault> {
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
        let verdict = self.verdict(measure, whose, own.computed && average.computed)?;
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
                self.answer(measure, Some(last)).ok_or_else(|| nothing(measure, self.force.short_name.as_str()))?;
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
                    "the publication calls `{}` {} the average and the data call it {}",
                    measure.id,
                    verdict_words(*verdict),
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

    pub(super) fn changed(&mut self, call: &Call, measure: &'a Measure) -> Result<Printed, Fault> {
        let since = call.named("since").ok_or_else(|| {
            Fault::new(Rule::CannotBeRead, "`change` does not say since when", super::example("change").as_str())
        })?;
        let change = self.change(measure, day(since)?, &call.to_string())?;
        let words = match change.1.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Greater => vec![text("rose by "), in_prose(not_nothing(change.0))],
            std::cmp::Ordering::Less => vec![text("fell by "), in_prose(not_nothing(change.0))],
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
    pub(super) fn difference(&mut self, measure: &'a Measure) -> Result<Printed, Fault> {
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

    pub(super) fn ranked(&mut self, call: &Call, measure: &'a Measure) -> Result<Printed, Fault> {
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
        let answer = self.answer(measure, on).ok_or_else(|| nothing(measure, self.force.short_name.as_str()))?;
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

/// A change that rounds to nothing is said to be less than the least that is printed: "0.0%" becomes "less than 0.1%".
fn not_nothing(inline: Inline) -> Inline {
    match inline {
        Inline::Number(mut bound) if !bound.text.contains(|c: char| c.is_ascii_digit() && c != '0') => {
            if let Some(last) = bound.text.rfind('0') {
                bound.text = format!("less than {}1{}", &bound.text[..last], &bound.text[last + 1..]);
            }
            Inline::Number(bound)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_rounds_to_nothing_is_not_said_to_be_nothing() {
        let said = |printed: &str| {
            let bound = crate::document::Bound {
                text: printed.into(),
                value: String::new(),
                reference: String::new(),
                href: None,
                source: String::new(),
                as_published: false,
            };
            crate::document::plain(&[not_nothing(Inline::Number(bound))])
        };
        assert_eq!(said("0%"), "less than 1%");
        assert_eq!(said("0.0 percentage points"), "less than 0.1 percentage points");
        assert_eq!(said("10%"), "10%");
    }
}
