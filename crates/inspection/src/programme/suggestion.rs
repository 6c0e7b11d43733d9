//! A suggestion for a pillar's grade.

use crate::{Grade, JudgmentValue, framework::Framework};

/// What the grades of a pillar's questions suggest for the pillar: the median of their places in the scale, rounded down, and never better
/// than requires improvement where one of them is inadequate. Values that are no grade are passed over; `None` when no grade is left,
/// or one is not in the scale.
///
/// The rule is ours: no arithmetic is published, and it stands beside an HM Inspector's own view and never for it. It reproduces the
/// nine pillar judgments that `domain.md` §2.10 lists.
#[must_use]
pub fn suggestion(framework: &Framework, questions: &[JudgmentValue]) -> Option<Grade> {
    let mut scale = framework.scale();
    scale.sort();
    let graded = questions.iter().filter_map(|value| value.grade());
    let mut places = graded.map(|grade| scale.iter().position(|g| *g == grade)).collect::<Option<Vec<_>>>()?;
    places.sort_unstable();
    let (low, high) = (places.get(places.len().checked_sub(1)? / 2)?, places.get(places.len() / 2)?);
    let median = *scale.get(usize::midpoint(*low, *high))?;
    let capped = places.first().is_some_and(|place| scale.get(*place) == Some(&Grade::Inadequate));
    Some(if capped { median.min(Grade::RequiresImprovement) } else { median })
}
