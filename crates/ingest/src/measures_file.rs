//! `measures/*.yaml` and `measures/comparability.csv`: what is counted, and where comparing is unsafe.

use crate::{
    problem::{Place, Problem},
    series::{Labels, Use},
    table_file::TableFile,
    wording::{did_you_mean, nearest},
};
use reference::{Length, Register};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_saphyr::Spanned;
use statistics::{
    comparability::{Effect, Flag},
    measure::{Chance, DenominatorPeriod, Direction, Kind, Measure},
    observations::{Condition, Term},
};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MeasureYaml {
    id: Spanned<String>,
    title: String,
    noun: String,
    #[serde(default)]
    also: Vec<String>,
    subject: String,
    kind: KindYaml,
    numerator: Vec<TermYaml>,
    #[serde(default)]
    denominator: Vec<TermYaml>,
    #[serde(default)]
    denominator_period: DenominatorPeriodYaml,
    per: Option<Decimal>,
    decimals: u32,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    months: u8,
    direction: DirectionYaml,
    chance: ChanceYaml,
    source: String,
    definition: String,
    #[serde(default)]
    caveats: Vec<String>,
    mixed_units: Option<String>,
    #[serde(default)]
    distorted_by: BTreeMap<String, String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum KindYaml {
    Count,
    Rate,
    Percent,
    Mean,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum DirectionYaml {
    HigherIsBetter,
    LowerIsBetter,
    Neutral,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum ChanceYaml {
    Events,
    Cases,
    None,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "kebab-case")]
enum DenominatorPeriodYaml {
    #[default]
    Same,
    Latest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermYaml {
    series: Spanned<String>,
    #[serde(default)]
    only: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    except: BTreeMap<String, Vec<Spanned<String>>>,
}

impl TermYaml {
    fn term(self) -> Term {
        let condition = |except| {
            move |(dimension, labels): (String, Vec<Spanned<String>>)| Condition {
                dimension,
                labels: labels.into_iter().map(|l| l.value).collect(),
                except,
            }
        };
        let only = self.only.into_iter().map(condition(false));
        let conditions = only.chain(self.except.into_iter().map(condition(true))).collect();
        Term { series: self.series.value, conditions }
    }

    /// What it names, and where.
    fn used(&self, file: &str, measure: &str, length: Option<Length>) -> Use {
        let labels = |(dimension, labels): (&String, &Vec<Spanned<String>>)| Labels {
            dimension: dimension.clone(),
            labels: labels.iter().map(|l| (l.referenced.line(), l.value.clone())).collect(),
        };
        Use {
            file: file.to_owned(),
            line: self.series.referenced.line(),
            measure: measure.to_owned(),
            length,
            series: self.series.value.clone(),
            labels: self.only.iter().chain(&self.except).map(labels).collect(),
        }
    }
}

/// A measure as its file defines it.
#[derive(Debug)]
pub struct Defined {
    /// The line on which it begins.
    pub line: u64,
    /// The measure.
    pub measure: Measure,
    /// What it names of series.
    pub uses: Vec<Use>,
}

/// The measures of one YAML file.
pub fn measures(file: &str, text: &str, register: &Register, problems: &mut Vec<Problem>) -> Vec<Defined> {
    match serde_saphyr::from_str::<Vec<MeasureYaml>>(text) {
        Ok(list) => list.into_iter().filter_map(|yaml| measure(file, yaml, register, problems)).collect(),
        Err(error) => {
            problems.push(yaml_problem(file, &error));
            Vec::new()
        }
    }
}

/// What is wrong with a YAML text, with its line.
#[must_use]
pub fn yaml_problem(file: &str, error: &serde_saphyr::Error) -> Problem {
    let place = error.location().map_or(Place::FILE, |at| Place::line(at.line()));
    let text = error.without_snippet().to_string();
    let first = text.lines().next().unwrap_or("it cannot be read");
    if too_large(error) {
        let remedy = "split it: 10,000 commands in a file always fit";
        return Problem::new(file, place, "the file holds more than is read at once", remedy);
    }
    // The place is told before the problem.
    let first = first.split_once(" at line ").map_or(first, |(problem, _)| problem);
    let near = meant(first).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    let model = match file.split('/').next() {
        Some("measures" | "sources") => "docs/measures.md describes every field",
        Some("record") => "docs/records.md describes every command",
        Some("threads") => "docs/records.md describes threads",
        _ => "the files that `peelian new` writes are examples of every field",
    };
    Problem::new(file, place, first, format!("{near}correct the line; {model}"))
}

/// Whether the file is refused for its size alone.
pub(crate) fn too_large(error: &serde_saphyr::Error) -> bool {
    error.without_snippet().to_string().contains("budget breached")
}

/// The name that was probably meant, where a reader of YAML or TOML names what it expected: "unknown field `nmae`, expected `name` or
/// `banner`".
pub(crate) fn meant(message: &str) -> Option<&str> {
    let (found, expected) = message.strip_prefix("unknown ")?.split_once(", expected ")?;
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let names = expected.trim_start_matches("one of").split(|c| !is_name(c)).filter(|n| !n.is_empty() && *n != "or");
    nearest(found.split('`').nth(1)?, names)
}

fn measure(file: &str, yaml: MeasureYaml, register: &Register, problems: &mut Vec<Problem>) -> Option<Defined> {
    let line = yaml.id.referenced.line();
    let id = yaml.id.value;
    let before = problems.len();
    let mut problem = |found: String, remedy: &str| {
        problems.push(Problem::new(file, Place::line(line), format!("measure `{id}`: {found}"), remedy))
    };
    let lawful = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !lawful {
        problem(
            "the id has letters that an id may not have".to_owned(),
            "write lower-case letters, digits and hyphens",
        );
    }
    if yaml.numerator.is_empty() {
        problem("`numerator` is empty".to_owned(), "name at least one series");
    }
    if (yaml.kind == KindYaml::Count) != yaml.denominator.is_empty() {
        problem("a count has no denominator and everything else has one".to_owned(), "add or remove `denominator`");
    }
    if yaml.kind == KindYaml::Rate && yaml.per.is_none() {
        problem("a rate does not say per how many".to_owned(), "add `per: 1000`");
    }
    let months = yaml.months;
    if months > 0 && !12_u8.is_multiple_of(months) && !months.is_multiple_of(12) {
        problem(format!("`months` is {months}, and no period has that many"), "write 0 for a day, or 1, 3, 6 or 12");
    }
    let mut distorted_by = Vec::new();
    for (force, reason) in yaml.distorted_by {
        match register.force(&force) {
            Some(force) => distorted_by.push((force.id.clone(), reason)),
            None if register.forces().is_empty() => {}
            None => {
                let near = did_you_mean(&force, register.forces().iter().map(|f| f.id.as_str()));
                problem(format!("`{force}` is not a force of the register{near}"), "write the id of a force");
            }
        }
    }
    if problems.len() > before {
        return None;
    }
    let kind = match yaml.kind {
        KindYaml::Count => Kind::Count,
        KindYaml::Rate => Kind::Rate,
        KindYaml::Percent => Kind::Percent,
        KindYaml::Mean => Kind::Mean,
    };
    let hundred = if kind == Kind::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let length = if months == 0 { Length::Instant } else { Length::Months(months) };
    let same = matches!(yaml.denominator_period, DenominatorPeriodYaml::Same);
    let used = |terms: &[TermYaml], length| terms.iter().map(|t| t.used(file, &id, length)).collect::<Vec<_>>();
    let uses = [used(&yaml.numerator, Some(length)), used(&yaml.denominator, same.then_some(length))].concat();
    let measure = Measure {
        id,
        title: yaml.title,
        noun: yaml.noun,
        also: yaml.also,
        subject: yaml.subject,
        kind,
        numerator: yaml.numerator.into_iter().map(TermYaml::term).collect(),
        denominator: yaml.denominator.into_iter().map(TermYaml::term).collect(),
        denominator_period: match yaml.denominator_period {
            DenominatorPeriodYaml::Same => DenominatorPeriod::Same,
            DenominatorPeriodYaml::Latest => DenominatorPeriod::Latest,
        },
        per: yaml.per.unwrap_or(hundred),
        decimals: yaml.decimals,
        prefix: yaml.prefix,
        suffix: yaml.suffix,
        length,
        direction: match yaml.direction {
            DirectionYaml::HigherIsBetter => Direction::HigherIsBetter,
            DirectionYaml::LowerIsBetter => Direction::LowerIsBetter,
            DirectionYaml::Neutral => Direction::Neutral,
        },
        chance: match yaml.chance {
            ChanceYaml::Events => Chance::Events,
            ChanceYaml::Cases => Chance::Cases,
            ChanceYaml::None => Chance::None,
        },
        source: yaml.source,
        definition: yaml.definition,
        caveats: yaml.caveats,
        mixed_units: yaml.mixed_units,
        distorted_by,
    };
    Some(Defined { line, measure, uses })
}

/// What a flag can be about.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The measures; `None` when not all of them could be read.
    pub measures: Option<&'a [Measure]>,
    /// The forces.
    pub register: &'a Register,
}

/// The flags of `measures/comparability.csv`, each about measures and forces that exist.
pub fn flags(file: &str, text: &str, known: &Known<'_>, problems: &mut Vec<Problem>) -> Vec<Flag> {
    let Some(table) = TableFile::read(file, text, &["measure", "force", "from", "to", "effect", "reason"], problems)
    else {
        return Vec::new();
    };
    let mut flags = Vec::new();
    for row in table.rows() {
        let effect = match row.one_of("effect", &["annotate", "block"], problems) {
            Some("block") => Effect::Block,
            Some(_) => Effect::Annotate,
            None => continue,
        };
        let mut day = |column| match row.text(column) {
            "" => None,
            _ => row.parse(column, problems),
        };
        let days = (day("from"), day("to"));
        let (measure, force) = (row.text("measure"), row.text("force"));
        let beginning = measure.strip_suffix('*');
        let exists = |m: &&Measure| beginning.map_or(m.id == measure, |b| m.id.starts_with(b));
        if known.measures.is_some_and(|measures| !measures.iter().any(|m| exists(&m))) {
            let ids = known.measures.into_iter().flatten().map(|m| m.id.as_str());
            let found = format!("no measure is or begins with `{measure}`{}", did_you_mean(measure, ids));
            row.problem("measure", found, "correct the id; `peelian measures` lists them", problems);
        }
        let forces = known.register.forces();
        if force != "*" && known.register.force(force).is_none() && !forces.is_empty() {
            let near = did_you_mean(force, forces.iter().map(|f| f.id.as_str()));
            let found = format!("`{force}` is not a force of the register{near}");
            row.problem("force", found, "write the id of a force, or * for all", problems);
        }
        flags.push(Flag {
            measure: measure.to_owned(),
            force: force.to_owned(),
            days,
            effect,
            reason: row.text("reason").to_owned(),
        });
    }
    flags
}
