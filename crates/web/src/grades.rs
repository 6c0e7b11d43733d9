//! Judgments as pages show them: a badge on the scale of the cycle that made it, and the year where it carries over.

use crate::{Public, known::Judged};
use report::document::Badge;

/// The badge of a judgment. One that is carried over has the cycle that it was made in; without that cycle's scale there are no steps.
#[must_use]
pub fn badge(public: &Public, judged: &Judged<'_>) -> Badge {
    let steps = judged.value.grade().and_then(|grade| {
        let scale = public.framework(&judged.made_in)?.scale();
        let below = scale.iter().rev().position(|g| *g == grade)?;
        Some((u8::try_from(below + 1).ok()?, u8::try_from(scale.len()).ok()?))
    });
    Badge {
        word: judged.value.words().to_owned(),
        id: judged.value.id().to_owned(),
        steps,
        carried_over: judged.carried_over.then(|| cycle(public, &judged.made_in)),
    }
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
