//! What tests of a programme share: frameworks, and a ledger in memory that takes commands in YAML.

use super::*;
use serde::Deserialize;
use serde_json::Value;

const FOUR: &str = "[{ id: outstanding }, { id: good }, { id: requires-improvement }, { id: inadequate }]";
const FIVE: &str =
    "[{ id: outstanding }, { id: good }, { id: adequate }, { id: requires-improvement }, { id: inadequate }]";

fn framework(id: &str, until: &str, grades: &str, questions: &str) -> Framework {
    let head = format!("id: \"{id}\"\ntitle: \"{id}\"\ndata-until: {until}\ngrades: {grades}\n");
    let who = "inspectorate: { id: hmic, name: HMIC, full-name: HMIC }\n";
    serde_saphyr::from_str(&format!("{head}{who}{questions}")).unwrap()
}

/// 2016, 2017 and 2018-19 on a scale of four with pillars; 2021-22 and 2025-27 on a scale of five without.
pub(super) fn frameworks() -> Vec<Framework> {
    let pillars = "pillars:\n  - id: effectiveness\n    title: Effectiveness\n    questions:\n      - { id: q1, wording: \"Prevent?\" }\n      - { id: q2, wording: \"Investigate?\" }\n";
    let alone = "questions:\n  - { id: q1, wording: \"Respond?\" }\n  - { id: q2, wording: \"Protect?\" }\n";
    vec![
        framework("2016", "2016-03-31", FOUR, pillars),
        framework("2017", "2017-03-31", FOUR, pillars),
        framework("2018-19", "2019-03-31", FOUR, pillars),
        framework("2021-22", "2022-03-31", FIVE, alone),
        framework("2025-27", "2026-03-31", FIVE, alone),
    ]
}

/// A command with who gives it, and what is expected.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    #[serde(rename = "as")]
    who: String,
    #[serde(default)]
    at: Option<Timestamp>,
    #[serde(rename = "do")]
    action: String,
    on: ThingId,
    #[serde(default)]
    under: Option<ThingId>,
    #[serde(default)]
    seen: Option<u64>,
    #[serde(default)]
    with: Value,
    #[serde(default)]
    pub refused: Option<String>,
    /// Before which step of the exercise, by action and thing.
    #[serde(default)]
    pub before: Option<String>,
    /// Steps that are taken first.
    #[serde(default)]
    pub first: Vec<Step>,
}

/// An event as it would stand in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    pub seq: u64,
    pub at: Timestamp,
    pub actor: String,
    pub event: Event,
}

impl Kept {
    pub fn recorded(&self) -> Recorded<'_> {
        Recorded { seq: self.seq, at: self.at, actor: &self.actor, kind: &self.event.kind, body: &self.event.body }
    }
}

/// A programme with its ledger in memory.
pub(super) struct Scene {
    pub programme: Programme,
    pub ledger: Vec<Kept>,
    pub now: Timestamp,
}

pub(super) fn id(text: &str) -> ThingId {
    text.parse().unwrap()
}

pub(super) fn who(text: &str) -> Actor {
    text.parse().unwrap()
}

/// Puts what stands as free text where the ledger would: into the vault.
fn vaulted(value: &mut Value) {
    match value {
        Value::Object(fields) if fields.contains_key("text") && fields.contains_key("marking") => {
            *value = serde_json::json!({ "vault": "v1", "digest": "00ff" });
        }
        Value::Object(fields) => fields.values_mut().for_each(vaulted),
        Value::Array(values) => values.iter_mut().for_each(vaulted),
        _ => {}
    }
}

impl Scene {
    pub fn new() -> Self {
        Self {
            programme: Programme::new(frameworks()),
            ledger: Vec::new(),
            now: "2025-01-06T09:00:00Z".parse().unwrap(),
        }
    }

    /// The scene after the first steps of the exercise: all of them that come before the first one about `until`.
    pub fn exercise(until: Option<(&str, &str)>) -> Self {
        let mut scene = Self::new();
        let steps: Vec<Step> = serde_saphyr::from_str(include_str!("exercise.yaml")).unwrap();
        for step in steps {
            if until.is_some_and(|(action, on)| step.action == action && step.on.as_str() == on) {
                return scene;
            }
            scene.step(step);
        }
        assert!(until.is_none(), "no such step");
        scene
    }

    /// Takes a command; records and folds in what comes of it.
    pub fn command(&mut self, actor: &Actor, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = self.programme.decide(actor, command, self.now)?;
        for event in &events {
            let mut event = event.clone();
            if event.kind != "taken-from-publication" {
                vaulted(&mut event.body);
            }
            let seq = self.ledger.last().map_or(1, |last| last.seq + 1);
            let kept = Kept { seq, at: self.now, actor: actor.to_string(), event };
            self.programme.apply(&kept.recorded());
            self.ledger.push(kept);
        }
        Ok(events)
    }

    /// The same in YAML, as `{ as: …, do: …, on: … }`; what is refused comes back as text.
    pub fn act(&mut self, yaml: &str) -> Result<Vec<Event>, String> {
        self.ask(serde_saphyr::from_str(yaml).unwrap())
    }

    pub fn ask(&mut self, step: Step) -> Result<Vec<Event>, String> {
        let command = Command::new("c", &step.action, step.on, step.under, step.seen, step.with)?;
        self.now = step.at.unwrap_or(self.now);
        self.command(&who(&step.who), &command).map_err(|refusal| refusal.to_string())
    }

    fn step(&mut self, step: Step) {
        let name = format!("{} on {} by {}", step.action, step.on, step.who);
        self.now = step.at.unwrap_or(self.now);
        let command = Command::new("c", &step.action, step.on, step.under, step.seen, step.with);
        let command = command.unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let came = self.command(&who(&step.who), &command);
        match (came, step.refused) {
            (Ok(_), None) => assert_eq!(self.programme.problems(), [], "{name}"),
            (Err(refusal), Some(words)) => {
                assert!(refusal.to_string().contains(&words), "{name}: {refusal}\nshould hold: {words}");
            }
            (Ok(_), Some(words)) => panic!("{name} was not refused: {words}"),
            (Err(refusal), None) => panic!("{name} was refused: {refusal}"),
        }
    }

    pub fn state(&self, thing: &str) -> &'static str {
        self.programme.thing(&id(thing)).unwrap_or_else(|| panic!("no {thing}")).state.id()
    }
}
