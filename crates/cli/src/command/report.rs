//! `peelian report`: one document of one force.

use crate::{
    arguments::{Product, Report},
    command::publish::{Press, data},
    edition::Edition,
    outcome::{CannotRun, Outcome, Problems, name},
    template,
    workspace::{self, Workspace},
};
use std::path::Path;

/// Writes the document in every format asked for.
pub fn run(dir: Option<&Path>, options: &Report) -> Result<Outcome, CannotRun> {
    let folder = workspace::open(dir)?;
    let cycle = workspace::cycle(&folder, &options.cycle)?.clone();
    let force = workspace::force(&folder, &options.force)?;
    let Product::DataPack = options.product;
    let plan = template::pack(&folder).map_err(|p| CannotRun::Folder(Problems(p)))?;
    let workspace = Workspace::load(folder, None)?;
    let study = workspace.study(cycle.method, &[]);
    let data = data(&workspace, &study, &plan, &cycle);
    let edition = Edition::open(&options.out)?;
    for file in ::report::assets::files() {
        edition.write(&format!("assets/{}", file.path), file.bytes)?;
    }
    let press = Press::new(&edition, &options.format, &data, true)?;
    let Some(force) = workspace.folder.register.force(force.as_str()) else { return Ok(Outcome::FoundProblems) };
    press.force(force)?;
    press.open_data()?;
    edition.close()?;
    anstream::eprintln!("{}", name(options.out.join(&cycle.id).join(force.id.as_str()).display()));
    Ok(Outcome::Done)
}
