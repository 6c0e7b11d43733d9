//! A Parquet column as numbers of labels: the numbers of its dictionary, put into the counter's own.

use crate::counter::Counter;
use crate::hybrid::Hybrid;
use crate::layout::Unreadable;
use crate::parquet_file::{Bounded, not_parquet};
use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};
use parquet::file::serialized_reader::SerializedPageReader;

/// How many codes are decoded at once, and how many repetitions are worth counting at once.
const PORTION: usize = 2048;
const WORTH: usize = 64;

/// A column, read from front to back.
pub(crate) struct Column {
    axis: usize,
    form: Form,
    pending: Pending,
}

/// What is decoded and not yet counted.
enum Pending {
    Same { code: u32, left: usize },
    Codes { at: usize },
}

enum Form {
    /// The same for all rows.
    Fixed,
    Pages(Box<Pages>),
}

struct Pages {
    pages: SerializedPageReader<Bounded>,
    is_optional: bool,
    taken: usize,
    file: usize,
    /// The counter's number for each number of the dictionary.
    labels: Vec<u32>,
    page: Option<DataPage>,
    codes: Vec<u32>,
    levels: Vec<u32>,
}

struct DataPage {
    left: usize,
    /// Which values there are; `None` when all are.
    levels: Option<Hybrid<Bytes>>,
    values: Values,
}

enum Values {
    Coded(Hybrid<Bytes>),
    Plain { bytes: Bytes, at: usize },
}

impl Column {
    pub(crate) fn new(
        pages: SerializedPageReader<Bounded>,
        is_optional: bool,
        axis: usize,
        taken: usize,
        file: usize,
    ) -> Self {
        let pages = Pages {
            pages,
            is_optional,
            taken,
            file,
            labels: Vec::new(),
            page: None,
            codes: Vec::new(),
            levels: Vec::new(),
        };
        Self { axis, form: Form::Pages(Box::new(pages)), pending: Pending::Codes { at: 0 } }
    }

    /// A column with one label in every row.
    pub(crate) fn fixed(code: u32, axis: usize, rows: usize) -> Self {
        Self { axis, form: Form::Fixed, pending: Pending::Same { code, left: rows } }
    }

    /// Which axis of the counter it is.
    pub(crate) fn axis(&self) -> usize {
        self.axis
    }

    /// How many rows can be counted without reading on, at least one.
    pub(crate) fn ready(&mut self, counter: &mut Counter) -> Result<usize, Unreadable> {
        let Form::Pages(pages) = &mut self.form else { return Ok(usize::MAX) };
        match self.pending {
            Pending::Same { left, .. } if left > 0 => return Ok(left),
            Pending::Codes { at } if at < pages.codes.len() => return Ok(pages.codes.len() - at),
            Pending::Same { .. } | Pending::Codes { .. } => {}
        }
        self.pending = pages.next(self.axis, counter)?;
        Ok(match self.pending {
            Pending::Same { left, .. } => left,
            Pending::Codes { .. } => pages.codes.len(),
        })
    }

    /// The code of the rows that are ready, when they have the same.
    pub(crate) fn same(&self) -> Option<u32> {
        match self.pending {
            Pending::Same { code, .. } => Some(code),
            Pending::Codes { .. } => None,
        }
    }

    /// Goes past rows that have the same code.
    pub(crate) fn pass(&mut self, count: usize) {
        if let Pending::Same { left, .. } = &mut self.pending {
            *left = left.saturating_sub(count);
        }
    }

    /// Adds the codes of the next rows, where they differ, to their cells.
    pub(crate) fn place(&mut self, shift: u32, cells: &mut [u64]) {
        if let (Pending::Codes { at }, Form::Pages(pages)) = (&mut self.pending, &self.form) {
            let codes = &pages.codes[*at..*at + cells.len()];
            cells.iter_mut().zip(codes).for_each(|(cell, code)| *cell |= u64::from(*code) << shift);
            *at += cells.len();
        }
    }
}

impl Pages {
    fn next(&mut self, axis: usize, counter: &mut Counter) -> Result<Pending, Unreadable> {
        loop {
            if self.page.as_ref().is_some_and(|page| page.left > 0) {
                return self.decode(axis, counter);
            }
            let page = self.pages.get_next_page().map_err(|e| not_parquet(&e))?;
            match page.ok_or_else(|| broken("fewer values than the row group has rows"))? {
                Page::DictionaryPage { buf, num_values, .. } => {
                    self.read_dictionary(&buf, num_values, axis, counter)?
                }
                Page::DataPage { buf, num_values, encoding, .. } => {
                    let (levels, at) = if self.is_optional { levels_before(&buf)? } else { (None, 0) };
                    self.page = Some(data_page(buf, at, levels, num_values, encoding)?);
                }
                Page::DataPageV2 { buf, num_values, encoding, def_levels_byte_len, rep_levels_byte_len, .. } => {
                    let (repetition, definition) = (rep_levels_byte_len as usize, def_levels_byte_len as usize);
                    let at = repetition.saturating_add(definition);
                    if at > buf.len() {
                        return Err(broken("levels that are longer than their page"));
                    }
                    let levels = self.is_optional.then(|| buf.slice(repetition..at));
                    self.page = Some(data_page(buf, at, levels, num_values, encoding)?);
                }
            }
        }
    }

