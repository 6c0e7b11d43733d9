//! Comparability: where one force's figure does not compare with the others', and why.

use jiff::civil::Date;
use reference::AreaId;

/// Whether a comparability flag only tells the reader or also stops the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Said beside the figure.
    Annotate,
    /// The force is left out of the distribution and has no verdict.
    Block,
}

/// A reason why one force's figure does not compare with the others'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The measure; ends with `*` for every measure that begins so.
    pub measure: String,
    /// The force; `*` for all.
    pub force: String,
    /// The first and last day of the periods it concerns, by their last day; `None` for open.
    pub days: (Option<Date>, Option<Date>),
    /// What it does.
    pub effect: Effect,
    /// The reason, as a sentence.
    pub reason: String,
}

impl Flag {
    /// Whether it concerns this figure.
    #[must_use]
    pub fn concerns(&self, measure: &str, force: &AreaId, last: Date) -> bool {
        let measure = match self.measure.strip_suffix('*') {
            Some(beginning) => measure.starts_with(beginning),
            None => measure == self.measure,
        };
        let (from, to) = self.days;
        measure
            && (self.force == "*" || self.force == force.as_str())
            && from.is_none_or(|d| d <= last)
            && to.is_none_or(|d| last <= d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_flag_concerns_its_measures_forces_and_days() {
        let flag = |measure: &str, force: &str| Flag {
            measure: measure.into(),
            force: force.into(),
            days: (Some(date(2018, 1, 1)), None),
            effect: Effect::Annotate,
            reason: "a pilot".into(),
        };
        let kent = "kent".parse().unwrap();
        assert!(flag("action-*", "*").concerns("action-taken-percent", &kent, date(2018, 9, 30)));
        assert!(flag("action-taken-percent", "kent").concerns("action-taken-percent", &kent, date(2018, 1, 1)));
        assert!(!flag("action-taken", "kent").concerns("action-taken-percent", &kent, date(2018, 9, 30)));
        assert!(!flag("action-*", "essex").concerns("action-taken-percent", &kent, date(2018, 9, 30)));
        assert!(!flag("action-*", "*").concerns("action-taken-percent", &kent, date(2017, 12, 31)));
    }
}
