//! `peelian log`: what was recorded, and how everything stood after any event.

use crate::{
    arguments::{ListFormat, Log},
    books::Books,
    outcome::{CannotRun, Outcome, count, name, number},
    workspace,
};
use inspection::programme::{Actor, Programme, Thing};
use jiff::Timestamp;
use ledger::{Entry, Recorded};
use serde_json::Value;
use std::{borrow::Cow, collections::HashSet, path::Path};

/// Lists events, or with `--at` the things as they stood then.
pub fn run(dir: Option<&Path>, options: &Log) -> Result<Outcome, CannotRun> {
    let (folder, _) = workspace::files(&workspace::root(dir)?)?;
    let books = Books::there(&folder)?;
    if options.at.is_none() && options.by.is_none() && options.inspection.is_none() {
        let events = events(&books, options.stream.as_deref())?;
        print_events(&events, options.format);
        return Ok(Outcome::Done);
    }
    let end = books.store().head()?.map_or(0, |head| head.seq);
    if let Some(at) = options.at.filter(|at| *at > end) {
        return Err(CannotRun::Argument(format!("--at: there is no event {at}; the last is {end}")));
    }
    let programme = books.programme(options.at)?;
    let actor = match &options.by {
        Some(text) => text.parse::<Actor>().map_err(|e| CannotRun::Argument(format!("--as: {e}")))?,
        None => Actor::Keeper,
    };
    if let Actor::Person(id) = &actor
        && !books.programme(None)?.seen_by(&Actor::Keeper).has(id)
    {
        return Err(CannotRun::Argument(format!(
            "--as: there is no account `{id}`\n`peelian log --as keeper` lists the accounts."
        )));
    }
    let seen = programme.seen_by(&actor);
    let things: Vec<Cow<'_, Thing>> = match &options.inspection {
        None => {
            let wanted = |id: &str| options.stream.as_deref().is_none_or(|asked| below(id, asked));
            seen.things().filter(|thing| wanted(thing.id.as_str())).collect()
        }
        Some(id) => {
            let export = id.parse().ok().and_then(|id| seen.export(&id));
            let unseen = || {
                CannotRun::Argument(format!(
                    "{actor} sees no inspection `{id}`\n`peelian log --as {actor}` lists what they see; add `--as` with an account of the inspectorate."
                ))
            };
            let export = export.ok_or_else(unseen)?;
            std::iter::once(export.inspection).chain(export.things).collect()
        }
    };
    print_things(&books, &programme, &things, options.format)?;
    Ok(Outcome::Done)
}

/// Puts the words of the vault in the place of their references: what somebody sees, they may read.
fn with_words(books: &Books, value: &mut Value) -> Result<(), CannotRun> {
    match value {
        Value::Object(fields) => {
            let id = fields.get("vault").and_then(Value::as_str).map(str::to_owned);
            if let Some(words) =
                id.map(|id| books.store().text(&id)).transpose()?.flatten().as_ref().and_then(Entry::words)
            {
                fields.insert("text".into(), words.into());
            }
            fields.values_mut().try_for_each(|value| with_words(books, value))
        }
        Value::Array(values) => values.iter_mut().try_for_each(|value| with_words(books, value)),
        _ => Ok(()),
    }
}

/// The events of the streams that begin so, each with whether it is of an exercise; all of them without one.
fn events(books: &Books, stream: Option<&str>) -> Result<Vec<(Recorded, bool)>, CannotRun> {
    let mut found = Vec::new();
    let mut fiction = HashSet::new();
    let mut after = 0;
    loop {
        let page = books.store().read(after, 1000)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.seq;
        for event in page {
            let thing = event.body["thing"].as_str().unwrap_or_default();
            // The event that makes a thing says what it belongs to.
            if event.body["belongs"]["exercise"].is_string() {
                fiction.insert(thing.to_owned());
            }
            let exercise = fiction.contains(thing);
            if stream.is_none_or(|stream| below(&event.stream, stream) || below(thing, stream)) {
                found.push((event, exercise));
            }
        }
    }
}

/// Whether a stream or thing is the one that is asked for, or below it.
fn below(id: &str, asked: &str) -> bool {
    id.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What an event is about: the thing, or of a fact taken from a publication its kind and place, `take-judgment effectiveness.q1
/// (2016/hertfordshire)`.
pub fn about(event: &Recorded) -> String {
    if let Some(thing) = event.body["thing"].as_str() {
        return thing.to_owned();
    }
    let Some((kind, fact)) = event.body["command"].as_object().and_then(|command| command.iter().next()) else {
        return event.stream.clone();
    };
    let place = ["id", "node", "measure", "source"]
        .iter()
        .filter_map(|field| fact[field].as_str())
        .find(|words| !words.is_empty());
    let words = |field: &str| fact[field].as_str().or(event.body[field].as_str());
    let force = words("force").map(|force| format!("/{force}")).unwrap_or_default();
    let place = place.unwrap_or_default();
    format!("{kind} {place} ({}{force})", words("cycle").unwrap_or_default())
}

fn print_events(events: &[(Recorded, bool)], format: ListFormat) {
    match format {
        ListFormat::Table => {
            for (event, exercise) in events {
                let Recorded { seq, at, actor, .. } = event;
                let at = to_the_second(*at);
                out!("{seq:>6}  {at}  {actor}  {}  {}{}", name(&event.kind), about(event), fiction(*exercise));
            }
            anstream::eprintln!("{}.", count(events.len(), "event"));
        }
        ListFormat::Csv => {
            out!("seq,at,actor,type,stream,version,about,exercise");
            for (event, exercise) in events {
                let Recorded { seq, at, actor, kind, stream, version, .. } = event;
                out!("{seq},{at},{actor},{kind},{stream},{version},{},{exercise}", about(event));
            }
        }
        ListFormat::Json => {
            let events: Vec<&Recorded> = events.iter().map(|(event, _)| event).collect();
            out!("{}", serde_json::to_string_pretty(&events).unwrap_or_default());
        }
    }
}

/// A time as people read it; programs get all of it.
fn to_the_second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The mark of fiction, wherever it is shown.
const fn fiction(exercise: bool) -> &'static str {
    if exercise { "  (exercise)" } else { "" }
}

fn print_things(
    books: &Books,
    programme: &Programme,
    things: &[Cow<'_, Thing>],
    format: ListFormat,
) -> Result<(), CannotRun> {
    match format {
        ListFormat::Table => {
            for thing in things {
                let last =
                    thing.acts.last().map(|act| format!("{} by {}, {}", act.action, act.by, to_the_second(act.at)));
                let last = last.unwrap_or_default();
                let fiction = fiction(thing.is_training());
                out!("{}  {}  {}  {last}{fiction}", name(&thing.id), thing.kind(), thing.state);
            }
            anstream::eprintln!("{} after event {}.", count(things.len(), "thing"), number(programme.head()));
        }
        ListFormat::Csv => {
            out!("thing,kind,state,version,exercise");
            for thing in things {
                out!("{},{},{},{},{}", thing.id, thing.kind(), thing.state, thing.version, thing.is_training());
            }
        }
        ListFormat::Json => {
            let mut things = serde_json::to_value(things).map_err(|e| CannotRun::Printing(e.to_string()))?;
            with_words(books, &mut things)?;
            out!("{}", serde_json::to_string_pretty(&things).unwrap_or_default());
        }
    }
    Ok(())
}
