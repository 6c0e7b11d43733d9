//! A cube as a file, and as a table: Parquet with a text column for each dimension and `count`, which any engine can read.

use crate::count::Count;
use crate::cube::Cube;
use crate::dimension::Dimension;
use crate::parquet_file::guarded;
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::schema::types::Type;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The column of counts.
pub(crate) const COUNT: &str = "count";

/// Why a cube could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// The file system refuses.
    #[error("cannot be written or read: {0}")]
    Io(#[from] io::Error),
    /// It is not Parquet.
    #[error("is not a saved cube: {0}; count the files again")]
    Parquet(#[from] ParquetError),
    /// It is damaged.
    #[error("is not a saved cube: its parts contradict each other; count the files again")]
    Damaged,
    /// It is Parquet of something else.
    #[error("is not a saved cube: its column `{0}` is nothing to count by; count the files again")]
    NotACube(String),
}

impl Cube {
    /// Writes the cells that are not 0, one a row, in the order of their labels. The file is written beside its name and renamed.
    ///
    /// # Errors
    /// The file cannot be written; whatever stood there is left as it was.
    pub fn save(&self, path: &Path) -> Result<(), SavedError> {
        let beside = path.with_extension("part");
        self.write(&beside).and_then(|()| Ok(std::fs::rename(&beside, path)?)).inspect_err(|_| {
            // Nothing half written stays behind; that it cannot be removed is not what is wrong.
            let _gone = std::fs::remove_file(&beside);
        })
    }

    fn write(&self, path: &Path) -> Result<(), SavedError> {
        let text = |axis: &crate::cube::Axis| {
            let column = Type::primitive_type_builder(axis.dimension.name(), Physical::BYTE_ARRAY);
            column.with_repetition(Repetition::REQUIRED).with_converted_type(ConvertedType::UTF8).build().map(Arc::new)
        };
        let mut fields = self.axes().iter().map(text).collect::<Result<Vec<_>, _>>()?;
        let number = Type::primitive_type_builder(COUNT, Physical::INT64).with_repetition(Repetition::REQUIRED);
        fields.push(Arc::new(number.build()?));
        let schema = Arc::new(Type::group_type_builder("cube").with_fields(fields).build()?);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let mut file = SerializedFileWriter::new(File::create(path)?, schema, Arc::new(properties))?;
        let cells = self.places();
        let mut group = file.next_row_group()?;
        for (axis, shape) in self.axes().iter().enumerate() {
            let labels: Vec<ByteArray> = shape.labels.iter().map(|l| l.as_str().into()).collect();
            let column: Vec<ByteArray> = cells.iter().map(|(places, _)| labels[places[axis]].clone()).collect();
            if let Some(mut writer) = group.next_column()? {
                writer.typed::<ByteArrayType>().write_batch(&column, None, None)?;
                writer.close()?;
            }
        }
        let counts: Vec<i64> = cells.iter().map(|(_, count)| i64::try_from(*count).unwrap_or(i64::MAX)).collect();
        if let Some(mut writer) = group.next_column()? {
            writer.typed::<Int64Type>().write_batch(&counts, None, None)?;
            writer.close()?;
        }
        group.close()?;
        file.close()?;
        Ok(())
    }

    /// Reads what [`Cube::save`] wrote.
    ///
    /// # Errors
    /// The file cannot be read, or is no saved cube.
    pub fn load(path: &Path) -> Result<Self, SavedError> {
        guarded(|| Ok(Self::read(path))).unwrap_or(Err(SavedError::Damaged))
    }

    fn read(path: &Path) -> Result<Self, SavedError> {
        let file = SerializedFileReader::new(File::open(path)?)?;
        let columns = file.metadata().file_metadata().schema_descr().columns();
        let names: Vec<String> = columns.iter().map(|c| c.name().to_owned()).collect();
        if !names.iter().any(|n| n == COUNT) {
            return Err(SavedError::NotACube(names.into_iter().next().unwrap_or_default()));
        }
        let dimensions =
            names.iter().filter(|n| *n != COUNT).map(|n| n.parse().map_err(|_| SavedError::NotACube(n.clone())));
        let dimensions = dimensions.collect::<Result<Vec<Dimension>, _>>()?;
        let mut rows = Vec::new();
        for row in file.get_row_iter(None)? {
            let (mut labels, mut count) = (Vec::new(), 0);
            for (name, field) in row?.into_columns() {
                match field {
                    Field::Str(label) => labels.push(label),
                    Field::Long(number) if name == COUNT => count = u64::try_from(number).unwrap_or(0),
                    _ => return Err(SavedError::NotACube(name)),
                }
            }
            rows.push((labels, count));
        }
        Ok(Self::sum(
            dimensions,
            rows.iter().map(|(labels, count)| (labels.iter().map(String::as_str).collect(), *count)),
        ))
    }

    /// Writes the cells that are not 0 as CSV: a header of the dimensions' names and `count`, then a row each, sorted by their labels.
    ///
    /// # Errors
    /// `out` cannot be written.
    pub fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let names: Vec<&str> = self.axes().iter().map(|axis| axis.dimension.name()).collect();
        write_csv(&names, self.cells(), out)
    }
}

/// Writes counts as CSV: a header of these names and `count`, then a row each.
///
/// # Errors
/// `out` cannot be written.
pub fn write_csv<'a>(
    names: &[&str],
    rows: impl IntoIterator<Item = (Vec<&'a str>, u64)>,
    out: &mut impl Write,
) -> io::Result<()> {
    for name in names {
        write!(out, "{name},")?;
    }
    writeln!(out, "{COUNT}")?;
    for (labels, count) in rows {
        for label in labels {
            if label.contains([',', '"', '\n', '\r']) {
                write!(out, "\"{}\",", label.replace('"', "\"\""))?;
            } else {
                write!(out, "{label},")?;
            }
        }
        writeln!(out, "{count}")?;
    }
    Ok(())
}

impl Count {
    /// The same count as a query that any engine can run over the tables of one kind of file, whose columns have the publisher's names:
    /// what an engine on many machines gives must be these cells. Forces come out under their published names.
    #[must_use]
    pub fn query(&self, kind: crate::dimension::Kind, table: &str) -> String {
        let column = |dimension: Dimension| {
            let name = format!("\"{}\"", dimension.title(kind));
            if dimension == Dimension::Month { format!("SUBSTR({name}, 1, 7)") } else { name }
        };
        let columns: Vec<String> = self.dimensions().iter().map(|d| format!("COALESCE({}, '')", column(*d))).collect();
        let named: Vec<String> =
            columns.iter().zip(self.dimensions()).map(|(column, d)| format!("{column} AS \"{}\"", d.name())).collect();
        format!("SELECT {}, COUNT(*) AS \"{COUNT}\" FROM {table} GROUP BY {}", named.join(", "), columns.join(", "))
    }
}
