//! `reviews/*.yaml`: what a review of case files draws its sample from, and how many files of each force it reads.

use crate::{
    measures_file::yaml_problem,
    problem::{Place, Problem},
};
use reference::Register;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::collections::BTreeMap;

/// A review of case files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its id, which is the file's name.
    pub id: String,
    /// As documents name it.
    pub title: String,
    /// How many files of each force are read.
    pub files: usize,
    /// How many of some forces, by their ids.
    pub except: BTreeMap<String, usize>,
    /// The months whose crimes are in the frame, `YYYY-MM`; all when there are none.
    pub months: Vec<String>,
    /// The crime types in the frame, as published; all when there are none.
    pub crime_types: Vec<String>,
    /// Whether each crime type gets its share.
    pub stratified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ReviewYaml {
    id: Spanned<String>,
    title: String,
    files: Spanned<usize>,
    #[serde(default)]
    except: BTreeMap<String, Spanned<usize>>,
    #[serde(default)]
    months: Vec<Spanned<String>>,
    #[serde(default)]
    crime_types: Vec<String>,
    #[serde(default)]
    stratified: bool,
}

/// The review that a file describes. Forces are looked up in `register` where it has any.
pub fn review(file: &str, text: &str, register: &Register, problems: &mut Vec<Problem>) -> Option<Review> {
    let yaml: ReviewYaml = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    let before = problems.len();
    let mut tell = |line: u64, problem: String, remedy: &str| {
        problems.push(Problem::new(file, Place::line(line), problem, remedy))
    };
    let name = file.rsplit('/').next().and_then(|n| n.strip_suffix(".yaml")).unwrap_or(file);
    if yaml.id.value != name {
        tell(
            yaml.id.referenced.line(),
            format!("review `{}` is in a file of another name", yaml.id.value),
            "name the file after its id",
        );
    }
    if yaml.files.value == 0 {
        tell(yaml.files.referenced.line(), "no files are read".to_owned(), "write how many of each force, such as 60");
    }
    let has_forces = !register.forces().is_empty();
    for (force, files) in yaml.except.iter().filter(|(force, _)| has_forces && register.force(force).is_none()) {
        tell(files.referenced.line(), format!("`{force}` is no force"), "write an id of register/forces.csv");
    }
    for month in yaml.months.iter().filter(|m| !is_month(&m.value)) {
        tell(month.referenced.line(), format!("`{}` is no month", month.value), "write it as \"2018-05\"");
    }
    (problems.len() == before).then(|| Review {
        id: yaml.id.value,
        title: yaml.title,
        files: yaml.files.value,
        except: yaml.except.into_iter().map(|(force, files)| (force, files.value)).collect(),
        months: yaml.months.into_iter().map(|m| m.value).collect(),
        crime_types: yaml.crime_types,
        stratified: yaml.stratified,
    })
}

/// Whether it is written `YYYY-MM`.
fn is_month(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        review("reviews/r.yaml", text, &Register::default(), &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_review_that_ships_is_that_of_2018_19() {
        let text = include_str!("../../../content/reviews/crime-files-2018-19.yaml");
        let mut problems = Vec::new();
        let review = review("reviews/crime-files-2018-19.yaml", text, &Register::default(), &mut problems).unwrap();
        assert_eq!((review.files, review.except["metropolitan"], review.months.len()), (60, 90, 3));
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let all = told("id: other\ntitle: T\nfiles: 0\nmonths: [\"2018-13\"]\n");
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[0].contains("line 1") && all[1].contains("line 3") && all[2].contains("line 4"), "{all:?}");
        assert_eq!(told("id: r\ntitle: T\nfiles: sixty\n").len(), 1);
    }
}