    /// The counter's numbers for the texts of a dictionary.
    fn read_dictionary(
        &mut self,
        bytes: &Bytes,
        count: u32,
        axis: usize,
        counter: &mut Counter,
    ) -> Result<(), Unreadable> {
        self.labels.clear();
        let mut at = 0;
        for _ in 0..count {
            let label = plain(bytes, &mut at)?;
            self.labels.push(counter.label(axis, &label[..label.len().min(self.taken)], self.file));
        }
        Ok(())
    }

    /// Decodes some of the page at hand.
    fn decode(&mut self, axis: usize, counter: &mut Counter) -> Result<Pending, Unreadable> {
        let Some(page) = &mut self.page else { return Err(broken("no page")) };
        if let (None, Values::Coded(codes)) = (&page.levels, &mut page.values)
            && let Some((code, times)) = codes.same()?
            && times >= WORTH
        {
            let left = times.min(page.left);
            codes.skip(left);
            page.left -= left;
            return Ok(Pending::Same { code: *self.labels.get(code as usize).ok_or_else(outside)?, left });
        }
        let rows = page.left.min(PORTION);
        page.left -= rows;
        let present = match &mut page.levels {
            None => rows,
            Some(levels) => {
                self.levels.resize(rows, 0);
                levels.read(&mut self.levels)?;
                self.levels.iter().filter(|level| **level == 1).count()
            }
        };
        self.codes.resize(present, 0);
        match &mut page.values {
            Values::Coded(codes) => {
                codes.read(&mut self.codes)?;
                let labels = &self.labels[..];
                if self.codes.iter().copied().max().is_some_and(|most| most as usize >= labels.len()) {
                    return Err(outside());
                }
                self.codes.iter_mut().for_each(|code| *code = labels[*code as usize]);
            }
            Values::Plain { bytes, at } => {
                for code in &mut self.codes {
                    let label = plain(bytes, at)?;
                    *code = counter.label(axis, &label[..label.len().min(self.taken)], self.file);
                }
            }
        }
        if page.levels.is_some() {
            let empty = counter.label(axis, b"", self.file);
            let mut present = self.codes.drain(..).collect::<Vec<_>>().into_iter();
            self.codes.extend(
                self.levels.iter().map(|level| if *level == 1 { present.next().unwrap_or(empty) } else { empty }),
            );
        }
        Ok(Pending::Codes { at: 0 })
    }
}

/// The levels of a page of the first version, which stand before its values, and where those begin.
fn levels_before(bytes: &Bytes) -> Result<(Option<Bytes>, usize), Unreadable> {
    let length = bytes.first_chunk::<4>().ok_or_else(|| broken("no levels"))?;
    let end = (u32::from_le_bytes(*length) as usize).saturating_add(4);
    if end > bytes.len() {
        return Err(broken("levels that are longer than their page"));
    }
    Ok((Some(bytes.slice(4..end)), end))
}

fn data_page(
    bytes: Bytes,
    at: usize,
    levels: Option<Bytes>,
    count: u32,
    encoding: Encoding,
) -> Result<DataPage, Unreadable> {
    let left = count as usize;
    let mut levels = levels.map(|l| Hybrid::new(l, 0, 1)).transpose()?;
    // One run of ones says that nothing is missing.
    if let Some(some) = &mut levels
        && some.same()?.is_some_and(|(level, times)| level == 1 && times >= left)
    {
        levels = None;
    }
    let values = match encoding {
        Encoding::PLAIN => Values::Plain { bytes, at },
        Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY if at < bytes.len() => {
            let width = bytes[at] as usize;
            Values::Coded(Hybrid::new(bytes, at + 1, width)?)
        }
        // A page without any value has no codes, nor their width.
        Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY => Values::Coded(Hybrid::new(bytes, at, 0)?),
        other => return Err(broken(&format!("the encoding {other}"))),
    };
    Ok(DataPage { left, levels, values })
}

/// The text at this place, which its length goes before.
fn plain<'a>(bytes: &'a Bytes, at: &mut usize) -> Result<&'a [u8], Unreadable> {
    let rest = bytes.get(*at..).unwrap_or_default();
    let length = rest.first_chunk::<4>().map(|l| u32::from_le_bytes(*l) as usize);
    let text = length
        .and_then(|length| rest.get(4..length.checked_add(4)?))
        .ok_or_else(|| broken("a text that is longer than its page"))?;
    *at += 4 + text.len();
    Ok(text)
}

fn outside() -> Unreadable {
    broken("a code that its dictionary does not have")
}

fn broken(what: &str) -> Unreadable {
    Unreadable::NotParquet(format!("a column has {what}"))
}
