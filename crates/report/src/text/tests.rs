//! Documents with every kind of block, and the lines they become.

use super::lines::looks_like_mark;
use super::*;
use crate::chart::{Axis, Chart};
use crate::document::{Badge, Bound, Column, Link, paragraph, text};
use jiff::civil::date;
use proptest::prelude::*;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        language: "en-GB".to_owned(),
        title: "Data pack".to_owned(),
        subtitle: Some("Hertfordshire Constabulary".to_owned()),
        description: String::new(),
        publisher: "Peelian".to_owned(),
        date: date(2018, 9, 30),
        dated: None,
        running: "Hertfordshire Constabulary · data pack 2018/19".to_owned(),
        banner: None,
        trail: Vec::new(),
        formats: Vec::new(),
        blocks,
        footnotes: Vec::new(),
    }
}

fn number(words: &str) -> Inline {
    Inline::Number(Bound {
        text: words.to_owned(),
        value: "1".to_owned(),
        reference: "n".to_owned(),
        href: Some("derivations/n/".to_owned()),
        source: "Home Office".to_owned(),
        as_published: true,
    })
}

fn table(titles: &[(&str, bool)], rows: &[&[&str]]) -> Table {
    Table {
        id: "t".to_owned(),
        caption: "Officers, 31 March 2018".to_owned(),
        columns: titles
            .iter()
            .map(|(title, numeric)| Column { title: (*title).to_owned(), numeric: *numeric })
            .collect(),
        rows: rows.iter().map(|row| row.iter().map(|cell| vec![text(*cell)]).collect()).collect(),
        source: "Home Office, July 2022".to_owned(),
        notes: vec!["Full-time equivalents.".to_owned()],
    }
}

fn figure() -> Figure {
    let axis = Axis { title: "Officers".to_owned(), prefix: String::new(), suffix: String::new() };
    Figure {
        id: "f".to_owned(),
        number: 1,
        headline: "Hertfordshire has fewer officers".to_owned(),
        subtitle: "Officers, 31 March 2018".to_owned(),
        chart: Chart::Trend { lines: Vec::new(), axis, times: Vec::new() },
        alternative: "Columns of all forces; Hertfordshire is the fourth from the left.".to_owned(),
        table: table(&[("Force", false), ("Officers", true)], &[&["Gwent", "1,282"], &["Hertfordshire", "1,968"]]),
        source: "Home Office, July 2022".to_owned(),
        notes: Vec::new(),
        download: None,
    }
}

#[test]
fn every_kind_of_block_has_its_lines() {
    let heading = |level, words: &str| Block::Heading { level, id: words.to_owned(), text: words.to_owned() };
    let tile = |words: &str, compared: &str| Tile {
        number: vec![number(words)],
        label: "officers".to_owned(),
        compared: vec![text(compared)],
    };
    let opening = vec![
        text("Hertfordshire has "),
        number("1,968"),
        text(" officers"),
        Inline::Footnote { index: 0 },
        text(", "),
        Inline::Strong { text: "fewer than most".to_owned() },
        text("; see the "),
        Inline::Link(Link { text: "method".to_owned(), href: "https://example.org/m".to_owned() }),
        text(" and the "),
        Inline::Link(Link { text: "table".to_owned(), href: "#t".to_owned() }),
        text("."),
    ];
    let long = "improve the way it records crime, so that victims of violence and of sexual offences are served well from the first call";
    let titles = [("Area", false), ("What the force must do", false), ("Cases", true)];
    let mut document = document(vec![
        Block::Contents,
        heading(2, "Workforce"),
        Block::Paragraph { text: opening },
        heading(3, "Officers"),
        Block::List { ordered: false, items: vec![vec![text("one")], vec![text("two")]] },
        Block::List { ordered: true, items: vec![vec![text("one")]] },
        heading(4, "In short"),
        Block::Tiles { tiles: vec![tile("1,968", "England and Wales: 2.1"), tile("9", "")] },
        Block::Table(table(&titles, &[&["Crime recording", long, "12"], &["Custody", "as above", "1,204"]])),
        Block::Figure(Box::new(figure())),
        Block::Inset { label: "Cause of concern".to_owned(), blocks: vec![paragraph("Crime goes unrecorded.")] },
        Block::Details { summary: "How it is worked out".to_owned(), blocks: vec![paragraph("By division.")] },
    ]);
    document.banner = Some("Example made from published facts.".to_owned());
    document.footnotes = vec![vec![text("As at 31 March.")]];
    insta::assert_snapshot!(write(&document));
}

