//! The documents of the example, Hertfordshire over its cycles: which there are and how they are built, that a fault in a text stops
//! them all, that what the originals got wrong is not in them, and that every number of them leads to where it comes from.

use crate::{
    inspectorate::{Inspectorate, below, files, json, number, repository},
    pages::{Page, broken_links, pages},
    structure::Structure,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const Q1_2016: &str = "record/2016/hertfordshire/legitimacy.q1.md";
const Q2_2016: &str = "record/2016/hertfordshire/legitimacy.q2.md";
const Q3_2016: &str = "record/2016/hertfordshire/legitimacy.q3.md";
const PRESS_2016: &str = "record/2016/hertfordshire/press.md";
const EFFECTIVENESS_2018: &str = "record/2018-19/hertfordshire/effectiveness.md";
const FUTURE_2018: &str = "record/2018-19/hertfordshire/efficiency.q2.md";

/// One document of each kind that the example has.
const OF_EACH_KIND: [(&str, &str, &str); 8] = [
    ("2018-19", "force-report", "force-report"),
    ("2018-19", "force-page", "force-page"),
    ("2018-19", "detailed-findings", "detailed-findings-legitimacy"),
    ("2018-19", "question-page", "question-page-effectiveness.q2"),
    ("2016", "pillar-report", "pillar-report-legitimacy"),
    ("2016", "press-release", "press-release-legitimacy"),
    ("2016", "letter", "letter-legitimacy"),
    ("2015", "pillar-page", "pillar-page-legitimacy"),
];

/// What `peelian new` makes, with `examples/` laid over it as the demo does.
fn example() -> Inspectorate {
    let house = Inspectorate::new();
    let from = repository().join("examples");
    for path in below(&from, &|_| true) {
        let target = house.path().join(path.strip_prefix(&from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, &target).unwrap();
    }
    house
}

/// The site of the demo in these formats, and the folder that holds it.
fn demo(formats: &str) -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    crate::inspectorate::run(place.path(), &["demo", "--no-serve", "--dir", "demo", "--format", formats]).ended(0);
    let site = place.path().join("demo/site");
    (place, site)
}

/// The page of a document.
fn page(site: &Path, cycle: &str, stem: &str) -> Page {
    Page::read(&site.join(cycle).join("hertfordshire").join(format!("{stem}.html")))
}

// ---- A fault stops everything ------------------------------------------------------------------------------------------

/// An edit of a text, and what must be told of it.
struct Fault<'t> {
    file: &'t str,
    from: &'t str,
    to: &'t str,
    /// The words at whose beginning the remark stands.
    at: &'t str,
}

/// The edit stops `check`, `report` and `publish`: each tells this one remark at the exact place, and nothing is written.
#[track_caller]
fn stops(fault: &Fault<'_>, remark: &str) {
    let house = example();
    house.edit(fault.file, fault.from, fault.to);
    let text = fs::read_to_string(house.path().join(fault.file)).unwrap();
    let expected = format!("{}:{}: {remark}", fault.file, place(&text, fault.at));
    let before = files(&house.path());
    let cycle = fault.file.split('/').nth(1).unwrap();
    let report = ["report", "--force", "hertfordshire", "--cycle", cycle, "--product", "force-page", "--format", "txt"];
    let publish = ["publish", "--cycle", cycle, "--format", "txt"];
    for command in [["check"].as_slice(), &report, &publish] {
        let ran = house.run(command).ended(1).telling(&["`peelian explain CODE` says what a rule wants."]);
        let told: Vec<&str> = ran.err.lines().filter_map(|line| line.strip_prefix("! ")).collect();
        assert_eq!(told, [expected.as_str()], "{}", command[0]);
        assert!(ran.out.is_empty());
    }
    assert!(files(&house.path()) == before, "something was written");
}

