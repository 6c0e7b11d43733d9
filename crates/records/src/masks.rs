//! Finds commas and line ends 64 bytes at a time, and where the first byte stands that needs a closer look: a quotation mark, or a
//! byte beyond ASCII. Everything before that byte is rows whose fields end exactly at the separators.

use fearless_simd::{Level, Simd, SimdBase, SimdMask, dispatch, u8x64};

/// Bytes looked at in one go. Positions within them fit a cache line each sixteen.
pub(crate) const STRETCH: usize = 16 * 1024;

/// Where separators stand in a stretch of bytes, and which of them end a row.
#[derive(Debug)]
pub(crate) struct Index {
    level: Level,
    /// One past each separator; the first is 0.
    pub bounds: Vec<u32>,
    /// For each complete row, the place in `bounds` of its beginning; one more at the end.
    pub firsts: Vec<u32>,
}

/// What of a stretch can be read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// How many complete rows were found.
    pub rows: usize,
    /// Where the last of them ends: the next byte to look at.
    pub end: usize,
}

impl Index {
    pub(crate) fn new() -> Self {
        // Room for a separator at every byte, and for the sixteen that are always written at once.
        Self { level: Level::new(), bounds: vec![0; STRETCH + 80], firsts: vec![0; STRETCH + 80] }
    }

    /// Finds the rows at the beginning of `bytes`, at most a [`STRETCH`] of it, up to the first byte that needs a closer look.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Seen {
        let stretch = &bytes[..bytes.len().min(STRETCH)];
        let (bounds, firsts) = (&mut self.bounds[..], &mut self.firsts[..]);
        match self.level {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx512(simd) => simd.vectorize(
                #[inline(always)]
                || find::<_, Packed>(simd, stretch, bounds, firsts),
            ),
            level => dispatch!(level, simd => find::<_, OneByOne>(simd, stretch, bounds, firsts)),
        }
    }
}

#[inline(always)]
fn find<S: Simd, L: List<S>>(simd: S, bytes: &[u8], bounds: &mut [u32], firsts: &mut [u32]) -> Seen {
    let mut found = Found { bounds: 1, rows: 0 };
    bounds[0] = 0;
    firsts[0] = 0;
    let mut base = 1u32;
    let mut chunks = bytes.chunks_exact(64);
    for chunk in &mut chunks {
        let (word, is_unusual) = Word::of(simd, chunk);
        found.note::<S, L>(simd, word, base, bounds, firsts);
        if is_unusual {
            return found.seen(bounds, firsts);
        }
        base += 64;
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut padded = [0u8; 64];
        padded[..rest.len()].copy_from_slice(rest);
        found.note::<S, L>(simd, Word::of(simd, &padded).0, base, bounds, firsts);
    }
    found.seen(bounds, firsts)
}

/// A bit for each of 64 bytes, up to the first unusual one.
#[derive(Clone, Copy)]
struct Word {
    separators: u64,
    line_ends: u64,
}

impl Word {
    /// The bits, and whether there is an unusual byte.
    #[inline(always)]
    fn of<S: Simd>(simd: S, word: &[u8]) -> (Self, bool) {
        let bytes = u8x64::from_slice(simd, word);
        let line_ends = bytes.simd_eq(b'\n').to_bitmask();
        let commas = bytes.simd_eq(b',').to_bitmask();
        let unusual = (bytes.simd_eq(b'"') | bytes.simd_ge(0x80)).to_bitmask();
        // All bits below the lowest unusual one; all of them when there is none.
        let before = (unusual & unusual.wrapping_neg()).wrapping_sub(1);
        (Self { separators: (commas | line_ends) & before, line_ends: line_ends & before }, unusual != 0)
    }
}

struct Found {
    bounds: usize,
    rows: usize,
}

impl Found {
    /// Writes down the separators of a word, and where rows begin. Most words hold one line end or none: that much is written whether
    /// or not there is one, so that there is no branch to guess; what is too much is written over.
    #[inline(always)]
    fn note<S: Simd, L: List<S>>(&mut self, simd: S, word: Word, base: u32, bounds: &mut [u32], firsts: &mut [u32]) {
        let Word { separators, mut line_ends } = word;
        firsts[self.rows + 1] = count(self.bounds) + below(separators, line_ends);
        self.rows += usize::from(line_ends != 0);
        line_ends &= line_ends.wrapping_sub(1);
        while line_ends != 0 {
            firsts[self.rows + 1] = count(self.bounds) + below(separators, line_ends);
            self.rows += 1;
            line_ends &= line_ends - 1;
        }
        let total = separators.count_ones() as usize;
        L::list(simd, separators, total, base, &mut bounds[self.bounds..]);
        self.bounds += total;
    }

    #[inline(always)]
    fn seen(&self, bounds: &[u32], firsts: &[u32]) -> Seen {
        Seen { rows: self.rows, end: bounds[firsts[self.rows] as usize] as usize }
    }
}

/// A way to write down which bits are set.
trait List<S: Simd> {
    /// Writes `base` and the place of each bit. More may be written after them.
    fn list(simd: S, bits: u64, total: usize, base: u32, bounds: &mut [u32]);
}

/// Eight at a time, whether or not there are eight.
struct OneByOne;

impl<S: Simd> List<S> for OneByOne {
    #[inline(always)]
    fn list(_: S, mut bits: u64, total: usize, base: u32, bounds: &mut [u32]) {
        for eight in bounds.chunks_exact_mut(8).take(total.div_ceil(8)) {
            for bound in eight {
                *bound = base.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
        }
    }
}

/// All at once, where the processor packs bytes by a mask (AVX-512).
struct Packed;

impl<S: Simd> List<S> for Packed {
    #[inline(always)]
    fn list(simd: S, bits: u64, total: usize, base: u32, bounds: &mut [u32]) {
        let places = u8x64::from_slice(simd, &PLACES).compress(SimdMask::from_bitmask(simd, bits));
        let mut bytes = [0; 64];
        places.store_slice(&mut bytes);
        for (bounds, places) in bounds.chunks_exact_mut(16).zip(bytes.chunks_exact(16)).take(total.div_ceil(16)) {
            for (bound, place) in bounds.iter_mut().zip(places) {
                *bound = base + u32::from(*place);
            }
        }
    }
}

/// 0 to 63.
static PLACES: [u8; 64] = {
    let mut places = [0; 64];
    let mut at = 0u8;
    while at < 64 {
        places[at as usize] = at;
        at += 1;
    }
    places
};

/// How many of the separators stand before the first line end: the bound after that begins the next row.
#[inline(always)]
fn below(separators: u64, line_ends: u64) -> u32 {
    (separators & (line_ends & line_ends.wrapping_neg()).wrapping_sub(1)).count_ones()
}

/// A count within a stretch as `u32`.
#[inline(always)]
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
