//! `peelian log`: what was recorded, and how everything stood after any event.

use crate::{
    arguments::{ListFormat, Log},
    books::Books,
    outcome::{CannotRun, Outcome, count, name, number},
    workspace,
};
use inspection::programme::{Actor, Programme};
use ledger::Recorded;
use std::path::Path;

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

/// The events of the streams that begin so; all without one.
fn events(books: &Books, stream: Option<&str>) -> Result<Vec<Recorded>, CannotRun> {
    let mut found = Vec::new();
    let mut after = 0;
    loop {
        let page = books.store().read(after, 1000)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.seq;
        let wanted = |stream: &str, event: &Recorded| {
            event.stream == stream || event.stream.strip_prefix(stream).is_some_and(|rest| rest.starts_with('/'))
        };
        found.extend(page.into_iter().filter(|event| stream.is_none_or(|s| wanted(s, event))));
    }
}

fn print_events(events: &[Recorded], format: ListFormat) {
    match format {
        ListFormat::Table => {
            for event in events {
                let thing = event.body["thing"].as_str().unwrap_or_default();
                out!("{:>6}  {}  {}  {}  {thing}", event.seq, event.at, event.actor, name(&event.kind));
            }
            anstream::eprintln!("{}.", count(events.len(), "event"));
        }
        ListFormat::Csv => {
            out!("seq,at,actor,type,stream,version,thing");
            for event in events {
                let thing = event.body["thing"].as_str().unwrap_or_default();
                let Recorded { seq, at, actor, kind, stream, version, .. } = event;
                out!("{seq},{at},{actor},{kind},{stream},{version},{thing}");
            }
        }
        ListFormat::Json => out!("{}", serde_json::to_string_pretty(events).unwrap_or_default()),
    }
}

fn print_things(programme: &Programme, actor: &Actor, options: &Log) {
    let seen = programme.seen_by(actor);
    let wanted = |id: &str| {
        options
            .stream
            .as_deref()
            .is_none_or(|s| id == s || id.strip_prefix(s).is_some_and(|rest| rest.starts_with('/')))
    };
    let things: Vec<_> = seen.things().filter(|thing| wanted(thing.id.as_str())).collect();
    match options.format {
        ListFormat::Table => {
            for thing in &things {
                let fiction = if thing.is_training() { "  (exercise)" } else { "" };
                let last = thing.acts.last().map(|act| format!("{} by {}, {}", act.action, act.by, act.at));
                let last = last.unwrap_or_default();
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
