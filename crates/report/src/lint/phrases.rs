//! P003, P006 and P014: verdicts, years of judgments and grades that are typed where an expression belongs.

use super::{Reading, exempt::is_year, line::Line};
use crate::rule::{Remark, Rule};
use inspection::Grade;
use std::ops::Range;

const NATIONAL: [&[&str]; 4] = [&["england", "and", "wales"], &["national"], &["most", "similar"], &["average"]];

const FIGURES: [&str; 6] = ["average", "averages", "rate", "figure", "mean", "level"];

/// P003: a verdict comes only from the data.
pub(super) fn verdicts(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    let mut place = 0;
    while place < line.tokens.len() {
        let Some(end) = verdict(line, place) else {
            place += 1;
            continue;
        };
        let found = format!("`{}` is typed", line.written(place..end));
        let sentence = line.sentence(place);
        let call = line.tokens[sentence]
            .iter()
            .filter_map(|t| t.call())
            .find(|c| ["value", "period", "difference"].contains(&c.name.as_str()));
        let measure = call.and_then(|c| c.at(0)).unwrap_or("measure");
        let remedy = if line.written(place..end).to_lowercase().contains("significant") {
            format!(
                "write `{{{{ difference(\"{measure}\") }}}}`, which says whether a difference is statistically significant, or use another word"
            )
        } else {
            format!("write `{{{{ compared(\"{measure}\", \"england-and-wales\") }}}}`, which prints the whole clause")
        };
        remarks.push(reading.remark(line.tokens[place].at, Rule::VerdictByHand, found, remedy));
        place = end;
    }
}

fn verdict(line: &Line<'_>, place: usize) -> Option<usize> {
    let any = |place: usize, words: &[&str]| line.word(place).is_some_and(|w| words.contains(&w));
    if line.says(place, &["broadly", "in", "line"]) {
        return Some(place + 3);
    }
    if line.says(place, &["in", "line", "with"]) {
        return against(line, place + 3);
    }
    if any(place, &["not"]) && line.says(place + 1, &["statistically", "significant"]) {
        return Some(place + 3);
    }
    if any(place, &["statistically"]) && any(place + 1, &["significant", "significantly"]) {
        return Some(place + 2);
    }
    if any(place, &["significantly"]) {
        let direction =
            ["higher", "lower", "more", "less", "fewer", "better", "worse", "above", "below", "larger", "smaller"];
        return any(place + 1, &direction).then_some(place + 2);
    }
    if any(
        place,
        &["higher", "lower", "better", "worse", "above", "below", "greater", "smaller", "more", "less", "fewer"],
    ) {
        let preposition = any(place, &["above", "below"]);
        let than = line.says(place + 1, &["than"]);
        return (preposition || than).then(|| against(line, place + 1 + usize::from(than))).flatten();
    }
    let joined = line.word(place).is_some_and(|w| w == "above-average" || w == "below-average");
    joined.then_some(place + 1)
}

/// Where "the England and Wales average", "the national rate" or "average" ends.
fn against(line: &Line<'_>, place: usize) -> Option<usize> {
    let article = line.word(place).is_some_and(|w| ["the", "its", "that", "their"].contains(&w));
    let place = place + usize::from(article);
    let end = place + NATIONAL.iter().find(|n| line.says(place, n))?.len();
    // "the average officer" is no average.
    let ends = line
        .word(end)
        .is_none_or(|w| ["in", "for", "of", "and", "but", "on", "at", "nationally", "overall"].contains(&w));
    let nothing_but_average = line.before(end) == Some("average") && ends;
    let mut figure = end;
    if line.says(figure, &["group"]) {
        figure += 1;
    }
    let of_it = line.word(figure).is_some_and(|w| FIGURES.contains(&w));
    match (of_it, nothing_but_average) {
        (true, _) => Some(figure + 1),
        (false, true) => Some(end),
        // "in line with the England and Wales" something, whatever it is called.
        (false, false) => line.says(place, &["england", "and", "wales"]).then_some(end),
    }
}

/// Words that make a sentence one about a judgment.
const JUDGING: [&[&str]; 13] = [
    &["still", "stands"],
    &["still", "stand"],
    &["stands", "from"],
    &["stand", "from"],
    &["last", "inspected"],
    &["was", "judged"],
    &["was", "graded"],
    &["was", "rated"],
    &["were", "judged"],
    &["were", "graded"],
    &["we", "judged"],
    &["we", "graded"],
    &["we", "rated"],
];

const JUDGMENTS: [&str; 6] = ["judgment", "judgments", "judgement", "grade", "grades", "grading"];

/// What can be carried over and is no judgment.
const LEFT_OVER: [&str; 12] = [
    "leave",
    "holiday",
    "holidays",
    "days",
    "hours",
    "money",
    "budget",
    "underspend",
    "funding",
    "funds",
    "savings",
    "cases",
];

/// How many words after "the judgment of" a year is still the judgment's.
const REACH: usize = 8;

/// P006: the year of a judgment comes from the record.
pub(super) fn years(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    for sentence in &line.sentences {
        let judging = sentence.clone().any(|place| judges(line, place, sentence));
        for place in sentence.clone() {
            let year = line.word(place).is_some_and(is_year) && !whole_date(line, place);
            if !year || !(judging || belongs_to_a_judgment(line, place, sentence)) {
                continue;
            }
            let typed = line.written(place..place + 1);
            let named = |id: &str, title: &str| id == typed || title == typed;
            let frameworks = reading.desk.house.frameworks;
            let made = reading.standing(|s| frameworks.iter().any(|f| f.id == s.cycle && named(&f.id, &f.title)));
            let expressions = reading.expressions("last_inspected", &made);
            let remedy = format!(
                "write {expressions}, `carried_over` for the whole sentence, or `{{{{ year(\"publication\") }}}}`"
            );
            let found = format!("`{typed}` is typed in a sentence about a judgment");
            remarks.push(reading.remark(line.tokens[place].at, Rule::TypedYear, found, remedy));
        }
    }
}

