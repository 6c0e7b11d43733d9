//! Search: what the site says about some words, with the passages that say it; without a question everything from A to Z.

use crate::{
    Public, Query,
    page::{self, Page, heading, link},
    routes::{self, Asked, Made, Route, once},
    search::{Hit, Index, MOST_LETTERS, MOST_WORDS, Question, Readable, Sort},
    told::counted,
};
use report::{
    document::{Block, Inline, paragraph, text},
    html::{Field, Form},
    words::lower_first,
};
use std::collections::BTreeMap;

/// The addresses of this family.
pub const ROUTES: &[Route] = &[Route {
    pattern: "search.html",
    about: "Search over documents, findings, judgments, measures, glossary and pages; everything from A to Z",
    asks: &["q", "kind", "page"],
    all: once,
    make,
}];

/// What is shown of each sort where all sorts are shown, and on a page of one sort.
const FEW: usize = 5;
const PAGE: usize = 20;

fn make(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let question = Question::read(asked.query.get("q").unwrap_or_default());
    let sort = asked.query.get("kind").and_then(|id| Sort::ALL.into_iter().find(|sort| sort.id() == id));
    let mut document = page::document(
        public,
        "Search",
        "Find documents, findings, judgments, measures, words explained, threads and pages, or look through everything from A to Z.",
    );
    document.blocks = if !asked.served {
        let mut blocks = vec![Block::Inset {
            label: "This is a copy of the site as files".into(),
            blocks: vec![paragraph(
                "A copy of files cannot search. Below is everything that it holds, from A to Z; your browser can find words on this page.",
            )],
        }];
        blocks.extend(a_to_z(public));
        blocks
    } else if asked.query.get("q").is_none() {
        let mut blocks = vec![paragraph(HOW)];
        blocks.extend(a_to_z(public));
        blocks
    } else {
        answers(public, &question, sort, &asked.query)
    };
    Some(Page { form: Some(form(&question, sort)), ..Page::new(document) }.into())
}

const HOW: &str =
    "Type some words; other forms of a word are found too. Put words in quotation marks to find them side by side.";

fn form(question: &Question, sort: Option<Sort>) -> Form {
    let choices = std::iter::once((String::new(), "Everything".to_owned()));
    let fields = vec![
        Field { name: "q".into(), label: "Words".into(), value: question.text.clone(), choices: Vec::new() },
        Field {
            name: "kind".into(),
            label: "In".into(),
            value: sort.map(Sort::id).unwrap_or_default().into(),
            choices: choices.chain(Sort::ALL.map(|sort| (sort.id().into(), sort.title().into()))).collect(),
        },
    ];
    routes::form("search.html", "Search this site", "Search", fields)
}

/// The address of a search.
fn ask(question: &Question, sort: Option<Sort>, page: usize) -> String {
    let mut query = Query::default().with("q", &question.text);
    if let Some(sort) = sort {
        query = query.with("kind", sort.id());
    }
    if page > 1 {
        query = query.with("page", &page.to_string());
    }
    format!("/search.html?{}", query.written())
}

fn answers(public: &Public, question: &Question, sort: Option<Sort>, query: &Query) -> Vec<Block> {
    let index = public.index();
    let hits = index.find(question);
    let counts = Index::counts(&hits);
    let mut blocks = vec![Block::Paragraph { text: summary(question, &hits, sort) }];
    if question.cut {
        blocks.push(paragraph(format!(
            "The question is long: of it the first {MOST_LETTERS} letters and {MOST_WORDS} words were looked for."
        )));
    }
    if let Some(meant) = index.meant(question) {
        let other = Question::read(&meant);
        blocks.push(Block::Paragraph {
            text: vec![text("Did you mean "), link(&*meant, ask(&other, sort, 1)), text("?")],
        });
    }
    let shown = sort.map_or(hits.len(), |sort| counts.get(&sort).copied().unwrap_or_default());
    if shown == 0 {
        blocks.push(nothing(question, sort, hits.len()));
        return blocks;
    }
    blocks.extend(counted_by_sort(question, &counts, sort));
    match sort {
        None => {
            for sort in Sort::ALL.into_iter().filter(|sort| counts.contains_key(sort)) {
                blocks.extend(few(index, question, &hits, sort, counts[&sort]));
            }
        }
        Some(sort) => blocks.extend(one_sort(index, question, &hits, sort, query)),
    }
    blocks
}

