//! Templates of the inspectorate's folder, read into what `report` prints from.

use ingest::{Folder, Problem, measures_file::yaml_problem, problem::Place, wording::did_you_mean};
use report::pack::PackPlan;

const PACK: &str = "templates/data-pack.yaml";

/// The plan of a data pack, its measures checked against those that exist.
pub fn pack(folder: &Folder) -> Result<PackPlan, Vec<Problem>> {
    let unreadable = |error: std::io::Error| {
        vec![Problem::new(
            PACK,
            Place::FILE,
            format!("it cannot be read ({error})"),
            "`peelian new` writes one to start from",
        )]
    };
    let text = std::fs::read_to_string(folder.path.join(PACK)).map_err(unreadable)?;
    let plan: PackPlan = serde_saphyr::from_str(&text).map_err(|e| vec![yaml_problem(PACK, &e)])?;
    let unknown = plan.measures().into_iter().filter(|id| folder.all_measures && folder.measure(id).is_none());
    let problems: Vec<Problem> = unknown
        .map(|id| {
            let line = text.lines().position(|l| l.contains(id)).map_or(1, |i| i as u64 + 1);
            Problem::new(
                PACK,
                Place::line(line),
                format!(
                    "there is no measure `{id}`{}",
                    did_you_mean(id, folder.measures.iter().map(|m| m.id.as_str()))
                ),
                "correct the id; `peelian measures` lists them",
            )
        })
        .collect();
    if problems.is_empty() { Ok(plan) } else { Err(problems) }
}
