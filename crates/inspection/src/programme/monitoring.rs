//! The stages of monitoring, as data per period.

use jiff::civil::Date;

/// A scheme of monitoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// Its id.
    pub id: &'static str,
    /// The first day on which it is known to have applied; `None` where that is not known.
    pub from: Option<Date>,
    /// The last day; `None` while it applies, or where that is not known.
    pub until: Option<Date>,
    /// Its stages, the default first. Any other needs at least one reason.
    pub stages: &'static [&'static str],
    /// Where it is laid down.
    pub source: &'static str,
}

/// Every scheme whose stages are known, the newest first. The one before Scan and Engage had four stages, which are not confirmed, so it
/// is left out.
pub const SCHEMES: &[Scheme] = &[
    Scheme {
        id: "scan-engage",
        from: Some(Date::constant(2019, 1, 1)),
        until: None,
        stages: &["scan", "engage"],
        source: "HMICFRS, approach to monitoring forces; the first year with a force in Engage on the published list is 2019",
    },
    Scheme {
        id: "2009",
        from: Some(Date::constant(2009, 4, 1)),
        until: None,
        stages: &["local-monitoring", "hmic-monitoring", "review-of-plan", "public-interest-letter", "referral"],
        source: "Police Performance Steering Group, five stages from April 2009",
    },
];

impl Scheme {
    /// The scheme that applied on a day; `None` before the first that is known.
    #[must_use]
    pub fn on(day: Date) -> Option<&'static Self> {
        SCHEMES.iter().find(|s| s.from.is_none_or(|from| from <= day) && s.until.is_none_or(|until| day <= until))
    }
}
