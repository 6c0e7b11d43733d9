//! Samples of records. Every record of the frame gets a rank that only the review, the force, the seed and its own id decide; the
//! lowest ranks are drawn. So a draw can be made again from the same seed, the order and form of the files do not matter, and one pass
//! is enough.

use crate::counter::Counter;
use crate::dictionary::Dictionary;
use crate::dimension::{Dimension, Kind};
use crate::label::label;
use crate::layout::{Layout, Origin};
use crate::plain::BLOCK;
use crate::rows::Rows;
use crate::run::{FileReport, Progress, Run, Worker};
use crate::siphash::siphash;
use reference::Register;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

const BY: [Dimension; 3] = [Dimension::Force, Dimension::Month, Dimension::CrimeType];

/// What a sample of street-level crimes is drawn from, and how large it is.
#[derive(Debug, Clone)]
pub struct Draw {
    review: String,
    seed: u64,
    quotas: BTreeMap<String, usize>,
    otherwise: usize,
    months: BTreeSet<String>,
    crime_types: BTreeSet<String>,
    is_stratified: bool,
    threads: usize,
    register: Option<Register>,
    progress: Arc<Progress>,
}

/// What was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The sample of each force that has a quota and records in the frame, by its slug.
    pub forces: BTreeMap<String, ForceSample>,
    /// What was read of each file.
    pub files: Vec<FileReport>,
}

/// One force's sample.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForceSample {
    /// The records drawn, in the order of their ranks.
    pub records: Vec<Record>,
    /// How many rows of the files are in the frame, by crime type.
    pub frame: BTreeMap<String, u64>,
    /// How many more would be, but have no id to find them by.
    pub without_id: u64,
    /// Sixteen hexadecimal digits that stand for the ids in the frame, in any order: another draw with the same digits and frame had
    /// the same records to draw from.
    pub frame_digest: String,
}

/// A record drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The publisher's id of the crime.
    pub id: String,
    /// Its month.
    pub month: String,
    /// Its crime type.
    pub crime_type: String,
}

impl Draw {
    /// A draw for a review with this id and seed, of `quota` records a force. Every month and crime type is in the frame.
    #[must_use]
    pub fn new(review: &str, seed: u64, quota: usize) -> Self {
        Self {
            review: review.to_owned(),
            seed,
            quotas: BTreeMap::new(),
            otherwise: quota,
            months: BTreeSet::new(),
            crime_types: BTreeSet::new(),
            is_stratified: false,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            register: None,
            progress: Arc::default(),
        }
    }

    /// Another quota for one force, by its slug; 0 leaves it out.
    #[must_use]
    pub fn quota(mut self, force: &str, quota: usize) -> Self {
        self.quotas.insert(force.to_owned(), quota);
        self
    }

    /// Draws for this force alone.
    #[must_use]
    pub fn only(mut self, force: &str) -> Self {
        let quota = self.quota_of(force);
        self.quotas = BTreeMap::from([(force.to_owned(), quota)]);
        self.otherwise = 0;
        self
    }

    /// Only these months, `YYYY-MM`; none given means all.
    #[must_use]
    pub fn months(mut self, months: impl IntoIterator<Item = String>) -> Self {
        self.months = months.into_iter().collect();
        self
    }

    /// Only these crime types, as published; none given means all.
    #[must_use]
    pub fn crime_types(mut self, crime_types: impl IntoIterator<Item = String>) -> Self {
        self.crime_types = crime_types.into_iter().collect();
        self
    }

    /// Gives each crime type its share of the sample, in proportion to its rows.
    #[must_use]
    pub fn stratified(mut self) -> Self {
        self.is_stratified = true;
        self
    }

    /// Reads on so many threads, at least one.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Knows forces by the names in this register too.
    #[must_use]
    pub fn register(mut self, register: Register) -> Self {
        self.register = Some(register);
        self
    }

    /// How far it is, to be asked from another thread.
    #[must_use]
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Draws from the street-level crimes in these files, folders and archives. Files of outcomes and stops are passed over.
    #[must_use]
    pub fn files(&self, paths: &[PathBuf]) -> Drawn {
        let run = Run::new(paths, &BY, self.threads, BLOCK, Arc::clone(&self.progress));
        let mut workers: Vec<Drawing> = (0..self.threads).map(|_| Drawing::new(self)).collect();
        run.work(&mut workers);
        let (files, _) = run.finish();
        let mut groups: BTreeMap<(String, String), Group> = BTreeMap::new();
        for worker in workers {
            for (force, stratum, group) in worker.named() {
                let quota = self.quota_of(&force);
                groups.entry((force, stratum)).or_default().merge(group, quota);
            }
        }
        Drawn { forces: self.allotted(groups), files }
    }

