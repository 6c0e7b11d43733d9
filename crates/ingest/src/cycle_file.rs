//! `frameworks/*.yaml`, as far as figures need them: a cycle's cut-off and its method of comparison.

use crate::{
    measures_file::yaml_problem,
    problem::{Place, Problem},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;
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

/// The rest of the file is [`inspection::framework::Framework`]'s.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct CycleYaml {
    id: String,
    title: String,
    data_until: Date,
    comparison: ComparisonYaml,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ComparisonYaml {
    threshold: Spanned<f64>,
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
    let threshold = comparison.threshold.value;
    if threshold.is_nan() || threshold <= 0.0 {
        problems.push(Problem::new(
            file,
            Place::line(comparison.threshold.referenced.line()),
            format!("`threshold` is {threshold}"),
            "write how many standard deviations from the average count as higher or lower, such as 0.675",
        ));
        return None;
    }
    Some(Cycle {
        id: yaml.id,
        title: yaml.title,
        data_until: yaml.data_until,
        method: Method {
            threshold,
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
