use super::*;
use proptest::prelude::*;

fn release(digit: char, released: &str) -> Release {
    Release {
        id: digit.to_string().repeat(64).parse().unwrap(),
        source: "test".into(),
        publisher: "Home Office".into(),
        title: "Test".into(),
        released: Some(released.parse().unwrap()),
        licence: "OGL".into(),
        file: "test.csv".into(),
    }
}

fn table(release: Release, rows: &[(&str, &str, &str, Value)]) -> Table {
    let mut table = Table::new(release, vec!["sex".into()]);
    for (number, (area, period, sex, value)) in rows.iter().enumerate() {
        table
            .push(Row {
                series: "officers",
                area: &area.parse().unwrap(),
                period: period.parse().unwrap(),
                labels: &[sex],
                value: *value,
                marks: Marks::NONE,
                sheet: "",
                row: u32::try_from(number).unwrap() + 2,
                column: "fte",
            })
            .unwrap();
    }
    table
}

fn number(text: &str) -> Value {
    Value::Present(text.parse().unwrap())
}

fn term(sex: Option<&str>) -> Term {
    let condition = |label: &str| Condition { dimension: "sex".into(), labels: vec![label.into()], except: false };
    Term { series: "officers".into(), conditions: sex.map(condition).into_iter().collect() }
}

fn ask(observations: &Observations, sex: Option<&str>, pins: &[Pin]) -> Vec<(String, usize, Value)> {
    let answer = observations.answer(&term(sex), &[], &["a".parse().unwrap()], pins);
    let line = |(period, sums): (Period, Vec<Option<(usize, Sum)>>)| {
        let (table, sum) = sums[0].unwrap();
        (period.to_string(), table, sum.value())
    };
    answer.periods.into_iter().map(line).collect()
}

#[test]
fn the_cells_of_all_areas_are_those_of_each() {
    let rows = [
        ("a", "2016-03-31", "Female", number("0.1")),
        ("b", "2016-03-31", "Female", number("7")),
        ("a", "2016-03-31", "Male", number("0.2")),
        ("a", "2017-03-31", "Female", number("9")),
    ];
    let observations = Observations::new(vec![table(release('a', "2017-01-01"), &rows)]);
    let period = "2016-03-31".parse().unwrap();
    let all = observations.cells_of_all(0, &term(Some("Female")), period);
    assert_eq!(all.iter().map(|(area, cell, _)| (area.as_str(), cell.row)).collect::<Vec<_>>(), [("a", 2), ("b", 3)]);
    let of_a = observations.cells(0, &term(None), &"a".parse().unwrap(), period);
    assert_eq!(
        of_a.iter().map(|(cell, value)| (cell.row, *value)).collect::<Vec<_>>(),
        [(2, number("0.1")), (4, number("0.2"))]
    );
    assert!(observations.cells(0, &term(None), &"c".parse().unwrap(), period).is_empty());
    assert!(observations.cells_of_all(0, &term(None), "2018-03-31".parse().unwrap()).is_empty());
}

#[test]
fn cells_add_up_exactly_and_say_where_they_stand() {
    let rows = [
        ("a", "2016-03-31", "Female", number("0.1")),
        ("a", "2016-03-31", "Male", number("0.2")),
        ("b", "2016-03-31", "Male", number("7")),
    ];
    let observations = Observations::new(vec![table(release('1', "2016-07-21"), &rows)]);
    assert_eq!(ask(&observations, None, &[]), [("2016-03-31".to_string(), 0, number("0.3"))]);
    assert_eq!(ask(&observations, Some("Male"), &[]), [("2016-03-31".to_string(), 0, number("0.2"))]);
    let cells = observations.cells(0, &term(Some("Male")), &"a".parse().unwrap(), "2016-03-31".parse().unwrap());
    assert_eq!(cells.len(), 1);
    assert_eq!(cells[0].0.to_string(), "row 3, column `fte`");
}

#[test]
fn a_part_that_is_not_available_leaves_no_total_and_one_that_does_not_apply_adds_nothing() {
    let total = |second| {
        let rows = [("a", "2016-03-31", "Female", number("5")), ("a", "2016-03-31", "Male", Value::Absent(second))];
        ask(&Observations::new(vec![table(release('1', "2016-07-21"), &rows)]), None, &[])[0].2
    };
    assert_eq!(total(Absence::NotAvailable), Value::Absent(Absence::NotAvailable));
    assert_eq!(total(Absence::NotYetSupplied), Value::Absent(Absence::NotYetSupplied));
    assert_eq!(total(Absence::NotApplicable), number("5"));
}

