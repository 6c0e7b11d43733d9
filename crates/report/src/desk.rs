//! The desk of one force in one cycle: everything that an expression in a text can mean.
//!
//! A number is **computed** from observations, **vouched for** by evidence on record, or **taken over** as published. Each gets a
//! reference and a derivation; where a figure is both computed and printed by the original, and they differ, a note says so.

mod blocks;
mod charts;
mod clauses;
mod facts;
mod figures;
mod judgments;
mod lines;

pub use blocks::{Beside, beside_title};
pub use clauses::verdict_words;
pub use facts::{citation, month};
pub use figures::{Shown, Whose, in_prose};

use crate::{
    document::{Block, Bound, Inline, text},
    draft::Call,
    pack::numbers::{Derivation, Kind, Numbers, OnRecord},
    rule::{Fault, Rule, nearest},
};
use inspection::{
    NodeId,
    framework::Framework,
    record::{Inspection, Record, Taken},
};
use jiff::civil::Date;
use reference::{AreaId, Force};
use statistics::{
    measure::Measure,
    study::{Answered, Study, When},
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// What every desk of a cycle shares.
pub struct House<'a> {
    /// Figures and how they are compared.
    pub study: &'a Study<'a>,
    /// The measures.
    pub measures: &'a [Measure],
    /// Every framework, the earliest first.
    pub frameworks: &'a [Framework],
    /// The cycle's.
    pub framework: &'a Framework,
    /// What is on record.
    pub record: &'a Record,
    /// Bodies that are no force: id, name, and the force that it oversees.
    pub bodies: Vec<(String, String, Option<AreaId>)>,
    /// Whether the house documents the method of comparison for this cycle: only then is a verdict printed.
    pub documented: bool,
    answers: Answers<'a>,
}

impl<'a> House<'a> {
    /// A house; `None` when no framework has this id.
    #[must_use]
    pub fn new(
        study: &'a Study<'a>,
        measures: &'a [Measure],
        frameworks: &'a [Framework],
        cycle: &str,
        record: &'a Record,
        bodies: Vec<(String, String, Option<AreaId>)>,
        documented: bool,
    ) -> Option<Self> {
        let framework = frameworks.iter().find(|f| f.id == cycle)?;
        Some(Self { study, measures, frameworks, framework, record, bodies, documented, answers: RefCell::default() })
    }

    fn answer(&self, measure: &'a Measure, on: Option<Date>, of_all: bool) -> Option<Rc<Answered<'a>>> {
        let key = (measure.id.clone(), on, of_all);
        if let Some(found) = self.answers.borrow().get(&key) {
            return found.clone();
        }
        let when = on.map_or(When::LatestUntil(self.framework.data_until), When::On);
        let distorting = measure.distorted_by.iter().filter(|_| !of_all).map(|(area, _)| area.clone());
        let answer = self.study.answer(measure, when, &distorting.collect::<Vec<_>>()).map(Rc::new);
        self.answers.borrow_mut().insert(key, answer.clone());
        answer
    }
}

/// The answers to measures that have been asked for, by measure, day and whether every force counts.
type Answers<'a> = RefCell<BTreeMap<(String, Option<Date>, bool), Option<Rc<Answered<'a>>>>>;

/// One force's desk.
pub struct Desk<'h, 'a> {
    /// What it shares with others.
    pub house: &'h House<'a>,
    /// The force.
    pub force: &'h Force,
    /// What is on record of it in this cycle.
    pub inspection: &'h Inspection,
    /// The numbers printed so far.
    pub numbers: Numbers,
    /// The footnotes of the document so far: what makes two of them the same, and their words.
    pub footnotes: Vec<(String, Vec<Inline>)>,
    /// The figures numbered so far.
    pub figures: u32,
    /// The tables so far.
    pub tables: u32,
    /// Where derivation pages stand, relative to the document.
    pub derivations: &'static str,
}

/// What an expression prints.
#[derive(Debug, Clone, PartialEq)]
pub enum Printed {
    /// In the line.
    Words(Vec<Inline>),
    /// Alone.
    Block(Box<Block>),
}

impl<'h, 'a> Desk<'h, 'a> {
    /// A desk with nothing printed yet.
    #[must_use]
    pub fn new(house: &'h House<'a>, force: &'h Force, inspection: &'h Inspection) -> Self {
        Self {
            house,
            force,
            inspection,
            numbers: Numbers::default(),
            footnotes: Vec::new(),
            figures: 0,
            tables: 0,
            derivations: "numbers/",
        }
    }

