//! Reading on: the state that events make, and what other processes add to it.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::event::Recorded;
use crate::store::{Store, StoreError};
use crate::upcast::Upcasters;

/// A state that is made of events, one after the other.
pub trait Fold {
    /// Takes in the next event, in the shape that the upcasters give it. Never fails: the event has happened.
    fn apply(&mut self, event: &Recorded);
}

/// How many events are read at once.
const PAGE: u32 = 1000;

/// The events after the one numbered `after`, as soon as there are any, and none when `patience` has passed. At most 1,000;
/// ask again after the last.
///
/// Looks into the store twenty times a second: one search by its key, on either database.
pub fn follow(store: &dyn Store, after: u64, patience: Duration) -> Result<Vec<Recorded>, StoreError> {
    const INTERVAL: Duration = Duration::from_millis(50);
    let begun = Instant::now();
    loop {
        let events = store.read(after, PAGE)?;
        let left = patience.saturating_sub(begun.elapsed());
        if !events.is_empty() || left.is_zero() {
            return Ok(events);
        }
        sleep(left.min(INTERVAL));
    }
}

/// Folds the events up to and with `through` into an empty `state`: what was known then. Beyond the end there is nothing
/// more to fold. Does not verify.
pub fn replay<S: Fold>(store: &dyn Store, upcasters: &Upcasters, mut state: S, through: u64) -> Result<S, StoreError> {
    let mut after = 0;
    while after < through {
        let left = u32::try_from(through - after).unwrap_or(PAGE).min(PAGE);
        let page = store.read(after, left)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        page.into_iter().for_each(|event| state.apply(&upcasters.read(event)));
    }
    Ok(state)
}
