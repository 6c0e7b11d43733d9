//! Days and deadlines: what day an instant falls on, the 56 days of a response, when a register entry is due.

use super::{Thing, details as d};
use jiff::{Timestamp, ToSpan, civil::Date};

/// A statutory duty, from the day it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// The first day on which a report starts the clock.
    pub from: Date,
    /// How many days there are; the day of publication is the first.
    pub days: i64,
    /// Where it is laid down.
    pub source: &'static str,
}

/// The duty of a local policing body to publish its comments on a report about its force.
pub const RESPONSE: Duty = Duty {
    from: Date::constant(2017, 5, 2),
    days: 56,
    source: "Police Act 1996 s.55(5A), inserted by the Policing and Crime Act 2017 s.37, in force from 2 May 2017 (S.I. 2017/399 reg. 4(a))",
};

/// The last day for a response to a report published on this day; `None` before the duty began.
///
/// Source: Police Act 1996 s.55(5A), "before the end of the period of 56 days beginning with the day on which the report is published".
#[must_use]
pub fn last_day(published: Date) -> Option<Date> {
    (published >= RESPONSE.from).then(|| published.checked_add((RESPONSE.days - 1).days()).ok()).flatten()
}

/// The day in England and Wales on which an instant falls.
///
/// Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
/// Source: Summer Time Act 1972 as amended by S.I. 2002/262.
#[must_use]
pub fn day_of(at: Timestamp) -> Date {
    let utc = jiff::tz::Offset::UTC.to_datetime(at);
    let change = |month: i8| {
        let last = Date::constant(utc.year(), month, 31);
        let sunday = last.checked_sub(i64::from(last.weekday().to_sunday_zero_offset()).days()).unwrap_or(last);
        sunday.at(1, 0, 0, 0)
    };
    let summer = utc >= change(3) && utc < change(10);
    let local = if summer { utc.checked_add(1.hour()).unwrap_or(utc) } else { utc };
    local.date()
}

/// The days on which something is due, up to and with `until`: one, or for a recurring due as many as there are; none without a due.
#[must_use]
pub fn due_days(due: Option<d::Due>, published: Date, until: Date) -> Vec<Date> {
    let after = |months: i64| published.checked_add(months.months()).ok();
    match due {
        None => Vec::new(),
        Some(d::Due::On(day)) => vec![day],
        Some(d::Due::Immediately) => vec![published],
        Some(d::Due::Months(months)) => after(i64::from(months)).into_iter().collect(),
        Some(d::Due::EveryMonths(0)) => Vec::new(),
        Some(d::Due::EveryMonths(months)) => {
            (1..).map_while(|n| after(n * i64::from(months))).take_while(|day| *day <= until).collect()
        }
    }
}

/// Whether something is overdue on a day: an open register entry past its due, a response past its last day, a promise not yet kept.
/// What was taken over from publications is no thing, so it never ages.
#[must_use]
pub fn overdue(thing: &Thing, day: Date) -> bool {
    if thing.state.is_end() {
        return false;
    }
    if let Some(owed) = thing.latest::<d::ResponseOwed>() {
        return thing.state.id() != "published" && owed.last_day.is_some_and(|last| last < day);
    }
    if let Some(promise) = thing.latest::<d::Undertaking>() {
        return promise.due < day;
    }
    let Some(entry) = thing.latest::<d::EntryOpened>() else { return false };
    let met: Vec<Date> = thing.said::<d::Occurrence>().map(|(_, occurrence)| occurrence.due).collect();
    due_days(entry.due, entry.published, day).into_iter().any(|due| due < day && !met.contains(&due))
}

/// Whether a due comes again and again.
#[must_use]
pub const fn recurs(due: Option<d::Due>) -> bool {
    matches!(due, Some(d::Due::EveryMonths(_)))
}