/// Whether a sentence says at a place that something was judged, was inspected before, or carries over.
fn judges(line: &Line<'_>, place: usize, sentence: &Range<usize>) -> bool {
    let left_over = || line.words_in(sentence.clone()).any(|w| LEFT_OVER.contains(&w));
    let carries = line.says(place, &["carried", "over"])
        || line.says(place, &["carries", "over"])
        || line.says(place, &["carry", "over"]);
    carries && !left_over() || JUDGING.iter().any(|words| line.says(place, words))
}

/// "the judgment of 2015", "the 2015 judgment".
fn belongs_to_a_judgment(line: &Line<'_>, year: usize, sentence: &Range<usize>) -> bool {
    let judgment = |place: usize| line.word(place).is_some_and(|w| JUDGMENTS.contains(&w));
    let of = |place: usize| line.word(place + 1).is_some_and(|w| ["of", "from", "in"].contains(&w));
    let before = year.saturating_sub(REACH).max(sentence.start)..year;
    judgment(year + 1) || before.into_iter().any(|place| judgment(place) && of(place))
}

/// A day of a month of a year is the date of something else than an inspection: a figure, a publication.
fn whole_date(line: &Line<'_>, place: usize) -> bool {
    let day = |word: &str| word.len() < 3 && word.parse::<u8>().is_ok();
    place.checked_sub(2).and_then(|p| line.word(p)).is_some_and(day) && line.tokens[place - 1].capital
}

/// Words that may stand after a grade; after anything else it says what something is like ("good plans").
const AFTER_A_GRADE: [&str; 22] = [
    "at", "in", "for", "overall", "on", "by", "because", "when", "and", "or", "but", "with", "this", "again", "as",
    "across", "to", "while", "although", "both", "since", "last",
];

/// P014: a grade comes from the record.
pub(super) fn grades(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    let mut place = 0;
    while place < line.tokens.len() {
        let Some(grade) = graded(line, place) else {
            place += 1;
            continue;
        };
        let typed = line.written(grade.clone()).to_lowercase();
        let found = format!("`{typed}` is typed");
        let graded = reading.standing(|s| s.value.words() == typed);
        let remedy =
            format!("write {}, or use another word where no judgment is meant", reading.expressions("grade", &graded));
        remarks.push(reading.remark(line.tokens[grade.start].at, Rule::GradeByHand, found, remedy));
        place = grade.end;
    }
}

/// The words of a grade at a place.
fn grade(line: &Line<'_>, place: usize) -> Option<Range<usize>> {
    let words = |g: Grade| g.words().split(' ').collect::<Vec<_>>();
    Grade::ALL.into_iter().map(words).find(|w| line.says(place, w)).map(|w| place..place + w.len())
}

/// The typed grade of a sentence that begins to grade at a place.
fn graded(line: &Line<'_>, place: usize) -> Option<Range<usize>> {
    if line.says(place, &["requires", "improvement"]) && !line.heading {
        return Some(place..place + 2);
    }
    if in_a_judgment(line, place) {
        return grade(line, place);
    }
    let word = line.word(place)?;
    if ["is", "are", "was", "were", "remains"].contains(&word) {
        // "The force is inadequate": what is said of a whole force is a grade, if the word is one.
        let of_a_force =
            line.before(place).is_some_and(|w| ["force", "constabulary", "police", "service"].contains(&w));
        let found = [line.says(place + 1, &["found", "to", "be"]), line.says(place + 1, &["considered"])];
        let after = place + 1 + if found[0] { 3 } else { usize::from(found[1]) };
        return grade(line, after).filter(|g| line.says(g.end, &["at"]) || of_a_force && says_a_grade(line, g));
    }
    if !["judged", "graded", "rated", "assessed", "judge", "grade"].contains(&word) {
        return None;
    }
    let mut between = 0;
    let mut next = place + 1;
    while between <= 5 && line.word(next).is_some() {
        if let Some(grade) = grade(line, next).filter(|g| says_a_grade(line, g)) {
            return Some(grade);
        }
        between += 1;
        next += 1;
    }
    None
}

/// "The grade for its vetting is good", "the judgment, good, stands".
fn in_a_judgment(line: &Line<'_>, place: usize) -> bool {
    let judges = |words: Range<usize>| line.words_in(words).any(|w| JUDGMENTS.contains(&w));
    let verb =
        line.before(place).is_some_and(|w| ["is", "are", "was", "were", "remains", "remain", "as", "of"].contains(&w));
    let aside = place.checked_sub(1).is_some_and(|p| line.tokens[p].marks(&[',']));
    let grade = grade(line, place).filter(|g| line.word(g.end).is_none_or(|w| AFTER_A_GRADE.contains(&w)));
    (verb || aside) && grade.is_some() && judges(line.sentence(place).start..place)
}

/// Whether the word is the grade itself ("judged as good.") and not what something is like ("assessed how good its plans are").
fn says_a_grade(line: &Line<'_>, grade: &Range<usize>) -> bool {
    let open = line.before(grade.start).is_some_and(|w| ["how", "very", "more", "so", "a", "of"].contains(&w));
    !open && line.word(grade.end).is_none_or(|w| AFTER_A_GRADE.contains(&w))
}
