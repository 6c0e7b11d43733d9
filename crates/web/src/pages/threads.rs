//! Threads: one concern followed through the years, every step down to the printed line.

use crate::{
    Public, cite, grades,
    known::{Found, Judged},
    page::{self, Page, heading, link, parted},
    routes::{Asked, Made, Route, once},
    told::counted,
};
use ingest::thread_file::{Fact, Step, Thread};
use inspection::record::{Evidence, Finding, Inspection, Taken};
use reference::AreaId;
use report::{
    desk::month,
    document::{Block, Column, Inline, Link, Table, paragraph, text},
    words::{listed, upper_first},
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route { pattern: "threads.html", about: "Concerns followed through the years", asks: &[], all: once, make: list },
    Route {
        pattern: "threads/{thread}.html",
        about: "One concern through the years, step by step, each with its source",
        asks: &[],
        all: each,
        make: thread,
    },
];

fn each(public: &Public) -> Vec<Vec<String>> {
    public.folder.threads.iter().map(|thread| vec![thread.id.clone()]).collect()
}

fn list(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let about = "Concerns that inspections came back to, followed through the years.";
    let mut document = page::document(public, "Threads", about);
    let threads = &public.folder.threads;
    document.blocks.push(paragraph(if threads.is_empty() {
        "No thread is told here so far. An inspection sees one year; a thread is what several of them say about one concern."
    } else {
        "An inspection sees one year. A thread follows one concern through several of them: what was found, what was asked, and what the next inspection found. Each step leads to the words that were printed, and says so where nothing is known."
    }));
    for thread in threads {
        document.blocks.push(Block::Heading { level: 2, id: page::anchor(&thread.id), text: thread.title.clone() });
        document.blocks.push(paragraph(&thread.about));
        let told = told(public, thread);
        let dates: Vec<&Told<'_>> = told.iter().filter(|t| !t.when.is_empty()).collect();
        let span = dates.first().zip(dates.last()).map_or_else(String::new, |(first, last)| {
            let gaps = told.len() - dates.len();
            let gaps = if gaps == 0 {
                String::new()
            } else {
                format!(", {} of which nothing is known", counted(gaps, "of them a gap", "of them gaps"))
            };
            format!(": {}{gaps}, from {} to {}", counted(told.len(), "step", "steps"), first.cycle, last.cycle)
        });
        let words = format!("Follow {}", report::words::lower_first(&thread.title));
        let line = vec![link(words, format!("/threads/{}.html", thread.id)), text(format!("{span}."))];
        document.blocks.push(Block::Paragraph { text: line });
    }
    Some(Page::new(document).into())
}

fn thread(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let id = asked.parts.first()?;
    let thread = public.folder.threads.iter().find(|t| t.id == *id)?;
    let told = told(public, thread);
    let mut document = page::document(public, &*thread.title, &*thread.about);
    document.trail = vec![Link { text: "Threads".into(), href: "/threads.html".into() }];
    document.blocks = vec![paragraph(&thread.about), Block::Paragraph { text: forces(public, thread) }];
    document.blocks.push(heading("glance", "At a glance"));
    document.blocks.push(Block::Table(glance(&told)));
    document.blocks.push(heading("steps", "Step by step"));
    for step in told {
        document.blocks.push(Block::Heading { level: 3, id: step.anchor, text: step.title });
        document.blocks.extend(step.blocks);
    }
    document.blocks.push(heading("how", "How a thread is made"));
    document.blocks.push(paragraph(
        "Every step is a finding, judgment, quotation, note or piece of evidence that is on record with the publication, the page or section and the words that carry it. The sentences that lead from one to the next are ours. Where nothing in the sources loaded says what happened, the thread says that and no more.",
    ));
    Some(Page::new(document).into())
}

fn forces(public: &Public, thread: &Thread) -> Vec<Inline> {
    let links = thread.forces().into_iter().filter_map(|id| {
        let force = public.force(id.as_str())?;
        Some(link(&*force.name, format!("/forces/{id}.html")))
    });
    let mut line = vec![text("Where the force stands now: ")];
    line.extend(parted(links, ", "));
    line.push(text("."));
    line
}

/// A step as the page tells it.
struct Told<'a> {
    anchor: String,
    /// The heading: "2016: cause of concern".
    title: String,
    /// The cycle as printed; empty for a gap.
    cycle: String,
    /// When the document was published; empty for a gap.
    when: String,
    /// What it is, in a few words.
    what: String,
    /// How it stood.
    stood: Vec<Inline>,
    blocks: Vec<Block>,
    source: Option<&'a Taken>,
}

