//! The codes of a Parquet page: runs of one value, and groups of eight packed in as few bits as the largest needs.
//!
//! Source: Apache Parquet, *Encodings*, "Run Length Encoding / Bit-Packing Hybrid".

use crate::layout::Unreadable;

/// A page's codes, read from front to back.
#[derive(Debug)]
pub(crate) struct Hybrid<B> {
    bytes: B,
    at: usize,
    width: usize,
    run: Run,
    /// Codes of a group of eight that was not taken whole.
    rest: [u32; 8],
    rest_at: usize,
}

#[derive(Debug, Clone, Copy)]
enum Run {
    Same {
        code: u32,
        left: usize,
    },
    /// Groups of eight that begin at `at`.
    Packed {
        at: usize,
        groups: usize,
    },
}

/// The widest code.
const WIDEST: usize = 32;

impl<B: AsRef<[u8]>> Hybrid<B> {
    /// Codes of so many bits each, from this byte on.
    pub(crate) fn new(bytes: B, at: usize, width: usize) -> Result<Self, Unreadable> {
        if width > WIDEST {
            return Err(broken("codes of more than 32 bits"));
        }
        Ok(Self { bytes, at, width, run: Run::Same { code: 0, left: 0 }, rest: [0; 8], rest_at: 8 })
    }

    /// The code that comes next and how often it is known to be repeated; `None` where codes are packed.
    pub(crate) fn same(&mut self) -> Result<Option<(u32, usize)>, Unreadable> {
        if self.rest_at < 8 {
            return Ok(None);
        }
        self.begin()?;
        Ok(match self.run {
            Run::Same { code, left } => Some((code, left)),
            Run::Packed { .. } => None,
        })
    }

    /// Goes past so many repetitions of the code that [`Self::same`] gave.
    pub(crate) fn skip(&mut self, count: usize) {
        if let Run::Same { left, .. } = &mut self.run {
            *left = left.saturating_sub(count);
        }
    }

    /// Reads as many codes as there is room for.
    pub(crate) fn read(&mut self, mut codes: &mut [u32]) -> Result<(), Unreadable> {
        while !codes.is_empty() {
            let taken = if self.rest_at < 8 { self.take_rest(codes) } else { self.take_run(codes)? };
            codes = &mut codes[taken..];
        }
        Ok(())
    }

    fn take_rest(&mut self, codes: &mut [u32]) -> usize {
        let taken = codes.len().min(8 - self.rest_at);
        codes[..taken].copy_from_slice(&self.rest[self.rest_at..self.rest_at + taken]);
        self.rest_at += taken;
        taken
    }

    fn take_run(&mut self, codes: &mut [u32]) -> Result<usize, Unreadable> {
        self.begin()?;
        match &mut self.run {
            Run::Same { code, left } => {
                let taken = codes.len().min(*left);
                codes[..taken].fill(*code);
                *left -= taken;
                Ok(taken)
            }
            Run::Packed { at, groups } => {
                let bytes = &self.bytes.as_ref()[*at..];
                let whole = (codes.len() / 8).min(*groups);
                if whole == 0 {
                    unpack(bytes, self.width, &mut self.rest);
                    self.rest_at = 0;
                } else {
                    unpack(bytes, self.width, &mut codes[..whole * 8]);
                }
                *at += whole.max(1) * self.width;
                *groups -= whole.max(1);
                Ok(whole * 8)
            }
        }
    }

    /// Reads the header of the next run when the one at hand is used up.
    fn begin(&mut self) -> Result<(), Unreadable> {
        while matches!(self.run, Run::Same { left: 0, .. } | Run::Packed { groups: 0, .. }) {
            let header = self.header()?;
            let bytes = self.bytes.as_ref();
            let count = usize::try_from(header >> 1).map_err(|_| broken("a run that is too long"))?;
            if header & 1 == 1 {
                let length = count.checked_mul(self.width).ok_or_else(|| broken("a run that is too long"))?;
                // The last group may be cut off where nothing of it is needed.
                let there = if self.width == 0 { count } else { (bytes.len() - self.at).div_ceil(self.width) };
                self.run = Run::Packed { at: self.at, groups: count.min(there) };
                self.at = self.at.saturating_add(length).min(bytes.len());
            } else {
                let length = self.width.div_ceil(8);
                let code =
                    bytes.get(self.at..self.at + length).ok_or_else(|| broken("codes that end before the page"))?;
                let code = code.iter().rev().fold(0u32, |code, byte| code << 8 | u32::from(*byte));
                self.run = Run::Same { code, left: count };
                self.at += length;
            }
        }
        Ok(())
    }

