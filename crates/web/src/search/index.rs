//! The index: where each stem stands, and what a question finds by it.

use super::{
    Passage, Question, Readable, Sort,
    words::{plain, spans, stem, words},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

/// Where stems stand in what can be found.
#[derive(Debug, Default)]
pub struct Index {
    readables: Vec<Readable>,
    postings: HashMap<String, Vec<Posting>>,
    /// How many words each has; a word of a title counts as often as it weighs.
    lengths: Vec<u32>,
    /// Every word as it is written, with how often: what may have been meant.
    written: BTreeMap<String, u32>,
}

/// Where a stem stands: in which readable, in which passage (0 is the title), as which word of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    readable: u32,
    passage: u32,
    word: u32,
}

/// A word as it is written: which stem it has, and how often it stands somewhere.
struct Form {
    stem: usize,
    often: u32,
}

/// Something that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'i> {
    /// What.
    pub readable: &'i Readable,
    place: u32,
    score: f64,
}

/// A passage as an answer shows it: where it stands, and its words; those that were asked for are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its address, from the site's root.
    pub address: String,
    /// Runs of words, and whether each was asked for.
    pub runs: Vec<(bool, String)>,
}

/// How often a word of a title counts.
const TITLE: u32 = 3;
/// How fast a repeated word counts less, and how much a long text does: the usual constants of BM25 (Robertson and Zaragoza 2009, §3.2).
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;
/// The most bytes of a passage that are shown.
const WINDOW: usize = 280;
/// Words of a question that are compared with all that are written: each costs a look at every one.
const CORRECTED: usize = 4;
/// Passages that are shown of one thing.
const SHOWN: usize = 2;

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Index {
    /// An index of these.
    #[must_use]
    pub fn new(readables: Vec<Readable>) -> Self {
        let mut index = Self { readables, ..Self::default() };
        // Most words come again and again: each is stemmed once.
        let mut forms: HashMap<String, Form> = HashMap::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut postings: Vec<Vec<Posting>> = Vec::new();
        for (place, readable) in index.readables.iter().enumerate() {
            let title = format!("{} {}", readable.title, readable.about);
            let texts = std::iter::once(title.as_str()).chain(readable.passages.iter().map(|p| p.text.as_str()));
            let mut length = 0;
            for (passage, text) in texts.enumerate() {
                for (word, found) in spans(text).into_iter().enumerate() {
                    let written = &text[found];
                    if !forms.contains_key(written) {
                        let stem = *places.entry(stem(written)).or_insert(postings.len());
                        postings.resize_with(postings.len().max(stem + 1), Vec::new);
                        forms.insert(written.to_owned(), Form { stem, often: 0 });
                    }
                    if let Some(form) = forms.get_mut(written) {
                        form.often += 1;
                        let posting = Posting { readable: small(place), passage: small(passage), word: small(word) };
                        postings[form.stem].push(posting);
                    }
                    length += weight(small(passage));
                }
            }
            index.lengths.push(length);
        }
        for (written, form) in forms {
            *index.written.entry(plain(&written)).or_default() += form.often;
        }
        index.postings = places.into_iter().map(|(stem, at)| (stem, std::mem::take(&mut postings[at]))).collect();
        index
    }

    /// Everything that can be found.
    #[must_use]
    pub fn readables(&self) -> &[Readable] {
        &self.readables
    }

    /// What a question finds, the best first.
    #[must_use]
    pub fn find(&self, question: &Question) -> Vec<Hit<'_>> {
        let total: f64 = self.lengths.iter().copied().map(f64::from).sum();
        let count = f64::from(small(self.readables.len()));
        let average = (total / count.max(1.0)).max(1.0);
        let mut scores: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
        for stem in &question.stems {
            let of_each: Vec<&[Posting]> = self.of(stem).chunk_by(|a, b| a.readable == b.readable).collect();
            let holding = f64::from(small(of_each.len()));
            let rarity = (1.0 + (count - holding + 0.5) / (holding + 0.5)).ln();
            for postings in of_each {
                let place = postings[0].readable;
                let often: f64 = postings.iter().map(|p| f64::from(weight(p.passage))).sum();
                let length = f64::from(self.lengths[place as usize]) / average;
                let damped = often * (SATURATION + 1.0) / (often + SATURATION * (1.0 - LENGTH + LENGTH * length));
                let (score, matched) = scores.entry(place).or_default();
                *score += rarity * damped;
                *matched += 1;
            }
        }
        for phrase in &question.phrases {
            let having: BTreeSet<u32> = self.in_a_row(phrase).map(|p| p.readable).collect();
            scores.retain(|place, _| having.contains(place));
        }
        let row: BTreeSet<u32> =
            question.row().iter().flat_map(|row| self.in_a_row(row).map(|p| p.readable).collect::<Vec<_>>()).collect();
        let asked = f64::from(small(question.stems.len())).max(1.0);
        let hit = |(place, (score, matched)): (u32, (f64, u32))| {
            let share = f64::from(matched) / asked;
            let together = if row.contains(&place) { 1.5 } else { 1.0 };
            let readable = self.readables.get(place as usize)?;
            Some(Hit { readable, place, score: score * share * share * together })
        };
        let mut hits: Vec<Hit<'_>> = scores.into_iter().filter_map(hit).collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.place.cmp(&b.place)));
        hits
    }

    fn of(&self, stem: &str) -> &[Posting] {
        self.postings.get(stem).map_or(&[], Vec::as_slice)
    }

    /// Where these stems stand side by side: the place of the first.
    fn in_a_row<'i>(&'i self, stems: &'i [String]) -> impl Iterator<Item = Posting> + 'i {
        let first = stems.first().map_or(&[][..], |first| self.of(first));
        first.iter().copied().filter(|at| {
            stems.iter().enumerate().skip(1).all(|(step, stem)| {
                let next = Posting { word: at.word.saturating_add(small(step)), ..*at };
                self.of(stem).binary_search(&next).is_ok()
            })
        })
    }

    /// The passages that answer a question best, in the order of the text; where only the title does, the beginning, with nothing marked.
    #[must_use]
    pub fn passages(&self, hit: &Hit<'_>, question: &Question) -> Vec<Shown> {
        let mut found: BTreeMap<u32, (BTreeSet<&str>, u32)> = BTreeMap::new();
        for stem in &question.stems {
            let postings = self.of(stem);
            let from = postings.partition_point(|p| p.readable < hit.place);
            let here = postings[from..].iter().take_while(|p| p.readable == hit.place);
            for posting in here.filter(|p| p.passage > 0) {
                let (stems, often) = found.entry(posting.passage).or_default();
                stems.insert(stem);
                *often += 1;
            }
        }
        for posting in question.phrases.iter().flat_map(|phrase| self.in_a_row(phrase)) {
            if posting.readable == hit.place
                && let Some((_, often)) = found.get_mut(&posting.passage)
            {
                *often += 1000;
            }
        }
        let mut best: Vec<(u32, usize, u32)> =
            found.into_iter().map(|(p, (stems, often))| (p, stems.len(), often)).collect();
        best.sort_by_key(|(passage, stems, often)| {
            (Reverse(*often >= 1000), Reverse(*stems), Reverse(*often), *passage)
        });
        best.truncate(SHOWN);
        best.sort_unstable();
        let at = |passage: u32| hit.readable.passages.get(passage as usize - 1);
        let shown: Vec<Shown> =
            best.iter().filter_map(|(p, ..)| Some(shown(hit.readable, at(*p)?, question))).collect();
        if shown.is_empty() {
            hit.readable.passages.first().map(|p| shown_whole(hit.readable, p)).into_iter().collect()
        } else {
            shown
        }
    }

    /// How many hits there are of each sort.
    #[must_use]
    pub fn counts(hits: &[Hit<'_>]) -> BTreeMap<Sort, usize> {
        let mut counts = BTreeMap::new();
        for hit in hits {
            *counts.entry(hit.readable.sort).or_default() += 1;
        }
        counts
    }

    /// The same question with words that nobody wrote replaced by such as come near; `None` where every word is known, or none comes near.
    #[must_use]
    pub fn meant(&self, question: &Question) -> Option<String> {
        let known = |word: &str| !self.of(&stem(word)).is_empty();
        let unknown: BTreeSet<&String> = question.typed.iter().filter(|word| !known(word)).take(CORRECTED).collect();
        let near: BTreeMap<&String, &str> =
            unknown.into_iter().filter_map(|word| Some((word, self.near(word)?))).collect();
        let meant = question.typed.iter().map(|word| near.get(word).copied().unwrap_or(word));
        (!near.is_empty()).then(|| meant.collect::<Vec<_>>().join(" "))
    }

    fn near(&self, word: &str) -> Option<&str> {
        let letters = word.chars().count();
        let most = if letters < 6 { 1 } else { 2 };
        let fits = |(written, often): (&'_ String, &u32)| {
            let fits = letters > 3 && written.chars().count().abs_diff(letters) <= most;
            let apart = if fits { strsim::osa_distance(written, word) } else { usize::MAX };
            (apart <= most).then_some((apart, Reverse(*often)))
        };
        let near = self.written.iter().filter_map(|entry| Some((fits(entry)?, entry.0)));
        near.min().map(|(_, written)| written.as_str())
    }
}

