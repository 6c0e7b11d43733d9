//! `peelian count`: record-level files to counts.

use crate::{
    arguments::{Count, ListFormat},
    counting,
    outcome::{CannotRun, Outcome, bad, count, file_error, name, number},
};
use records::{Counted, Cube, Dimension, Kind};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::Path,
};

/// Which values of each dimension are asked for.
type Only = BTreeMap<Dimension, BTreeSet<String>>;

/// A label for each name, and the count.
type Row<'a> = (Vec<&'a str>, u64);

/// Counts and prints.
pub fn run(dir: Option<&Path>, options: &Count) -> Result<Outcome, CannotRun> {
    let only = only(&options.only)?;
    if options.year_to.is_some() && options.by.contains(&Dimension::Month) {
        return Err(CannotRun::Argument("a year is not counted by month\nLeave `month` out of --by.".to_owned()));
    }
    let year = options.year_to.iter().map(|_| Dimension::Month);
    let names = options.by.iter().chain(only.keys()).copied().chain(year);
    let count = records::Count::by(names).register(counting::register(dir)?);
    let progress = count.progress();
    let (saved, files) = counting::saved(&options.files);
    let counted = counting::shown(&progress, || count.files(&files));
    let read = counting::tell(&counted.files);
    let mut cube = if files.is_empty() && !saved.is_empty() {
        None
    } else {
        let (kind, cube) = chosen(&counted, options, read)?;
        tell(&counted, kind);
        Some(cube.clone())
    };
    let year = options.year_to.iter().map(|_| Dimension::Month);
    let names: BTreeSet<Dimension> = options.by.iter().chain(only.keys()).copied().chain(year).collect();
    for (path, counts) in saved {
        let counts = of_names(&counts, &names, path)?;
        anstream::eprintln!("  {} counted before, in {}", self::count(counts.total(), "row"), name(path.display()));
        cube = cube.map_or_else(|| Some(counts.clone()), |cube| cube.by(&counts.dimensions()).merged(&counts));
    }
    let Some(mut cube) = cube else {
        return Err(CannotRun::Argument(
            "nothing was counted\nGive files of records, or counts that were saved.".into(),
        ));
    };
    for (dimension, values) in &only {
        let none = values.iter().filter(|v| cube.by(&[*dimension]).count(&[v.as_str()]) == 0);
        let known = cube.by(&[*dimension]);
        let known: Vec<&str> = known.cells().filter_map(|(labels, _)| labels.first().copied()).collect();
        none.for_each(|v| {
            let near = known.iter().find(|k| k.eq_ignore_ascii_case(v)).copied();
            let near = near.or_else(|| ingest::wording::nearest(v, known.iter().copied()));
            let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
            anstream::eprintln!("{} no row has {dimension} `{v}`{near}", bad("!"));
        });
        cube = cube.only(*dimension, |label| values.contains(label));
    }
    let period = options.year_to.as_deref().map(|month| twelve_months(&mut cube, month)).transpose()?;
    let cube = cube.by(&options.by);
    if let Some(path) = &options.save {
        cube.save(path).map_err(|e| CannotRun::Argument(format!("{} {e}", path.display())))?;
    }
    print(&cube, period.as_deref(), options.format)?;
    Ok(Outcome::Done)
}

/// Counts that were saved, by these names in the order of their own axes.
fn of_names(counts: &Cube, names: &BTreeSet<Dimension>, path: &Path) -> Result<Cube, CannotRun> {
    let has = counts.dimensions();
    if let Some(lacking) = names.iter().find(|n| !has.contains(n)) {
        let has: Vec<&str> = has.iter().map(|d| d.name()).collect();
        return Err(CannotRun::Argument(format!(
            "{} holds counts by {} and none by {lacking}\nLeave {lacking} out, or count the files of records.",
            path.display(),
            has.join(", ")
        )));
    }
    Ok(counts.by(&names.iter().copied().collect::<Vec<_>>()))
}

/// Leaves the twelve months to the end of this one; which they are.
fn twelve_months(cube: &mut Cube, month: &str) -> Result<String, CannotRun> {
    let form = || CannotRun::Argument(format!("`{month}` is no month\nWrite it as in --year-to 2018-09."));
    let year = cube.year_to(month).ok_or_else(form)?;
    for (force, missing) in &year.missing {
        anstream::eprintln!("{} {} has no rows of {}", bad("!"), name(force), missing.join(", "));
    }
    *cube = year.cube;
    Ok(year.period.to_string())
}

