//! Arbitrary lawful records on the shipped frameworks, in the words that inspectors use, with the texts that their documents are made
//! from.

use crate::known::root;
use ingest::Folder;
use inspection::{
    NodeId,
    framework::Framework,
    record::{Inspection, Record},
};
use proptest::prelude::*;
use reference::AreaId;
use report::{
    desk::House,
    document::Document,
    draft::{self, Draft},
    pack::Issuer,
    product::{Job, Kind, Plan, Sources, jobs, make},
};
use serde_json::json;
use statistics::{
    measure::{Kind as Sort, Measure},
    observations::Observations,
    study::Study,
};
use std::collections::{BTreeMap, BTreeSet};

/// What ships: register, frameworks, measures, plans and standing texts.
pub struct Content {
    pub folder: Folder,
    plans: Vec<Plan>,
    standing: BTreeMap<String, Draft>,
}

pub fn content() -> Content {
    let (folder, problems) = Folder::open(&root().join("content")).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let plan = |kind: &Kind| folder.templates.get(&format!("{}.yaml", kind.id()));
    let plans = Kind::ALL.iter().filter_map(plan).map(|text| serde_saphyr::from_str(text).unwrap()).collect();
    let standing = folder.templates.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("standing/")?.strip_suffix(".md")?;
        Some((name.to_owned(), draft::read(path, text).0))
    });
    let standing = standing.collect();
    Content { folder, plans, standing }
}

/// A finding, as far as it varies.
#[derive(Debug, Clone)]
pub struct Found {
    kind: usize,
    node: usize,
    words: [usize; 4],
    points: usize,
    others: usize,
    hangs: bool,
    due: usize,
}

/// A record and its texts, as far as they vary.
#[derive(Debug, Clone)]
pub struct Facts {
    pub cycle: usize,
    pub force: usize,
    /// How each place is judged, by its order.
    judged: Vec<usize>,
    findings: Vec<Found>,
    /// Tenths of the force's value and of the average, by the order of the measures, and the verdict.
    compared: Vec<(u16, u16, usize)>,
    /// Sentences of each part of each text, by order.
    sentences: Vec<usize>,
}

/// The kinds of finding.
pub const FINDINGS: [&str; 5] =
    ["cause-of-concern", "recommendation", "area-for-improvement", "promising-practice", "innovative-practice"];
const VALUES: [&str; 10] = [
    "outstanding",
    "good",
    "adequate",
    "requires-improvement",
    "inadequate",
    "ungraded",
    "not-inspected",
    "to-be-graded",
    "carried over",
    "good",
];
const VERBS: [&str; 6] =
    ["improve", "review", "make sure that it understands", "evaluate", "reduce delays in", "explain"];
const OBJECTS: [&str; 10] = [
    "how it checks the background of its officers and staff",
    "the supervision of crime investigations",
    "its response to domestic abuse, stalking and harassment",
    "the data that it holds on the use of stop and search powers (including body-worn video)",
    "how quickly it answers 101 calls",
    "its plan for 2020/21 and the years after",
    "the \u{201c}hidden\u{201d} demand on its control room",
    "how it gets feedback from victims who don\u{2019}t speak English",
    "its disposal of 48 seized vehicles and £1.5m of equipment",
    "the caseloads of its detectives – those in public protection above all",
];
const PURPOSES: [&str; 6] = [
    "so that victims get the service they should have",
    "to meet national standards",
    "so that supervisors can see where demand is greatest",
    "and explain to its workforce why this matters",
    "in line with the College of Policing\u{2019}s guidance",
    "so that fewer than 5 percent of calls go unanswered",
];
const PLACES: [&str; 5] = ["in its towns", "in rural areas", "in custody", "at night", "online"];
/// Openings of sentences that find nothing: what follows is one of the objects and places above.
const PROSE: [&str; 8] = [
    "The force understands what its communities expect of it, and people spoke to us about",
    "Officers have been trained, and several of them told us about",
    "In some of the case files that we looked at, supervisors had written nothing on",
    "Partners said that the force shares information well; this helps them to plan, as does",
    "Staff associations are consulted, most recently on",
    "It should be said that the force has moved fast on",
    "It was good to see that neighbourhood teams know the people who are most at risk, and to hear about",
    "Performance was inadequate at the beginning of the year, in the view of the force itself, in",
];
const DUE: [Option<&str>; 6] =
    [None, None, Some("2017-03"), Some("within six months"), Some("by July 2018"), Some("immediately")];