    /// Gives the strata of each force their shares.
    fn allotted(&self, groups: BTreeMap<(String, String), Group>) -> BTreeMap<String, ForceSample> {
        let mut forces: BTreeMap<String, Vec<(String, Group)>> = BTreeMap::new();
        for ((force, stratum), group) in groups {
            forces.entry(force).or_default().push((stratum, group));
        }
        let sample = |(force, strata): (String, Vec<(String, Group)>)| {
            let quota = self.quota_of(&force);
            let sizes: Vec<u64> = strata.iter().map(|(_, group)| group.rows).collect();
            let shares = if self.is_stratified { shares(&sizes, quota) } else { vec![quota; sizes.len()] };
            let mut sample = ForceSample::default();
            let (mut ranked, mut digest) = (BTreeMap::new(), 0u64);
            for ((stratum, group), share) in strata.into_iter().zip(shares) {
                sample.frame.insert(stratum, group.rows);
                sample.without_id += group.without_id;
                digest = digest.wrapping_add(group.digest);
                ranked.extend(group.lowest.into_iter().take(share));
            }
            sample.frame_digest = format!("{digest:016x}");
            let records = ranked.into_iter().take(quota);
            sample.records = records.map(|((_, id), (month, crime_type))| Record { id, month, crime_type }).collect();
            (force, sample)
        };
        forces.into_iter().map(sample).collect()
    }

    fn quota_of(&self, force: &str) -> usize {
        self.quotas.get(force).copied().unwrap_or(self.otherwise)
    }

    /// The key of a force's ranks.
    fn key(&self, force: &str) -> [u64; 2] {
        let digest = Sha256::digest(format!("{}/{force}/{}", self.review, self.seed));
        let word = |at: usize| digest[at..].first_chunk().map_or(0, |w| u64::from_le_bytes(*w));
        [word(0), word(8)]
    }
}

/// Divides `quota` in proportion to these sizes: whole shares first, what is left to the largest remainders. No share is larger than
/// its size.
///
/// Source: the method of largest remainders (Hare quota).
fn shares(sizes: &[u64], quota: usize) -> Vec<usize> {
    let total: u128 = sizes.iter().map(|s| u128::from(*s)).sum();
    let quota = u128::try_from(quota).unwrap_or(0).min(total);
    if total == 0 {
        return vec![0; sizes.len()];
    }
    let mut shares: Vec<u128> = sizes.iter().map(|s| u128::from(*s) * quota / total).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(u128::from(sizes[*at]) * quota % total), *at));
    let left = quota - shares.iter().sum::<u128>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        shares[at] += 1;
    }
    shares.into_iter().map(|s| usize::try_from(s).unwrap_or(0)).collect()
}

/// The records of one force and crime type.
#[derive(Debug)]
struct Group {
    /// No rank above it can be drawn.
    highest: u64,
    rows: u64,
    without_id: u64,
    digest: u64,
    /// By rank and id, no more than the quota: the month and the crime type.
    lowest: BTreeMap<(u64, String), (String, String)>,
}

impl Default for Group {
    fn default() -> Self {
        Self { highest: u64::MAX, rows: 0, without_id: 0, digest: 0, lowest: BTreeMap::new() }
    }
}

impl Group {
    /// Takes a record if its rank is among the lowest. One that comes twice is one, with the earlier of its months.
    fn take(&mut self, rank: u64, id: String, details: (String, String), quota: usize) {
        self.lowest
            .entry((rank, id))
            .and_modify(|known| *known = details.clone().min(known.clone()))
            .or_insert(details);
        while self.lowest.len() > quota {
            self.lowest.pop_last();
            self.highest = self.lowest.last_key_value().map_or(u64::MAX, |((rank, _), _)| *rank);
        }
    }

    fn merge(&mut self, other: Self, quota: usize) {
        self.rows += other.rows;
        self.without_id += other.without_id;
        self.digest = self.digest.wrapping_add(other.digest);
        for ((rank, id), details) in other.lowest {
            self.take(rank, id, details, quota);
        }
    }
}

/// Stands for an id in the frame's digest, whatever the seed. It tells frames apart; it keeps no secret.
fn checksum(id: &[u8]) -> u64 {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(SPREAD).rotate_left(29);
    let words = id.chunks_exact(8);
    let rest = mix(id.len() as u64, word(words.remainder()));
    let sum = words.fold(rest, |sum, bytes| mix(sum, bytes.first_chunk().map_or(0, |b| u64::from_le_bytes(*b))));
    (sum ^ sum >> 32).wrapping_mul(SPREAD)
}

/// One thread's draw.
struct Drawing<'a> {
    draw: &'a Draw,
    /// What was seen of each dimension, and whether it is in the frame.
    seen: [(Dictionary, Vec<Label>); 3],
    /// By the number of the force, then by that of the crime type.
    groups: Vec<Vec<Group>>,
    /// The rows at hand that are in the frame.
    kept: Vec<(u32, [u32; 3])>,
}

