//! A whole ledger verified: its chain, and every text of the vault against the event that brought it in.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use crate::chain::{Break, Fault, Head, Verifier};
use crate::event::{CommandId, Recorded};
use crate::store::{Store, StoreError, VerifyError};
use crate::vault::{self, Entry, Erased, Text};

/// What was found to hold together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Where the ledger ends; `None` when it is empty.
    pub head: Option<Head>,
    /// Texts whose words give the digest in the chain.
    pub texts: u64,
    /// Texts that were erased by an event; their digests cannot be checked.
    pub erased: u64,
    /// Texts that an export without texts left behind; in a ledger that was never imported there are none.
    pub withheld: u64,
}

/// One line for a person.
impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { head, texts, erased, withheld } = self;
        write!(f, "{} event(s) hold together", head.as_ref().map_or(0, |head| head.seq))?;
        write!(f, "; {texts} text(s) agree with their digests")?;
        if *erased > 0 {
            write!(f, "; {erased} erased, so their digests cannot be checked")?;
        }
        if *withheld > 0 {
            write!(f, "; {withheld} are not in this copy")?;
        }
        Ok(())
    }
}

/// Verifies the texts of one event after the other.
#[derive(Default)]
struct TextVerifier {
    counted: Verified,
    /// Erased rows with the event that brought each in.
    rows: BTreeMap<String, (u64, Erased)>,
    /// What events say was erased, with the event that says so.
    events: BTreeMap<String, (u64, Erased)>,
}

impl TextVerifier {
    /// `own`: the entries that the vault holds for this event; `find` finds those of earlier ones.
    fn take<E: From<Break>>(
        &mut self,
        event: &Recorded,
        own: &[Entry],
        mut find: impl FnMut(&str) -> Result<Option<Entry>, E>,
    ) -> Result<(), E> {
        let broken = |fault| Err(E::from(Break { seq: event.seq, fault }));
        let references = vault::references(&event.body);
        for reference in &references {
            let id = reference.id.clone();
            let entry = match own.iter().find(|entry| entry.id == id) {
                Some(entry) => Some(entry.clone()),
                None => find(&id)?,
            };
            let Some(entry) = entry else { return broken(Fault::TextMissing { id }) };
            if !reference.is_to(&entry) || entry.seq > event.seq || entry.agrees() == Some(false) {
                return broken(Fault::TextChanged { id });
            }
        }
        for entry in own {
            if !references.iter().any(|reference| reference.id == entry.id) {
                return broken(Fault::TextInserted { id: entry.id.clone() });
            }
            if entry.at != event.at {
                return broken(Fault::TextChanged { id: entry.id.clone() });
            }
            self.count(entry);
        }
        if let Some((id, erased)) = vault::erased_by(event) {
            self.events.insert(id, (event.seq, erased));
        }
        Ok(())
    }

    fn count(&mut self, entry: &Entry) {
        match &entry.text {
            Text::Kept { .. } => self.counted.texts += 1,
            Text::Withheld => self.counted.withheld += 1,
            Text::Erased(erased) => {
                self.counted.erased += 1;
                self.rows.insert(entry.id.clone(), (entry.seq, erased.clone()));
            }
        }
    }

    /// What an event erased while the ledger was being verified was read before with its words.
    fn look_again(&mut self, find: impl Fn(&str) -> Result<Option<Entry>, StoreError>) -> Result<(), StoreError> {
        let unseen: Vec<_> = self.events.keys().filter(|id| !self.rows.contains_key(*id)).cloned().collect();
        for id in unseen {
            if let Some(Entry { seq, text: Text::Erased(erased), .. }) = find(&id)? {
                self.rows.insert(id, (seq, erased));
                self.counted.texts = self.counted.texts.saturating_sub(1);
                self.counted.erased += 1;
            }
        }
        Ok(())
    }

    /// Erased rows and events that erase say the same, or the first place where they do not.
    fn finish(self, head: Option<Head>) -> Result<Verified, Break> {
        let unsaid = self.rows.iter().filter(|(id, _)| !self.events.contains_key(*id));
        let unsaid = unsaid.map(|(id, (seq, _))| (*seq, Fault::TextErasedUnseen { id: id.clone() }));
        let undone = self.events.iter().filter(|(id, (_, said))| self.rows.get(*id).is_none_or(|(_, row)| row != said));
        let undone = undone.map(|(id, (seq, _))| (*seq, Fault::TextNotErased { id: id.clone() }));
        match unsaid.chain(undone).min_by_key(|(seq, _)| *seq) {
            Some((seq, fault)) => Err(Break { seq, fault }),
            None => Ok(Verified { head, ..self.counted }),
        }
    }
}

/// [`crate::verify`] on all that a store holds, page by page, and every text of its vault.
pub fn verify_store(store: &dyn Store, kept: Option<&Head>) -> Result<Verified, VerifyError> {
    let (mut verifier, mut texts) = (Verifier::new(kept), TextVerifier::default());
    loop {
        let after = verifier.next_seq() - 1;
        let page = readable(Some(after + 1), store.read(after, 1000))?;
        let Some(last) = page.last() else {
            match beyond(store, after)? {
                Some(fault) => return Err(Break { seq: after + 1, fault }.into()),
                None if store.head()?.is_some_and(|head| head.seq > after) => continue,
                None => {}
            }
            texts.look_again(|id| store.text(id))?;
            return Ok(texts.finish(verifier.finish()?)?);
        };
        // What comes first is the first break, so the texts are read for the events that verify.
        page.iter().try_for_each(|event| verifier.take(event))?;
        let entries = readable(None, store.texts(after, last.seq))?;
        for (event, own) in page.iter().zip(by_event(&page, &entries)) {
            texts.take(event, own, |id| readable(Some(event.seq), store.text(id)))?;
        }
    }
}

