//! Texts to small numbers, in the order in which they are first seen. The hot path of counting: one hash of at most 32 bytes, one
//! comparison, no allocation unless the text is new.

/// A number for every different text.
#[derive(Debug, Clone)]
pub(crate) struct Dictionary {
    /// The codes, each where its key's hash says or after that; a power of two of them, sixteen times as many as there are texts, so
    /// that nearly every text is found at the first look.
    slots: Vec<u32>,
    /// How far a hash is shifted to give a slot.
    shift: u32,
    /// The key of each code.
    keys: Vec<Key>,
    values: Vec<Box<[u8]>>,
}

/// The first 32 bytes of a text, with zeros after it, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    words: [u64; 4],
    length: usize,
}

/// No text has this code.
const NONE: u32 = u32::MAX;
/// How much of a text is in its key.
const KEYED: usize = 32;

impl Default for Dictionary {
    fn default() -> Self {
        Self { slots: vec![NONE; 256], shift: 64 - 8, keys: Vec::new(), values: Vec::new() }
    }
}

impl Dictionary {
    /// The number of this text, a new one if it has none yet.
    pub(crate) fn code(&mut self, value: &[u8]) -> u32 {
        let mut padded = [0; KEYED];
        let first = &value[..value.len().min(KEYED)];
        padded[..first.len()].copy_from_slice(first);
        self.find(Key { words: words(&padded), length: value.len() }, value)
    }

    /// The number of the text at `from..to` of these bytes. What stands after it is looked at and put away: that is quicker than asking
    /// how long it is.
    #[inline(always)]
    pub(crate) fn code_within(&mut self, bytes: &[u8], from: usize, to: usize) -> u32 {
        match bytes.get(from..).and_then(|rest| rest.first_chunk::<KEYED>()) {
            Some(first) => {
                let length = to - from;
                let (words, mask) = (words(first), &MASKS[length.min(KEYED)]);
                let words = [words[0] & mask[0], words[1] & mask[1], words[2] & mask[2], words[3] & mask[3]];
                self.find(Key { words, length }, &bytes[from..to])
            }
            None => self.code(&bytes[from..to]),
        }
    }

    #[inline(always)]
    fn find(&mut self, key: Key, value: &[u8]) -> u32 {
        let mut at = key.slot(self.shift);
        let last = self.slots.len() - 1;
        loop {
            let code = self.slots[at & last];
            let Some(known) = self.keys.get(code as usize) else { return self.insert(key, value) };
            if *known == key && (value.len() <= KEYED || *self.values[code as usize] == *value) {
                return code;
            }
            at += 1;
        }
    }

    /// Every text, by its number.
    pub(crate) fn values(&self) -> &[Box<[u8]>] {
        &self.values
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    #[cold]
    #[inline(never)]
    fn insert(&mut self, key: Key, value: &[u8]) -> u32 {
        let code = u32::try_from(self.values.len()).unwrap_or(NONE - 1);
        self.values.push(value.into());
        self.keys.push(key);
        if self.values.len() * 16 > self.slots.len() {
            self.grow();
        } else {
            self.place(code);
        }
        code
    }

    fn place(&mut self, code: u32) {
        let last = self.slots.len() - 1;
        let mut at = self.keys[code as usize].slot(self.shift) & last;
        while self.slots[at] != NONE {
            at = (at + 1) & last;
        }
        self.slots[at] = code;
    }

    fn grow(&mut self) {
        self.slots = vec![NONE; self.slots.len() * 2];
        self.shift -= 1;
        (0u32..).zip(0..self.keys.len()).for_each(|(code, _)| self.place(code));
    }
}

impl Key {
    #[inline(always)]
    fn slot(&self, shift: u32) -> usize {
        let [a, b, c, d] = self.words;
        let mixed = a ^ b.rotate_left(41) ^ c.rotate_left(11) ^ d.rotate_left(23) ^ self.length as u64;
        usize::try_from(mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift).unwrap_or(0)
    }
}

#[inline(always)]
fn words(bytes: &[u8; KEYED]) -> [u64; 4] {
    let word = |at: usize| {
        let mut word = [0; 8];
        word.copy_from_slice(&bytes[at..at + 8]);
        u64::from_le_bytes(word)
    };
    [word(0), word(8), word(16), word(24)]
}

/// For each length, what to keep of the words of a key.
static MASKS: [[u64; 4]; KEYED + 1] = masks();

const fn masks() -> [[u64; 4]; KEYED + 1] {
    let mut masks = [[0; 4]; KEYED + 1];
    let mut length = 0;
    while length <= KEYED {
        let mut byte = 0;
        while byte < length {
            masks[length][byte / 8] |= 0xff << (8 * (byte % 8));
            byte += 1;
        }
        length += 1;
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_that_share_their_ends_are_told_apart() {
        let mut dictionary = Dictionary::default();
        let long = |middle: &str| format!("{}{middle}{}", "a".repeat(16), "z".repeat(16));
        let (one, other) = (long("1"), long("2"));
        let codes =
            [dictionary.code(one.as_bytes()), dictionary.code(other.as_bytes()), dictionary.code(one.as_bytes())];
        assert_eq!(codes, [0, 1, 0]);
        assert_ne!(dictionary.code(b"\0"), dictionary.code(b""), "an empty text is not a zero byte");
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_first_sight(texts in prop::collection::vec("[ab]{0,40}", 0..300)) {
            let mut dictionary = Dictionary::default();
            let mut seen: Vec<String> = Vec::new();
            for text in texts {
                let expected = seen.iter().position(|s| *s == text).unwrap_or_else(|| { seen.push(text.clone()); seen.len() - 1 });
                prop_assert_eq!(dictionary.code(text.as_bytes()) as usize, expected);
                let around = format!("xx{text}{}", "y".repeat(text.len() % 50));
                prop_assert_eq!(dictionary.code_within(around.as_bytes(), 2, 2 + text.len()) as usize, expected);
            }
        }
    }
}
