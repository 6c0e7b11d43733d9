//! Judgments: badges under their headings, tables of judgments, sentences that carry one over. Where no grade is visible it is
//! `unknown`; praise is never read as one.

use crate::{
    clean,
    flow::{Block, Kind},
    grade,
    identity::pattern,
    known::{Cycle, Known, pillar_of, question_of},
    model::{Judgment, Problem, Reading},
};
use regex::Regex;
use std::sync::LazyLock;

static CARRIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:judge?ments?|grades?)(?: and findings)?(?: of| from)? (?:the |our )?(?:PEEL )?(?P<year>20\d\d(?:[/–-]\d{2,4})?)\b[^.]{0,80}?(?:carried over|still stands?|stands?\b|remains? in place)|carried over from (?:the |our )?(?:PEEL )?(?P<other>20\d\d(?:[/–-]\d{2,4})?)",
    )
});
static NOT_INSPECTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:has|have|was|were|is|are)(?: not|n't)|^not) (?:been )?(?:inspected(?: or graded)?|subject to (?:detailed )?inspection)\b|did(?:n't| not) inspect this (?:question|area)",
    )
});
static UNGRADED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)this (?:question|area|pillar) (?:was|is|has) (?:not (?:been )?graded|ungraded)|(?:we|HMIC(?:FRS)?) (?:do|did) not (?:give|make) (?:a )?graded? (?:judg|for)|no (?:graded )?judge?ment (?:is|was) (?:made|given)|is ungraded",
    )
});
static EXCEPTIONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:was|were|has) not (?:been )?graded (?:for|in|because|on)[^.]{0,80}(?:because|exceptional|following)",
    )
});
static TO_BE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:to be|yet to be|will be) (?:graded|published)\b[^.]{0,60}$"));
static ASSESSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:has been (?:assessed|judged|graded) as|I have judged that overall .{3,60}? is|has been judged to be|overall,? (?:the force|.{3,60}?) (?:is judged|was judged|has been graded)(?: to be| as)?) ['‘“]?(outstanding|good|adequate|requir(?:es|ing) improvement|inadequate)\b",
    )
});
static FORMAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^.{3,70}? (?:is (outstanding|good|adequate|inadequate)|(requires improvement))(?: at| in)\b")
});
static HEADLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:is|as|rated|judged|graded|been)? ?['‘](outstanding|good|adequate|requires improvement|inadequate)['’]|\b(?:is|rated|judged|graded) (outstanding|good|adequate|inadequate) (?:at|for)|\b(requires improvement) (?:at|for)|, judged (outstanding|good|adequate|requires improvement|inadequate)",
    )
});
static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:grade|judge?ment)\b.{0,80}? (?:changed|amended|revised|corrected|upgraded|downgraded) from ['‘]?(outstanding|good|adequate|requires improvement|inadequate)['’]? to ['‘]?(outstanding|good|adequate|requires improvement|inadequate)",
    )
});

