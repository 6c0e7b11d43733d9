use super::*;
use crate::testing::{TestFolder, gzip, ods, ods_of, xlsx, zipped};
use insta::assert_snapshot;

const CSV: &str =
    "force,year,rank,officers\nWiltshire,2016,Constable,800\nMetropolitan Police,2016,Constable,\"24,000\"\n";

const TABLE: [&[&str]; 10] = [
    &["Table 1. Police officers by force"],
    &["Force", "2015-03-31", "2016-03-31"],
    &["London", "32800", "32500"],
    &["London, City of", "700", "690"],
    &["Metropolitan Police2", "32100", "31810"],
    &["West Midlands", "7000", "6900"],
    &["West Midlands", "7000", "6900"],
    &["Wiltshire1", "1000.5", "980"],
    &["British Transport Police", "2800", "2900"],
    &["Total", "40800.5", "40380"],
];

#[test]
fn a_good_file_becomes_a_release() {
    let folder = TestFolder::new();
    let outcome = folder.ingest("officers.csv", CSV).unwrap();
    assert_eq!((outcome.known, outcome.refused.len()), (false, 0));
    assert_eq!(folder.stored().len(), 2);
    let description = fs::read_to_string(outcome.path.with_extension("").with_extension("json")).unwrap();
    assert_snapshot!(description, @r#"
    {
      "release": {
        "id": "9e08fb5cbbceed3b3200900e6505290acc4e5876f9918d729ef0f2401aaf5f25",
        "source": "officers-csv",
        "publisher": "Home Office",
        "title": "Officers",
        "released": null,
        "licence": "OGL",
        "file": "officers.csv"
      },
      "bytes": 98,
      "dimensions": [
        "rank"
      ],
      "series": {
        "officers": {
          "observations": 2,
          "first": "2016-03-31",
          "last": "2016-03-31"
        }
      },
      "table_sha256": "6393128b6c08c8a8ddb1a565e8ee98e92f2e56cd843b7f3a7f866bb90e1c1b17",
      "refused": [],
      "left_out": {}
    }
    "#);
}

#[test]
fn a_workbook_gives_its_forces_and_neither_its_regions_nor_its_total() {
    let of = |bytes: Vec<u8>| TestFolder::new().tidy("officers", bytes).replace("Sheet1", "Table_1");
    let tidy = of(ods(&TABLE));
    assert_eq!(of(xlsx(&TABLE)), tidy);
    assert_snapshot!(tidy, @r"
    officers,city-of-london,2015-03-31,all,700,,Table_1,4,B
    officers,city-of-london,2016-03-31,all,690,,Table_1,4,C
    officers,metropolitan,2015-03-31,all,32100,,Table_1,5,B
    officers,metropolitan,2016-03-31,all,31810,,Table_1,5,C
    officers,west-midlands,2015-03-31,all,7000,,Table_1,7,B
    officers,west-midlands,2016-03-31,all,6900,,Table_1,7,C
    officers,wiltshire,2015-03-31,all,1000.5,,Table_1,8,B
    officers,wiltshire,2016-03-31,all,980,,Table_1,8,C
    officers,british-transport-police,2015-03-31,all,2800,,Table_1,9,B
    officers,british-transport-police,2016-03-31,all,2900,,Table_1,9,C
    ");
    let left_out = TestFolder::new().ingest("officers.ods", ods(&TABLE)).unwrap().description.left_out;
    assert_eq!(left_out.into_iter().collect::<Vec<_>>(), [("London".to_owned(), 1), ("West Midlands".to_owned(), 1)]);
}

#[test]
fn a_table_that_does_not_add_up_is_refused_whole() {
    let folder = TestFolder::new();
    let mut rows = TABLE;
    rows[4] = &["Metropolitan Police2", "32100", "31800"];
    assert_snapshot!(folder.refusal("officers.xlsx", xlsx(&rows)), @"officers.xlsx, sheet `Sheet1`, row 10, column `C`: the table's total is 40380 and its forces add up to 40370: check for a force that is missing, doubled or misread; figures of this table must not be used until then");
}

#[test]
fn a_table_without_its_total_is_refused_whole() {
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.xlsx", xlsx(&TABLE[..9])), @"officers.xlsx, sheet `Sheet1`: the table ends without its row `Total`: check that it is the whole table");
}

#[test]
fn a_total_that_is_no_number_is_refused() {
    let folder = TestFolder::new();
    let mut rows = TABLE;
    rows[9] = &["Total", "40800.5", "see note"];
    assert_snapshot!(folder.refusal("officers.xlsx", xlsx(&rows)), @"officers.xlsx, sheet `Sheet1`, row 10, column `C`: the table's total cannot be read: `see note` is not a number: write a number, or a shorthand symbol such as [x] for not available; add the publisher's own marker to the source's `markers`");
}

#[test]
fn one_west_midlands_is_the_region_so_that_the_force_is_missed() {
    let folder = TestFolder::new();
    let rows: Vec<&[&str]> = TABLE[..5].iter().chain(&TABLE[6..]).copied().collect();
    assert_snapshot!(folder.refusal("officers.xlsx", xlsx(&rows)), @r"
    officers.xlsx, sheet `Sheet1`, row 9, column `B`: the table's total is 40800.5 and its forces add up to 33800.5: check for a force that is missing, doubled or misread; figures of this table must not be used until then
    officers.xlsx, sheet `Sheet1`, row 9, column `C`: the table's total is 40380 and its forces add up to 33480: check for a force that is missing, doubled or misread; figures of this table must not be used until then
    ");
}

#[test]
fn a_third_west_midlands_is_a_duplicate_and_breaks_the_total() {
    let folder = TestFolder::new();
    let rows: Vec<&[&str]> = TABLE[..7].iter().chain(&TABLE[6..]).copied().collect();
    assert_snapshot!(folder.refusal("officers.xlsx", xlsx(&rows)), @r"
    officers.xlsx, sheet `Sheet1`, row 11, column `B`: the table's total is 40800.5 and its forces add up to 33800.5: check for a force that is missing, doubled or misread; figures of this table must not be used until then
    officers.xlsx, sheet `Sheet1`, row 11, column `C`: the table's total is 40380 and its forces add up to 33480: check for a force that is missing, doubled or misread; figures of this table must not be used until then
    officers.xlsx, sheet `Sheet1`, row 8, column `B`: the figure of `west-midlands` for 2015-03-31 stands in row 7 already, where it is 7000: delete the row that is wrong, a region of the same name perhaps; until then neither counts
    officers.xlsx, sheet `Sheet1`, row 8, column `C`: the figure of `west-midlands` for 2016-03-31 stands in row 7 already, where it is 6900: delete the row that is wrong, a region of the same name perhaps; until then neither counts
    ");
}

#[test]
fn a_heading_merged_over_two_columns_is_refused() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Table 1. Police officers by force").unwrap();
    sheet.write_string(1, 0, "Force").unwrap();
    sheet.merge_range(1, 1, 1, 2, "2015-03-31", &rust_xlsxwriter::Format::new()).unwrap();
    sheet.write_string(1, 3, "2016-03-31").unwrap();
    sheet.write_string(2, 0, "Wiltshire").unwrap();
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.xlsx", book.save_to_buffer().unwrap()), @r"
    officers.xlsx: no source knows its tables: name the right source with --source, or describe the file in a new one; the sources are `crimes-csv`, `officers-csv`, `officers-tables`
    officers.xlsx, sheet `Sheet1`, row 2, column `C`: nearest is `officers-tables`, but the column has no heading: if the heading beside it was merged over it, undo the merge and give each column its own heading
    ");
}

#[test]
fn a_blank_heading_of_a_csv_file_is_refused() {
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.csv", "force,year,,officers\nWiltshire,2016,Constable,800\n"), @r"
    officers.csv: no source knows its tables: name the right source with --source, or describe the file in a new one; the sources are `crimes-csv`, `officers-csv`, `officers-tables`
    officers.csv, row 1, column `C`: nearest is `officers-csv`, but the column has no heading: if the heading beside it was merged over it, undo the merge and give each column its own heading
    officers.csv, row 1: nearest is `officers-csv`, but there is no column `rank`; the headings are `force`, `year`, `officers`: rename the column, or correct the source
    ");
}

#[test]
fn wrong_columns_are_refused_and_the_nearest_source_is_named() {
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.csv", "Force,year,grade,officers\nWiltshire,2016,Constable,800\n"), @r"
    officers.csv: no source knows its tables: name the right source with --source, or describe the file in a new one; the sources are `crimes-csv`, `officers-csv`, `officers-tables`
    officers.csv, row 1: nearest is `officers-csv`, but there is no column `force`, `rank`; the headings are `Force`, `year`, `grade`, `officers`: rename the column, or correct the source
    ");
}

#[test]
fn a_file_like_no_source_is_refused_without_naming_one_as_near() {
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("other.csv", "a,b\n1,2\n"), @"other.csv: no source knows its tables: name the right source with --source, or describe the file in a new one; the sources are `crimes-csv`, `officers-csv`, `officers-tables`");
}

#[test]
fn a_heading_over_two_columns_is_refused() {
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.csv", "force,year,rank,officers,officers\nWiltshire,2016,Constable,800,1\n"), @r"
    officers.csv: no source knows its tables: name the right source with --source, or describe the file in a new one; the sources are `crimes-csv`, `officers-csv`, `officers-tables`
    officers.csv, row 1, column `officers`: nearest is `officers-csv`, but the heading stands over two columns: give each column its own heading
    ");
}

#[test]
fn a_file_that_fits_two_sources_must_be_told_which() {
    let second = "id: other\ntitle: Other\npublisher: P\nlicence: L\ntables:\n  - area: { column: force }\n    period: { as: end-of-march, column: year }\n    values: [{ column: officers, series: heads }]\n";
    let folder = TestFolder::new().with("sources/other.yaml", second);
    assert_snapshot!(folder.refusal("officers.csv", CSV), @"officers.csv: the sources `officers-csv`, `other` all fit: name the right one with --source");
    let named = Options { source: Some("other".to_owned()), ..Options::default() };
    assert_eq!(folder.ingest_as("officers.csv", CSV, &named).unwrap().description.release.source, "other");
    let unknown = Options { source: Some("others".to_owned()), ..Options::default() };
    assert_snapshot!(folder.ingest_as("officers.csv", CSV, &unknown).unwrap_err(), @"officers.csv: there is no source `others` (did you mean `other`?): name one of `crimes-csv`, `officers-csv`, `officers-tables`, `other`");
}

#[test]
fn a_truncated_gzip_is_refused() {
    let folder = TestFolder::new();
    let mut bytes = gzip(CSV.as_bytes());
    bytes.truncate(bytes.len() - 9);
    assert_snapshot!(folder.refusal("officers.csv.gz", bytes), @"officers.csv.gz: the gzip file ends or breaks after 97 bytes of contents (incomplete deflate stream): download it again: it is cut off or damaged; nothing was read from it");
}

#[test]
fn a_gzip_bomb_is_refused() {
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.csv.gz", gzip(&vec![b'0'; 70 << 20])), @"officers.csv.gz: 71373 bytes that unpack to more than 67108864: check where it comes from: no published table is packed so tightly; nothing was read from it");
}

#[test]
fn a_workbook_that_unpacks_to_a_bomb_is_refused() {
    let folder = TestFolder::new();
    let bomb = zipped(&[("mimetype", ""), ("Pictures/a.png", &" ".repeat(70 << 20))]);
    assert_snapshot!(folder.refusal("officers.ods", bomb), @"officers.ods: 71579 bytes that unpack to more than 67108864: check where it comes from: no published table is packed so tightly; nothing was read from it");
}

#[test]
fn a_cell_that_repeats_for_ever_is_refused() {
    let folder = TestFolder::new();
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16000\"/></table:table-row>";
    assert_snapshot!(folder.refusal("officers.ods", ods_of(row)), @"officers.ods: its sheets span 16000000000 cells; 5000000 are the most that are read: delete what stands far outside the table, or check where the file comes from");
}

#[test]
fn a_workbook_that_is_cut_off_is_refused() {
    let folder = TestFolder::new();
    let mut zip = xlsx(&TABLE);
    zip.truncate(zip.len() / 2);
    assert_snapshot!(folder.refusal("officers.xlsx", zip), @"officers.xlsx: the workbook cannot be opened (invalid Zip archive: Could not find EOCD): download it again, or save it anew as ODS or XLSX");
    let inside = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", "<office:spreadsheet><table:table table:name=\"Table_1\"><table:table-row>"),
    ]);
    assert_snapshot!(folder.refusal("officers.ods", inside), @"officers.ods: the workbook cannot be opened (content.xml ends before its last element does): download it again, or save it anew as ODS or XLSX");
}