pub fn facts() -> impl Strategy<Value = Facts> {
    let words = [0..VERBS.len(), 0..OBJECTS.len(), 0..PURPOSES.len(), 0..PLACES.len()];
    let found = (0..FINDINGS.len(), 0..40usize, words, 0..3usize, 0..4usize, any::<bool>(), 0..DUE.len()).prop_map(
        |(kind, node, words, points, others, hangs, due)| Found { kind, node, words, points, others, hangs, due },
    );
    (
        (0..7usize, 0..43usize),
        prop::collection::vec(0..VALUES.len(), 48),
        prop::collection::vec(found, 0..10),
        prop::collection::vec((0u16..999, 0u16..999, 0..4usize), 60),
        prop::collection::vec(0..64usize, 12..40),
    )
        .prop_map(|((cycle, force), judged, findings, compared, sentences)| Facts {
            cycle,
            force,
            judged,
            findings,
            compared,
            sentences,
        })
}

/// A record in the making: what it refuses is left out, so that what is left is lawful.
struct Taking<'c> {
    content: &'c Content,
    force: &'c AreaId,
    cycle: &'c Framework,
    record: Record,
}

/// Where every fact is taken from.
fn from() -> serde_json::Value {
    json!({"publication": "report", "section": "Somewhere", "quote": "words"})
}

fn record(content: &Content, force: &AreaId, cycle: &Framework, facts: &Facts) -> Record {
    let mut taking = Taking { content, force, cycle, record: Record::default() };
    let about = json!({"id": "report", "publisher": "I", "title": "A report", "published": "2016-05"});
    assert!(taking.take(&cycle.id, json!({"take-publication": about})));
    taking.judgments(facts);
    taking.findings(facts);
    taking.comparisons(facts);
    taking.record
}

