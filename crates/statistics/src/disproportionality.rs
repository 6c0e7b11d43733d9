//! Disproportionality by ethnicity: how often people of each group are searched (or stopped, or arrested) for each of a reference
//! group, given how many of each live there.
//!
//! What cannot be put in a group (ethnicity not stated, searches of vehicles only) is left out, and the result says what and how
//! many: a share left out is part of the figure. The ratio compares events with residents; people who are searched need not live
//! there, and one person may be searched several times, so it describes and does not explain.

use crate::interval::float;

/// A group of residents and the events that happened to its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EthnicGroup {
    /// The group, as published.
    pub name: String,
    /// Events in the period.
    pub events: u64,
    /// Residents, from the census or estimate that the caller names.
    pub population: u64,
}

/// Events that are in no group, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The category: "not stated", "vehicle only".
    pub category: String,
    /// How many events.
    pub events: u64,
}

/// One group's rate, and its ratio to the reference group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRate {
    /// The group with its counts.
    pub group: EthnicGroup,
    /// Events per 1,000 residents of the group; `None` when it has no residents.
    pub rate: Option<f64>,
    /// The rate over the reference group's rate: 2 is twice as often. Exactly 1 for the reference group itself. `None` when
    /// either has no residents or the reference rate is zero.
    pub ratio: Option<f64>,
    /// The ends of the ratio's interval. `None` when there is no ratio, for the reference group itself, and when the group has no
    /// events, where the logarithm has no value.
    pub interval: Option<(f64, f64)>,
}

/// Rates and ratios of all groups, with what was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Disproportionality {
    /// The name of the reference group.
    pub reference: String,
    /// One for each group, in the order given.
    pub groups: Vec<GroupRate>,
    /// What was left out, in the order given.
    pub left_out: Vec<LeftOut>,
    /// Events in the groups.
    pub counted: u64,
}

/// Why nothing can be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoDisproportionality {
    /// The reference group is not there.
    #[error("no group is called `{0}`: name the reference group as the data do")]
    NoSuchReference(String),
    /// A group is there twice.
    #[error("the group `{0}` is there twice: add its rows up first")]
    Twice(String),
}

/// Rates per 1,000 residents and their ratios to the group called `reference`, with intervals at the standard normal quantile `z`.
///
/// The interval of a ratio of two rates with a and b events is ratio × exp(± z √(1/a + 1/b)), the method for events over
/// person-time: searches are events, and a person may be searched twice. (Katz's form, with − 1/n terms, is for proportions of
/// people.) It takes events as independent of each other, so where a few people are searched often it is too narrow.
///
/// # Errors
/// No group has the reference's name, or two groups have the same name.
///
/// Sources: Rothman, Greenland and Lash (2008), *Modern Epidemiology*, third edition, chapter 14; compare Katz and others (1978),
/// *Biometrics* 34, 469–474.
pub fn disproportionality(
    groups: Vec<EthnicGroup>,
    reference: &str,
    left_out: Vec<LeftOut>,
    z: f64,
) -> Result<Disproportionality, NoDisproportionality> {
    if let Some(twice) = (1..groups.len()).find(|at| groups[..*at].iter().any(|group| group.name == groups[*at].name)) {
        return Err(NoDisproportionality::Twice(groups[twice].name.clone()));
    }
    let base = groups
        .iter()
        .find(|group| group.name == reference)
        .cloned()
        .ok_or_else(|| NoDisproportionality::NoSuchReference(reference.to_owned()))?;
    let counted = groups.iter().map(|group| group.events).sum();
    let groups = groups.into_iter().map(|group| compare(group, &base, z)).collect();
    Ok(Disproportionality { reference: base.name, groups, left_out, counted })
}

fn compare(group: EthnicGroup, base: &EthnicGroup, z: f64) -> GroupRate {
    let is_reference = group.name == base.name;
    let rate = rate_per_thousand(&group);
    let ratio = rate
        .zip(rate_per_thousand(base).filter(|rate| *rate > 0.0))
        .map(|(rate, base)| if is_reference { 1.0 } else { rate / base });
    let interval = ratio
        .filter(|_| group.events > 0 && !is_reference)
        .map(|ratio| rate_ratio_interval(ratio, group.events, base.events, z));
    GroupRate { group, rate, ratio, interval }
}

fn rate_per_thousand(group: &EthnicGroup) -> Option<f64> {
    (group.population > 0).then(|| float(group.events) * 1000.0 / float(group.population))
}

/// `libm` rather than the platform's own exponential, so that the same input gives the same digits everywhere.
fn rate_ratio_interval(ratio: f64, events: u64, base_events: u64, z: f64) -> (f64, f64) {
    let factor = libm::exp(z * (1.0 / float(events) + 1.0 / float(base_events)).sqrt());
    (ratio / factor, ratio * factor)
}

