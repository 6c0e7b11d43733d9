//! Nothing unpublished leaks: every text of an inspection is marked, the site is crawled whole, and only what the public may see is met.

use crate::{
    client::{Answer, Line, Server},
    inspectorate::{Inspectorate, plumbline},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What begins a mark; no word of the site does.
const MARK: &str = "qzx";

/// Exercise Plumbline as an inspection of real forces in which every string that a person typed is marked; steps that are to be refused
/// are left out.
fn marked(until: Option<&str>) -> Vec<Value> {
    let text = plumbline(until)
        .replace("kind: training", "kind: real")
        .replace("thornshire-pcc", "hertfordshire-pcc")
        .replace("thornshire", "hertfordshire")
        .replace("elsewhere", "bedfordshire");
    let mut steps: Vec<Value> = serde_saphyr::from_str(&text).unwrap();
    steps.retain(|step| step.get("refused").is_none());
    let mut count = 0;
    for step in &mut steps {
        mark(&mut step["with"], "", &mut count);
    }
    steps
}

fn mark(value: &mut Value, field: &str, count: &mut usize) {
    const TYPED: [&str; 24] = [
        "name",
        "reason",
        "reasons",
        "note",
        "line",
        "what",
        "place",
        "says",
        "how",
        "rationale",
        "title",
        "text",
        "sub_points",
        "sub-points",
        "comment",
        "comments",
        "was",
        "now",
        "why",
        "plan",
        "done",
        "file",
        "themes",
        "address",
    ];
    match value {
        Value::String(text) if TYPED.contains(&field) && text.contains(' ') => {
            *count += 1;
            *text = format!("{text} {MARK}{count:03}");
        }
        Value::Array(values) => values.iter_mut().for_each(|value| mark(value, field, count)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| mark(value, name, count)),
        _ => {}
    }
}

/// The marks in a text.
fn marks(text: &str) -> BTreeSet<String> {
    let letters = |rest: &str| rest.chars().take(3).collect::<String>();
    text.match_indices(MARK).map(|(at, _)| letters(&text[at + MARK.len()..])).collect()
}

/// Everything that can be reached, by its address: every row of the table, every file, every link from there, searches, filters, errors.
fn crawl(server: &Server, words: &[String]) -> BTreeMap<String, Answer> {
    let mut found = BTreeMap::new();
    let mut line = Line::to(&server.address);
    let mut waiting: Vec<String> =
        ["/", "/manifest.json", "/healthz", "/metrics", "/no/such", "/ledger.db", "/record/", "/feeds/all.atom"]
            .map(str::to_owned)
            .into();
    waiting.extend(web::routes::routes().filter(|r| !r.pattern.contains('{')).map(|r| format!("/{}", r.pattern)));
    waiting.extend(words.iter().map(|word| format!("/search.html?q={word}")));
    while let Some(path) = waiting.pop() {
        if found.contains_key(&path) {
            continue;
        }
        let answer = line.ask("GET", &path, &[]).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(answer.status < 500, "{path}");
        let media = answer.header("content-type");
        if media.starts_with("text/html") || media.contains("json") || media.contains("atom") {
            waiting.extend(links(&path, &answer.text()).into_iter().filter(|link| !found.contains_key(link)));
        }
        found.insert(path, answer);
    }
    found
}

/// The addresses on this server that a page names, as attributes or in JSON.
fn links(path: &str, text: &str) -> Vec<String> {
    let attributes = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let json =
        text.split("\"next\":").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
    let ours = attributes.chain(json).filter(|href| !href.contains(':') && !href.starts_with('#'));
    ours.map(|href| href.replace("&amp;", "&")).map(|href| resolved(path, &href)).collect()
}

fn resolved(path: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    if href.starts_with('/') {
        return href.to_owned();
    }
    let (file, query) = href.split_once('?').map_or((href, None), |(file, query)| (file, Some(query)));
    let base = path.split('?').next().unwrap_or_default().trim_start_matches('/');
    let file = if file.is_empty() { base.to_owned() } else { web::page::beside(base, file) };
    query.map_or_else(|| format!("/{file}"), |query| format!("/{file}?{query}"))
}

/// Where each mark is met.
fn met(found: &BTreeMap<String, Answer>) -> BTreeMap<String, String> {
    let mut met = BTreeMap::new();
    for (path, answer) in found {
        for (name, value) in &answer.headers {
            assert!(marks(value).is_empty(), "{path}: {name}: {value}");
        }
        // What was asked for is said again on the page of a search; it is no leak of ours.
        let asked = path.split_once('?').map(|(_, query)| marks(query)).unwrap_or_default();
        for mark in marks(&answer.text()).difference(&asked) {
            met.entry(mark.clone()).or_insert_with(|| path.clone());
        }
    }
    met
}

#[test]
fn only_what_the_public_may_see_is_met_anywhere() {
    let moments = [Some("do: judgment/propose"), Some("do: publication/publish"), None];
    for moment in moments {
        let house = Inspectorate::for_exercises();
        let steps = marked(moment);
        let all: BTreeSet<String> = marks(&serde_json::to_string(&steps).unwrap());
        assert!(all.len() > 30, "{} marks", all.len());
        let lines: String = steps.iter().map(|step| format!("- {step}\n")).collect();
        house.write("inspection.yaml", &lines);
        house.run(&["act", "inspection.yaml"]).ended(0);
        house.run(&["publish", "--cycle", "2018-19", "--format", "html"]).ended(0);
        // An edition that waits is as closed as a ledger.
        house.edit("peelian.toml", "name = \"Your inspectorate\"", "name = \"Embargoed qzx999\"");
        house.run(&["publish", "--cycle", "2018-19", "--format", "html", "--embargo", "2099-01-01T00:00:00Z"]).ended(0);
        house.edit("peelian.toml", "name = \"Embargoed qzx999\"", "name = \"Your inspectorate\"");
        let seen = house.run(&["log", "--as", "public", "--format", "json"]).ended(0).out;
        let allowed = marks(&seen);
        let server = Server::of(&house.path());
        let words: Vec<String> = all.iter().map(|mark| format!("{MARK}{mark}")).collect();
        let found = crawl(&server, &words);
        let met = met(&found);
        let leaked: Vec<_> = met.iter().filter(|(mark, _)| !allowed.contains(*mark)).collect();
        assert!(leaked.is_empty(), "after {moment:?}: {leaked:?}");
        println!(
            "before {moment:?}: {} answers, {} of {} marks public, {} met",
            found.len(),
            allowed.len(),
            all.len(),
            met.len()
        );
        match moment {
            None => assert!(!met.is_empty(), "what was published is shown"),
            Some(_) => assert!(met.is_empty(), "nothing was published yet: {met:?}"),
        }
    }
}
