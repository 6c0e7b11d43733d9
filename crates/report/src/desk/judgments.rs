//! Judgments on record: grades, how they carry over, how they have moved.

use super::{Desk, Printed};
use crate::{
    document::{Inline, text},
    draft::Call,
    pack::numbers::Kind,
    rule::{Fault, Rule, nearest},
};
use inspection::{Grade, NodeId, framework::Known, record::Standing};

impl Desk<'_, '_> {
    /// The judgment of a place, `legitimacy.q2` of this cycle or `2015/legitimacy` of another, as it stands.
    pub(crate) fn standing(&self, name: &str) -> Result<(NodeId, String, Standing<'_>), Fault> {
        let (cycle, node) = name.split_once('/').unwrap_or((self.house.framework.id.as_str(), name));
        let framework = self.house.frameworks.iter().find(|f| f.id == cycle).ok_or_else(|| {
            let known = self.house.frameworks.iter().map(|f| f.id.as_str());
            Fault::new(Rule::UnknownName, format!("there is no cycle `{cycle}`"), nearest(cycle, known))
        })?;
        let node = self.node(node)?;
        if !framework.has(&node) {
            let nodes: Vec<String> = framework.nodes().iter().map(ToString::to_string).collect();
            let remedy = nearest(node.as_str(), nodes.iter().map(String::as_str));
            return Err(Fault::new(
                Rule::UnknownName,
                format!("the framework of {} has no `{node}`", framework.title),
                remedy,
            ));
        }
        let standing = self.house.record.standing(cycle, &self.force.id, &node).ok_or_else(|| {
            let remedy = format!("take it with `take-judgment` in record/{cycle}/{}/", self.force.id);
            Fault::new(Rule::UnknownName, format!("no judgment of `{node}` in {cycle} is on record"), remedy)
        })?;
        Ok((node, cycle.to_owned(), standing))
    }

    pub(super) fn judgment_words(&mut self, call: &Call) -> Result<Printed, Fault> {
        let name = self.needs(call, 0)?;
        let (node, cycle, standing) = self.standing(name)?;
        let (value, source, carried) = (standing.value, standing.cycle.to_owned(), standing.carried_over);
        let record = self.on_record(standing.from);
        let own = cycle == self.house.framework.id;
        let at = if own { String::new() } else { format!("{cycle}.") };
        let title = |id: &str| {
            self.house.frameworks.iter().find(|f| f.id == id).map_or_else(|| id.to_owned(), |f| f.title.clone())
        };
        match call.name.as_str() {
            "grade" => {
                let id = format!("grade.{}.{at}{node}", self.force.id);
                let inline = self.bind(id, value.words(), value.id(), Kind::Decided, &call.to_string(), Some(record));
                Ok(Printed::Words(vec![inline]))
            }
            "last_inspected" => {
                let id = format!("last-inspected.{}.{at}{node}", self.force.id);
                let printed = title(&source);
                Ok(Printed::Words(vec![self.bind(
                    id,
                    &printed,
                    &source,
                    Kind::Decided,
                    &call.to_string(),
                    Some(record),
                )]))
            }
            "carried_over" if carried => {
                let id = format!("last-inspected.{}.{at}{node}", self.force.id);
                let printed = title(&source);
                let year = self.bind(
                    id,
                    &printed,
                    &source,
                    Kind::Decided,
                    &format!("last_inspected(\"{name}\")"),
                    Some(record),
                );
                Ok(Printed::Words(self.carried_sentence(&node, year)))
            }
            "carried_over" => {
                let remedy = "leave the sentence out: it was inspected in this cycle";
                Err(Fault::new(Rule::TypedYear, format!("`{node}` is not carried over"), remedy))
            }
            _ => self.moved(call, &node, value.grade(), &cycle),
        }
    }

    fn carried_sentence(&self, node: &NodeId, year: Inline) -> Vec<Inline> {
        let framework = self.house.framework;
        let sentence = match framework.carry_over.sentence.as_str() {
            "" => {
                "This question was not inspected in {cycle}: the judgment of the {source} {pillar} inspection stands."
            }
            sentence => sentence,
        };
        let pillar =
            node.pillar().and_then(|p| framework.pillar(p)).map(|p| p.title.to_lowercase()).unwrap_or_default();
        let sentence = sentence.replace("{cycle}", &framework.title).replace("{pillar}", &pillar);
        match sentence.split_once("{source}") {
            Some((before, after)) => vec![text(before), year, text(after)],
            None => vec![text(sentence)],
        }
    }

    fn moved(&mut self, call: &Call, node: &NodeId, now: Option<Grade>, cycle: &str) -> Result<Printed, Fault> {
        let since = call.named("since").ok_or_else(|| {
            Fault::new(Rule::CannotBeRead, "`moved` does not say since when", super::example("moved").as_str())
        })?;
        let frameworks = self.house.frameworks;
        let find = |id: &str| frameworks.iter().find(|f| f.id == id);
        let (Some(this), Some(that)) = (find(cycle), find(since)) else {
            let remedy = nearest(since, frameworks.iter().map(|f| f.id.as_str()));
            return Err(Fault::new(Rule::UnknownName, format!("there is no cycle `{since}`"), remedy));
        };
        if !this.same_scale(that) {
            let remedy = "say what each cycle judged, without comparing them";
            return Err(Fault::new(
                Rule::AcrossScales,
                format!("{} and {} grade on different scales", that.title, this.title),
                remedy,
            ));
        }
        let incomparable =
            |o: &inspection::framework::Origin| o.node.starts_with(&format!("{since}/")) && o.comparable == Known::No;
        if let Some(origin) = this.question(node).and_then(|q| q.origin.as_ref()).filter(|o| incomparable(o)) {
            let remedy = "say what each cycle judged, without comparing them";
            return Err(Fault::new(
                Rule::AcrossScales,
                format!("`{node}` cannot be compared with {}: {}", that.title, origin.note),
                remedy,
            ));
        }
        let (_, _, before) = self.standing(&format!("{since}/{node}"))?;
        let (then, title) = (before.value.grade(), that.title.clone());
        let (Some(now), Some(then)) = (now, then) else {
            return Err(Fault::new(
                Rule::UnknownName,
                format!("`{node}` has no grade in both cycles"),
                "say what each cycle judged",
            ));
        };
        let words = match now.cmp(&then) {
            std::cmp::Ordering::Equal => format!("the same grade as in {title}"),
            std::cmp::Ordering::Greater => format!("a higher grade than in {title}"),
            std::cmp::Ordering::Less => format!("a lower grade than in {title}"),
        };
        let id = format!("moved.{}.{node}.{since}", self.force.id);
        Ok(Printed::Words(vec![self.bind(id, &words, now.id(), Kind::Decided, &call.to_string(), None)]))
    }
}
