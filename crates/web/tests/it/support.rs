//! The example inspectorate as the public sees it, without documents and ledger.

use ingest::Folder;
use inspection::programme::Programme;
use std::{fs, path::Path, sync::Arc};
use web::{Public, Shelf};

/// The example: `content/` with `examples/` laid over it, what is on record read from its files.
pub fn example(documents: &[&str]) -> Public {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["content", "examples"] {
        copy(&root.join(part), folder.path());
    }
    let (folder, problems) = Folder::open(folder.path()).expect("a folder");
    assert!(problems.is_empty(), "{problems:?}");
    let observations = folder.observations(None, false).expect("figures");
    let programme = Programme::new(folder.frameworks.clone());
    let shelf = Shelf(documents.iter().map(|d| (*d).to_owned()).collect());
    Public::new(Arc::new(folder), Arc::new(observations), programme, shelf)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}