impl Taking<'_> {
    fn take(&mut self, cycle: &str, command: serde_json::Value) -> bool {
        let command = serde_json::from_value(command).expect("a command");
        self.record.apply(&self.content.folder.frameworks, cycle, Some(self.force), command).is_ok()
    }

    /// Those of the cycle before, which may carry over, and its own.
    fn judgments(&mut self, facts: &Facts) {
        let (content, cycle) = (self.content, self.cycle);
        let before = content.folder.frameworks.iter().take_while(|f| f.id != cycle.id).last();
        for (framework, shift) in before.iter().map(|f| (*f, 3)).chain([(cycle, 0)]) {
            let nodes = framework.nodes();
            for (node, value) in nodes.iter().filter(|n| whole(n)).zip(&facts.judged) {
                let value = VALUES[(value + shift) % VALUES.len()];
                let question = framework.question(node);
                let graded =
                    question.map_or_else(|| framework.pillar(node.as_str()).is_some_and(|p| p.graded), |q| q.graded);
                let mut judgment = json!({"node": node.as_str(), "grade": value, "from": from()});
                if question.is_some_and(|q| !q.inspected) {
                    judgment["grade"] = json!("not-inspected");
                } else if value == "carried over" {
                    let origin = question.and_then(|q| q.origin.as_ref()).map(|o| o.node.clone());
                    let Some(origin) = origin.or_else(|| Some(format!("{}/{node}", before?.id))) else { continue };
                    judgment = json!({"node": node.as_str(), "carried-over": origin, "from": from()});
                } else if !graded && value != "not-inspected" {
                    judgment["grade"] = json!("ungraded");
                } else if graded && value == "ungraded" {
                    continue;
                }
                self.take(&framework.id, json!({"take-judgment": judgment}));
            }
        }
    }

    fn findings(&mut self, facts: &Facts) {
        let (content, cycle) = (self.content, self.cycle);
        let nodes = cycle.nodes();
        let questions: Vec<_> = nodes.iter().filter(|n| whole(n) && cycle.question(n).is_some()).collect();
        let (mut said, mut concern) = (BTreeSet::new(), None);
        for (number, found) in facts.findings.iter().enumerate() {
            let [verb, object, purpose, place] = found.words;
            let what = format!("{} {} {}, {}", VERBS[verb], OBJECTS[object], PLACES[place], PURPOSES[purpose]);
            // Two findings that say the same are one.
            if !said.insert((verb, object)) {
                continue;
            }
            let kind = FINDINGS[found.kind];
            let hangs = concern.clone().filter(|_| found.hangs && kind == "recommendation");
            let text = match (kind, &hangs) {
                ("cause-of-concern", _) => format!("The force is not able to {what}. This puts people at risk."),
                ("recommendation", Some(_)) => format!("{what}."),
                ("promising-practice" | "innovative-practice", _) => {
                    format!("The force has found a new way to {what}.")
                }
                _ => format!("The force should {what}."),
            };
            let node = hangs.as_ref().map_or_else(
                || questions[found.node % questions.len()].to_string(),
                |(_, n): &(String, String)| n.clone(),
            );
            let others = content
                .folder
                .register
                .forces()
                .iter()
                .filter(|f| f.id != *self.force)
                .skip(facts.force / 2 + number)
                .take(found.others);
            let addressees: Vec<String> =
                std::iter::once(self.force.to_string()).chain(others.map(|f| f.id.to_string())).collect();
            let points: Vec<String> = (0..found.points)
                .map(|n| {
                    format!("{} {}", VERBS[(verb + n) % VERBS.len()], OBJECTS[(object + 3 * n + 1) % OBJECTS.len()])
                })
                .collect();
            let id = format!("finding-{number}");
            let mut finding = json!({
                "id": id, "kind": kind, "node": node, "text": text, "sub-points": [], "addressees": [self.force.as_str()], "from": from(),
            });
            if kind == "recommendation" {
                finding["addressees"] = json!(addressees);
                if let Some(due) = DUE[found.due] {
                    finding["due"] = json!(due);
                }
                if let Some((concern, _)) = hangs {
                    finding["parent"] = json!(concern);
                }
            } else if kind != "cause-of-concern" {
                finding["sub-points"] = json!(points);
            }
            if self.take(&cycle.id, json!({"take-finding": finding})) && kind == "cause-of-concern" {
                concern = Some((id, node));
            }
        }
    }

    /// A figure of each measure beside that of England and Wales.
    fn comparisons(&mut self, facts: &Facts) {
        let (content, cycle) = (self.content, self.cycle);
        for (measure, (own, average, verdict)) in
            content.folder.measures.iter().filter(|m| comparable(m)).zip(&facts.compared)
        {
            let figure = |tenths: u16| {
                if measure.decimals == 0 {
                    (tenths / 10).to_string()
                } else {
                    format!("{}.{}", tenths / 10, tenths % 10)
                }
            };
            let verdict = match own.cmp(average) {
                _ if *verdict == 0 => "broadly-in-line",
                std::cmp::Ordering::Greater => "higher",
                std::cmp::Ordering::Less => "lower",
                std::cmp::Ordering::Equal => "broadly-in-line",
            };
            let verdict = if content.folder.cycles.iter().any(|c| c.id == cycle.id && c.documented) {
                verdict
            } else {
                "none-stated"
            };
            self.take(
                &cycle.id,
                json!({"take-comparison": {
                    "measure": measure.id, "period": cycle.data_until, "value": figure(*own), "comparator": "england-and-wales",
                    "comparator-value": figure(*average), "verdict": verdict, "from": from(),
                }}),
            );
        }
    }
}

/// Whether it is a pillar or a question, and no part of one.
fn whole(node: &NodeId) -> bool {
    !node.as_str().contains(".d") && !node.as_str().contains(".t")
}

/// Whether the measure can be set beside an average in a sentence.
fn comparable(measure: &Measure) -> bool {
    measure.kind != Sort::Count && measure.decimals <= 1
}

/// The measures that each part of a text compares, by its file and its name.
pub type Compared = BTreeMap<(String, String), Vec<String>>;

