//! How long a document takes by its size, from 10 KB to 100 MB: `cargo run --release -p reading --example sizes`.
//!
//! The documents are those of the corpus, one after another, over and over. Prints the rows of the table in docs/benchmarks.md.

use std::{fs, path::Path, time::Instant};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (folder, _) = ingest::Folder::open(&root.join("content")).expect("content/ ships with the project");
    let bodies: Vec<reading::Body> = folder.bodies.iter().map(|b| (b.id.clone(), b.name.clone())).collect();
    let known = reading::Known::new(&folder.register, &folder.frameworks, &bodies);
    let corpus = |extension: &str| {
        let entries =
            fs::read_dir(root.join("crates/reading/tests/corpus")).expect("the corpus ships with the project");
        let mut files: Vec<_> = entries
            .filter_map(|e| Some(e.ok()?.path()))
            .filter(|p| p.extension().is_some_and(|e| e == extension))
            .collect();
        files.sort();
        files.iter().flat_map(|p| fs::read(p).unwrap_or_default()).collect::<Vec<u8>>()
    };
    for (kind, text) in [("text", corpus("txt")), ("HTML", corpus("html"))] {
        for size in [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000_usize] {
            let document: Vec<u8> = text.iter().copied().cycle().take(size).collect();
            let begun = Instant::now();
            let reading = reading::read("document", &document, &known);
            let took = begun.elapsed().as_secs_f64();
            let peak = fs::read_to_string("/proc/self/status").unwrap_or_default();
            let peak = peak.lines().find_map(|l| l.strip_prefix("VmHWM:")).map_or("?", str::trim).to_owned();
            let megabytes = f64::from(u32::try_from(size).unwrap_or(u32::MAX)) / 1e6;
            println!(
                "| {kind} | {megabytes} MB | {:.1} ms | {:.1} ms | {} | {peak} |",
                took * 1e3,
                took * 1e3 / megabytes,
                reading.statements.len()
            );
        }
    }
}
