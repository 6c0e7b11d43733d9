//! Counts files by force, month and crime type, or whatever `--by a,b` says, and prints the cells as CSV.

use records::{Count, Dimension};
use std::io::Write;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut by = vec![Dimension::Force, Dimension::Month, Dimension::CrimeType];
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    let mut threads = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--by" => by = arguments.next().unwrap_or_default().split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--threads" => threads = Some(arguments.next().unwrap_or_default().parse()?),
            _ => paths.push(argument.into()),
        }
    }
    let mut count = Count::by(by.clone());
    if let Some(threads) = threads {
        count = count.threads(threads);
    }
    let start = std::time::Instant::now();
    let counted = count.files(&paths);
    eprintln!("{:.3} s", start.elapsed().as_secs_f64());
    for file in counted.files.iter().filter(|f| f.problem.is_some() || f.refused > 0) {
        eprintln!(
            "{}: {} rows, {} refused {:?}, {:?}",
            file.name, file.rows, file.refused, file.first_refused, file.problem
        );
    }
    for unknown in &counted.unknown {
        eprintln!("{} {}: {} rows, {}", unknown.dimension, unknown.label, unknown.rows, unknown.file);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (kind, cube) in &counted.cubes {
        eprintln!("{kind}: {} rows", cube.total());
        for (labels, count) in cube.cells() {
            writeln!(out, "{},{count}", labels.join(","))?;
        }
    }
    Ok(())
}
