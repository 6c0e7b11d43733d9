//! The example inspectorate as the public sees it, without documents and ledger.

use ingest::Folder;
use inspection::programme::{Programme, Recorded};
use std::{collections::BTreeSet, fs, path::Path, sync::Arc};
use web::{Public, Query, Shelf, routes};

/// The example: `content/` with `examples/` laid over it, what is on record read from its files.
pub fn example(documents: &[&str]) -> Public {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["content", "examples"] {
        copy(&root.join(part), folder.path());
    }
    let (folder, problems) = Folder::open(folder.path()).expect("a folder");
    assert!(problems.is_empty(), "{problems:?}");
    let observations = folder.observations(None, false).expect("figures");
    let programme = Programme::new(folder.frameworks.clone());
    let shelf = Shelf(documents.iter().map(|d| (*d).to_owned()).collect());
    Public::new(Arc::new(folder), Arc::new(observations), programme, shelf)
}

/// The example with the steps of its exercise, as an exercise: fiction.
#[allow(dead_code, reason = "the preview shows none of it")]
pub fn exercise() -> Public {
    act(|text| text)
}

/// The example with the steps of its exercise taken by a real force in a real cycle, so that pages have something of the programme to show.
#[allow(dead_code, reason = "the preview shows none of it")]
pub fn acted() -> Public {
    act(|text| {
        text.replace("kind: training", "kind: real")
            .replace("thornshire-pcc", "hertfordshire-local-policing-body")
            .replace("thornshire", "hertfordshire")
            .replace("[elsewhere]", "[kent]")
            .replace("force: elsewhere", "force: kent")
            .replace("skills-board", "college-of-policing")
    })
}

fn act(change: impl Fn(String) -> String) -> Public {
    let public = example(&[]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/exercises/plumbline.yaml");
    let text = change(fs::read_to_string(path).expect("the exercise"));
    let mut problems = Vec::new();
    let steps = ingest::acts_file::read("plumbline.yaml", &text, &public.folder, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let mut programme = Programme::new(public.folder.frameworks.clone());
    let mut now = None;
    for step in steps {
        now = step.at.or(now);
        let now = now.expect("the first step says when");
        let done = programme.decide(&step.by, &step.command, now);
        match (step.refused, done) {
            (Some(_), _) => {}
            (None, Err(refusal)) => panic!("line {}: {refusal}", step.line),
            (None, Ok(events)) => {
                for event in events {
                    let (seq, actor) = (programme.head() + 1, step.by.to_string());
                    let recorded = Recorded { seq, at: now, actor: &actor, kind: &event.kind, body: &event.body };
                    programme.apply(&recorded);
                }
            }
        }
    }
    assert!(programme.problems().is_empty(), "{:?}", programme.problems());
    Public::new(public.folder.clone(), public.observations.clone(), programme, Shelf::default())
}

/// A page as a server answers it.
#[allow(dead_code, reason = "the preview writes a copy of files")]
pub fn html(public: &Public, path: &str, query: &str) -> String {
    let paths: BTreeSet<String> = routes::paths(public).into_iter().collect();
    let there = |path: &str| paths.contains(path) || public.shelf.holds(path);
    let found = routes::answer(public, path, &Query::read(query), true, &there);
    String::from_utf8(found.unwrap_or_else(|| panic!("nothing at {path}")).bytes).expect("a text")
}

/// Where the links of a page lead.
#[allow(dead_code, reason = "the preview follows none")]
pub fn links(page: &str) -> Vec<String> {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let hrefs = main.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.map(|href| href.replace("&amp;", "&")).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}
