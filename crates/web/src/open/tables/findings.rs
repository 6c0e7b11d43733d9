//! What was found and asked for, and how it stands.

use super::record::{HOW, PLACE, PUBLICATION, PUBLISHED, QUOTE, known};
use crate::{
    Public,
    known::{Found, Source, Standing},
    open::table::{Holds, Table, column, list, maybe, text, whole, yes},
};
use inspection::{
    programme::{Kind, details as d},
    record::FindingKind,
};
use report::dataset::Cell;

/// Findings.
pub(super) const FINDINGS: Table = Table {
    id: "findings",
    title: "Findings",
    row: "a finding about a force",
    about: "Causes of concern, recommendations, areas for improvement and practice, each with how it stands. Findings of earlier years that a \
            publication only recalls are left out.",
    source: "Publications of the inspectorate, as stated in each row",
    columns: &[
        column("id", "Finding", Holds::Code, "The id of the finding"),
        column("cycle", "Cycle", Holds::Code, "The cycle"),
        column("force", "Forces", Holds::Codes, "The forces that it is about"),
        column(
            "kind",
            "Kind",
            Holds::Code,
            "cause-of-concern, recommendation, area-for-improvement, promising-practice or innovative-practice",
        ),
        column("node", "Node", Holds::Code, "The place in the framework of the cycle"),
        column("title", "Title", Holds::Words, "A few words"),
        column("text", "Text", Holds::Words, "What it asks or says"),
        column("sub_points", "Sub-points", Holds::Passages, "Its parts"),
        column("addressees", "Addressees", Holds::Codes, "The forces and bodies that are asked to act"),
        column("parent", "Parent", Holds::Code, "The cause of concern that it hangs on, as an id of this table"),
        column("due", "Due", Holds::Words, "By when, as published"),
        column("restates", "Restates", Holds::Codes, "The earlier findings that it restates, as ids of this table"),
        column("closed", "Closed", Holds::Code, "Whether it is known to be closed: yes or no"),
        column("stands", "How it stands", Holds::Words, "As the publication or the register says"),
        HOW,
        PUBLICATION,
        PLACE,
        QUOTE,
        PUBLISHED,
    ],
    rows: |public| public.findings().iter().map(finding).collect(),
};

fn finding(found: &Found<'_>) -> Vec<Cell> {
    let filled = |words: &str| maybe(Some(words.trim()).filter(|words| !words.is_empty()));
    let mut row = vec![
        text(&found.id),
        text(&found.cycle),
        list(&found.forces),
        text(found.kind.ids().0),
        text(found.node.as_str()),
        filled(&found.title),
        text(found.text.trim()),
        list(&found.sub_points),
        list(&found.addressees),
        maybe(found.parent.as_deref()),
        maybe(found.due.as_deref()),
        list(&found.restates),
        yes(found.stands.is_closed()),
        text(found.stands.words()),
    ];
    row.extend(known(&found.source));
    row
}

/// The register of recommendations.
pub(super) const REGISTER: Table = Table {
    id: "register",
    title: "Register of recommendations",
    row: "what one addressee has to do about a finding or one of its parts",
    about: "Who was asked to do what, and how it stands: one row for each finding and addressee. Where the sources loaded do not say what came \
            of it, the state is not-recorded.",
    source: "Register of the inspectorate; publications, as the table of findings states",
    columns: &[
        column("id", "Entry", Holds::Code, "The id of the entry"),
        column("finding", "Finding", Holds::Code, "The finding, as an id of that table"),
        column("kind", "Kind", Holds::Code, "cause-of-concern, recommendation or area-for-improvement"),
        column("cycle", "Cycle", Holds::Code, "The cycle of the finding"),
        column("addressee", "Addressee", Holds::Code, "The force or body that is asked to act"),
        column(
            "sub_point",
            "Sub-point",
            Holds::Number(0),
            "Which part of the finding, from 1; not applicable for the whole",
        ),
        column(
            "state",
            "State",
            Holds::Code,
            "The state in the register; as-said where only a publication says how it stands, not-recorded where no source loaded does",
        ),
        column("said", "As said", Holds::Words, "What the publication says"),
        column("closed", "Closed", Holds::Code, "Whether it is known to be closed: yes or no"),
        column("due", "Due", Holds::Words, "By when"),
        PUBLISHED,
    ],
    rows: |public| {
        let findings = public.findings();
        let asked = findings
            .iter()
            .filter(|f| !matches!(f.kind, FindingKind::PromisingPractice | FindingKind::InnovativePractice));
        asked.flat_map(|found| entries(public, found)).collect()
    },
};

fn entries(public: &Public, found: &Found<'_>) -> Vec<Vec<Cell>> {
    let row = |id: String,
               addressee: &str,
               sub_point: Option<u32>,
               state: &str,
               said: Option<&str>,
               closed: bool,
               published: String| {
        vec![
            text(id),
            text(&found.id),
            text(found.kind.ids().0),
            text(&found.cycle),
            text(addressee),
            sub_point.and_then(|n| usize::try_from(n).ok()).map_or_else(|| maybe(None::<String>), whole),
            text(state),
            maybe(said),
            yes(closed),
            maybe(found.due.as_deref()),
            text(published),
        ]
    };
    let closed = found.stands.is_closed();
    match (&found.source, &found.stands) {
        (Source::Taken(_, publication), stands) => {
            let (state, said) = match stands {
                Standing::Said(words) => ("as-said", Some(words.as_str())),
                Standing::Register(_) | Standing::NotRecorded => ("not-recorded", None),
            };
            let of = |who: &String| {
                row(format!("{}/{who}", found.id), who, None, state, said, closed, publication.published.clone())
            };
            found.addressees.iter().map(of).collect()
        }
        (Source::Published(finding, _), _) => {
            let seen = public.seen();
            let of_this = seen.counted(Kind::Entry).filter_map(|entry| {
                let opened = entry.latest::<d::EntryOpened>().filter(|opened| opened.finding == *finding)?;
                let state = entry.state.id();
                let closed = matches!(state, "complete" | "superseded" | "withdrawn");
                let (id, published) = (entry.id.to_string(), opened.published.to_string());
                Some(row(id, &opened.addressee, opened.sub_point, state, None, closed, published))
            });
            of_this.collect()
        }
    }
}
