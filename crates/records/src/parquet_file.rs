//! Parquet: only the columns asked for are read. Where a column has a dictionary its codes are counted as they are, and each of its
//! texts is looked at once a row group; what is coded otherwise is read value by value.

use crate::codes::Column;
use crate::counter::Counter;
use crate::dimension::{Dimension, Kind};
use crate::layout::{Layout, Origin, Unreadable};
use crate::page_header::{LARGEST, unpacked};
use crate::positioned::Positioned;
use crate::run::Worker;
use crate::scan::{LONGEST, Tally};
use parquet::basic::{Encoding, Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A Parquet file.
pub(crate) struct Parquet {
    file: Arc<Bounded>,
    metadata: ParquetMetaData,
}

impl Length for Positioned {
    fn len(&self) -> u64 {
        self.size()
    }
}

impl ChunkReader for Positioned {
    type T = BufReader<Self>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        Ok(BufReader::with_capacity(1024, self.from(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<bytes::Bytes> {
        let is_within =
            u64::try_from(length).ok().and_then(|l| start.checked_add(l)).is_some_and(|end| end <= self.size());
        if !is_within {
            return Err(ParquetError::EOF(format!("{length} bytes from {start} on, of a file of {}", self.size())));
        }
        let mut bytes = vec![0; length];
        let read = self.fill(&mut bytes, start)?;
        if read < length {
            return Err(ParquetError::EOF(format!("{read} of {length} bytes from {start} on")));
        }
        Ok(bytes.into())
    }
}

/// The file as its pages are read: a page's header is all that is asked for as a stream.
pub(crate) struct Bounded(Positioned);

impl Length for Bounded {
    fn len(&self) -> u64 {
        self.0.size()
    }
}

impl ChunkReader for Bounded {
    type T = BufReader<Positioned>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        let mut reader = self.0.get_read(start)?;
        let mut size = unpacked(reader.fill_buf()?);
        if size == Ok(None) {
            let mut header = vec![0; LONGEST];
            let read = self.0.fill(&mut header, start)?;
            size = unpacked(&header[..read]);
        }
        let wrong = |found: String| Err(ParquetError::General(found));
        match size {
            Ok(Some(size)) if size <= LARGEST => Ok(reader),
            Ok(Some(size)) => wrong(format!("a page of {size} bytes, more than the {LARGEST} that are read")),
            Ok(None) => wrong("the header of a page has no end".to_owned()),
            Err(found) => wrong(found.to_owned()),
        }
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<bytes::Bytes> {
        self.0.get_bytes(start, length)
    }
}

impl Parquet {
    pub(crate) fn open(file: Positioned) -> Result<Self, Unreadable> {
        guarded(|| {
            let metadata = ParquetMetaDataReader::new().parse_and_finish(&file).map_err(|e| not_parquet(&e))?;
            Ok(Self { file: Arc::new(Bounded(file)), metadata })
        })
    }

    /// How many row groups it has.
    pub(crate) fn groups(&self) -> u64 {
        u64::try_from(self.metadata.num_row_groups()).unwrap_or(0)
    }

    /// Reads one row group.
    pub(crate) fn read<W: Worker>(
        &self,
        group: u64,
        name: &str,
        by: &[Dimension],
        file: usize,
        worker: &mut W,
    ) -> Result<(Kind, Tally), Unreadable> {
        guarded(|| {
            let columns = self.metadata.file_metadata().schema_descr().columns();
            let names: Vec<String> = columns.iter().map(|c| c.path().string()).collect();
            if names.iter().any(|n| n == crate::saved::COUNT) {
                return Err(Unreadable::NotParquet(
                    "counts that were saved, and no records: name the file by itself".into(),
                ));
            }
            let layout = Layout::of(&names, name, by)?;
            let group = self.metadata.row_group(usize::try_from(group).unwrap_or(usize::MAX));
            let rows = usize::try_from(group.num_rows())
                .map_err(|_| Unreadable::NotParquet("a row group with fewer than no rows".into()))?;
            let is_coded = layout.origins.iter().all(|o| match o {
                Origin::Column { index, .. } => is_coded(group.column(*index)),
                Origin::Fixed(_) => true,
            });
            match worker.counter(layout.kind) {
                Some(counter) if is_coded => self.count(group, rows, &layout, file, counter)?,
                _ => crate::values::read(|index| self.pages(group, rows, index), group, rows, &layout, file, worker)?,
            }
            Ok((layout.kind, Tally { rows: u64::try_from(rows).unwrap_or(0), ..Tally::default() }))
        })
    }

    /// The pages of a column.
    fn pages(
        &self,
        group: &RowGroupMetaData,
        rows: usize,
        index: usize,
    ) -> Result<SerializedPageReader<Bounded>, Unreadable> {
        SerializedPageReader::new(Arc::clone(&self.file), group.column(index), rows, None).map_err(|e| not_parquet(&e))
    }

    /// Counts the codes of dictionaries.
    fn count(
        &self,
        group: &RowGroupMetaData,
        rows: usize,
        layout: &Layout,
        file: usize,
        counter: &mut Counter,
    ) -> Result<(), Unreadable> {
        let mut columns = Vec::new();
        for (axis, origin) in layout.origins.iter().enumerate() {
            columns.push(match origin {
                Origin::Column { index, taken } => {
                    let is_optional = group.column(*index).column_descr().max_def_level() == 1;
                    Column::new(self.pages(group, rows, *index)?, is_optional, axis, *taken, file)
                }
                Origin::Fixed(label) => Column::fixed(counter.label(axis, label.as_bytes(), file), axis, rows),
            });
        }
        let mut left = rows;
        let mut cells = Vec::new();
        while left > 0 {
            let mut count = left;
            for column in &mut columns {
                count = count.min(column.ready(counter)?);
            }
            let shifts = counter.shifts();
            let mut base = 0;
            let mut is_varied = false;
            for column in &mut columns {
                if let Some(code) = column.same() {
                    base |= u64::from(code) << shifts[column.axis()];
                    column.pass(count);
                } else {
                    is_varied = true;
                }
            }
            if is_varied {
                cells.clear();
                cells.resize(count, base);
                columns.iter_mut().for_each(|column| column.place(shifts[column.axis()], &mut cells));
                counter.add_each(&cells);
            } else {
                counter.add(base, u64::try_from(count).unwrap_or(0));
            }
            left -= count;
        }
        Ok(())
    }
}

/// Whether the codes of a column can be counted: texts, plain or by dictionary, none of them in lists.
fn is_coded(column: &ColumnChunkMetaData) -> bool {
    let known = [Encoding::PLAIN, Encoding::RLE, Encoding::PLAIN_DICTIONARY, Encoding::RLE_DICTIONARY];
    let description = column.column_descr();
    column.column_type() == Type::BYTE_ARRAY
        && description.max_rep_level() == 0
        && description.max_def_level() <= 1
        && column.encodings().all(|e| known.contains(&e))
}

/// Runs what reads Parquet. The library checks most of what a broken file can say, but where it does not it stops with a panic, which
/// is told like any other damage.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Unreadable::NotParquet("its parts contradict each other".into())))
}

pub(crate) fn not_parquet(error: &ParquetError) -> Unreadable {
    Unreadable::NotParquet(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_asks_for_too_much_is_refused_before_there_is_room_for_it() {
        // Two gigabytes, of twenty bytes.
        let header = [0x15, 0x00, 0x15, 0x80, 0xa8, 0xd6, 0xb9, 0x0e, 0x15, 0x14, 0x2c, 0x15, 0x02, 0x00, 0x00];
        let place = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(place.path(), header).unwrap();
        let file = Bounded(Positioned::open(place.path()).unwrap());
        let refused = file.get_read(0).unwrap_err().to_string();
        assert!(refused.contains("more than the 67108864 that are read"), "{refused}");
    }
}
