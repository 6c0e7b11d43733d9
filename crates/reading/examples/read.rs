//! Prints what is read of the files named, as JSON: `cargo run -p reading --example read -- FILE…`.

fn main() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let (folder, _) = ingest::Folder::open(&root).expect("content/ ships with the project");
    let bodies: Vec<reading::Body> = folder.bodies.iter().map(|b| (b.id.clone(), b.name.clone())).collect();
    let known = reading::Known::new(&folder.register, &folder.frameworks, &bodies);
    let read = |file: String| reading::read(&file, &std::fs::read(&file).expect("the file can be read"), &known);
    let readings: Vec<reading::Reading> = std::env::args().skip(1).map(read).collect();
    println!("{}", serde_json::to_string_pretty(&readings).expect("a reading is JSON"));
}
