//! `peelian act`: commands from a file, checked all together, then recorded one by one.

use crate::{
    arguments::Act,
    books::{Books, State},
    outcome::{CannotRun, Outcome, Problems, count, name, tell},
    workspace,
};
use ingest::{
    Folder, Problem,
    acts_file::{self, Step},
    problem::Place,
};
use inspection::programme::{Programme, Recorded};
use jiff::Timestamp;
use ledger::{CommandId, NewEvent, Session, SubmitError};
use std::{io::Read, path::Path};

/// Records the commands of the files.
pub fn run(dir: Option<&Path>, options: &Act) -> Result<Outcome, CannotRun> {
    let (folder, problems) = workspace::files(&workspace::root(dir)?)?;
    if !problems.is_empty() {
        return Err(CannotRun::Folder(Problems(problems)));
    }
    let texts = options.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let told = act(&folder, &texts)?;
    match told {
        Ok(done) => {
            for line in &done.lines {
                out!("{line}");
            }
            let before = if done.before == 0 {
                String::new()
            } else {
                format!("; {} were recorded before", count(done.before, "command"))
            };
            anstream::eprintln!("{} recorded{before}.", count(done.lines.len(), "event"));
            Ok(Outcome::Done)
        }
        Err(problems) => {
            tell(&problems);
            anstream::eprintln!("{} in the way; nothing was recorded.", count(problems.len(), "problem"));
            Ok(Outcome::FoundProblems)
        }
    }
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
}

/// Checks the commands of files against the ledger as it stands, all of them; records them when nothing stands in the way.
///
/// Each command is decided again when it is recorded: what came between is then what it is refused for.
pub fn act(folder: &Folder, texts: &[(String, String)]) -> Result<Result<Done, Vec<Problem>>, CannotRun> {
    let mut problems = Vec::new();
    let mut steps: Vec<(&str, Step)> = Vec::new();
    for (file, text) in texts {
        let read = acts_file::read(file, text, folder, &mut problems);
        steps.extend(read.into_iter().map(|step| (file.as_str(), step)));
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let books = Books::open_or_make(folder)?;
    let known = books.commands()?;
    let session = books.session()?;
    let is_known = |step: &Step| command_id(step).is_ok_and(|id| known.contains(&id));
    let before = steps.iter().filter(|(_, step)| is_known(step)).count();
    steps.retain(|(_, step)| !is_known(step));
    let now = Timestamp::now();
    let refused = session.see(|state, _| rehearse(state.0.clone(), &steps, now))?;
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    let mut lines = Vec::new();
    for (file, step) in steps.into_iter().filter(|(_, step)| step.refused.is_none()) {
        match record(&session, &step, now)? {
            Ok(recorded) => lines.extend(recorded.iter().map(|event| {
                format!(
                    "{:>6}  {}  {}",
                    event.seq,
                    name(&event.kind),
                    event.body["thing"].as_str().unwrap_or(&event.stream)
                )
            })),
            Err(found) => return Ok(Err(vec![problem(file, &step, &found)])),
        }
    }
    Ok(Ok(Done { lines, before }))
}

fn command_id(step: &Step) -> Result<CommandId, ledger::NotACommandId> {
    step.command.id.parse()
}

/// What the programme would refuse, command after command; what is lawful counts for those that follow.
fn rehearse(mut programme: Programme, steps: &[(&str, Step)], now: Timestamp) -> Vec<Problem> {
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
                    programme.apply(&Recorded { seq, at, actor: &actor, kind: &event.kind, body: &event.body });
                }
            }
            (Err(refusal), Some(words)) if refusal.to_string().contains(words) => {}
            (Err(refusal), Some(words)) => {
                problems.push(problem(file, step, &format!("it is refused, but not for “{words}”: {refusal}")));
            }
            (Ok(_), Some(_)) => problems.push(problem(file, step, "it was to be refused and is lawful")),
            (Err(refusal), None) => {
                problems.extend(refusal.problems.iter().map(|against| {
                    Problem::new(file, Place::line(step.line), against.found.clone(), against.remedy.clone())
                }));
            }
        }
    }
    problems
}

fn problem(file: &str, step: &Step, found: &str) -> Problem {
    let (found, remedy) = found.split_once("; ").unwrap_or((found, "correct the command"));
    Problem::new(file, Place::line(step.line), found.to_owned(), remedy.to_owned())
}

type Recording = Result<Vec<ledger::Recorded>, String>;

fn record(session: &Session<State>, step: &Step, now: Timestamp) -> Result<Recording, CannotRun> {
    let id = match command_id(step) {
        Ok(id) => id,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let (actor, command, at) = (step.by.clone(), step.command.clone(), step.at.unwrap_or(now));
    let decide = move |state: &State| -> Result<Vec<NewEvent>, String> {
        let events = state.0.decide(&actor, &command, at).map_err(|refusal| refusal.to_string())?;
        Ok(events.into_iter().map(|e| NewEvent { stream: e.stream, kind: e.kind, body: e.body }).collect())
    };
    match session.submit(&id, &step.by.to_string(), at, decide) {
        Ok(appended) => Ok(Ok(appended.events)),
        Err(SubmitError::Refused(found)) => Ok(Err(found)),
        Err(SubmitError::Unrecordable(error)) => Ok(Err(error.to_string())),
        Err(SubmitError::Store(error)) => Err(CannotRun::Argument(error.to_string())),
    }
}