#[test]
fn judgments_findings_and_quotations_have_their_lines() {
    let badge = |word: &str, carried_over: Option<&str>| {
        Inline::Grade(Badge {
            word: word.to_owned(),
            id: word.replace(' ', "-"),
            steps: Some((2, 4)),
            carried_over: carried_over.map(str::to_owned),
        })
    };
    let cell = |inline| vec![vec![text("Investigating crime")], vec![inline]];
    let mut table = table(&[("Question", false), ("Judgment", false)], &[]);
    table.rows = vec![cell(badge("requires improvement", Some("2016"))), cell(Inline::Grade(Badge::not_known()))];
    let finding = Block::Finding {
        kind: "cause-of-concern".to_owned(),
        label: "Cause of concern".to_owned(),
        id: "c1".to_owned(),
        number: Some("1".to_owned()),
        blocks: vec![paragraph("Custody records are late.")],
    };
    let quote = Block::Quote {
        text: vec![text(
            "It took the collapse of a court case to prompt the force to address the areas of concern that we identified.",
        )],
        speaker: "HM Inspector of Constabulary Zoë Billingham".to_owned(),
    };
    let alone = Block::Paragraph { text: vec![badge("good", None)] };
    let printed = blocks(&document(Vec::new()), &[alone, Block::Table(table), finding, quote], COLUMNS);
    let printed: Vec<&str> = printed.iter().map(|line| line.trim_end()).collect();
    insta::assert_snapshot!(printed.join("\n"), @r"

    Good

    Officers, 31 March 2018
    Question             Judgment
    -----------------------------------------------------------------
    Investigating crime  Requires improvement, carried over from 2016
    Investigating crime  Not known
    -----------------------------------------------------------------
    Source: Home Office, July 2022
    Full-time equivalents.

    | Cause of concern 1
    |
    | Custody records are late.

    > “It took the collapse of a court case to prompt the force to address the
    > areas of concern that we identified.”
    > -- HM Inspector of Constabulary Zoë Billingham
    ");
}

#[test]
fn numbers_stand_flush_right_below_each_other() {
    let printed = Grid::of(&table(&[("Force", false), ("Officers", true)], &[&["Gwent", "82"], &["Kent", "3,268"]]))
        .print(COLUMNS);
    assert_eq!(printed[2..4], ["Gwent        82", "Kent      3,268"]);
}

#[test]
fn a_table_of_no_rows_says_so() {
    let printed = Grid::of(&table(&[("Force", false)], &[])).print(COLUMNS).join("\n");
    assert!(printed.contains("(no rows)"), "{printed}");
}

#[test]
fn a_table_of_too_many_columns_is_printed_as_records() {
    let titles = [("Twelve months to September", true); 12];
    let cells = ["1,234,567"; 12];
    let printed = Grid::of(&table(&titles, &[&cells])).print(COLUMNS);
    assert_eq!(printed[0], "1,234,567");
    assert_eq!(printed[1], "  Twelve months to September: 1,234,567");
    assert_eq!(printed.len(), 12);
}

#[test]
fn a_no_break_space_holds_its_words_together() {
    assert_eq!(wrap("about 31\u{a0}March", 8), ["about", "31\u{a0}March"]);
}

proptest! {
    #[test]
    fn wrapping_keeps_every_word_in_order(words in prop::collection::vec("[a-zŵé£]{1,12}", 0..60), width in 12usize..100) {
        let lines = wrap(&words.join(" "), width);
        prop_assert!(lines.iter().all(|line| letters(line) <= width));
        let again: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
        prop_assert_eq!(again, words);
    }

    #[test]
    fn no_line_but_the_first_begins_like_a_point(words in prop::collection::vec("[a-z]{1,9}|–|-|1?[0-9]\\.|b\\)", 0..60), width in 12usize..100) {
        let lines = wrap(&words.join(" "), width);
        prop_assert!(lines.iter().skip(1).all(|line| !looks_like_mark(line.split(' ').next().unwrap())), "{lines:?}");
        let again: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
        prop_assert_eq!(again, words);
    }

    #[test]
    fn a_table_is_no_wider_than_the_page(cells in prop::collection::vec(prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,9}", 3), 0..6)) {
        let rows: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let printed = Grid::of(&table(&[("Area", false), ("Finding", false), ("Remedy", false)], &rows)).print(COLUMNS);
        prop_assert!(printed.iter().all(|line| letters(line) <= COLUMNS), "{:?}", printed);
    }
}
