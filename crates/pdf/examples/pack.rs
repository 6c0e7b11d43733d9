//! Prints the sample documents into a folder and says how long each took: `cargo run -p pdf --example pack -- FOLDER`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let packs: u32 = std::env::args().nth(2).map_or(Ok(4), |count| count.parse())?;
    let started = Instant::now();
    let printer = pdf::Printer::house()?;
    println!("printer made ready in {:?}", started.elapsed());
    let others = [("every-block", sample::every_block()), ("crowded", sample::crowded())]
        .map(|(name, made)| (name.to_owned(), made));
    let packs = (0..packs).map(|seed| (format!("data-pack-{seed}"), sample::data_pack(seed)));
    for (name, document) in packs.chain(others) {
        let started = Instant::now();
        let bytes = printer.print(&document, Some("https://peel.example/forces/hertfordshire/"))?;
        println!("{name}: {:?}, {} bytes", started.elapsed(), bytes.len());
        std::fs::write(format!("{folder}/{name}.pdf"), bytes)?;
    }
    Ok(())
}