fn summary(question: &Question, hits: &[Hit<'_>], sort: Option<Sort>) -> Vec<Inline> {
    let asked = format!("\u{201c}{}\u{201d}", question.text);
    if question.is_empty() {
        return vec![text("There is no word to look for in what was asked.")];
    }
    let all = counted(hits.len(), "thing", "things");
    let mut line = vec![Inline::Strong { text: format!("{all} found") }, text(format!(" for {asked}"))];
    if let Some(sort) = sort {
        line.push(text(format!("; shown are {}", lower_first(sort.title()))));
    }
    line.push(text("."));
    line
}

/// What is so, why, and what can be done.
fn nothing(question: &Question, sort: Option<Sort>, elsewhere: usize) -> Block {
    let mut blocks = Vec::new();
    if elsewhere > 0
        && let Some(sort) = sort
    {
        blocks.push(Block::Paragraph {
            text: vec![
                text(format!("Nothing among {}. ", lower_first(sort.title()))),
                link(
                    format!("{} found elsewhere", counted(elsewhere, "thing is", "things are")),
                    ask(question, None, 1),
                ),
                text("."),
            ],
        });
    } else {
        blocks.push(paragraph(
            "Nothing that is published here has these words. Try fewer words, other words, or words without quotation marks.",
        ));
    }
    blocks
        .push(Block::Paragraph { text: vec![link("Look through everything from A to Z", "/search.html"), text(".")] });
    Block::Inset { label: "Nothing found".into(), blocks }
}

/// How many there are of each sort, each leading to them.
fn counted_by_sort(question: &Question, counts: &BTreeMap<Sort, usize>, chosen: Option<Sort>) -> Vec<Block> {
    let one = |sort: Sort| {
        let words = format!("{} ({})", sort.title(), counts.get(&sort)?);
        let here = chosen == Some(sort);
        Some(vec![if here { Inline::Strong { text: words } } else { link(words, ask(question, Some(sort), 1)) }])
    };
    let mut sorts: Vec<Vec<Inline>> = Sort::ALL.into_iter().filter_map(one).collect();
    if chosen.is_some() {
        sorts.insert(0, vec![link("Everything", ask(question, None, 1))]);
    }
    vec![Block::Paragraph { text: sorts.join(&text(" · ")) }]
}

fn few(index: &Index, question: &Question, hits: &[Hit<'_>], sort: Sort, count: usize) -> Vec<Block> {
    let best = hits.iter().filter(|hit| hit.readable.sort == sort).take(FEW);
    let mut blocks = vec![heading(&format!("in-{}", sort.id()), format!("{} ({count})", sort.title()))];
    blocks.push(Block::List { ordered: false, items: best.map(|hit| found(index, question, hit)).collect() });
    if count > FEW {
        let words = format!("All {count} of “{}”", lower_first(sort.title()));
        blocks.push(Block::Paragraph { text: vec![link(words, ask(question, Some(sort), 1))] });
    }
    blocks
}

fn one_sort(index: &Index, question: &Question, hits: &[Hit<'_>], sort: Sort, query: &Query) -> Vec<Block> {
    let own: Vec<&Hit<'_>> = hits.iter().filter(|hit| hit.readable.sort == sort).collect();
    let last = own.len().div_ceil(PAGE).max(1);
    let page = query.get("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).clamp(1, last);
    let shown = own.iter().skip((page - 1) * PAGE).take(PAGE);
    let mut blocks = vec![heading(&format!("in-{}", sort.id()), format!("{} ({})", sort.title(), own.len()))];
    blocks.push(Block::List { ordered: false, items: shown.map(|hit| found(index, question, hit)).collect() });
    if last > 1 {
        let mut line = Vec::new();
        if page > 1 {
            line.extend([link("Previous page", ask(question, Some(sort), page - 1)), text(" · ")]);
        }
        line.push(text(format!("Page {page} of {last}")));
        if page < last {
            line.extend([text(" · "), link("Next page", ask(question, Some(sort), page + 1))]);
        }
        blocks.push(Block::Paragraph { text: line });
    }
    blocks
}

/// Something found: its title, what it is, and the passages that answer, each leading to its place.
fn found(index: &Index, question: &Question, hit: &Hit<'_>) -> Vec<Inline> {
    let mut line = titled(hit.readable);
    let long = matches!(hit.readable.sort, Sort::Document | Sort::Thread | Sort::Page);
    for shown in index.passages(hit, question).into_iter().take(if long { 2 } else { 1 }) {
        line.push(text(" — "));
        line.extend(
            shown
                .runs
                .into_iter()
                .map(|(asked, words)| if asked { Inline::Strong { text: words } } else { text(words) }),
        );
        if shown.address.contains('#') && shown.address != hit.readable.address {
            line.extend([text(" "), link("Go to this passage", shown.address)]);
        }
    }
    line
}

fn titled(readable: &Readable) -> Vec<Inline> {
    let about = if readable.about.is_empty() { String::new() } else { format!(" ({})", readable.about) };
    vec![link(&*readable.title, &*readable.address), text(about)]
}

/// Everything that has an address of its own, from A to Z. Judgments are left out: each is on its force's page.
fn a_to_z(public: &Public) -> Vec<Block> {
    let mut all: Vec<&Readable> =
        public.index().readables().iter().filter(|readable| readable.sort != Sort::Judgment).collect();
    all.sort_by_cached_key(|readable| {
        (readable.title.to_lowercase(), readable.about.clone(), readable.address.clone())
    });
    let mut letters: BTreeMap<String, Vec<Vec<Inline>>> = BTreeMap::new();
    for readable in all {
        let first = readable.title.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string());
        let letter = first.filter(|letter| letter.chars().all(char::is_alphabetic)).unwrap_or_else(|| "0–9".into());
        letters.entry(letter).or_default().push(titled(readable));
    }
    let id =
        |letter: &str| format!("letter-{}", if letter == "0–9" { "number".to_owned() } else { letter.to_lowercase() });
    let ways: Vec<Vec<Inline>> =
        letters.keys().map(|letter| vec![link(&**letter, format!("#{}", id(letter)))]).collect();
    let count: usize = letters.values().map(Vec::len).sum();
    let lead = vec![text(format!("{} from A to Z: ", counted(count, "thing", "things")))];
    let mut blocks = vec![Block::Paragraph { text: lead.into_iter().chain(ways.join(&text(" "))).collect() }];
    for (letter, items) in letters {
        blocks.push(heading(&id(&letter), letter));
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}
