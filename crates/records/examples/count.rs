//! Counts files by force, month and crime type, or whatever `--by a,b` says, and prints the cells as CSV.

use records::{Count, Dimension};
use std::io::Write;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut by = vec![Dimension::Force, Dimension::Month, Dimension::CrimeType];
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    let mut threads = None;
    let mut only: Option<records::Kind> = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--by" => by = arguments.next().unwrap_or_default().split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--kind" => only = Some(arguments.next().unwrap_or_default().parse()?),
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
    for (kind, cube) in counted.cubes.iter().filter(|(kind, _)| only.is_none_or(|o| o == *kind)) {
        eprintln!("{kind}: {} rows", cube.total());
        cube.write_csv(&mut out)?;
    }
    out.flush()?;
    // The most memory that this process has had, where the system tells.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    eprintln!("peak {}", peak.unwrap_or("unknown").trim());
    Ok(())
}
