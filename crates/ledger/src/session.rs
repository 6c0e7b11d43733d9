//! A program at work on a ledger: the state in memory, the head it stands at, and one writer for all its commands.
//!
//! Whoever has a command hands it in with the rule that decides on it. One thread drains the queue: it takes the store's
//! lock for writers, folds in what other processes have recorded meanwhile, decides each command of the batch on the
//! state that those before it have left, writes all of them, and commits once. So nothing can come between a decision and
//! its events, whichever process it comes from, and many commands share one wait for the disk.
//!
//! Nobody is answered before the commit. When it fails, the state in memory is thrown away and folded anew from the store,
//! for it holds events that may never have happened.

use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::chain::Head;
use crate::event::{CommandId, NewEvent, Recorded, Unrecordable};
use crate::follow::Fold;
use crate::store::{Appended, Store, StoreError};
use crate::upcast::Upcasters;
use crate::write::{Ending, Held, Refused, Sheet, Versions};

/// A store, the state that its events make, and a thread that writes. Shared by reference between threads.
///
/// Dropped, it first records what was handed in.
pub struct Session<S> {
    shared: Arc<Shared<S>>,
    /// `None` only while it is dropped.
    queue: Option<Sender<Job<S>>>,
    writer: Option<JoinHandle<()>>,
}

/// Why a command handed in was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError<R> {
    /// The rule refused it. Nothing is recorded.
    #[error("{0}")]
    Refused(R),
    /// The rule made an event that cannot be recorded.
    #[error(transparent)]
    Unrecordable(#[from] Unrecordable),
    /// The store failed. It is unknown whether the command was recorded: send it again under the same id.
    #[error(transparent)]
    Store(#[from] Arc<StoreError>),
}

impl<S: Fold + Send + 'static> Session<S> {
    /// Folds all that the store holds into what `empty` makes.
    pub fn open(
        store: Arc<dyn Store>,
        upcasters: Upcasters,
        empty: impl Fn() -> S + Send + Sync + 'static,
    ) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared { store, upcasters, empty: Box::new(empty), standing: Mutex::new(None) });
        shared.see(|_, _| ())?;
        let (queue, jobs) = channel();
        let writer = spawn({
            let shared = Arc::clone(&shared);
            move || shared.write(&jobs)
        });
        Ok(Self { shared, queue: Some(queue), writer: Some(writer) })
    }

    /// Records what `decide` makes of the state at the head, and returns it once it is on disk.
    ///
    /// A command whose id was used before is not decided again: what was recorded then is returned. `decide` is called at
    /// most once, on the writer's thread; while it runs nobody else can write, so it must not wait for anything. If it
    /// panics, so does this call.
    pub fn submit<R: Send + 'static>(
        &self,
        command: &CommandId,
        actor: &str,
        at: Timestamp,
        decide: impl FnOnce(&S) -> Result<Vec<NewEvent>, R> + Send + 'static,
    ) -> Result<Appended, SubmitError<R>> {
        let (refuse, refusal) = channel();
        let (answer, answered) = channel();
        let decide: Decide<S> = Box::new(move |state| decide(state).map_err(|refused| drop(refuse.send(refused))).ok());
        let task = Task { command: command.clone(), actor: actor.into(), at, decide: Some(decide) };
        let queue = self.queue.as_ref().expect("it is taken only when the session is dropped");
        queue.send(Job { task, answer }).expect("the writer ends only when the session is dropped");
        match answered.recv().expect("the writer answers every job") {
            Answer::Recorded(appended) => Ok(appended),
            Answer::Refused => Err(SubmitError::Refused(refusal.recv().expect("the rule has sent its refusal"))),
            Answer::Unrecordable(error) => Err(error.into()),
            Answer::Failed(error) => Err(error.into()),
            Answer::Panicked(panic) => resume_unwind(panic),
        }
    }

    /// Looks at the state as the store has it now, with what other processes have added, and at the head it stands at.
    pub fn see<T>(&self, look: impl FnOnce(&S, Option<&Head>) -> T) -> Result<T, StoreError> {
        self.shared.see(look)
    }

    /// The store, to read from; what is appended to it directly is folded in like another process's.
    pub fn store(&self) -> &dyn Store {
        &*self.shared.store
    }
}

