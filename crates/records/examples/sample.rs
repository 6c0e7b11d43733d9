//! Draws sixty crimes of a force: `sample FORCE SEED FILE…`; of every force when FORCE is `all`.

use records::Draw;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let force = arguments.next().ok_or("sample FORCE SEED FILE…")?;
    let seed = arguments.next().ok_or("sample FORCE SEED FILE…")?.parse()?;
    let files: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let draw = Draw::new("example", seed, 60);
    let start = std::time::Instant::now();
    let drawn = if force == "all" { draw.files(&files) } else { draw.only(&force).files(&files) };
    eprintln!("{:.6} s", start.elapsed().as_secs_f64());
    for (force, sample) in &drawn.forces {
        eprintln!(
            "{force}: {} of {} rows, frame {}",
            sample.records.len(),
            sample.frame.values().sum::<u64>(),
            sample.frame_digest
        );
        sample
            .records
            .iter()
            .for_each(|record| println!("{force},{},{},{}", record.id, record.month, record.crime_type));
    }
    Ok(())
}
