//! P010 and P011: a press release leaves nothing out and is no stronger than its findings.

use super::{Reading, line::Line};
use crate::{
    draft::{Draft, Part},
    rule::{Remark, Rule},
};
use inspection::{
    Grade, NodeId,
    framework::Count,
    record::{Finding, FindingKind},
};

/// Beginnings of words that are stronger than most findings are.
const STRONG: [&str; 18] = [
    "outstanding",
    "excellen",
    "exceptional",
    "exemplary",
    "superb",
    "world-class",
    "inadequa",
    "fail",
    "dangerous",
    "shocking",
    "appalling",
    "unacceptabl",
    "disgrace",
    "damning",
    "alarming",
    "catastroph",
    "scandal",
    "crisis",
];

/// P010: the list of findings names every grade below good and every cause of concern.
pub(super) fn leaves_out(reading: &Reading<'_, '_>, draft: &Draft, pillar: &NodeId, remarks: &mut Vec<Remark>) {
    // Without the part, the machine writes the list and leaves nothing out.
    let Some(part) = draft.part("findings") else { return };
    let desk = reading.desk;
    let framework = desk.house.framework;
    let own = |node: &NodeId| node.pillar() == pillar.pillar();
    let places = std::iter::once(pillar.clone()).chain(framework.questions().map(|(node, _)| node).filter(own));
    for node in places {
        let standing = desk.house.record.standing(&framework.id, &desk.force.id, &node);
        let Some(grade @ (Grade::RequiresImprovement | Grade::Inadequate)) = standing.and_then(|s| s.value.grade())
        else {
            continue;
        };
        if !prints_grade(part, &node, &framework.id) {
            let found = format!("`{node}` is graded {} and the findings do not say so", grade.words());
            remarks.push(reading.remark(
                part.at,
                Rule::ReleaseLeavesOut,
                found,
                format!("add a line with `{{{{ grade(\"{node}\") }}}}`"),
            ));
        }
    }
    let concern = |f: &&Finding| f.kind == FindingKind::CauseOfConcern && own(&f.node);
    if let Some(concern) = desk.inspection.own_findings().find(concern).filter(|_| !names_a_concern(reading, part)) {
        let found = format!("the cause of concern `{}` is not among the findings", concern.id);
        let remedy = "add a line that says what it is, with the words \u{201c}cause of concern\u{201d}";
        remarks.push(reading.remark(part.at, Rule::ReleaseLeavesOut, found, remedy));
    }
}

fn prints_grade(part: &Part, node: &NodeId, cycle: &str) -> bool {
    let calls = part.pieces.iter().flat_map(|p| p.lines().flatten().collect::<Vec<_>>());
    let grade = |name: &str| {
        name == node.as_str() || name.split_once('/').is_some_and(|(c, n)| c == cycle && n == node.as_str())
    };
    calls.into_iter().any(|span| match &span.content {
        crate::draft::Content::Call(call) => call.name == "grade" && call.at(0).is_some_and(grade),
        crate::draft::Content::Words { .. } => false,
    })
}

fn names_a_concern(reading: &Reading<'_, '_>, part: &Part) -> bool {
    let lines = reading.lines.iter().filter(|l| l.part == part.name);
    let named = |line: &Line<'_>| {
        (0..line.tokens.len())
            .any(|p| line.says(p, &["cause", "of", "concern"]) || line.says(p, &["causes", "of", "concern"]))
    };
    lines.into_iter().any(named)
}

/// P011: a strong word stands in a judgment or a finding before it stands in a release.
pub(super) fn stronger(reading: &Reading<'_, '_>, pillar: &NodeId, remarks: &mut Vec<Remark>) {
    for line in &reading.lines {
        for token in &line.tokens {
            let Some((word, strong)) =
                token.word().and_then(|w| Some((w, STRONG.iter().find(|s| w.starts_with(**s))?)))
            else {
                continue;
            };
            if said(reading, pillar, strong) || line.part == "national" && nationally(reading, pillar, word) {
                continue;
            }
            let found = format!("`{word}` is typed, and no judgment or finding says it");
            let remedy = "use the words of the finding, or the grade with `{{ grade(\"…\") }}`";
            remarks.push(reading.remark(token.at, Rule::ReleaseStronger, found, remedy));
        }
    }
}

/// Whether a judgment of the pillar or a finding has the word.
fn said(reading: &Reading<'_, '_>, pillar: &NodeId, strong: &str) -> bool {
    let desk = reading.desk;
    let has = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w.starts_with(strong))
    };
    let framework = desk.house.framework;
    let nodes = framework.nodes().into_iter().filter(|n| n.pillar() == pillar.pillar());
    let mut standings = nodes.filter_map(|n| desk.house.record.standing(&framework.id, &desk.force.id, &n));
    let finding = |f: &Finding| has(&f.title) || has(&f.text) || f.sub_points.iter().any(|p| has(p));
    standings.any(|s| has(s.value.words())) || desk.inspection.own_findings().any(finding)
}

/// Whether a grade of this name was given to some force in the pillar.
fn nationally(reading: &Reading<'_, '_>, pillar: &NodeId, word: &str) -> bool {
    let national = &reading.desk.house.framework.national;
    let counts =
        national.iter().filter(|(node, _)| node.split('.').next() == pillar.pillar()).map(|(_, counts)| counts);
    counts.into_iter().any(|counts| matches!(counts.get(word), Some(Count::Forces(n)) if *n > 0))
}
