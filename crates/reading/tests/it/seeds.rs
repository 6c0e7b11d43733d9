//! The five published documents that the project was written from, which are not part of it: `../shared/seeds` beside its folder. Where
//! they are not, the tests say so and skip. What is expected is in our own words, numbers and line numbers.

use crate::known::{known, root};
use reading::{Reading, Statement};
use std::fmt::Write as _;

/// The five, in the order of their numbers; `None` where they are not here.
fn seeds() -> Option<Vec<Reading>> {
    let folder = root().join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: ../shared/seeds is not here");
        return None;
    };
    let mut files: Vec<_> =
        entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let known = known();
    let name = |p: &std::path::Path| p.file_name().unwrap().to_str().unwrap()[..3].to_owned();
    Some(files.iter().map(|p| reading::read(&name(p), &std::fs::read(p).unwrap(), &known)).collect())
}

/// Expected, found, missed and wrong of one field of one document.
struct Row {
    document: &'static str,
    field: &'static str,
    expected: Vec<String>,
    found: Vec<String>,
}

impl Row {
    fn new(document: &'static str, field: &'static str, expected: &[&str], found: Vec<String>) -> Self {
        Self { document, field, expected: expected.iter().map(|e| (*e).to_owned()).collect(), found }
    }

    fn missed(&self) -> Vec<&String> {
        let mut rest: Vec<&String> = self.found.iter().collect();
        let absent = |e: &&String| rest.iter().position(|f| f == e).map(|at| rest.swap_remove(at)).is_none();
        self.expected.iter().filter(absent_once(absent)).collect()
    }

    fn wrong(&self) -> Vec<&String> {
        let mut rest: Vec<&String> = self.expected.iter().collect();
        let absent = |f: &&String| rest.iter().position(|e| e == f).map(|at| rest.swap_remove(at)).is_none();
        self.found.iter().filter(absent_once(absent)).collect()
    }
}

/// A test that remembers what it has matched, as `filter` wants it.
fn absent_once<'a>(test: impl FnMut(&&'a String) -> bool) -> impl FnMut(&&'a String) -> bool {
    test
}

fn judgments(reading: &Reading) -> Vec<String> {
    let source = |c: &Option<String>| c.clone().unwrap_or_else(|| "-".to_owned());
    reading
        .judgments
        .iter()
        .map(|j| format!("{} {} {} {}", j.node, j.grade, j.status, source(&j.source_cycle)))
        .collect()
}

fn findings(reading: &Reading) -> Vec<String> {
    let own = reading.findings.iter().filter(|f| f.recalled.is_none());
    own.map(|f| {
        format!(
            "{} {} {} {} {}",
            f.kind,
            f.node.as_deref().unwrap_or("-"),
            f.line,
            f.addressees.len(),
            f.repeated_at.len()
        )
    })
    .collect()
}

fn recalled(reading: &Reading) -> Vec<String> {
    let old = reading.findings.iter().filter_map(|f| Some((f, f.recalled.as_ref()?)));
    old.map(|(f, r)| format!("{} {} {} {}", f.kind, r.year, f.line, f.due.as_deref().unwrap_or("-"))).collect()
}

fn said(s: &Statement) -> String {
    let number = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| v.to_string());
    let word = |w: &Option<String>| w.clone().unwrap_or_else(|| "-".to_owned());
    let significant = s
        .significant
        .map_or(String::new(), |yes| if yes { " significant".to_owned() } else { " not significant".to_owned() });
    let end = s.period.as_ref().map_or("-", |p| p.end.as_str());
    format!(
        "{} {} {} {} {} {end}{significant}",
        number(s.value),
        word(&s.unit),
        word(&s.comparator),
        number(s.comparator_value),
        s.verdict
    )
}

fn compared(reading: &Reading, shown: bool) -> Vec<String> {
    let of = |s: &&Statement| s.comparator.is_some() && s.text.contains(" | ") == shown;
    reading.statements.iter().filter(of).map(said).collect()
}

fn identity(reading: &Reading) -> Vec<String> {
    let word = |w: &Option<String>| w.clone().unwrap_or_else(|| "-".to_owned());
    vec![format!(
        "{} {} {} {} {} {}",
        word(&reading.publisher),
        reading.product,
        word(&reading.cycle),
        word(&reading.published),
        word(&reading.isbn),
        reading.forces.join("+")
    )]
}

