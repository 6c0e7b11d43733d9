//! Parquet columns that are not texts by dictionary, value by value: dates and times are written out, numbers too.

use crate::layout::{Layout, Origin, Unreadable};
use crate::parquet_file::{Bounded, not_parquet};
use crate::rows::Rows;
use crate::run::Worker;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use parquet::basic::{LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::DataType;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::serialized_reader::SerializedPageReader;

/// How many rows are put together at once.
const PORTION: usize = 1024;

/// Reads the columns that the layout asks for and hands the rows on.
pub(crate) fn read<W: Worker>(
    pages: impl Fn(usize) -> Result<SerializedPageReader<Bounded>, Unreadable>,
    group: &RowGroupMetaData,
    rows: usize,
    layout: &Layout,
    file: usize,
    worker: &mut W,
) -> Result<(), Unreadable> {
    // The columns that are read, and the layout of rows made of them alone.
    let mut read: Vec<usize> = Vec::new();
    let mut place = |index: usize| {
        read.iter().position(|r| *r == index).unwrap_or_else(|| {
            read.push(index);
            read.len() - 1
        })
    };
    let origins = layout.origins.iter().map(|origin| match origin {
        Origin::Column { index, taken } => Origin::Column { index: place(*index), taken: *taken },
        Origin::Fixed(label) => Origin::Fixed(label.clone()),
    });
    let narrowed =
        Layout { kind: layout.kind, width: usize::MAX, origins: origins.collect(), id: layout.id.map(&mut place) };
    let mut columns = Vec::new();
    for index in &read {
        columns.push(Texts::new(group, *index, pages(*index)?)?);
    }
    let (mut bytes, mut bounds, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = rows;
    while left > 0 {
        let count = left.min(PORTION);
        for column in &mut columns {
            column.read(count)?;
        }
        bytes.clear();
        bounds.clear();
        firsts.clear();
        bounds.push(0);
        for row in 0..count {
            firsts.push(u32::try_from(bounds.len() - 1).unwrap_or(u32::MAX));
            for column in &columns {
                bytes.extend_from_slice(&column.texts[row]);
                bytes.push(b',');
                bounds.push(
                    u32::try_from(bytes.len()).map_err(|_| Unreadable::NotParquet("a value is too long".into()))?,
                );
            }
        }
        worker.take(Rows { bytes: &bytes, bounds: &bounds, firsts: &firsts, width: usize::MAX }, &narrowed, file);
        left -= count;
    }
    Ok(())
}

/// A column, as texts.
struct Texts {
    reader: ColumnReader,
    form: Form,
    is_optional: bool,
    levels: Vec<i16>,
    texts: Vec<Vec<u8>>,
}

/// How a number is written out.
#[derive(Clone, Copy)]
enum Form {
    Number,
    /// Days since 1970.
    Date,
    /// So many of these a second since 1970.
    Time {
        a_second: i64,
    },
}

impl Texts {
    fn new(group: &RowGroupMetaData, index: usize, pages: SerializedPageReader<Bounded>) -> Result<Self, Unreadable> {
        let description = group.column(index).column_descr_ptr();
        if description.max_rep_level() > 0 || description.max_def_level() > 1 {
            return Err(Unreadable::NotParquet(format!(
                "column `{}` holds lists or parts, not single values",
                description.path().string()
            )));
        }
        let form = match description.logical_type_ref() {
            Some(LogicalType::Date) => Form::Date,
            Some(LogicalType::Timestamp(timestamp)) => Form::Time {
                a_second: match timestamp.unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                },
            },
            _ => Form::Number,
        };
        let is_optional = description.max_def_level() == 1;
        Ok(Self {
            reader: get_column_reader(description, Box::new(pages)),
            form,
            is_optional,
            levels: Vec::new(),
            texts: Vec::new(),
        })
    }

    /// Reads the next so many values, a missing one as an empty text.
    fn read(&mut self, count: usize) -> Result<(), Unreadable> {
        let form = self.form;
        let Self { reader, is_optional, levels, texts, .. } = self;
        let values: Vec<Vec<u8>> = match reader {
            ColumnReader::ByteArrayColumnReader(reader) => {
                some(reader, count, *is_optional, levels, |v| v.data().to_vec())?
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                some(reader, count, *is_optional, levels, |v| v.data().to_vec())?
            }
            ColumnReader::Int32ColumnReader(reader) => {
                some(reader, count, *is_optional, levels, |v| form.written(i64::from(*v)))?
            }
            ColumnReader::Int64ColumnReader(reader) => some(reader, count, *is_optional, levels, |v| form.written(*v))?,
            ColumnReader::BoolColumnReader(reader) => {
                some(reader, count, *is_optional, levels, |v| v.to_string().into_bytes())?
            }
            ColumnReader::Int96ColumnReader(_)
            | ColumnReader::FloatColumnReader(_)
            | ColumnReader::DoubleColumnReader(_) => {
                return Err(Unreadable::NotParquet(
                    "a column to count by holds decimals or times of the old kind, not texts".into(),
                ));
            }
        };
        texts.clear();
        if *is_optional {
            let mut values = values.into_iter();
            texts.extend(
                levels.iter().map(|level| if *level == 1 { values.next().unwrap_or_default() } else { Vec::new() }),
            );
        } else {
            texts.extend(values);
        }
        if texts.len() == count {
            Ok(())
        } else {
            Err(Unreadable::NotParquet("a column has fewer values than the row group has rows".into()))
        }
    }
}

/// Reads until there are so many values or no more.
fn some<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    is_optional: bool,
    levels: &mut Vec<i16>,
    text: impl Fn(&T::T) -> Vec<u8>,
) -> Result<Vec<Vec<u8>>, Unreadable> {
    let mut values = Vec::new();
    levels.clear();
    let mut rows = 0;
    while rows < count {
        let (read, _, _) = reader
            .read_records(count - rows, is_optional.then_some(&mut *levels), None, &mut values)
            .map_err(|e| not_parquet(&e))?;
        if read == 0 {
            break;
        }
        rows += read;
    }
    Ok(values.iter().map(text).collect())
}

impl Form {
    fn written(self, value: i64) -> Vec<u8> {
        let written = match self {
            Self::Number => Some(value.to_string()),
            Self::Date => Span::new()
                .try_days(value)
                .and_then(|days| Date::constant(1970, 1, 1).checked_add(days))
                .ok()
                .map(|d| d.to_string()),
            Self::Time { a_second } => Timestamp::from_second(value.div_euclid(a_second)).ok().map(|t| t.to_string()),
        };
        written.unwrap_or_else(|| value.to_string()).into_bytes()
    }
}
