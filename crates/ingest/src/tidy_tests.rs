use super::*;
use crate::testing::{TestFolder, shown};
use proptest::prelude::*;
use reference::{Absence, AreaId, Mark, Marks, ReleaseId};
use rust_decimal::Decimal;
use statistics::observations::{Condition, Observations, Term};
use std::rc::Rc;

fn release() -> Release {
    Release {
        id: "a".repeat(64).parse::<ReleaseId>().unwrap(),
        source: "a-source".to_owned(),
        publisher: "Home Office".to_owned(),
        title: "A table".to_owned(),
        released: None,
        licence: "OGL".to_owned(),
        file: "a.csv".to_owned(),
    }
}

fn observation(labels: [&str; 2], value: Value, row: u32) -> Observation {
    Observation {
        series: "officers".into(),
        area: Rc::new("wiltshire".parse().unwrap()),
        period: "2016-03-31".parse().unwrap(),
        labels: labels.map(Rc::from).to_vec(),
        value,
        marks: Marks::NONE,
        sheet: "".into(),
        row,
        column: "officers".into(),
    }
}

fn dimensions() -> Vec<String> {
    vec!["age".to_owned(), "rank".to_owned()]
}

fn described(observations: &[Observation]) -> (Description, Vec<u8>) {
    let table = table(&dimensions(), observations);
    let description = describe(release(), 1, dimensions(), observations, &table, &[], BTreeMap::new());
    (description, table)
}

