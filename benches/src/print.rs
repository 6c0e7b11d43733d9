//! What printing costs: the data packs of all forces to HTML and PDF, beside WeasyPrint and Chromium printing the same HTML.
//!
//! `print site TO` writes the pages for the peers; `print each N` times N packs one after another; `print all` times all packs on
//! every core, as the program prints them. Figures are loaded and answered before the clock starts: a peer is handed finished
//! pages too. `benches/run.sh` runs them in turn.

mod clock;

use clock::{median, peak_memory, timed};
use ingest::{Folder, cycle_file::Cycle};
use pdf::{PdfError, Printer};
use reference::{AreaId, Force};
use report::{
    assets,
    document::Document,
    html,
    pack::{Issuer, PackCycle, PackData, PackPlan},
};
use serde_json::json;
use statistics::{observations::Observations, study::Study};
use std::{
    env,
    error::Error,
    fs,
    num::NonZero,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// The cycle whose packs are printed.
const CYCLE: &str = "2018-19";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let house = House::open()?;
    let study = house.study();
    let data = house.data(&study)?;
    match arguments.as_slice() {
        ["site", to] => site(&house, &data, Path::new(to)),
        ["each", number] => each(&house, &data, number.parse()?),
        ["all"] => all(&house, &data),
        _ => Err("print site TO | each NUMBER | all".into()),
    }
}

/// The example inspectorate with its figures.
struct House {
    folder: Folder,
    plan: PackPlan,
    areas: Vec<AreaId>,
    observations: Observations,
}

impl House {
    fn open() -> Result<Self, Box<dyn Error>> {
        let (mut folder, problems) = Folder::open(Path::new("content")).map_err(|p| p.to_string())?;
        if let Some(problem) = problems.first() {
            return Err(problem.to_string().into());
        }
        let plan = serde_saphyr::from_str(&fs::read_to_string("content/templates/data-pack.yaml")?)?;
        folder.path = "examples".into();
        let observations =
            folder.observations(None, false).map_err(|p| p.iter().map(ToString::to_string).collect::<String>())?;
        Ok(Self { plan, areas: folder.forces(), observations, folder })
    }

    fn study(&self) -> Study<'_> {
        let (register, flags) = (&self.folder.register, self.folder.flags.as_slice());
        let method = self.cycle().map(|cycle| cycle.method).unwrap_or_default();
        Study { register, observations: &self.observations, areas: &self.areas, flags, method, pins: &[] }
    }

    fn cycle(&self) -> Option<&Cycle> {
        self.folder.cycles.iter().find(|cycle| cycle.id == CYCLE)
    }

    fn data<'a>(&'a self, study: &'a Study<'a>) -> Result<PackData<'a>, Box<dyn Error>> {
        let cycle = self.cycle().ok_or("the content has no such cycle")?;
        let (id, title, about) = (cycle.id.as_str(), cycle.title.as_str(), cycle.about.as_str());
        let cycle = PackCycle { id, title, until: cycle.data_until, documented: cycle.documented, about };
        let issuer = Issuer { name: &self.folder.settings.name, banner: self.folder.settings.banner.as_deref() };
        Ok(PackData::new(study, &self.plan, &self.folder.measures, cycle, issuer))
    }

    fn forces(&self) -> Vec<&Force> {
        self.folder.register.in_scope().collect()
    }

    fn page(&self, document: &Document) -> String {
        let name = self.folder.settings.name.clone();
        html::page(document, &html::Site { name, root: "../../".into(), ..html::Site::default() })
    }
}

/// Every page with the files it needs.
fn site(house: &House, data: &PackData<'_>, to: &Path) -> Result<(), Box<dyn Error>> {
    for file in assets::files() {
        let path = to.join("assets").join(file.path);
        fs::create_dir_all(path.parent().unwrap_or(to))?;
        fs::write(path, file.bytes)?;
    }
    for force in house.forces() {
        let folder = to.join(CYCLE).join(force.id.as_str());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("data-pack.html"), house.page(&data.pack(force).document))?;
    }
    Ok(())
}

/// Some packs, spread evenly over the forces, one after another on one core.
fn each(house: &House, data: &PackData<'_>, number: usize) -> Result<(), Box<dyn Error>> {
    let printer = Printer::house()?;
    let forces = house.forces();
    let (mut pages, mut prints) = (Vec::new(), Vec::new());
    for place in 0..number {
        let force = forces[place * forces.len() / number];
        let (document, packed) = timed(|| data.pack(force).document);
        pages.push(packed + timed(|| house.page(&document)).1);
        let (printed, seconds) = timed(|| printer.print(&document, None));
        printed?;
        prints.push(seconds);
    }
    println!("{}", json!({"html": median(pages), "pdf": median(prints), "documents": number, "memory": peak_memory()}));
    Ok(())
}

/// Every pack, HTML and PDF, on every core.
///
/// The threads are our own: Typst waits for its pictures by doing any other work that Rayon has, and would begin a second document
/// in the middle of the first.
fn all(house: &House, data: &PackData<'_>) -> Result<(), Box<dyn Error>> {
    let printer = Printer::house()?;
    let forces = house.forces();
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), PdfError> {
        while let Some(force) = forces.get(next.fetch_add(1, Ordering::Relaxed)) {
            let document = data.pack(force).document;
            let page = house.page(&document);
            let pdf = printer.print(&document, None)?;
            assert!(!page.is_empty() && !pdf.is_empty(), "nothing was printed");
        }
        Ok(())
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (printed, seconds) = timed(|| {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| worker.join().expect("a thread that prints does not panic"))
        })
    });
    printed?;
    println!("{}", json!({"whole": seconds, "documents": forces.len(), "threads": threads, "memory": peak_memory()}));
    Ok(())
}
