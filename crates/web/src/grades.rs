//! Judgments as pages show them: a badge on the scale of the cycle that made it, and the year where it carries over.

use crate::{Public, known::Judged};
use inspection::framework::Framework;
use report::document::Badge;

/// The badge of a judgment. One that is carried over has the cycle that it was made in; without that cycle's scale there are no steps.
#[must_use]
pub fn badge(public: &Public, judged: &Judged<'_>) -> Badge {
    let scale = public.framework(&judged.made_in).map(Framework::scale).unwrap_or_default();
    let carried_over = judged.carried_over.then(|| cycle(public, &judged.made_in));
    Badge { carried_over, ..Badge::of(judged.value, &scale) }
}

/// A cycle as printed: "2018/19".
#[must_use]
pub fn cycle(public: &Public, id: &str) -> String {
    public.framework(id).map_or_else(|| id.to_owned(), |f| f.title.clone())
}

/// The name of a pillar or question in a cycle.
#[must_use]
pub fn place(public: &Public, judged: &Judged<'_>) -> String {
    public.framework(&judged.cycle).map_or_else(|| judged.node.to_string(), |f| f.name(&judged.node, "table"))
}
