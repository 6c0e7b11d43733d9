//! What is on record about inspections: the commands that say so, and what they have made.
//!
//! Every fact here is taken over from a publication, with the place and a short quote. Nothing is invented: no moderation, no panel,
//! no date that the publication does not give.

mod command;
mod facts;

pub use command::*;
pub use facts::*;

use crate::{JudgmentValue, NodeId, framework::Framework};
use jiff::civil::Date;
use reference::AreaId;
use std::{collections::BTreeMap, fmt};

/// Everything on record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// Publications, by id.
    pub publications: BTreeMap<String, Publication>,
    inspections: BTreeMap<(String, AreaId), Inspection>,
}

/// What is on record about one force in one cycle.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inspection {
    /// The scope, in the order of the commands.
    pub scope: Vec<ScopeLine>,
    /// Judgments by place.
    pub judgments: BTreeMap<NodeId, Judgment>,
    /// Findings in the order of the commands.
    pub findings: Vec<Finding>,
    /// Evidence by id.
    pub evidence: BTreeMap<String, Evidence>,
    /// Published comparisons.
    pub comparisons: Vec<PublishedComparison>,
    /// Works cited, by id.
    pub references: BTreeMap<String, Work>,
    /// Approved quotations, by id.
    pub quotations: BTreeMap<String, Quotation>,
    /// Notes added to published pages.
    pub annotations: Vec<Annotation>,
    /// Where our documents depart from the original on purpose.
    pub corrections: Vec<Correction>,
    /// Releases that are pinned.
    pub pins: Vec<PinnedRelease>,
}

/// Why a command was refused, and what would be needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What stands against it.
    pub found: String,
    /// What would be needed.
    pub remedy: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.found, self.remedy)
    }
}

fn refuse<T>(found: impl Into<String>, remedy: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { found: found.into(), remedy: remedy.into() })
}

/// A judgment as it stands: where it carries over, the one it is read from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'a> {
    /// What it says.
    pub value: JudgmentValue,
    /// The cycle that it was made in, however often it has been carried over since.
    pub cycle: &'a str,
    /// Where it is taken from.
    pub from: &'a Taken,
    /// Whether it was made in an earlier cycle than the one asked for.
    pub carried_over: bool,
}

/// The most words of a quote: enough to carry a fact, too few to be the text.
pub const MOST_QUOTED: usize = 25;

impl Record {
    /// Applies a command about a force in a cycle.
    ///
    /// # Errors
    /// When it breaks a rule; the record is then as it was.
    pub fn apply(
        &mut self,
        frameworks: &[Framework],
        cycle: &str,
        force: Option<&AreaId>,
        command: Command,
    ) -> Result<(), Refusal> {
        if let Some(taken) = command.from() {
            self.taken(taken)?;
        }
        if let Command::TakePublication(publication) = command {
            let id = publication.id.clone();
            if self.publications.contains_key(&id) {
                return refuse(format!("`{id}` is on record already"), "give each publication an id of its own");
            }
            self.publications.insert(id, publication);
            return Ok(());
        }
        let Some(framework) = frameworks.iter().find(|f| f.id == cycle) else {
            let known: Vec<&str> = frameworks.iter().map(|f| f.id.as_str()).collect();
            return refuse(
                format!("there is no framework `{cycle}`"),
                format!("use one of {}, or add frameworks/{cycle}.yaml", known.join(", ")),
            );
        };
        let Some(force) = command.force().or(force).cloned() else {
            return refuse("the command names no force", "write `force:` at the head of the file or in the command");
        };
        if let Some(node) = command.node()
            && !framework.has(node)
            && !command.of_earlier_cycle()
        {
            let known: Vec<String> = framework.nodes().iter().map(ToString::to_string).collect();
            return refuse(
                format!("the framework of {} has no `{node}`", framework.title),
                format!("use one of {}", known.join(", ")),
            );
        }
        let carried = match &command {
            Command::TakeJudgment(j) => self.check_judgment(frameworks, framework, &force, j),
            _ => Ok(()),
        };
        carried?;
        self.inspections.entry((cycle.to_owned(), force)).or_default().take(command)
    }

    fn taken(&self, taken: &Taken) -> Result<(), Refusal> {
        if !self.publications.contains_key(&taken.publication) {
            return refuse(
                format!("`{}` is no publication on record", taken.publication),
                "take the publication first, with `take-publication`",
            );
        }
        if taken.page.is_none() && taken.section.is_none() {
            return refuse(
                "the fact has no place in its publication",
                "add `page:`, or `section:` where pages have no numbers",
            );
        }
        let words = taken.quote.split_whitespace().count();
        if words > MOST_QUOTED {
            return refuse(
                format!("the quote has {words} words"),
                format!("quote only the words that carry the fact, at most {MOST_QUOTED}"),
            );
        }
        Ok(())
    }

