mod desk;

use super::*;
use crate::draft::{self, Unreadable};
use desk::at_a_desk;
use proptest::prelude::*;

/// What the linter says of a text: "P001 `three`".
fn told(written: &str) -> Vec<String> {
    let short = |r: &Remark| format!("{} {}", r.rule, r.found);
    remarks(written).iter().map(short).collect()
}

fn remarks(written: &str) -> Vec<Remark> {
    at_a_desk("2016", |desk| text(desk, &draft::read("record/2016/hertfordshire/legitimacy.q2.md", written).0))
}

#[track_caller]
fn clean(written: &str) {
    assert_eq!(told(written), Vec::<String>::new(), "{written}");
}

#[track_caller]
fn finds(rule: Rule, written: &str, word: &str) {
    let remarks = remarks(written);
    let [remark] = remarks.as_slice() else { panic!("{written}: {remarks:?}") };
    let line = written.lines().nth(remark.at.line - 1).unwrap();
    let from: String = line.chars().skip(remark.at.column - 1).collect();
    assert_eq!((remark.rule, from.starts_with(word)), (rule, true), "{written}: {remark} at {from}");
}

#[test]
fn numbers_that_are_typed_are_found_at_their_first_letter() {
    for (written, number) in [
        ("The force has 413 cars.", "413"),
        ("Spending fell by 4.7 percent.", "4.7"),
        ("Nearly 40% agreed.", "40%"),
        ("It costs £3.36m.", "£3.36m"),
        ("A fund of £3 million helps.", "£3"),
        ("There are nine principles.", "nine"),
        ("Twenty-five people came.", "Twenty-five"),
        ("It held two hundred and twelve meetings.", "two hundred"),
        ("About a third of people agreed.", "a third"),
        ("It fell by a quarter.", "a quarter"),
        ("Two-thirds agreed.", "Two-thirds"),
        ("Almost half of them agreed.", "half"),
        ("It has three quarters.", "three quarters"),
        ("A dozen people came.", "dozen"),
        ("A three-year plan is in place.", "three-year"),
        ("In the last 12 months it met.", "12 months"),
        ("It was the fourth lowest.", "fourth lowest"),
        ("It found 48 of 60 files.", "48 of 60"),
        ("It has **seven** teams.", "seven"),
        ("There were 2 officers.", "2"),
        ("One in four people agreed.", "four"),
        ("The force had 2013 police officers.", "2013"),
        ("We saw the 12th meeting.", "12th"),
    ] {
        let found = remarks(written);
        let [remark] = found.as_slice() else { panic!("{written}: {found:?}") };
        assert!([Rule::UnboundNumber, Rule::ContradictsItsData].contains(&remark.rule), "{remark}");
        let from: String = written.chars().skip(remark.at.column - 1).collect();
        assert!(from.starts_with(number), "{remark} at {from}");
    }
}

#[test]
fn numbers_that_are_no_figures_are_free() {
    for written in [
        "On 31 March 2016 and in March 2016, spring 2015, 2018/19, 2018-19 and the 1990s it changed.",
        "From 1 to 5 March, and between 1 April and 30 September, it was open.",
        "People ring 999 or 101. A 101 call waits.",
        "Searches under section 60, sections 135 and 136, and section 3(1) are recorded.",
        "The Police and Criminal Evidence Act 1984 applies; so does the Police Act 1996.",
        "It works 24/7, seven days a week, with 360-degree reviews.",
        "The first, second, third and fourth; a third party; a third officer told us; the 3rd meeting.",
        "C2, P001, MG11 and 4x4 are names, and so is Covid-19.",
        "One or two people, one-to-one, two officers.",
        "The force moved to Three Rivers last year, in the first half of 2016.",
        "At tier 2, level 3 and stage 1 it is stronger.",
        "Complaints per 1,000 officers are compared. It opens from 9am to 5.30 pm.",
        "In the 21st century, and before {{ period(\"officers-fte\") }}.",
        "Another half day and half an hour went by.",
        "It held one meeting in March, a second in April and a third in May; Operation Nine goes on.",
        "It met in 2016’s first quarter.",
        "It recorded {{ value(\"complaints-per-1000-officers\") }} public complaint cases per 1,000 officers.",
        "There {{ value(\"rest-days-percent\") }} of officers were owed more than ten rest days in lieu.",
    ] {
        clean(written);
    }
}

