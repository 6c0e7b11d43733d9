//! What rules can say that reads and cannot hold: told when the folder is opened, not when a file is read by them.

use super::{PeriodKind, PeriodRule, Source, TableRule, ValueRule};
use crate::number::number;
use reference::{Marks, Period, ReleaseId};

/// Something wrong with the rules of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The index of the table it is in; `None` for the whole source.
    pub table: Option<usize>,
    /// What was found, as a clause.
    pub found: String,
    /// What to write.
    pub remedy: String,
}

/// The other columns of a tidy release, which no dimension can be called after.
const TAKEN: [&str; 8] = ["series", "area", "period", "value", "status", "sheet", "row", "column"];

impl Source {
    /// Everything that is wrong with the rules themselves.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault =
            |table, found: String, remedy: &str| faults.push(Fault { table, found, remedy: remedy.to_owned() });
        if !self.id.split('-').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        {
            let found = format!("the id `{}` has letters that an id may not have", self.id);
            fault(None, found, "write lower-case letters, digits and single hyphens");
        }
        for (marker, meaning) in self.markers.iter().filter(|(_, meaning)| number(meaning, self).is_err()) {
            let found =
                format!("the marker `{marker}` stands for `{meaning}`, which is neither a number nor a shorthand");
            fault(None, found, "write a number, or [x], [z] or [c]");
        }
        for (sign, mark) in self.footnotes.iter().filter(|(_, mark)| mark.parse::<Marks>().is_err()) {
            fault(None, format!("the footnote `{sign}` stands for `{mark}`"), "write a mark such as [r], or nothing");
        }
        for release in self.releases.iter().filter(|r| r.sha256.parse::<ReleaseId>().is_err()) {
            fault(None, format!("`{}` is not a SHA-256", release.sha256), "write its 64 hexadecimal digits");
        }
        for name in self.dimensions().iter().filter(|d| TAKEN.contains(&d.as_str())) {
            let found = format!("a dimension is called `{name}`, as a column of every release is");
            fault(None, found, "give it another name");
        }
        if self.tables.is_empty() {
            fault(None, "it reads no table".to_owned(), "add one under `tables`");
        }
        for (index, table) in self.tables.iter().enumerate() {
            for (found, remedy) in table.faults() {
                fault(Some(index), found.to_owned(), remedy);
            }
        }
        faults
    }
}

type Words = (&'static str, &'static str);

impl TableRule {
    fn faults(&self) -> Vec<Words> {
        let mut faults: Vec<Words> = self.period.fault().into_iter().collect();
        if self.values.is_empty() {
            faults.push(("it reads no column", "add one under `values`"));
        }
        faults.extend(self.values.iter().flat_map(|v| v.faults(self.period.kind)));
        if self.header.rows == 0 {
            faults.push(("`header.rows` is 0", "say how many heading rows there are, at least 1"));
        }
        faults
    }
}

impl PeriodRule {
    fn fault(&self) -> Option<Words> {
        use PeriodKind as K;
        match self.kind {
            K::Day | K::EndOfMonth | K::EndOfMarch | K::MidYear | K::YearEnding | K::FinancialYear | K::Period => {
                let words =
                    ("the period has no `column`", "add `column:` with the heading of the column that says when");
                self.column.is_none().then_some(words)
            }
            K::FinancialQuarter => {
                let words = (
                    "the period lacks `column` or `quarter`",
                    "add both: the heading of the year's column and of the quarter's",
                );
                (self.column.is_none() || self.quarter.is_none()).then_some(words)
            }
            K::Fixed => {
                let words = ("`period` is missing or is not a period", "write `2011-03-27` or `2017-04-01/2018-03-31`");
                self.period.as_deref().is_none_or(|p| p.parse::<Period>().is_err()).then_some(words)
            }
            K::DaysInSheet => {
                let words = ("the period has no `sheet`", "add `sheet:` with the sheet that says when");
                self.sheet.is_none().then_some(words)
            }
            K::HeadingDay | K::HeadingFinancialYear => None,
        }
    }
}

impl ValueRule {
    fn faults(&self, kind: PeriodKind) -> impl Iterator<Item = Words> {
        let in_headings = matches!(kind, PeriodKind::HeadingDay | PeriodKind::HeadingFinancialYear);
        let column = (self.column.is_none() != in_headings).then_some((
            "a value has a `column` where the period is in the headings, or none where it is not",
            "give `column:` exactly when the period is not in the headings",
        ));
        let series = (self.series.is_some() == self.series_column.is_some())
            .then_some(("a value needs either `series` or `series-column`", "keep one of the two"));
        column.into_iter().chain(series)
    }
}
