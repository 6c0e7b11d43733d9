//! Other forces in other cycles: records and texts made up for the test give every document that a cycle has, in every format, and
//! no force, question or scale is written into the program.

use crate::{
    inspectorate::{Inspectorate, json},
    pages::{Page, pages},
    structure::Structure,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::PathBuf};

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
    /// What it is called where the wording is not known.
    name: String,
    /// The diagnostics, each with the first heading that the framework names.
    diagnostics: Vec<(String, Option<String>)>,
}

impl Place {
    fn of(node: String, value: &Value, is_question: bool) -> Self {
        // YAML has `yes` and `no` for these, which stay words.
        let says_no = |key: &str| value.get(key).is_some_and(|v| v == "no" || v == false);
        let word = |key: &str| value.get(key).and_then(Value::as_str).filter(|w| !w.is_empty()).map(str::to_owned);
        let below = value.get("diagnostics").or(value.get("topics")).and_then(Value::as_array).into_iter().flatten();
        let heading = |d: &Value| d["headings"].get(0).and_then(Value::as_str).map(str::to_owned);
        let diagnostics = below.map(|d| (d["id"].as_str().unwrap().to_owned(), heading(d))).collect();
        let name = word("title").or(word("wording")).unwrap_or_default();
        Self { node, is_question, graded: !says_no("graded"), inspected: !says_no("inspected"), name, diagnostics }
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
            Judged::As(word) if !["not-inspected", "ungraded", "not-graded", "to-be-graded"].contains(&word) => Some(word),
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
                Judged::CarriedOver(cycle) => json!({"take-judgment": {"node": place.node, "carried-over": cycle, "from": from}}),
            }
        };
        self.places().iter().map(judgment).collect()
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
            finding("for-others", "recommendation", json!({"parent": "concern", "addressees": [self.force, self.other, "home-office", "all-forces"]})),
            finding("alone", "recommendation", json!({"addressees": ["college-of-policing"], "due": "within six months"})),
            finding("points", "area-for-improvement", json!({"sub-points": ["speed", "care;"], "recurring": "annually", "stands": "closed"})),
            finding("plain", "area-for-improvement", json!({"title": "Plain words", "restates": ["2014/nothing-on-record"]})),
            finding("promising", "promising-practice", json!({})),
            finding("innovative", "innovative-practice", json!({"printed-in": ["question"]})),
            finding("of-old", "recommendation", json!({"recalled": {"cycle": "2014", "stands": "still open"}, "restates": ["2014/of-old"]})),
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
            item("staff", "data", "inspectors", json!({"trained": people("30"), "all": people("120"), "meetings": "more than 3"})),
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
        if self.has("pillar-report") {
            for place in places.iter().filter(|p| !p.is_question && self.looked_at(p)) {
                let grade = self.grade(place).map(|_| format!(" The force is {{{{ grade(\"{}\") }}}} overall.", place.node)).unwrap_or_default();
                let text = format!("# statement\n\nThis is our view of {{{{ force }}}}.{grade}\n\n# summary\n\n{}\n", self.paragraph());
                self.write(&format!("{}.md", place.node), &text);
            }
        }
        if self.has("force-report") {
            self.write("overview.md", &format!("# observations\n\n{}\n\n{{{{ quote(\"said\") }}}}\n", self.paragraph()));
        }
        if self.has("press-release") {
            self.write("press.md", &format!("# national\n\n{}\n\n# quotes\n\n- {{{{ quote(\"said\") }}}}\n", self.sentence));
        }
        self.write("letter.md", &format!("# body\n\nWe write about {{{{ place }}}}. {}\n", self.sentence));
    }

    fn question(&self, place: &Place) {
        let node = &place.node;
        let mut text = String::new();
        if let Judged::CarriedOver(_) = self.judged(place) {
            text += &format!("# review\n\nIt was last inspected in {{{{ last_inspected(\"{node}\") }}}}. {}\n", self.sentence);
        } else if self.looked_at(place) {
            let grade = self.grade(place).map(|_| format!("The force is {{{{ grade(\"{node}\") }}}} at this. ")).unwrap_or_default();
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

#[test]
fn probe() {
    let house = Inspectorate::with_figures();
    for force in ["kent", "dyfed-powys", "city-of-london", "metropolitan", "greater-manchester"] {
        for cycle in ["2015", "2017", "2021-22", "2018-19"] {
            let i = Inspection { house: &house, force, cycle, judge: |_| Judged::As("good"), sentence: "A plain sentence.", other: "gwent" };
            i.in_full();
        }
    }
    let ran = house.run(&["check"]);
    println!("{}\n{}", ran.status, ran.err);
    let ran = house.run(&["report", "--force", "kent", "--cycle", "2021-22", "--product", "force-report", "--out", "/tmp/w/doctests/kent"]);
    println!("{}\n{}", ran.status, ran.err);
    std::process::Command::new("cp").args(["-r", house.path().to_str().unwrap(), "/tmp/w/doctests/others"]).status().unwrap();
    panic!();
}
