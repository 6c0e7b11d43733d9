//! `peelian act`: commands from a file, checked all together, then recorded one by one.

use crate::{
    arguments::Act,
    books::{Books, State},
    command::log,
    outcome::{CannotRun, Outcome, Problems, count, name, tell},
    workspace,
};
use ingest::{
    Folder, Problem,
    acts_file::{self, Step},
    problem::Place,
};
use inspection::programme::{self, Against, Programme, Refusal, table};
use jiff::Timestamp;
use ledger::{CommandId, NewEvent, Recorded, Session, SubmitError};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
    path::Path,
};

/// Records the commands of the files.
pub fn run(dir: Option<&Path>, options: &Act) -> Result<Outcome, CannotRun> {
    let (folder, problems) = workspace::files(&workspace::root(dir)?)?;
    if !problems.is_empty() {
        return Err(CannotRun::Folder(Problems(problems)));
    }
    let texts = options.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let done = match act(&folder, &texts)? {
        Ok(done) => done,
        Err(problems) => {
            tell(&problems);
            anstream::eprintln!("{} in the way; nothing was recorded.", count(problems.len(), "problem"));
            return Ok(Outcome::FoundProblems);
        }
    };
    for line in &done.lines {
        out!("{line}");
    }
    let recorded = count(done.lines.len(), "event");
    match (done.before, done.stopped.is_empty()) {
        (0, true) => anstream::eprintln!("{recorded} recorded."),
        (before, true) => anstream::eprintln!("{recorded} recorded; {} had been before.", count(before, "command")),
        (_, false) => {
            tell(&done.stopped);
            anstream::eprintln!(
                "{recorded} recorded, and nothing from there on: somebody else was first.\nSee `peelian log`, correct what follows and send the file again."
            );
            return Ok(Outcome::FoundProblems);
        }
    }
    Ok(Outcome::Done)
}

/// A file as it is named in messages, and its text.
fn read(path: &Path) -> Result<(String, String), CannotRun> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(crate::outcome::file_error(path))?;
        return Ok(("standard input".into(), text));
    }
    let text = std::fs::read_to_string(path).map_err(crate::outcome::file_error(path))?;
    Ok((path.display().to_string(), text))
}

/// What was recorded.
pub struct Done {
    /// One line an event.
    pub lines: Vec<String>,
    /// How many commands had been recorded before.
    pub before: usize,
    /// Why it ended early: what was lawful when all was checked and no longer when its turn came, because somebody else acted in between.
    pub stopped: Vec<Problem>,
}

