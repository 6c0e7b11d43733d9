use super::*;
use crate::Grade;
use proptest::prelude::*;

const SCALE: &str = "grades: [{ id: outstanding }, { id: good }, { id: requires-improvement }, { id: inadequate }]";

fn framework(id: &str, until: &str, rest: &str) -> Framework {
    let text = format!(
        "id: \"{id}\"\ntitle: \"{id}\"\ndata-until: {until}\ninspectorate: {{ id: hmic, name: HMIC, full-name: HMIC }}\n{SCALE}\npillars:\n  - id: effectiveness\n    title: Effectiveness\n    questions:\n      - {{ id: q1, wording: \"Prevent?\" }}\n      - {{ id: q2, wording: \"Investigate?\" }}\n{rest}"
    );
    serde_saphyr::from_str(&text).unwrap()
}

fn frameworks() -> Vec<Framework> {
    vec![
        framework("2016", "2016-03-31", ""),
        framework("2017", "2017-03-31", ""),
        framework("2018-19", "2019-03-31", ""),
    ]
}

fn command(text: &str) -> Command {
    serde_saphyr::from_str(text).unwrap()
}

const FROM: &str = "from: { publication: report, page: 3, quote: short words }";

/// A record with its publication, and a function that applies a command to Hertfordshire.
fn record() -> Record {
    let mut record = Record::default();
    let publication =
        command("take-publication: { id: report, publisher: HMIC, title: A report, published: 2016-12-08 }");
    record.apply(&frameworks(), "2016", None, publication).unwrap();
    record
}

fn apply(record: &mut Record, cycle: &str, text: &str) -> Result<(), String> {
    let force: AreaId = "hertfordshire".parse().unwrap();
    record.apply(&frameworks(), cycle, Some(&force), command(text)).map_err(|r| r.to_string())
}

fn judgment(node: &str, what: &str) -> String {
    format!("take-judgment: {{ node: {node}, {what}, {FROM} }}")
}

fn standing<'r>(record: &'r Record, cycle: &str, node: &str) -> Standing<'r> {
    record.standing(cycle, &"hertfordshire".parse().unwrap(), &node.parse().unwrap()).unwrap()
}

