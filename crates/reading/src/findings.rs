//! Findings: what stands in the boxes, each once however often it is printed; and those of earlier years that the text recalls.

mod recalled;

use crate::{
    clean,
    flow::{Block, Kind, finding_box},
    identity::pattern,
    known::{Known, question_of},
    model::{Finding, Reading},
};
pub(crate) use recalled::recall;
use regex::Regex;
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

static DUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(within (?:the next )?(?:\w+|\d+) (?:working )?(?:days?|weeks?|months?|years?)|by (?:the end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: 20\d\d)?|by (?:the end of )?20\d\d|with immediate effect|immediately|no later than [^,.;]{4,30}|as soon as (?:possible|practicable))\b",
    )
});
static RECURRING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(annually|(?:every|each) (?:year|quarter|month|week|(?:two|three|four|six) (?:months|years|weeks))|quarterly|twice a year|on a (?:yearly|quarterly|monthly) basis)\b",
    )
});
static ASKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:should|must|needs? to|ought to|recommends? that)\b"));
static RECOMMENDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:recommends?|recommendations?|should)\b.*:$"));
static ALL_FORCES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:all (?:police )?forces|every force|all chief constables|forces should)\b"));

/// What our own documents say after a finding: by when, how often again, whom it asks.
static STATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(.*?[.:;])(?: Due ([^.]{4,60})\.)?(?: It recurs ([^.]{4,40})\.)?(?: Addressed to ([^.]{4,900})\.)?$")
});

/// What a box holds so far.
struct Open<'a> {
    kind: &'static str,
    plural: bool,
    node: Option<String>,
    lead: Option<&'a Block>,
    taken: usize,
    points: bool,
}

pub(crate) struct Finder<'a> {
    known: &'a Known,
    own: Vec<String>,
    found: Vec<Finding>,
    /// Where a text of a kind was seen first.
    by_key: HashMap<(&'static str, String), Vec<usize>>,
    concern: Option<usize>,
}

/// Reads the findings of a document.
pub(crate) fn find(blocks: &[Block], known: &Known, reading: &mut Reading) {
    let mut finder =
        Finder { known, own: reading.forces.clone(), found: Vec::new(), by_key: HashMap::new(), concern: None };
    finder.walk(blocks);
    let mut found = finder.found;
    found.extend(recall(blocks, known, reading));
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut ids: Vec<String> = Vec::new();
    for finding in &mut found {
        let lead = if finding.recalled.is_some() { format!("recalled-{}", finding.kind) } else { finding.kind.clone() };
        let count = counts.entry(lead.clone()).or_default();
        *count += 1;
        finding.id = format!("{lead}-{count}");
        ids.push(finding.id.clone());
    }
    // A parent was kept as its place in the list.
    for finding in &mut found {
        finding.parent = finding.parent.take().and_then(|at| ids.get(at.parse::<usize>().ok()?).cloned());
    }
    reading.findings = found;
}

impl<'a> Finder<'a> {
    fn walk(&mut self, blocks: &'a [Block]) {
        let mut open: Option<Open<'a>> = None;
        for block in blocks {
            if let Some(heading) = block.heading() {
                let boxed = finding_box(&block.text);
                if boxed.is_none() && heading.own.is_some() {
                    self.concern = None;
                }
                open = boxed.map(|b| Open {
                    kind: b.kind,
                    plural: b.plural,
                    node: block.node.clone(),
                    lead: None,
                    taken: 0,
                    points: false,
                });
                if boxed.is_some_and(|b| b.kind != "recommendation" || b.other) {
                    self.concern = None;
                }
                continue;
            }
            let Some(current) = open.as_mut() else { continue };
            match block.kind {
                Kind::Item => self.item(current, block),
                Kind::Para => {
                    if !self.para(current, block) {
                        open = None;
                    }
                }
                Kind::Note(_) => {}
                _ => open = None,
            }
        }
    }

    fn item(&mut self, open: &mut Open<'a>, block: &'a Block) {
        open.points = true;
        let Some(lead) = open.lead else {
            if open.kind == "cause-of-concern" && open.taken > 0 {
                self.point(block);
            } else {
                self.take(open, block, None);
            }
            return;
        };
        let each = open.kind == "recommendation" && (open.plural || self.concern.is_some())
            || (open.plural && lead.text.split_whitespace().count() <= 6);
        if each {
            self.take(open, block, Some(lead));
            return;
        }
        if open.taken == 0 {
            self.take(open, lead, None);
        }
        self.point(block);
    }

    /// A part of the finding taken last.
    fn point(&mut self, block: &Block) {
        let text = clean::unmarked(&block.text);
        if let Some(last) = self.found.last_mut().filter(|f| !f.sub_points.contains(&text) && f.repeated_at.is_empty())
        {
            last.sub_points.push(text);
        }
    }

    /// A paragraph in a box; whether the box goes on after it.
    fn para(&mut self, open: &mut Open<'a>, block: &'a Block) -> bool {
        let text = block.text.trim();
        if text.starts_with("We set out our detailed findings") || text.starts_with("Summary for question") {
            return false;
        }
        let leads = text.ends_with(':');
        if open.kind == "cause-of-concern" && leads && RECOMMENDS.is_match(text) && open.taken > 0 {
            // The recommendations follow without a heading of their own.
            *open = Open {
                kind: "recommendation",
                plural: true,
                node: open.node.clone(),
                lead: Some(block),
                taken: 0,
                points: false,
            };
            return true;
        }
        if leads {
            if open.kind == "recommendation" || open.taken == 0 || ASKS.is_match(text) {
                open.lead = Some(block);
                open.taken = 0;
                open.points = false;
            }
            return true;
        }
        if open.points {
            return false;
        }
        let asks = ASKS.is_match(text);
        match open.kind {
            "cause-of-concern" if open.taken == 0 => self.take(open, block, None),
            "promising-practice" | "innovative-practice" if open.taken == 0 => self.take(open, block, None),
            "area-for-improvement" if open.taken == 0 && (asks || !open.plural) => self.take(open, block, None),
            "area-for-improvement" if open.plural && asks && opens_as_finding(text, self.known) => {
                self.take(open, block, None)
            }
            "recommendation" if asks => self.take(open, block, None),
            "area-for-improvement" if open.plural && open.taken > 0 => return false,
            _ => {}
        }
        true
    }