    fn check_judgment(
        &self,
        frameworks: &[Framework],
        framework: &Framework,
        force: &AreaId,
        judgment: &Judgment,
    ) -> Result<(), Refusal> {
        let node = &judgment.node;
        let Some((source, origin)) = judgment.source() else {
            let Some(value) = judgment.grade else {
                return refuse(
                    format!("`{node}` has neither a grade nor a cycle that it carries over from"),
                    "write `grade:` or `carried-over:`",
                );
            };
            let graded = match framework.pillar(node.as_str()) {
                Some(pillar) => pillar.graded,
                None => framework.question(node).is_none_or(|q| q.graded && q.inspected),
            };
            if value.grade().is_some() && !graded {
                return refuse(
                    format!("`{node}` is not graded in {}", framework.title),
                    "write `ungraded` or `not-inspected`, or correct the framework",
                );
            }
            return match value.grade() {
                Some(grade) if !framework.scale().contains(&grade) => refuse(
                    format!("`{}` is not in the scale of {}", grade.id(), framework.title),
                    format!("use one of {}", framework.scale().iter().map(|g| g.id()).collect::<Vec<_>>().join(", ")),
                ),
                _ => Ok(()),
            };
        };
        if judgment.grade.is_some() {
            return refuse(
                format!("`{node}` has a grade and carries over"),
                "leave the grade out: it is read from the judgment that carries over",
            );
        }
        let order = |id: &str| frameworks.iter().position(|f| f.id == id);
        let earlier = |a: &str, b: &str| {
            frameworks
                .iter()
                .find(|f| f.id == a)
                .zip(frameworks.iter().find(|f| f.id == b))
                .is_some_and(|(a, b)| a.data_until < b.data_until)
        };
        if order(source).is_none() || !earlier(source, &framework.id) {
            return refuse(
                format!("`{source}` is no cycle before {}", framework.title),
                "name the cycle that the judgment was made in",
            );
        }
        match self.standing(source, force, &origin) {
            Some(standing) if standing.carried_over => refuse(
                format!("in {source} `{origin}` was itself carried over from {}", standing.cycle),
                format!("write `carried-over: \"{}\"`, the cycle that it was made in", standing.cycle),
            ),
            Some(standing) if standing.value.grade().is_some() => Ok(()),
            _ => refuse(
                format!("there is no grade of `{origin}` for {force} in {source} to carry over"),
                format!("take that judgment first, in record/{source}/"),
            ),
        }
    }

    /// What is on record about a force in a cycle.
    #[must_use]
    pub fn inspection(&self, cycle: &str, force: &AreaId) -> Option<&Inspection> {
        self.inspections.get(&(cycle.to_owned(), force.clone()))
    }

    /// Every inspection with its cycle and force, in their order.
    pub fn inspections(&self) -> impl Iterator<Item = (&str, &AreaId, &Inspection)> {
        self.inspections.iter().map(|((cycle, force), inspection)| (cycle.as_str(), force, inspection))
    }

    /// The judgment of a place as it stands in a cycle; `None` when none is on record.
    #[must_use]
    pub fn standing(&self, cycle: &str, force: &AreaId, node: &NodeId) -> Option<Standing<'_>> {
        let ((found, _), inspection) = self.inspections.get_key_value(&(cycle.to_owned(), force.clone()))?;
        let judgment = inspection.judgments.get(node)?;
        match (judgment.source(), judgment.grade) {
            (Some((source, origin)), _) => {
                self.standing(source, force, &origin).map(|s| Standing { carried_over: true, ..s })
            }
            (None, Some(value)) => Some(Standing { value, cycle: found, from: &judgment.from, carried_over: false }),
            (None, None) => None,
        }
    }

    /// A finding by cycle and id.
    #[must_use]
    pub fn finding(&self, cycle: &str, force: &AreaId, id: &str) -> Option<&Finding> {
        self.inspection(cycle, force)?.findings.iter().find(|f| f.id == id)
    }
}

