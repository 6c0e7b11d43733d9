//! What our own documents print is what is read of them: arbitrary lawful records of every cycle, made into every kind of document,
//! written as HTML, text and PDF, and read back.

mod arbitrary;

use crate::known::known;
use arbitrary::{Content, Facts, Printed, content, facts, with_documents};
use inspection::{
    NodeId,
    record::{Finding, PublishedVerdict, Standing},
};
use pdf::Printer;
use proptest::prelude::*;
use reading::{Known, Reading};
use report::{html, product::Kind, text};
use std::{collections::BTreeSet, sync::LazyLock};

static KNOWN: LazyLock<Known> = LazyLock::new(known);
static CONTENT: LazyLock<Content> = LazyLock::new(content);
static PRINTER: LazyLock<Printer> = LazyLock::new(|| Printer::house().unwrap());

/// Letters and digits alone.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a reader of the document can be told of it, as lines to compare.
type Lines = BTreeSet<String>;

fn judgments_on_record(of: &Printed<'_, '_>) -> Lines {
    let (house, nodes) = (of.house, of.house.framework.nodes());
    let standing = |n: &NodeId| house.record.standing(&house.framework.id, of.force, n).map(|s| (n.clone(), s));
    let line = |(node, s): (NodeId, Standing<'_>)| {
        let grade = s.value.id();
        let status = match s.value.grade() {
            Some(_) if s.carried_over => "carried-over",
            Some(_) => "graded",
            None => grade,
        };
        format!("{node}: {grade}, {status}, {}", s.cycle)
    };
    nodes.iter().filter_map(standing).map(line).collect()
}

fn judgments_read(reading: &Reading) -> Lines {
    let source =
        |j: &reading::Judgment| j.source_cycle.clone().unwrap_or_else(|| reading.cycle.clone().unwrap_or_default());
    reading.judgments.iter().map(|j| format!("{}: {}, {}, {}", j.node, j.grade, j.status, source(j))).collect()
}

/// A finding with its place, its words and parts, whom it asks, what it hangs on and by when.
fn finding_on_record(finding: &Finding, all: &[&Finding]) -> String {
    let parent = finding.parent.as_ref().and_then(|p| all.iter().find(|f| f.id == *p)).map(|p| key(&p.text));
    let words = finding.text.clone() + &finding.sub_points.concat();
    let mut to = finding.addressees.clone();
    to.sort();
    let due = finding.due.as_deref().map(report::desk::month);
    format!("{} {} {} to {to:?}, under {parent:?}, due {due:?}", finding.kind.ids().0, finding.node, key(&words))
}

fn finding_read(finding: &reading::Finding, all: &[reading::Finding]) -> String {
    let parent = finding.parent.as_ref().and_then(|p| all.iter().find(|f| f.id == *p)).map(|p| key(&p.text));
    // Texts are as printed; what links a point to the next is no part of the finding.
    let words = finding.text.trim_end_matches("; and").to_owned() + &finding.sub_points.concat();
    let mut to = finding.addressees.clone();
    to.sort();
    let node = finding.node.as_deref().unwrap_or("nowhere");
    format!("{} {node} {} to {to:?}, under {parent:?}, due {:?}", finding.kind, key(&words), finding.due)
}

/// Comparisons with England and Wales: value, average, verdict.
fn compared_on_record(of: &Printed<'_, '_>) -> Lines {
    let number = |t: &str| t.parse::<f64>().unwrap();
    let one = |id: &String| {
        let c = of.inspection.comparisons.iter().find(|c| c.measure == *id).unwrap();
        let verdict = match c.verdict {
            PublishedVerdict::Higher => "higher",
            PublishedVerdict::Lower => "lower",
            PublishedVerdict::BroadlyInLine => "broadly-in-line",
            PublishedVerdict::NoComparison => "no-comparison",
            PublishedVerdict::NoneStated => "none-stated",
        };
        format!("{} beside {}: {verdict}", number(&c.value), number(c.comparator_value.as_ref().unwrap()))
    };
    of.compared.iter().map(one).collect()
}

fn compared_read(reading: &Reading) -> Lines {
    let of = |s: &&reading::Statement| s.comparator.as_deref() == Some("england-and-wales") && !s.text.contains(" | ");
    let line = |s: &reading::Statement| {
        format!("{} beside {}: {}", s.value.unwrap_or(f64::NAN), s.comparator_value.unwrap_or(f64::NAN), s.verdict)
    };
    reading.statements.iter().filter(of).map(line).collect()
}

