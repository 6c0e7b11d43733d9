//! What a reader knows before it opens a document: the forces by their names, the bodies, and what each cycle calls its places.

use crate::clean;
use inspection::framework::Framework;
use reference::Register;
use regex::Regex;
use std::collections::HashMap;

/// What is known: made once, used for every document.
#[derive(Debug)]
pub struct Known {
    pub(crate) cycles: Vec<Cycle>,
    names: HashMap<String, String>,
    full: Option<Regex>,
    any: Option<Regex>,
    bodies: Vec<(String, String)>,
}

/// A cycle, and what it calls its places.
#[derive(Debug)]
pub(crate) struct Cycle {
    pub(crate) id: String,
    pub(crate) pillars: bool,
    pub(crate) five: bool,
    pub(crate) graded: HashMap<String, bool>,
    names: Vec<Name>,
    by_key: HashMap<String, Vec<usize>>,
    by_length: Vec<usize>,
    pub(crate) carry_over: Option<Regex>,
}

/// One name of a place.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) key: String,
    pub(crate) node: String,
    /// 1 for a pillar, 2 for a question, 3 for a diagnostic, 4 for a heading below one.
    pub(crate) depth: u8,
    /// Whether it is the title of a pillar, which alone opens nothing that is graded where its question follows.
    pub(crate) title: bool,
    pub(crate) question: bool,
}

/// A body that a finding can be addressed to: its id and its name.
pub type Body = (String, String);

impl Known {
    /// From the register, the frameworks (earliest first) and the bodies.
    #[must_use]
    pub fn new(register: &Register, frameworks: &[Framework], bodies: &[Body]) -> Self {
        let (mut names, mut full, mut any) = (HashMap::new(), Vec::new(), Vec::new());
        for force in register.in_scope() {
            let mut short = vec![force.short_name.clone()];
            short.extend(force.aliases.iter().map(|a| a.name.clone()));
            let mut long = vec![force.name.clone()];
            let kinds = ["Police", "Constabulary", "Police Service"];
            let bare = |name: &str| !kinds.iter().any(|kind| name.ends_with(kind));
            for name in short.iter().filter(|n| bare(n)) {
                long.extend(kinds.iter().map(|kind| format!("{name} {kind}")));
            }
            long.extend(short.iter().filter(|n| !bare(n)).cloned());
            for name in long.iter().chain(&short) {
                for spelling in [name.replace('&', "and"), name.replace(" and ", " & "), name.clone()] {
                    names.entry(clean::key(&spelling)).or_insert_with(|| force.id.to_string());
                    any.push(spelling.clone());
                    if long.contains(name) {
                        full.push(spelling);
                    }
                }
            }
        }
        // Forces outside the programme can be asked for something and are never what a document is about.
        let others = register.forces().iter().filter(|f| !f.in_scope).map(|f| (f.id.to_string(), f.name.clone()));
        let bodies = bodies.iter().cloned().chain(others).collect();
        Self {
            cycles: frameworks.iter().map(Cycle::new).collect(),
            names,
            full: alternation(full),
            any: alternation(any),
            bodies,
        }
    }

    /// The forces that a text names in full, each with where, in order.
    pub(crate) fn forces(&self, text: &str) -> Vec<(usize, String)> {
        self.found(self.full.as_ref(), text)
    }

    /// The same by any name, also "Kent" alone: for titles.
    pub(crate) fn forces_of_title(&self, text: &str) -> Vec<(usize, String)> {
        self.found(self.any.as_ref(), text)
    }

    fn found(&self, pattern: Option<&Regex>, text: &str) -> Vec<(usize, String)> {
        let Some(pattern) = pattern else { return Vec::new() };
        let slug = |m: regex::Match<'_>| Some((m.start(), self.names.get(&clean::key(m.as_str()))?.clone()));
        pattern.find_iter(text).filter_map(slug).collect()
    }

