//! Search.

use crate::support::{example, html, links};
use proptest::prelude::*;
use std::sync::LazyLock;
use web::{
    Public,
    query::encoded,
    search::{Index, Passage, Question, Readable, Sort, stem},
};

static EXAMPLE: LazyLock<Public> = LazyLock::new(|| {
    let mut public = example(&["2016/hertfordshire/pillar-report-legitimacy.html"]);
    let report = "<main><h1>PEEL: Police legitimacy 2016</h1><p class=\"page__subtitle\">Hertfordshire</p><p>About it.</p>\
        <h2 id=\"initial-vetting\">Initial vetting</h2><p>The force has a backlog of re-vetting &amp; aftercare.</p></main>";
    let text =
        public.read("2016/hertfordshire/pillar-report-legitimacy.html", report).expect("a document of the shelf");
    public.texts = vec![text];
    public
});

fn page(query: &str) -> String {
    html(&EXAMPLE, "search.html", query)
}

fn found(words: &str) -> Vec<(Sort, String)> {
    let hits = EXAMPLE.index().find(&Question::read(words));
    hits.iter().map(|hit| (hit.readable.sort, hit.readable.address.clone())).collect()
}

#[test]
fn every_form_of_a_word_finds_the_concern_about_vetting() {
    let wanted = (Sort::Finding, "/findings/2016.hertfordshire.rec-2016-vetting.html".to_owned());
    for words in ["vetting", "vetted", "re-vetting", "VETTING national guidelines", "\"guidelines for vetting\""] {
        let found = found(words);
        let place = found.iter().filter(|(sort, _)| *sort == Sort::Finding).position(|hit| *hit == wanted);
        assert!(place.is_some_and(|place| place < 5), "{words}: {place:?} of {}", found.len());
    }
    for words in ["vetting", "vetted", "re-vetting"] {
        let concern = "/findings/2016.hertfordshire.coc-2016-integrity.html";
        assert!(found(words).iter().any(|(_, address)| address == concern), "{words}: its recommendation says so");
    }
    assert!(
        found("vetting").iter().any(|(sort, address)| *sort == Sort::Term && address == "/glossary.html#term-vetting")
    );
}

#[test]
fn a_phrase_finds_only_what_has_it() {
    let phrase = found("\"stop and search\"");
    let words = found("stop search");
    assert!(!phrase.is_empty() && phrase.len() < words.len(), "{} of {}", phrase.len(), words.len());
    assert!(found("\"search and stop\"").is_empty());
}

#[test]
fn a_passage_of_a_document_is_found_marked_and_led_to() {
    let page = page("q=backlog+of+vetting");
    assert!(page.contains("PEEL: Police legitimacy 2016: Hertfordshire"));
    assert!(page.contains("<strong>backlog</strong> of re-<strong>vetting</strong> &amp; aftercare."), "{page}");
    assert!(page.contains("2016/hertfordshire/pillar-report-legitimacy.html#initial-vetting"));
}

#[test]
fn kinds_are_counted_chosen_and_paged() {
    let all = page("q=force");
    let findings = found("force").iter().filter(|(sort, _)| *sort == Sort::Finding).count();
    assert!(findings > 20, "{findings}");
    assert!(all.contains(&format!(">Findings ({findings})</a>")));
    assert!(all.contains("<h2 class=\"govuk-heading-l\" id=\"in-finding\">"));
    let first = page("q=force&kind=finding");
    let second = page("q=force&kind=finding&page=2");
    assert!(first.contains("Next page") && !first.contains("Previous page") && second.contains("Previous page"));
    let titles = |page: &str| links(page).into_iter().filter(|l| l.starts_with("findings/")).collect::<Vec<_>>();
    assert_eq!(titles(&first).len(), 20);
    assert!(titles(&second).iter().all(|title| !titles(&first).contains(title)));
    assert!(!first.contains("id=\"in-term\""));
    assert_eq!(titles(&page("q=force&kind=finding&page=999999999999999999999")), titles(&first), "no such page");
}