impl<S> Drop for Session<S> {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            let _ended = writer.join();
        }
    }
}

/// A rule that gives events, or has sent its refusal.
type Decide<S> = Box<dyn FnOnce(&S) -> Option<Vec<NewEvent>> + Send>;

struct Job<S> {
    task: Task<S>,
    answer: Sender<Answer>,
}

impl<S> Job<S> {
    fn split(self) -> (Sender<Answer>, Task<S>) {
        (self.answer, self.task)
    }
}

struct Task<S> {
    command: CommandId,
    actor: String,
    at: Timestamp,
    /// `None` once it was called.
    decide: Option<Decide<S>>,
}

enum Answer {
    Recorded(Appended),
    Refused,
    Unrecordable(Unrecordable),
    Failed(Arc<StoreError>),
    Panicked(Box<dyn Any + Send>),
}

/// The state, where it stands, and how far each stream has come.
struct Standing<S> {
    state: S,
    head: Option<Head>,
    versions: HashMap<String, u64>,
}

impl<S: Fold> Standing<S> {
    fn take(&mut self, events: Vec<Recorded>, upcasters: &Upcasters) {
        for event in events {
            self.head = Some(Head::of(&event));
            match self.versions.get_mut(&event.stream) {
                Some(version) => *version = event.version,
                None => drop(self.versions.insert(event.stream.clone(), event.version)),
            }
            self.state.apply(&upcasters.read(event));
        }
    }

    fn place(&self) -> u64 {
        self.head.as_ref().map_or(0, |head| head.seq)
    }
}

struct Shared<S> {
    store: Arc<dyn Store>,
    upcasters: Upcasters,
    empty: Box<dyn Fn() -> S + Send + Sync>,
    /// `None` after a failure, until it is folded anew.
    standing: Mutex<Option<Standing<S>>>,
}

/// How many events are read, and how many commands written, at once.
const PAGE: u32 = 1000;
const BATCH: usize = 256;