/// Reads `name=value,…`. What has no `=` goes on with the value before it, which has a comma.
fn only(asked: &[String]) -> Result<Only, CannotRun> {
    let mut only: Only = BTreeMap::new();
    for text in asked {
        let mut parts: Vec<String> = Vec::new();
        for part in text.split(',') {
            match parts.last_mut() {
                Some(last) if !part.contains('=') => *last = format!("{last},{part}"),
                Some(_) | None => parts.push(part.to_owned()),
            }
        }
        for part in parts {
            let form = "Write it as in --where month=2018-10,crime-type=Burglary.";
            let (name, value) =
                part.split_once('=').ok_or_else(|| CannotRun::Argument(format!("`{part}` has no `=`\n{form}")))?;
            let dimension: Dimension = name.trim().parse().map_err(|e| CannotRun::Argument(format!("{e}\n{form}")))?;
            only.entry(dimension).or_default().insert(value.to_owned());
        }
    }
    Ok(only)
}

/// The kind asked for, or the first that was found.
fn chosen<'a>(counted: &'a Counted, options: &Count, read: usize) -> Result<(Kind, &'a Cube), CannotRun> {
    let found = counted.cubes.iter().find(|(kind, _)| options.kind.is_none_or(|asked| asked == *kind));
    found.map(|(kind, cube)| (*kind, cube)).ok_or_else(|| {
        let problem = if read == 0 {
            "none of the files could be read".to_owned()
        } else {
            let kind = options.kind.map_or(String::new(), |k| format!(" of {k}"));
            format!("none of the files{kind} can be counted by all of these names")
        };
        CannotRun::Argument(format!(
            "{problem}\nGive street, outcomes or stop-and-search files as data.police.uk publishes them."
        ))
    })
}

/// What was left out, and what was never seen before.
fn tell(counted: &Counted, kind: Kind) {
    for other in Kind::ALL.into_iter().filter(|k| *k != kind) {
        let files = counted.files.iter().filter(|f| f.kind == Some(other) && f.problem.is_none()).count();
        if files > 0 {
            anstream::eprintln!("  {} of {other} left out; --kind {other} counts them", count(files, "file"));
        }
    }
    if !counted.left_out.is_empty() {
        anstream::eprintln!(
            "  {} passed over, such as {}",
            count(counted.left_out.len(), "other file"),
            name(&counted.left_out[0])
        );
    }
    for unknown in &counted.unknown {
        let label = if unknown.label.is_empty() { "an empty value".to_owned() } else { format!("`{}`", unknown.label) };
        let rows = count(unknown.rows, "row");
        anstream::eprintln!(
            "{} {label} was never seen before as {}: {rows}, counted, as in {}",
            bad("!"),
            unknown.dimension,
            name(&unknown.file)
        );
    }
    let refused: u64 = counted.files.iter().map(|f| f.refused).sum();
    let rows: u64 = counted.files.iter().filter(|f| f.kind == Some(kind)).map(|f| f.rows).sum();
    anstream::eprintln!("  {} of {kind} counted, {} refused", count(rows, "row"), number(refused));
}

fn print(cube: &Cube, period: Option<&str>, format: ListFormat) -> Result<(), CannotRun> {
    let mut names: Vec<&str> = cube.axes().iter().map(|a| a.dimension.name()).collect();
    names.extend(period.map(|_| "period"));
    let rows: Vec<Row<'_>> =
        cube.cells().map(|(labels, count)| (labels.into_iter().chain(period).collect(), count)).collect();
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let printed = match format {
        ListFormat::Csv => records::write_csv(&names, rows, &mut out),
        ListFormat::Json => json(&names, rows, &mut out),
        ListFormat::Table => table(&names, &rows, &mut out),
    };
    match printed.and_then(|()| out.flush()) {
        // Whoever reads it has gone.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(file_error(Path::new("standard output"))),
    }
}

fn json(names: &[&str], rows: Vec<Row<'_>>, out: &mut impl Write) -> std::io::Result<()> {
    let object = |(labels, count): Row<'_>| {
        let labels = names.iter().zip(labels).map(|(name, label)| ((*name).to_owned(), label.into()));
        serde_json::Value::Object(labels.chain([("count".to_owned(), count.into())]).collect())
    };
    let all: Vec<serde_json::Value> = rows.into_iter().map(object).collect();
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)
}

fn table(names: &[&str], rows: &[Row<'_>], out: &mut impl Write) -> std::io::Result<()> {
    let long = |text: &str| text.chars().count();
    let mut widths: Vec<usize> = names.iter().map(|name| long(name)).collect();
    for (labels, _) in rows {
        widths.iter_mut().zip(labels).for_each(|(width, label)| *width = long(label).max(*width));
    }
    let mut line = |cells: &[&str], count: &str| {
        cells.iter().zip(&widths).try_for_each(|(cell, width)| write!(out, "{cell:width$}  "))?;
        writeln!(out, "{count:>12}")
    };
    line(names, "count")?;
    rows.iter().try_for_each(|(labels, count)| line(labels, &reference::group_thousands(&count.to_string())))
}
