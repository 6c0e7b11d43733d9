//! What must hold for any file: the counts are those of the `csv` crate, however the bytes are divided into blocks, streams and threads,
//! and whatever the order of the files.

use crate::written::{BY, Folder, cells, gzip};
use proptest::prelude::*;
use records::{Count, Fault};
use std::collections::BTreeMap;

/// A field as somebody may write it, lawfully: bare, or within marks with commas, line ends and doubled marks.
fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 é.-]{0,12}",
        1 => "([a-z,\n é]|\r\n|\"\"){0,12}".prop_map(|text| format!("\"{text}\"")),
        1 => Just("A text that is longer than two words of a dictionary".to_owned()),
        1 => "[a-z]{1,3}\"[a-z\"]{0,3}",
    ]
}

fn end() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("\n"), 1 => Just("\r\n")]
}

/// The text of a file whose header is the first line; some rows have too many or too few fields.
fn file() -> impl Strategy<Value = String> {
    let row = (prop::collection::vec(field(), 4), prop_oneof![9 => Just(4usize), 1 => 1usize..=4], end());
    let rows = prop::collection::vec(row, 0..60);
    (rows, any::<bool>(), any::<bool>()).prop_map(|(rows, has_mark, ends)| {
        let mut text = String::from(if has_mark { "\u{feff}" } else { "" });
        text += "Falls within,Crime type,Month,Note\n";
        for (fields, width, end) in rows {
            // An empty line is no row: neither for us nor for the other reader.
            let fields = &fields[..width];
            if fields.len() == 1 && fields[0].is_empty() {
                continue;
            }
            text += &fields.join(",");
            text += end;
        }
        if !ends { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
    })
}

/// The counts of the `csv` crate: by the published values, and how many rows have the wrong number of fields.
fn expected(text: &str) -> (BTreeMap<Vec<String>, u64>, u64) {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let (mut counts, mut wrong) = (BTreeMap::new(), 0);
    for record in reader.records() {
        let record = record.unwrap();
        if record.len() == 4 {
            let month: Vec<u8> = record[2].bytes().take(7).collect();
            let labels = vec![record[0].to_owned(), String::from_utf8_lossy(&month).into_owned(), record[1].to_owned()];
            *counts.entry(labels).or_default() += 1;
        } else {
            wrong += 1;
        }
    }
    (counts, wrong)
}

/// The same with the labels that the library makes of published names.
fn slugged(counts: BTreeMap<Vec<String>, u64>) -> Vec<String> {
    let mut slugged: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for (mut labels, count) in counts {
        let words: Vec<String> =
            labels[0].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        labels[0] = words.join("-");
        *slugged.entry(labels).or_default() += count;
    }
    slugged.into_iter().map(|(labels, count)| format!("{} {count}", labels.join(" "))).collect()
}

proptest! {
    #[test]
    fn counts_are_those_of_the_csv_crate_in_any_blocks_and_threads(text in file(), block in 1usize..300, threads in 1usize..4, is_packed in any::<bool>()) {
        let folder = Folder::new();
        let path = if is_packed { folder.file("a.csv.gz", gzip(text.as_bytes())) } else { folder.file("a.csv", &text) };
        let counted = Count::by(BY).block(block).threads(threads).files(&[path]);
        let (counts, wrong) = expected(&text);
        prop_assert_eq!(cells(&counted), slugged(counts));
        prop_assert_eq!(counted.files[0].refused, wrong);
    }

    #[test]
    fn no_order_of_files_changes_a_count(texts in prop::collection::vec(file(), 1..5)) {
        let folder = Folder::new();
        let mut paths: Vec<_> = texts.iter().enumerate().map(|(at, text)| folder.file(&format!("{at}.csv"), text)).collect();
        let forth = Count::by(BY).files(&paths);
        paths.reverse();
        let back = Count::by(BY).files(&paths);
        prop_assert!(forth.cubes == back.cubes);
        let told = |counted: &records::Counted| counted.unknown.iter().map(|u| (u.dimension, u.label.clone(), u.rows)).collect::<Vec<_>>();
        prop_assert!(told(&forth) == told(&back));
    }
}

#[test]
fn a_quoted_line_end_on_a_block_boundary_ends_no_row() {
    let folder = Folder::new();
    let mut text = String::from("Falls within,Crime type,Month,Note\n");
    for at in 0..50 {
        text += &format!("Kent Police,Drugs,2018-01,\"one, {at}\n\"\"two\"\"\nthree\"\nSussex Police,Drugs,2018-02,\n");
    }
    let path = folder.file("a.csv", &text);
    for block in 1..200 {
        let counted = Count::by(BY).block(block).threads(2).files(std::slice::from_ref(&path));
        assert_eq!(cells(&counted), ["kent 2018-01 Drugs 50", "sussex 2018-02 Drugs 50"], "blocks of {block}");
    }
}

#[test]
fn refused_rows_are_told_with_their_lines_in_any_blocks() {
    let folder = Folder::new();
    let text = b"Falls within,Crime type,Month,Note\r\nKent Police,Drugs,2018-01,\"a\nb\"\r\nKent Police,Drugs\r\n\r\nKent Police,Drugs,2018-01,\xff\r\nKent Police,Drugs,2018-01,x,y\r\nKent Police,Drugs,2018-01,z";
    let path = folder.file("a.csv", text);
    for block in 1..150 {
        let counted = Count::by(BY).block(block).threads(2).files(std::slice::from_ref(&path));
        assert_eq!(cells(&counted), ["kent 2018-01 Drugs 2"], "blocks of {block}");
        let told = &counted.files[0].first_refused;
        assert_eq!(*told, [(4, Fault::Fields(2)), (6, Fault::NotUtf8), (7, Fault::Fields(5))], "blocks of {block}");
    }
}