/// The texts of an inspection, and the measures that each part of them compares.
fn texts(content: &Content, framework: &Framework, facts: &Facts) -> (BTreeMap<String, Draft>, Compared) {
    let (mut texts, mut compared) = (BTreeMap::new(), Compared::new());
    let measures: Vec<&Measure> = content.folder.measures.iter().filter(|m| comparable(m)).collect();
    let mut next = facts.sentences.iter().cycle();
    let (mut unused, mut said) = (measures.into_iter(), 0);
    // A document seldom says one sentence twice, and a line that is on every page is the head of a page.
    let mut paragraph = |compared: &mut Vec<String>| {
        let mut sentences = Vec::new();
        for _ in 0..next.next().copied().unwrap_or(0) % 3 + 1 {
            let is_compared = next.next().is_some_and(|pick| pick % 4 == 0);
            sentences.push(if let Some(measure) = unused.next().filter(|_| is_compared) {
                let (id, noun) = (&measure.id, &measure.noun);
                compared.push(id.clone());
                format!("{{{{ force }}}} had {{{{ value(\"{id}\") }}}} {noun}, {{{{ compared(\"{id}\", \"england-and-wales\") }}}}.")
            } else {
                said += 1;
                let (object, place) = (OBJECTS[said % OBJECTS.len()], PLACES[said / 80 % PLACES.len()]);
                format!("{} {object} {place}.", PROSE[said % PROSE.len()])
            });
        }
        sentences.join(" ")
    };
    let mut write = |section: &str, parts: &[&str]| {
        let file = format!("record/{section}.md");
        let mut text = String::new();
        for part in parts {
            let mut measures = Vec::new();
            text += &format!("# {part}\n\n{}\n\n{}\n\n", paragraph(&mut measures), paragraph(&mut measures));
            compared.insert((file.clone(), (*part).to_owned()), measures);
        }
        texts.insert(section.to_owned(), draft::read(&file, &text).0);
    };
    for node in framework.nodes().iter().filter(|n| whole(n)).map(NodeId::as_str) {
        let (d1, d2) = (format!("{node}.d1"), format!("{node}.d2"));
        write(node, &["statement", "summary", "context", &d1, &d2, "findings"]);
    }
    write("overview", &["observations"]);
    (texts, compared)
}

/// A document and what it is made from.
pub struct Printed<'p, 'h> {
    pub job: &'p Job,
    pub document: &'p Document,
    /// The measures that its texts compare with England and Wales.
    pub compared: BTreeSet<String>,
    pub house: &'p House<'h>,
    pub inspection: &'p Inspection,
    pub force: &'p AreaId,
}

/// Every document of the facts, with the inspection that it is about.
pub fn with_documents(content: &Content, facts: &Facts, mut check: impl FnMut(&Printed<'_, '_>)) {
    let folder = &content.folder;
    let framework = &folder.frameworks[facts.cycle % folder.frameworks.len()];
    let cycle = folder.cycles.iter().find(|c| c.id == framework.id).unwrap();
    let force = folder.register.forces().iter().filter(|f| f.in_scope).nth(facts.force).unwrap();
    let observations = Observations::new(Vec::new());
    let areas = folder.forces();
    let study = Study {
        register: &folder.register,
        observations: &observations,
        areas: &areas,
        flags: &[],
        method: cycle.method,
        pins: &[],
    };
    let record = record(content, &force.id, framework, facts);
    let bodies = folder.bodies.iter().map(|b| (b.id.clone(), b.name.clone(), b.force.clone())).collect();
    let house =
        House::new(&study, &folder.measures, &folder.frameworks, &framework.id, &record, bodies, cycle.documented)
            .unwrap();
    let none = Inspection::default();
    let inspection = record.inspection(&framework.id, &force.id).unwrap_or(&none);
    let (texts, compared) = texts(content, framework, facts);
    let jobs: Vec<(String, Job)> =
        jobs(&house, inspection, &texts).into_iter().map(|j| (framework.id.clone(), j)).collect();
    let issuer = Issuer { name: &folder.settings.name, banner: None };
    let sources = Sources { texts: &texts, standing: &content.standing, issuer, documents: &jobs };
    for (_, job) in &jobs {
        let Some(plan) = content.plans.iter().find(|plan| plan.product == job.kind) else { continue };
        let made = make(&house, force, inspection, plan, job, &sources);
        let compared = made.printed.iter().filter_map(|part| compared.get(part)).flatten().cloned().collect();
        check(&Printed { job, document: &made.document, compared, house: &house, inspection, force: &force.id });
    }
}