    /// Prints an expression.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn print(&mut self, call: &Call) -> Result<Printed, Fault> {
        let printed = self.evaluate(call)?;
        if let (Some(expected), Printed::Words(words)) = (&call.expects, &printed) {
            let found = crate::document::plain(words);
            if found != *expected {
                let remedy = format!("correct the text, or the data: `{call}` prints {found}");
                return Err(Fault::new(Rule::ContradictsItsData, format!("the text expects {expected}"), remedy));
            }
        }
        Ok(printed)
    }

    fn evaluate(&mut self, call: &Call) -> Result<Printed, Fault> {
        let words = |s: &str| Ok(Printed::Words(vec![text(s)]));
        match call.name.as_str() {
            "force" => match call.at(0) {
                None => words(&self.force.name),
                Some(other) => words(&self.other_force(other)?),
            },
            "place" => words(&self.force.short_name),
            "inspectorate" => words(&self.house.framework.inspectorate.name),
            "cycle" => words(&self.house.framework.title),
            "policing_body" => words(self.policing_body()),
            "body" => words(&self.body(self.needs(call, 0)?)?),
            "period" | "value" | "compared" | "change" | "difference" | "rank" => self.figure_words(call),
            "evidence" | "review" | "share" | "asserted_by" | "count" | "year" | "cite" | "quote" => {
                self.fact_words(call)
            }
            "grade" | "carried_over" | "last_inspected" | "moved" => self.judgment_words(call),
            "chart" => self.chart(call),
            "table" => self.own_table(call),
            other => Err(Fault::new(
                Rule::UnknownName,
                format!("there is no expression `{other}`"),
                nearest(other, EXPRESSIONS),
            )),
        }
    }