    /// The forces and bodies that a text names as somebody, in its order: not in "the College of Policing's guidance".
    pub(crate) fn somebody(&self, text: &str) -> Vec<String> {
        let text = clean::straight(text);
        let owner = |end: usize| text[end..].starts_with("'s ") || text[end..].starts_with("' ");
        let mut named: Vec<(usize, String)> = Vec::new();
        for found in self.full.iter().flat_map(|full| full.find_iter(&text)).filter(|m| !owner(m.end())) {
            named.extend(self.names.get(&clean::key(found.as_str())).map(|slug| (found.start(), slug.clone())));
        }
        for (id, name) in &self.bodies {
            let name = clean::straight(name);
            let at = text.match_indices(&name).map(|(at, _)| at).find(|at| !owner(at + name.len()));
            named.extend(at.map(|at| (at, id.clone())));
        }
        if let Some(at) = text.find("NPCC").filter(|at| !owner(at + 4)) {
            named.push((at, "npcc".to_owned()));
        }
        named.sort();
        let mut slugs: Vec<String> = Vec::new();
        for (_, slug) in named {
            if !slugs.contains(&slug) {
                slugs.push(slug);
            }
        }
        slugs
    }

    /// The cycle that a printed year stands for: `2018`, `2018/19`, `2018/2019` and `2019` are all the cycle of 2018/19.
    pub(crate) fn cycle_of(&self, first: &str, second: Option<&str>) -> Option<&Cycle> {
        let year: u32 = first.parse().ok()?;
        let until = second.and_then(|s| s.parse::<u32>().ok()).map(|s| if s < 100 { year / 100 * 100 + s } else { s });
        let span = |id: &str| -> Option<(u32, u32)> {
            let (from, to) = id.split_once('-').map_or((id, None), |(a, b)| (a, Some(b)));
            let from: u32 = from.parse().ok()?;
            Some((from, to.and_then(|t| t.parse::<u32>().ok()).map_or(from, |t| from / 100 * 100 + t)))
        };
        self.cycles
            .iter()
            .find(|c| span(&c.id) == Some((year, until.unwrap_or(year))))
            .or_else(|| self.cycles.iter().find(|c| span(&c.id).is_some_and(|(from, to)| from <= year && year <= to)))
    }
}

fn alternation(mut names: Vec<String>) -> Option<Regex> {
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    let escaped: Vec<String> = names.iter().map(|n| regex::escape(n).replace(' ', r"\s+")).collect();
    Regex::new(&format!(r"\b(?:{})\b", escaped.join("|"))).ok()
}

