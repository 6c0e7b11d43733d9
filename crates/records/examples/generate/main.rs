//! Writes files in the layouts of data.police.uk, of any size, the same ones for the same seed: for tests and benchmarks.
//!
//! `generate OUT [--rows N] [--stops N] [--months N] [--seed N] [--forms csv,gzip,zip,parquet] [--dirt none|lawful|all] [--outcomes]`
//!
//! Street rows lie as published, a file a force and month in a folder a month (`csv/`, `gzip/`, `street.zip`), and in one file each:
//! `shuffled.csv`, `clustered.parquet`, `shuffled.parquet`. `truth.csv` holds the counts that must come out, by force, month and crime
//! type; `refused.txt` how many rows must be refused.

mod people;
mod tables;

use people::{Crime, Dirt, Forces};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Options {
    out: PathBuf,
    rows: u64,
    stops: u64,
    months: u32,
    seed: u64,
    forms: Vec<String>,
    dirt: Dirt,
    has_outcomes: bool,
}

fn main() -> Result<()> {
    let options = options()?;
    fs::create_dir_all(&options.out)?;
    let forces = Forces::new(options.seed, options.rows, options.stops, options.months);
    let has = |form: &str| options.forms.iter().any(|f| f == form);
    let mut truth: BTreeMap<String, u64> = BTreeMap::new();
    let (mut refused, mut archive) =
        (0u64, has("zip").then(|| File::create(options.out.join("street.zip"))).transpose()?.map(zip::ZipWriter::new));
    let mut text = Vec::new();
    for (month, force) in forces.files() {
        text.clear();
        let ending = forces.line_ending(month, force, options.dirt);
        write!(text, "{}{ending}", people::STREET)?;
        for at in 0..forces.crimes(month, force) {
            let crime = forces.crime(month, force, at);
            if crime.write(&mut text, options.dirt, ending)? {
                *truth.entry(format!("{},{},{}", force.slug, crime.month, crime.kind)).or_default() += 1;
            } else {
                refused += 1;
            }
        }
        let name = format!("{month}/{month}-{}-street.csv", force.slug);
        write_forms(&options, &name, &text)?;
        if let Some(archive) = &mut archive {
            archive.start_file(&name, zip::write::SimpleFileOptions::default().compression_level(Some(6)))?;
            archive.write_all(&text)?;
        }
        if options.has_outcomes {
            text.clear();
            forces.write_outcomes(month, force, &mut text)?;
            write_forms(&options, &format!("{month}/{month}-{}-outcomes.csv", force.slug), &text)?;
        }
        if options.stops > 0 {
            text.clear();
            forces.write_stops(month, force, &mut text)?;
            write_forms(&options, &format!("{month}/{month}-{}-stop-and-search.csv", force.slug), &text)?;
        }
    }
    if let Some(archive) = archive {
        archive.finish()?;
    }
    write_single(&options, &forces)?;
    let mut file = BufWriter::new(File::create(options.out.join("truth.csv"))?);
    writeln!(file, "force,month,crime-type,count")?;
    truth.iter().try_for_each(|(labels, count)| writeln!(file, "{labels},{count}"))?;
    fs::write(options.out.join("refused.txt"), format!("{refused}\n"))?;
    Ok(())
}

/// The same rows, one file a form: as they come, and in an order that has nothing to do with force and month.
fn write_single(options: &Options, forces: &Forces) -> Result<()> {
    let has = |form: &str| options.forms.iter().any(|f| f == form);
    let total = forces.total();
    if has("csv") {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(options.out.join("shuffled.csv"))?);
        writeln!(file, "{}", people::STREET)?;
        let mut text = Vec::new();
        for at in 0..total {
            text.clear();
            forces.shuffled(at).write(&mut text, options.dirt, "\n")?;
            file.write_all(&text)?;
        }
        file.flush()?;
    }
    if has("parquet") {
        tables::write(&options.out.join("clustered.parquet"), total, |at| forces.nth(at))?;
        tables::write(&options.out.join("shuffled.parquet"), total, |at| forces.shuffled(at))?;
    }
    Ok(())
}

fn write_forms(options: &Options, name: &str, text: &[u8]) -> Result<()> {
    if options.forms.iter().any(|f| f == "csv") {
        fs::write(made(&options.out.join("csv").join(name))?, text)?;
    }
    if options.forms.iter().any(|f| f == "gzip") {
        let file = File::create(made(&options.out.join("gzip").join(format!("{name}.gz")))?)?;
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::new(6));
        encoder.write_all(text)?;
        encoder.finish()?;
    }
    Ok(())
}

/// The path, whose folder is there now.
fn made(path: &Path) -> Result<&Path> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    Ok(path)
}

fn options() -> Result<Options> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("generate OUT [--rows N] …")?.into();
    let forms = ["csv", "gzip", "zip", "parquet"].map(str::to_owned).to_vec();
    let mut options =
        Options { out, rows: 100_000, stops: 0, months: 12, seed: 1, forms, dirt: Dirt::Lawful, has_outcomes: false };
    while let Some(name) = arguments.next() {
        if name == "--outcomes" {
            options.has_outcomes = true;
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--rows" => options.rows = value.parse()?,
            "--stops" => options.stops = value.parse()?,
            "--months" => options.months = value.parse()?,
            "--seed" => options.seed = value.parse()?,
            "--forms" => options.forms = value.split(',').map(str::to_owned).collect(),
            "--dirt" => {
                options.dirt = match value.as_str() {
                    "none" => Dirt::None,
                    "lawful" => Dirt::Lawful,
                    "all" => Dirt::All,
                    _ => return Err("--dirt none, lawful or all".into()),
                }
            }
            _ => return Err(format!("{name} is no option").into()),
        }
    }
    Ok(options)
}

impl Crime {
    /// The columns of a street file.
    fn columns(&self) -> [&str; 12] {
        [
            &self.id,
            &self.month,
            self.force,
            self.force,
            &self.longitude,
            &self.latitude,
            &self.location,
            &self.lsoa,
            &self.lsoa_name,
            self.kind,
            self.outcome,
            "",
        ]
    }
}
