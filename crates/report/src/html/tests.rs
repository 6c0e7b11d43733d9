//! Laws of every page: nothing that was given as words becomes mark-up, and no id occurs twice.

use super::{Site, Writer, page};
use crate::assets;
use crate::chart::{Axis, Chart, Pair};
use crate::document::{Badge, Block, Bound, Column, Document, Figure, Inline, Link, Table, Tile, paragraph, text};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn link(words: &str, href: &str) -> Link {
    Link { text: words.to_owned(), href: href.to_owned() }
}

fn site(words: &str) -> Site {
    Site {
        name: words.to_owned(),
        root: "../../".to_owned(),
        navigation: vec![link(words, "forces/index.html"), link(words, "https://example.org/")],
        licence: vec![text(words)],
        ..Site::default()
    }
}

fn number(words: &str) -> Inline {
    Inline::Number(Bound {
        text: words.to_owned(),
        value: "3395.75".to_owned(),
        reference: words.to_owned(),
        href: Some("derivations/workforce.html".to_owned()),
        source: words.to_owned(),
        as_published: true,
    })
}

fn table(id: &str, words: &str) -> Table {
    let column = |numeric| Column { title: words.to_owned(), numeric };
    Table {
        id: id.to_owned(),
        caption: words.to_owned(),
        columns: vec![column(false), column(true)],
        rows: vec![vec![vec![text(words)], vec![number(words), Inline::Footnote { index: 0 }]]],
        source: words.to_owned(),
        notes: vec![words.to_owned(), words.to_owned()],
    }
}

fn figure(id: &str, words: &str) -> Box<Figure> {
    let row =
        Pair { label: words.to_owned(), force: (Some(4.2), words.to_owned()), comparator: (None, words.to_owned()) };
    Box::new(Figure {
        id: id.to_owned(),
        number: 1,
        headline: words.to_owned(),
        subtitle: words.to_owned(),
        chart: Chart::Paired {
            names: [words.to_owned(), words.to_owned()],
            rows: vec![row],
            axis: Axis { title: words.to_owned(), prefix: String::new(), suffix: String::new() },
        },
        alternative: words.to_owned(),
        table: table(&format!("{id}-data"), words),
        source: words.to_owned(),
        notes: vec![words.to_owned()],
        download: Some(link(words, "data.csv")),
    })
}

fn grade(words: &str, carried_over: Option<&str>) -> Inline {
    Inline::Grade(Badge {
        word: words.to_owned(),
        id: words.to_owned(),
        steps: Some((2, 4)),
        carried_over: carried_over.map(str::to_owned),
    })
}

/// A document with every block and every inline, in which all words are these.
pub(crate) fn document(words: &str) -> Document {
    let heading = |level, id: &str| Block::Heading { level, id: id.to_owned(), text: words.to_owned() };
    let line = vec![
        text(words),
        Inline::Strong { text: words.to_owned() },
        Inline::Link(link(words, words)),
        number(words),
        Inline::Footnote { index: 0 },
        Inline::Footnote { index: 1 },
        Inline::Footnote { index: 0 },
        grade(words, Some(words)),
    ];
    Document {
        language: "en-GB".to_owned(),
        title: words.to_owned(),
        subtitle: Some(words.to_owned()),
        description: words.to_owned(),
        publisher: words.to_owned(),
        date: date(2018, 9, 27),
        dated: None,
        running: words.to_owned(),
        banner: Some(words.to_owned()),
        trail: vec![link(words, "../index.html")],
        formats: vec![link(words, "report.pdf")],
        blocks: vec![
            Block::Contents,
            heading(2, "first"),
            heading(3, "first-part"),
            Block::Paragraph { text: line.clone() },
            Block::List { ordered: true, items: vec![line.clone()] },
            Block::Tiles { tiles: vec![Tile { number: vec![number(words)], label: words.to_owned(), compared: line }] },
            heading(2, "second"),
            Block::Table(table("table", words)),
            Block::Figure(figure("one", words)),
            Block::Pair { first: figure("two", words), second: figure("three", words) },
            Block::Inset { label: words.to_owned(), blocks: vec![paragraph(words)] },
            Block::Finding {
                kind: words.to_owned(),
                label: words.to_owned(),
                id: "finding".to_owned(),
                number: Some(words.to_owned()),
                blocks: vec![paragraph(words)],
            },
            Block::Quote { text: vec![text(words)], speaker: words.to_owned() },
            Block::Paragraph { text: vec![grade(words, None)] },
            Block::Details { summary: words.to_owned(), blocks: vec![heading(3, "inside"), paragraph(words)] },
        ],
        footnotes: vec![vec![text(words)], vec![text(words)]],
    }
}

