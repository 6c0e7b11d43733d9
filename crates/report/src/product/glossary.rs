//! The glossary: its page, and links to it where a document uses a term for the first time.

use crate::words::upper_first;
use crate::{
    document::{Block, Document, Inline, Link, each_mut, paragraph, text},
    pack::Issuer,
};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A term: `glossary.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// The term. One that has capitals is found only as it is written.
    pub term: String,
    /// Other ways to write it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means.
    pub definition: String,
    /// When the name went out of use.
    #[serde(default)]
    pub until: Option<String>,
    /// What it is called since.
    #[serde(default)]
    pub now: Option<String>,
}

impl Term {
    /// Where it stands on the glossary's page.
    #[must_use]
    pub fn anchor(&self) -> String {
        format!("term-{}", super::slug(&self.term))
    }
}

/// Links the first use of every term in paragraphs and lists to the glossary's page at `page`.
pub fn link_terms(document: &mut Document, terms: &[Term], page: &str) {
    let mut names: Vec<(&str, &Term)> =
        terms.iter().flat_map(|t| std::iter::once(&t.term).chain(&t.also).map(move |n| (n.as_str(), t))).collect();
    // The longest name of two that begin alike is the one that is meant.
    names.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), *name));
    let mut linker = Linker { names, used: BTreeSet::new(), page };
    each_mut(&mut document.blocks, &mut |block| {
        // A quotation is its speaker's.
        if !matches!(block, Block::Quote { .. }) {
            block.lines_mut().into_iter().for_each(|line| linker.line(line));
        }
    });
}

struct Linker<'t> {
    names: Vec<(&'t str, &'t Term)>,
    used: BTreeSet<&'t str>,
    page: &'t str,
}

impl<'t> Linker<'t> {
    fn line(&mut self, line: &mut Vec<Inline>) {
        let mut linked = Vec::with_capacity(line.len());
        for inline in line.drain(..) {
            match inline {
                Inline::Text { text: words } => self.words(&words, &mut linked),
                other => linked.push(other),
            }
        }
        *line = linked;
    }

    fn words(&mut self, words: &str, linked: &mut Vec<Inline>) {
        let mut rest = words;
        while let Some((at, length, term)) = self.first(rest) {
            if at > 0 {
                linked.push(text(&rest[..at]));
            }
            self.used.insert(&term.term);
            let href = format!("{}#{}", self.page, term.anchor());
            linked.push(Inline::Link(Link { text: rest[at..at + length].to_owned(), href }));
            rest = &rest[at + length..];
        }
        if !rest.is_empty() {
            linked.push(text(rest));
        }
    }

    /// The earliest term that has not been linked yet, and the longest of those that begin there.
    fn first(&self, words: &str) -> Option<(usize, usize, &'t Term)> {
        let lower = words.to_lowercase();
        // A lower-case text of another length would put the places out of step.
        let folded = lower.len() == words.len();
        let found =
            self.names.iter().filter(|(_, term)| !self.used.contains(term.term.as_str())).filter_map(|(name, term)| {
                let exact = name.chars().any(char::is_uppercase) || !folded;
                let at = find_word(if exact { words } else { &lower }, name)?;
                Some((at, name.len(), *term))
            });
        found.min_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)))
    }
}

/// Where a name stands as words of its own; a plural's `s` may follow.
fn find_word(words: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = words[from..].find(name).map(|p| p + from) {
        let before = words[..at].chars().next_back();
        let after = words[at + name.len()..].chars().next();
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(|c| c.is_alphanumeric() || c == '-') {
            return Some(at);
        }
        from = at + name.len();
    }
    None
}

/// The page of the glossary.
#[must_use]
pub fn glossary(terms: &[Term], issuer: Issuer<'_>, date: Date) -> Document {
    let mut sorted: Vec<&Term> = terms.iter().collect();
    sorted.sort_by_key(|t| t.term.to_lowercase());
    let mut blocks = vec![paragraph(
        "Terms that published inspection reports use. A document links a term where it uses it for the first time.",
    )];
    let mut letter = String::new();
    for term in sorted {
        let first: String = term.term.chars().take(1).flat_map(char::to_uppercase).collect();
        if first != letter {
            blocks.push(Block::Heading {
                level: 2,
                id: format!("letter-{}", super::slug(&first)),
                text: first.clone(),
            });
            letter = first;
        }
        blocks.push(Block::Heading { level: 3, id: term.anchor(), text: upper_first(&term.term) });
        let mut words = term.definition.trim().to_owned();
        if let Some(until) = &term.until {
            words += &format!(" The name was used until {}.", crate::desk::month(until));
        }
        if !term.also.is_empty() {
            words += &format!(" Also: {}.", term.also.join(", "));
        }
        let mut line = vec![text(words)];
        if let Some(now) = term.now.as_ref().and_then(|n| terms.iter().find(|t| t.term == *n)) {
            line.extend([
                text(" Now: "),
                Inline::Link(Link { text: now.term.clone(), href: format!("#{}", now.anchor()) }),
                text("."),
            ]);
        }
        blocks.push(Block::Paragraph { text: line });
    }
    Document {
        language: "en-GB".into(),
        title: "Glossary".into(),
        subtitle: None,
        description: "Terms that published inspection reports use, in plain words.".into(),
        publisher: issuer.name.into(),
        date,
        dated: None,
        running: "Glossary".into(),
        banner: issuer.banner.map(str::to_owned),
        trail: vec![Link { text: "Home".into(), href: "index.html".into() }],
        formats: Vec::new(),
        blocks,
        footnotes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(term: &str, also: &[&str]) -> Term {
        Term {
            term: term.into(),
            also: also.iter().map(|a| (*a).to_owned()).collect(),
            definition: "A word.".into(),
            until: None,
            now: None,
        }
    }

    #[test]
    fn the_first_use_is_linked_the_longest_name_wins_and_capitals_matter() {
        let terms = [
            term("bail", &[]),
            term("police bail", &[]),
            term("THRIVE", &[]),
            term("body-worn video", &["body worn video"]),
        ];
        let issuer = Issuer { name: "Inspectorate", banner: None };
        let mut document = glossary(&[], issuer, jiff::civil::date(2019, 3, 31));
        let words = "They thrive on Police bail, not bail or bailiffs; bail again. THRIVE and body worn video, body-worn video.";
        document.blocks = vec![paragraph(words)];
        link_terms(&mut document, &terms, "../g.html");
        let Block::Paragraph { text } = &document.blocks[0] else { panic!("a paragraph stays one") };
        let links: Vec<String> = text
            .iter()
            .filter_map(|i| if let Inline::Link(l) = i { Some(format!("{} {}", l.text, l.href)) } else { None })
            .collect();
        insta::assert_snapshot!(links.join("\n"), @r"
        Police bail ../g.html#term-police-bail
        bail ../g.html#term-bail
        THRIVE ../g.html#term-thrive
        body worn video ../g.html#term-body-worn-video
        ");
        assert_eq!(crate::document::plain(text), words);
    }
}