/// Every row of the table of docs/reading.md.
fn rows(seeds: &[Reading]) -> Vec<Row> {
    let [legitimacy, press, report, detailed, page] = seeds else { panic!("there are five") };
    let mut rows = of_2016(legitimacy, press);
    rows.extend(of_2018(report));
    rows.extend(of_pages(detailed, page));
    rows
}

/// Each figure with whether its source is told.
fn figures(reading: &Reading) -> Vec<String> {
    let told =
        |f: &reading::Figure| format!("{} {}", f.number, if f.source.is_some() { "with source" } else { "without" });
    reading.figures.iter().map(told).collect()
}

fn of_2016(legitimacy: &Reading, press: &Reading) -> Vec<Row> {
    let footnotes: Vec<String> = (1..=28).map(|n: u8| n.to_string()).collect();
    let footnotes: Vec<&str> = footnotes.iter().map(String::as_str).collect();
    let markers =
        |r: &Reading| r.footnotes.iter().filter(|n| n.markers.len() == 1).map(|n| n.number.clone()).collect::<Vec<_>>();
    vec![
        Row::new(
            "000",
            "identity",
            &["HMIC pillar-report 2016 2016-12 978-1-78655-291-4 hertfordshire"],
            identity(legitimacy),
        ),
        Row::new(
            "000",
            "judgments",
            &[
                "legitimacy good graded 2016",
                "legitimacy.q1 good graded 2016",
                "legitimacy.q2 requires-improvement graded 2016",
                "legitimacy.q3 good graded 2016",
            ],
            judgments(legitimacy),
        ),
        Row::new("000", "findings", &FINDINGS_2016, findings(legitimacy)),
        Row::new(
            "000",
            "recalled findings",
            &[
                "recommendation 2014 168 -",
                "recommendation 2014 381 within six months",
                "recommendation 2014 393 within six months",
                "recommendation 2014 417 within six months",
                "recommendation 2014 429 within six months",
            ],
            recalled(legitimacy),
        ),
        Row::new("000", "comparator sentences and tiles", &COMPARED_2016, compared(legitimacy, false)),
        Row::new(
            "000",
            "figures",
            &["1 with source", "2 with source", "3 with source", "4 with source", "5 with source"],
            figures(legitimacy),
        ),
        Row::new(
            "000",
            "footnotes, contiguous",
            &footnotes,
            legitimacy.footnotes.iter().map(|n| n.number.clone()).collect(),
        ),
        Row::new("000", "footnotes with their one marker", &footnotes, markers(legitimacy)),
        Row::new("001", "identity", &["HMIC press-release - - - hertfordshire"], identity(press)),
        Row::new("001", "judgments", &["legitimacy good graded -"], judgments(press)),
    ]
}

fn of_2018(report: &Reading) -> Vec<Row> {
    let tables = |r: &Reading| {
        r.tables.iter().map(|t| format!("{} {}x{}", t.line, t.rows.len(), t.header.len())).collect::<Vec<_>>()
    };
    vec![
        Row::new(
            "002",
            "identity",
            &["HMICFRS force-report 2018-19 2019-09 978-1-78655-862-6 hertfordshire"],
            identity(report),
        ),
        Row::new("002", "judgments", &JUDGMENTS_2018, judgments(report)),
        Row::new(
            "002",
            "findings",
            &[
                "area-for-improvement effectiveness.q2 252 1 0",
                "area-for-improvement effectiveness.q3 370 1 0",
                "area-for-improvement efficiency.q2 600 1 0",
                "area-for-improvement efficiency.q2 601 1 0",
                "area-for-improvement legitimacy.q2 784 1 0",
                "area-for-improvement legitimacy.q2 785 1 0",
                "area-for-improvement legitimacy.q2 786 1 0",
            ],
            findings(report),
        ),
        Row::new("002", "recalled findings", &RECALLED_2018, recalled(report)),
        Row::new("002", "figures of the tables", &TABLED_2018, compared(report, true)),
        Row::new(
            "002",
            "tables (line, rows by columns)",
            &[
                "73 10x2", "89 1x3", "93 1x3", "98 3x4", "103 1x3", "108 5x4", "114 2x4", "119 3x4", "158 1x3",
                "165 4x3", "175 3x3", "184 2x3", "532 1x3", "539 5x3", "711 3x3", "716 1x3",
            ],
            tables(report),
        ),
        Row::new(
            "002",
            "linked terms",
            &["66 markers, 57 terms"],
            vec![format!("{} markers, {} terms", report.glossary.len(), distinct(report))],
        ),
        Row::new("002", "footnotes", &["1"], report.footnotes.iter().map(|n| n.number.clone()).collect()),
        Row::new("002", "figures", &["1 without"], figures(report)),
    ]
}