#[test]
fn a_tidy_table_is_plain_csv() {
    let observations = [
        observation(["", "Sergeant, \"acting\""], Value::Present(Decimal::new(125, 1)), 2),
        observation(["18 - 20", ""], Value::Absent(Absence::Confidential), 3),
    ];
    insta::assert_snapshot!(String::from_utf8(described(&observations).1).unwrap(), @r#"
    series,area,period,age,rank,value,status,sheet,row,column
    officers,wiltshire,2016-03-31,,"Sergeant, ""acting""",12.5,,,2,officers
    officers,wiltshire,2016-03-31,18 - 20,,,[c],,3,officers
    "#);
}

#[test]
fn a_description_says_what_a_release_holds() {
    let mut later = observation(["", ""], Value::Absent(Absence::NotAvailable), 2);
    later.period = "2015-04-01/2016-03-31".parse().unwrap();
    let (description, _) = described(&[observation(["", ""], Value::Absent(Absence::NotAvailable), 1), later]);
    let series = &description.series["officers"];
    assert_eq!((series.observations, &*series.first, &*series.last), (2, "2016-03-31", "2015-04-01/2016-03-31"));
}

#[test]
fn a_changed_table_is_refused_when_it_is_verified() {
    let (description, table) = described(&[observation(["", "PC"], Value::Present(Decimal::from(5)), 2)]);
    assert!(load(&description, &compress(&table), true).is_ok());
    let changed = String::from_utf8(table).unwrap().replace(",5,", ",6,");
    let compressed = compress(changed.as_bytes());
    assert!(load(&description, &compressed, false).is_ok());
    let error = load(&description, &compressed, true).unwrap_err();
    assert!(matches!(error, NotATidyRelease::Changed { .. }));
    insta::assert_snapshot!(error, @"the table is not the one its description names (SHA-256 0aa854fdff30be4c6fcd2820d840235edcd8b7c0ca6c564108b2145124ece4d6, expected a41074cfc2ead61f1732dd604c2cab240ed16cb45c7a1aa74e2555992f75e31e): it was changed after it was written; ingest the published file again");
}

#[test]
fn what_is_no_tidy_table_is_refused_with_its_line() {
    let (description, table) = described(&[observation(["", "a\nb"], Value::Present(Decimal::from(5)), 2)]);
    let text = String::from_utf8(table).unwrap();
    let told = |from: &str, to: &str| {
        assert!(text.contains(from));
        load(&description, &compress(text.replace(from, to).as_bytes()), false).unwrap_err().to_string()
    };
    let all = [
        told("age,rank", "rank,age"),
        told("wiltshire", "Wiltshire"),
        told("2016-03-31", "March"),
        told(",5,", ",five,"),
        told(",5,,", ",,,"),
        told(",5,,", ",5,[q],"),
        told(",2,officers", ",two,officers"),
        told(",2,officers", ",2"),
        told("officers\n", "officers\nofficers,wiltshire\n"),
        told(&text, ""),
    ];
    insta::assert_snapshot!(all.join("\n"), @r"
    line 1: the columns are not series, area, period, age, rank, value, status, sheet, row, column
    line 2: `Wiltshire` is not an area id: write lower-case letters, digits and single hyphens, such as `avon-and-somerset`
    line 2: `March` is not a period: write a day such as `2016-03-31`, or first and last day such as `2017-10-01/2018-09-30`
    line 2: `five` is not a number
    line 2: `` is not a shorthand symbol: use [x], [z], [c] or [n] for an absent value, [b], [e], [f], [p], [r] or [u] beside a number
    line 2: `[q]` is not a shorthand symbol: use [x], [z], [c] or [n] for an absent value, [b], [e], [f], [p], [r] or [u] beside a number
    line 2: `two` is not a row
    line 2: CSV error: record 1 (line: 2, byte: 58): found record with 9 fields, but the previous record has 10 fields
    line 4: CSV error: record 2 (line: 4, byte: 110): found record with 2 fields, but the previous record has 10 fields
    line 1: it is empty
    ");
    let (head, row) = text.split_once('\n').unwrap();
    let told = |text: &str| load(&description, &compress(text.as_bytes()), false).unwrap_err().to_string();
    insta::assert_snapshot!(told(&format!("{text}{row}")), @"line 4: it follows the 1 row of the description");
    insta::assert_snapshot!(told(head), @"line 1: it ends before the 1 row of the description");
    let mut cut = compress(text.as_bytes());
    cut.truncate(cut.len() - 5);
    insta::assert_snapshot!(load(&description, &cut, false).unwrap_err(), @"the file is damaged (unexpected end of file): take it from the repository again, or ingest the published file again");
}

#[test]
fn a_table_that_is_too_large_is_refused_never_cut() {
    assert_eq!(whole([7; 9].as_slice(), Vec::new(), 9).unwrap(), [7; 9]);
    insta::assert_snapshot!(whole([7; 10].as_slice(), Vec::new(), 9).unwrap_err(), @"its table is larger than 9 bytes, the most that is read");
}

#[test]
fn a_folder_tells_every_release_that_was_changed_or_moved() {
    let folder = TestFolder::new();
    let csv = "force,year,rank,officers\nWiltshire,2016,Constable,800\n";
    let outcome = folder.ingest("officers.csv", csv).unwrap();
    assert_eq!(folder.open().observations(None, true).unwrap().tables().len(), 1);
    let id = &sha256(csv.as_bytes());
    let told = |folder: &TestFolder| match folder.open().observations(None, true) {
        Ok(_) => "nothing".to_owned(),
        Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").replace(id, "ID"),
    };
    let changed = decompress(&std::fs::read(&outcome.path).unwrap()).unwrap();
    let changed = String::from_utf8(changed).unwrap().replace("800", "900");
    std::fs::write(&outcome.path, compress(changed.as_bytes())).unwrap();
    insta::assert_snapshot!(told(&folder), @"observations/officers-csv/ID.csv.gz: the table is not the one its description names (SHA-256 8d23073307f4696100dba661633b646a6ba9bd2b87021dd40de37d32746849d5, expected 1319f16ac6382ed86b16d876e71f4649815aebf3c303e789b97f14470072f201): it was changed after it was written; ingest the published file again: nothing was computed from it");
    std::fs::remove_file(&outcome.path).unwrap();
    insta::assert_snapshot!(told(&folder), @"observations/officers-csv/ID.csv.gz: it cannot be read (No such file or directory (os error 2)): ingest the published file again");
    let description = outcome.path.with_extension("").with_extension("json");
    std::fs::rename(&description, description.with_file_name("other.json")).unwrap();
    insta::assert_snapshot!(told(&folder), @"observations/officers-csv/other.json: it describes another release, whose place is observations/officers-csv/ID.json: ingest the published file again");
}

fn text() -> impl Strategy<Value = Rc<str>> {
    prop_oneof![Just(String::new()), "[a-c ,\"'\n\r\t;é=#-]{0,6}", "[A-Za-z ]{1,12}"].prop_map(|t| Rc::from(t.as_str()))
}

fn any_observation() -> impl Strategy<Value = Observation> {
    let present = (-10_i64.pow(18) + 1..10_i64.pow(18), 0u32..19, 0u8..64).prop_map(|(mantissa, scale, marks)| {
        let marks = Mark::ALL.into_iter().enumerate().filter(|(i, _)| marks & (1 << i) != 0);
        (Value::Present(Decimal::new(mantissa, scale).normalize()), marks.fold(Marks::NONE, |all, (_, m)| all.with(m)))
    });
    let absent = (0usize..4).prop_map(|i| (Value::Absent(Absence::ALL[i]), Marks::NONE));
    let place = (text(), any::<u32>(), text());
    let what = ("[a-z]{1,4}", "[a-z]{1,3}(-[a-z]{1,3})?", 1990i16..2030, any::<bool>());
    (what, proptest::collection::vec(text(), 2), prop_oneof![3 => present, 1 => absent], place).prop_map(
        |((series, area, year, instant), labels, (value, marks), (sheet, row, column))| {
            let year = Period::financial_year(year).unwrap();
            Observation {
                series: series.as_str().into(),
                area: Rc::new(area.parse::<AreaId>().unwrap()),
                period: if instant { Period::as_at(year.last()) } else { year },
                labels,
                value,
                marks,
                sheet,
                row,
                column,
            }
        },
    )
}

/// The question whose answer has this observation in it.
fn question(o: &Observation) -> Term {
    let named = dimensions().into_iter().zip(&o.labels).filter(|(_, label)| !label.is_empty());
    let condition = |(dimension, label): (String, &Rc<str>)| Condition {
        dimension,
        labels: vec![label.to_string()],
        except: false,
    };
    Term { series: o.series.to_string(), conditions: named.map(condition).collect() }
}

fn answers(question: &Term, asked: &Observation, o: &Observation) -> bool {
    let same = |c: &Condition| {
        let place = dimensions().iter().position(|d| *d == c.dimension).unwrap();
        *c.labels[0] == *o.labels[place]
    };
    (&o.series, &o.area, o.period) == (&asked.series, &asked.area, asked.period) && question.conditions.iter().all(same)
}

proptest! {
    #[test]
    fn a_release_reads_back_as_written(observations in proptest::collection::vec(any_observation(), 0..30)) {
        let (description, table) = described(&observations);
        let loaded = load(&description, &compress(&table), true).unwrap();
        prop_assert_eq!(loaded.len(), observations.len());
        let all = Observations::new(vec![loaded]);
        for asked in &observations {
            let term = question(asked);
            let expected: Vec<_> = observations.iter().filter(|o| answers(&term, asked, o)).collect();
            let cells = all.cells(0, &term, &asked.area, asked.period);
            let found: Vec<_> = cells
                .iter()
                .map(|(c, v)| (c.sheet.clone().unwrap_or_default(), c.row, c.column.clone(), shown(*v)))
                .collect();
            let written: Vec<_> = expected
                .iter()
                .map(|o| (o.sheet.to_string(), o.row, o.column.to_string(), shown(o.value)))
                .collect();
            prop_assert_eq!(found, written);
            let answer = all.answer(&term, &[], &[(*asked.area).clone()], &[]);
            let marks = answer.periods[&asked.period][0].unwrap().1.marks();
            prop_assert_eq!(marks, expected.iter().fold(Marks::NONE, |all, o| all.union(o.marks)));
        }
    }
}
