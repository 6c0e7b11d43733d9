//! `peelian sample`: the crimes of one force whose files are to be reviewed.

use crate::{
    arguments::{ListFormat, Sample},
    content::CONTENT,
    counting,
    outcome::{CannotRun, Outcome, Problems, bad, count, name, number},
    workspace,
};
use ingest::{
    folder,
    review_file::{self, Review},
};
use records::{Draw, ForceSample, Kind};
use reference::Register;
use serde::Serialize;
use std::{collections::BTreeMap, path::Path};

/// What was drawn, as JSON has it: enough to draw it again.
#[derive(Debug, Serialize)]
struct Printed<'a> {
    review: &'a str,
    force: &'a str,
    seed: u64,
    frame: &'a BTreeMap<String, u64>,
    frame_digest: &'a str,
    without_id: u64,
    records: Vec<Line<'a>>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    rank: usize,
    id: &'a str,
    month: &'a str,
    crime_type: &'a str,
}

/// Draws and prints.
pub fn run(dir: Option<&Path>, options: &Sample) -> Result<Outcome, CannotRun> {
    let (register, reviews) = known(dir)?;
    let review = reviews.iter().find(|r| r.id == options.review).ok_or_else(|| no_review(&reviews, &options.review))?;
    if register.force(&options.force).is_none() {
        let near = ingest::wording::nearest(&options.force, register.forces().iter().map(|f| f.id.as_str()));
        let near = near.map_or(String::new(), |n| format!("\nDid you mean `{n}`?"));
        return Err(CannotRun::Argument(format!("`{}` is no force{near}", options.force)));
    }
    let draw = draw(review, options).register(register);
    let progress = draw.progress();
    let drawn = counting::shown(&progress, || draw.files(&options.files));
    if counting::tell(&drawn.files) == 0 {
        return Err(CannotRun::Argument("none of the files could be read".to_owned()));
    }
    let others = drawn.files.iter().filter(|f| f.kind.is_some_and(|k| k != Kind::Street)).count();
    if others > 0 {
        anstream::eprintln!("  {} passed over: no street-level crimes", count(others, "file"));
    }
    let Some(sample) = drawn.forces.get(&options.force) else {
        return Err(CannotRun::Argument(format!(
            "no crime of {} in these files is in the frame of `{}`",
            options.force, review.id
        )));
    };
    tell(sample, review, options);
    print(sample, options);
    Ok(Outcome::Done)
}

/// The forces and reviews of the folder, and the reviews that come with the program where it has none of the same id.
fn known(dir: Option<&Path>) -> Result<(Register, Vec<Review>), CannotRun> {
    let here = std::env::current_dir().map_err(crate::outcome::file_error(Path::new(".")))?;
    let (register, mut reviews) = if dir.is_some() || folder::find(&here).is_some() {
        let (folder, problems) = workspace::files(&workspace::root(dir)?)?;
        let problems: Vec<_> = problems.into_iter().filter(|p| p.file.starts_with("reviews/")).collect();
        if !problems.is_empty() {
            return Err(CannotRun::Folder(Problems(problems)));
        }
        (folder.register, folder.reviews)
    } else {
        (counting::register(dir)?, Vec::new())
    };
    let shipped = CONTENT.get_dir("reviews").into_iter().flat_map(|d| d.files());
    let review = |file: &include_dir::File<'_>| {
        review_file::review(&file.path().display().to_string(), file.contents_utf8()?, &register, &mut Vec::new())
    };
    let others: Vec<Review> = shipped.filter_map(review).filter(|r| reviews.iter().all(|own| own.id != r.id)).collect();
    reviews.extend(others);
    Ok((register, reviews))
}

fn no_review(reviews: &[Review], id: &str) -> CannotRun {
    let all: Vec<&str> = reviews.iter().map(|r| r.id.as_str()).collect();
    let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
    CannotRun::Argument(format!(
        "there is no review `{id}`; there are {all}\nWrite one as reviews/{id}.yaml in the inspectorate's folder."
    ))
}

fn draw(review: &Review, options: &Sample) -> Draw {
    let mut draw = Draw::new(&review.id, options.seed, review.files)
        .months(review.months.clone())
        .crime_types(review.crime_types.clone());
    for (force, files) in &review.except {
        draw = draw.quota(force, *files);
    }
    if review.stratified {
        draw = draw.stratified();
    }
    draw.only(&options.force)
}

fn tell(sample: &ForceSample, review: &Review, options: &Sample) {
    let asked = review.except.get(&options.force).copied().unwrap_or(review.files);
    let frame: u64 = sample.frame.values().sum();
    anstream::eprintln!(
        "  {} of {}: {} drawn from {}",
        name(&review.title),
        name(&options.force),
        number(sample.records.len()),
        count(frame, "row")
    );
    anstream::eprintln!(
        "  the frame's digest is {}; the same seed draws the same from a frame with the same digest",
        name(&sample.frame_digest)
    );
    if sample.without_id > 0 {
        anstream::eprintln!("{} {} without an id cannot be drawn", bad("!"), count(sample.without_id, "row"));
    }
    if sample.records.len() < asked {
        anstream::eprintln!("{} the review reads {asked} files, and the frame has fewer", bad("!"));
    }
}

fn print(sample: &ForceSample, options: &Sample) {
    let line = |(at, record)| {
        let records::Record { id, month, crime_type }: &records::Record = record;
        Line { rank: at + 1, id, month, crime_type }
    };
    let lines: Vec<Line<'_>> = sample.records.iter().enumerate().map(line).collect();
    match options.format {
        ListFormat::Json => {
            let printed = Printed {
                review: &options.review,
                force: &options.force,
                seed: options.seed,
                frame: &sample.frame,
                frame_digest: &sample.frame_digest,
                without_id: sample.without_id,
                records: lines,
            };
            out!("{}", serde_json::to_string_pretty(&printed).unwrap_or_default());
        }
        ListFormat::Csv => {
            out!("rank,id,month,crime-type");
            lines.iter().for_each(|l| out!("{},{},{},{}", l.rank, l.id, l.month, l.crime_type));
        }
        ListFormat::Table => {
            lines.iter().for_each(|l| out!("{:>4}  {}  {}  {}", number(l.rank), l.id, l.month, l.crime_type))
        }
    }
}