fn of_pages(detailed: &Reading, page: &Reading) -> Vec<Row> {
    vec![
        Row::new("003", "identity", &["- detailed-findings 2018-19 - - hertfordshire"], identity(detailed)),
        Row::new(
            "003",
            "judgments",
            &[
                "legitimacy unknown unknown -",
                "legitimacy.q1 unknown carried-over 2017",
                "legitimacy.q2 unknown unknown -",
                "legitimacy.q3 unknown carried-over 2017",
            ],
            judgments(detailed),
        ),
        Row::new(
            "003",
            "findings",
            &[
                "area-for-improvement legitimacy.q2 36 1 0",
                "area-for-improvement legitimacy.q2 37 1 0",
                "area-for-improvement legitimacy.q2 38 1 0",
            ],
            findings(detailed),
        ),
        Row::new("004", "identity", &["HMIC pillar-page 2015 - - hertfordshire"], identity(page)),
        Row::new(
            "004",
            "judgments",
            &[
                "legitimacy unknown unknown -",
                "legitimacy.q1 unknown unknown -",
                "legitimacy.q2 not-inspected not-inspected -",
                "legitimacy.q3 unknown unknown -",
                "legitimacy.q4 unknown unknown -",
            ],
            judgments(page),
        ),
        Row::new(
            "004",
            "findings",
            &["area-for-improvement legitimacy.q4 25 1 0", "area-for-improvement legitimacy.q4 26 1 0"],
            findings(page),
        ),
    ]
}

fn distinct(reading: &Reading) -> usize {
    let mut terms: Vec<&str> = reading.glossary.iter().map(|t| t.term.as_str()).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.len()
}

