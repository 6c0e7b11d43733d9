//! What the machine lacks: installed where that is possible without asking (root on Debian), otherwise named.

use std::process::{Command, Stdio};

/// Makes sure that a program is there.
///
/// # Errors
/// The command that would install it.
pub fn needs(program: &str, package: &str) -> Result<(), String> {
    if there(program) {
        return Ok(());
    }
    let by_hand = format!("{program} is not installed; `apt-get install {package}` would install it");
    if !root_on_debian() {
        return Err(by_hand);
    }
    eprintln!("installing {package}");
    let quiet = |arguments: &[&str]| {
        Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    };
    let installed = quiet(&["update", "-qq"]) && quiet(&["install", "-y", "-qq", "--no-install-recommends", package]);
    if installed && there(program) { Ok(()) } else { Err(by_hand) }
}

/// Makes sure that a PostgreSQL server is there, for the tests of the ledger. Debian keeps its programs off the path.
///
/// # Errors
/// The command that would install it.
pub fn needs_postgresql() -> Result<(), String> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    if there("postgres") || versions.map(|version| version.path().join("bin/postgres")).any(|path| path.is_file()) {
        return Ok(());
    }
    needs("pg_ctlcluster", "postgresql")
}

fn there(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

fn root_on_debian() -> bool {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"));
    is_root && there("apt-get")
}