    fn header(&mut self) -> Result<u64, Unreadable> {
        let mut header = 0u64;
        for shift in (0..35).step_by(7) {
            let byte = *self.bytes.as_ref().get(self.at).ok_or_else(|| broken("codes that end before the page"))?;
            self.at += 1;
            header |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(header);
            }
        }
        Err(broken("a run that is too long"))
    }
}

/// Unpacks groups of eight codes, `width` bytes each. Bytes that are missing at the end are zeros.
fn unpack(bytes: &[u8], width: usize, codes: &mut [u32]) {
    match width {
        0 => codes.fill(0),
        1 => narrow::<1>(bytes, codes),
        2 => narrow::<2>(bytes, codes),
        3 => narrow::<3>(bytes, codes),
        4 => narrow::<4>(bytes, codes),
        5 => narrow::<5>(bytes, codes),
        6 => narrow::<6>(bytes, codes),
        7 => narrow::<7>(bytes, codes),
        8 => narrow::<8>(bytes, codes),
        _ => wide(bytes, width, codes),
    }
}

/// Eight codes of at most eight bits are within one word.
fn narrow<const WIDTH: usize>(bytes: &[u8], codes: &mut [u32]) {
    for (group, codes) in codes.chunks_exact_mut(8).enumerate() {
        let rest = bytes.get(group * WIDTH..).unwrap_or_default();
        let word = rest.first_chunk::<8>().map_or_else(|| padded(rest), |word| u64::from_le_bytes(*word));
        for (place, code) in codes.iter_mut().enumerate() {
            *code = low(word >> (place * WIDTH)) & ((1 << WIDTH) - 1);
        }
    }
}

fn wide(bytes: &[u8], width: usize, codes: &mut [u32]) {
    for (place, code) in codes.iter_mut().enumerate() {
        let bit = place * width;
        let rest = bytes.get(bit / 8..).unwrap_or_default();
        let word = rest.first_chunk::<8>().map_or_else(|| padded(rest), |word| u64::from_le_bytes(*word));
        *code = low((word >> (bit % 8)) & ((1 << width) - 1));
    }
}

fn padded(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    let length = bytes.len().min(8);
    word[..length].copy_from_slice(&bytes[..length]);
    u64::from_le_bytes(word)
}

/// The lower half of a word.
fn low(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0)
}

fn broken(what: &str) -> Unreadable {
    Unreadable::NotParquet(format!("a page has {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes codes as another program would: packed groups, and runs of those that repeat.
    fn written(codes: &[u32], width: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = codes;
        while !rest.is_empty() {
            let same = rest.iter().take_while(|c| **c == rest[0]).count();
            if same >= 8 {
                bytes.extend(varint(u64::try_from(same).unwrap() << 1));
                bytes.extend(&rest[0].to_le_bytes()[..width.div_ceil(8)]);
                rest = &rest[same..];
            } else {
                let groups = rest.len().div_ceil(8).min(3);
                bytes.extend(varint(u64::try_from(groups).unwrap() << 1 | 1));
                let mut bits = vec![0u8; groups * width];
                for (place, code) in rest.iter().take(groups * 8).enumerate() {
                    (0..width)
                        .filter(|bit| code >> bit & 1 == 1)
                        .for_each(|bit| bits[(place * width + bit) / 8] |= 1 << ((place * width + bit) % 8));
                }
                bytes.extend(bits);
                rest = &rest[rest.len().min(groups * 8)..];
            }
        }
        bytes
    }

    fn varint(mut number: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while number >= 0x80 {
            bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).unwrap());
        bytes
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_in_any_portions(
            width in 1usize..=20,
            runs in prop::collection::vec((any::<u32>(), 1usize..30), 1..20),
            portions in prop::collection::vec(1usize..40, 1..50),
        ) {
            let codes: Vec<u32> = runs.iter().flat_map(|(code, times)| vec![code & ((1 << width) - 1); *times]).collect();
            let mut hybrid = Hybrid::new(written(&codes, width), 0, width).unwrap();
            let mut read = Vec::new();
            for portion in portions.iter().cycle() {
                let mut some = vec![0; (*portion).min(codes.len() - read.len())];
                if some.is_empty() {
                    break;
                }
                match hybrid.same().unwrap() {
                    Some((code, left)) if left >= some.len() => {
                        some.fill(code);
                        hybrid.skip(some.len());
                    }
                    _ => hybrid.read(&mut some).unwrap(),
                }
                read.extend(some);
            }
            prop_assert_eq!(read, codes);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), width in 0usize..40) {
            if let Ok(mut hybrid) = Hybrid::new(bytes, 0, width) {
                let mut codes = vec![0; 1000];
                let _either = hybrid.read(&mut codes);
            }
        }
    }
}
