use super::*;
use crate::testing::{TestFolder, ods, shown, xlsx};
use insta::assert_snapshot;

const HEADER: &str = "force,year,rank,officers";

#[test]
fn text_in_a_number_cell_is_told_and_kept_as_not_available() {
    let folder = TestFolder::new();
    let csv = format!(
        "{HEADER}\nWiltshire,2016,Constable,about 800\nMetropolitan,2016,Constable,\nBTP,2016,Constable,2 [q]\n"
    );
    assert_snapshot!(folder.refused("officers.csv", csv.as_str()), @r"
    officers.csv, row 2, column `officers`: `about 800` is not a number: write a number, or a shorthand symbol such as [x] for not available; add the publisher's own marker to the source's `markers`
    officers.csv, row 3, column `officers`: the cell is blank: write the number, or [x] when it is not available, [z] when it does not apply, [c] when it is confidential
    officers.csv, row 4, column `officers`: `2 [q]` is not a number with shorthand: `[q]` is not a shorthand symbol: use [x], [z], [c] or [n] for an absent value, [b], [e], [f], [p], [r] or [u] beside a number
    ");
    assert_snapshot!(folder.tidy("officers.csv", csv), @r"
    officers,wiltshire,2016-03-31,Constable,,[x],,2,officers
    officers,metropolitan,2016-03-31,Constable,,[x],,3,officers
    officers,british-transport-police,2016-03-31,Constable,,[x],,4,officers
    ");
}

#[test]
fn an_unknown_force_is_told_with_its_row() {
    let folder = TestFolder::new();
    let csv = format!(
        "{HEADER}\nWessex,2016,Constable,5\nWiltshire,2016,Constable,800\nOld Borough,2016,Constable,1\n,2016,Constable,7\n"
    );
    assert_snapshot!(folder.refused("officers.csv", csv.as_str()), @r"
    officers.csv, row 2, column `force`: `Wessex` is no force that the register knows: correct the name, add it as an alias in `register/forces.csv`, or add it to the source's `skip` when it is no force
    officers.csv, row 4, column `force`: `Old Borough` is no force that the register knows: correct the name, add it as an alias in `register/forces.csv`, or add it to the source's `skip` when it is no force
    officers.csv, row 5, column `force`: the row has figures and names no force: write the force in every row; a name merged over several rows stands in the first alone
    ");
    assert_eq!(folder.tidy("officers.csv", csv), "officers,wiltshire,2016-03-31,Constable,800,,,3,officers\n");
}

#[test]
fn a_duplicate_makes_both_rows_not_available() {
    let folder = TestFolder::new();
    let csv = format!(
        "{HEADER}\nWest Midlands,2016,Constable,7000\nWiltshire,2016,Constable,800\nWest Midlands,2016,Constable,6900\nwest-midlands,2016,Constable,1\n"
    );
    assert_snapshot!(folder.refused("officers.csv", csv.as_str()), @r"
    officers.csv, row 4, column `officers`: the figure of `west-midlands` for 2016-03-31 stands in row 2 already, where it is 7000: delete the row that is wrong, a region of the same name perhaps; until then neither counts
    officers.csv, row 5, column `officers`: the figure of `west-midlands` for 2016-03-31 stands in row 2 already: delete the row that is wrong, a region of the same name perhaps; until then neither counts
    ");
    assert_snapshot!(folder.tidy("officers.csv", csv), @r"
    officers,west-midlands,2016-03-31,Constable,,[x],,2,officers
    officers,wiltshire,2016-03-31,Constable,800,,,3,officers
    officers,west-midlands,2016-03-31,Constable,,[x],,4,officers
    officers,west-midlands,2016-03-31,Constable,,[x],,5,officers
    ");
}

#[test]
fn rows_that_the_source_says_add_up_are_both_kept() {
    let folder = TestFolder::new();
    let csv = "force,year,crimes\nWiltshire,2015/16,5\nWiltshire,2015/16,7\n";
    assert_eq!(folder.refused("crimes.csv", csv), "");
    assert_eq!(folder.tidy("crimes.csv", csv).lines().count(), 2);
}

#[test]
fn a_bad_period_is_told_with_how_to_write_it() {
    let folder = TestFolder::new();
    let csv = "force,year,crimes\nWiltshire,2015-2017,5\nWiltshire,2015/16,7\n";
    assert_snapshot!(folder.refused("crimes.csv", csv), @"crimes.csv, row 2, column `year`: `2015-2017` is not a period: write the financial year as `2017/18`");
}

#[test]
fn a_row_with_the_wrong_number_of_cells_is_told() {
    let folder = TestFolder::new();
    let csv =
        format!("{HEADER}\nWiltshire,2016,Constable\nWiltshire,2016,Constable,1,234\nMetropolitan,2016,Constable,9\n");
    assert_snapshot!(folder.refused("officers.csv", csv), @r"
    officers.csv, row 2: the row has 3 cells and the headings are 4: look for a missing or an extra comma, or an unclosed quotation mark
    officers.csv, row 3: the row has 5 cells and the headings are 4: look for a missing or an extra comma, or an unclosed quotation mark
    ");
}

#[test]
fn markers_thousands_and_blanks_are_read_as_published() {
    let folder = TestFolder::new();
    let csv = format!(
        "{HEADER}\nWiltshire,2014,Constable,..\nWiltshire,2015,Constable,\"1,234\"\nWiltshire,2016,Constable, -00 \nWiltshire,2017,Constable,12.50 [p]\nEngland and Wales,2016,Constable,5\n"
    );
    assert_eq!(folder.refused("officers.csv", csv.as_str()), "");
    assert_snapshot!(folder.tidy("officers.csv", csv), @r"
    officers,wiltshire,2014-03-31,Constable,,[x],,2,officers
    officers,wiltshire,2015-03-31,Constable,1234,,,3,officers
    officers,wiltshire,2016-03-31,Constable,0,,,4,officers
    officers,wiltshire,2017-03-31,Constable,12.5,[p],,5,officers
    ");
}

#[test]
fn footnotes_at_names_and_numbers_are_taken_off() {
    let rows: [&[&str]; 5] = [
        &["Police officers by force"],
        &["Force", "2016-03-31"],
        &["Wiltshire1,2", "2*"],
        &["Metropolitan Police", "1,234~"],
        &["Total", "1236"],
    ];
    for bytes in [xlsx(&rows), ods(&rows)] {
        let folder = TestFolder::new();
        let outcome = folder.ingest("officers.ods", bytes.clone()).unwrap();
        assert_eq!(outcome.refused, []);
        let values: Vec<String> =
            folder.tidy("officers.ods", bytes).lines().map(|l| l.split(',').skip(4).take(2).collect()).collect();
        assert_eq!(values, ["2", "1234[r]"]);
    }
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let folder = TestFolder::new();
    let csv = format!("\n{HEADER}\n\nWiltshire,2016,\"a\nquoted\nnewline\",5\n\n\nWessex,2016,Constable,5\n");
    let expected = "row 7, column `force`: `Wessex` is no force";
    for text in [csv.clone(), csv.replace('\n', "\r\n"), csv.replace('\n', "\r"), format!("\u{feff}{csv}")] {
        let told = folder.refused("officers.csv", text.as_str());
        assert!(told.contains(expected), "{text:?}: {told}");
    }
}

#[test]
fn a_row_of_commas_is_blank() {
    let folder = TestFolder::new();
    assert_eq!(folder.refused("officers.csv", format!("{HEADER}\nWiltshire,2016,Constable,5\n,,,\n,,,\n")), "");
}

#[test]
fn figures_below_a_name_merged_over_two_rows_are_told() {
    let rows: [&[&str]; 6] = [
        &["Police officers by force"],
        &["Force", "2016-03-31"],
        &["Wiltshire", "2"],
        &["", "3"],
        &["Metropolitan Police", "4"],
        &["Total", "6"],
    ];
    assert_snapshot!(TestFolder::new().refused("officers.xlsx", xlsx(&rows)), @"officers.xlsx, sheet `Sheet1`, row 4, column `A`: the row has figures and names no force: write the force in every row; a name merged over several rows stands in the first alone");
}

#[test]
fn a_refused_number_breaks_the_total_that_counts_it() {
    let rows: [&[&str]; 5] = [
        &["Police officers by force"],
        &["Force", "2016-03-31"],
        &["Wiltshire", "two"],
        &["Metropolitan Police", "4"],
        &["Total", "6"],
    ];
    assert_snapshot!(TestFolder::new().refusal("officers.xlsx", xlsx(&rows)), @r"
    officers.xlsx, sheet `Sheet1`, row 5, column `B`: the table's total is 6 and its forces add up to 4: check for a force that is missing, doubled or misread; figures of this table must not be used until then
    officers.xlsx, sheet `Sheet1`, row 3, column `B`: `two` is not a number: write a number, or a shorthand symbol such as [x] for not available; add the publisher's own marker to the source's `markers`
    ");
}

#[test]
fn a_return_names_its_series_in_a_column() {
    let source = "id: return\ntitle: Return\npublisher: P\nlicence: L\ntables:\n  - area: { column: force }\n    period: { as: period, column: period }\n    values: [{ column: value, series-column: series }]\n";
    let folder = TestFolder::new().with("sources/return.yaml", source);
    let csv = "force,series,period,value\nWiltshire,complaints,2015-04-01/2016-03-31,12\nWiltshire,,2016-03-31,5\n";
    assert_snapshot!(folder.refused("return.csv", csv), @"return.csv, row 3, column `series`: the row names no series: write the id of the series");
    assert_snapshot!(folder.tidy("return.csv", csv), @"complaints,wiltshire,2015-04-01/2016-03-31,12,,,2,value");
}

#[test]
fn a_return_holds_series_that_exist_and_numbers_that_they_can_have() {
    let source = "id: return\ntitle: Return\npublisher: P\nlicence: L\nseries: { complaints: count, rest-days: amount, net-spending: balance }\ntables:\n  - area: { column: force }\n    period: { as: period, column: period }\n    values: [{ column: value, series-column: series }]\n";
    let folder = TestFolder::new().with("sources/return.yaml", source);
    let rows = [
        "Wiltshire,complaints,-5",
        "Metropolitan,complaints,4.5",
        "BTP,complaints,4.5 [e]",
        "Wiltshire,rest-days,-0.5",
        "BTP,rest-days,0.5",
        "Wiltshire,net-spending,-0.5",
        "Wiltshire,complaint,12",
        "Wiltshire,something-else,-1.5",
        "Metropolitan,complaints,[x]",
        "Wiltshire,complaints,5",
    ];
    let lines: String = rows.iter().map(|row| format!("{row},2016-03-31\n")).collect();
    let csv = format!("force,series,value,period\n{lines}");
    assert_snapshot!(folder.refused("return.csv", csv.as_str()), @r"
    return.csv, row 2, column `value`: `-5` is below zero, which `complaints` cannot be: write the number, or [x] when it is not available
    return.csv, row 3, column `value`: `4.5` is not a whole number, and `complaints` is a count: write a whole number, or `4.5 [e]` when it is an estimate
    return.csv, row 5, column `value`: `-0.5` is below zero, which `rest-days` cannot be: write the number, or [x] when it is not available
    return.csv, row 8, column `series`: there is no series `complaint` (did you mean `complaints`?): correct the series, or list it under `series` in sources/return.yaml when it is another
    ");
    assert_snapshot!(folder.tidy("return.csv", csv), @r"
    complaints,wiltshire,2016-03-31,5,,,11,value
    complaints,metropolitan,2016-03-31,,[x],,10,value
    complaints,british-transport-police,2016-03-31,4.5,[e],,4,value
    rest-days,wiltshire,2016-03-31,,[x],,5,value
    rest-days,british-transport-police,2016-03-31,0.5,,,6,value
    net-spending,wiltshire,2016-03-31,-0.5,,,7,value
    something-else,wiltshire,2016-03-31,-1.5,,,9,value
    ");
}

#[test]
fn a_refused_row_leaves_its_place_to_the_row_that_is_right() {
    let folder = TestFolder::new();
    let csv = format!(
        "{HEADER}\nWiltshire,2016,Constable,about 800\nWiltshire,2016,Constable,?\nWiltshire,2016,Constable,800\nWiltshire,2016,Constable,801 [q]\nBTP,2016,Constable,2\nBTP,2016,Constable,two\n"
    );
    let told = folder.refused("officers.csv", csv.as_str());
    assert_eq!((told.lines().count(), told.contains("already")), (4, false), "{told}");
    assert_snapshot!(folder.tidy("officers.csv", csv), @r"
    officers,wiltshire,2016-03-31,Constable,800,,,4,officers
    officers,british-transport-police,2016-03-31,Constable,2,,,6,officers
    ");
    let again = format!("{HEADER}\nBTP,2016,Constable,two\nBTP,2016,Constable,2\nBTP,2016,Constable,2\n");
    assert!(folder.refused("officers.csv", again).contains("stands in row 3 already, where it is 2"));
}

#[test]
fn a_smaller_area_belongs_to_its_force() {
    let source = "id: people\ntitle: People\npublisher: P\nlicence: L\ntables:\n  - area: { column: code, lookup: districts, skip-starting: [S] }\n    period: { as: mid-year, column: year }\n    values: [{ column: people, series: population }]\n";
    let folder = TestFolder::new().with("sources/people.yaml", source).with(
        "register/districts.csv",
        "code,name,force\nE06000030,Swindon,wiltshire\nE06000054,Wiltshire,wiltshire\n",
    );
    let csv = "code,year,people\nE06000030,2016,217\nE06000054,2016,488\nS12000033,2016,9\nE06000099,2016,1\n";
    assert_snapshot!(folder.refused("people.csv", csv), @"people.csv, row 5, column `code`: `E06000099` is not in `register/districts.csv`: add it to `register/districts.csv` with its force, or to the source's `skip`");
    assert_snapshot!(folder.tidy("people.csv", csv), @r"
    population,wiltshire,2016-06-30,E06000030,217,,,2,people
    population,wiltshire,2016-06-30,E06000054,488,,,3,people
    ");
}

#[test]
fn a_repeated_figure_of_two_sheets_names_the_sheet() {
    let source = crate::testing::workbook_source();
    let sheet = |name: &str| Sheet {
        name: name.to_owned(),
        rows: [["Police officers by force", ""], ["Force", "2016-03-31"], ["Wiltshire", "5"], ["Total", "5"]]
            .map(|cells| cells.to_vec().into())
            .to_vec(),
    };
    let sheets = [sheet("A"), sheet("B")];
    let folder = TestFolder::new().open();
    let tables: Vec<_> =
        sheets.iter().flat_map(|s| crate::locate::locate("a.ods", &source, std::slice::from_ref(s)).unwrap()).collect();
    let out = extract("a.ods", &source, &tables, &sheets, &folder.register, &folder.lookups);
    assert_eq!(out.observations.iter().map(|o| shown(o.value)).collect::<Vec<_>>(), ["[x]", "[x]"]);
    assert_snapshot!(out.refused[0], @"a.ods, sheet `B`, row 3, column `B`: the figure of `wiltshire` for 2016-03-31 stands in sheet `A`, row 3 already, where it is 5: delete the row that is wrong, a region of the same name perhaps; until then neither counts");
}
