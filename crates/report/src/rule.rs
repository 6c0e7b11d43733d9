//! The rules that a text must keep before it is printed, each with a code and a page.

use crate::draft::Position;
use std::fmt;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $title:literal;)*) => {
        /// A rule. Its page says what it looks for, why, and what to write instead.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// Every rule, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Its title.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// Its page, in Markdown.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../rules/", $code, ".md")),)* }
            }
        }
    };
}

rules! {
    /// A number that is bound to nothing.
    UnboundNumber = "P001", "A number is bound to nothing";
    /// A number that is not what its data says.
    ContradictsItsData = "P002", "A number contradicts its data";
    /// A verdict typed by hand.
    VerdictByHand = "P003", "A verdict is typed by hand";
    /// A name that nothing has.
    UnknownName = "P004", "A name is not known";
    /// A noun that is not the measure's.
    WrongNoun = "P005", "The noun is not the measure's";
    /// The year of a judgment typed by hand.
    TypedYear = "P006", "The year of a judgment is typed";
    /// The name of another force.
    AnotherForce = "P007", "Another force is named";
    /// A claim that nobody is said to make.
    ClaimWithoutSource = "P008", "A claim has no source";
    /// A ratio of unlike parts.
    UnlikeParts = "P009", "A ratio counts different things";
    /// A press release that leaves out a grade or a cause of concern.
    ReleaseLeavesOut = "P010", "A press release leaves something out";
    /// A press release that is stronger than its findings.
    ReleaseStronger = "P011", "A press release is stronger than its findings";
    /// Parts that do not add up.
    PartsDoNotAddUp = "P012", "Parts do not add up";
    /// Counts called a proportion.
    CountAsProportion = "P013", "A count is called a proportion";
    /// A grade typed by hand.
    GradeByHand = "P014", "A grade is typed by hand";
    /// Grades of different scales compared.
    AcrossScales = "P015", "Grades of different scales are compared";
    /// A heading that the framework does not have.
    UnknownHeading = "P016", "A heading is not the framework's";
    /// A text that no document prints.
    NowherePrinted = "P017", "A text is printed nowhere";
    /// An expression or a text that cannot be read.
    CannotBeRead = "P018", "It cannot be read";
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The file.
    pub file: String,
    /// The place in it.
    pub at: Position,
    /// The rule.
    pub rule: Rule,
    /// What was found.
    pub found: String,
    /// What to write.
    pub remedy: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} {}: {}", self.file, self.at.line, self.at.column, self.rule, self.found, self.remedy)
    }
}

/// What is wrong, before it is known where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: Rule,
    /// What was found.
    pub found: String,
    /// What to write.
    pub remedy: String,
}

impl Fault {
    /// A fault.
    pub fn new(rule: Rule, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { rule, found: found.into(), remedy: remedy.into() }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(self, file: &str, at: Position) -> Remark {
        Remark { file: file.to_owned(), at, rule: self.rule, found: self.found, remedy: self.remedy }
    }
}

/// The known names that are nearest to one that is not, best first, as a remedy: "did you mean `a` or `b`?".
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let mut near: Vec<(f64, &str)> =
        known.into_iter().map(|k| (strsim::jaro_winkler(name, k), k)).filter(|(s, _)| *s > 0.75).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup();
    let names: Vec<String> = near.iter().take(3).map(|(_, k)| format!("`{k}`")).collect();
    match names.split_last() {
        None => "use a name that is on record".to_owned(),
        Some((last, [])) => format!("did you mean {last}?"),
        Some((last, rest)) => format!("did you mean {} or {last}?", rest.join(", ")),
    }
}