/// The steps that are on record.
fn told<'a>(public: &'a Public, thread: &'a Thread) -> Vec<Told<'a>> {
    let mut told: Vec<Told<'a>> = Vec::new();
    for (place, step) in thread.steps.iter().enumerate() {
        let anchor = format!("step-{}", place + 1);
        match step {
            Step::Gap(words) => told.push(Told {
                anchor,
                title: "Nothing is known".into(),
                cycle: String::new(),
                when: String::new(),
                what: words.clone(),
                stood: vec![text("Not in the sources loaded")],
                blocks: vec![Block::Inset { label: "A gap".into(), blocks: vec![paragraph(words)] }],
                source: None,
            }),
            Step::Fact { says, cycle, force, fact } => {
                let Some(inspection) = public.record().inspection(cycle, force) else { continue };
                let Some(shown) = shown(public, inspection, (cycle, force), fact) else { continue };
                told.push(finished(public, shown, says, cycle, force, anchor));
            }
        }
    }
    told
}

/// Something on record: kind, title, how it stood, what it says, where it is from.
struct Shown<'a> {
    kind: &'static str,
    what: String,
    stood: Vec<Inline>,
    block: Block,
    /// Where our own document prints it, as the end of an address; may be empty.
    place: String,
    from: &'a Taken,
}

fn finished<'a>(
    public: &Public,
    shown: Shown<'a>,
    says: &str,
    cycle: &str,
    force: &AreaId,
    anchor: String,
) -> Told<'a> {
    let title = grades::cycle(public, cycle);
    let publication = public.record().publications.get(&shown.from.publication);
    let mut blocks = Vec::new();
    if !says.is_empty() {
        blocks.push(paragraph(says));
    }
    blocks.push(shown.block);
    let mut source = vec![text("Printed in: ")];
    if let Some(publication) = publication {
        source.extend(cite::taken_over(public, shown.from, publication));
        if let Some(ours) = cite::ours(public, cycle, force, publication, &shown.place) {
            source.extend([text(" See also "), ours, text(".")]);
        }
    }
    blocks.push(Block::Paragraph { text: source });
    Told {
        anchor,
        title: format!("{title}: {}", shown.kind),
        cycle: title,
        when: publication.map(|p| month(&p.published)).unwrap_or_default(),
        what: shown.what,
        stood: shown.stood,
        blocks,
        source: Some(shown.from),
    }
}

fn shown<'a>(
    public: &Public,
    inspection: &'a Inspection,
    (cycle, force): (&str, &AreaId),
    fact: &Fact,
) -> Option<Shown<'a>> {
    Some(match fact {
        Fact::Finding(id) => finding(public, inspection.findings.iter().find(|f| f.id == *id)?, (cycle, force)),
        Fact::Evidence(id) => evidence(public, force, inspection.evidence.get(id)?),
        Fact::Judgment(node) => {
            let all = public.judgments();
            let judged = all.iter().find(|j| j.cycle == cycle && j.force == *force && j.node == *node)?;
            judgment(public, judged, &inspection.judgments.get(node)?.from)
        }
        Fact::Quotation(id) => {
            let quotation = inspection.quotations.get(id)?;
            Shown {
                kind: "quotation",
                what: format!("{} said", quotation.speaker),
                stood: vec![text(format!("\u{201c}{}\u{201d}", quotation.text))],
                block: Block::Quote { text: vec![text(&quotation.text)], speaker: quotation.speaker.clone() },
                place: String::new(),
                from: &quotation.from,
            }
        }
        Fact::Annotation(id) => {
            let note = inspection.annotations.iter().find(|a| a.id == *id)?;
            Shown {
                kind: "note added later",
                what: format!("A note added {}", month(&note.date)),
                stood: vec![text("Added to a page that was published")],
                block: Block::Inset {
                    label: format!("Note added {}", month(&note.date)),
                    blocks: vec![paragraph(&note.text)],
                },
                place: String::new(),
                from: &note.from,
            }
        }
    })
}

