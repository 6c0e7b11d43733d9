//! The work that is compared with pandas: every measure, for every force, for every period, through the library.

use ingest::Folder;
use rayon::prelude::*;
use reference::AreaId;
use statistics::{
    compared::{Compared, Rulings, compare},
    comparison::Method,
    measure::{Measure, Panel, Prepared},
    observations::Observations,
};
use std::{error::Error, path::Path};

/// What both sides are told before the clock starts: the forces, the measures and the method.
pub struct Task {
    folder: Folder,
    /// The forces in scope, in order.
    pub forces: Vec<AreaId>,
    /// The method of comparison.
    pub method: Method,
}

/// One measure in one period.
pub struct Answer<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// The figures of every force.
    pub panel: Panel,
    /// Average, spread, verdicts and intervals.
    pub compared: Compared,
}

impl Task {
    /// Reads the definitions of `content` and takes the tidy releases from `figures/observations`.
    ///
    /// # Errors
    /// When the folder has any problem.
    pub fn open(content: &Path, figures: &Path) -> Result<Self, Box<dyn Error>> {
        let (mut folder, problems) = Folder::open(content).map_err(|p| p.to_string())?;
        if let Some(problem) = problems.first() {
            return Err(problem.to_string().into());
        }
        folder.path = figures.to_path_buf();
        let forces = folder.forces();
        Ok(Self { folder, forces, method: Method::default() })
    }

    /// Every measure there is, those without figures too.
    pub fn measures(&self) -> &[Measure] {
        &self.folder.measures
    }

    /// Loads the releases that hold anything that a measure sums.
    ///
    /// # Errors
    /// When a release does not read.
    pub fn load(&self) -> Result<Observations, Box<dyn Error>> {
        let terms = self.measures().iter().flat_map(|m| m.numerator.iter().chain(&m.denominator));
        let series: Vec<&str> = terms.map(|t| t.series.as_str()).collect();
        let loaded = self.folder.observations(Some(&series), false);
        loaded.map_err(|problems| problems.iter().map(ToString::to_string).collect::<String>().into())
    }

    /// Everything: numerator, denominator, value, average, d, z under both centrings, verdicts and intervals.
    pub fn compute(&self, observations: &Observations) -> Vec<Answer<'_>> {
        let (rulings, pins) = (Rulings::default(), []);
        let all = self.measures().par_iter().flat_map_iter(|measure| {
            let prepared = Prepared::new(measure, observations, &self.forces, &pins);
            let panels: Vec<Panel> = prepared.periods().into_iter().filter_map(|day| prepared.at(day)).collect();
            panels.into_iter().map(|panel| {
                let compared = compare(&panel, measure, &rulings, &self.method);
                Answer { measure, panel, compared }
            })
        });
        all.collect()
    }
}
