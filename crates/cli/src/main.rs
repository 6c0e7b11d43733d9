//! The program `peelian`: reads its arguments, calls the crates, prints.
//!
//! It holds no rule. What machines read goes to standard output, everything else to standard error; the exit status is 0 when the
//! work was done, 1 when problems were found, 2 when it could not be run.

#[macro_use]
mod outcome;

mod again;
mod arguments;
mod books;
mod command;
mod content;
mod counting;
mod documents;
mod edition;
mod needs;
mod press;
mod progress;
mod staging;
mod template;
mod workspace;

use arguments::{Arguments, Command};
use clap::Parser;
use outcome::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Demo(options) => command::demo::run(arguments.dir.as_deref(), options),
        Command::New(options) => command::new::run(options),
        Command::Check(options) => command::check::run(options.path.as_deref().or(arguments.dir.as_deref())),
        Command::Ingest(options) => command::ingest::run(arguments.dir.as_deref(), options),
        Command::Measures(options) => command::measures::run(arguments.dir.as_deref(), options),
        Command::Compare(options) => command::compare::run(arguments.dir.as_deref(), options),
        Command::Count(options) => command::count::run(arguments.dir.as_deref(), options),
        Command::Sample(options) => command::sample::run(arguments.dir.as_deref(), options),
        Command::Read(options) => command::read::run(arguments.dir.as_deref(), options),
        Command::Report(options) => command::report::run(arguments.dir.as_deref(), options),
        Command::Publish(options) => command::publish::run(arguments.dir.as_deref(), options),
        Command::Serve(options) => command::serve::run(arguments.dir.as_deref(), options),
        Command::Revisions(options) => command::revisions::run(arguments.dir.as_deref(), options),
        Command::Explain(options) => command::explain::run(options),
        Command::Verify(options) => command::revisions::verify(arguments.dir.as_deref(), options),
        Command::Act(options) => command::act::run(arguments.dir.as_deref(), options),
        Command::Log(options) => command::log::run(arguments.dir.as_deref(), options),
        Command::Ledger(options) => command::ledger::run(arguments.dir.as_deref(), options),
        Command::Drill(options) => command::drill::run(arguments.dir.as_deref(), options),
        Command::Backup(options) => command::ledger::backup(arguments.dir.as_deref(), options),
        Command::Restore(options) => command::ledger::restore(arguments.dir.as_deref(), options),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FoundProblems) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("{}: {error}", outcome::bad("error"));
            ExitCode::from(2)
        }
    }
}
