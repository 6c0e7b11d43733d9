//! Words as small numbers: the columns of a table hold these.

use super::CannotHold;
use std::{borrow::Borrow, collections::HashMap, hash::Hash};

/// Words, areas or periods numbered in the order of their first appearance.
#[derive(Debug, Clone)]
pub(super) struct Dictionary<T> {
    pub(super) words: Vec<T>,
    // Looked up, never walked: its order is nobody's business.
    codes: HashMap<T, u16>,
    last: u16,
    // What came after each word the last time: tables are published in order, so that it mostly comes again.
    next: Vec<u16>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self { words: Vec::new(), codes: HashMap::new(), last: 0, next: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Dictionary<T> {
    /// The word's code, a new one where it has none yet.
    pub(super) fn code<Q>(&mut self, word: &Q, kind: &'static str) -> Result<u16, CannotHold>
    where
        T: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = T> + ?Sized,
    {
        let is = |code: u16| self.words.get(usize::from(code)).is_some_and(|w| w.borrow() == word);
        if is(self.last) {
            return Ok(self.last);
        }
        let next = self.next.get(usize::from(self.last)).copied().filter(|next| is(*next));
        let code = match next.or_else(|| self.codes.get(word).copied()) {
            Some(code) => code,
            None => self.add(word.to_owned(), kind)?,
        };
        if let Some(next) = self.next.get_mut(usize::from(self.last)) {
            *next = code;
        }
        self.last = code;
        Ok(code)
    }

    fn add(&mut self, word: T, kind: &'static str) -> Result<u16, CannotHold> {
        let code = u16::try_from(self.words.len()).map_err(|_| CannotHold::TooManyLabels(kind))?;
        self.words.push(word.clone());
        self.codes.insert(word, code);
        self.next.push(code);
        Ok(code)
    }
}
