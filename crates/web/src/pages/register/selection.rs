//! What the register is asked for.

use crate::{
    Public, Query,
    known::Found,
    tracked::{ALL_FORCES, FOLLOWED, Status},
};
use report::words::lower_first;

/// What the register is asked for; a name that nothing has finds nothing.
pub(super) struct Selection<'q>(&'q Query);

impl<'q> Selection<'q> {
    pub fn of(query: &'q Query) -> Self {
        Self(query)
    }

    pub fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, name: &str) -> Option<&'q str> {
        self.0.get(name)
    }

    /// Whether a finding is asked for. A force is asked for with what another's inspection addressed to it.
    pub fn fits(&self, public: &Public, found: &Found<'_>) -> bool {
        self.get("force").is_none_or(|force| public.force(force).is_some() && found.concerns(force))
            && self.get("kind").is_none_or(|kind| found.kind.ids().0 == kind)
            && self.get("status").is_none_or(|status| found.status().id() == status)
            && self.get("cycle").is_none_or(|cycle| found.cycle == cycle)
            && self.get("addressee").is_none_or(|to| {
                found.addressees.iter().any(|id| id == to || (id == ALL_FORCES && public.force(to).is_some()))
            })
    }

    /// The question, to go on after "findings are".
    pub fn words(&self, public: &Public) -> String {
        let known = |word: Option<String>, typed: &str| word.unwrap_or_else(|| format!("\u{201c}{typed}\u{201d}"));
        let kind = |id: &str| FOLLOWED.iter().find(|k| k.ids().0 == id).map(|k| lower_first(k.titles().1));
        let status = |id: &str| Status::ALL.iter().find(|s| s.id() == id).map(|s| lower_first(s.words()));
        let asked = [
            self.get("kind").map(|id| format!("among the {}", known(kind(id), id))),
            self.get("force").map(|id| format!("about {} or addressed to it", public.called(id))),
            self.get("cycle").map(|id| format!("from {}", public.cycle_title(id))),
            self.get("addressee").map(|id| format!("addressed to {}", public.called(id))),
            self.get("status").map(|id| format!("marked as: {}", known(status(id), id))),
        ];
        asked.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
