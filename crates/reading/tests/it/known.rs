//! What the shipped content knows.

use ingest::Folder;
use reading::Known;
use std::path::{Path, PathBuf};

/// The register and the frameworks of `content/`.
pub fn known() -> Known {
    let (folder, problems) = Folder::open(&root().join("content")).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let bodies: Vec<reading::Body> = folder.bodies.iter().map(|b| (b.id.clone(), b.name.clone())).collect();
    Known::new(&folder.register, &folder.frameworks, &bodies)
}

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
