//! Embeds the files of `assets/dist`, whose names carry a hash of their content, so that the program is one file.
//!
//! Refuses to build without them: a page without its styles is a defect that nobody should find in a browser.

use std::{env, fmt::Write as _, fs, path::Path, process::ExitCode};

const MISSING: &str = "assets/dist is missing: run `make assets`";

fn main() -> ExitCode {
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it for every build script");
    let out = env::var("OUT_DIR").expect("cargo sets it for every build script");
    let dist = Path::new(&here).join("../../assets/dist");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());
    let (Some(site), Some(pdf)) = (list(&dist.join("site")), list(&dist.join("pdf"))) else {
        println!("cargo::error={MISSING}");
        return ExitCode::FAILURE;
    };
    let code = format!(
        "/// What the site serves.\nstatic SITE: &[AssetFile] = &[{site}];\n/// What documents are set in.\nstatic PDF: &[AssetFile] = &[{pdf}];\n"
    );
    fs::write(Path::new(&out).join("assets.rs"), code).expect("cargo made the folder to write to");
    ExitCode::SUCCESS
}

/// An `AssetFile` for every file of the folder, in the order of their names; `None` when the folder is missing or empty.
fn list(folder: &Path) -> Option<String> {
    let mut paths: Vec<_> = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut code = String::new();
    for path in &paths {
        let name = path.file_name()?.to_str()?;
        write!(code, "AssetFile {{ path: {name:?}, bytes: include_bytes!({path:?}) }},")
            .expect("writing to a string cannot fail");
    }
    (!paths.is_empty()).then_some(code)
}
