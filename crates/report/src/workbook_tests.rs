//! ODS and XLSX read back by an outside reader: both must equal the dataset, whatever words and numbers it holds.

use crate::csv_file::plain_decimal;
use crate::dataset::{Cell, Dataset, Field, Kind, Workbook};
use crate::sheet::printable;
use crate::{ods, xlsx};
use calamine::{Data, Ods, Reader, Xlsx};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use reference::{Absence, Mark, Marks};
use rust_decimal::Decimal;
use std::io::{Cursor, Read};

pub(crate) fn field(name: &str, title: &str, kind: Kind) -> Field {
    Field {
        name: name.to_owned(),
        title: title.to_owned(),
        description: format!("{title} of the force."),
        kind,
        notes: Vec::new(),
    }
}

pub(crate) fn number(text: &str) -> Cell {
    Cell::Number(text.parse().unwrap(), Marks::NONE)
}

/// Two forces, two numbers with marks and absences, a day; nothing amiss.
pub(crate) fn example() -> Workbook {
    let marks = Marks::NONE.with(Mark::Estimated).with(Mark::Revised);
    let words = |words: &str| Cell::Text(words.to_owned());
    let mut rate = field("rate", "Officers per 1,000 population", Kind::Number { places: 2 });
    rate.notes = vec![1];
    let dataset = Dataset {
        id: "officers".to_owned(),
        sheet: "Officers & staff".to_owned(),
        title: "Police officers by force, 31 March 2018".to_owned(),
        description: vec!["Full-time equivalents, all funding streams.".to_owned()],
        source: "Home Office, Police workforce open data table, July 2022".to_owned(),
        columns: vec![
            field("force", "Force", Kind::Text),
            field("officers", "Officers", Kind::Number { places: 0 }),
            rate,
            field("counted", "Counted on", Kind::Date),
        ],
        rows: vec![
            vec![words("Dyfed-Powys"), number("1162.75"), number("2.2493"), Cell::Date(date(2018, 3, 31))],
            vec![
                words("Hertfordshire"),
                Cell::Number("1914.5".parse().unwrap(), marks),
                Cell::Absent(Absence::NotAvailable),
                Cell::Absent(Absence::NotYetSupplied),
            ],
        ],
        key: vec!["force".to_owned()],
    };
    Workbook {
        language: "en-GB".to_owned(),
        title: "Police officers, March 2018".to_owned(),
        publisher: "Peelian".to_owned(),
        date: date(2018, 9, 30),
        cover: vec!["What the tables hold.".to_owned()],
        banner: Some("Training: these figures are made up.".to_owned()),
        notes: vec!["Population is the mid-year estimate of 2017.".to_owned()],
        datasets: vec![dataset],
    }
}

/// A sheet as both formats give it back, by an outside reader.
type Rows = Vec<Vec<Data>>;

