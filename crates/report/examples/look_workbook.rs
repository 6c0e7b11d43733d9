//! Writes a workbook to look at.
use jiff::civil::date;
use reference::{Absence, Mark, Marks};
use report::dataset::*;
use report::{checks, csv_file, metadata, ods, xlsx};

fn field(name: &str, title: &str, kind: Kind, notes: &[usize]) -> Field {
    Field { name: name.into(), title: title.into(), description: format!("{title}."), kind, notes: notes.to_vec() }
}
fn main() {
    let out = std::env::args().nth(1).unwrap();
    let forces = ["Avon and Somerset", "Bedfordshire", "Cambridgeshire", "Cheshire", "City of London", "Cleveland", "Cumbria", "Derbyshire", "Devon and Cornwall", "Dorset", "Durham", "Dyfed-Powys", "Essex", "Gloucestershire", "Greater Manchester", "Gwent", "Hampshire", "Hertfordshire"];
    let rows = forces.iter().enumerate().map(|(i, f)| {
        let n: i64 = 1000 + (i as i64 * 7919) % 5000;
        let d = rust_decimal::Decimal::new(n * 100 + 37, 2);
        let m = if i % 5 == 0 { Marks::NONE.with(Mark::Estimated) } else if i % 7 == 0 { Marks::NONE.with(Mark::Provisional).with(Mark::Revised) } else { Marks::NONE };
        vec![
            Cell::Text((*f).into()),
            Cell::Number(d, m),
            if i == 4 { Cell::Absent(Absence::NotApplicable) } else { Cell::Number(d / rust_decimal::Decimal::from(731), Marks::NONE) },
            if i % 6 == 5 { Cell::Absent(Absence::NotYetSupplied) } else { Cell::Number(-d * rust_decimal::Decimal::from(1234), Marks::NONE) },
            Cell::Date(date(2018, 3, 31)),
            Cell::Text(if i == 3 { "Counted at the close of the day, before \"transfers\" between forces & alliances were entered; the later release differs.\nSecond line, = not a formula.".into() } else if i == 6 { "=HYPERLINK(\"x\")".into() } else { "As published".into() }),
        ]
    }).collect();
    let a = Dataset {
        id: "workforce-fte".into(), sheet: "Officers & 'staff' <all>".into(), title: "Police officers by force in England and Wales, 31 March 2018".into(),
        description: vec!["Full-time equivalent officers under all funding streams, with rates per 1,000 population.".into(), "Rates use the mid-year population estimate of the year before, and a rate that rounds to the same as another may still differ from it; the CSV file holds all numbers in full.".into()],
        source: "Home Office, Police workforce open data table, July 2022".into(),
        columns: vec![field("force", "Force", Kind::Text, &[]), field("officers", "Officers, full-time equivalent", Kind::Number { places: 0 }, &[1]), field("officers-per-1000", "Officers per 1,000 population", Kind::Number { places: 2 }, &[1, 2]), field("cost", "Change in cost (pounds)", Kind::Number { places: 0 }, &[]), field("day", "Counted on", Kind::Date, &[]), field("remark", "Remark", Kind::Text, &[])],
        rows, key: vec!["force".into()],
    };
    let b = Dataset {
        id: "calls".into(), sheet: "Calls for service".into(), title: "Calls for service".into(), description: vec![],
        source: "Force data return 1.0".into(),
        columns: vec![field("year", "Year ending March", Kind::Text, &[]), field("calls", "Calls", Kind::Number { places: 0 }, &[])],
        rows: vec![vec![Cell::Text("2017".into()), Cell::Number(1234567.into(), Marks::NONE)], vec![Cell::Text("2018".into()), Cell::Absent(Absence::NotAvailable)]],
        key: vec!["year".into()],
    };
    let w = Workbook {
        language: "en-GB".into(), title: "Hertfordshire Constabulary: data pack 2018/19".into(), publisher: "Inspectorate of Constabulary".into(), date: date(2018, 9, 30),
        cover: vec!["These tables hold every number in the data pack, with where it comes from. Each table is also a CSV file with its metadata.".into(), "Absent values are shown in brackets, such as [x]; what each symbol means is said above the table in which it is used.".into()],
        banner: Some("Training: these figures are made up and describe no force.".into()),
        notes: vec!["Full-time equivalents, including officers on long-term leave.".into(), "Population is the mid-2017 estimate of the Office for National Statistics. City of London is left out because its resident population is small next to those who work there by day.".into()],
        datasets: vec![a, b],
    };
    for f in checks::check(&w) { println!("{f}"); }
    let write = |n: &str, b: &[u8]| std::fs::write(format!("{out}/{n}"), b).unwrap();
    write("pack.ods", &ods::write(&w));
    write("pack.xlsx", &xlsx::write(&w).unwrap());
    let csvs: Vec<String> = w.datasets.iter().map(csv_file::write).collect();
    let names: Vec<String> = w.datasets.iter().map(|d| format!("{}.csv", d.id)).collect();
    let rs: Vec<metadata::Resource> = w.datasets.iter().zip(&csvs).zip(&names).map(|((d, c), n)| metadata::Resource::of(d, n, c.as_bytes())).collect();
    for ((d, c), n) in w.datasets.iter().zip(&csvs).zip(&names) {
        write(n, c.as_bytes());
        write(&metadata::csvw_name(n), serde_json::to_string_pretty(&metadata::csvw(d, n)).unwrap().as_bytes());
    }
    let p = metadata::Package { name: "pack", title: "Data pack", description: "Two tables.", resources: &rs };
    write("datapackage.json", serde_json::to_string_pretty(&metadata::datapackage(&p)).unwrap().as_bytes());
}