/// A text that an event after the last would have brought in.
fn beyond(store: &dyn Store, last: u64) -> Result<Option<Fault>, StoreError> {
    let texts = store.texts(last, u64::MAX)?;
    let ends_here = store.head()?.map_or(0, |head| head.seq) == last;
    Ok(texts.into_iter().next().filter(|_| ends_here).map(|entry| Fault::TextInserted { id: entry.id }))
}

/// A row that cannot be read is a break: of an event in the place where it should stand, of a text where it says that it
/// came in.
fn readable<T>(place: Option<u64>, read: Result<T, StoreError>) -> Result<T, VerifyError> {
    match read {
        Err(StoreError::Unreadable { problem, seq, .. }) => {
            let seq = place.unwrap_or(u64::try_from(seq).unwrap_or(0));
            Err(Break { seq, fault: Fault::Unreadable { problem } }.into())
        }
        read => Ok(read?),
    }
}

/// The entries of each of these events; both are in the order of events.
fn by_event<'e>(events: &[Recorded], entries: &'e [Entry]) -> impl Iterator<Item = &'e [Entry]> {
    let places = events.iter().map(|event| event.seq);
    places.map(|seq| {
        let begin = entries.partition_point(|entry| entry.seq < seq);
        let end = entries.partition_point(|entry| entry.seq <= seq);
        &entries[begin..end]
    })
}

/// Events that were verified from the first to the last, with their texts. There is no other way to make one, so a
/// store can be filled with nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    events: Vec<Recorded>,
    texts: Vec<Entry>,
    commands: HashMap<u64, CommandId>,
}

impl Chain {
    /// The events, if they verify; their texts, if they have any, stay behind.
    pub fn new(events: Vec<Recorded>, kept: Option<&Head>) -> Result<Self, Break> {
        Self::with_texts(events, vec![], kept)
    }

    /// The events with their texts, if all verify. A text that is not among `texts` is [`Text::Withheld`], or erased if
    /// an event says so.
    pub fn with_texts(events: Vec<Recorded>, mut texts: Vec<Entry>, kept: Option<&Head>) -> Result<Self, Break> {
        let mut verifier = Verifier::new(kept);
        events.iter().try_for_each(|event| verifier.take(event))?;
        let head = verifier.finish()?;
        texts.extend(left_behind(&events, &texts));
        texts.sort_by(|a, b| (a.seq, &a.id).cmp(&(b.seq, &b.id)));
        let known: HashMap<&str, &Entry> = texts.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let mut verifier = TextVerifier::default();
        for (event, own) in events.iter().zip(by_event(&events, &texts)) {
            verifier.take(event, own, |id| Ok::<_, Break>(known.get(id).copied().cloned()))?;
        }
        let last = head.as_ref().map_or(0, |head| head.seq);
        if let Some(entry) = texts.iter().find(|entry| entry.seq == 0 || entry.seq > last) {
            return Err(Break { seq: entry.seq, fault: Fault::TextInserted { id: entry.id.clone() } });
        }
        verifier.finish(head)?;
        Ok(Self { events, texts, commands: HashMap::new() })
    }

    /// The ids under which the events were recorded, by their number; so a command that is sent again is recognised.
    pub(crate) fn of_commands(mut self, commands: impl IntoIterator<Item = (u64, CommandId)>) -> Self {
        self.commands.extend(commands);
        self
    }

    /// From the first to the last.
    pub fn events(&self) -> &[Recorded] {
        &self.events
    }

    /// By event.
    pub fn texts(&self) -> &[Entry] {
        &self.texts
    }

    /// The id of the command that recorded an event, when it came along.
    pub(crate) fn command(&self, seq: u64) -> Option<&CommandId> {
        self.commands.get(&seq)
    }

    /// Where it ends.
    pub fn head(&self) -> Option<Head> {
        self.events.last().map(Head::of)
    }
}

/// Entries for the texts that the events lead to and `texts` does not hold.
fn left_behind(events: &[Recorded], texts: &[Entry]) -> Vec<Entry> {
    let erased: HashMap<String, Erased> = events.iter().filter_map(vault::erased_by).collect();
    let mut known: HashSet<String> = texts.iter().map(|entry| entry.id.clone()).collect();
    let mut missing = Vec::new();
    for event in events {
        for found in vault::references(&event.body) {
            let Some(marking) = vault::Marking::named(&found.marking) else { continue };
            if known.insert(found.id.clone()) {
                let text = erased.get(&found.id).cloned().map_or(Text::Withheld, Text::Erased);
                let (id, digest) = (found.id, found.digest);
                missing.push(Entry { id, seq: event.seq, at: event.at, digest, marking, retention: None, text });
            }
        }
    }
    missing
}