impl Inspection {
    fn take(&mut self, command: Command) -> Result<(), Refusal> {
        let twice = |id: &str| refuse(format!("`{id}` is on record already"), "give it an id of its own");
        match command {
            Command::TakePublication(_) => {}
            Command::TakeScope(line) => self.scope.push(line),
            Command::TakeJudgment(judgment) => {
                if self.judgments.contains_key(&judgment.node) {
                    return refuse(
                        format!("the judgment of `{}` is on record already", judgment.node),
                        "a regrade is a judgment of its own: leave one of them out",
                    );
                }
                self.judgments.insert(judgment.node.clone(), judgment);
            }
            Command::TakeFinding(finding) => self.take_finding(finding)?,
            Command::TakeEvidence(evidence) => {
                evidence.check()?;
                if self.evidence.contains_key(&evidence.id) {
                    return twice(&evidence.id);
                }
                self.evidence.insert(evidence.id.clone(), evidence);
            }
            Command::TakeComparison(comparison) => {
                comparison.check()?;
                if self.comparisons.iter().any(|c| {
                    c.measure == comparison.measure
                        && c.period == comparison.period
                        && c.comparator == comparison.comparator
                }) {
                    return twice(&comparison.measure);
                }
                self.comparisons.push(*comparison);
            }
            Command::TakeReference(work) => {
                if self.references.contains_key(&work.id) {
                    return twice(&work.id);
                }
                self.references.insert(work.id.clone(), work);
            }
            Command::TakeQuotation(quotation) => {
                let words = quotation.text.split_whitespace().count();
                if words > MOST_QUOTED {
                    return refuse(format!("the quotation has {words} words"), format!("quote at most {MOST_QUOTED}"));
                }
                if self.quotations.contains_key(&quotation.id) {
                    return twice(&quotation.id);
                }
                self.quotations.insert(quotation.id.clone(), quotation);
            }
            Command::TakeAnnotation(annotation) => self.annotations.push(annotation),
            Command::TakeCorrection(correction) => self.corrections.push(correction),
            Command::PinRelease(pin) => self.pins.push(pin),
        }
        Ok(())
    }

    fn take_finding(&mut self, finding: Finding) -> Result<(), Refusal> {
        if self.findings.iter().any(|f| f.id == finding.id) {
            return refuse(format!("`{}` is on record already", finding.id), "give each finding an id of its own");
        }
        if finding.addressees.is_empty() {
            return refuse(
                format!("`{}` is addressed to nobody", finding.id),
                "name at least one force or body under `addressees:`",
            );
        }
        if let Some(parent) = &finding.parent {
            let Some(parent) = self.findings.iter().find(|f| f.id == *parent) else {
                return refuse(
                    format!("its parent `{parent}` is no finding on record"),
                    "take the cause of concern first",
                );
            };
            if parent.kind != FindingKind::CauseOfConcern || finding.kind != FindingKind::Recommendation {
                return refuse(
                    format!("`{}` hangs on `{}`", finding.id, parent.id),
                    "only a recommendation hangs on another finding, and that is a cause of concern",
                );
            }
        }
        self.findings.push(finding);
        Ok(())
    }

    /// What a whole record must hold, checked when all its commands are in.
    #[must_use]
    pub fn unfinished(&self) -> Vec<Refusal> {
        let lacks = |f: &&Finding| {
            f.kind == FindingKind::CauseOfConcern
                && f.recalled.is_none()
                && !self.findings.iter().any(|r| r.parent.as_ref() == Some(&f.id))
        };
        let concerns = self.findings.iter().filter(lacks).map(|f| Refusal {
            found: format!("the cause of concern `{}` has no recommendation", f.id),
            remedy: "a cause of concern always comes with at least one: take it with `parent:`".into(),
        });
        let both = self.scope.iter().filter(|line| {
            let judged = self.judgments.get(&line.node);
            match line.status {
                ScopeStatus::Inspected => judged.is_some_and(|j| j.carried_over.is_some()),
                ScopeStatus::CarriedOver | ScopeStatus::LimitedReview => {
                    judged.is_some_and(|j| j.carried_over.is_none())
                }
                ScopeStatus::NotInspected => {
                    judged.is_some_and(|j| j.carried_over.is_none() && j.grade != Some(JudgmentValue::NotInspected))
                }
            }
        });
        let both = both.map(|line| Refusal {
            found: format!("`{}` is {} in the scope, and its judgment says otherwise", line.node, line.status.words()),
            remedy: "a question is inspected or carried over, never both".into(),
        });
        concerns.chain(both).collect()
    }

    /// Findings of this inspection, those that it only recalls left out.
    pub fn own_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.recalled.is_none())
    }

    /// The published comparison of a measure, the latest period first.
    #[must_use]
    pub fn comparison(&self, measure: &str) -> Option<&PublishedComparison> {
        self.comparisons.iter().filter(|c| c.measure == measure).max_by_key(|c| c.period)
    }

    /// The period that the publication printed a measure for.
    #[must_use]
    pub fn printed_period(&self, measure: &str) -> Option<Date> {
        self.comparison(measure).map(|c| c.period)
    }
}

#[cfg(test)]
mod tests;
