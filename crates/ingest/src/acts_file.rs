//! Files of commands, as `peelian act` takes them: steps of an inspection, or facts taken over from publications as in `record/`.
//!
//! ```yaml
//! - { as: hugh, do: judgment/decide, on: judgment/thornshire-q2, with: { grade: good, rationale: "…" } }
//! ```

use crate::{
    Folder,
    measures_file::{too_large, yaml_problem},
    problem::{Place, Problem},
    record_file,
    wording::did_you_mean,
};
use inspection::programme::{Actor, Command, ThingId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use serde_saphyr::Spanned;

/// A command, and who gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The line that it begins on, from 1.
    pub line: u64,
    /// Who gives it.
    pub by: Actor,
    /// When, where the folder is for exercises; `None`: now.
    pub at: Option<Timestamp>,
    /// What is asked for.
    pub command: Command,
    /// In an exercise, words of the refusal that is expected; `None`: it is to be lawful.
    pub refused: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(default)]
    id: Option<String>,
    #[serde(rename = "as")]
    by: String,
    #[serde(default)]
    at: Option<Timestamp>,
    #[serde(rename = "do")]
    action: String,
    on: String,
    #[serde(default)]
    under: Option<String>,
    #[serde(default)]
    seen: Option<u64>,
    #[serde(default)]
    with: Value,
    #[serde(default)]
    refused: Option<String>,
}

/// The commands of a file, in order. What is wrong is added to `problems`, all of it; the commands without fault are returned.
pub fn read(file: &str, text: &str, folder: &Folder, problems: &mut Vec<Problem>) -> Vec<Step> {
    let first = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with('#'));
    let step = |line: &str| ["as:", "do:", "on:", "{ as", "{as"].iter().any(|field| line.starts_with(field));
    if first.is_some_and(|line| line.starts_with('-')) {
        steps(file, text, folder, problems)
    } else if first.is_none_or(step) {
        let found = if first.is_none() { "it holds no command" } else { "its commands are no list" };
        let remedy = "begin each command with `- `, as docs/acting.md shows";
        problems.push(Problem::new(file, Place::FILE, found, remedy));
        Vec::new()
    } else {
        history(file, text, folder, problems)
    }
}

fn steps(file: &str, text: &str, folder: &Folder, problems: &mut Vec<Problem>) -> Vec<Step> {
    let written: Vec<Spanned<Written>> = match serde_saphyr::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            let mut problem = yaml_problem(file, &error);
            if !too_large(&error) {
                problem.remedy = "correct the line; docs/acting.md describes every field".into();
            }
            problems.push(problem);
            return Vec::new();
        }
    };
    let mut steps = Vec::new();
    let mut clock = None;
    for (number, spanned) in written.into_iter().enumerate() {
        let (line, written) = (spanned.referenced.line(), spanned.value);
        let mut wrong =
            |found: String, remedy: &str| problems.push(Problem::new(file, Place::line(line), found, remedy));
        if !folder.settings.exercises && (written.at.is_some() || written.refused.is_some()) {
            let remedy =
                "leave `at` and `refused` out, or write `exercises = true` into peelian.toml of a folder for exercises";
            wrong("it says when it was given or that it is to be refused, as exercises do".into(), remedy);
            continue;
        }
        // The time of a step is also that of those that follow.
        clock = written.at.or(clock);
        let id = written.id.clone().unwrap_or_else(|| {
            let said = json!([
                number,
                &written.by,
                &written.action,
                &written.on,
                &written.under,
                &written.seen,
                &written.with
            ]);
            derived(&said)
        });
        let by = match written.by.parse::<Actor>() {
            Ok(by) => by,
            Err(error) => {
                wrong(format!("`as`: {error}"), "write `keeper` or the id of an account");
                continue;
            }
        };
        if let Some((found, remedy)) = stranger(&written.with, folder) {
            wrong(found, remedy);
            continue;
        }
        let command = named("on", &written.on).and_then(|on| {
            let under = written.under.as_deref().map(|under| named("under", under)).transpose()?;
            Command::new(&id, &written.action, on, under, written.seen, written.with)
        });
        match command {
            Ok(command) => steps.push(Step { line, by, at: clock, command, refused: written.refused }),
            Err(found) => wrong(found, "correct the command; docs/policy.md lists every action with what it needs"),
        }
    }
    steps
}

/// A force or body that the register does not know; in a folder for exercises they are invented.
fn stranger(with: &Value, folder: &Folder) -> Option<(String, &'static str)> {
    if folder.settings.exercises {
        return None;
    }
    let named = |field: &str| with[field].as_str().or(with["office"][field].as_str());
    if let Some(force) = named("force").filter(|id| folder.register.force(id).is_none()) {
        let near = did_you_mean(force, folder.register.in_scope().map(|f| f.id.as_str()));
        return Some((format!("`{force}` is no force{near}"), "write an id of register/forces.csv"));
    }
    let body = named("body").filter(|id| !folder.bodies.iter().any(|body| body.id == *id))?;
    let near = did_you_mean(body, folder.bodies.iter().map(|b| b.id.as_str()));
    Some((format!("`{body}` is no body{near}"), "write an id of register/bodies.csv"))
}

fn named(field: &str, id: &str) -> Result<ThingId, String> {
    id.parse().map_err(|error| format!("`{field}`: {error}"))
}

fn history(file: &str, text: &str, folder: &Folder, problems: &mut Vec<Problem>) -> Vec<Step> {
    let Some(taken) = record_file::taken(file, text, &folder.names(), problems) else { return Vec::new() };
    let step = |taken: record_file::TakenFrom| {
        let with = json!({"cycle": &taken.cycle, "force": &taken.force, "command": &taken.command});
        let about = taken.force.as_ref().map_or_else(|| taken.cycle.clone(), |f| format!("{}/{f}", taken.cycle));
        let on = format!("record/{about}").parse().map_err(|e: inspection::programme::NotAThingId| e.to_string());
        let command = on.and_then(|on| Command::new(&derived(&with), "record/take", on, None, None, with));
        command.map(|command| Step { line: taken.line, by: Actor::Keeper, at: None, command, refused: None }).map_err(
            |found| {
                Problem::new(
                    file,
                    Place::line(taken.line),
                    found,
                    "correct the command; docs/records.md describes each",
                )
            },
        )
    };
    let (steps, wrong): (Vec<_>, Vec<_>) = taken.into_iter().map(step).partition(Result::is_ok);
    problems.extend(wrong.into_iter().filter_map(Result::err));
    steps.into_iter().filter_map(Result::ok).collect()
}

/// The id of a command that has none: made from what it says, so that the same file sent again is the same commands.
fn derived(said: &Value) -> String {
    crate::tidy::sha256(said.to_string().as_bytes())[..32].to_owned()
}