#[test]
fn the_remedy_of_a_number_names_the_expression_that_prints_it() {
    let remedy = |written: &str| remarks(written)[0].remedy.clone();
    assert_eq!(remedy("Of the files 48 of 60 were good."), "`{{ review(\"file-review.effective\") }}` prints it");
    assert_eq!(
        remedy("Of the files 80 percent were good."),
        "`{{ review(\"file-review.effective\", as=\"percent\") }}` prints it"
    );
    assert_eq!(remedy("In the survey, more than 50 answered it."), "`{{ evidence(\"survey.asked\") }}` prints it");
    assert_eq!(remedy("A call took 1 minute 38 seconds."), "`{{ evidence(\"call.wait\") }}` prints it");
    assert_eq!(remedy("That is the fourth lowest."), "`{{ evidence(\"call.rank\") }}` prints it");
    assert_eq!(remedy("The force had 2,009 police officers."), "`{{ value(\"officers-fte\") }}` prints it");
    assert_eq!(
        remedy("We set three areas for improvement."),
        "`{{ count(\"areas-for-improvement\", node=\"legitimacy.q2\") }}` prints it"
    );
    assert_eq!(remedy("We make six recommendations."), "write `{{ count(\"recommendations\") }}`");
    assert!(remedy("There were 71 cars.").starts_with("bind it: name it under `numbers:`"));
}

#[test]
fn a_typed_number_with_the_noun_of_a_measure_is_held_against_the_data() {
    let written = "The force had 2,019 police officers.";
    finds(Rule::ContradictsItsData, written, "2,019");
    assert_eq!(told(written), ["P002 `2,019` is typed, and the data say 2,009"]);
    assert_eq!(remarks(written)[0].remedy, "write `{{ value(\"officers-fte\") }}`");
    finds(Rule::ContradictsItsData, "In all 40 percent of the workforce were women.", "40");
    // A few police officers are not all of them.
    finds(Rule::UnboundNumber, "We met twelve police officers.", "twelve");
}

#[test]
fn verdicts_are_not_typed() {
    for (written, word) in [
        ("It was broadly in line with others.", "broadly"),
        ("That is in line with the England and Wales figure.", "in line"),
        ("That is higher than the England and Wales average.", "higher"),
        ("That is below the national average.", "below"),
        ("It is lower than average.", "lower"),
        ("The change is not statistically significant.", "not"),
        ("Complaints are significantly lower.", "significantly"),
        ("It does better than the most similar group average.", "better"),
    ] {
        finds(Rule::VerdictByHand, written, word);
    }
    clean("It is more than the sum of its parts, in line with the code, above all, and has improved significantly.");
    clean("It costs more than the average officer earns.");
    clean("Fewer people than the force expected came from England and Wales.");
}

