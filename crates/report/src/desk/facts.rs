//! What is on record: evidence, counts of findings, judgments, works cited, quotations.

use super::{Desk, Printed};
use crate::{
    document::{Block, Inline, text},
    draft::Call,
    pack::numbers::{Kind, OnRecord},
    rule::{Fault, Rule, nearest},
};
use inspection::{
    NodeId,
    record::{Asserted, Evidence, FindingKind, Number, Work},
};
use reference::quantity::{Amount, Quantity, in_words};
use rust_decimal::Decimal;
use statistics::parts::{Addition, addition};

impl Desk<'_, '_> {
    pub(super) fn fact_words(&mut self, call: &Call) -> Result<Printed, Fault> {
        let name = self.needs(call, 0)?;
        match call.name.as_str() {
            "evidence" => {
                let note = self.parts_note(name)?;
                let mut words = vec![self.vouched(call, name)?];
                words.extend(note);
                Ok(Printed::Words(words))
            }
            "review" => self.reviewed(call, name),
            "share" => self.share(call, name),
            "asserted_by" => self.asserted_by(name),
            "count" => self.count(call, name),
            "year" => self.year(name),
            "cite" => self.cite(name),
            _ => self.quote(name),
        }
    }

    /// The evidence and the number that `item.number` names.
    pub(crate) fn number(&self, name: &str) -> Result<(&Evidence, &Number), Fault> {
        let (item, number) = name.split_once('.').ok_or_else(|| {
            Fault::new(
                Rule::UnknownName,
                format!("`{name}` names no number"),
                "write the evidence and its number: `survey.response`",
            )
        })?;
        let evidence = self.item(item)?;
        let number = evidence.numbers.get(number).ok_or_else(|| {
            let known = evidence.numbers.keys().map(String::as_str);
            Fault::new(
                Rule::UnknownName,
                format!("the evidence `{item}` has no number `{number}`"),
                nearest(number, known),
            )
        })?;
        Ok((evidence, number))
    }

    pub(crate) fn item(&self, id: &str) -> Result<&Evidence, Fault> {
        self.inspection.evidence.get(id).ok_or_else(|| {
            let known = self.inspection.evidence.keys().map(String::as_str);
            Fault::new(Rule::UnknownName, format!("there is no evidence `{id}` on record"), nearest(id, known))
        })
    }

    fn evidence_on_record(&self, evidence: &Evidence) -> OnRecord {
        OnRecord {
            asserted_by: match &evidence.asserted_by {
                Asserted::Force => self.force.name.clone(),
                Asserted::Inspectors => self.house.framework.inspectorate.name.clone(),
                Asserted::Other(name) => name.clone(),
            },
            says: evidence.says.clone(),
            ..self.on_record(&evidence.from)
        }
    }

    fn vouched(&mut self, call: &Call, name: &str) -> Result<Inline, Fault> {
        let (evidence, number) = self.number(name)?;
        let printed = small(&number.quantity);
        let value = value(&number.quantity);
        let record = self.evidence_on_record(evidence);
        let id = format!("evidence.{}.{name}", self.force.id);
        Ok(self.bind(id, &printed, &value, Kind::Vouched, &call.to_string(), Some(record)))
    }

    /// A mark that leads to a note where a number's printed parts do not add up to it.
    fn parts_note(&mut self, name: &str) -> Result<Option<Inline>, Fault> {
        let (evidence, number) = self.number(name)?;
        let own = name.split_once('.').map_or(name, |(_, own)| own);
        let Some(parts) = evidence.parts.iter().find(|p| p.total == own) else { return Ok(None) };
        let values: Option<Vec<Decimal>> = parts.of.iter().map(|p| evidence.numbers.get(p)?.quantity.value()).collect();
        let (Some(values), Some(total)) = (values, number.quantity.value()) else { return Ok(None) };
        let places = values.iter().map(Decimal::scale).chain([total.scale()]).max().unwrap_or(0);
        match addition(&values, total, places) {
            Some(Addition::Fault { .. }) => {
                let sum: Decimal = values.iter().sum();
                let found = format!(
                    "the parts of `{name}` sum to {sum} and it is {total}, further apart than rounding takes them"
                );
                Err(Fault::new(
                    Rule::PartsDoNotAddUp,
                    found,
                    "correct the numbers on record, or do not call them parts",
                ))
            }
            found => {
                Ok(found.and_then(Addition::note).map(|note| self.footnote(&format!("parts:{name}"), vec![text(note)])))
            }
        }
    }

