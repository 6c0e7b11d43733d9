//! Try.
fn main() {
    let (folder, problems) = ingest::Folder::open(std::path::Path::new("content")).unwrap();
    for p in problems {
        println!("{p}");
    }
    for file in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        match ingest::run::ingest(&folder, &file, std::fs::read(&file).unwrap(), &Default::default()) {
            Ok(o) => {
                println!(
                    "{file}: {:?} {} rows {} refused {:?} {:?}",
                    t.elapsed(),
                    o.description.series.values().map(|s| s.observations).sum::<u64>(),
                    o.refused.len(),
                    o.description.series.keys().collect::<Vec<_>>(),
                    std::fs::metadata(&o.path).unwrap().len()
                );
                for p in o.refused.iter().take(5) {
                    println!("   {p}");
                }
            }
            Err(p) => {
                println!("{file}: REFUSED {}", p.len());
                for p in p.iter().take(6) {
                    println!("   {p}");
                }
            }
        }
    }
}
