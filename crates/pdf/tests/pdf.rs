//! Documents through the press and back: what a reader of the page sees and what a screen reader is told.

mod records;
mod sample;
mod structure;

use pdf::{PdfError, Printer};
use report::document::{Block, Column, Document, Inline, Table, paragraph, text};
use sample::{document, every_block, figure, heading, link, number, ranked, small_table};
use std::sync::LazyLock;
use structure::Structure;

static PRINTER: LazyLock<Printer> = LazyLock::new(|| Printer::house().unwrap());

const BASE: &str = "https://peel.example/forces/hertfordshire/";

fn print(document: &Document) -> Structure {
    Structure::read(&PRINTER.print(document, None).unwrap())
}

/// The words of the pages without the breaks between lines, which layout decides.
fn run_on(structure: &Structure) -> String {
    structure.words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_kind_of_block_conforms_to_pdf_ua() {
    let read = print(&every_block());
    assert!(read.claims_ua && read.marked && read.shows_title);
    assert_eq!(read.language.as_deref(), Some("en-GB"));
    assert_eq!(read.title.as_deref(), Some("Data pack"));
}

#[test]
fn headings_follow_the_document_below_its_title() {
    let read = print(&every_block());
    let expected = [
        ("H1", "Data pack"),
        ("H2", "Contents"),
        ("H2", "Workforce"),
        ("H3", "Officers"),
        ("H4", "A smaller heading"),
        ("H2", "The figures behind the charts"),
    ];
    assert_eq!(read.headings(), expected);
}

#[test]
fn every_table_has_headers_for_its_columns_and_rows() {
    let read = print(&every_block());
    let tables = read.all(&["Table"]);
    assert_eq!(tables.len(), 7, "three in the text, four behind charts");
    for table in tables {
        let (mut captions, mut cells, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        table.gather(&["Caption"], &mut captions);
        table.gather(&["TH"], &mut cells);
        table.gather(&["TR"], &mut rows);
        let of = |scope: &str| cells.iter().filter(|cell| cell.scope.as_deref() == Some(scope)).count();
        assert_eq!(captions.len(), 1);
        assert_eq!(of("Column"), rows[0].parts.len());
        assert_eq!(of("Row"), rows.len() - 1);
        assert_eq!(cells.len(), of("Column") + of("Row"));
    }
}

#[test]
fn every_figure_has_its_text_alternative_and_a_caption() {
    let read = print(&every_block());
    let expected: Vec<String> =
        (1..=4).map(|n| format!("Columns of 43 forces in chart {n}: Hertfordshire stands below the middle.")).collect();
    assert_eq!(read.alternatives(), expected);
    assert_eq!(read.all(&["Caption"]).len(), 4 + 7);
    assert!(run_on(&read).contains("Figure 1. Hertfordshire records less crime"));
}

/// The words of every element of this type that holds them.
fn words_of(read: &Structure, kind: &str) -> Vec<String> {
    read.all(&[kind]).iter().map(|element| element.words.trim().to_owned()).collect()
}

#[test]
fn a_grade_is_heard_as_words_and_its_steps_are_not() {
    let read = print(&every_block());
    let cells = words_of(&read, "TD");
    for expected in ["Good, carried over from 2017", "Not known"] {
        assert!(cells.contains(&expected.to_owned()), "{expected}: {cells:?}");
    }
    assert!(words_of(&read, "P").contains(&"Requires improvement".to_owned()));
}

#[test]
fn a_finding_is_told_under_its_label_and_leads_to_no_line_of_the_contents() {
    let read = print(&every_block());
    assert!(words_of(&read, "P").contains(&"Cause of concern 1".to_owned()), "{:?}", words_of(&read, "P"));
    let contents = words_of(&read, "TOC").concat();
    assert!(contents.contains("Workforce") && !contents.contains("Cause of concern"), "{contents}");
    let linked = document(
        "Links",
        vec![
            Block::Paragraph { text: vec![link("the cause", "#one")] },
            Block::Finding {
                kind: "recommendation".to_owned(),
                label: "Recommendation".to_owned(),
                id: "one".to_owned(),
                number: None,
                blocks: vec![paragraph("Record every use of force.")],
            },
        ],
    );
    assert_eq!(print(&linked).all(&["Link"]).len(), 1);
}

#[test]
fn a_quotation_is_one_with_its_speaker() {
    let read = print(&every_block());
    let quotes = words_of(&read, "BlockQuote");
    assert_eq!(quotes, ["“I am pleased with what the force has done.”HM Inspector Zoë Billingham"]);
}

#[test]
fn a_footnote_is_set_once_however_often_it_is_named() {
    let read = print(&every_block());
    assert_eq!(read.all(&["Note"]).len(), 2);
    assert_eq!(run_on(&read).matches("Counted in full-time equivalents, as at 31 March.").count(), 1);
}

#[test]
fn a_footnote_keeps_its_number_wherever_it_is_first_named() {
    let mut odd =
        document("Footnotes", vec![Block::Paragraph { text: vec![text("Late."), Inline::Footnote { index: 2 }] }]);
    odd.footnotes = ["never named", "named by a note", "named first"].map(|words| vec![text(words)]).to_vec();
    odd.footnotes[2].extend([Inline::Footnote { index: 1 }, Inline::Footnote { index: 2 }]);
    let read = print(&odd);
    let words = run_on(&read);
    assert_eq!(read.all(&["Note"]).len(), 2);
    assert!(words.contains("Late. 3") && words.contains("1. never named"), "{words}");
}

#[test]
fn a_footnote_that_is_missing_is_refused_by_number() {
    let bad = document("Footnotes", vec![Block::Paragraph { text: vec![Inline::Footnote { index: 3 }] }]);
    let error = PRINTER.print(&bad, None).unwrap_err().to_string();
    assert_eq!(error, "`Footnotes` names footnote 4 and has 0: add the footnote or remove its mark");
}

#[test]
fn the_same_document_makes_the_same_bytes() {
    let first = PRINTER.print(&every_block(), Some(BASE)).unwrap();
    PRINTER.print(&sample::data_pack(3), Some(BASE)).unwrap();
    let again = Printer::house().unwrap().print(&every_block(), Some(BASE)).unwrap();
    assert!(first == again);
}

#[test]
fn threads_share_one_printer() {
    let print = |seed| PRINTER.print(&sample::data_pack(seed), Some(BASE)).unwrap();
    let together: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|seed| scope.spawn(move || print(seed))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(together == (0..3).map(print).collect::<Vec<_>>());
}

#[test]
fn markup_in_a_text_stays_text() {
    let awkward = "#let x = 1; *not bold* _nor_ @label <tag> `raw` $x^2$ = no // comment \\ \"quoted\" #panic()";
    let title = "A title so long that it needs three lines of the cover, about Ŵyllt, ŷ and #set page(width: 1pt)";
    let mut strange = document(
        title,
        vec![heading(2, "a #b ]", "= #emph[head]"), paragraph(awkward), Block::Table(small_table("#t", 2))],
    );
    strange.subtitle = Some("*Heddlu* Gwent".to_owned());
    strange.running = "#counter(page)".to_owned();
    strange.banner = Some("[]".to_owned());
    let read = print(&strange);
    let words = run_on(&read);
    assert!(words.contains(awkward), "{words}");
    assert!(words.contains("*Heddlu* Gwent") && words.contains("#counter(page)"));
    assert_eq!(read.headings(), [("H1", title), ("H2", "= #emph[head]")]);
}

#[test]
fn a_table_without_rows_says_so() {
    let empty = Table { rows: Vec::new(), ..small_table("empty", 0) };
    let none = Table { columns: Vec::<Column>::new(), rows: Vec::new(), ..small_table("none", 0) };
    let read =
        print(&document("Empty", vec![Block::Table(empty), Block::Table(none), Block::Tiles { tiles: Vec::new() }]));
    assert_eq!(run_on(&read).matches("This table has no rows.").count(), 2);
}

#[test]
fn a_crowded_document_conforms_and_loses_nothing() {
    let read = print(&sample::crowded());
    let words = run_on(&read);
    assert_eq!(read.all(&["Figure"]).len(), 3);
    assert_eq!(words.matches("Partly met").count(), 14);
    assert_eq!(words.matches("121,929").count(), 80);
}

#[test]
fn numbers_as_published_are_marked_one_by_one_or_by_one_line_for_a_table() {
    let words = run_on(&print(&sample::crowded()));
    assert_eq!(words.matches("All numbers as published.").count(), 1);
    assert_eq!(words.matches('†').count(), 2, "the number in the text, and the explanation on the cover");
    assert_eq!(
        run_on(&print(&document("No numbers", vec![paragraph("None.")]))).matches("bound to its data").count(),
        0
    );
}

#[test]
fn a_row_that_is_too_short_is_refused() {
    let mut uneven = small_table("uneven", 3);
    uneven.rows[1].pop();
    let error = PRINTER.print(&document("Uneven", vec![Block::Table(uneven)]), None).unwrap_err().to_string();
    assert_eq!(error, "`Uneven`, table `uneven`, row 2: 3 cells below 4 columns");
}

#[test]
fn a_long_table_repeats_its_header_and_keeps_every_row() {
    let read = print(&document("Long", vec![Block::Table(small_table("long", 120))]));
    assert_eq!(read.all(&["TR"]).len(), 121);
    assert!(run_on(&read).matches("Most similar group").count() >= 3, "a header a page");
}

#[test]
fn links_are_absolute_or_gone() {
    let piece = || {
        vec![
            link("method", "../../method/"),
            number("12", Some("derivations/n/")),
            link("odd", "javascript:x"),
            link("in", "#here"),
        ]
    };
    let linked = document("Links", vec![heading(2, "here", "Here"), Block::Paragraph { text: piece() }]);
    let with = PRINTER.print(&linked, Some(BASE)).unwrap();
    let holds = |file: &[u8], address: &str| file.windows(address.len()).any(|part| part == address.as_bytes());
    assert!(holds(&with, "(https://peel.example/method/)"));
    assert!(holds(&with, "(https://peel.example/forces/hertfordshire/derivations/n/)"));
    assert!(!holds(&with, "javascript"));
    assert_eq!(Structure::read(&with).all(&["Link"]).len(), 3);
    assert_eq!(print(&linked).all(&["Link"]).len(), 1, "only the one inside the document");
}

#[test]
fn a_welsh_document_speaks_welsh() {
    let mut welsh = document(
        "Pecyn data",
        vec![Block::Contents, heading(2, "a", "Gweithlu"), Block::Figure(Box::new(figure(1, "f", ranked())))],
    );
    welsh.language = "cy-GB".to_owned();
    let read = print(&welsh);
    let words = run_on(&read);
    assert_eq!(read.language.as_deref(), Some("cy-GB"));
    for expected in ["Medi 2018", "Cynnwys", "Ffigur 1.", "Y ffigurau y tu ôl i'r siartiau"] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
}

#[test]
fn what_cannot_be_set_is_refused_in_plain_words() {
    let strange = document("Signs", vec![paragraph("The sign 警 is not in the fonts.")]);
    let error = PRINTER.print(&strange, None).unwrap_err().to_string();
    assert!(error.contains("U+8B66") && error.contains("The sign"), "{error}");
    let skipping = document("Levels", vec![heading(2, "a", "A"), heading(4, "b", "B")]);
    let error = PRINTER.print(&skipping, None).unwrap_err().to_string();
    assert!(error.contains("skipped from heading level 2 to 4"), "{error}");
    let none: [&[u8]; 0] = [];
    assert!(matches!(Printer::new(none), Err(PdfError::Font { number: 0, of: 0 })));
    assert!(matches!(Printer::new([&b"no font"[..]]), Err(PdfError::Font { number: 1, of: 1 })));
}