    fn reviewed(&mut self, call: &Call, name: &str) -> Result<Printed, Fault> {
        let (evidence, number) = self.number(name)?;
        let Amount::Of { count, whole } = number.quantity.amount else {
            let remedy = "use `evidence` for it, or write the number as `48 of 60`";
            return Err(Fault::new(
                Rule::CannotBeRead,
                format!("`{name}` is {}, not some of a whole", number.quantity),
                remedy,
            ));
        };
        let record = self.evidence_on_record(evidence);
        let id = format!("evidence.{}.{name}", self.force.id);
        if call.named("as") == Some("percent") {
            let percent = share(count, whole).ok_or_else(|| nothing(name))?;
            let printed = format!("{} percent", reference::display(percent, 0));
            let inline = self.bind(
                format!("{id}.percent"),
                &printed,
                &percent.to_string(),
                Kind::Vouched,
                &call.to_string(),
                Some(record),
            );
            return Ok(Printed::Words(vec![inline]));
        }
        let (printed, value) = (number.quantity.to_string(), count.to_string());
        Ok(Printed::Words(vec![self.bind(id, &printed, &value, Kind::Vouched, &call.to_string(), Some(record))]))
    }

    /// A percentage of two numbers that count the same.
    fn share(&mut self, call: &Call, name: &str) -> Result<Printed, Fault> {
        let of = call.named("of").ok_or_else(|| {
            Fault::new(Rule::CannotBeRead, "`share` does not say of what", super::example("share").as_str())
        })?;
        let (evidence, number) = self.number(name)?;
        let (part, counts) = (number.quantity.value(), number.counts.clone());
        let record = self.evidence_on_record(evidence);
        let (whole, whole_counts) = if of.contains('.') {
            let (_, whole) = self.number(of)?;
            (whole.quantity.value(), whole.counts.clone())
        } else {
            let measure = self.measure(of)?;
            let counts = if measure.noun.contains("full-time equivalents") {
                Some("full-time-equivalents".to_owned())
            } else {
                None
            };
            let figure = self.own_value(measure)?;
            (Some(figure), counts)
        };
        if counts != whole_counts {
            let say = |c: &Option<String>| c.clone().unwrap_or_else(|| "something that is not said".into());
            let found = format!("`{name}` counts {} and `{of}` counts {}", say(&counts), say(&whole_counts));
            return Err(Fault::new(
                Rule::UnlikeParts,
                found,
                "print the count alone, or divide by a number that counts the same",
            ));
        }
        let percent = part.zip(whole).and_then(|(p, w)| share(p, w)).ok_or_else(|| nothing(of))?;
        let printed = format!("{} percent", reference::display(percent, 0));
        let id = format!("share.{}.{name}.of.{of}", self.force.id);
        Ok(Printed::Words(vec![self.bind(
            id,
            &printed,
            &percent.to_string(),
            Kind::Share,
            &call.to_string(),
            Some(record),
        )]))
    }

    fn asserted_by(&self, name: &str) -> Result<Printed, Fault> {
        let evidence = self.item(name)?;
        Ok(Printed::Words(vec![text(match &evidence.asserted_by {
            Asserted::Force => "the force told us".to_owned(),
            Asserted::Inspectors => "we found".to_owned(),
            Asserted::Other(name) => format!("{name} found"),
        })]))
    }

    fn count(&mut self, call: &Call, name: &str) -> Result<Printed, Fault> {
        let Some(kind) = FindingKind::ALL.into_iter().find(|k| k.ids().1 == name) else {
            let known = FindingKind::ALL.map(|k| k.ids().1);
            return Err(Fault::new(Rule::UnknownName, format!("`{name}` is no kind of finding"), nearest(name, known)));
        };
        let node = call.named("node").map(|n| self.node(n)).transpose()?;
        let within = |n: &NodeId| node.as_ref().is_none_or(|place| n.within(place));
        let number = self.inspection.own_findings().filter(|f| f.kind == kind && within(&f.node)).count();
        let at = node.map(|n| format!(".{n}")).unwrap_or_default();
        let id = format!("count.{}.{name}{at}", self.force.id);
        let printed = if number == 0 { "no".to_owned() } else { in_words(number) };
        Ok(Printed::Words(vec![self.bind(id, &printed, &number.to_string(), Kind::Counted, &call.to_string(), None)]))
    }