    /// The argument at a place.
    fn needs<'c>(&self, call: &'c Call, place: usize) -> Result<&'c str, Fault> {
        call.at(place).ok_or_else(|| {
            Fault::new(
                Rule::CannotBeRead,
                format!("`{}` lacks an argument", call.name),
                format!("write {}", example(&call.name)),
            )
        })
    }

    fn policing_body(&self) -> &str {
        let body = self.house.bodies.iter().find(|(_, _, force)| force.as_ref() == Some(&self.force.id));
        body.map_or("local policing body", |(_, name, _)| name)
    }

    fn body(&self, id: &str) -> Result<String, Fault> {
        let known = || self.house.bodies.iter().map(|(id, ..)| id.as_str());
        let body = self.house.bodies.iter().find(|(known, ..)| known == id);
        body.map(|(_, name, _)| name.clone()).ok_or_else(|| {
            Fault::new(Rule::UnknownName, format!("the register has no body `{id}`"), nearest(id, known()))
        })
    }

    /// The name of another force, where there is a reason to name it.
    fn other_force(&self, id: &str) -> Result<String, Fault> {
        let register = self.house.study.register;
        let Some(force) = register.force(id) else {
            let known = register.forces().iter().map(|f| f.id.as_str());
            return Err(Fault::new(Rule::UnknownName, format!("the register has no force `{id}`"), nearest(id, known)));
        };
        if self.may_name(&force.id) {
            return Ok(force.name.clone());
        }
        let remedy = "name it under `involves:` of the evidence that it has to do with";
        Err(Fault::new(Rule::AnotherForce, format!("{} has nothing to do with this inspection", force.name), remedy))
    }

    /// Whether the text may name a force: itself, an alliance's or group's member, an addressee, or one that evidence involves.
    #[must_use]
    pub fn may_name(&self, force: &AreaId) -> bool {
        let (register, day) = (self.house.study.register, self.house.framework.data_until);
        let allied = || register.alliances(&self.force.id, day).iter().any(|(_, members)| members.contains(&force));
        let similar = || match register.most_similar(&self.force.id, day) {
            reference::Group::Members(members) => members.contains(force),
            reference::Group::None | reference::Group::NotSupplied => false,
        };
        let involved = || self.inspection.evidence.values().any(|e| e.involves.contains(force));
        let addressed = || self.inspection.findings.iter().any(|f| f.addressees.iter().any(|a| a == force.as_str()));
        *force == self.force.id || allied() || similar() || involved() || addressed()
    }

    fn measure(&self, id: &str) -> Result<&'a Measure, Fault> {
        self.house.measures.iter().find(|m| m.id == id).ok_or_else(|| {
            let known = self.house.measures.iter().map(|m| m.id.as_str());
            Fault::new(Rule::UnknownName, format!("there is no measure `{id}`"), nearest(id, known))
        })
    }

    fn node(&self, id: &str) -> Result<NodeId, Fault> {
        id.parse().map_err(|e: inspection::NotANode| {
            Fault::new(Rule::UnknownName, e.to_string(), "use a place of the framework")
        })
    }

    /// Binds what is not computed: a number from the record, a grade, a count.
    fn bind(
        &mut self,
        id: String,
        printed: &str,
        value: &str,
        kind: Kind,
        expression: &str,
        on_record: Option<OnRecord>,
    ) -> Inline {
        let source = match (&on_record, kind) {
            (Some(record), _) => record.publication.clone(),
            (None, _) => "Record of the inspection".to_owned(),
        };
        let derivation = Derivation::on_record(
            kind,
            self.force.id.to_string(),
            printed.to_owned(),
            value.to_owned(),
            expression.to_owned(),
            on_record,
        );
        self.numbers.0.entry(id.clone()).or_insert(derivation);
        Inline::Number(Bound {
            text: printed.to_owned(),
            value: value.to_owned(),
            href: Some(self.derivation_page(&id)),
            reference: id,
            source,
            as_published: kind == Kind::TakenOver,
        })
    }

    /// A number that was counted from the record.
    pub fn count_of(&mut self, number: usize, what: &str) -> Inline {
        let id = format!("count.{}.{what}", self.force.id);
        let printed = reference::quantity::in_words(number);
        self.bind(id, &printed, &number.to_string(), Kind::Counted, "", None)
    }

    /// A number that was printed before, to be printed again.
    #[must_use]
    pub fn again(&self, reference: &str) -> Option<Inline> {
        let derivation = self.numbers.0.get(reference)?;
        Some(Inline::Number(Bound {
            text: derivation.text.clone(),
            value: derivation.value.clone(),
            reference: reference.to_owned(),
            href: Some(self.derivation_page(reference)),
            source: derivation.on_record.as_ref().map(|r| r.publication.clone()).unwrap_or_default(),
            as_published: derivation.kind == Kind::TakenOver,
        }))
    }

    /// Where the derivation of a number is.
    #[must_use]
    pub fn derivation_page(&self, reference: &str) -> String {
        format!("{}{}.html", self.derivations, reference)
    }

    fn on_record(&self, taken: &Taken) -> OnRecord {
        let publication = self.house.record.publications.get(&taken.publication);
        OnRecord {
            publication: publication
                .map_or_else(|| taken.publication.clone(), |p| format!("{}, {}", p.publisher, p.title)),
            published: publication.map(|p| p.published.clone()).unwrap_or_default(),
            place: taken.place(),
            quote: taken.quote.clone(),
            asserted_by: String::new(),
            says: String::new(),
        }
    }

    /// A footnote, the same one where it was printed before.
    pub fn footnote(&mut self, key: &str, words: Vec<Inline>) -> Inline {
        let index = self.footnotes.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
            self.footnotes.push((key.to_owned(), words));
            self.footnotes.len() - 1
        });
        Inline::Footnote { index }
    }
}

/// The expressions there are.
pub const EXPRESSIONS: [&str; 26] = [
    "force",
    "place",
    "inspectorate",
    "cycle",
    "policing_body",
    "body",
    "period",
    "value",
    "compared",
    "change",
    "difference",
    "rank",
    "evidence",
    "review",
    "share",
    "asserted_by",
    "count",
    "year",
    "cite",
    "quote",
    "grade",
    "carried_over",
    "last_inspected",
    "moved",
    "chart",
    "table",
];

fn example(name: &str) -> String {
    let arguments = match name {
        "compared" => "\"complaints-per-1000-officers\", \"england-and-wales\"",
        "change" => "\"officers-fte\", since=\"2014-03-31\"",
        "rank" => "\"officers-fte\", \"lowest\"",
        "evidence" | "review" => "\"file-review.effective\"",
        "share" => "\"file-review.effective\", of=\"file-review.files\"",
        "count" => "\"areas-for-improvement\"",
        "grade" | "carried_over" | "last_inspected" => "\"legitimacy.q2\"",
        "moved" => "\"legitimacy\", since=\"2015\"",
        "chart" => "\"paired\", \"officers-per-1000-population\"",
        "table" | "period" | "value" | "difference" => "\"officers-fte\"",
        _ => "\"…\"",
    };
    format!("`{{{{ {name}({arguments}) }}}}`")
}
