use super::*;
use crate::workbook_tests::{example, number};

/// The only fault of the example after this change must contain these words.
fn finds(words: &str, change: impl FnOnce(&mut Workbook)) {
    let mut workbook = example();
    change(&mut workbook);
    let faults = check(&workbook);
    assert!(faults.iter().any(|fault| fault.contains(words)), "{words}: {faults:?}");
    assert!(faults.iter().all(|fault| fault.contains(": ")), "a fault has a remedy: {faults:?}");
}

#[test]
fn a_workbook_in_order_has_no_fault() {
    assert_eq!(check(&example()), Vec::<String>::new());
}

#[test]
fn sheets_need_lawful_names_of_their_own() {
    finds("`notes` and `Notes`", |w| w.datasets[0].sheet = "notes".to_owned());
    finds("has 32 characters", |w| w.datasets[0].sheet = "x".repeat(32));
    finds("Excel refuses", |w| w.datasets[0].sheet = "a/b".to_owned());
    finds("Excel refuses", |w| w.datasets[0].sheet = "forces'".to_owned());
    finds("has no name", |w| w.datasets[0].sheet = " ".to_owned());
    finds("the id of another table", |w| w.datasets[0].id = "contents".to_owned());
    finds("is not the id of a dataset", |w| w.datasets[0].id = "Officers".to_owned());
}

#[test]
fn headings_are_there_and_differ() {
    finds("`force` has no heading", |w| w.datasets[0].columns[0].title = String::new());
    finds("two columns are headed `Force`", |w| w.datasets[0].columns[3].title = "Force".to_owned());
    finds("two columns are headed `Officers: status`", |w| {
        w.datasets[0].columns[3].title = "Officers: status".to_owned()
    });
    finds("two columns of the CSV file are named `rate_status`", |w| {
        w.datasets[0].columns[3].name = "rate_status".to_owned()
    });
    finds("longer than 255", |w| w.datasets[0].columns[0].title = "x".repeat(256));
}

#[test]
fn a_table_is_whole() {
    finds("row 2 of the table has 3 cells for 4 columns", |w| drop(w.datasets[0].rows[1].pop()));
    finds("row 1 of the table, column `force`: the cell is empty", |w| {
        w.datasets[0].rows[0][0] = Cell::Text("  ".to_owned())
    });
    finds("the text is longer", |w| w.datasets[0].rows[0][0] = Cell::Text("x".repeat(LONGEST_TEXT + 1)));
    finds("not of the column's kind", |w| w.datasets[0].rows[0][0] = number("1"));
    finds("no rows", |w| w.datasets[0].rows.clear());
    finds("no title", |w| w.datasets[0].title.clear());
    finds("no source", |w| w.datasets[0].source.clear());
    finds("a line above the table is empty", |w| w.datasets[0].description.push(String::new()));
}

#[test]
fn a_key_names_columns_and_tells_rows_apart() {
    finds("names the column `area`", |w| w.datasets[0].key = vec!["area".to_owned()]);
    finds("row 3 of the table has the key of a row above", |w| {
        let first = w.datasets[0].rows[0].clone();
        w.datasets[0].rows.push(first);
    });
}

#[test]
fn notes_are_named_and_exist() {
    finds("refers to note 2, which does not exist", |w| w.datasets[0].columns[0].notes = vec![2]);
    finds("no heading refers to note 2", |w| w.notes.push("Nobody needs this.".to_owned()));
    finds("note 1 is empty", |w| w.notes[0].clear());
}

#[test]
fn a_workbook_says_what_it_is() {
    finds("has no title", |w| w.title.clear());
    finds("has no language", |w| w.language.clear());
    finds("use a year from 1900", |w| w.date = jiff::civil::date(1829, 6, 19));
    finds("the workbook has no table", |w| w.datasets.clear());
}