/// Line and column where words begin, which stand in a text only once.
#[track_caller]
fn place(text: &str, words: &str) -> String {
    assert_eq!(text.matches(words).count(), 1, "`{words}`");
    let before = &text[..text.find(words).unwrap()];
    let line = before.rsplit('\n').next().unwrap();
    format!("{}:{}", before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[test]
fn the_example_has_no_problem() {
    example().run(&["check"]).ended(0).telling(&["no problem", "25 documents of inspections"]);
}

#[test]
fn a_number_that_its_author_did_not_expect_stops_everything() {
    let (from, to) =
        (r#"value("complaints-per-1000-officers") == "234""#, r#"value("complaints-per-1000-officers") == "235""#);
    stops(
        &Fault { file: Q1_2016, from, to, at: r#"{{ value("complaints-per-1000-officers")"# },
        r#"P002 the text expects 235: correct the text, or the data: `value("complaints-per-1000-officers")` prints 234"#,
    );
}

#[test]
fn a_typed_number_that_contradicts_its_data_stops_everything() {
    let from = r#"{{ value("officers-fte", at="2019-03-31") == "2,009" }} police officers (full-time equivalents)"#;
    stops(
        &Fault { file: FUTURE_2018, from, to: "2,010 police officers", at: "2,010" },
        r#"P002 `2,010` is typed, and the data say 2,009: write `{{ value("officers-fte") }}`"#,
    );
}

#[test]
fn a_number_that_is_bound_to_nothing_stops_everything() {
    stops(
        &Fault { file: Q1_2016, from: "they and their partners", to: "they and their 25 partners", at: "25 partners" },
        "P001 `25` is typed: bind it: name it under `numbers:` of the evidence that it rests on and write \
         `{{ evidence(\"item.number\") }}`, or do without it",
    );
}

#[test]
fn a_verdict_typed_by_hand_stops_everything() {
    let from = r#"public complaint cases per 1,000 officers, {{ compared("complaints-per-1000-officers", "england-and-wales") }}"#;
    let to = "public complaint cases per 1,000 officers, which was broadly in line with the England and Wales average";
    stops(
        &Fault { file: Q1_2016, from, to, at: "broadly in line" },
        "P003 `broadly in line` is typed: write `{{ compared(\"complaints-per-1000-officers\", \"england-and-wales\") }}`, which \
         prints the whole clause",
    );
}

#[test]
fn a_misspelt_measure_stops_everything_and_the_right_one_is_offered() {
    stops(
        &Fault {
            file: FUTURE_2018,
            from: r#"value("officers-fte""#,
            to: r#"value("oficers-fte""#,
            at: r#"{{ value("oficers-fte""#,
        },
        "P004 there is no measure `oficers-fte`: did you mean `officers-fte` or `workforce-fte`?",
    );
}

#[test]
fn a_figure_that_goes_on_with_another_noun_stops_everything() {
    let (from, to) = (r#""53" }} public complaint cases per 1,000 staff"#, r#""53" }} grievances per 1,000 staff"#);
    stops(
        &Fault { file: Q1_2016, from, to, at: "grievances per 1,000 staff, {{ compared(\"complaints" },
        "P005 the figure of `complaints-per-1000-staff` goes on with `grievances per 1,000 staff,`: go straight on with \
         `public complaint cases per 1,000 staff`, or say it earlier in the same sentence",
    );
}

#[test]
fn a_typed_year_of_a_judgment_that_carries_over_stops_everything() {
    let from = r#"the judgment of {{ last_inspected("effectiveness.q1") }},"#;
    stops(
        &Fault { file: EFFECTIVENESS_2018, from, to: "the judgment of 2017,", at: "2017," },
        "P006 `2017` is typed in a sentence about a judgment: write `{{ last_inspected(\"effectiveness\") }}`, `carried_over` for the \
         whole sentence, or `{{ year(\"publication\") }}`",
    );
}

#[test]
fn the_typed_name_of_another_force_stops_everything() {
    let from = r#"{{ force("kent") }}"#;
    stops(
        &Fault { file: Q2_2016, from, to: "Kent Police", at: "Kent Police" },
        r#"P007 `Kent Police` is typed: write `{{ force("kent") }}`"#,
    );
    stops(
        &Fault { file: Q2_2016, from, to: "Surrey Police", at: "Surrey Police" },
        "P007 `Surrey Police` is typed: write `{{ force(\"surrey\") }}`, and name it under `involves:` of the evidence that it has to \
         do with",
    );
    stops(
        &Fault { file: Q2_2016, from, to: r#"{{ force("surrey") }}"#, at: r#"{{ force("surrey")"# },
        "P007 Surrey Police has nothing to do with this inspection: name it under `involves:` of the evidence that it has to do with",
    );
}

#[test]
fn a_claim_of_the_force_that_nobody_is_said_to_make_stops_everything() {
    let from = r#"{{ asserted_by("herts-way-survey") }} that"#;
    stops(
        &Fault { file: Q1_2016, from, to: "it turned out that", at: r#"{{ evidence("herts-way-survey.response")"# },
        "P008 `herts-way-survey` is what the force asserts, and nothing says so: write `{{ asserted_by(\"herts-way-survey\") }}` in \
         the same paragraph, or say whose number it is",
    );
}

#[test]
fn people_divided_by_full_time_equivalents_stop_everything() {
    let from = r#"{{ evidence("leave-carried-over.over-limit") }} officers"#;
    let to = r#"{{ share("leave-carried-over.over-limit", of="officers-fte") }} of officers"#;
    stops(
        &Fault { file: Q3_2016, from, to, at: "{{ share(" },
        "P009 `leave-carried-over.over-limit` counts people and `officers-fte` counts full-time-equivalents: print the count alone, \
         or divide by a number that counts the same",
    );
}

/// The line of the press release's list that holds these words.
fn bullet(words: &str) -> String {
    let text = fs::read_to_string(repository().join("examples").join(PRESS_2016)).unwrap();
    text.lines().find(|line| line.starts_with("- ") && line.contains(words)).expect("the line").to_owned()
}

#[test]
fn a_press_release_that_leaves_out_a_grade_stops_everything() {
    stops(
        &Fault { file: PRESS_2016, from: &bullet(r#"{{ grade("legitimacy.q2")"#), to: "", at: "# findings" },
        "P010 `legitimacy.q2` is graded requires improvement and the findings do not say so: add a line with \
         `{{ grade(\"legitimacy.q2\") }}`",
    );
}

#[test]
fn a_press_release_that_leaves_out_the_cause_of_concern_stops_everything() {
    stops(
        &Fault { file: PRESS_2016, from: &bullet("- gives {{"), to: "", at: "# findings" },
        "P010 the cause of concern `coc-2016-integrity` is not among the findings: add a line that says what it is, with the words \
         “cause of concern”",
    );
}

// ---- What there is -----------------------------------------------------------------------------------------------------

/// The documents of Hertfordshire in a cycle, data pack left out.
fn documents(site: &Path, cycle: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(site.join(cycle).join("hertfordshire")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(".html").map(str::to_owned)).filter(|stem| stem != "data-pack").collect()
}

/// An outline without what stands within "About the data", which follows from the numbers that a document prints.
fn without_annex(outline: &str) -> String {
    let mut annex = false;
    let mut kept = Vec::new();
    for line in outline.lines() {
        let section = line.starts_with("## ");
        annex = if section { line.ends_with("About the data") } else { annex };
        if section || !annex {
            kept.push(line);
        }
    }
    kept.join("\n")
}

#[test]
fn each_cycle_has_its_documents_and_each_document_its_sections_in_order() {
    let (_place, site) = demo("html");
    let of_2015 = [
        "force-page",
        "pillar-page-legitimacy",
        "question-page-legitimacy.q1",
        "question-page-legitimacy.q3",
        "question-page-legitimacy.q4",
    ];
    let of_2016 = [
        "force-page",
        "letter-legitimacy",
        "pillar-page-legitimacy",
        "pillar-report-legitimacy",
        "press-release-legitimacy",
        "question-page-legitimacy.q1",
        "question-page-legitimacy.q2",
        "question-page-legitimacy.q3",
    ];
    let of_2018 = [
        "detailed-findings-effectiveness",
        "detailed-findings-efficiency",
        "detailed-findings-legitimacy",
        "force-page",
        "force-report",
        "pillar-page-effectiveness",
        "pillar-page-efficiency",
        "pillar-page-legitimacy",
        "question-page-effectiveness.q2",
        "question-page-effectiveness.q3",
        "question-page-efficiency.q2",
        "question-page-legitimacy.q2",
    ];
    for (cycle, expected) in [("2015", of_2015.as_slice()), ("2016", &of_2016), ("2018-19", &of_2018)] {
        assert_eq!(documents(&site, cycle).iter().collect::<Vec<_>>(), expected, "{cycle}");
        for stem in expected {
            insta::assert_snapshot!(format!("{cycle}-{stem}"), without_annex(&page(&site, cycle, stem).outline()));
        }
    }
}

#[test]
fn a_press_release_goes_from_who_inspected_what_to_where_more_is() {
    let lines = report(&example(), "2016", "press-release").lines();
    let order = [
        "Her Majesty's Inspectorate of Constabulary (HMIC) has assessed how legitimate Hertfordshire Constabulary is",
        "Legitimacy, as HMIC uses the word,",
        "HMIC inspected how good Hertfordshire Constabulary is at:",
        "This inspection asked for the first time:",
        "HMIC found that Hertfordshire Constabulary:",
        "“I am pleased",
        "“I will continue to monitor",
        "More about Hertfordshire Constabulary:",
        "How this release departs from the original",
    ];
    let places: Vec<_> = order.iter().map(|words| lines.iter().position(|line| line.starts_with(words))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}

// ---- What the originals got wrong ---------------------------------------------------------------------------------------

/// The page of the only document of a kind that a cycle has, written by `report`.
#[track_caller]
fn report(house: &Inspectorate, cycle: &str, kind: &str) -> Page {
    let options = ["--cycle", cycle, "--product", kind, "--format", "html", "--out", kind];
    house.run(&[&["report", "--force", "hertfordshire"], &options[..]].concat()).ended(0);
    let found = pages(&house.path().join(kind).join(cycle).join("hertfordshire")).into_iter();
    let mut found: Vec<Page> = found.filter(|page| !page.path.to_string_lossy().contains("/numbers/")).collect();
    assert_eq!(found.len(), 1, "{cycle} {kind}");
    found.remove(0)
}

/// The rows of a page's tables that begin so.
fn rows_of(page: &Page, beginning: &str) -> Vec<Vec<String>> {
    page.rows().into_iter().filter(|row| row[0].starts_with(beginning)).collect()
}

#[test]
fn judgments_of_2016_that_carry_over_twice_are_dated_to_2016() {
    let house = example();
    let (on_force, in_report) = (report(&house, "2018-19", "force-page"), report(&house, "2018-19", "force-report"));
    for question in ["Preventing crime", "Tackling serious and organised crime"] {
        let judged = rows_of(&in_report, question);
        let judged = judged.iter().find(|row| row.len() == 3 && row[1] == "Good").expect("a row of judgments");
        assert_eq!(judged[2], "2016", "{question}");
        let made: Vec<_> = rows_of(&on_force, question).iter().map(|row| row[2].clone()).collect();
        assert_eq!(made, ["2016"], "{question}");
    }
    let beginning = "This question was not inspected in 2018/19";
    let said: Vec<String> = in_report.lines().into_iter().filter(|line| line.starts_with(beginning)).collect();
    let (effectiveness, legitimacy) = (("2016", "effectiveness"), ("2017", "legitimacy"));
    let expected = [effectiveness, effectiveness, ("2017", "efficiency"), legitimacy, legitimacy];
    let sentence = |(year, pillar)| format!("{beginning}: the judgment of the {year} {pillar} inspection stands.");
    assert_eq!(said, expected.map(sentence));
}

#[test]
fn an_earlier_question_stands_in_for_a_later_one_only_where_the_two_compare() {
    // The third question of 2014 was about anti-social behaviour, and good; the third of 2015 is about vulnerable people.
    let page = report(&example(), "2015", "force-page");
    let of = |beginning: &str| rows_of(&page, beginning).into_iter().next();
    assert_eq!(of("How effective is the force at protecting from harm"), None);
    assert_eq!(of("To what extent does practice and behaviour"), None);
    let investigating = of("How effective is the force at investigating crime").expect("the question of 2014");
    assert_eq!(investigating[1..3], ["Good", "2014"], "made in 2014, and not said to carry over");
}

#[test]
fn footnotes_of_2016_cite_the_report_on_hertfordshire() {
    let house = example();
    house.run(&["publish", "--cycle", "2016", "--format", "html"]).ended(0);
    let site = house.path().join("site");
    let mut cited = 0;
    for stem in documents(&site, "2016") {
        for note in page(&site, "2016", &stem).footnotes() {
            assert!(!note.contains("Cambridgeshire"), "{stem}: {note}");
            cited += usize::from(note.contains("Police integrity and corruption – Hertfordshire Constabulary"));
        }
    }
    assert!(cited > 0, "the report of 2014 is cited");
}

#[test]
fn counts_are_not_called_a_proportion() {
    let house = example();
    let options =
        ["--cycle", "2018-19", "--product", "detailed-findings", "--node", "effectiveness", "--format", "html"];
    house.run(&[&["report", "--force", "hertfordshire"], &options[..]].concat()).ended(0);
    let in_detail = page(&house.path().join("out"), "2018-19", "detailed-findings-effectiveness");
    for page in [report(&house, "2018-19", "force-report"), in_detail] {
        let lines = page.lines();
        let (corrected, said): (Vec<_>, Vec<_>) =
            lines.iter().filter(|line| line.contains("14,491")).partition(|line| line.contains("The original:"));
        assert!(said.iter().any(|line| line.contains("11,347")), "{}: {corrected:?}", page.path.display());
        assert!(said.iter().all(|line| !line.contains("proportion")), "{said:?}");
    }
}

#[test]
fn a_note_stands_where_rounded_parts_do_not_add_up_to_their_total() {
    let page = report(&example(), "2018-19", "force-report");
    let pounds = |row: &Vec<String>| number(row[2].strip_prefix('£').unwrap());
    let parts = rows_of(&page, "Spend per head: ").iter().map(pounds).sum::<rust_decimal::Decimal>();
    let totals: BTreeSet<_> = rows_of(&page, "Spend per head of population").iter().map(pounds).collect();
    assert_eq!((parts, totals.into_iter().collect::<Vec<_>>()), (193.into(), vec![192.into()]));
    let lines = page.lines();
    let note =
        lines.iter().position(|l| l == "England and Wales: Parts may not add up to the total because of rounding.");
    let caveat = lines.iter().position(|l| l.contains("The five categories, each rounded"));
    assert!(note.is_some_and(|note| caveat.is_some_and(|caveat| caveat + 1 == note)), "below the table of spend");
}

#[test]
fn the_press_release_says_the_grade_below_good_and_the_cause_of_concern() {
    let lines = report(&example(), "2016", "press-release").lines();
    let own = lines.split(|line| line == "How this release departs from the original").next().unwrap();
    for words in ["requires improvement", "cause of concern"] {
        assert!(own.iter().any(|line| line.to_lowercase().contains(words)), "{words}");
    }
}

// ---- Numbers and links -------------------------------------------------------------------------------------------------

#[test]
fn every_number_leads_to_the_manifest_and_its_page_and_every_link_to_a_file() {
    let (_place, site) = demo("html,csv");
    let all = pages(&site);
    assert_eq!(broken_links(&all), Vec::<String>::new());
    let manifest = json(&site.join("manifest.json"));
    let mut seen = BTreeMap::new();
    for page in all {
        let path = page.path.strip_prefix(&site).unwrap().display().to_string();
        let parts: Vec<&str> = path.split('/').collect();
        let [cycle, force, name] = parts[..] else { continue };
        // The pages of the site print figures too, which lead to the site's own pages of numbers.
        if !cycle.starts_with(|first: char| first.is_ascii_digit()) {
            continue;
        }
        let of_inspection = name != "data-pack.html";
        let key = if of_inspection { format!("{cycle}/{force}") } else { cycle.to_owned() };
        for reference in page.attributes("data-ref") {
            assert!(manifest["numbers"][&key].get(&reference).is_some(), "{path}: {reference} is not in the manifest");
            let derivation = site.join(cycle).join(force).join(format!("numbers/{reference}.html"));
            assert!(!of_inspection || derivation.is_file(), "{path}: {reference} has no page");
            *seen.entry(key.clone()).or_insert(0) += 1;
        }
    }
    for (key, least) in [("2015/hertfordshire", 20), ("2016/hertfordshire", 200), ("2018-19/hertfordshire", 400)] {
        assert!(seen[key] > least, "{key}: {seen:?}");
    }
}

// ---- The same bytes, and what a screen reader is told ---------------------------------------------------------------------

/// Writes one document of each kind in these formats to an edition.
fn report_each(house: &Inspectorate, out: &str, formats: &str) -> PathBuf {
    for (cycle, kind, _) in OF_EACH_KIND {
        let options = ["--cycle", cycle, "--product", kind, "--format", formats, "--out", out];
        house.run(&[&["report", "--force", "hertfordshire"], &options[..]].concat()).ended(0);
    }
    house.path().join(out)
}

#[test]
fn the_same_inputs_give_the_same_bytes_in_every_format() {
    let house = example();
    let all = "html,pdf,txt,ods,xlsx,csv,json";
    let (first, second) = (files(&report_each(&house, "first", all)), files(&report_each(&house, "second", all)));
    for (cycle, _, stem) in OF_EACH_KIND {
        for extension in all.split(',') {
            assert!(
                first.contains_key(&format!("{cycle}/hertfordshire/{stem}.{extension}")),
                "{cycle} {stem}.{extension}"
            );
        }
    }
    let differing: Vec<&String> = first.keys().filter(|name| second.get(*name) != first.get(*name)).collect();
    assert!(differing.is_empty() && first.len() == second.len(), "{differing:?}");
}

#[test]
fn publishing_again_elsewhere_changes_no_byte_and_verifies() {
    let house = example();
    for out in ["first", "second"] {
        house.run(&["publish", "--cycle", "2016", "--format", "html,txt,csv,json", "--out", out]).ended(0);
    }
    assert!(files(&house.path().join("first")) == files(&house.path().join("second")));
    house.run(&["verify", "first"]).ended(0).telling(&["0 of ", " numbers differ; 0 of "]);
}

#[test]
fn a_pdf_of_each_kind_tells_its_structure_to_a_screen_reader() {
    let house = example();
    let edition = report_each(&house, "out", "pdf");
    for (cycle, _, stem) in OF_EACH_KIND {
        let file = edition.join(cycle).join("hertfordshire").join(format!("{stem}.pdf"));
        let read = Structure::read(&fs::read(file).unwrap());
        assert!(
            read.claims_ua && read.marked && read.shows_title && read.language.as_deref() == Some("en-GB"),
            "{stem}"
        );
        assert!(read.title.as_ref().is_some_and(|title| !title.is_empty()), "{stem}");
        let headings = read.headings();
        assert_eq!(headings.iter().filter(|(kind, _)| *kind == "H1").count(), 1, "{stem}");
        let levels: Vec<u32> = headings.iter().map(|(kind, _)| kind[1..].parse().unwrap()).collect();
        assert!(levels.len() > 1 && levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{stem}: {headings:?}");
        assert!(headings.iter().all(|(_, words)| !words.is_empty()), "{stem}");
        let headers = read.all(&["TH"]);
        assert!(headers.iter().all(|cell| matches!(cell.scope.as_deref(), Some("Column" | "Row" | "Both"))), "{stem}");
        assert!(headers.len() >= read.all(&["Table"]).len(), "{stem}");
        assert!(read.alternatives().iter().all(|words| words.len() > 20), "{stem}");
        let least = match stem {
            "force-report" => (8, 1),
            "force-page" => (2, 2),
            "pillar-report-legitimacy" => (5, 5),
            _ => (0, 0),
        };
        assert!(read.all(&["Table"]).len() >= least.0 && read.all(&["Figure"]).len() >= least.1, "{stem}");
    }
}