impl Disproportionality {
    /// The events left out.
    #[must_use]
    pub fn not_counted(&self) -> u64 {
        self.left_out.iter().map(|part| part.events).sum()
    }

    /// The share of all events that was left out, `0.0..=1.0`; `None` when there were no events at all.
    #[must_use]
    pub fn share_not_counted(&self) -> Option<f64> {
        let all = self.counted + self.not_counted();
        (all > 0).then(|| float(self.not_counted()) / float(all))
    }

    /// The sentence that belongs under the figure, or `None` when nothing was left out: "Left out: 120 vehicle only, 35 not stated."
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let parts: Vec<String> = self
            .left_out
            .iter()
            .map(|part| format!("{} {}", reference::group_thousands(&part.events.to_string()), part.category))
            .collect();
        (!parts.is_empty()).then(|| format!("Left out: {}.", parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::Z95;
    use proptest::prelude::*;

    fn group(name: &str, events: u64, population: u64) -> EthnicGroup {
        EthnicGroup { name: name.to_owned(), events, population }
    }

    fn of(groups: Vec<EthnicGroup>) -> Disproportionality {
        disproportionality(groups, "white", vec![], Z95).unwrap()
    }

    #[test]
    fn a_ratio_compares_rates_and_not_counts() {
        let result = of(vec![group("white", 900, 900_000), group("black", 100, 20_000)]);
        let black = &result.groups[1];
        assert!((black.rate.unwrap() - 5.0).abs() < 1e-12 && (black.ratio.unwrap() - 5.0).abs() < 1e-12);
        // sqrt(1/100 + 1/900) = 0.105409; exp(1.96 * 0.105409) = 1.2295.
        let (lower, upper) = black.interval.unwrap();
        assert!((lower - 4.0667).abs() < 5e-4 && (upper - 6.1475).abs() < 5e-4, "{lower} {upper}");
        assert_eq!((result.groups[0].ratio, result.groups[0].interval), (Some(1.0), None));
    }

    #[test]
    fn a_reference_without_events_or_residents_gives_no_ratio() {
        for white in [group("white", 0, 1000), group("white", 5, 0)] {
            let result = of(vec![white, group("black", 10, 1000)]);
            let black = &result.groups[1];
            assert_eq!((black.rate, black.ratio, black.interval), (Some(10.0), None, None));
            assert_eq!(result.groups[0].ratio, None);
        }
    }

    #[test]
    fn a_group_without_events_has_a_ratio_of_zero_and_no_interval() {
        let result = of(vec![group("white", 10, 1000), group("other", 0, 50), group("empty", 0, 0)]);
        assert_eq!((result.groups[1].ratio, result.groups[1].interval), (Some(0.0), None));
        assert_eq!((result.groups[2].rate, result.groups[2].ratio), (None, None));
    }

    #[test]
    fn what_was_left_out_is_stated() {
        let out = |category: &str, events| LeftOut { category: category.to_owned(), events };
        let left_out = vec![out("vehicle only", 1200), out("not stated", 300)];
        let result = disproportionality(vec![group("white", 4500, 90_000)], "white", left_out, Z95).unwrap();
        assert_eq!(result.note().unwrap(), "Left out: 1,200 vehicle only, 300 not stated.");
        assert_eq!(result.share_not_counted(), Some(0.25));
        assert_eq!(of(vec![group("white", 0, 1)]).note(), None);
        assert_eq!(of(vec![group("white", 0, 1)]).share_not_counted(), None);
    }

    #[test]
    fn names_must_be_there_and_be_unique() {
        let refused = |groups| disproportionality(groups, "White", vec![], Z95).unwrap_err().to_string();
        assert!(refused(vec![group("white", 1, 1)]).contains("`White`"));
        assert!(refused(vec![group("White", 1, 1), group("White", 2, 2)]).contains("twice"));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_ratio_and_turns_over_with_the_reference(a in 1u64..100_000, b in 1u64..100_000, m in 1u64..10_000_000, n in 1u64..10_000_000, z in 0.1..4.0f64) {
            let between = |reference: &str| {
                let result = disproportionality(vec![group("a", a, m), group("b", b, n)], reference, vec![], z).unwrap();
                result.groups.into_iter().find(|g| g.group.name != reference).unwrap()
            };
            let (one, other) = (between("a"), between("b"));
            let (lower, upper) = one.interval.unwrap();
            prop_assert!(lower < one.ratio.unwrap() && one.ratio.unwrap() < upper);
            prop_assert!((lower * other.interval.unwrap().1 - 1.0).abs() < 1e-9);
        }
    }
}
