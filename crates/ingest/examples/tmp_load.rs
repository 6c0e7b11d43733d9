//! Temporary.
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let (folder, _) = ingest::Folder::open(std::path::Path::new(&dir)).unwrap();
    for verify in [false, true] {
        for _ in 0..9 { let t = std::time::Instant::now(); let o = folder.observations(None, verify).unwrap(); print!("{:?} {} ", t.elapsed(), o.tables().len()); }
        println!();
    }
}