fn read<R: Reader<Cursor<Vec<u8>>>>(bytes: Vec<u8>, sheet: &str) -> Rows
where
    R::Error: std::fmt::Debug,
{
    let mut book = R::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn both(workbook: &Workbook, sheet: &str) -> [Rows; 2] {
    [read::<Ods<_>>(ods::write(workbook), sheet), read::<Xlsx<_>>(xlsx::write(workbook).unwrap(), sheet)]
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(words) => words.clone(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(day) => {
            let days = day.as_f64();
            // A serial number is a whole count of days since 30 December 1899.
            let days: i32 = days.to_string().parse().unwrap();
            date(1899, 12, 30).saturating_add(jiff::Span::new().days(days)).to_string()
        }
        Data::DateTimeIso(day) => day.clone(),
        other => panic!("a cell of no kind we write: {other:?}"),
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_sheet_has_its_title_its_lines_and_its_table_and_nothing_else() {
    for rows in both(&example(), "Officers & staff") {
        let text: Vec<String> = rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" | ")).collect();
        insta::allow_duplicates! {
            insta::assert_snapshot!(text.join("\n"), @r#"
            Police officers by force, 31 March 2018 |  |  |  | 
            Training: these figures are made up. |  |  |  | 
            Full-time equivalents, all funding streams. |  |  |  | 
            Source: Home Office, Police workforce open data table, July 2022 |  |  |  | 
            Shorthand in this table: [x] not available; [n] not yet supplied; [e] estimated; [r] revised. |  |  |  | 
            An empty cell in a status column means that there is nothing to say of the number to its left. |  |  |  | 
            Notes named in the headings are on the last sheet, Notes. |  |  |  | 
            This sheet contains one table, the same as the file officers.csv. |  |  |  | 
            Force | Officers | Officers: status | Officers per 1,000 population [note 1] | Counted on
            Dyfed-Powys | 1162.75 |  | 2.2493 | 2018-03-31
            Hertfordshire | 1914.5 | [e][r] | [x] | [n]
            "#);
        }
    }
}

#[test]
fn the_contents_and_the_notes_are_tables_of_their_own() {
    for rows in both(&example(), "Contents") {
        let last: Vec<String> = rows[rows.len() - 2..].iter().flatten().map(shown).collect();
        assert_eq!(
            last,
            ["Officers & staff", "Police officers by force, 31 March 2018", "Notes", "Notes to the tables"]
        );
    }
    for rows in both(&example(), "Notes") {
        let last: Vec<String> = rows[2..].iter().flatten().map(shown).collect();
        assert_eq!(last, ["Note", "What it says", "[note 1]", "Population is the mid-year estimate of 2017."]);
    }
}

#[test]
fn the_same_workbook_is_the_same_bytes() {
    assert!(ods::write(&example()) == ods::write(&example()));
    assert!(xlsx::write(&example()).unwrap() == xlsx::write(&example()).unwrap());
}

#[test]
fn an_ods_file_says_its_type_at_byte_38() {
    let bytes = ods::write(&example());
    assert_eq!(&bytes[30..84], b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet".as_slice());
}

#[test]
fn both_files_mark_titles_as_headings_and_say_title_author_language_and_date() {
    let ods = ods::write(&example());
    assert!(part(&ods, "content.xml").contains(
        r#"<table:table-cell table:style-name="Heading_20_1" office:value-type="string"><text:p>Police officers by"#
    ));
    let meta = part(&ods, "meta.xml");
    for said in [
        "<dc:title>Police officers, March 2018<",
        "<dc:creator>Peelian<",
        "<dc:language>en-GB<",
        "<dc:date>2018-09-30T",
    ] {
        assert!(meta.contains(said), "{meta}");
    }
    assert!(part(&ods, "styles.xml").contains(r#"fo:language="en" fo:country="GB""#));
    let xlsx = xlsx::write(&example()).unwrap();
    let core = part(&xlsx, "docProps/core.xml");
    for said in [
        "<dc:title>Police officers, March 2018<",
        "<dc:creator>Peelian<",
        "<dc:language>en-GB<",
        ">2018-09-30T00:00:00Z</dcterms:created>",
    ] {
        assert!(core.contains(said), "{core}");
    }
    let styles = part(&xlsx, "xl/styles.xml");
    assert!(styles.contains(r#"<cellStyle name="Heading 1" xfId="1" builtinId="16"/>"#), "{styles}");
    // The cover wraps its title and the sheets spill theirs, so two formats are instances of the heading.
    assert_eq!(styles.matches(r#" xfId="1" apply"#).count(), 2, "{styles}");
}

#[test]
fn each_table_is_named_and_reaches_its_last_cell() {
    let content = part(&ods::write(&example()), "content.xml");
    let range = r#"table:name="table_officers" table:target-range-address="'Officers &amp; staff'.A9:'Officers &amp; staff'.E11" table:contains-header="true""#;
    assert!(content.contains(range), "{content}");
    let mut book = Xlsx::new(Cursor::new(xlsx::write(&example()).unwrap())).unwrap();
    book.load_tables().unwrap();
    let table = book.table_by_name("table_officers").unwrap();
    assert_eq!(
        table.columns(),
        ["Force", "Officers", "Officers: status", "Officers per 1,000 population [note 1]", "Counted on"]
    );
    assert_eq!(table.data().height(), 2);
}

#[test]
fn a_sheet_may_have_any_lawful_name() {
    for name in ["<Tom & \"Jerry's\">", "a''b", "Plant; machinery, 100%", "Cymru: no".trim_end_matches(": no"), "Ŵ €"]
    {
        let mut workbook = example();
        workbook.datasets[0].sheet = name.to_owned();
        for rows in both(&workbook, name) {
            assert_eq!(shown(&rows[0][0]), "Police officers by force, 31 March 2018");
        }
    }
}

#[test]
fn a_day_before_excel_can_count_is_words_in_both() {
    let mut workbook = example();
    workbook.datasets[0].rows[0][3] = Cell::Date(date(1839, 8, 27));
    for rows in both(&workbook, "Officers & staff") {
        assert_eq!(rows[rows.len() - 2][4], Data::String("1839-08-27".to_owned()));
    }
}

fn awkward_words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("&".to_owned()),
        Just("<b>".to_owned()),
        Just("]]>".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("=SUM(A1)".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\t".to_owned()),
        Just("  ".to_owned()),
        Just(" ".to_owned()),
        Just("Ynys Môn".to_owned()),
        Just("👮🏽‍♀️".to_owned()),
        Just("_x0041_".to_owned()),
        Just("\u{1}".to_owned()),
        Just(",".to_owned()),
        Just("-1".to_owned()),
        "[ -~]{1,6}",
        "\\PC{1,4}",
    ];
    prop::collection::vec(piece, 1..6)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("not blank", |words| !words.trim().is_empty())
}

fn any_cell() -> impl Strategy<Value = (String, Decimal, Date)> {
    let number = (any::<i64>(), 0u32..12).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    let day = (1900i16..2100, 3i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day));
    (awkward_words(), number, day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_cell_reads_back_as_it_is(rows in prop::collection::vec(any_cell(), 1..6), title in awkward_words()) {
        let mut workbook = example();
        let dataset = &mut workbook.datasets[0];
        dataset.title = title.clone();
        dataset.rows = rows
            .iter()
            .map(|(words, number, day)| vec![
                Cell::Text(words.clone()), Cell::Number(*number, Marks::NONE), Cell::Absent(Absence::Confidential), Cell::Date(*day),
            ])
            .collect();
        for read in both(&workbook, "Officers & staff") {
            prop_assert_eq!(shown(&read[0][0]), printable(&title));
            let table = &read[read.len() - rows.len()..];
            for (cells, (words, number, day)) in table.iter().zip(&rows) {
                prop_assert_eq!(shown(&cells[0]), printable(words));
                let nearest: f64 = plain_decimal(*number).parse().unwrap();
                prop_assert_eq!(&cells[1], &Data::Float(nearest));
                prop_assert_eq!(shown(&cells[2]), "[c]");
                prop_assert_eq!(shown(&cells[3]), day.to_string());
            }
        }
    }
}
