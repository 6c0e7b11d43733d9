use super::*;
use crate::register_file;
use inspection::framework::Framework;
use std::path::Path;

const FORCES: &str = "id,ons_code,name,short_name,country,region,in_scope,aliases\n\
    kent,E23000032,Kent Police,Kent,England,South East,yes,\n";

/// What a thread says of a record with one judgment, of Kent's legitimacy in 2016.
fn told(text: &str) -> (Option<Thread>, Vec<String>) {
    let mut problems = Vec::new();
    let register = Register::new(register_file::forces("register/forces.csv", FORCES, &mut problems), vec![], vec![]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/frameworks/2016.yaml");
    let framework: Framework = serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let kent: AreaId = "kent".parse().unwrap();
    let mut record = Record::default();
    for command in [
        "take-publication: { id: p, publisher: HMIC, title: T, published: 2016-12-08 }",
        "take-judgment: { node: legitimacy, grade: outstanding, from: { publication: p, page: 8 } }",
    ] {
        let command = serde_saphyr::from_str(command).unwrap();
        record.apply(std::slice::from_ref(&framework), "2016", Some(&kent), command).unwrap();
    }
    let read = thread("threads/t.yaml", text, &register, Some(&record), &mut problems);
    (read, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn a_thread_is_read_with_its_steps_in_order() {
    let (thread, problems) = told(
        "title: T\nabout: A\nforce: kent\nsteps:\n  - { says: First., judgment: 2016/legitimacy }\n  - gap: Nothing is known.\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let thread = thread.unwrap();
    assert_eq!((thread.id.as_str(), thread.steps.len()), ("t", 2));
    assert_eq!(thread.forces().iter().map(|f| f.as_str()).collect::<Vec<_>>(), ["kent"]);
    assert_eq!(thread.steps[1], Step::Gap("Nothing is known.".into()));
}

#[test]
fn every_reference_that_leads_nowhere_is_told_with_its_line() {
    let (_, problems) = told(
        "title: T\nabout: A\nforce: kent\nsteps:\n  - judgment: 2016/legitimcy\n  - finding: 2016/vetting\n  - evidence: vetting\n  - { gap: x, finding: 2016/a }\n  - { judgment: 2016/legitimacy, force: kant }\n",
    );
    assert_eq!(
        problems,
        [
            "threads/t.yaml, line 5: no judgment `legitimcy` of kent is on record in 2016 (did you mean `legitimacy`?): correct the reference, or put it on record in record/2016/kent/",
            "threads/t.yaml, line 6: no finding `vetting` of kent is on record in 2016: correct the reference, or put it on record in record/2016/kent/",
            "threads/t.yaml, line 7: `vetting` names no cycle: write cycle and id, such as `2016/rec-2016-vetting`, or cycle and place, such as `2016/legitimacy.q2`",
            "threads/t.yaml, line 8: a step names one thing: write one of `finding:`, `judgment:`, `evidence:`, `quotation:`, `annotation:` and `gap:`",
            "threads/t.yaml, line 9: `kant` is no force of the register: write an id of register/forces.csv",
            "threads/t.yaml, line 9: no judgment `legitimacy` of kant is on record in 2016: correct the reference, or put it on record in record/2016/kant/",
        ]
    );
}

#[test]
fn a_field_that_is_not_known_is_told() {
    let (thread, problems) = told("title: T\nabuot: A\nsteps: []\n");
    assert_eq!(thread, None);
    assert!(problems[0].starts_with("threads/t.yaml, line 2: unknown field"), "{problems:?}");
}
