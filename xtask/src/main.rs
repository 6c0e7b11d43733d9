//! Checks and chores: `cargo run -p xtask -- check` for the quick part, `test` for everything that CI runs, `generate` for
//! invented files of records.

mod machine;
mod steps;
mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    let argument = std::env::args().nth(1).unwrap_or_default();
    let steps = match argument.as_str() {
        "check" => steps::quick(),
        "test" => steps::everything(),
        "generate" => return steps::generate(),
        _ => {
            eprintln!("cargo run -p xtask -- check | test | generate OUT [--rows N] …");
            return ExitCode::from(2);
        }
    };
    steps::run(&steps)
}