/// The page as an XML tree: every element that HTML leaves open is closed first.
fn with_tree<T>(html: &str, see: impl FnOnce(&roxmltree::Document<'_>) -> T) -> T {
    let mut xml = html.replace("<!DOCTYPE html>\n", "").replace("<p hidden", "<p hidden=\"\"");
    for void in ["<meta", "<link"] {
        let mut closed = String::new();
        for (index, piece) in xml.split(void).enumerate() {
            if index == 0 {
                closed.push_str(piece);
            } else {
                closed.push_str(void);
                closed.push_str(&piece.replacen(">\n", "/>\n", 1));
            }
        }
        xml = closed;
    }
    let tree = roxmltree::Document::parse(&xml).unwrap_or_else(|e| panic!("{e}\n{xml}"));
    see(&tree)
}

/// The names of all elements in order: the shape of the page, whatever its words.
fn shape(html: &str) -> Vec<String> {
    let outside_charts = |node: &roxmltree::Node<'_, '_>| {
        !node.ancestors().skip(1).any(|a| a.has_tag_name(("http://www.w3.org/2000/svg", "svg")))
    };
    with_tree(html, |tree| {
        tree.descendants()
            .filter(|node| node.is_element() && outside_charts(node))
            .map(|node| node.tag_name().name().to_owned())
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn words_never_become_mark_up(words in "[\\PC]{1,30}|[<>&'\"/a-z= -]{1,30}|<script>alert\\(1\\)</script>|\" onload=\"x") {
        prop_assume!(!words.trim().is_empty());
        let html = page(&document(&words), &site(&words));
        prop_assert_eq!(shape(&html), shape(&page(&document("words"), &site("words"))));
    }
}

#[test]
fn no_id_occurs_twice_and_every_link_within_the_page_leads_to_one() {
    with_tree(&page(&document("words"), &site("words")), |tree| {
        let mut ids = BTreeSet::new();
        for id in tree.descendants().filter_map(|node| node.attribute("id")) {
            assert!(ids.insert(id), "{id} occurs twice");
        }
        for node in tree.descendants() {
            let fragment = node.attribute("href").and_then(|href| href.strip_prefix('#'));
            for id in fragment.into_iter().chain(node.attribute("aria-labelledby")) {
                assert!(ids.contains(id), "nothing has the id {id}");
            }
        }
        for id in ["note--1--1", "note--1--2", "note--2--1"] {
            assert!(ids.contains(id), "{id}");
        }
    });
}

#[test]
fn a_page_has_no_script_and_no_style_of_its_own() {
    with_tree(&page(&document("words"), &site("words")), |tree| {
        for node in tree.descendants().filter(roxmltree::Node::is_element) {
            assert!(!matches!(node.tag_name().name(), "script" | "style"));
            for attribute in node.attributes() {
                assert!(attribute.name() != "style" && !attribute.name().starts_with("on"), "{attribute:?}");
            }
        }
    });
}

#[test]
fn a_mark_that_names_no_footnote_is_left_out() {
    let mut document = document("words");
    document.blocks = vec![Block::Paragraph { text: vec![text("words"), Inline::Footnote { index: 7 }] }];
    assert!(page(&document, &site("words")).contains("<p class=\"govuk-body\">words</p>"));
}

/// The mark-up of these blocks, an element a line.
fn markup(blocks: &[Block]) -> String {
    let document = document("words");
    let mut writer = Writer::new(&document);
    writer.blocks(blocks);
    writer.out.replace("><", ">\n<")
}

#[test]
fn a_grade_is_a_word_then_a_step_mark_and_large_where_it_stands_alone() {
    let good = |carried_over: Option<&str>| {
        Inline::Grade(Badge {
            word: "good".to_owned(),
            id: "good".to_owned(),
            steps: Some((3, 4)),
            carried_over: carried_over.map(str::to_owned),
        })
    };
    let alone = Block::Paragraph { text: vec![good(None)] };
    let line = Block::Paragraph { text: vec![text("It was "), good(Some("2016")), Inline::Grade(Badge::not_known())] };
    insta::assert_snapshot!(markup(&[alone, line]), @r#"
    <p class="govuk-body grade-alone">
    <span class="grade grade--good">
    <span class="grade__word">Good</span>
    <svg class="grade__steps" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" viewBox="0 0 45 12" stroke="currentColor" stroke-width="1.5">
    <path fill="currentColor" d="M4 1h7l-3 10h-7zM15 1h7l-3 10h-7zM26 1h7l-3 10h-7z"/>
    <path fill="none" d="M37 1h7l-3 10h-7z"/>
    </svg>
    </span>
    </p>
    <p class="govuk-body">It was <span class="grade grade--good grade--carried-over">
    <span class="grade__word">Good<span class="govuk-visually-hidden">, carried over from</span> <span class="grade__year">2016</span>
    </span>
    <svg class="grade__steps" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" viewBox="0 0 45 12" stroke="currentColor" stroke-width="1.5">
    <path fill="currentColor" d="M4 1h7l-3 10h-7zM15 1h7l-3 10h-7zM26 1h7l-3 10h-7z"/>
    <path fill="none" d="M37 1h7l-3 10h-7z"/>
    </svg>
    </span>
    <span class="grade grade--unknown">
    <span class="grade__word">Not known</span>
    </span>
    </p>
    "#);
}

#[test]
fn the_styles_give_a_grade_the_colours_of_every_other_form() {
    let css = assets::files().iter().find(|file| file.path == assets::stylesheet()).unwrap();
    let css = std::str::from_utf8(css.bytes).unwrap();
    for id in ["outstanding", "good", "adequate", "requires-improvement", "inadequate"] {
        let badge = Badge { word: id.to_owned(), id: id.to_owned(), steps: None, carried_over: None };
        let (fill, ink) = (badge.look().fill.unwrap().to_lowercase(), badge.look().ink.to_lowercase());
        let ink = if ink == "#ffffff" { "#fff" } else { &ink };
        let rule = format!(".grade--{id}{{color:{ink};background-color:{fill};");
        assert!(css.contains(&rule), "{rule}");
    }
}

#[test]
fn a_finding_is_a_group_that_its_label_names() {
    let finding = Block::Finding {
        kind: "cause-of-concern".to_owned(),
        label: "Cause of concern".to_owned(),
        id: "c1".to_owned(),
        number: Some("1".to_owned()),
        blocks: vec![paragraph("Custody records are late.")],
    };
    assert!(super::headings(std::slice::from_ref(&finding)).is_empty());
    insta::assert_snapshot!(markup(&[finding]), @r#"
    <div role="group" class="finding finding--cause-of-concern" id="c1" aria-labelledby="c1--label">
    <p class="finding__label" id="c1--label">Cause of concern 1</p>
    <p class="govuk-body">Custody records are late.</p>
    </div>
    "#);
}

#[test]
fn a_quotation_is_set_in_quotation_marks_with_its_speaker_below() {
    let said = |speaker: &str| Block::Quote { text: vec![text("It has more to do.")], speaker: speaker.to_owned() };
    insta::assert_snapshot!(markup(&[said("HM Inspector"), said("")]), @r#"
    <figure class="quote">
    <blockquote class="quote__words">
    <p class="govuk-body">“It has more to do.”</p>
    </blockquote>
    <figcaption class="quote__speaker">HM Inspector</figcaption>
    </figure>
    <figure class="quote">
    <blockquote class="quote__words">
    <p class="govuk-body">“It has more to do.”</p>
    </blockquote>
    </figure>
    "#);
}

#[test]
fn a_small_page_is_printed_as_it_was() {
    let mut document = document("Words & more");
    let elsewhere = |block: &Block| {
        matches!(block, Block::Figure(_) | Block::Pair { .. } | Block::Finding { .. } | Block::Quote { .. })
    };
    document.blocks.retain(|block| !elsewhere(block));
    let html = page(&document, &site("Inspectorate"));
    insta::assert_snapshot!("page", html.replace(assets::stylesheet(), "STYLESHEET"));
}
