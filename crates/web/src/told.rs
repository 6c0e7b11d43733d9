//! A finding in words: the lines that the register, its own page and others say of it.

use crate::{
    Public, cite,
    known::{Found, Source, Standing},
    page::link,
    tracked::{Entry, Status},
};
use inspection::{
    programme::{Kind, ThingId, details as d},
    record::FindingKind,
};
use report::{
    desk::month,
    document::{Block, Inline, paragraph, text},
    words::{listed, lower_first, upper_first},
};

/// A line that begins with its label.
#[must_use]
pub fn labelled(label: &str, rest: Vec<Inline>) -> Vec<Inline> {
    std::iter::once(Inline::Strong { text: format!("{label}: ") }).chain(rest).collect()
}

/// "1 finding", "2 findings".
#[must_use]
pub fn counted(count: usize, one: &str, several: &str) -> String {
    let number = reference::group_thousands(&count.to_string());
    format!("{number} {}", if count == 1 { one } else { several })
}

/// "2 causes of concern, 3 recommendations and 1 area for improvement": kinds of which there is none are left out.
#[must_use]
pub fn by_kind(found: &[Found<'_>]) -> String {
    let of = |kind: FindingKind| {
        let count = found.iter().filter(|f| f.kind == kind).count();
        let (one, several) = kind.titles();
        (count > 0).then(|| counted(count, &lower_first(one), &lower_first(several)))
    };
    listed(&FindingKind::ALL.into_iter().filter_map(of).collect::<Vec<_>>())
}

impl Public {
    /// The forces that a finding is about, as a sentence names them.
    #[must_use]
    pub fn about(&self, found: &Found<'_>) -> String {
        let names: Vec<String> = found.forces.iter().map(|force| self.called(force.as_str())).collect();
        if names.is_empty() { "national bodies".into() } else { listed(&names) }
    }

    /// Everybody that a finding is addressed to, as a sentence names them.
    #[must_use]
    pub fn addressees(&self, found: &Found<'_>) -> String {
        let names: Vec<String> = found.addressees.iter().map(|to| self.called(to)).collect();
        if names.is_empty() { "nobody by name".into() } else { listed(&names) }
    }

    /// A finding with its parts, in its box; its title leads to its page.
    #[must_use]
    pub fn boxed(&self, found: &Found<'_>) -> Block {
        let mut blocks = vec![Block::Paragraph { text: vec![link(found.called(), found.address())] }];
        blocks.extend(said(found));
        let mut lines = vec![
            labelled("Addressed to", vec![text(upper_first(&self.addressees(found)))]),
            labelled("Due", vec![text(due(found))]),
            labelled("How it stands", vec![text(self.stands(found))]),
        ];
        lines.extend(self.lineage(found));
        lines.push(labelled("Published in", self.source(found)));
        blocks.push(Block::List { ordered: false, items: lines });
        Block::Finding {
            kind: found.kind.ids().0.into(),
            label: found.kind.titles().0.into(),
            id: crate::naming::file_name(&found.id),
            number: None,
            blocks,
        }
    }

    /// How a finding stands, as a sentence.
    #[must_use]
    pub fn stands(&self, found: &Found<'_>) -> String {
        match &found.stands {
            Standing::Register(_) => {
                let entries: Vec<String> = self.entries(found).iter().map(|entry| self.entry(entry)).collect();
                if entries.is_empty() { "No entry of the register says.".into() } else { entries.join("; ") + "." }
            }
            _ if found.status() == Status::NotRecorded && matches!(found.stands, Standing::NotRecorded) => {
                "Its outcome is not recorded in the sources loaded.".into()
            }
            stands => full(&upper_first(stands.words().trim())),
        }
    }

    fn entry(&self, entry: &Entry) -> String {
        let part = entry.part.map(|part| format!(", part {part}")).unwrap_or_default();
        let late = if entry.overdue { ", overdue" } else { "" };
        format!("{}{part}: {}{late}", self.called(&entry.addressee), entry.state.id().replace('-', " "))
    }

    /// The finding that it hangs on, those that it restates, and those that restate it.
    fn lineage(&self, found: &Found<'_>) -> Vec<Vec<Inline>> {
        let above: Vec<String> = found.parent.iter().cloned().collect();
        let lines =
            [("Part of", above), ("Restates", found.restates.clone()), ("Restated by", self.restated_by(&found.id))];
        let of = |(label, ids): (&str, Vec<String>)| {
            let named: Vec<Vec<Inline>> =
                ids.iter().filter_map(|id| self.finding(id)).map(|f| self.named(&f)).collect();
            (!named.is_empty()).then(|| labelled(label, named.join(&text("; "))))
        };
        lines.into_iter().filter_map(of).collect()
    }

    /// A finding by its title and cycle, leading to its page.
    #[must_use]
    pub fn named(&self, found: &Found<'_>) -> Vec<Inline> {
        vec![link(found.called(), found.address()), text(format!(" ({})", self.cycle_title(&found.cycle)))]
    }

    /// Where a finding is known from: the publication, the place and the words, or the day that the programme published it.
    #[must_use]
    pub fn source(&self, found: &Found<'_>) -> Vec<Inline> {
        match &found.source {
            Source::Taken(taken, publication) => cite::taken_over(self, taken, publication),
            Source::Published(id, day) => {
                let title =
                    self.publication_of(id).unwrap_or_else(|| format!("The programme of {}", self.issuer().name));
                vec![text(format!("{title}, {}.", reference::long_date(*day)))]
            }
        }
    }

    /// The title of the publication that published a thing of the programme.
    fn publication_of(&self, id: &ThingId) -> Option<String> {
        self.seen().counted(Kind::Publication).find_map(|publication| {
            let schedule = publication.latest::<d::Schedule>()?;
            schedule.publishes.contains(id).then(|| schedule.title.clone())
        })
    }
}

/// The text of a finding, and its parts numbered.
#[must_use]
pub fn said(found: &Found<'_>) -> Vec<Block> {
    let mut blocks = vec![paragraph(full(&found.text))];
    if !found.sub_points.is_empty() {
        let items = found.sub_points.iter().map(|point| vec![text(full(&upper_first(point.trim())))]).collect();
        blocks.push(Block::List { ordered: true, items });
    }
    blocks
}

/// By when, as published.
#[must_use]
pub fn due(found: &Found<'_>) -> String {
    found.due.as_deref().map_or_else(|| "No date is stated.".into(), |due| full(&upper_first(&month(due))))
}

/// With a full stop.
#[must_use]
pub fn full(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '?', '!', '\u{201d}']) || words.is_empty() {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}