    fn year(&self, name: &str) -> Result<Printed, Fault> {
        let work = self.inspection.references.get(name).map(|w| w.published.as_str());
        let published = work.or_else(|| self.house.record.publications.get(name).map(|p| p.published.as_str()));
        match published.and_then(|p| p.get(..4)) {
            Some(year) => Ok(Printed::Words(vec![text(year)])),
            None => {
                let known =
                    self.inspection.references.keys().chain(self.house.record.publications.keys()).map(String::as_str);
                Err(Fault::new(
                    Rule::UnknownName,
                    format!("there is no publication or work `{name}` with a date"),
                    nearest(name, known),
                ))
            }
        }
    }

    fn cite(&mut self, name: &str) -> Result<Printed, Fault> {
        let Some(work) = self.inspection.references.get(name) else {
            let known = self.inspection.references.keys().map(String::as_str);
            return Err(Fault::new(
                Rule::UnknownName,
                format!("there is no work `{name}` on record"),
                nearest(name, known),
            ));
        };
        if let Some(force) = work.force.as_ref().filter(|f| !self.may_name(f)) {
            let remedy = "cite the work on this force, or the national one";
            return Err(Fault::new(Rule::AnotherForce, format!("`{name}` is about {force}"), remedy));
        }
        if let Some(force) = work.force.as_ref().filter(|f| **f != self.force.id) {
            let remedy = format!("cite the report on {}, or the national one", self.force.short_name);
            return Err(Fault::new(
                Rule::AnotherForce,
                format!("`{name}` is a report on another force, {force}"),
                remedy,
            ));
        }
        let words = citation(work);
        Ok(Printed::Words(vec![self.footnote(&format!("work:{name}"), words)]))
    }

    fn quote(&self, name: &str) -> Result<Printed, Fault> {
        let Some(quotation) = self.inspection.quotations.get(name) else {
            let known = self.inspection.quotations.keys().map(String::as_str);
            return Err(Fault::new(
                Rule::UnknownName,
                format!("there is no quotation `{name}` on record"),
                nearest(name, known),
            ));
        };
        if quotation.approved != Some(true) {
            let remedy = "set `approved: yes` when the speaker has approved the words";
            return Err(Fault::new(
                Rule::ClaimWithoutSource,
                format!("`{name}` is not approved by its speaker"),
                remedy,
            ));
        }
        let block = Block::Quote { text: vec![text(&quotation.text)], speaker: quotation.speaker.clone() };
        Ok(Printed::Block(Box::new(block)))
    }
}

/// Small whole numbers as words, as the house writes them.
fn small(quantity: &Quantity) -> String {
    match &quantity.amount {
        Amount::Count(n) if n.is_integer() && *n <= Decimal::from(9) && *n > Decimal::ZERO => {
            let number = usize::try_from(*n).unwrap_or_default();
            quantity.to_string().replace(&n.normalize().to_string(), &in_words(number))
        }
        _ => quantity.to_string(),
    }
}

fn value(quantity: &Quantity) -> String {
    quantity.value().map_or_else(|| quantity.to_string(), |v| v.normalize().to_string())
}

fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

fn nothing(name: &str) -> Fault {
    Fault::new(Rule::UnlikeParts, format!("`{name}` is no number to divide by"), "divide by a count that is not zero")
}

/// A work as a footnote names it.
#[must_use]
pub fn citation(work: &Work) -> Vec<Inline> {
    let mut words = format!("\u{201c}{}\u{201d}", work.title);
    for part in [&work.publisher, &month(&work.published)] {
        if !part.is_empty() {
            words += ", ";
            words += part;
        }
    }
    words.push('.');
    vec![text(words)]
}

/// "September 2011" for `2011-09`, "8 December 2016" for a day, a year as it is.
#[must_use]
pub fn month(date: &str) -> String {
    if let Ok(day) = date.parse::<jiff::civil::Date>() {
        return reference::long_date(day);
    }
    let month = date.split_once('-').and_then(|(year, month)| Some((year, month.parse::<usize>().ok()?)));
    match month.and_then(|(year, month)| Some((year, reference::MONTHS.get(month.checked_sub(1)?)?))) {
        Some((year, month)) => format!("{month} {year}"),
        None => date.to_owned(),
    }
}