#[test]
fn a_figure_goes_on_with_its_noun() {
    let of = |rest: &str| format!("It had {{{{ value(\"officers-fte\") }}}} {rest}");
    for rest in [
        "police officers.",
        "police officers (full-time equivalents).",
        "police officer posts.",
        "constables of every rank.",
    ] {
        clean(&of(rest));
    }
    finds(Rule::WrongNoun, &of("people in uniform."), "people");
    finds(Rule::WrongNoun, &of("(including the alliance) police officers."), "{{");
    finds(Rule::WrongNoun, &of("."), "{{");
    clean("The number of police officers was {{ value(\"officers-fte\") }}.");
    clean(
        "It rose from {{ value(\"officers-fte\") }} to {{ value(\"officers-fte\", at=\"2015-03-31\") }} police officers.",
    );
    clean(
        "It spent {{ value(\"spend-per-head\") }} per head of population and {{ value(\"spend-per-head\") }} spent per head of population.",
    );
    clean(
        "In all {{ value(\"female-workforce-percent\") }} of the workforce were women, against {{ value(\"female-workforce-percent\", area=\"england-and-wales\") }} in England and Wales.",
    );
    finds(Rule::WrongNoun, "In all {{ value(\"female-workforce-percent\") }} of officers were women.", "of officers");
    let found = remarks(&of("people in uniform."));
    assert_eq!(
        found[0].to_string(),
        "record/2016/hertfordshire/legitimacy.q2.md:1:36: P005 the figure of `officers-fte` goes on with `people in uniform.`: go straight on with `police officers (full-time equivalents)` or `constables of every rank`, or say it earlier in the same sentence"
    );
}

#[test]
fn the_year_of_a_judgment_is_not_typed() {
    for (written, word) in [
        ("We judged it in 2015 and say no more.", "2015"),
        ("It was last inspected in 2018/19.", "2018/19"),
        ("The judgment of 2015 still stands.", "2015"),
        ("The grade from September 2015 was carried over.", "2015"),
        ("It was carried over from 2015.", "2015"),
        ("The 2015 judgment was fair.", "2015"),
    ] {
        finds(Rule::TypedYear, written, word);
    }
    clean("The legitimacy inspection of 2015 found this. We judged it as {{ grade(\"legitimacy.q2\") }}.");
    clean("We judged the force by its figures at 31 March 2016.");
    clean("In 2015/16 many officers carried over more leave than the policy allows.");
    clean("Since the revision of March 2022 every region has a grade of its own.");
}

#[test]
fn another_force_is_not_typed() {
    for (written, word) in [
        ("It asked Kent Police for help.", "Kent"),
        ("The Kent force helped.", "Kent"),
        ("Devon & Cornwall Police helped.", "Devon"),
        ("Devon and Cornwall Constabulary helped.", "Devon"),
        ("It asked the MPS’s experts.", "MPS"),
        ("The Metropolitan Police helped.", "Metropolitan"),
    ] {
        finds(Rule::AnotherForce, written, word);
    }
    clean(
        "Hertfordshire Constabulary, Kent, Devon & Cornwall, the University of Kent and Kent Police and Crime Panel are names; mps are not.",
    );
    assert_eq!(remarks("Ask Bedfordshire Police.")[0].remedy, "write `{{ force(\"bedfordshire\") }}`");
    assert!(
        remarks("Ask Kent Police.")[0]
            .remedy
            .ends_with("name it under `involves:` of the evidence that it has to do with")
    );
}

#[test]
fn what_somebody_asserts_says_who() {
    let number = "{{ evidence(\"survey.response\") }}";
    finds(Rule::ClaimWithoutSource, &format!("It reached {number} of people, and {number} again."), "{{ evidence");
    for before in [
        "According to the force, ",
        "The force told us that ",
        "Internal audit shows ",
        "From {{ asserted_by(\"outcomes\") }} that ",
    ] {
        clean(&format!("{before}it reached {number} of people."));
    }
    finds(Rule::ClaimWithoutSource, "The charity helped {{ evidence(\"plan.helped\") }} people.", "{{ evidence");
    clean("Victim Support helped {{ evidence(\"plan.helped\") }} people.");
    clean("We found {{ evidence(\"team.investigators\") }} investigators.");
    clean(&format!("The force told us this:\n\n- {number} answered"));
    finds(Rule::ClaimWithoutSource, &format!("The force told us.\n\n- {number} answered"), "{{ evidence");
}

