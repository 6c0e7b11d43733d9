//! The same crimes as Parquet.

use crate::people::{Crime, STREET};
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Rows a group: what DuckDB writes.
const GROUP: u64 = 122_880;

/// Writes so many crimes.
pub fn write(path: &Path, total: u64, crime: impl Fn(u64) -> Crime) -> Result<(), Box<dyn std::error::Error>> {
    let column = |name: &str| {
        let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_repetition(Repetition::OPTIONAL);
        column.with_converted_type(ConvertedType::UTF8).build().map(Arc::new)
    };
    let fields = STREET.split(',').map(column).collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("street").with_fields(fields).build()?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(File::create(path)?, schema, Arc::new(properties))?;
    let mut from = 0;
    while from < total {
        let crimes: Vec<Crime> = (from..total.min(from + GROUP)).map(&crime).collect();
        let mut group = file.next_row_group()?;
        for column in 0..12 {
            let (mut values, mut levels) = (Vec::new(), Vec::new());
            for crime in &crimes {
                let text = crime.columns()[column];
                levels.push(i16::from(!text.is_empty()));
                if !text.is_empty() {
                    values.push(ByteArray::from(text));
                }
            }
            if let Some(mut writer) = group.next_column()? {
                writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                writer.close()?;
            }
        }
        group.close()?;
        from += GROUP;
    }
    file.close()?;
    Ok(())
}