impl Cycle {
    fn new(framework: &Framework) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let mut graded = HashMap::new();
        let mut add = |text: &str, node: &str, depth: u8, title: bool| {
            let key = clean::key(text);
            if !key.is_empty() && !names.iter().any(|n| n.key == key && n.node == node) {
                names.push(Name { key, node: node.to_owned(), depth, title, question: text.trim_end().ends_with('?') });
            }
        };
        for pillar in &framework.pillars {
            add(&pillar.title, &pillar.id, 1, true);
            add(&pillar.headline, &pillar.id, 1, false);
            graded.insert(pillar.id.clone(), pillar.graded);
        }
        for (node, question) in framework.questions() {
            let node = node.to_string();
            graded.insert(node.clone(), question.graded && question.inspected);
            for text in [&question.wording, &question.title].into_iter().chain(question.names.values()) {
                add(text, &node, 2, false);
            }
            for diagnostic in &question.diagnostics {
                let below = format!("{node}.{}", diagnostic.id);
                add(&diagnostic.wording, &below, 3, false);
                add(&diagnostic.title, &below, 3, false);
                for heading in &diagnostic.headings {
                    add(heading, &below, 4, false);
                }
            }
        }
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            by_key.entry(name.key.clone()).or_default().push(index);
        }
        let mut by_length: Vec<usize> = (0..names.len()).collect();
        by_length.sort_by_key(|i| std::cmp::Reverse(names[*i].key.len()));
        let carry_over = Some(framework.carry_over.sentence.trim()).filter(|s| !s.is_empty()).and_then(|sentence| {
            let escaped = regex::escape(&clean::straight(sentence));
            let filled = escaped
                .replace(r"\{cycle\}", r"\S+")
                .replace(r"\{source\}", r"(?P<year>\d{4}(?:[/-]\d{2,4})?)")
                .replace(r"\{pillar\}", r"[\w ]+?");
            Regex::new(&filled).ok()
        });
        Self {
            id: framework.id.clone(),
            pillars: !framework.pillars.is_empty(),
            five: framework.grades.len() == 5,
            graded,
            names,
            by_key,
            by_length,
            carry_over,
        }
    }

    /// The place that a heading names. Where several bear the name: the one nearest to where the reader is.
    pub(crate) fn place(&self, text: &str, at: Option<&str>) -> Option<&Name> {
        let named = |text: &str| self.by_key.get(&clean::key(strip_number(text)));
        // "Kent Police: How well does the force …?"
        let after = || text.split_once(": ").filter(|(force, _)| force.len() < 70).and_then(|(_, rest)| named(rest));
        let mut found: Vec<&Name> = named(text).or_else(after)?.iter().map(|i| &self.names[*i]).collect();
        found.sort_by_key(|n| (n.depth, distance(&n.node, at)));
        let shallow = found.iter().find(|n| n.depth <= 2).copied();
        let within = |n: &&&Name| at.is_some_and(|at| question_of(at) == question_of(&n.node));
        let here = at.and_then(|at| {
            found.iter().filter(|n| n.depth <= 2).find(|n| pillar_of(&n.node) == pillar_of(at)).copied()
        });
        // A part of a question bears the name of the question itself: within the question, the part is meant.
        here.or(shallow).or_else(|| found.iter().find(within).copied())
    }

    /// The name at the head of a text that something else follows, and where it ends.
    pub(crate) fn leading(&self, text: &str, shortest: usize) -> Option<(&Name, usize)> {
        let head = text.char_indices().nth(260).map_or(text, |(at, _)| &text[..at]);
        let (key, ends) = clean::key_with_ends(head);
        self.by_length.iter().map(|i| &self.names[*i]).find_map(|name| {
            (name.depth <= 2 && name.key.len() >= shortest && key.len() >= name.key.len() && key.starts_with(&name.key))
                .then(|| (name, ends[name.key.len() - 1]))
        })
    }

    /// The names of a place, as they are compared.
    pub(crate) fn keys_of<'a>(&'a self, node: &'a str) -> impl Iterator<Item = &'a str> {
        self.names.iter().filter(move |n| n.node == node).map(|n| n.key.as_str())
    }

    /// Where a pillar or question stands among the others.
    pub(crate) fn order(&self, node: &str) -> Option<usize> {
        self.names.iter().position(|n| n.node == node)
    }

    /// How many of the headings are names of this cycle's places.
    pub(crate) fn fits(&self, keys: &[String]) -> usize {
        keys.iter().filter(|k| k.len() > 14 && self.by_key.contains_key(*k)).count()
    }

    /// Whether a heading could still become a name when the next line is added to it.
    pub(crate) fn may_become(&self, key: &str) -> bool {
        key.len() > 7 && self.names.iter().any(|n| n.key.len() > key.len() && n.key.starts_with(key))
    }
}

/// The place of the question that a place is or is within.
pub(crate) fn question_of(node: &str) -> &str {
    let parts: Vec<usize> = node.match_indices('.').map(|(at, _)| at).collect();
    let alone = node.starts_with('q') && node[1..].starts_with(|c: char| c.is_ascii_digit());
    match (alone, parts.as_slice()) {
        (true, [first, ..]) | (false, [_, first, ..]) => &node[..*first],
        _ => node,
    }
}

/// The pillar that a place is or is within.
pub(crate) fn pillar_of(node: &str) -> &str {
    node.split('.').next().unwrap_or(node)
}

fn distance(node: &str, at: Option<&str>) -> usize {
    match at {
        Some(at) if question_of(node) == question_of(at) => 0,
        Some(at) if pillar_of(node) == pillar_of(at) => 1,
        _ => 2,
    }
}

/// A heading without "Question 2:", "Q1.", "3." or "Overview –" before it.
pub(crate) fn strip_number(text: &str) -> &str {
    let trimmed = text.trim();
    for lead in ["Overview", "Core question", "Question", "Q"] {
        let Some(rest) = trimmed.strip_prefix(lead) else { continue };
        let bare = rest.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        let after = bare.trim_start_matches([' ', ':', '.', '–', '-', '—', ')']);
        if bare.len() != after.len() && !after.is_empty() {
            return after;
        }
    }
    let digits = trimmed.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if digits.len() < trimmed.len() && digits.starts_with([' ', ')', ':']) {
        return digits.trim_start_matches([' ', ')', ':']);
    }
    trimmed
}