#[test]
fn a_count_is_not_called_a_proportion() {
    let count = "{{ evidence(\"outcomes.after\") }}";
    finds(
        Rule::CountAsProportion,
        &format!("According to the force, the proportion of good outcomes fell to {count}."),
        "proportion",
    );
    finds(Rule::CountAsProportion, &format!("It reported that the rate fell from {count} to {count}."), "rate");
    for written in [
        "the number fell to @, and the proportion rose.",
        "the share of @ cases rose.",
        "officers share cars in @ places.",
        "at a rate of @ per day",
    ] {
        clean(&format!("The force told us that {}", written.replace('@', count)));
    }
}

#[test]
fn grades_are_not_typed() {
    for (written, word) in [
        ("The force was judged as good at this.", "good"),
        ("We graded its work overall as outstanding.", "outstanding"),
        ("Its vetting requires improvement this year.", "requires"),
        ("The force is good at listening.", "good"),
        ("The force was assessed inadequate.", "inadequate"),
        ("The grade for its vetting is good.", "good"),
        ("The judgment, good, stands.", "good"),
        ("The force is inadequate.", "inadequate"),
        ("The constabulary was found to be outstanding in this.", "outstanding"),
    ] {
        finds(Rule::GradeByHand, written, word);
    }
    clean(
        "We assessed whether the force has good support, how good it is, and judged it a good sign. It requires time.",
    );
    let remedy = |written: &str| remarks(written)[0].remedy.clone();
    assert_eq!(
        remedy("It was judged inadequate."),
        "write `{{ grade(\"legitimacy.q2\") }}`, or use another word where no judgment is meant"
    );
    clean("## What requires improvement\n\nIt was judged {{ grade(\"legitimacy.q2\") }} at this.");
}

#[test]
fn a_diagnostic_has_the_headings_of_its_framework() {
    finds(Rule::UnknownHeading, "# legitimacy.q1.d1\n\n## Values of the organisation\n", "## Values");
    clean(
        "# legitimacy.q1.d1\n\n## Organisational values\n\n# legitimacy.q1.d2\n\n## Anything\n\n# findings\n\n## Anything\n",
    );
}

fn released(written: &str) -> Vec<String> {
    let short = |r: &Remark| format!("{} {}", r.rule, r.found);
    at_a_desk("2016", |desk| {
        let remarks = release(desk, &draft::read("press.md", written).0, &"legitimacy".parse().unwrap());
        remarks.iter().map(short).collect()
    })
}

#[test]
fn a_release_leaves_nothing_out() {
    assert_eq!(released("# national\n\nForces were inspected."), Vec::<String>::new());
    assert_eq!(
        released("# findings\n\n- is {{ grade(\"legitimacy.q1\") }}"),
        [
            "P010 `legitimacy.q2` is graded requires improvement and the findings do not say so",
            "P010 the cause of concern `concern` is not among the findings"
        ]
    );
    assert_eq!(
        released("# findings\n\n- {{ grade(\"2016/legitimacy.q2\") }}, with a **cause of** concern"),
        Vec::<String>::new()
    );
}

#[test]
fn a_release_is_no_stronger_than_its_findings() {
    assert_eq!(released("# national\n\nAn outstanding year."), Vec::<String>::new());
    assert_eq!(
        released(
            "# findings\n\n- an outstanding force, {{ grade(\"legitimacy.q2\") }}: a cause of concern, failing and dangerous"
        ),
        [
            "P011 `outstanding` is typed, and no judgment or finding says it",
            "P011 `dangerous` is typed, and no judgment or finding says it"
        ]
    );
}