#[test]
fn a_judgment_that_carries_over_twice_keeps_the_year_it_was_made_in() {
    let mut record = record();
    apply(&mut record, "2016", &judgment("effectiveness.q1", "grade: good")).unwrap();
    apply(&mut record, "2017", &judgment("effectiveness.q1", "carried-over: \"2016\"")).unwrap();
    let refused = apply(&mut record, "2018-19", &judgment("effectiveness.q1", "carried-over: \"2017\"")).unwrap_err();
    insta::assert_snapshot!(refused, @r#"in 2017 `effectiveness.q1` was itself carried over from 2016: write `carried-over: "2016"`, the cycle that it was made in"#);
    apply(&mut record, "2018-19", &judgment("effectiveness.q1", "carried-over: \"2016\"")).unwrap();
    for cycle in ["2017", "2018-19"] {
        let standing = standing(&record, cycle, "effectiveness.q1");
        assert_eq!((standing.cycle, standing.carried_over), ("2016", true));
        assert_eq!(standing.value, JudgmentValue::Graded(Grade::Good));
    }
    assert!(!standing(&record, "2016", "effectiveness.q1").carried_over);
}

#[test]
fn a_question_that_moved_carries_over_from_its_old_place() {
    let mut record = record();
    apply(&mut record, "2016", &judgment("effectiveness.q2", "grade: requires-improvement")).unwrap();
    apply(&mut record, "2017", &judgment("effectiveness.q1", "carried-over: \"2016/effectiveness.q2\"")).unwrap();
    assert_eq!(standing(&record, "2017", "effectiveness.q1").value.id(), "requires-improvement");
}

#[test]
fn every_refusal_says_why_and_what_is_needed() {
    let mut record = record();
    let refused: Vec<String> = [
        ("2016", judgment("effectiveness.q9", "grade: good")),
        ("2020", judgment("effectiveness.q1", "grade: good")),
        ("2016", judgment("effectiveness.q1", "grade: adequate")),
        ("2016", judgment("effectiveness.q1", "note: none")),
        ("2017", judgment("effectiveness.q1", "carried-over: \"2016\"")),
        ("2016", judgment("effectiveness.q1", "carried-over: \"2017\"")),
        ("2017", judgment("effectiveness.q1", "grade: good, carried-over: \"2016\"")),
        ("2016", judgment("effectiveness.q1", "grade: good").replace("report", "another")),
        ("2016", judgment("effectiveness.q1", "grade: good").replace("page: 3, ", "")),
        ("2016", judgment("effectiveness.q1", "grade: good").replace("short words", &"word ".repeat(26))),
        ("2016", format!("take-finding: {{ id: rec, kind: recommendation, node: effectiveness.q1, text: Do it, addressees: [], {FROM} }}")),
        ("2016", format!("take-finding: {{ id: rec, kind: recommendation, node: effectiveness.q1, text: Do it, addressees: [kent], parent: coc, {FROM} }}")),
        ("2016", format!("take-evidence: {{ id: ev, node: effectiveness.q1, kind: survey, asserted-by: force, says: x, numbers: {{ a: 5 }}, parts: [{{ total: a, of: [b] }}], {FROM} }}")),
        ("2016", format!("take-comparison: {{ measure: m, period: 2016-03-31, value: lots, {FROM} }}")),
        ("2016", format!("take-comparison: {{ measure: m, period: 2016-03-31, value: 5, comparator: england-and-wales, {FROM} }}")),
    ]
    .iter()
    .map(|(cycle, text)| apply(&mut record, cycle, text).unwrap_err())
    .collect();
    insta::assert_snapshot!(refused.join("\n"), @r#"
    the framework of 2016 has no `effectiveness.q9`: use one of effectiveness, effectiveness.q1, effectiveness.q2
    there is no framework `2020`: use one of 2016, 2017, 2018-19, or add frameworks/2020.yaml
    `adequate` is not in the scale of 2016: use one of outstanding, good, requires-improvement, inadequate
    `effectiveness.q1` has neither a grade nor a cycle that it carries over from: write `grade:` or `carried-over:`
    there is no grade of `effectiveness.q1` for hertfordshire in 2016 to carry over: take that judgment first, in record/2016/
    `2017` is no cycle before 2016: name the cycle that the judgment was made in
    `effectiveness.q1` has a grade and carries over: leave the grade out: it is read from the judgment that carries over
    `another` is no publication on record: take the publication first, with `take-publication`
    the fact has no place in its publication: add `page:`, or `section:` where pages have no numbers
    the quote has 26 words: quote only the words that carry the fact, at most 25
    `rec` is addressed to nobody: name at least one force or body under `addressees:`
    its parent `coc` is no finding on record: take the cause of concern first
    `ev` has no number `b`: name numbers of the same evidence under `parts:`
    `lots` is not a number: write the printed figure alone, such as "94.9"
    the comparison of `m` is half there: give both `comparator:` and `comparator-value:`
    "#);
}

#[test]
fn a_cause_of_concern_needs_a_recommendation_and_a_question_is_inspected_or_carried_over() {
    let mut record = record();
    apply(&mut record, "2016", &format!("take-finding: {{ id: coc, kind: cause-of-concern, node: effectiveness.q1, text: Bad, addressees: [hertfordshire], {FROM} }}")).unwrap();
    apply(&mut record, "2016", &judgment("effectiveness.q1", "grade: good")).unwrap();
    apply(&mut record, "2016", &format!("take-scope: {{ node: effectiveness.q1, status: carried-over, {FROM} }}"))
        .unwrap();
    let force = "hertfordshire".parse().unwrap();
    let told: Vec<String> =
        record.inspection("2016", &force).unwrap().unfinished().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    the cause of concern `coc` has no recommendation: a cause of concern always comes with at least one: take it with `parent:`
    `effectiveness.q1` is carried over in the scope, and its judgment says otherwise: a question is inspected or carried over, never both
    ");
    apply(&mut record, "2016", &format!("take-finding: {{ id: rec, kind: recommendation, node: effectiveness.q1, text: Do it, addressees: [hertfordshire], parent: coc, {FROM} }}")).unwrap();
    assert_eq!(record.inspection("2016", &force).unwrap().unfinished().len(), 1);
}

fn any_judgment() -> impl Strategy<Value = (usize, String)> {
    let what = prop_oneof![
        Just("grade: good".to_owned()),
        Just("grade: not-inspected".to_owned()),
        Just("grade: adequate".to_owned()),
        (0usize..3).prop_map(|c| format!("carried-over: \"{}\"", ["2016", "2017", "2018-19"][c])),
        Just("carried-over: \"2016/effectiveness.q2\"".to_owned()),
    ];
    (0usize..3, 1u8..3, what)
        .prop_map(|(cycle, question, what)| (cycle, judgment(&format!("effectiveness.q{question}"), &what)))
}

proptest! {
    /// Whatever is asked in whatever order: a judgment that stands has a grade of its scale or a value, was made in the cycle it
    /// names or an earlier one, and what was refused changed nothing.
    #[test]
    fn no_order_of_commands_makes_an_unlawful_record(commands in proptest::collection::vec(any_judgment(), 0..14)) {
        let mut record = record();
        let cycles = ["2016", "2017", "2018-19"];
        for (cycle, text) in commands {
            let before = record.clone();
            if apply(&mut record, cycles[cycle], &text).is_err() {
                prop_assert!(before.inspections().eq(record.inspections()));
            }
            for (place, cycle) in cycles.iter().enumerate() {
                for node in ["effectiveness.q1", "effectiveness.q2"] {
                    let force = "hertfordshire".parse().unwrap();
                    let Some(standing) = record.standing(cycle, &force, &node.parse().unwrap()) else { continue };
                    let made = cycles.iter().position(|c| *c == standing.cycle).unwrap();
                    prop_assert!(made <= place);
                    prop_assert_eq!(standing.carried_over, made < place);
                    prop_assert!(standing.value.grade() != Some(Grade::Adequate));
                }
            }
        }
    }
}
