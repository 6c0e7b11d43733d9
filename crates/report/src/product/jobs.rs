//! Which documents an inspection can have.

use super::{Kind, studio::takes_from};
use crate::{desk::House, draft::Draft};
use inspection::{NodeId, framework::Question, record::Inspection};
use std::collections::{BTreeMap, BTreeSet};

/// A document that can be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    /// The kind.
    pub kind: Kind,
    /// The pillar or question that it is about.
    pub node: Option<NodeId>,
}

impl Job {
    /// The name of its files, without extension.
    #[must_use]
    pub fn stem(&self) -> String {
        match &self.node {
            Some(node) => format!("{}-{node}", self.kind.id()),
            None => self.kind.id().to_owned(),
        }
    }
}
/// The documents that an inspection can have: those that its framework names and its record and texts can fill.
#[must_use]
pub fn jobs(house: &House<'_>, inspection: &Inspection, texts: &BTreeMap<String, Draft>) -> Vec<Job> {
    let framework = house.framework;
    let mut jobs = Vec::new();
    let part = |section: &str, part: &str| texts.get(section).is_some_and(|d| d.part(part).is_some());
    let judged = |node: &NodeId| inspection.judgments.keys().any(|n| n.within(node));
    let questions: Vec<(NodeId, &Question)> = framework.questions().collect();
    let of = |pillar: &NodeId| {
        questions.iter().filter(|(n, _)| n.within(pillar)).map(|(n, _)| n.as_str()).collect::<Vec<_>>()
    };
    let pillars: Vec<NodeId> = framework.pillars.iter().filter_map(|p| p.id.parse().ok()).collect();
    for kind in Kind::ALL {
        let mut add = |node: Option<NodeId>| jobs.push(Job { kind, node });
        if kind == Kind::ForcePage {
            add(None);
            continue;
        }
        if !framework.products.iter().any(|p| p == kind.id()) {
            continue;
        }
        match kind {
            Kind::ForcePage => {}
            Kind::ForceReport if part("overview", "observations") => add(None),
            Kind::ForceReport => {}
            Kind::PillarReport => {
                let whole = |p: &&NodeId| part(p.as_str(), "summary") && of(p).iter().any(|q| part(q, "context"));
                pillars.iter().filter(whole).for_each(|p| add(Some(p.clone())));
            }
            Kind::PillarPage => {
                let has = |p: &&NodeId| judged(p) && of(p).iter().any(|q| part(q, "summary"));
                pillars.iter().filter(has).for_each(|p| add(Some(p.clone())));
            }
            Kind::DetailedFindings => {
                let has = |p: &&NodeId| of(p).iter().any(|q| part(q, "findings"));
                pillars.iter().filter(has).for_each(|p| add(Some(p.clone())));
            }
            Kind::QuestionPage => {
                let has = |(n, _): &&(NodeId, &Question)| part(n.as_str(), "summary");
                questions.iter().filter(has).for_each(|(n, _)| add(Some(n.clone())));
            }
            Kind::PressRelease if texts.contains_key("press") => {
                // Of all releases on record, those that something of this inspection is taken from.
                let released =
                    house.record.publications.values().filter(|p| p.product.as_deref() == Some("press-release"));
                let released = released.filter(|p| takes_from(inspection, &p.id));
                let pillar =
                    released.filter_map(|p| p.pillar.clone()).find(|p| of(p).iter().any(|q| part(q, "summary")));
                pillar
                    .or_else(|| pillars.iter().find(|p| part(p.as_str(), "summary")).cloned())
                    .into_iter()
                    .for_each(|p| add(Some(p)));
            }
            Kind::PressRelease => {}
            Kind::Letter => {
                let concern =
                    |f: &&inspection::record::Finding| f.kind == inspection::record::FindingKind::CauseOfConcern;
                let pillar = |f: &inspection::record::Finding| f.node.pillar().and_then(|p| p.parse().ok());
                let places: BTreeSet<Option<NodeId>> = inspection.own_findings().filter(concern).map(pillar).collect();
                places.into_iter().for_each(&mut add);
            }
        }
    }
    jobs
}