struct Label {
    label: String,
    is_in: bool,
    quota: usize,
    key: [u64; 2],
}

impl<'a> Drawing<'a> {
    fn new(draw: &'a Draw) -> Self {
        let seen = || (Dictionary::default(), Vec::new());
        Self { draw, seen: [seen(), seen(), seen()], groups: Vec::new(), kept: Vec::new() }
    }

    /// The groups with the names of their force and crime type.
    fn named(self) -> Vec<(String, String, Group)> {
        let [forces, _, crime_types] = self.seen;
        let mut named = Vec::new();
        for (force, groups) in forces.1.iter().zip(self.groups) {
            let groups = crime_types.1.iter().zip(groups).filter(|(_, group)| group.rows + group.without_id > 0);
            named.extend(groups.map(|(crime_type, group)| (force.label.clone(), crime_type.label.clone(), group)));
        }
        named
    }

    /// The group of these numbers.
    fn group(groups: &mut Vec<Vec<Group>>, force: u32, crime_type: u32) -> &mut Group {
        let (force, crime_type) = (force as usize, crime_type as usize);
        if groups.len() <= force {
            groups.resize_with(force + 1, Vec::new);
        }
        let of_force = &mut groups[force];
        if of_force.len() <= crime_type {
            of_force.resize_with(crime_type + 1, Group::default);
        }
        &mut of_force[crime_type]
    }

    /// What is to be known of a label that is new.
    fn know(&mut self, axis: usize) {
        let (dictionary, known) = &mut self.seen[axis];
        for value in &dictionary.values()[known.len()..] {
            let (label, _) = label(BY[axis], &String::from_utf8_lossy(value), self.draw.register.as_ref());
            let is_in = match BY[axis] {
                Dimension::Force => self.draw.quota_of(&label) > 0,
                Dimension::Month => self.draw.months.is_empty() || self.draw.months.contains(&label),
                _ => self.draw.crime_types.is_empty() || self.draw.crime_types.contains(&label),
            };
            let (quota, key) = (self.draw.quota_of(&label), self.draw.key(&label));
            known.push(Label { label, is_in, quota, key });
        }
    }

    /// Keeps the rows whose value on this axis is in the frame.
    fn keep(&mut self, rows: Rows<'_>, axis: usize, column: usize, taken: usize) {
        let (dictionary, known) = &mut self.seen[axis];
        let mut has_new = false;
        self.kept.retain_mut(|(first, codes)| {
            let (from, to) = rows.place(*first, column);
            let code = dictionary.code_within(rows.bytes, from, to.min(from.saturating_add(taken)));
            codes[axis] = code;
            // A label that is new is looked at below.
            has_new |= known.len() <= code as usize;
            known.get(code as usize).is_none_or(|label| label.is_in)
        });
        if has_new {
            self.know(axis);
            let known = &self.seen[axis].1;
            self.kept.retain(|(_, codes)| known[codes[axis] as usize].is_in);
        }
    }
}

impl Worker for Drawing<'_> {
    fn take(&mut self, rows: Rows<'_>, layout: &Layout, _: usize) {
        let (Kind::Street, Some(id)) = (layout.kind, layout.id) else { return };
        self.kept.clear();
        self.kept.extend(rows.firsts.iter().map(|first| (*first, [0; 3])));
        for (axis, origin) in layout.origins.iter().enumerate() {
            if let Origin::Column { index, taken } = origin {
                self.keep(rows, axis, *index, *taken);
            }
        }
        for (first, codes) in &self.kept {
            let of = |axis: usize| &self.seen[axis].1[codes[axis] as usize];
            let (force, month, crime_type) = (of(0), of(1), of(2));
            let group = Self::group(&mut self.groups, codes[0], codes[2]);
            let id = rows.field(*first, id);
            if id.is_empty() {
                group.without_id += 1;
                continue;
            }
            group.rows += 1;
            group.digest = group.digest.wrapping_add(checksum(id));
            let rank = siphash(force.key, id);
            if rank <= group.highest {
                let id = String::from_utf8_lossy(id).into_owned();
                group.take(rank, id, (month.label.clone(), crime_type.label.clone()), force.quota);
            }
        }
    }

    fn full(&self) -> Option<Dimension> {
        let full = self.seen.iter().position(|(dictionary, _)| dictionary.len() > crate::counter::MOST_LABELS);
        full.map(|axis| BY[axis])
    }

    fn counter(&mut self, _: Kind) -> Option<&mut Counter> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_follow_the_sizes() {
        assert_eq!(shares(&[500, 300, 200], 60), [30, 18, 12]);
        assert_eq!(shares(&[1, 1, 1], 2), [1, 1, 0]);
        assert_eq!(shares(&[3, 0, 1], 60), [3, 0, 1], "no more than there are");
        assert_eq!(shares(&[], 60), Vec::<usize>::new());
    }
}
