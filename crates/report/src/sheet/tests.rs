use super::*;
use crate::workbook_tests::example;

#[test]
fn what_a_cell_cannot_hold_is_made_good() {
    for (words, printed) in
        [("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\tb", "a\tb"), ("a\u{1}b\u{FFFE}", "a\u{FFFD}b\u{FFFD}"), (" é ", " é ")]
    {
        assert_eq!(printable(words), printed);
    }
}

#[test]
fn the_name_of_a_table_is_never_the_name_of_a_cell() {
    for (id, name) in [
        ("workforce-fte", "workforce_fte"),
        ("abc2018", "table_abc2018"),
        ("r1c1", "table_r1c1"),
        ("2018-fte", "table_2018_fte"),
    ] {
        assert_eq!(table_name(id), name);
        assert!(rust_xlsxwriter::utility::check_name(name).is_ok());
    }
}

#[test]
fn a_line_too_long_to_spill_wraps_in_a_wider_first_column() {
    let mut workbook = example();
    assert!(sheets(&workbook)[2].widths[0] < WRAPPING);
    workbook.datasets[0].description = vec!["long ".repeat(40)];
    let sheet = &sheets(&workbook)[2];
    assert_eq!(sheet.widths[0], WRAPPING);
    assert_eq!(sheet.rows[2][0].style, Style::Line(Fit::Wrap));
    assert_eq!(sheet.rows[3][0].style, Style::Line(Fit::Spill));
}

#[test]
fn a_workbook_without_notes_has_no_sheet_for_them() {
    let mut workbook = example();
    workbook.notes.clear();
    let names: Vec<String> = sheets(&workbook).into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, [COVER, CONTENTS, "Officers & staff"]);
}

#[test]
fn a_column_is_wide_enough_for_its_numbers_as_shown() {
    let mut workbook = example();
    workbook.datasets[0].rows[0][1] = crate::workbook_tests::number("-1234567890.5");
    // "−1,234,567,891" is 14 characters.
    assert!(sheets(&workbook)[2].widths[1] > 14);
}

#[test]
fn a_heading_keeps_its_note_on_the_line_of_its_last_word() {
    // "population [note 1]" is 19 characters.
    assert!(sheets(&example())[2].widths[3] > 19);
}
