use super::*;
use crate::testing::{gzip, ods, ods_of, xlsx, zipped};
use proptest::prelude::*;

#[test]
fn columns_have_the_letters_of_a_spreadsheet() {
    assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
}

#[test]
fn every_line_ending_makes_rows() {
    for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "\u{feff}a,b\n1,2"] {
        let sheets = read("a.csv", text.as_bytes().to_vec()).unwrap();
        assert_eq!(sheets[0].rows, [vec!["a", "b"], vec!["1", "2"]], "{text:?}");
    }
}

#[test]
fn rows_that_are_not_utf8_are_all_named() {
    let problems = read("a.csv", b"a\n\xff\nb\n\xfe\n".to_vec()).unwrap_err();
    assert_eq!(problems.iter().map(|p| p.place.row).collect::<Vec<_>>(), [Some(2), Some(4)]);
}

#[test]
fn a_lone_cell_far_away_is_refused_before_the_sheet_is_built() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_number(1_000_000, 16_000, 1).unwrap();
    let problem = read("far.xlsx", book.save_to_buffer().unwrap()).unwrap_err();
    assert!(problem[0].to_string().contains("its sheets span 16001016001 cells"), "{}", problem[0]);
}

#[test]
fn a_workbook_starts_at_its_first_row_and_column() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(2, 1, "Cleveland").unwrap();
    sheet.write_number(2, 2, 6092.459999999999).unwrap();
    let sheets = read("a.xlsx", book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(sheets[0].rows[2].iter().collect::<Vec<_>>(), ["", "Cleveland", "6092.459999999999"]);
}

#[test]
fn blank_rows_are_counted_whatever_ends_the_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["", "a", "", "", "b", "\"c\n\nd\"", "", "e", ""].join(end);
        let rows = &read("a.csv", text.clone().into_bytes()).unwrap()[0].rows;
        let shown: Vec<&str> = rows.iter().map(|r| r.get(0).unwrap_or("")).collect();
        assert_eq!(shown, ["", "a", "", "", "b", "c\n\nd", "", "e"], "{text:?}");
    }
}

#[test]
fn a_workbook_packed_with_gzip_is_read() {
    let rows: [&[&str]; 2] = [&["a", "b"], &["1", "x"]];
    let plain = read("a.xlsx", xlsx(&rows)).unwrap();
    assert_eq!(read("a.xlsx.gz", gzip(&xlsx(&rows))).unwrap(), plain);
    assert_eq!(plain[0].rows, [vec!["a", "b"], vec!["1", "x"]]);
    assert_eq!(read("a.ods", ods(&rows)).unwrap()[0].rows, plain[0].rows);
}

#[test]
fn days_are_written_as_days() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    book.add_worksheet().write_number_with_format(0, 0, 42_460, &format).unwrap();
    assert_eq!(&read("a.xlsx", book.save_to_buffer().unwrap()).unwrap()[0].rows[0][0], "2016-03-31");
    let day = "<table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2016-03-31T00:00:00\"/></table:table-row>";
    assert_eq!(&read("a.ods", ods_of(day)).unwrap()[0].rows[0][0], "2016-03-31");
}

#[test]
fn a_csv_file_of_single_records_is_refused() {
    let problem = read("a.csv", b"1\n".repeat(3_000_001)).unwrap_err();
    insta::assert_snapshot!(problem[0], @"a.csv: it has more than 3000000 rows or 30000000 cells: check that it is a table of figures and not of single records");
}

const ROWS: [&[&str]; 3] = [&["Police officers by force", ""], &["Force", "2016-03-31"], &["Wiltshire", "12.5"]];

/// A part of a text replaced by another.
fn spliced(bytes: &[u8], (at, length, with): &(prop::sample::Index, usize, Vec<u8>)) -> Vec<u8> {
    let from = at.index(bytes.len() + 1);
    let to = (from + length).min(bytes.len());
    [&bytes[..from], with, &bytes[to..]].concat()
}

fn splice() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "</",
        "/>",
        "\"",
        "'",
        "&",
        "&#0;",
        "\u{0}",
        "99999999999",
        "-1",
        "1e999",
        "table:",
        "]]>",
        "<!--",
        "r=\"A1\"",
        "r=\"ZZZZZZZ9\"",
    ]);
    let with = prop_oneof![proptest::collection::vec(any::<u8>(), 0..5), pieces.prop_map(|p| p.as_bytes().to_vec())];
    (any::<prop::sample::Index>(), 0usize..40, with)
}

/// The files inside a zip archive, as text.
fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |index: usize, archive: &mut zip::ZipArchive<Cursor<&[u8]>>| {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..archive.len()).map(|index| part(index, &mut archive)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(start in prop::sample::select(vec![&b""[..], b"PK", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xef\xbb\xbf"]), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("a", [start, &bytes].concat());
    }

    #[test]
    fn no_damage_to_a_file_makes_it_panic(splice in splice(), which in 0usize..4) {
        let whole = match which {
            0 => b"force,year,\"officers\"\r\nWiltshire,2016,\"1,234\"\r\n".to_vec(),
            1 => ods(&ROWS),
            2 => xlsx(&ROWS),
            _ => gzip(b"force,year\nWiltshire,2016\n"),
        };
        let _ = read("a", spliced(&whole, &splice));
    }

    #[test]
    fn no_damage_to_the_parts_of_a_workbook_makes_it_panic_or_hang(splices in proptest::collection::vec(splice(), 1..3), part in any::<prop::sample::Index>(), is_ods in any::<bool>()) {
        let mut parts = unzipped(&if is_ods { ods(&ROWS) } else { xlsx(&ROWS) });
        let place = part.index(parts.len());
        for splice in &splices {
            let damaged = spliced(parts[place].1.as_bytes(), splice);
            parts[place].1 = String::from_utf8_lossy(&damaged).into_owned();
        }
        let files: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (&**name, &**text)).collect();
        let _ = read("a", zipped(&files));
    }
}
