//! What a data pack shows, in order: `templates/data-pack.yaml`.
use serde::Deserialize;

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

impl PackPlan {
    /// Every measure that it names, once, in order.
    #[must_use]
    pub fn measures(&self) -> Vec<&str> {
        let in_sections =
            self.sections.iter().flat_map(|s| s.measures.iter().chain(s.charts.iter().flat_map(|c| &c.measures)));
        let mut names: Vec<&str> = Vec::new();
        for name in self.tiles.iter().chain(in_sections) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}