/// What has been seen of a place.
#[derive(Default)]
struct Seen {
    node: String,
    /// The heading's line and words, where one stands.
    heading: Option<(u32, String)>,
    badge: Option<(&'static str, u32, String)>,
    table: Option<(&'static str, Option<String>, u32, String)>,
    carried: Option<(Option<String>, u32, String)>,
    status: Option<(&'static str, &'static str, u32, String)>,
    said: Option<(&'static str, u32, String)>,
    scope: Option<(bool, u32, String)>,
}

pub(crate) struct Judging<'a> {
    pub(crate) known: &'a Known,
    pub(crate) cycle: Option<&'a Cycle>,
    pub(crate) reading: &'a mut Reading,
    seen: Vec<Seen>,
}

/// Reads the judgments of a document into its reading.
pub(crate) fn judge(blocks: &[Block], known: &Known, cycle: Option<&Cycle>, reading: &mut Reading) {
    let mut judging = Judging { known, cycle, reading, seen: Vec::new() };
    if judging.reading.product == "press-release" {
        judging.press(blocks);
    } else {
        judging.walk(blocks);
    }
    judging.finish(blocks);
}

fn id_of(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    grade::badge(if lower.starts_with("requir") { "requires improvement" } else { &lower })
}

impl Judging<'_> {
    fn seen(&mut self, node: &str) -> &mut Seen {
        let at = self.seen.iter().position(|s| s.node == node).unwrap_or_else(|| {
            self.seen.push(Seen { node: node.to_owned(), ..Seen::default() });
            self.seen.len() - 1
        });
        &mut self.seen[at]
    }

    fn year(&self, text: &str) -> Option<String> {
        let plain = clean::straight(text.trim());
        let (first, second) = plain.split_once(['/', '-']).map_or((plain.as_str(), None), |(a, b)| (a, Some(b)));
        self.known.cycle_of(first.get(..4)?, second).map(|c| c.id.clone())
    }

    fn walk(&mut self, blocks: &[Block]) {
        let mut fresh = 0;
        for (at, block) in blocks.iter().enumerate() {
            let node = block.node.as_deref().map(question_of).map(str::to_owned);
            if let Some(heading) = block.heading() {
                fresh = 0;
                if let Some(own) = heading.own.as_deref().filter(|_| heading.depth <= 2) {
                    // The title of a pillar over its own question opens nothing by itself.
                    let below = blocks[at + 1..].iter().take(300).filter_map(Block::heading);
                    let mut below = below.take_while(|h| !(h.title && h.depth == 1));
                    let over = heading.title && below.any(|h| h.depth == 1 && h.own.as_deref() == Some(own));
                    let titled = (block.line(), block.text.clone());
                    if !over {
                        self.seen(own).heading.get_or_insert(titled);
                    }
                }
                continue;
            }
            fresh += 1;
            match &block.kind {
                Kind::Badge(id) => {
                    if let Some(node) = node {
                        self.badge(&node, id, block);
                    }
                }
                Kind::Row(cells, _) => self.row(cells, block),
                Kind::Para | Kind::Item | Kind::Caption => {
                    if let Some(node) = node {
                        self.sentence(&node, block, fresh);
                    }
                }
                Kind::Heading(_) | Kind::Note(_) | Kind::Figure(_) | Kind::Source => {}
            }
        }
    }

    fn badge(&mut self, node: &str, id: &'static str, block: &Block) {
        let words = block.text.clone();
        let seen = self.seen(node);
        match &seen.badge {
            Some((before, line, _)) if *before != id => {
                let problem = Problem {
                    line: block.line(),
                    problem: format!("`{node}` is {id} here and {before} on line {line}"),
                    remedy: "look at both places; the first is taken".to_owned(),
                };
                self.reading.problems.push(problem);
            }
            Some(_) => {}
            None => seen.badge = Some((id, block.line(), words)),
        }
    }

    /// A row of a table of judgments, or of what was inspected.
    fn row(&mut self, cells: &[String], block: &Block) {
        let Some(cycle) = self.cycle else { return };
        let Some(node) =
            cells.first().and_then(|c| cycle.place(c, None)).filter(|n| n.depth <= 2).map(|n| n.node.clone())
        else {
            return;
        };
        let text = clean::squeezed(&block.text);
        let rest = || cells[1..].iter().map(|c| c.trim()).filter(|c| !c.is_empty());
        if let Some(answer) = rest().find(|c| matches!(c.to_lowercase().as_str(), "yes" | "no")) {
            let inspected = answer.eq_ignore_ascii_case("yes");
            self.seen(&node).scope.get_or_insert((inspected, block.line(), text));
            return;
        }
        let Some(id) = rest().find_map(|c| grade::badge(c).or_else(|| grade::carried(c))) else { return };
        let over = rest().find_map(|c| self.year(c.split_once("carried over from ").or_else(|| c.split_once('·'))?.1));
        let year = over.or_else(|| rest().find_map(|c| self.year(c).filter(|_| c.starts_with("20"))));
        self.seen(&node).table.get_or_insert((id, year, block.line(), text));
    }

    fn sentence(&mut self, node: &str, block: &Block, fresh: usize) {
        let text = clean::straight(&block.text);
        if let Some(id) = grade::carried(&text) {
            self.badge(node, id, block);
            // "Good · 2015" says no more than the year.
            let year = text.rsplit_once(['·', ',']).and_then(|(_, year)| self.year(year));
            if let Some(year) = year.filter(|year| Some(year) != self.cycle.map(|c| &c.id)) {
                self.seen(node).carried.get_or_insert((Some(year), block.line(), text.clone()));
            }
        }
        let quote = |from: usize, to: usize| clean::squeezed(around(&block.text, from, to));
        let own = self.cycle.and_then(|c| c.carry_over.as_ref()).and_then(|p| p.captures(&text));
        let carried = own.or_else(|| CARRIED.captures(&text)).filter(|_| fresh <= 3);
        if let Some(found) = carried {
            let whole = found.get(0).map_or(0..0, |m| m.range());
            let year = found.name("year").or_else(|| found.name("other")).and_then(|y| self.year(y.as_str()));
            let line = block.line_at(whole.start.min(block.text.len()));
            self.seen(node).carried.get_or_insert((year, line, quote(whole.start, whole.end)));
            return;
        }
        if let Some(changed) = CHANGED.captures(&text) {
            let (was, now) = (id_of(&changed[1]), id_of(&changed[2]));
            if let (Some(was), Some(now)) = (was, now) {
                let line = block.line();
                let words = quote(0, text.len());
                self.reading.problems.push(Problem {
                    line,
                    problem: format!("the grade of `{node}` was {was} when it was published and is {now} now"),
                    remedy: "take the earlier grade from the earlier edition, if it is at hand".to_owned(),
                });
                self.seen(node).said = Some((now, line, words));
            }
            return;
        }
        if let Some(id) = grade_said(&text, fresh, node, self.cycle) {
            self.seen(node).said.get_or_insert((id, block.line(), first_sentence(&block.text)));
        }
        if fresh > 3 {
            return;
        }
        let status = if EXCEPTIONAL.is_match(&text) {
            ("not-graded", "ungraded")
        } else if NOT_INSPECTED.is_match(&text) && text.len() < 400 {
            ("not-inspected", "not-inspected")
        } else if UNGRADED.is_match(&text) {
            ("ungraded", "ungraded")
        } else if text.len() < 120 && TO_BE.is_match(text.trim_end_matches('.')) {
            ("to-be-graded", "to-be-graded")
        } else {
            return;
        };
        let words = first_sentence(&block.text);
        self.seen(node).status.get_or_insert((status.0, status.1, block.line(), words));
    }

    /// A press release says the grade of a pillar in its headline, or in the words of the inspector.
    fn press(&mut self, blocks: &[Block]) {
        let paras = || blocks.iter().filter(|b| !matches!(b.kind, Kind::Row(..) | Kind::Note(_)));
        let head = paras()
            .enumerate()
            .take(12)
            .filter(|(at, b)| *at < 3 || b.heading().is_some())
            .map(|(_, b)| b)
            .filter(|b| b.text.len() < 250);
        let found = head.chain(paras().filter(|b| ASSESSED.is_match(&b.text))).find_map(|block| {
            let text = clean::straight(&block.text);
            let words = HEADLINE.captures(&text).or_else(|| ASSESSED.captures(&text))?;
            let grade = words.iter().skip(1).flatten().next()?;
            let after = text[grade.end()..].to_lowercase();
            let rest = if after.trim().is_empty() { text.to_lowercase() } else { after };
            let pillar = if rest.contains("legitima") {
                "legitimacy"
            } else if rest.contains("efficien") {
                "efficiency"
            } else if rest.contains("effective") || rest.contains("keeping people safe") {
                "effectiveness"
            } else {
                return None;
            };
            Some((pillar, id_of(grade.as_str())?, block.line(), first_sentence(&block.text)))
        });
        if let Some((pillar, id, line, words)) = found {
            self.seen(pillar).badge = Some((id, line, words));
        }
    }

    fn finish(&mut self, blocks: &[Block]) {
        let own = self.reading.cycle.clone();
        let seen = std::mem::take(&mut self.seen);
        let by_design = |node: &str| self.cycle.is_some_and(|c| c.graded.get(node) == Some(&false));
        let mut judgments: Vec<Judgment> = Vec::new();
        // A letter names the question that a concern is about, and grades nothing.
        let letter = self.reading.product == "letter";
        for seen in seen.into_iter().filter(|s| !letter || s.shows_something()) {
            let pillar = pillar_of(&seen.node) == seen.node && self.cycle.is_some_and(|c| c.pillars);
            let ungraded = by_design(&seen.node);
            if let Some(judgment) = seen.judgment(own.as_ref(), ungraded, pillar) {
                judgments.push(judgment);
            }
        }
        let order = |node: &str| self.cycle.and_then(|c| c.order(node)).unwrap_or(usize::MAX);
        judgments.sort_by_key(|j| order(&j.node));
        self.reading.judgments = judgments;
        let lost = self.reading.judgments.iter().filter(|j| j.status == "unknown").count();
        if lost > 0 && blocks.iter().any(|b| b.heading().is_some()) {
            self.reading.problems.push(Problem {
                line: self.reading.judgments.iter().find(|j| j.status == "unknown").map_or(1, |j| j.line),
                problem: format!("no grade is visible for {lost} of the places that it has headings for"),
                remedy: "look at the published page: extraction often loses the badge".to_owned(),
            });
        }
    }
}

/// A grade that a sentence states in the form kept for it.
fn grade_said(text: &str, fresh: usize, node: &str, cycle: Option<&Cycle>) -> Option<&'static str> {
    let pillar = pillar_of(node) == node;
    let assessed = ASSESSED.captures(text).filter(|_| pillar || cycle.is_some_and(|c| !c.pillars));
    if let Some(found) = assessed {
        return id_of(&found[1]);
    }
    let formal = FORMAL.captures(text).filter(|_| fresh == 1 && cycle.is_some_and(|c| c.five))?;
    formal.iter().skip(1).flatten().next().and_then(|m| id_of(m.as_str()))
}