#[test]
fn the_newest_release_answers_for_each_period_unless_a_pin_says_otherwise() {
    let old = table(
        release('1', "2016-07-21"),
        &[("a", "2015-03-31", "", number("1")), ("a", "2016-03-31", "", number("2"))],
    );
    let new = table(release('2', "2022-07-27"), &[("a", "2016-03-31", "", number("3"))]);
    let observations = Observations::new(vec![new, old]);
    let values =
        |pins: &[Pin]| ask(&observations, None, pins).into_iter().map(|(_, table, v)| (table, v)).collect::<Vec<_>>();
    assert_eq!(values(&[]), [(0, number("1")), (1, number("3"))]);
    let mut pin = Pin {
        series: Some("officers".into()),
        period: Some("2016-03-31".parse().unwrap()),
        release: "1".repeat(64).parse().unwrap(),
    };
    assert_eq!(values(&[pin.clone()]), [(0, number("1")), (0, number("2"))]);
    pin.series = Some("staff".into());
    assert_eq!(values(&[pin]), [(0, number("1")), (1, number("3"))]);
}

#[test]
fn a_return_of_one_force_or_its_correction_leaves_the_others_as_they_are() {
    let all = table(
        release('1', "2016-07-21"),
        &[("a", "2016-03-31", "", number("1")), ("b", "2016-03-31", "", number("2"))],
    );
    let correction = table(release('2', "2016-08-01"), &[("b", "2016-03-31", "", number("3"))]);
    let observations = Observations::new(vec![all, correction]);
    let areas = ["a".parse().unwrap(), "b".parse().unwrap()];
    let answer = observations.answer(&term(None), &[], &areas, &[]);
    let found: Vec<_> =
        answer.periods.values().next().unwrap().iter().map(|s| s.unwrap()).map(|(t, s)| (t, s.value())).collect();
    assert_eq!(found, [(0, number("1")), (1, number("3"))]);
}

#[test]
fn a_release_that_is_not_broken_down_as_asked_does_not_answer() {
    let old = table(release('1', "2016-07-21"), &[("a", "2016-03-31", "Female", number("2"))]);
    let new = table(release('2', "2022-07-27"), &[("a", "2016-03-31", "", number("9"))]);
    let observations = Observations::new(vec![old, new]);
    assert_eq!(ask(&observations, Some("Female"), &[]), [("2016-03-31".to_string(), 0, number("2"))]);
    assert_eq!(ask(&observations, None, &[])[0].2, number("9"));
    // Beside a term that needs the breakdown, the whole comes from the release that has it.
    let answer = observations.answer(&term(None), &[term(Some("Female"))], &["a".parse().unwrap()], &[]);
    assert_eq!(answer.periods.values().next().unwrap()[0].unwrap().1.value(), number("2"));
}

#[test]
fn nineteen_digits_are_refused_rather_than_rounded() {
    let mut table = Table::new(release('1', "2016-07-21"), vec![]);
    let row = Row {
        series: "s",
        area: &"a".parse().unwrap(),
        period: "2016-03-31".parse().unwrap(),
        labels: &[],
        value: number("12345678901234567890"),
        marks: Marks::NONE,
        sheet: "",
        row: 2,
        column: "x",
    };
    assert!(table.push(row).unwrap_err().to_string().contains("18 digits"));
    assert!(table.is_empty());
}

proptest! {
    #[test]
    fn a_sum_is_the_sum_of_its_cells(values in prop::collection::vec((-1_000_000_000i64..1_000_000_000, 0u32..9), 1..40)) {
        let rows: Vec<_> = values.iter().map(|(m, s)| ("a", "2016-03-31", "", Value::Present(Decimal::new(*m, *s)))).collect();
        let observations = Observations::new(vec![table(release('1', "2016-07-21"), &rows)]);
        let expected: Decimal = values.iter().map(|(m, s)| Decimal::new(*m, *s)).sum();
        prop_assert_eq!(ask(&observations, None, &[])[0].2, Value::Present(expected.normalize()));
    }

    #[test]
    fn a_cell_keeps_its_words_whatever_order_they_come_in(columns in prop::collection::vec(0u8..5, 1..40)) {
        let words: Vec<String> = columns.iter().map(|c| format!("column {c}")).collect();
        let mut table = Table::new(release('1', "2016-07-21"), vec![]);
        let (area, period) = ("a".parse().unwrap(), "2016-03-31".parse().unwrap());
        for word in &words {
            let row = Row { series: "s", area: &area, period, labels: &[], value: number("1"), marks: Marks::NONE, sheet: "", row: 2, column: word };
            table.push(row).unwrap();
        }
        let term = Term { series: "s".into(), conditions: vec![] };
        let found: Vec<String> = Observations::new(vec![table]).cells(0, &term, &area, period).into_iter().map(|(cell, _)| cell.column).collect();
        prop_assert_eq!(found, words);
    }
}
