//! Other forces in other cycles: records and texts made up for the test give every document that a cycle has, in every format, and
//! no force, question or scale is written into the program.

use crate::{
    inspectorate::{Inspectorate, files, json as read_json},
    pages::{Page, broken_links, pages},
    structure::Structure,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const FORMATS: [&str; 7] = ["html", "pdf", "txt", "ods", "xlsx", "csv", "json"];

/// What is judged of a place.
#[derive(Clone, Copy, PartialEq)]
enum Judged {
    /// A grade, or why there is none.
    As(&'static str),
    /// The judgment of this cycle stands.
    CarriedOver(&'static str),
}

/// A pillar or a question of a framework.
struct Place {
    node: String,
    is_question: bool,
    graded: bool,
    inspected: bool,
    /// The diagnostics, each with the first heading that the framework names.
    diagnostics: Vec<(String, Option<String>)>,
}

impl Place {
    fn of(node: String, value: &Value, is_question: bool) -> Self {
        // YAML has `yes` and `no` for these, which stay words.
        let says_no = |key: &str| value.get(key).is_some_and(|v| v == "no" || v == false);
        let below = value.get("diagnostics").or(value.get("topics")).and_then(Value::as_array).into_iter().flatten();
        let heading = |d: &Value| d["headings"].get(0).and_then(Value::as_str).map(str::to_owned);
        let diagnostics = below.map(|d| (d["id"].as_str().unwrap().to_owned(), heading(d))).collect();
        Self { node, is_question, graded: !says_no("graded"), inspected: !says_no("inspected"), diagnostics }
    }

    /// The number of a question; 2 for a pillar.
    fn number(&self) -> u32 {
        self.node.rsplit_once('q').and_then(|(_, number)| number.parse().ok()).unwrap_or(2)
    }
}

/// One inspection of one force, put on record and written up.
struct Inspection<'h> {
    house: &'h Inspectorate,
    force: &'static str,
    cycle: &'static str,
    /// How each place is judged.
    judge: fn(&Place) -> Judged,
    /// A sentence in every text, to see that any letter can be printed.
    sentence: &'static str,
    /// A force that evidence involves.
    other: &'static str,
}

impl Inspection<'_> {
    fn framework(&self) -> Value {
        let file = self.house.path().join(format!("frameworks/{}.yaml", self.cycle));
        serde_saphyr::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    }

    fn places(&self) -> Vec<Place> {
        let framework = self.framework();
        let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let mut places: Vec<Place> = Vec::new();
        for pillar in list(&framework, "pillars") {
            places.push(Place::of(id(&pillar), &pillar, false));
            let questions = list(&pillar, "questions");
            places.extend(questions.iter().map(|q| Place::of(format!("{}.{}", id(&pillar), id(q)), q, true)));
        }
        places.extend(list(&framework, "questions").iter().map(|q| Place::of(id(q), q, true)));
        places
    }

    /// The documents that the framework names, those of single forces' inspections alone.
    fn products(&self) -> BTreeSet<String> {
        let named = self.framework()["products"].as_array().unwrap().clone();
        let named = named.iter().map(|p| p.as_str().unwrap().to_owned());
        // A cause of concern is always told in a letter as well.
        let all = named.chain(["letter".to_owned()]);
        all.filter(|p| !["national-overview", "data-pack"].contains(&p.as_str())).collect()
    }

    fn has(&self, product: &str) -> bool {
        self.products().contains(product)
    }

    fn judged(&self, place: &Place) -> Judged {
        match (place.inspected, place.graded) {
            (false, _) => Judged::As("not-inspected"),
            (true, false) => Judged::As("ungraded"),
            (true, true) => (self.judge)(place),
        }
    }

    fn grade(&self, place: &Place) -> Option<&'static str> {
        match self.judged(place) {
            Judged::As(word) if !["not-inspected", "ungraded", "not-graded", "to-be-graded"].contains(&word) => {
                Some(word)
            }
            _ => None,
        }
    }

    /// Whether it is inspected in this cycle, so that there is something to write of it.
    fn looked_at(&self, place: &Place) -> bool {
        !matches!(self.judged(place), Judged::CarriedOver(_) | Judged::As("not-inspected"))
    }

    /// The question that findings belong to: the last one that was inspected.
    fn subject(&self) -> String {
        let places = self.places();
        places.iter().rfind(|p| p.is_question && self.looked_at(p)).expect("a question").node.clone()
    }

    fn write(&self, name: &str, text: &str) {
        let folder = self.house.path().join(format!("record/{}/{}", self.cycle, self.force));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }

    fn judgments(&self) -> Vec<Value> {
        let judgment = |place: &Place| {
            let from = self.from();
            match self.judged(place) {
                Judged::As(grade) => json!({"take-judgment": {"node": place.node, "grade": grade, "from": from}}),
                Judged::CarriedOver(cycle) => {
                    json!({"take-judgment": {"node": place.node, "carried-over": cycle, "from": from}})
                }
            }
        };
        self.places().iter().map(judgment).collect()
    }

    /// The force's name in the register.
    fn name(&self) -> &'static str {
        match self.force {
            "kent" => "Kent Police",
            "dyfed-powys" => "Dyfed-Powys Police",
            "city-of-london" => "City of London Police",
            "metropolitan" => "Metropolitan Police Service",
            "greater-manchester" => "Greater Manchester Police",
            other => panic!("{other} is no force of this test"),
        }
    }

    fn from(&self) -> Value {
        json!({"publication": self.report(), "section": "Findings", "quote": "the words that carry it"})
    }

    fn report(&self) -> String {
        format!("{}-{}", self.force, self.cycle)
    }

    /// The record and nothing else: an inspection that others carry judgments over from.
    fn on_record(&self) {
        let all: Vec<Value> = std::iter::once(self.publication()).chain(self.judgments()).collect();
        self.write("record.yaml", &json!({"force": self.force, "cycle": self.cycle, "commands": all}).to_string());
    }

    fn publication(&self) -> Value {
        json!({"take-publication": {
            "id": self.report(), "publisher": "The inspectorate", "title": format!("Report of {}", self.cycle),
            "published": "2022-06", "forces": [self.force],
        }})
    }

    /// The record with everything that can be on it, and a text for every part that a document of the cycle prints.
    fn in_full(&self) {
        let scope = |place: &Place| {
            let status = match self.judged(place) {
                Judged::CarriedOver(_) => "limited-review",
                Judged::As("not-inspected") => "not-inspected",
                Judged::As(_) => "inspected",
            };
            json!({"take-scope": {"node": place.node, "status": status, "reason": self.sentence, "from": self.from()}})
        };
        let places = self.places();
        let mut commands = vec![self.publication()];
        commands.extend(places.iter().filter(|p| p.is_question).map(scope));
        commands.extend(self.judgments());
        commands.extend(self.findings());
        commands.extend(self.evidence());
        commands.extend(self.other_facts());
        self.write("record.yaml", &json!({"force": self.force, "cycle": self.cycle, "commands": commands}).to_string());
        self.texts(&places);
    }

    fn findings(&self) -> Vec<Value> {
        let node = self.subject();
        let finding = |id: &str, kind: &str, more: Value| {
            let mut finding = json!({
                "id": id, "kind": kind, "node": node, "text": format!("Look after what matters. {}", self.sentence),
                "addressees": [self.force], "from": self.from(),
            });
            finding.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"take-finding": finding})
        };
        vec![
            finding("concern", "cause-of-concern", json!({"title": "Slow progress"})),
            finding("for-itself", "recommendation", json!({"parent": "concern", "due": "2023-01-31"})),
            finding(
                "for-others",
                "recommendation",
                json!({"parent": "concern", "addressees": [self.force, self.other, "home-office", "all-forces"]}),
            ),
            finding(
                "alone",
                "recommendation",
                json!({"addressees": ["college-of-policing"], "due": "within six months"}),
            ),
            finding(
                "points",
                "area-for-improvement",
                json!({"sub-points": ["speed", "care;"], "recurring": "annually", "stands": "closed"}),
            ),
            finding(
                "plain",
                "area-for-improvement",
                json!({"title": "Plain words", "restates": ["2014/nothing-on-record"]}),
            ),
            finding("promising", "promising-practice", json!({})),
            finding("innovative", "innovative-practice", json!({"printed-in": ["question"]})),
            finding(
                "of-old",
                "recommendation",
                json!({"recalled": {"cycle": "2014", "stands": "still open"}, "restates": ["2014/of-old"]}),
            ),
        ]
    }

    fn evidence(&self) -> Vec<Value> {
        let node = self.subject();
        let item = |id: &str, kind: &str, by: &str, numbers: Value| {
            json!({"take-evidence": {
                "id": id, "node": node, "kind": kind, "asserted-by": by, "says": "It is so.", "numbers": numbers,
                "involves": [self.other], "from": self.from(),
            }})
        };
        let people = |value: &str| json!({"value": value, "counts": "people"});
        vec![
            item("survey", "survey", "force", json!({"response": "40 percent", "sent": people("1,120")})),
            item("files", "file-review", "inspectors", json!({"effective": "48 of 60"})),
            item(
                "staff",
                "data",
                "inspectors",
                json!({"trained": people("30"), "all": people("120"), "meetings": "more than 3"}),
            ),
            item("audit", "audit", "other:Archwilio Cymru", json!({"saved": "£3.36m", "time": "1 minute 38 seconds"})),
        ]
    }

    fn other_facts(&self) -> Vec<Value> {
        let node = self.subject();
        vec![
            json!({"take-reference": {"id": "work", "title": format!("On policing. {}", self.sentence), "publisher": "A press", "published": "2011-09", "from": self.from()}}),
            json!({"take-quotation": {"id": "said", "speaker": "HM Inspector", "text": self.sentence, "approved": true, "from": self.from()}}),
            json!({"take-annotation": {"id": "later", "node": node, "date": "2023-02", "text": "A note added later.", "from": self.from()}}),
            json!({"take-correction": {"id": "put-right", "was": "one thing", "now": "another", "why": "the data say so"}}),
            json!({"take-comparison": {
                "measure": "victims-satisfied-percent", "period": "2015-03-31", "value": "81.5", "comparator": "england-and-wales",
                "comparator-value": "80", "verdict": "none-stated", "before": {"period": "2014-03-31", "value": "80.0"}, "from": self.from(),
            }}),
        ]
    }

    fn texts(&self, places: &[Place]) {
        for place in places.iter().filter(|p| p.is_question) {
            self.question(place);
        }
        for place in places.iter().filter(|p| !p.is_question && self.looked_at(p)) {
            let grade =
                self.grade(place).map(|_| format!(" The force is {{{{ grade(\"{}\") }}}} overall.", place.node));
            let statement =
                format!("# statement\n\nThis is our view of {{{{ force }}}}.{}\n\n", grade.unwrap_or_default());
            let statement = if self.has("pillar-report") { statement } else { String::new() };
            self.write(&format!("{}.md", place.node), &format!("{statement}# summary\n\n{}\n", self.paragraph()));
        }
        if self.has("force-report") {
            self.write(
                "overview.md",
                &format!("# observations\n\n{}\n\n{{{{ quote(\"said\") }}}}\n", self.paragraph()),
            );
        }
        if self.has("press-release") {
            self.write(
                "press.md",
                &format!("# national\n\n{}\n\n# quotes\n\n- {{{{ quote(\"said\") }}}}\n", self.sentence),
            );
        }
        self.write("letter.md", &format!("# body\n\nWe write about {{{{ place }}}}. {}\n", self.sentence));
    }

    fn question(&self, place: &Place) {
        let node = &place.node;
        let mut text = String::new();
        if let Judged::CarriedOver(_) = self.judged(place) {
            text += &format!(
                "# review\n\nIt was last inspected in {{{{ last_inspected(\"{node}\") }}}}. {}\n",
                self.sentence
            );
        } else if self.looked_at(place) {
            let grade = self
                .grade(place)
                .map(|_| format!("The force is {{{{ grade(\"{node}\") }}}} at this. "))
                .unwrap_or_default();
            text += &format!("# summary\n\n{grade}{}\n\n", self.paragraph());
            if self.has("pillar-report") {
                text += &format!("# context\n\n{}\n\n", self.figures());
                for (id, heading) in &place.diagnostics {
                    let heading = heading.as_deref().unwrap_or("What we saw");
                    text += &format!("# {node}.{id}\n\n## {heading}\n\n{}\n\n", self.paragraph());
                }
            } else {
                text += &format!("# findings\n\n## What we saw\n\n{}\n\n", self.figures());
            }
        }
        if !text.is_empty() {
            self.write(&format!("{node}.md"), &text);
        }
    }

    /// Numbers of every kind that evidence can vouch for.
    fn paragraph(&self) -> String {
        format!(
            "{} In {{{{ cycle }}}} {{{{ inspectorate }}}} inspected {{{{ force }}}}, which answers to the {{{{ policing_body }}}}. \
             From a survey {{{{ asserted_by(\"survey\") }}}} that {{{{ evidence(\"survey.response\") }}}} had answered. \
             We considered {{{{ review(\"files.effective\") }}}} files effective, or {{{{ review(\"files.effective\", as=\"percent\") }}}}. \
             Training had reached {{{{ evidence(\"staff.trained\") }}}} people, {{{{ share(\"staff.trained\", of=\"staff.all\") }}}}, \
             in {{{{ evidence(\"staff.meetings\") }}}} meetings, some of them with {{{{ force(\"{}\") }}}}.{{{{ cite(\"work\") }}}}\n\n\
             On this {{{{ asserted_by(\"audit\") }}}} savings of {{{{ evidence(\"audit.saved\") }}}} and an answer in \
             {{{{ evidence(\"audit.time\") }}}}. It has been so since {{{{ year(\"work\") }}}}. \
             There are {{{{ count(\"areas-for-improvement\") }}}} areas for improvement.",
            self.sentence, self.other
        )
    }

    /// Figures of measures, with what can be made of them.
    fn figures(&self) -> String {
        r#"On {{ period("officers-fte") }} {{ force }} had {{ value("officers-fte") }} police officers (full-time equivalents). Their number {{ change("officers-fte", since="2010-03-31") }} from 31 March 2010. It had {{ value("officers-per-1000-population") }} police officers (full-time equivalents) per 1,000 population, {{ compared("officers-per-1000-population", "england-and-wales") }}. That is the {{ rank("officers-per-1000-population", "highest") }} of all. Of crime victims, {{ value("victims-satisfied-percent") }} of victims of crime (excluding hate crime) were satisfied with their treatment; that is {{ difference("victims-satisfied-percent") }}.

{{ chart("paired", "officers-per-1000-population") }}

{{ chart("trend", "female-officers-percent") }}

{{ table("officers-fte", "pcsos-fte", "police-staff-fte", title="Workforce", beside="five-years") }}"#
            .to_owned()
    }
}

