//! `peelian log`: what was recorded, and how everything stood after any event.

use crate::{
    arguments::{ListFormat, Log},
    books::Books,
    outcome::{CannotRun, Outcome, count, name, number},
    workspace,
};
use inspection::programme::{Actor, Programme};
use jiff::Timestamp;
use ledger::Recorded;
use std::{collections::HashSet, path::Path};

/// Lists events, or with `--at` the things as they stood then.
pub fn run(dir: Option<&Path>, options: &Log) -> Result<Outcome, CannotRun> {
    let (folder, _) = workspace::files(&workspace::root(dir)?)?;
    let books = Books::there(&folder)?;
    if options.at.is_none() && options.by.is_none() {
        let events = events(&books, options.stream.as_deref())?;
        print_events(&events, options.format);
        return Ok(Outcome::Done);
    }
    let programme = books.programme(options.at)?;
    let actor = match &options.by {
        Some(text) => text.parse::<Actor>().map_err(|e| CannotRun::Argument(format!("--as: {e}")))?,
        None => Actor::Keeper,
    };
    print_things(&programme, &actor, options);
    Ok(Outcome::Done)
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

fn print_things(programme: &Programme, actor: &Actor, options: &Log) {
    let seen = programme.seen_by(actor);
    let wanted = |id: &str| options.stream.as_deref().is_none_or(|asked| below(id, asked));
    let things: Vec<_> = seen.things().filter(|thing| wanted(thing.id.as_str())).collect();
    match options.format {
        ListFormat::Table => {
            for thing in &things {
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
            for thing in &things {
                out!("{},{},{},{},{}", thing.id, thing.kind(), thing.state, thing.version, thing.is_training());
            }
        }
        ListFormat::Json => {
            let things: Vec<_> = things.iter().map(AsRef::as_ref).collect();
            out!("{}", serde_json::to_string_pretty(&things).unwrap_or_default());
        }
    }
}
