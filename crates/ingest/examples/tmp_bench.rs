//! Temporary.
use std::time::Instant;
fn main() {
    let mut args = std::env::args().skip(1);
    let dir = args.next().unwrap();
    let dir = std::path::Path::new(&dir);
    let t = Instant::now();
    let (folder, problems) = ingest::Folder::open(dir).unwrap();
    println!("open {:?}", t.elapsed());
    for p in problems { println!("{p}"); }
    for file in args {
        let bytes = std::fs::read(&file).unwrap();
        let t = Instant::now();
        let sheets = match ingest::sheet::read(&file, bytes.clone()) { Ok(s) => s, Err(p) => { println!("{file}: {}", p[0]); continue } };
        let read = t.elapsed();
        for s in &folder.sources {
            let Ok(tables) = ingest::locate::locate(&file, s, &sheets) else { continue };
            let (mut ex, mut ta) = (std::time::Duration::MAX, std::time::Duration::MAX);
            let mut both = None;
            for _ in 0..7 {
            let t = Instant::now();
            let e = ingest::extract::extract(&file, s, &tables, &sheets, &folder.register, &folder.lookups);
            ex = ex.min(t.elapsed());
            let t = Instant::now();
            let table = ingest::tidy::table(&s.dimensions(), &e.observations);
            ta = ta.min(t.elapsed());
            both = Some((e, table));
            }
            let (e, table) = both.unwrap();
            let t = Instant::now();
            let gz = ingest::tidy::compress(&table);
            println!("{}: {} rows; read {read:?} extract {ex:?} table {ta:?} compress {:?} {} -> {}", s.id, e.observations.len(), t.elapsed(), table.len(), gz.len());
        }
        let t = Instant::now();
        match ingest::run::ingest(&folder, &file, bytes, &Default::default()) {
            Ok(o) => println!("ingest {:?} refused {} known {}", t.elapsed(), o.refused.len(), o.known),
            Err(p) => { println!("{file}: REFUSED {}", p.len()); for p in p.iter().take(4) { println!("   {p}"); } }
        }
    }
    for verify in [false, true] {
        for _ in 0..5 { let t = Instant::now(); folder.observations(None, verify).unwrap(); print!("{:?} ", t.elapsed()); }
        let t = Instant::now();
        match folder.observations(None, verify) {
            Ok(o) => println!("load verify={verify} {:?}: {} tables {} rows", t.elapsed(), o.tables().len(), o.tables().iter().map(|t| t.len()).sum::<usize>()),
            Err(p) => println!("load failed: {}", p[0]),
        }
    }
}
