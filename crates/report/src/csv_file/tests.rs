use super::*;
use crate::dataset::Kind;
use crate::workbook_tests::{example, field, number};
use proptest::prelude::*;
use reference::Marks;

#[test]
fn a_dataset_is_a_header_and_a_line_a_row() {
    let csv = write(&example().datasets[0]);
    assert!(csv.lines().count() == csv.matches("\r\n").count());
    insta::assert_snapshot!(csv, @r#"
    force,officers,officers_status,rate,rate_status,counted,counted_status
    Dyfed-Powys,1162.75,,2.2493,,2018-03-31,
    Hertfordshire,1914.5,[e][r],,[x],,[n]
    "#);
}

#[test]
fn a_column_has_a_status_only_where_a_cell_has_something_to_say() {
    let example = example();
    let names: Vec<String> = columns(&example.datasets[0]).iter().map(Column::name).collect();
    assert_eq!(names, ["force", "officers", "officers_status", "rate", "rate_status", "counted", "counted_status"]);
}

#[test]
fn a_part_has_the_columns_of_the_whole() {
    let dataset = &example().datasets[0];
    let whole = write(dataset);
    let part = write_rows(&columns(dataset), dataset.rows.iter().take(1));
    assert_eq!(part.lines().collect::<Vec<_>>(), whole.lines().take(2).collect::<Vec<_>>());
}

#[test]
fn a_dataset_with_a_status_of_its_own_gets_no_other() {
    let mut dataset = example().datasets.remove(0);
    dataset.columns[0].name = "status".into();
    let names: Vec<String> = columns(&dataset).iter().map(Column::name).collect();
    assert_eq!(names, ["status", "officers", "rate", "counted"]);
    assert!(write(&dataset).contains("\r\nHertfordshire,1914.5,,\r\n"));
}

#[test]
fn words_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not() {
    for (words, written) in [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-", "'-"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("'=x", "''=x"),
        ("'x", "'x"),
        ("a=b", "a=b"),
    ] {
        assert_eq!(guarded(words), written);
    }
    let mut dataset = example().datasets.remove(0);
    dataset.columns = vec![field("n", "N", Kind::Number { places: 0 })];
    dataset.rows = vec![
        vec![number("-5")],
        vec![number("-0.0")],
        vec![number("0.10")],
        vec![number("79228162514264337593543950335")],
    ];
    assert_eq!(write(&dataset), "n\r\n-5\r\n0\r\n0.1\r\n79228162514264337593543950335\r\n");
}

fn unguarded(words: &str) -> String {
    match words.strip_prefix('\'') {
        Some(rest) if guarded(rest) != rest => rest.to_owned(),
        _ => words.to_owned(),
    }
}

proptest! {
    #[test]
    fn an_outside_reader_gets_every_word_and_number_back(
        rows in prop::collection::vec(("[=+@'\",a-zé\\n\\r\\t -]{1,8}", any::<i64>(), 0u32..20), 1..8)
    ) {
        let mut dataset = example().datasets.remove(0);
        dataset.columns.truncate(2);
        dataset.rows = rows
            .iter()
            .map(|(words, digits, scale)| vec![Cell::Text(words.clone()), Cell::Number(Decimal::new(*digits, *scale), Marks::NONE)])
            .collect();
        let csv = write(&dataset);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read.len(), rows.len());
        for (record, (words, digits, scale)) in read.iter().zip(&rows) {
            prop_assert_eq!(unguarded(&record[0]), printable(words));
            prop_assert_eq!(record[1].parse::<Decimal>().unwrap(), Decimal::new(*digits, *scale));
        }
    }
}