/// Every code that reading, printing and linting an example gives.
fn codes(cycle: &str, example: &str) -> Vec<Rule> {
    at_a_desk(cycle, |desk| {
        let release_of = example.starts_with("# national") || example.starts_with("# findings");
        let file = if release_of { "press.md" } else { "legitimacy.q2.md" };
        let (draft, unread) = draft::read(file, example);
        let mut found: Vec<Remark> = Vec::new();
        let unreadable = |u: Unreadable| Fault::new(Rule::CannotBeRead, u.found, u.remedy).at(file, u.at);
        found.extend(unread.into_iter().map(unreadable));
        found.extend(text(desk, &draft));
        if release_of {
            found.extend(release(desk, &draft, &"legitimacy".parse().unwrap()));
        }
        for part in &draft.parts {
            desk.pieces(file, &part.pieces, 3, &mut found);
        }
        found.into_iter().map(|r| r.rule).collect()
    })
}

fn example<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, after) =
        page.split_once(&format!("\n## {heading}\n\n```text\n")).unwrap_or_else(|| panic!("{page} has no {heading}"));
    after.split_once("\n```\n").unwrap().0
}

#[test]
fn every_rule_has_a_page_whose_examples_are_true() {
    for rule in Rule::ALL {
        let page = rule.page();
        assert!(page.starts_with(&format!("# {rule} {}\n", rule.title())), "{page}");
        assert!(page.lines().count() <= 30, "{rule} has {} lines", page.lines().count());
        for heading in ["What", "Why", "Wrong", "Right", "Remedy"] {
            assert_eq!(page.matches(&format!("\n## {heading}\n")).count(), 1, "{rule}: {heading}");
        }
        let (wrong, right) = (example(page, "Wrong"), example(page, "Right"));
        // The record and the products find these two; their examples are no texts of this desk.
        if [Rule::PartsDoNotAddUp, Rule::NowherePrinted].contains(rule) {
            continue;
        }
        let cycle = if *rule == Rule::AcrossScales { "2021-22" } else { "2016" };
        assert!(codes(cycle, wrong).contains(rule), "{rule}: {:?}", codes(cycle, wrong));
        assert_eq!(codes(cycle, right), [], "{rule}");
    }
}

#[test]
fn every_exemption_has_a_reason_and_is_one() {
    for (phrase, reason) in exempt::PHRASES {
        assert!(!reason.is_empty());
        clean(&format!("The force says {phrase} often."));
    }
    for (label, reason) in exempt::LABELS {
        assert!(!reason.is_empty());
        clean(&format!("It names {label} 30 there."));
    }
}

/// Sentences whose numbers are all bound.
fn bound() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "On {{ period(\"officers-fte\") }} it had {{ value(\"officers-fte\") }} police officers. ",
        "There were {{ value(\"complaints-per-1000-officers\") }} public complaint cases per 1,000 officers, {{ compared(\"complaints-per-1000-officers\", \"england-and-wales\") }}. ",
        "The force told us that {{ evidence(\"survey.response\") }} answered. ",
        "We read files and found {{ review(\"file-review.effective\") }} effective.\n\n",
        "We graded it {{ grade(\"legitimacy.q2\") }}. {{ carried_over(\"effectiveness.q1\") }} ",
        "It works with {{ force(\"bedfordshire\") }} on 999 calls. ",
        "- We set {{ count(\"areas-for-improvement\") }} areas for improvement.\n",
        "Half an hour later, one or two people came. ",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_makes_the_linter_fall_over(written in "([ -~\\n£–’é]|\\{\\{ (value|evidence)\\(\"officers-fte\"\\) \\}\\}| (three|hundred|half of|a third|judged|31|2016|per 1,000|Kent Police)){0,60}") {
        at_a_desk("2016", |desk| {
            let (draft, _) = draft::read("press.md", &written);
            let lines = written.lines().count() + 1;
            for remark in text(desk, &draft).into_iter().chain(release(desk, &draft, &"legitimacy".parse().unwrap())) {
                assert!(remark.at.line <= lines && !remark.remedy.is_empty(), "{remark}");
            }
        });
    }

    #[test]
    fn bound_numbers_are_clean(sentences in prop::collection::vec(bound(), 0..8)) {
        clean(&sentences.concat());
    }
}
