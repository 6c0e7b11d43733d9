//! `frameworks/*.yaml` and `templates/data-pack.yaml`, as far as figures need them: a cycle's cut-off and its method of comparison, and which measures a data pack shows.

use crate::{
    measures_file::yaml_problem,
    problem::{Place, Problem},
};
use jiff::civil::Date;

use serde::Deserialize;
use statistics::comparison::{Deviation, Method};

/// A cycle of inspections.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// `2016`, `2018-19` …
    pub id: String,
    /// As printed ("2018/19").
    pub title: String,
    /// The last day of the figures that its documents show.
    pub data_until: Date,
    /// How figures are compared.
    pub method: Method,
    /// Whether the verdict is the house's own for this cycle, or Peelian's calculation by a method documented for another.
    pub documented: bool,
    /// What the annex says about the method.
    pub about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CycleYaml {
    id: String,
    title: String,
    data_until: Date,
    comparison: ComparisonYaml,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ComparisonYaml {
    threshold: f64,
    deviation: DeviationYaml,
    minimum_forces: usize,
    documented: bool,
    about: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DeviationYaml {
    Sample,
    Population,
}

/// The cycle that a framework file describes.
pub fn cycle(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Cycle> {
    let yaml: CycleYaml = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    let comparison = yaml.comparison;
    if comparison.threshold.is_nan() || comparison.threshold <= 0.0 {
        problems.push(Problem::new(
            file,
            Place::FILE,
            format!("`threshold` is {}", comparison.threshold),
            "write how many standard deviations from the average count as higher or lower, such as 0.675",
        ));
        return None;
    }
    Some(Cycle {
        id: yaml.id,
        title: yaml.title,
        data_until: yaml.data_until,
        method: Method {
            threshold: comparison.threshold,
            deviation: match comparison.deviation {
                DeviationYaml::Sample => Deviation::Sample,
                DeviationYaml::Population => Deviation::Population,
            },
            minimum_forces: comparison.minimum_forces,
        },
        documented: comparison.documented,
        about: comparison.about,
    })
}

/// What a data pack shows, in order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackPlan {
    /// The headline numbers.
    pub tiles: Vec<String>,
    /// The sections.
    pub sections: Vec<PackSection>,
}

/// A section of a data pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackSection {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// A sentence or two below the heading.
    #[serde(default)]
    pub introduction: String,
    /// The measures in its table.
    pub measures: Vec<String>,
    /// Its charts.
    pub charts: Vec<PackChart>,
}

/// A chart of a data pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackChart {
    /// What it draws.
    pub kind: PackChartKind,
    /// The measures it draws: one, but for `paired`.
    pub measures: Vec<String>,
    /// The dimension that a stacked chart parts its measure's numerator by, and the labels of each part; the rest is left out.
    #[serde(default)]
    pub parts: Vec<PackPart>,
    /// The dimension of `parts`.
    pub dimension: Option<String>,
}

/// A part of a stacked chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackPart {
    /// What the legend says.
    pub title: String,
    /// The labels that make it up.
    pub labels: Vec<String>,
}

/// The kinds of chart that a data pack can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackChartKind {
    /// The force beside England and Wales, several measures of one unit.
    Paired,
    /// One measure over the years.
    Trend,
    /// One measure, all forces sorted.
    Ranked,
    /// Parts of a whole: the force and England and Wales.
    Stacked,
    /// One measure over the size of its denominator.
    Funnel,
}

/// The plan of `templates/data-pack.yaml`, its measures checked against those that exist.
pub fn pack(file: &str, text: &str, exists: impl Fn(&str) -> bool, problems: &mut Vec<Problem>) -> Option<PackPlan> {
    let plan: PackPlan = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    let in_sections =
        plan.sections.iter().flat_map(|s| s.measures.iter().chain(s.charts.iter().flat_map(|c| &c.measures)));
    for measure in plan.tiles.iter().chain(in_sections).filter(|m| !exists(m)) {
        let line = text.lines().position(|l| l.contains(measure.as_str())).map_or(1, |i| i as u64 + 1);
        problems.push(Problem::new(
            file,
            Place::line(line),
            format!("there is no measure `{measure}`"),
            "correct the id; `peelian measures` lists them",
        ));
    }
    Some(plan)
}