const FINDINGS_2016: [&str; 7] = [
    "cause-of-concern legitimacy.q2 182 1 1",
    "recommendation legitimacy.q2 188 3 1",
    "recommendation legitimacy.q2 189 3 1",
    "recommendation legitimacy.q2 190 3 1",
    "recommendation legitimacy.q2 191 3 1",
    "area-for-improvement legitimacy.q2 195 1 1",
    "area-for-improvement legitimacy.q3 196 1 1",
];
const COMPARED_2016: [&str; 18] = [
    "4.7 percent local-population 12.4 none-stated 2016-03-31",
    "44 percent england-and-wales 51 none-stated 2016-03-31",
    "234 per-1000 england-and-wales 268 broadly-in-line 2016-03-31",
    "53 per-1000 england-and-wales 61 broadly-in-line 2016-03-31",
    "94.9 percent england-and-wales 93.4 higher 2016-03-31",
    "94.9 percent own-previous 94.7 higher 2016-03-31 not significant",
    "5.2 per-1000 england-and-wales 4.8 broadly-in-line 2016-03-31",
    "5.5 per-1000 england-and-wales 6.8 broadly-in-line 2016-03-31",
    "2.7 days england-and-wales 4.2 broadly-in-line 2016-03-31",
    "1.4 days england-and-wales 2.9 broadly-in-line 2016-03-31",
    "2.4 percent england-and-wales 9.8 lower 2016-03-31",
    "0 percent england-and-wales 6 no-comparison 2016-03-31",
    "1.7 percent england-and-wales 2.1 broadly-in-line 2016-03-31",
    "3.1 percent england-and-wales 2 higher 2016-03-31",
    "0.3 percent england-and-wales 1.7 lower 2016-03-31",
    "2.5 percent england-and-wales 2.1 broadly-in-line 2016-03-31",
    "1.6 percent england-and-wales 1.7 broadly-in-line 2016-03-31",
    "2.4 percent england-and-wales 2 broadly-in-line 2016-03-31",
];
const JUDGMENTS_2018: [&str; 13] = [
    "effectiveness good graded 2018-19",
    "efficiency good graded 2018-19",
    "legitimacy good graded 2018-19",
    "effectiveness.q1 good carried-over 2016",
    "effectiveness.q2 good graded 2018-19",
    "effectiveness.q3 good graded 2018-19",
    "effectiveness.q4 good carried-over 2016",
    "effectiveness.q5 ungraded ungraded 2018-19",
    "efficiency.q1 good carried-over 2017",
    "efficiency.q2 good graded 2018-19",
    "legitimacy.q1 good carried-over 2017",
    "legitimacy.q2 good graded 2018-19",
    "legitimacy.q3 good carried-over 2017",
];
/// The national recommendation; the two areas of 2017 that were met; the two on leadership, printed in three places; skills.
const RECALLED_2018: [&str; 7] = [
    "area-for-improvement 2017 260 -",
    "area-for-improvement 2017 260 -",
    "area-for-improvement 2017 568 -",
    "area-for-improvement 2017 568 -",
    "area-for-improvement 2017 647 -",
    "area-for-improvement 2017 673 -",
    "recommendation 2017 752 by July 2018",
];
const TABLED_2018: [&str; 28] = [
    "143 per-1000 england-and-wales 175 none-stated 2019-03-31",
    "72 per-1000 most-similar 74 none-stated 2018-09-30",
    "2009 count own-previous 1927 none-stated 2019-03-31",
    "4 percent own-previous - none-stated 2019-03-31",
    "225 count own-previous 190 none-stated 2019-03-31",
    "18 percent own-previous - none-stated 2019-03-31",
    "1150 count own-previous 1112 none-stated 2019-03-31",
    "3 percent own-previous - none-stated 2019-03-31",
    "162 gbp england-and-wales 192 none-stated 2019-03-31",
    "49 percent england-and-wales 40 none-stated 2019-03-31",
    "21 per-1000 most-similar 23 none-stated 2018-09-30",
    "2 per-1000 most-similar 2 none-stated 2018-09-30",
    "31 per-1000 most-similar 30 none-stated 2018-09-30",
    "8 per-1000 most-similar 9 none-stated 2018-09-30",
    "15 percent england-and-wales 13 none-stated 2018-09-30",
    "43 percent england-and-wales 46 none-stated 2018-09-30",
    "24 percent england-and-wales 23 none-stated 2018-09-30",
    "13 percent england-and-wales 16 none-stated 2018-03-31",
    "54 percent england-and-wales 49 none-stated 2018-03-31",
    "162 gbp england-and-wales 192 none-stated 2019-03-31",
    "59 gbp england-and-wales 65 none-stated 2019-03-31",
    "56 gbp england-and-wales 62 none-stated 2019-03-31",
    "13 gbp england-and-wales 17 none-stated 2019-03-31",
    "32 gbp england-and-wales 41 none-stated 2019-03-31",
    "2 gbp england-and-wales 8 none-stated 2019-03-31",
    "5.3 percent local-population 12.4 none-stated 2019-03-31",
    "94.7 percent local-population 87.6 none-stated 2019-03-31",
    "32 percent england-and-wales 30 none-stated 2019-03-31",
];

/// The table as docs/reading.md prints it.
fn table(rows: &[Row]) -> String {
    let mut out = String::from(
        "| document | field | expected | found | missed | wrong |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} |",
            row.document,
            row.field,
            row.expected.len(),
            row.found.len(),
            row.missed().len(),
            row.wrong().len()
        );
    }
    out
}

#[test]
fn the_five_documents_are_read_whole_with_nothing_invented() {
    let Some(seeds) = seeds() else { return };
    let rows = rows(&seeds);
    for row in &rows {
        for fact in row.missed() {
            println!("{}: {}: missed: {fact}", row.document, row.field);
        }
        for fact in row.wrong() {
            println!("{}: {}: wrong: {fact}", row.document, row.field);
        }
    }
    let page = root().join("docs/reading.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once("<!-- table -->\n").expect("the page marks where the table begins");
    let (_, after) = rest.split_once("<!-- end -->").expect("and where it ends");
    let made = format!("{before}<!-- table -->\n{}<!-- end -->{after}", table(&rows));
    if std::env::var_os("PEELIAN_WRITE").is_some() {
        std::fs::write(&page, &made).unwrap();
    }
    assert!(rows.iter().all(|r| r.missed().is_empty() && r.wrong().is_empty()), "see what is missed and wrong above");
    assert_eq!(
        std::fs::read_to_string(&page).unwrap(),
        made,
        "run the test with PEELIAN_WRITE=1 to write docs/reading.md"
    );
}