const fn weight(passage: u32) -> u32 {
    if passage == 0 { TITLE } else { 1 }
}

/// The part of a passage around what was asked for.
fn shown(readable: &Readable, passage: &Passage, question: &Question) -> Shown {
    let text = passage.text.as_str();
    let asked: Vec<Range<usize>> =
        words(text).into_iter().filter(|word| question.stems.contains(&word.stem)).map(|word| word.at).collect();
    // The window that holds the most of them; of equals the first.
    let within = |from: &Range<usize>| {
        asked.iter().filter(|r| r.start >= from.start && r.end <= from.start + WINDOW / 2).count()
    };
    let first = asked.iter().max_by_key(|from| (within(from), Reverse(from.start))).map_or(0, |r| r.start);
    let window = window(text, first);
    let mut runs = Vec::new();
    let mut at = window.start;
    if at > 0 {
        runs.push((false, "… ".to_owned()));
    }
    for word in asked.into_iter().filter(|word| word.start >= window.start && word.end <= window.end) {
        if at < word.start {
            runs.push((false, text[at..word.start].to_owned()));
        }
        at = word.end;
        runs.push((true, text[word].to_owned()));
    }
    let more = if window.end < text.len() { " …" } else { "" };
    runs.push((false, format!("{}{more}", &text[at..window.end])));
    Shown { address: readable.place(passage), runs }
}

/// The beginning of a passage.
fn shown_whole(readable: &Readable, passage: &Passage) -> Shown {
    shown(readable, passage, &Question::default())
}

/// What is shown around a byte: whole words, the byte's among them.
fn window(text: &str, around: usize) -> Range<usize> {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    if text.len() <= WINDOW {
        return 0..text.len();
    }
    let from = boundary(around.saturating_sub(WINDOW / 3));
    let from = if from == 0 { 0 } else { text[from..around].find(' ').map_or(around, |space| from + space + 1) };
    let to = boundary((from + WINDOW).min(text.len()));
    let end_of_word = |at: usize| {
        let most = boundary((at + WINDOW).min(text.len()));
        text[at..most].find(char::is_whitespace).map_or(most, |space| at + space)
    };
    let to = if to == text.len() {
        to
    } else {
        text[around..to].rfind(' ').map_or_else(|| end_of_word(to), |space| around + space)
    };
    from..to.max(end_of_word(around))
}
