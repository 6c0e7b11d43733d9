//! The open data of what the programme itself published, and what is not public, which is nowhere in it.

use crate::support::example;
use inspection::programme::{Programme, Recorded};
use serde_json::{Value, json};
use web::{Public, Query, Shelf, open, routes};

/// A finding that is published with its register entry, one that is not, and one of an exercise.
fn published() -> Public {
    let base = example(&[]);
    let belongs = |exercise: Option<&str>| json!({ "cycle": "2018-19", "forces": ["kent"], "exercise": exercise });
    let drafted = |title: &str, exercise: Option<&str>| {
        let text = json!({ "vault": "v1", "digest": "00" });
        json!({ "state": "drafted", "belongs": belongs(exercise), "with": { "kind": "recommendation", "node": "efficiency.q1", "title": title, "text": text } })
    };
    let editions = json!({ "editions": [], "inputs": [] });
    let words = |words: &str| json!({ "text": words, "marking": "official" });
    let events = [
        ("finding-drafted", "finding/open", drafted("Plan ahead", None)),
        ("finding-published", "finding/open", json!({ "state": "published", "with": {} })),
        ("finding-drafted", "finding/shut", drafted("MARKED unpublished", None)),
        ("finding-drafted", "finding/game", drafted("MARKED fiction", Some("plumbline"))),
        ("finding-published", "finding/game", json!({ "state": "published", "with": {} })),
        (
            "entry-opened",
            "finding/open/kent",
            json!({ "state": "published", "belongs": belongs(None), "with": { "finding": "finding/open", "kind": "recommendation", "addressee": "kent", "published": "2026-07-02" } }),
        ),
        (
            "action-planned",
            "finding/open/kent",
            json!({ "state": "action-planned", "with": { "plan": words("A plan") } }),
        ),
        (
            "publication-scheduled",
            "report/kent",
            json!({ "state": "scheduled", "belongs": belongs(None), "with": { "title": "Kent Police 2026", "product": "force-report", "embargo": "2026-07-02T00:00:00Z", "publishes": [] } }),
        ),
        ("publication-published", "report/kent", json!({ "state": "published", "with": editions })),
        (
            "publication-corrected",
            "report/kent",
            json!({ "state": "corrected", "with": { "was": words("12"), "now": words("21"), "why": words("Two digits changed places"), "editions": [], "inputs": [] } }),
        ),
    ];
    let mut programme = Programme::new(base.folder.frameworks.clone());
    for (seq, (kind, thing, mut body)) in (1..).zip(events) {
        body["thing"] = thing.into();
        let at = format!("2026-07-{:02}T08:00:00Z", seq + 1).parse().expect("an instant");
        programme.apply(&Recorded { seq, at, actor: "eve", kind, body: &body });
    }
    assert!(programme.problems().iter().all(|p| p.found.contains("against the table")), "{:?}", programme.problems());
    let mut public = Public::new(base.folder.clone(), base.observations.clone(), programme, Shelf::default());
    public.words.insert("v1".into(), "Plan the workforce five years ahead.".into());
    public
}

fn row(public: &Public, address: &str) -> Value {
    let found = routes::answer(public, address, &Query::default(), true, &|_| true);
    let found = found.unwrap_or_else(|| panic!("nothing at {address}"));
    serde_json::from_slice::<Value>(&found.bytes).expect("JSON")["row"].clone()
}

#[test]
fn what_the_programme_published_stands_beside_what_was_taken_over() {
    let public = published();
    let finding = row(&public, "api/v1/findings/finding~open.json");
    assert_eq!(finding["text"], "Plan the workforce five years ahead.");
    assert_eq!((&finding["how"], &finding["force"]), (&json!("published"), &json!(["kent"])));
    let entry = row(&public, "api/v1/register/finding~open~kent.json");
    assert_eq!(
        (&entry["state"], &entry["closed"], &entry["finding"]),
        (&json!("action-planned"), &json!("no"), &json!("finding/open"))
    );
    let publication = row(&public, "api/v1/publications/report~kent.json");
    assert_eq!((&publication["title"], &publication["published"]), (&json!("Kent Police 2026"), &json!("2026-07-10")));
    let correction = row(&public, "api/v1/corrections/report~kent~correction-1.json");
    assert_eq!(
        (&correction["was"], &correction["now"], &correction["date"]),
        (&json!("12"), &json!("21"), &json!("2026-07-11"))
    );
    let feed = routes::answer(&public, "feeds/kent.atom", &Query::default(), false, &|_| true).expect("a feed");
    let feed = String::from_utf8(feed.bytes).expect("text");
    let places =
        ["Kent: Correction: 21", "Kent: Kent Police 2026", "Kent: Recommendation: Plan ahead"].map(|t| feed.find(t));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{feed}");
}

#[test]
fn what_is_not_public_is_in_no_file_and_no_answer() {
    let public = published();
    let family = |path: &str| open::ROUTES.iter().any(|route| route.parts(path).is_some());
    let paths: Vec<String> = routes::paths(&public).into_iter().filter(|path| family(path)).collect();
    assert!(paths.iter().any(|path| path == "api/v1/findings/finding~open.json"));
    for path in paths.iter().filter(|path| !path.ends_with(".ods") && !path.ends_with(".xlsx")) {
        assert!(!path.contains("finding~shut") && !path.contains("finding~game"), "{path}");
        let found = routes::answer(&public, path, &Query::default(), false, &|_| true).expect("an answer");
        assert!(!String::from_utf8_lossy(&found.bytes).contains("MARKED"), "{path}");
    }
}
