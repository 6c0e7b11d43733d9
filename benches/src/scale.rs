//! A folder of tidy releases with many times the rows, and the same answers to every question about ratios.
//!
//! Every row is written once for each of the parts "1", "2" and so on of one more breakdown, called `part`: the parts of a figure
//! add up, so every sum is so many times as large and every ratio, difference and verdict is what it was. Whole tables follow each
//! other, so that compression cannot see the repetition.

use flate2::{Compression, GzBuilder, read::MultiGzDecoder};
use std::{
    error::Error,
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::Path,
};

/// Writes `times` as many rows of everything in `from/observations` to `to/observations`.
///
/// # Errors
/// When a file cannot be read or written.
pub fn scale(from: &Path, times: u32, to: &Path) -> Result<(), Box<dyn Error>> {
    for source in fs::read_dir(from.join("observations"))? {
        let source = source?;
        let folder = to.join("observations").join(source.file_name());
        fs::create_dir_all(&folder)?;
        for file in fs::read_dir(source.path())? {
            let file = file?.path();
            let target = folder.join(file.file_name().ok_or("a file has a name")?);
            if file.extension().is_some_and(|e| e == "json") {
                describe(&file, times, &target)?
            } else {
                copy(&file, times, &target)?
            }
        }
    }
    Ok(())
}

fn describe(from: &Path, times: u32, to: &Path) -> Result<(), Box<dyn Error>> {
    let mut description: serde_json::Value = serde_json::from_slice(&fs::read(from)?)?;
    let dimensions = description.get_mut("dimensions").and_then(serde_json::Value::as_array_mut);
    dimensions.ok_or("a description lists its dimensions")?.push("part".into());
    let series = description.get_mut("series").and_then(serde_json::Value::as_object_mut);
    for one in series.ok_or("a description counts its series")?.values_mut() {
        let rows = one["observations"].as_u64().ok_or("a series counts its observations")?;
        one["observations"] = (rows * u64::from(times)).into();
    }
    Ok(fs::write(to, serde_json::to_vec_pretty(&description)?)?)
}

fn copy(from: &Path, times: u32, to: &Path) -> Result<(), Box<dyn Error>> {
    let mut table = Vec::new();
    MultiGzDecoder::new(File::open(from)?).read_to_end(&mut table)?;
    let mut reader = csv::Reader::from_reader(table.as_slice());
    let header = reader.byte_headers()?.clone();
    let at = header.iter().position(|name| name == b"value").ok_or("a tidy table has a column `value`")?;
    let rows: Vec<csv::ByteRecord> = reader.byte_records().collect::<Result<_, _>>()?;
    let file = GzBuilder::new().mtime(0).write(BufWriter::new(File::create(to)?), Compression::new(6));
    let mut writer = csv::Writer::from_writer(BufWriter::with_capacity(1 << 20, file));
    let mut write = |record: &csv::ByteRecord, part: &[u8]| {
        let cells = record.iter().take(at).chain([part]).chain(record.iter().skip(at));
        writer.write_record(cells)
    };
    write(&header, b"part")?;
    for part in 1..=times {
        let part = part.to_string();
        for row in &rows {
            write(row, part.as_bytes())?;
        }
    }
    writer.into_inner().map_err(|e| e.to_string())?.into_inner().map_err(|e| e.to_string())?.finish()?.flush()?;
    Ok(())
}