#[test]
fn a_cell_far_from_the_table_is_refused() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_number(1_000_000, 16_000, 1).unwrap();
    let folder = TestFolder::new();
    assert_snapshot!(folder.refusal("officers.xlsx", book.save_to_buffer().unwrap()), @"officers.xlsx, sheet `Sheet1`: its sheets span 16001016001 cells; 5000000 are the most that are read: delete what stands far outside the table, or check where the file comes from");
}

#[test]
fn an_empty_file_and_one_of_headings_alone_are_refused() {
    let folder = TestFolder::new();
    for empty in ["", "\n\r\n", "\u{feff}"] {
        assert_eq!(folder.refusal("officers.csv", empty), "officers.csv: the file is empty: download it again");
    }
    assert_snapshot!(folder.refusal("officers.csv", "force,year,rank,officers\n"), @"officers.csv: there are headings and no row of figures below them: check that it is the whole file");
}

#[test]
fn what_is_not_utf8_is_refused() {
    let folder = TestFolder::new();
    let bytes = b"force,year,rank,officers\n\nWiltshire,2016,Constable,\xa3800\n".to_vec();
    assert_snapshot!(folder.refusal("officers.csv", bytes), @"officers.csv, row 3: a cell is not UTF-8 text: save the file again as `CSV UTF-8`");
}