#[test]
fn a_slip_is_met_with_what_may_have_been_meant() {
    assert!(
        page("q=veting").contains("Did you mean <a class=\"govuk-link\" href=\"search.html?q=vetting\">vetting</a>?")
    );
    assert!(!page("q=vetting").contains("Did you mean"));
}

#[test]
fn what_a_copy_of_files_cannot_do_is_said_and_everything_is_listed() {
    let paths: std::collections::BTreeSet<String> = web::routes::paths(&EXAMPLE).into_iter().collect();
    let there = |path: &str| paths.contains(path);
    let made = web::routes::answer(&EXAMPLE, "search.html", &web::Query::default(), false, &there).expect("a page");
    let copy = String::from_utf8(made.bytes).expect("text");
    assert!(copy.contains("A copy of files cannot search") && !copy.contains("<form"));
    let listed = links(&copy);
    let named = |address: &str| listed.iter().any(|link| link == address);
    for found in EXAMPLE.findings() {
        assert!(named(found.address().trim_start_matches('/')), "{}", found.id);
    }
    assert!(EXAMPLE.forces().all(|force| named(&format!("forces/{}.html", force.id))));
    assert!(EXAMPLE.terms().iter().all(|term| named(&format!("glossary.html#{}", term.anchor()))));
}

#[test]
fn hostile_questions_are_answered_in_plain_words() {
    for words in ["", "\"\"", "!!! ??? —", "\u{0}\u{1}\u{7f}", "<script>alert(1)</script>", "' OR 1=1 --"] {
        let page = page(&format!("q={}", encoded(words)));
        assert!(!page.contains("<script") && page.contains("<h1"), "{words:?}");
    }
    assert!(page("q=%21%21").contains("There is no word to look for"));
    let long = page(&format!("q={}", "vetting%20".repeat(20_000)));
    assert!(long.contains("The question is long") && long.len() < 200_000);
    assert!(page("q=zzzzqqq").contains("Nothing found"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_question_makes_it_fail(words in any::<String>(), kind in "[a-z]{0,8}", at in any::<i64>()) {
        let query = format!("q={}&kind={kind}&page={at}", encoded(&words));
        prop_assert!(page(&query).contains("</html>"));
    }

    #[test]
    fn what_is_marked_was_asked_for(words in "(\"|force|vetted|searches|stop|legitimacy|q|the|polices?| |ä){1,12}") {
        let question = Question::read(&words);
        for hit in EXAMPLE.index().find(&question).iter().take(20) {
            for shown in EXAMPLE.index().passages(hit, &question) {
                for (asked, word) in &shown.runs {
                    prop_assert!(!asked || question.stems.contains(&stem(word)), "{word} in {words}");
                }
            }
        }
    }

    #[test]
    fn what_holds_the_word_is_found_and_shows_it(texts in proptest::collection::vec("[a-e]{1,2}( [a-e]{1,2}){0,80}", 1..6), word in "[a-e]{1,2}") {
        let readable = |(at, text): (usize, &String)| Readable {
            sort: Sort::Page,
            title: format!("Title {at}"),
            about: String::new(),
            address: format!("/{at}.html"),
            passages: vec![Passage { anchor: String::new(), text: text.clone() }],
        };
        let index = Index::new(texts.iter().enumerate().map(readable).collect());
        let question = Question::read(&word);
        let hits = index.find(&question);
        let holding = texts.iter().filter(|text| text.split(' ').any(|w| stem(w) == stem(&word))).count();
        prop_assert_eq!(hits.len(), holding);
        for hit in &hits {
            let shown = index.passages(hit, &question);
            prop_assert!(shown.iter().all(|s| s.runs.iter().any(|(asked, _)| *asked)), "{:?}", shown);
        }
    }
}
