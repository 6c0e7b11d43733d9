//! Progress on standard error, for anything that takes over a second. One line that is drawn again on a terminal, nothing elsewhere.

use crate::outcome::number;
use std::{
    io::IsTerminal,
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

/// The progress of so many steps of one kind.
pub struct Progress {
    what: &'static str,
    of: usize,
    done: AtomicUsize,
    since: Instant,
    shown: bool,
}

impl Progress {
    /// Begins.
    pub fn new(what: &'static str, of: usize) -> Self {
        Self { what, of, done: AtomicUsize::new(0), since: Instant::now(), shown: std::io::stderr().is_terminal() }
    }

    /// One more is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let elapsed = self.since.elapsed().as_secs_f64();
        if self.shown && (elapsed > 1.0 || done == self.of) {
            anstream::eprint!("\r  {} {} of {}   ", self.what, number(done), self.of);
        }
    }

    /// Clears the line and gives the seconds it took.
    pub fn end(self) -> f64 {
        if self.shown {
            anstream::eprint!("\r{}\r", " ".repeat(60));
        }
        self.since.elapsed().as_secs_f64()
    }
}