/// Checks the commands of files against the ledger as it stands, all of them; records them when nothing stands in the way.
///
/// Each command is decided again when it is recorded: what came between is then what it is refused for.
pub fn act(folder: &Folder, texts: &[(String, String)]) -> Result<Result<Done, Vec<Problem>>, CannotRun> {
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for (file, text) in texts {
        files.push((file.as_str(), acts_file::read(file, text, folder, &mut problems)));
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let books = Books::open_or_make(folder)?;
    let known = books.commands()?;
    let session = books.session()?;
    let is_known = |step: &Step| command_id(step).is_ok_and(|id| known.contains(&id));
    let before = files.iter().flat_map(|(_, steps)| steps).filter(|step| is_known(step)).count();
    let steps: Vec<(&str, Step)> = files
        .into_iter()
        .flat_map(|(file, mut steps)| {
            // What had to be refused before a command that is recorded has had its turn.
            let done = steps.iter().rposition(is_known).map_or(0, |last| last + 1);
            let rest = steps.split_off(done);
            let again = steps.into_iter().filter(|step| step.refused.is_none());
            again.chain(rest).map(move |step| (file, step))
        })
        .filter(|(_, step)| !is_known(step))
        .collect();
    let now = Timestamp::now();
    let refused = session.see(|state, _| {
        let steps: Vec<_> = steps.iter().map(|(file, step)| (*file, step)).collect();
        rehearse(state.0.clone(), &steps, now)
    })?;
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    let mut done = Done { lines: Vec::new(), before, stopped: Vec::new() };
    for (file, step) in steps.into_iter().filter(|(_, step)| step.refused.is_none()) {
        match record(&session, &folder.settings.retention, &step, now)? {
            Ok(events) => done.lines.extend(events.iter().map(line)),
            Err(refusal) => {
                done.stopped = problems_of(file, &step, &refusal);
                break;
            }
        }
    }
    Ok(Ok(done))
}

fn line(event: &Recorded) -> String {
    format!("{:>6}  {}  {}", event.seq, name(&event.kind), log::about(event))
}

fn command_id(step: &Step) -> Result<CommandId, ledger::NotACommandId> {
    step.command.id.parse()
}

/// What the programme would refuse, command after command; what is lawful counts for those that follow.
fn rehearse(mut programme: Programme, steps: &[(&str, &Step)], now: Timestamp) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (file, step) in steps {
        if let Err(error) = command_id(step) {
            problems.push(problem(file, step, &error.to_string()));
            continue;
        }
        let at = step.at.unwrap_or(now);
        match (programme.decide(&step.by, &step.command, at), &step.refused) {
            (Ok(events), None) => {
                let actor = step.by.to_string();
                for event in events {
                    let seq = programme.head() + 1;
                    programme.apply(&programme::Recorded {
                        seq,
                        at,
                        actor: &actor,
                        kind: &event.kind,
                        body: &event.body,
                    });
                }
            }
            (Err(refusal), Some(words)) if refusal.to_string().contains(words) => {}
            (Err(refusal), Some(words)) => {
                problems.push(problem(file, step, &format!("it is refused, but not for “{words}”: {refusal}")));
            }
            (Ok(_), Some(_)) => problems.push(problem(file, step, "it was to be refused and is lawful")),
            (Err(refusal), None) => problems.extend(problems_of(file, step, &refusal)),
        }
    }
    problems
}

fn problem(file: &str, step: &Step, found: &str) -> Problem {
    let (found, remedy) = found.split_once("; ").unwrap_or((found, "correct the command"));
    Problem::new(file, Place::line(step.line), found.to_owned(), remedy.to_owned())
}

fn problems_of(file: &str, step: &Step, refusal: &Refusal) -> Vec<Problem> {
    let problem =
        |against: &Against| Problem::new(file, Place::line(step.line), against.found.clone(), against.remedy.clone());
    refusal.problems.iter().map(problem).collect()
}

/// Says of every text in a body under which rule it is kept.
fn kept_under(rule: &str, body: &mut Value) {
    match body {
        Value::Object(fields) if fields.len() == 2 && fields.contains_key("text") && fields.contains_key("marking") => {
            fields.insert("retention".into(), rule.into());
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| kept_under(rule, value)),
        Value::Array(values) => values.iter_mut().for_each(|value| kept_under(rule, value)),
        _ => {}
    }
}

fn record(
    session: &Session<State>,
    rules: &BTreeMap<String, u32>,
    step: &Step,
    now: Timestamp,
) -> Result<Result<Vec<Recorded>, Refusal>, CannotRun> {
    let rules: BTreeSet<String> = rules.keys().cloned().collect();
    let id = command_id(step).map_err(|error| CannotRun::Argument(error.to_string()))?;
    let (actor, command, at) = (step.by.clone(), step.command.clone(), step.at.unwrap_or(now));
    let decide = move |state: &State| -> Result<Vec<NewEvent>, Refusal> {
        let events = state.0.decide(&actor, &command, at)?;
        let event = |mut event: programme::Event| {
            let kind = table::of_event(&event.kind).and_then(table::Row::kind).map(|kind| kind.to_string());
            if let Some(rule) = kind.filter(|kind| rules.contains(kind)) {
                kept_under(&rule, &mut event.body);
            }
            NewEvent { stream: event.stream, kind: event.kind, body: event.body }
        };
        Ok(events.into_iter().map(event).collect())
    };
    match session.submit(&id, &step.by.to_string(), at, decide) {
        Ok(appended) => Ok(Ok(appended.events)),
        Err(SubmitError::Refused(refusal)) => Ok(Err(refusal)),
        Err(SubmitError::Unrecordable(error)) => Ok(Err(Refusal::one(error.to_string(), "correct the command"))),
        Err(SubmitError::Store(error)) => Err(CannotRun::Argument(error.to_string())),
    }
}
