//! Reading when a figure is true, in the ways that publishers write it.

use crate::{sheet::Sheet, source::PeriodKind};
use jiff::civil::Date;
use reference::{Length, MONTHS, Period};

/// The period that a cell names; `quarter` is the text of the quarter's cell where the kind has one.
///
/// # Errors
/// What to write instead.
pub fn cell(kind: PeriodKind, text: &str, quarter: &str) -> Result<Period, String> {
    let text = text.trim();
    let day = || text.parse::<Date>().map_err(|_| "write the day as `2016-03-31`".to_owned());
    let year = || text.parse::<i16>().map_err(|_| "write the year as `2016`".to_owned());
    let on = |year: i16, month, day| Date::new(year, month, day).map(Period::as_at).map_err(|e| e.to_string());
    match kind {
        PeriodKind::Day => day().map(Period::as_at),
        PeriodKind::EndOfMonth => day().map(|d| Period::as_at(d.last_of_month())),
        PeriodKind::EndOfMarch => year().and_then(|y| on(y, 3, 31)),
        PeriodKind::MidYear => year().and_then(|y| on(y, 6, 30)),
        PeriodKind::YearEnding => day().map(|d| Period::ending(Length::Months(12), d)),
        PeriodKind::FinancialYear => financial_year(text)
            .and_then(Period::financial_year)
            .ok_or_else(|| "write the financial year as `2017/18`".to_owned()),
        PeriodKind::FinancialQuarter => {
            let quarter = quarter.trim().trim_start_matches(['Q', 'q']).parse().ok();
            let both =
                financial_year(text).zip(quarter).and_then(|(year, quarter)| Period::financial_quarter(year, quarter));
            both.ok_or_else(|| "write the financial year as `2017/18` and the quarter as 1 to 4".to_owned())
        }
        PeriodKind::Period => {
            text.parse().map_err(|_| "write `2016-03-31`, or first and last day: `2017-10-01/2018-09-30`".to_owned())
        }
        PeriodKind::Fixed | PeriodKind::DaysInSheet | PeriodKind::HeadingDay | PeriodKind::HeadingFinancialYear => {
            Err("the period is not in a column".to_owned())
        }
    }
}

/// The period that a heading names; `None` when it names none.
#[must_use]
pub fn heading(kind: PeriodKind, text: &str) -> Option<Period> {
    match kind {
        PeriodKind::HeadingDay => text.parse().ok().map(Period::as_at),
        PeriodKind::HeadingFinancialYear => financial_year(text).and_then(Period::financial_year),
        PeriodKind::Day
        | PeriodKind::EndOfMonth
        | PeriodKind::EndOfMarch
        | PeriodKind::MidYear
        | PeriodKind::YearEnding
        | PeriodKind::FinancialYear
        | PeriodKind::FinancialQuarter
        | PeriodKind::Period
        | PeriodKind::Fixed
        | PeriodKind::DaysInSheet => None,
    }
}

/// The first "1 April 2018 to 31 March 2019" in any cell of a sheet.
#[must_use]
pub fn days_in(sheet: &Sheet) -> Option<Period> {
    sheet.rows.iter().flat_map(csv::StringRecord::iter).find_map(days)
}

fn days(text: &str) -> Option<Period> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.windows(7).find_map(|w| {
        (w[3] == "to").then_some(())?;
        Period::span(long_day(w[0], w[1], w[2])?, long_day(w[4], w[5], w[6])?)
    })
}

fn long_day(day: &str, month: &str, year: &str) -> Option<Date> {
    let month = MONTHS.iter().position(|m| *m == month)? + 1;
    Date::new(year.parse().ok()?, i8::try_from(month).ok()?, day.parse().ok()?).ok()
}

/// The year in which `2017/18`, `2017-18` or `04/05` begins. Two digits are of this century, as every table of the field is.
fn financial_year(text: &str) -> Option<i16> {
    let (first, second) = text.split_once(['/', '-'])?;
    let begins: i16 = match first.len() {
        4 => first.parse().ok()?,
        2 => 2000 + first.parse::<i16>().ok()?,
        _ => return None,
    };
    let ends: i16 = second.parse().ok()?;
    let follows = match second.len() {
        2 => (begins + 1) % 100 == ends,
        4 => begins + 1 == ends,
        _ => false,
    };
    follows.then_some(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: PeriodKind, text: &str, quarter: &str, expected: Option<&str>) {
        assert_eq!(cell(kind, text, quarter).ok().map(|p| p.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn periods_are_read_as_publishers_write_them() {
        check(PeriodKind::EndOfMonth, "2007-03-01", "", Some("2007-03-31"));
        check(PeriodKind::EndOfMarch, "2016", "", Some("2016-03-31"));
        check(PeriodKind::MidYear, "2018", "", Some("2018-06-30"));
        check(PeriodKind::YearEnding, "2018-03-31", "", Some("2017-04-01/2018-03-31"));
        check(PeriodKind::FinancialYear, "2017/18", "", Some("2017-04-01/2018-03-31"));
        check(PeriodKind::FinancialQuarter, "2017/18", "3", Some("2017-10-01/2017-12-31"));
        check(PeriodKind::FinancialQuarter, "2017/18", "5", None);
        check(PeriodKind::FinancialYear, "2017/19", "", None);
        check(PeriodKind::Period, "2017-10-01/2018-09-30", "", Some("2017-10-01/2018-09-30"));
    }

    #[test]
    fn headings_and_titles_say_when_too() {
        let shown = |p: Option<Period>| p.map(|p| p.to_string());
        assert_eq!(shown(heading(PeriodKind::HeadingFinancialYear, "04/05")).as_deref(), Some("2004-04-01/2005-03-31"));
        assert_eq!(shown(heading(PeriodKind::HeadingDay, "2016-03-31")).as_deref(), Some("2016-03-31"));
        assert_eq!(heading(PeriodKind::HeadingDay, "number"), None);
        let title = "Police use of force statistics, England and Wales, 1 April 2018 to 31 March 2019";
        assert_eq!(shown(days(title)).as_deref(), Some("2018-04-01/2019-03-31"));
    }
}