/// The document of each product of a cycle, in every format: written, readable, and of the force.
#[track_caller]
fn every_product_in_every_format(inspection: &Inspection<'_>) {
    let Inspection { house, force, cycle, .. } = *inspection;
    let subject = inspection.subject();
    let pillar = subject.split_once('.').map(|(pillar, _)| pillar);
    for product in inspection.products() {
        let node = match product.as_str() {
            "question-page" => Some(subject.as_str()),
            "pillar-report" | "pillar-page" | "detailed-findings" | "letter" => pillar,
            _ => None,
        };
        let out = format!("{cycle}-{product}");
        let mut arguments = vec!["report", "--force", force, "--cycle", cycle, "--product", &product, "--out", &out];
        arguments.extend(node.iter().flat_map(|node| ["--node", node]));
        house.run(&arguments).ended(0);
        let folder = house.path().join(&out).join(cycle).join(force);
        let stem = node.map_or_else(|| stem_of(&folder, &product), |node| format!("{product}-{node}"));
        for extension in FORMATS {
            let size = fs::metadata(folder.join(format!("{stem}.{extension}"))).map(|m| m.len()).unwrap_or_default();
            // A release without a number has a table of headings alone.
            let least = if ["csv", "json"].contains(&extension) { 2 } else { 1000 };
            assert!(size >= least, "{force} {cycle} {stem}.{extension}");
        }
        for extension in ["ods", "xlsx"] {
            let book = calamine::open_workbook_auto(folder.join(format!("{stem}.{extension}"))).unwrap();
            assert!(calamine::Reader::sheet_names(&book).contains(&"Numbers".to_owned()), "{stem}.{extension}");
        }
        assert!(read_json(&folder.join(format!("{stem}.json"))).is_object(), "{stem}");
        let pdf = Structure::read(&fs::read(folder.join(format!("{stem}.pdf"))).unwrap());
        assert!(pdf.claims_ua && pdf.marked && pdf.headings()[0].0 == "H1", "{force} {cycle} {stem}");
        for words in [pdf.words, fs::read_to_string(folder.join(format!("{stem}.txt"))).unwrap()] {
            assert!(words.contains(inspection.name()) && !words.contains("Hertfordshire"), "{force} {cycle} {stem}");
        }
    }
}