    fn take(&mut self, open: &mut Open<'a>, block: &Block, lead: Option<&Block>) {
        open.taken += 1;
        let whole = clean::squeezed(&clean::unmarked(&block.text));
        let stated = STATED.captures(&whole);
        let said_after = |part: usize| Some(stated.as_ref()?.get(part)?.as_str().to_owned());
        let text = said_after(1).unwrap_or_else(|| whole.clone());
        let (asked, text) = match asked_of(&text, self.known).filter(|_| open.kind == "recommendation") {
            Some((asked, rest)) => (Some(asked), rest),
            None => (None, text),
        };
        let key = clean::key(&text);
        let node = open.node.as_deref().map(|n| question_of(n).to_owned());
        let parent = Some(()).filter(|()| open.kind == "recommendation").and(self.concern);
        let same = |index: &usize| {
            // The overview and the question print one finding; two questions have one each.
            match (&self.found[*index].node, &node) {
                (Some(a), Some(b)) => a == b || a.starts_with(&format!("{b}.")) || b.starts_with(&format!("{a}.")),
                _ => true,
            }
        };
        let known =
            self.by_key.get(&(open.kind, key.clone())).and_then(|found| found.iter().copied().find(|i| same(i)));
        if let Some(index) = known {
            let first = &mut self.found[index];
            first.repeated_at.push(block.line());
            // The place under a question is more exact than the one in the overview.
            if node
                .as_ref()
                .is_some_and(|n| n.matches('.').count() > first.node.as_ref().map_or(0, |f| f.matches('.').count()))
                || first.node.is_none()
            {
                first.node = node;
            }
            if open.kind == "cause-of-concern" {
                self.concern = Some(index);
            }
            return;
        }
        let said = format!("{} {text}", lead.map_or("", |l| l.text.as_str()));
        let finding = Finding {
            kind: open.kind.to_owned(),
            node,
            addressees: match said_after(4).or(asked) {
                Some(named) if ALL_FORCES.is_match(&named) => vec!["all-forces".to_owned()],
                Some(named) => self.known.somebody(&named),
                // Practice asks nobody for anything.
                None if open.kind.ends_with("practice") => self.own.clone(),
                None => addressees(&said, self.known, &self.own),
            },
            due: said_after(2).or_else(|| due(&said)),
            recurring: said_after(3).or_else(|| {
                RECURRING
                    .captures(&text)
                    .filter(|_| open.kind != "cause-of-concern" && !open.kind.ends_with("practice"))
                    .map(|c| c[1].to_lowercase())
            }),
            parent: parent.map(|at| at.to_string()),
            line: block.line(),
            text,
            ..Finding::default()
        };
        self.by_key.entry((open.kind, key)).or_default().push(self.found.len());
        self.found.push(finding);
        if open.kind == "cause-of-concern" {
            self.concern = Some(self.found.len() - 1);
        }
    }
}

/// Whom a point names before its colon, and what it asks of them: "Kent Police, together with Essex Police: review …".
fn asked_of(text: &str, known: &Known) -> Option<(String, String)> {
    let (head, rest) = text.split_once(": ")?;
    let names_some = !known.somebody(head).is_empty() && known.forces(head).first().is_none_or(|(at, _)| *at == 0);
    let is_list =
        names_some && !ASKS.is_match(head) && head.split_whitespace().count() <= 8 * known.somebody(head).len();
    (is_list || head == "All forces").then(|| (head.to_owned(), rest.to_owned()))
}

/// Whether a paragraph without a mark opens as a finding does.
fn opens_as_finding(text: &str, known: &Known) -> bool {
    let starts = ["The force ", "The constabulary ", "The service ", "Annually", "Within ", "By ", "It should"];
    starts.iter().any(|s| text.starts_with(s)) || known.forces(text).first().is_some_and(|(at, _)| *at < 5)
}

/// By when, as printed.
pub(crate) fn due(text: &str) -> Option<String> {
    let found = DUE.captures(text)?;
    let words = clean::squeezed(&found[1]);
    let (first, rest) = words.split_once(' ').unwrap_or((&words, ""));
    Some(if rest.is_empty() { first.to_lowercase() } else { format!("{} {rest}", first.to_lowercase()) })
}

/// Whom a finding is addressed to: those named, or else the force that the document is about.
pub(crate) fn addressees(text: &str, known: &Known, own: &[String]) -> Vec<String> {
    let asked = ASKS.find(text).map_or(text.len(), |m| m.start());
    let head = &text[..asked];
    let verb = text[asked..].char_indices().nth(8).map_or(text.len(), |(at, _)| asked + at);
    if ALL_FORCES.is_match(&text[..verb]) {
        return vec!["all-forces".to_owned()];
    }
    let mut slugs: Vec<String> = Vec::new();
    if ["The force", "the force", "The constabulary", "the constabulary"].iter().any(|w| head.contains(w)) {
        slugs.extend(own.iter().cloned());
    }
    slugs.extend(known.somebody(head));
    let mut seen = HashSet::new();
    slugs.retain(|slug| seen.insert(slug.clone()));
    if slugs.is_empty() { own.to_vec() } else { slugs }
}
