//! Inputs that nobody publishes: cut, doubled, overwritten, turned to noise. None may panic, and what is read stays in bounds.
//!
//! `PEELIAN_FUZZ=1000000` tries as many; by default 20,000.

use crate::known::known;
use reading::Known;
use std::path::Path;

/// A generator of numbers that gives the same ones each time (SplitMix64).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

const PIECES: [&str; 24] = [
    "\u{ad}",
    "\t",
    "\u{c}",
    "¹",
    "²⁸ Note",
    "[",
    "](#)",
    "Figure 1:",
    "Good",
    "£",
    "12 months to 31 March 2016",
    "– ",
    "• ",
    "\n\n",
    "<table>",
    "<td>",
    "</tr>",
    "<sup>",
    "per 1,000",
    "48 of 60",
    "England and Wales average of",
    "\u{0}",
    "é",
    "====",
];

/// Starting points: pieces of the corpus and, where they are, of a PDF of our own making.
fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let document = |p: &std::path::PathBuf| p.extension().is_some_and(|e| e == "txt" || e == "html" || e == "pdf");
    files.iter().filter(|p| document(p)).map(|p| std::fs::read(p).unwrap()).collect()
}

fn mutated(noise: &mut Noise, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = &seeds[noise.below(seeds.len())];
    let pdf = seed.starts_with(b"%PDF");
    // A window of the document, so that many can be tried; a PDF is only whole or cut at its end.
    let length = if pdf { seed.len() } else { 200 + noise.below(3000) };
    let from = if pdf { 0 } else { noise.below(seed.len()) };
    let mut bytes = seed[from..(from + length).min(seed.len())].to_vec();
    for _ in 0..noise.below(12) {
        let at = noise.below(bytes.len().max(1)).min(bytes.len());
        match noise.below(6) {
            0 => bytes.truncate(at),
            1 => bytes.splice(at..at, PIECES[noise.below(PIECES.len())].bytes()).for_each(drop),
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(noise.below(256)).unwrap();
                }
            }
            3 => {
                let end = (at + noise.below(200)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again).for_each(drop);
            }
            4 => {
                let end = (at + noise.below(60)).min(bytes.len());
                bytes.drain(at..end).for_each(drop);
            }
            _ => bytes.splice(at..at, b"\n\n\n".iter().copied()).for_each(drop),
        }
    }
    bytes
}

#[test]
fn no_mutated_document_stops_the_reader() {
    let times: u64 = std::env::var("PEELIAN_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let (known, seeds) = (known(), seeds());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = times / u64::try_from(cores).unwrap() + 1;
    std::thread::scope(|scope| {
        for core in 0..u64::try_from(cores).unwrap() {
            let (known, seeds) = (&known, &seeds);
            scope.spawn(move || {
                let mut noise = Noise(core.wrapping_mul(0x1234_5678_9abc_def1) ^ 7);
                for _ in 0..share {
                    bounded(&mutated(&mut noise, seeds), known);
                }
            });
        }
    });
    println!("{times} mutated documents were read");
}

/// What is read holds no more than a few times what was given, and stands on lines that there are.
fn bounded(bytes: &[u8], known: &Known) {
    let reading = reading::read("noise", bytes, known);
    let lines = u32::try_from(bytes.iter().filter(|b| **b == b'\n').count() + 1).unwrap();
    let pdf = bytes.starts_with(b"%PDF");
    for line in reading.judgments.iter().map(|j| j.line).chain(reading.statements.iter().map(|s| s.line)) {
        assert!(
            line >= 1 && (pdf || line <= lines + 1),
            "line {line} of {lines}: {:?}",
            String::from_utf8_lossy(bytes)
        );
    }
    let facts = reading.sections.len() + reading.findings.len() + reading.statements.len() + reading.footnotes.len();
    assert!(pdf || facts <= bytes.len() + 8, "{facts} facts of {} bytes", bytes.len());
}