fn finding<'a>(public: &Public, finding: &'a Finding, (cycle, force): (&str, &AreaId)) -> Shown<'a> {
    let kind = finding.kind.titles().0;
    let known = public.findings();
    let id = format!("{cycle}/{force}/{}", finding.id);
    let stands = match (&finding.recalled, known.iter().find(|f: &&Found<'_>| f.id == id)) {
        (Some(recalled), _) => recalled.stands.clone(),
        (None, Some(found)) => found.stands.words(),
        (None, None) => String::new(),
    };
    let stands = format!("{}.", upper_first(stands.trim_end_matches('.')));
    let mut blocks = Vec::new();
    if !finding.title.is_empty() {
        blocks.push(Block::Paragraph { text: vec![Inline::Strong { text: finding.title.clone() }] });
    }
    blocks.push(paragraph(&finding.text));
    if !finding.sub_points.is_empty() {
        let items = finding.sub_points.iter().map(|point| vec![text(point)]).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    let to: Vec<String> = finding.addressees.iter().map(|a| public.called(a)).collect();
    let due = finding.due.as_deref().map(|due| format!(" Due: {}.", month(due))).unwrap_or_default();
    blocks.push(Block::Paragraph {
        text: vec![
            text(format!("To {}.{due} ", listed(&to))),
            Inline::Strong { text: "How it stood: ".into() },
            text(stands.clone()),
        ],
    });
    let recalled = finding.recalled.is_some();
    let title = if finding.title.is_empty() { &finding.text } else { &finding.title };
    Shown {
        kind: match (finding.kind, recalled) {
            (_, true) => "an earlier recommendation recalled",
            (inspection::record::FindingKind::CauseOfConcern, _) => "cause of concern",
            (inspection::record::FindingKind::Recommendation, _) => "recommendation",
            (inspection::record::FindingKind::AreaForImprovement, _) => "area for improvement",
            (inspection::record::FindingKind::PromisingPractice, _) => "promising practice",
            (inspection::record::FindingKind::InnovativePractice, _) => "innovative practice",
        },
        what: format!("{kind}: {}", report::words::lower_first(title)),
        stood: vec![text(stands)],
        block: Block::Finding {
            kind: finding.kind.ids().0.into(),
            label: kind.into(),
            id: page::anchor(&id),
            number: None,
            blocks,
        },
        place: if recalled { String::new() } else { format!("#finding-{}", page::slug(&finding.id)) },
        from: &finding.from,
    }
}

/// Evidence with the numbers that it vouches for.
fn evidence<'a>(public: &Public, force: &AreaId, evidence: &'a Evidence) -> Shown<'a> {
    use inspection::record::Asserted;
    let by = match &evidence.asserted_by {
        Asserted::Force => public.force(force.as_str()).map_or_else(|| "the force".to_owned(), |f| f.name.clone()),
        Asserted::Inspectors => "the inspectors".into(),
        Asserted::Other(name) => name.clone(),
    };
    let mut blocks = vec![paragraph(&evidence.says)];
    let number = |(name, number): (&String, &inspection::record::Number)| {
        let counts = number.counts.as_ref().map(|c| format!(" {}", c.replace('-', " "))).unwrap_or_default();
        vec![text(format!("{}: {}{counts}", upper_first(&name.replace('-', " ")), number.quantity))]
    };
    let numbers: Vec<Vec<Inline>> = evidence.numbers.iter().map(number).collect();
    if !numbers.is_empty() {
        blocks.push(Block::List { ordered: false, items: numbers });
    }
    if !evidence.note.is_empty() {
        blocks.push(paragraph(&evidence.note));
    }
    Shown {
        kind: "evidence",
        what: evidence.says.clone(),
        stood: vec![text(format!("As {by} said"))],
        block: Block::Inset { label: format!("Evidence, as {by} said"), blocks },
        place: String::new(),
        from: &evidence.from,
    }
}

fn judgment<'a>(public: &Public, judged: &Judged<'_>, from: &'a Taken) -> Shown<'a> {
    let place = grades::place(public, judged);
    let badge = grades::badge(public, judged);
    Shown {
        kind: "judgment",
        what: format!("Judgment: {}", report::words::lower_first(&place)),
        stood: vec![Inline::Grade(badge.clone())],
        block: Block::Paragraph { text: vec![text(format!("{place}: ")), Inline::Grade(badge), text(".")] },
        place: String::new(),
        from,
    }
}

fn glance(told: &[Told<'_>]) -> Table {
    let or_dash = |words: &str| vec![text(if words.is_empty() { "–" } else { words })];
    let row = |t: &Told<'_>| {
        let page = t.source.map(Taken::place).filter(|p| p.starts_with("page")).unwrap_or_default();
        let mut what = vec![link(t.what.trim_end_matches('.'), format!("#{}", t.anchor))];
        if !page.is_empty() {
            what.push(text(format!(", {page}")));
        }
        vec![or_dash(&t.cycle), what, t.stood.clone(), or_dash(&t.when)]
    };
    Table {
        id: "thread-at-a-glance".into(),
        caption: "The steps of this thread, each with the date of the document that says so".into(),
        columns: ["Inspection", "What", "How it stood", "Published"]
            .map(|t| Column { title: t.into(), numeric: false })
            .into(),
        rows: told.iter().map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    }
}