#[test]
fn the_same_file_again_changes_nothing() {
    let folder = TestFolder::new();
    let bad = format!("{CSV}Wessex,2016,Constable,5\n");
    assert!(!folder.ingest("officers.csv", bad.as_str()).unwrap().known);
    let before = folder.stored();
    assert!(folder.ingest("officers.csv", bad.as_str()).unwrap().known);
    assert!(folder.ingest("downloads/officers (1).csv", bad.as_str()).unwrap().known, "its name does not matter");
    assert_eq!(folder.stored(), before);
}

#[test]
fn under_other_rules_it_is_refused_unless_it_is_to_be_replaced() {
    let folder = TestFolder::new();
    folder.ingest("officers.csv", CSV).unwrap();
    let folder = folder.changed("sources/officers-csv.yaml", "series: officers", "series: constables");
    let id = tidy::sha256(CSV.as_bytes());
    assert_snapshot!(folder.refusal("officers.csv", CSV).replace(&id, "ID"), @"observations/officers-csv/ID.csv.gz: this published file was ingested before, under other rules or with another title or date: editions may rest on the stored release; give --again to replace it");
    let again = Options { again: true, ..Options::default() };
    let outcome = folder.ingest_as("officers.csv", CSV, &again).unwrap();
    assert_eq!((outcome.known, outcome.description.series.contains_key("constables")), (false, true));
    assert_eq!(folder.stored().len(), 2);
}

#[test]
fn when_it_cannot_be_written_nothing_is_left() {
    let folder = TestFolder::new().with("observations", "a file in the way");
    let id = tidy::sha256(CSV.as_bytes());
    assert_snapshot!(folder.refusal("officers.csv", CSV).replace(&id, "ID"), @"observations/officers-csv/ID.csv.gz: it cannot be written (Not a directory (os error 20)): free some space or check who may write there; nothing was changed");
    assert_eq!(fs::read_to_string(folder.path().join("observations")).unwrap(), "a file in the way");

    // The table can be put in its place and the description cannot.
    let folder = TestFolder::new().with(&format!("observations/officers-csv/{id}.json/a"), "a folder in the way");
    let again = Options { again: true, ..Options::default() };
    let before = folder.stored();
    assert_snapshot!(folder.ingest_as("officers.csv", CSV, &again).unwrap_err().replace(&id, "ID"), @"observations/officers-csv/ID.csv.gz: it cannot be written (Is a directory (os error 21)): free some space or check who may write there; nothing was changed");
    assert_eq!(folder.stored(), before);
}