/// The only document of a kind in a folder.
#[track_caller]
fn stem_of(folder: &Path, product: &str) -> String {
    let names = files(folder).into_keys().filter_map(|name| name.strip_suffix(".html").map(str::to_owned));
    let of_kind: Vec<String> = names.filter(|name| name.starts_with(product) && !name.contains('/')).collect();
    assert_eq!(of_kind.len(), 1, "{product}: {of_kind:?}");
    of_kind[0].clone()
}

/// The pages of the inspections, after `check` found no problem: whole, of these forces alone, and no link of them broken.
#[track_caller]
fn site(inspections: &[Inspection<'_>]) -> Site {
    let house = inspections[0].house;
    house.run(&["check"]).ended(0).telling(&["no problem"]);
    for inspection in inspections {
        house.run(&["publish", "--cycle", inspection.cycle, "--format", "html,csv"]).ended(0);
    }
    house.run(&["verify", "site"]).ended(0);
    let site = house.path().join("site");
    assert_eq!(broken_links(&pages(&site)), Vec::<String>::new());
    for inspection in inspections {
        // A data pack sets the force among all others.
        let own = pages(&site.join(inspection.cycle).join(inspection.force))
            .into_iter()
            .filter(|p| !p.path.ends_with("data-pack.html"));
        for page in own {
            let (path, words) = (page.path.display(), page.words());
            for never in ["Hertfordshire", "{", "}", "NaN"] {
                assert!(!words.contains(never), "{path}: {never}");
            }
            let levels = page.levels();
            assert!(levels[0] == 1 && levels.iter().filter(|l| **l == 1).count() == 1, "{path}");
            assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
            let ids = page.attributes("id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}");
        }
    }
    Site(site)
}

/// A published site.
struct Site(PathBuf);

impl Site {
    #[track_caller]
    fn page(&self, inspection: &Inspection<'_>, stem: &str) -> Page {
        Page::read(&self.0.join(inspection.cycle).join(inspection.force).join(format!("{stem}.html")))
    }

    /// That the page of every question that was inspected shows its grade, and nothing else as a grade.
    #[track_caller]
    fn shows_every_grade(&self, inspection: &Inspection<'_>) {
        for place in inspection.places().iter().filter(|p| p.is_question && inspection.looked_at(p)) {
            let page = self.page(inspection, &format!("question-page-{}", place.node));
            let Judged::As(id) = inspection.judged(place) else { continue };
            let words = id.replace('-', " ");
            let expected = format!("{}{}", words[..1].to_uppercase(), &words[1..]);
            let shown = page
                .outline()
                .lines()
                .filter_map(|l| l.strip_prefix("  grade: ").map(str::to_owned))
                .collect::<Vec<_>>();
            assert_eq!(shown, [expected], "{}", page.path.display());
        }
    }
}

/// Grades of the scale of four, a different one on each question.
fn of_four(place: &Place) -> Judged {
    Judged::As(match place.number() {
        1 => "outstanding",
        2 => "good",
        3 => "requires-improvement",
        _ => "inadequate",
    })
}

/// Grades of the scale of five.
fn of_five(place: &Place) -> Judged {
    Judged::As(match place.number() % 5 {
        0 => "outstanding",
        1 => "good",
        2 => "adequate",
        3 => "requires-improvement",
        _ => "inadequate",
    })
}

const PLAIN: &str = "This is a sentence of the test.";

#[test]
fn kent_with_every_grade_and_judgments_of_2016_that_carry_over() {
    let house = Inspectorate::with_figures();
    let groups = fs::read_to_string(house.path().join("register/groups.csv")).unwrap();
    house.write(
        "register/groups.csv",
        &format!("{groups}most-similar,kent,essex,,,test\nmost-similar,kent,norfolk,,,test\n"),
    );
    let of = |cycle, judge| Inspection { house: &house, force: "kent", cycle, judge, sentence: PLAIN, other: "essex" };
    of("2016", of_four).on_record();
    let carried: fn(&Place) -> Judged = |place| match place.node.as_str() {
        "effectiveness.q1" | "effectiveness.q3" => Judged::CarriedOver("2016"),
        _ => of_four(place),
    };
    let all = [of("2015", of_four), of("2017", carried), of("2021-22", of_five)];
    all.iter().for_each(Inspection::in_full);
    let site = site(&all);
    let [of_2015, of_2017, of_2021] = &all;
    all.iter().for_each(|inspection| site.shows_every_grade(inspection));

    // A question of the framework that no force was inspected on says so.
    let page = site.page(of_2015, "pillar-page-legitimacy");
    assert!(page.lines().contains(&"This question was not inspected or graded in 2015.".to_owned()));

    // A judgment that carries over shows its grade, the year it was made, and the sentence.
    for stem in ["pillar-report-effectiveness", "pillar-page-effectiveness"] {
        let page = site.page(of_2017, stem);
        let outline = page.outline();
        assert!(
            outline.contains("  grade: Outstanding 2016") && outline.contains("  grade: Requires improvement 2016"),
            "{outline}"
        );
        let sentence =
            "This question was not inspected in 2017: the judgment of the 2016 effectiveness inspection stands.";
        assert_eq!(page.lines().iter().filter(|line| *line == sentence).count(), 2, "{stem}");
    }
    // A release that the machine writes names each grade, those that carry over too.
    let release = site.page(of_2017, "press-release-effectiveness").lines();
    let found = |words: &str| release.iter().any(|line| line.contains(words));
    assert!(found("is outstanding at preventing crime") && found("(the judgment of 2016);"), "{release:#?}");
    assert!(found("is judged ‘requires improvement’ in protecting"), "{release:#?}");

    // Without pillars the force stands beside its group question by question, and the letter is about the force.
    let report = site.page(of_2021, "force-report");
    let rows = report.rows();
    assert!(rows.contains(&["Question", "Kent", "Essex", "Norfolk"].map(str::to_owned).to_vec()), "{rows:#?}");
    assert!(
        rows.contains(
            &["Responding to the public", "Inadequate", "Not known", "Not known"].map(str::to_owned).to_vec()
        )
    );
    assert!(
        report
            .outline()
            .contains("## Questions\n### How good is the force's service for victims of crime?\n  grade: Ungraded")
    );
    let letter = site.page(of_2021, "letter").lines();
    assert!(letter.iter().any(|line| {
        line.starts_with("In the inspection of the force in 2021/22, HMICFRS found one cause of concern.")
    }));
}

#[test]
fn kent_in_every_format() {
    let house = Inspectorate::with_figures();
    for (cycle, judge) in [("2015", of_four as fn(&Place) -> Judged), ("2017", of_four), ("2021-22", of_five)] {
        let inspection = Inspection { house: &house, force: "kent", cycle, judge, sentence: PLAIN, other: "essex" };
        inspection.in_full();
        every_product_in_every_format(&inspection);
    }
}

const WELSH: &str =
    "Heddlu Dyfed-Powys a’r Ŵyl yn Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch: tŷ, môr, naïf.";

#[test]
fn dyfed_powys_with_welsh_names_and_the_longest_words() {
    let house = Inspectorate::with_figures();
    let of = |cycle, judge| Inspection {
        house: &house,
        force: "dyfed-powys",
        cycle,
        judge,
        sentence: WELSH,
        other: "gwent",
    };
    let all = [of("2015", of_four), of("2017", of_four), of("2021-22", of_five)];
    all.iter().for_each(Inspection::in_full);
    let site = site(&all);
    for inspection in &all {
        let page = site.page(inspection, &format!("question-page-{}", inspection.subject()));
        assert!(
            page.lines().iter().filter(|line| line.contains(WELSH)).count() >= 2,
            "in a paragraph and in a finding"
        );
    }
    let last = &all[2];
    every_product_in_every_format(last);
    let file = format!("2021-22-question-page/2021-22/dyfed-powys/question-page-{}", last.subject());
    let pdf = Structure::read(&fs::read(house.path().join(format!("{file}.pdf"))).unwrap());
    // A word of this length is broken at the end of a line.
    let words: String = pdf.words.split_whitespace().collect();
    for word in ["HeddluDyfed-Powys", "Ŵyl", "tŷ,", "môr,", "naïf."] {
        assert!(words.contains(word), "{word}: {words}");
    }
    let text = fs::read_to_string(house.path().join(format!("{file}.txt"))).unwrap();
    assert!(text.contains("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch: tŷ, môr,"), "{text}");
}

#[test]
fn city_of_london_without_a_similar_force() {
    let house = Inspectorate::with_figures();
    let of = |cycle, judge| Inspection {
        house: &house,
        force: "city-of-london",
        cycle,
        judge,
        sentence: PLAIN,
        other: "metropolitan",
    };
    let all = [of("2015", of_four), of("2017", of_four), of("2021-22", of_five)];
    all.iter().for_each(Inspection::in_full);
    let site = site(&all);
    all.iter().for_each(|inspection| site.shows_every_grade(inspection));
    let report = site.page(&all[2], "force-report").lines();
    assert!(
        report.contains(&"No force is similar enough to City of London Police to form a group with it.".to_owned())
    );
    let letter = site.page(&all[0], &format!("letter-{}", all[0].subject().split('.').next().unwrap())).lines();
    assert!(letter.contains(&"To the chief officer of City of London Police".to_owned()), "it has a commissioner");
    assert!(letter.contains(&"Copy: City of London Corporation".to_owned()));
    every_product_in_every_format(&all[0]);
}

#[test]
fn metropolitan_without_any_grade() {
    let house = Inspectorate::with_figures();
    let of = |cycle| Inspection {
        house: &house,
        force: "metropolitan",
        cycle,
        judge: |_| Judged::As("not-graded"),
        sentence: PLAIN,
        other: "surrey",
    };
    let all = ["2015", "2017", "2021-22"].map(of);
    all.iter().for_each(Inspection::in_full);
    let site = site(&all);
    for inspection in &all {
        site.shows_every_grade(inspection);
        let lead = site.page(inspection, "force-page").lines();
        let title = inspection.cycle.replace('-', "/");
        let expected = format!("No grade of Metropolitan Police Service in {title} is on record here.");
        assert!(lead.iter().any(|line| line.starts_with(&expected)), "{lead:#?}");
    }
    let release = site.page(&all[1], "press-release-effectiveness").lines();
    assert!(
        release.iter().any(|line| line.ends_with("keeping people safe and reducing crime. It gave no grade.")),
        "{release:#?}"
    );
    assert!(
        release.iter().all(|line| !line.contains("not graded at") && !line.contains("ungraded at")),
        "{release:#?}"
    );
    every_product_in_every_format(&all[1]);
}

#[test]
fn greater_manchester_with_a_judgment_that_carries_over_twice() {
    let house = Inspectorate::with_figures();
    let of = |cycle, judge| Inspection {
        house: &house,
        force: "greater-manchester",
        cycle,
        judge,
        sentence: PLAIN,
        other: "cheshire",
    };
    of("2016", of_four).on_record();
    let of_2017: fn(&Place) -> Judged = |place| match place.node.as_str() {
        "effectiveness.q2" => Judged::CarriedOver("2016"),
        node if node.starts_with("legitimacy") => Judged::As("not-graded"),
        _ => of_four(place),
    };
    let of_2018: fn(&Place) -> Judged = |place| match place.node.as_str() {
        "effectiveness.q2" => Judged::CarriedOver("2016"),
        "efficiency.q1" => Judged::CarriedOver("2017/efficiency.q2"),
        "legitimacy.q3" => Judged::As("to-be-graded"),
        _ => of_four(place),
    };
    let all = [of("2015", of_four), of("2017", of_2017), of("2018-19", of_2018), of("2021-22", of_five)];
    all.iter().for_each(Inspection::in_full);
    let site = site(&all);
    all.iter().for_each(|inspection| site.shows_every_grade(inspection));
    let report = site.page(&all[2], "force-report");
    let rows = report.rows();
    let of_judgments = |row: &&Vec<String>| row.len() == 3 && !row[1].starts_with("Yes") && !row[1].starts_with("No:");
    let judged = |name: &str| {
        rows.iter().filter(of_judgments).find(|row| row[0] == name).map(|row| row[1..].join(", ")).unwrap()
    };
    assert_eq!(judged("Investigating crime"), "Good, 2016");
    assert_eq!(judged("Meeting current demands and using resources"), "Good, 2017");
    assert_eq!(judged("Fair treatment of the workforce"), "To be graded, 2018/19");
    let sentences: Vec<String> =
        report.lines().into_iter().filter(|line| line.starts_with("This question was not inspected in")).collect();
    assert_eq!(
        sentences,
        [("2016", "effectiveness"), ("2017", "efficiency")].map(|(year, pillar)| format!(
            "This question was not inspected in 2018/19: the judgment of the {year} {pillar} inspection stands."
        ))
    );
    let page = site.page(&all[1], "force-page").lines();
    assert!(
        page.iter().any(|line| line.contains("for effectiveness and ") && !line.contains("for legitimacy")),
        "{page:#?}"
    );
    every_product_in_every_format(&all[2]);
}