impl<S: Fold> Shared<S> {
    fn standing(&self) -> MutexGuard<'_, Option<Standing<S>>> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn see<T>(&self, look: impl FnOnce(&S, Option<&Head>) -> T) -> Result<T, StoreError> {
        let mut slot = self.standing();
        let standing = self.caught_up(slot.take(), |after| self.store.read(after, PAGE))?;
        let standing = slot.insert(standing);
        Ok(look(&standing.state, standing.head.as_ref()))
    }

    /// The standing, or an empty one, with all that `read` gives folded in.
    fn caught_up(
        &self,
        standing: Option<Standing<S>>,
        mut read: impl FnMut(u64) -> Result<Vec<Recorded>, StoreError>,
    ) -> Result<Standing<S>, StoreError> {
        let empty = || Standing { state: (self.empty)(), head: None, versions: HashMap::new() };
        let mut standing = standing.unwrap_or_else(empty);
        loop {
            // The event it stands at is read again, to see whether it is still the same.
            let mut page = read(standing.place().saturating_sub(1))?;
            if let Some(head) = &standing.head {
                if page.first().map(Head::of).as_ref() != Some(head) {
                    return Err(StoreError::Rewritten { seq: head.seq });
                }
                page.remove(0);
            }
            if page.is_empty() {
                return Ok(standing);
            }
            standing.take(page, &self.upcasters);
        }
    }

    /// The writer's thread: batch after batch until the session is dropped.
    fn write(&self, jobs: &Receiver<Job<S>>) {
        let (mut crowd, mut took) = (1, Duration::ZERO);
        while let Ok(first) = jobs.recv() {
            let mut batch = vec![first];
            // Those who were answered just now are likely to come again: it is worth a fraction of a commit to have them
            // share the next one. One writer alone never waits.
            let until = Instant::now() + took / 4;
            while batch.len() < crowd {
                match jobs.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(job) => batch.push(job),
                    Err(_) => break,
                }
            }
            batch.extend(jobs.try_iter().take(BATCH - 1));
            crowd = batch.len();
            let begun = Instant::now();
            self.write_batch(batch);
            took = begun.elapsed();
        }
    }

    fn write_batch(&self, batch: Vec<Job<S>>) {
        let mut slot = self.standing();
        // A whole ledger is folded before other writers are kept waiting; what is new since, under the lock.
        let standing = match slot.take() {
            Some(standing) => Ok(standing),
            None => self.caught_up(None, |after| self.store.read(after, PAGE)),
        };
        let (senders, mut jobs): (Vec<_>, Vec<_>) = batch.into_iter().map(Job::split).unzip();
        let decided = standing.and_then(|standing| self.decided(standing, &mut jobs));
        match decided {
            Ok((standing, answers)) => {
                *slot = Some(standing);
                drop(slot);
                senders.into_iter().zip(answers).for_each(|(sender, answer)| drop(sender.send(answer)));
            }
            Err(error) => {
                let error = Arc::new(error);
                senders.into_iter().for_each(|sender| drop(sender.send(Answer::Failed(Arc::clone(&error)))));
            }
        }
    }

    /// Decides all and commits. Only then the standing that it leads to counts.
    fn decided(&self, standing: Standing<S>, jobs: &mut [Task<S>]) -> Result<(Standing<S>, Vec<Answer>), StoreError> {
        let (mut before, mut after) = (Some(standing), None);
        self.store.hold(&mut |held| {
            let standing = self.caught_up(before.take(), |after| held.read(after, PAGE))?;
            let (standing, answers, ending) = self.decide_each(standing, jobs, held)?;
            after = Some((standing, answers));
            Ok(ending)
        })?;
        Ok(after.expect("a store that holds without an error has done the work"))
    }

    fn decide_each(
        &self,
        mut standing: Standing<S>,
        jobs: &mut [Task<S>],
        held: &mut dyn Held,
    ) -> Result<(Standing<S>, Vec<Answer>, Ending), StoreError> {
        let mut known = known(jobs, held)?;
        let versions = Versions::All(std::mem::take(&mut standing.versions));
        let mut sheet = Sheet::new(held, standing.head.clone(), versions);
        let mut answers = Vec::with_capacity(jobs.len());
        for job in jobs {
            if let Some(events) = known.get(&job.command) {
                answers.push(Answer::Recorded(Appended { events: events.clone(), first_time: false }));
                continue;
            }
            let decide = job.decide.take().expect("a batch is decided once");
            let decided = catch_unwind(AssertUnwindSafe(|| decide(&standing.state)));
            answers.push(match decided {
                Err(panic) => Answer::Panicked(panic),
                Ok(None) => Answer::Refused,
                Ok(Some(events)) => match sheet.take(&job.command, &job.actor, job.at, &events) {
                    Err(Refused::Store(error)) => return Err(error),
                    Err(Refused::Unrecordable(error)) => Answer::Unrecordable(error),
                    Ok(events) => {
                        if !events.is_empty() {
                            known.insert(job.command.clone(), events.clone());
                        }
                        standing.take(events.clone(), &self.upcasters);
                        Answer::Recorded(Appended { events, first_time: true })
                    }
                },
            });
        }
        let (ending, versions) = sheet.write()?;
        standing.versions = versions;
        Ok((standing, answers, ending))
    }
}

/// What was recorded before under the ids of these commands.
fn known<S>(jobs: &[Task<S>], held: &mut dyn Held) -> Result<HashMap<CommandId, Vec<Recorded>>, StoreError> {
    let mut commands: Vec<_> = jobs.iter().map(|job| &job.command).collect();
    commands.sort_by_key(|command| command.as_str());
    commands.dedup();
    let mut known: HashMap<CommandId, Vec<Recorded>> = HashMap::new();
    for (command, event) in held.of_commands(&commands)? {
        known.entry(command).or_default().push(event);
    }
    Ok(known)
}
