//! P007: another force is named only by `force("…")`, which asks whether there is a reason to.

use super::{
    Reading,
    line::{self, Line},
};
use crate::rule::{Remark, Rule};
use reference::Force;

/// The names of the forces that are not the desk's own.
pub(super) struct Names<'r>(Vec<Name<'r>>);

struct Name<'r> {
    force: &'r Force,
    words: Vec<String>,
    /// Whether it must stand in capitals, as an abbreviation does.
    abbreviation: bool,
    /// Whether a word such as "Police" must follow, because the words alone are a place.
    place: bool,
}

const OF_A_PLACE: [&str; 7] = ["police", "constabulary", "force", "force's", "force’s", "police's", "police’s"];

impl<'r> Names<'r> {
    /// The names of these forces, the longest first.
    pub fn of(forces: impl Iterator<Item = &'r Force>) -> Self {
        let mut names = Vec::new();
        for force in forces {
            let mut name = |text: &str| {
                let words = line::words(text);
                let says_police = words.iter().any(|w| ["police", "constabulary"].contains(&w.as_str()));
                let abbreviation = text.len() > 1 && text.chars().all(char::is_uppercase);
                names.push(Name { force, words, abbreviation, place: !says_police && !abbreviation });
            };
            name(&force.name);
            name(&force.short_name);
            force.aliases.iter().for_each(|alias| name(&alias.name));
        }
        names.retain(|n| !n.words.is_empty());
        names.sort_by_key(|n| std::cmp::Reverse(n.words.len()));
        Self(names)
    }

    fn at(&self, line: &Line<'_>, place: usize) -> Option<(&'r Force, usize)> {
        self.0.iter().find_map(|name| {
            let end = place + name.words.len();
            let fits = |(i, word): (usize, &String)| {
                line.tokens.get(place + i).is_some_and(|t| match &t.sort {
                    line::Sort::Word(found) => found == word || i + 1 == name.words.len() && is_possessive(found, word),
                    line::Sort::Mark(mark) => word.chars().eq([*mark]),
                    line::Sort::Call(_) => false,
                })
            };
            if !name.words.iter().enumerate().all(fits) || !line.tokens[place].capital {
                return None;
            }
            let written = line.written(place..end);
            if name.abbreviation && !written.chars().take_while(|c| c.is_alphabetic()).all(char::is_uppercase) {
                return None;
            }
            let end = if name.place { end + 1 } else { end };
            let follows = !name.place || line.word(end - 1).is_some_and(|w| OF_A_PLACE.contains(&w));
            // "Kent Police and Crime Panel" is no force.
            let of_crime = line.says(end, &["and", "crime"]) && line.tokens[end + 1].capital;
            (follows && !of_crime).then_some((name.force, end))
        })
    }
}

/// "Kent Police's", "the MPS’s".
fn is_possessive(found: &str, word: &str) -> bool {
    found.strip_prefix(word).is_some_and(|rest| ["'s", "’s"].contains(&rest))
}

/// Every name of another force in a line.
pub(super) fn check(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    let mut place = 0;
    while place < line.tokens.len() {
        let Some((force, end)) = reading.names.at(line, place) else {
            place += 1;
            continue;
        };
        let found = format!("`{}` is typed", line.written(place..end));
        let reason = if reading.desk.may_name(&force.id) {
            ""
        } else {
            ", and name it under `involves:` of the evidence that it has to do with"
        };
        let remedy = format!("write `{{{{ force(\"{}\") }}}}`{reason}", force.id);
        remarks.push(reading.remark(line.tokens[place].at, Rule::AnotherForce, found, remedy));
        place = end;
    }
}
