//! Texts that repeat, kept once and numbered, so that two rows are compared by numbers.

use reference::{AreaId, Period};
use std::{collections::HashMap, rc::Rc};

/// A text and its number.
#[derive(Debug, Clone)]
pub struct Word {
    /// The same for the same text.
    pub code: u32,
    /// The text.
    pub text: Rc<str>,
}

/// An area and the number of its id.
#[derive(Debug, Clone)]
pub struct Area {
    /// The number.
    pub code: u32,
    /// The id.
    pub id: Rc<AreaId>,
}

/// A period and the number of its text.
#[derive(Debug, Clone, Copy)]
pub struct Dated {
    /// The number.
    pub code: u32,
    /// The period.
    pub period: Period,
}

/// The last text of each column with its number: most rows repeat the row before, and comparing is cheaper than looking up.
#[derive(Debug, Default)]
pub struct LastWords(Vec<Option<Word>>);

impl LastWords {
    /// The text of a column with its number.
    pub fn word(&mut self, column: usize, text: &str, words: &mut Words) -> Word {
        if column >= self.0.len() {
            self.0.resize(column + 1, None);
        }
        let last = &mut self.0[column];
        match last {
            Some(word) if *word.text == *text => word.clone(),
            _ => last.insert(words.word(text)).clone(),
        }
    }
}

/// Every text met, numbered in the order of first appearance.
#[derive(Debug, Default)]
pub struct Words {
    texts: Vec<Rc<str>>,
    // Looked up, never walked.
    codes: HashMap<Rc<str>, u32>,
}

impl Words {
    /// The text's number.
    pub fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let word: Rc<str> = text.into();
        let code =
            u32::try_from(self.texts.len()).expect("a file of at most 1 GiB has fewer than 2^32 different texts");
        self.texts.push(word.clone());
        self.codes.insert(word, code);
        code
    }

    /// The text with its number.
    pub fn word(&mut self, text: &str) -> Word {
        let code = self.code(text);
        Word { code, text: self.texts[code as usize].clone() }
    }

    /// The area with its number.
    pub fn area(&mut self, id: &AreaId) -> Area {
        Area { code: self.code(id.as_str()), id: Rc::new(id.clone()) }
    }

    /// The period with its number.
    pub fn dated(&mut self, period: Period) -> Dated {
        Dated { code: self.code(&period.to_string()), period }
    }
}