/// What is read must be on record; what the whole document must hold must all be read. Everything that does not hold.
fn broken(of: &Printed<'_, '_>, reading: &Reading, format: &str) -> Vec<String> {
    let kind = of.job.kind;
    let mut broken = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            broken.push(format!("{} {} of {} as {format}: {what}", of.house.framework.id, of.job.stem(), of.force));
        }
    };
    must(reading.product == kind.id(), format!("is taken for a {}", reading.product));
    must(reading.cycle.as_deref() == Some(of.house.framework.id.as_str()), format!("of {:?}", reading.cycle));
    must(reading.forces == [of.force.to_string()], format!("of {:?}", reading.forces));
    let within = |node: &str| of.job.node.as_ref().is_none_or(|n| node.parse::<NodeId>().is_ok_and(|k| k.within(n)));
    // A press release and the page of a force choose; a letter has causes of concern alone.
    let whole = !matches!(kind, Kind::PressRelease | Kind::ForcePage | Kind::Letter);

    let (record, read) = (judgments_on_record(of), judgments_read(reading));
    for invented in read.difference(&record) {
        // A place without a judgment on record has none to be read; the force page shows that of the cycle before.
        let place = invented.split(':').next().unwrap();
        let none = !record.iter().any(|l| l.split(':').next() == Some(place));
        let question = place.parse().ok().and_then(|n| of.house.framework.question(&n));
        let never_graded = question.is_some_and(|q| !q.graded) && invented.contains(": ungraded, ungraded");
        let not_shown = invented.contains(": unknown, unknown");
        if kind == Kind::ForcePage || (none && (never_graded || not_shown)) {
            continue;
        }
        must(false, format!("no such judgment is on record: {invented}"));
    }
    for lost in record.difference(&read).filter(|l| whole && within(l.split(':').next().unwrap())) {
        must(false, format!("a judgment is not read: {lost}"));
    }

    let own: Vec<&Finding> = of.inspection.own_findings().collect();
    let record: Lines = own.iter().map(|f| finding_on_record(f, &own)).collect();
    let current: Vec<reading::Finding> = reading.findings.iter().filter(|f| f.recalled.is_none()).cloned().collect();
    let read: Lines = current.iter().map(|f| finding_read(f, &current)).collect();
    must(read.len() == current.len(), "a finding is read twice".to_owned());
    for invented in read.difference(&record) {
        must(false, format!("no such finding is on record: {invented}"));
    }
    let asked = |l: &&String| whole || (kind == Kind::Letter && l.starts_with("cause-of-concern"));
    for lost in record.difference(&read).filter(|l| within(l.split(' ').nth(1).unwrap())).filter(asked) {
        must(false, format!("a finding is not read: {lost}"));
    }

    let (record, read) = (compared_on_record(of), compared_read(reading));
    for invented in read.difference(&record) {
        must(false, format!("no such comparison is made: {invented}"));
    }
    for lost in record.difference(&read) {
        must(false, format!("a comparison is not read: {lost}"));
    }
    broken
}

fn reads_back(facts: &Facts, print: bool) -> (usize, Vec<String>) {
    let (mut seen, mut problems) = (BTreeSet::new(), Vec::new());
    with_documents(&CONTENT, facts, |of| {
        let page = html::page(of.document, &html::Site { name: "Peelian".into(), ..html::Site::default() });
        problems.extend(broken(of, &reading::read("page.html", page.as_bytes(), &KNOWN), "HTML"));
        problems.extend(broken(of, &reading::read("page.txt", text::write(of.document).as_bytes(), &KNOWN), "text"));
        // Printing is slow: one document of each kind.
        if seen.insert(of.job.kind) && print {
            let printed = PRINTER.print(of.document, None).unwrap();
            problems.extend(broken(of, &reading::read("page.pdf", &printed, &KNOWN), "PDF"));
        }
    });
    (seen.len(), problems)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_made_of_a_lawful_record_reads_back(facts in facts()) {
        let (made, problems) = reads_back(&facts, false);
        prop_assert!(made > 0 && problems.is_empty(), "{problems:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_printed_of_a_lawful_record_reads_back(facts in facts()) {
        let (made, problems) = reads_back(&facts, true);
        prop_assert!(made > 0 && problems.is_empty(), "{problems:#?}");
    }
}