/// The sentence that a range of the text stands in.
fn around(text: &str, from: usize, to: usize) -> &str {
    let (from, to) = (from.min(text.len()), to.min(text.len()));
    let start = text.get(..from).and_then(|t| t.rfind(". ")).map_or(0, |at| at + 2);
    let end = text.get(to..).and_then(|t| t.find('.')).map_or(text.len(), |at| to + at + 1);
    text.get(start..end).unwrap_or(text)
}

fn first_sentence(text: &str) -> String {
    clean::squeezed(text.find(". ").map_or(text, |at| &text[..=at]))
}

impl Seen {
    /// Whether anything says how it was judged, besides a heading.
    fn shows_something(&self) -> bool {
        self.badge.is_some()
            || self.table.is_some()
            || self.carried.is_some()
            || self.status.is_some()
            || self.said.is_some()
            || self.scope.is_some()
    }

    fn judgment(self, own: Option<&String>, ungraded: bool, pillar: bool) -> Option<Judgment> {
        let make = |grade: &str, status: &str, source: Option<String>, line: u32, quote: String| {
            Some(Judgment {
                node: self.node.clone(),
                grade: grade.to_owned(),
                status: status.to_owned(),
                source_cycle: source,
                line,
                quote,
            })
        };
        let visible = self.badge.as_ref().map(|b| (b.0, b.1, b.2.clone()));
        let visible =
            visible.or_else(|| self.table.as_ref().map(|t| (t.0, t.2, t.3.clone()))).or_else(|| self.said.clone());
        let earlier = self.table.as_ref().and_then(|t| t.1.clone()).filter(|year| Some(year) != own);
        if let Some((year, line, quote)) = self.carried {
            let grade = visible.map_or("unknown", |v| v.0);
            return make(grade, "carried-over", year.or(earlier), line, quote);
        }
        if let Some((grade, line, quote)) = visible {
            return match grade {
                "ungraded" | "not-graded" => make(grade, "ungraded", own.cloned(), line, quote),
                "not-inspected" => make(grade, "not-inspected", None, line, quote),
                "to-be-graded" => make(grade, "to-be-graded", own.cloned(), line, quote),
                _ if earlier.is_some() => make(grade, "carried-over", earlier, line, quote),
                _ if self.scope.as_ref().is_some_and(|s| !s.0) => make(grade, "carried-over", None, line, quote),
                _ => make(grade, "graded", own.cloned(), line, quote),
            };
        }
        if let Some((grade, status, line, quote)) = self.status {
            let source = own.cloned().filter(|_| status != "not-inspected");
            return make(grade, status, source, line, quote);
        }
        let (line, quote) = self.heading?;
        match (ungraded, pillar) {
            (true, true) => None,
            (true, false) => make("ungraded", "ungraded", own.cloned(), line, quote),
            _ => make("unknown", "unknown", None, line, quote),
        }
    }
}
