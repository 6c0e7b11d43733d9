//! The figures of a data pack: chart, message, text alternative and data table, all from the same answer.

mod funnel;
mod stacked;

use super::{PackChart, PackChartKind, PackSection, Writer, numbers::shown};
use crate::words::{headline, lower_first, verdict_cell};
use crate::{
    chart::{Axis, Chart, Item, Line, Pair, Role},
    document::{Block, Column, Figure, Inline, Link, Table, text},
};
use reference::{AreaId, Value};
use statistics::{
    Verdict,
    compared::float,
    measure::{Kind, Measure},
    study::Answered,
};

/// What the kinds of chart have in common before it is made a figure.
struct Sketch {
    headline: String,
    subtitle: String,
    chart: Chart,
    alternative: String,
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl<'a> Writer<'_, 'a> {
    /// The charts of a section, two side by side where they are two views of one measure.
    pub(super) fn charts(&mut self, section: &PackSection) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut held: Option<Box<Figure>> = None;
        for chart in &section.charts {
            let Some(figure) = self.figure(chart) else { continue };
            let wide = matches!(chart.kind, PackChartKind::Ranked | PackChartKind::Funnel);
            if wide {
                blocks.extend(held.take().map(Block::Figure));
                blocks.push(Block::Figure(Box::new(figure)));
                continue;
            }
            held = match held.take() {
                Some(first) => {
                    blocks.push(Block::Pair { first, second: Box::new(figure) });
                    None
                }
                None => Some(Box::new(figure)),
            };
        }
        blocks.extend(held.map(Block::Figure));
        blocks
    }

    pub(super) fn figure(&mut self, chart: &PackChart) -> Option<Figure> {
        let first = chart.measures.first()?;
        let sketch = match chart.kind {
            PackChartKind::Paired => self.paired(&chart.measures),
            PackChartKind::Trend => self.trend(first),
            PackChartKind::Ranked => self.ranked(first),
            PackChartKind::Stacked => self.stacked(chart, first),
            PackChartKind::Funnel => self.funnel(first),
        }?;
        let (answer, _) = self.answer(first)?;
        let source = self.sources(answer);
        let download =
            Link { text: "Download this measure for all forces (CSV)".into(), href: format!("../data/{first}.csv") };
        self.figures += 1;
        let id = format!("figure-{}", self.figures);
        let columns = sketch.columns.into_iter().map(|(title, numeric)| Column { title, numeric }).collect();
        let cells = |row: Vec<String>| row.into_iter().map(|cell| vec![text(cell)]).collect::<Vec<Vec<Inline>>>();
        Some(Figure {
            number: self.figures,
            headline: sketch.headline,
            alternative: sketch.alternative,
            chart: sketch.chart,
            table: Table {
                id: format!("{id}-data"),
                caption: sketch.subtitle.clone(),
                columns,
                rows: sketch.rows.into_iter().map(cells).collect(),
                source: source.clone(),
                notes: Vec::new(),
            },
            subtitle: sketch.subtitle,
            id,
            source,
            notes: sketch.notes,
            download: Some(download),
        })
    }

    /// The source line of an answer: each release once.
    pub(super) fn sources(&self, answer: &Answered<'_>) -> String {
        let inputs = answer.panel.numerator_inputs.iter().chain(&answer.panel.denominator_inputs);
        let mut names: Vec<String> = Vec::new();
        for input in inputs {
            let citation = self.data.study.observations.tables()[input.table].release.citation();
            if !names.contains(&citation) {
                names.push(citation);
            }
        }
        names.join("; ")
    }

    fn role(&self, area: &AreaId, group: &[AreaId]) -> Role {
        match area {
            own if *own == self.force.id => Role::Force,
            member if group.contains(member) => Role::Group,
            _ => Role::Other,
        }
    }

    fn members(&self, answer: &Answered<'_>) -> Vec<AreaId> {
        self.data
            .study
            .most_similar(answer.measure, &answer.panel, &self.force.id)
            .map(|(_, members)| members)
            .unwrap_or_default()
    }

    pub(super) fn short(&self, area: &AreaId) -> String {
        self.data.study.register.force(area.as_str()).map_or_else(|| area.to_string(), |f| f.short_name.clone())
    }

    /// "Hertfordshire is lower than the England and Wales average on police officers per 1,000 population".
    fn message(&self, answer: &Answered<'_>, place: usize) -> String {
        headline(&self.force.short_name, &answer.measure.title, &answer.compared.rows[place].standing)
    }

    fn ranked(&self, id: &str) -> Option<Sketch> {
        let (answer, place) = self.answer(id)?;
        let measure = answer.measure;
        let group = self.members(answer);
        let counted = answer.panel.figures.iter().zip(&answer.compared.rows).filter(|(_, row)| !row.excluded);
        let mut listed: Vec<(&AreaId, f64, String, Role, Verdict)> = counted
            .filter_map(|(f, row)| {
                Some((
                    &f.area,
                    float(f.value)?,
                    shown(measure, f.value),
                    self.role(&f.area, &group),
                    Verdict::of(&row.standing),
                ))
            })
            .collect();
        listed.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let (highest, lowest) = (listed.first()?, listed.last()?);
        let average = answer.compared.average.value;
        let rank = answer.ranks[place].map(|r| format!(", {} of {} forces", r.words(), r.of)).unwrap_or_default();
        let alternative = format!(
            "Columns of {} forces sorted by value. {} has {}{rank}. The highest is {} with {}, the lowest {} with {}. The England and Wales average is {}.",
            listed.len(),
            self.force.short_name,
            shown(measure, answer.panel.figures[place].value),
            self.short(highest.0),
            highest.2,
            self.short(lowest.0),
            lowest.2,
            shown(measure, average),
        );
        let notes = self.left_out(answer);
        Some(Sketch {
            headline: self.message(answer, place),
            subtitle: format!("{}, all forces, {}", measure.title, answer.panel.period.prose()),
            chart: Chart::Ranked {
                columns: listed
                    .iter()
                    .map(|(area, value, text, role, _)| Item {
                        name: self.short(area),
                        value: *value,
                        text: text.clone(),
                        role: *role,
                    })
                    .collect(),
                average: float(average).map(|value| (value, format!("England and Wales {}", shown(measure, average)))),
                axis: axis(measure),
            },
            alternative,
            columns: vec![
                ("Force".into(), false),
                (measure.title.clone(), true),
                ("Against England and Wales".into(), false),
            ],
            rows: listed
                .iter()
                .map(|(area, _, text, _, verdict)| vec![self.short(area), text.clone(), verdict_cell(*verdict).into()])
                .collect(),
            notes,
        })
    }

    fn left_out(&self, answer: &Answered<'_>) -> Vec<String> {
        let left_out = |(area, _): &(AreaId, String)| {
            format!("{} is left out; the notes to the section's table say why.", self.short(area))
        };
        let excluded = answer.measure.distorted_by.iter().map(left_out);
        let missing = &answer.compared.average.missing;
        let none = (!missing.is_empty()).then(|| format!("No figure for {}.", self.names(missing)));
        excluded.chain(none).collect()
    }

    fn trend(&self, id: &str) -> Option<Sketch> {
        let (answer, place) = self.answer(id)?;
        let measure = answer.measure;
        let excluded = |area: &AreaId| answer.compared.rows.iter().any(|r| r.area == *area && r.excluded);
        let averages: Vec<Value> =
            answer.trend.iter().map(|(_, panel)| panel.aggregate(measure.per, |area| !excluded(area)).value).collect();
        let own: Vec<Value> = answer.trend.iter().map(|(_, panel)| panel.figures[place].value).collect();
        let points = |values: &[Value]| {
            values.iter().enumerate().filter_map(|(i, v)| Some((i, float(*v)?, shown(measure, *v)))).collect::<Vec<_>>()
        };
        let (own_points, average_points) = (points(&own), points(&averages));
        let (first, last) = (own_points.first()?, own_points.last()?);
        let years: Vec<String> = answer.trend.iter().map(|(day, _)| day.year().to_string()).collect();
        let mut lines =
            vec![Line { name: self.force.short_name.clone(), role: Role::Force, points: own_points.clone() }];
        if measure.kind != Kind::Count {
            lines.push(Line { name: "England and Wales".into(), role: Role::Comparator, points: average_points });
        }
        let direction = if last.1 > first.1 {
            "rose"
        } else if last.1 < first.1 {
            "fell"
        } else {
            "did not change"
        };
        let title = lower_first(&measure.title);
        let headline = match direction {
            "did not change" => format!(
                "{}: {title} did not change between {} and {}",
                self.force.short_name, years[first.0], years[last.0]
            ),
            _ => format!(
                "{}: {title} {direction} from {} in {} to {} in {}",
                self.force.short_name, first.2, years[first.0], last.2, years[last.0]
            ),
        };
        let day = answer.panel.period.prose();
        let day = day.rsplit_once(' ').map_or(day.as_str(), |(day, _)| day);
        let rows = years
            .iter()
            .zip(own.iter().zip(&averages))
            .map(|(year, (o, a))| vec![year.clone(), shown(measure, *o), shown(measure, *a)]);
        Some(Sketch {
            headline,
            subtitle: format!("{}, {day} of each year, {} to {}", measure.title, years[first.0], years[last.0]),
            alternative: format!(
                "Line over {} years. {} goes from {} in {} to {} in {}.",
                years.len(),
                self.force.short_name,
                first.2,
                years[first.0],
                last.2,
                years[last.0]
            ),
            chart: Chart::Trend { lines, axis: axis(measure), times: years.clone() },
            columns: vec![
                ("Year".into(), false),
                (self.force.short_name.clone(), true),
                ("England and Wales".into(), true),
            ],
            rows: rows.collect(),
            notes: self.left_out(answer),
        })
    }

    fn paired(&self, ids: &[String]) -> Option<Sketch> {
        let answers: Vec<(&Answered<'_>, usize)> = ids.iter().filter_map(|id| self.answer(id)).collect();
        let (first, _) = *answers.first()?;
        let pair = |(answer, place): &(&Answered<'_>, usize)| {
            let (own, average) = (answer.panel.figures[*place].value, answer.compared.average.value);
            Pair {
                label: short_title(answer.measure),
                force: (float(own), shown(answer.measure, own)),
                comparator: (float(average), shown(answer.measure, average)),
            }
        };
        let rows: Vec<Pair> = answers.iter().map(pair).collect();
        let differing = answers
            .iter()
            .filter(|(a, p)| matches!(Verdict::of(&a.compared.rows[*p].standing), Verdict::Higher | Verdict::Lower))
            .count();
        let headline = match (differing, rows.len()) {
            (0, n) => format!("{} is broadly in line with England and Wales on all {n}", self.force.short_name),
            (d, n) => format!("{} is higher or lower than England and Wales on {d} of {n}", self.force.short_name),
        };
        let said: Vec<String> =
            rows.iter().map(|r| format!("{}: {} against {}", r.label, r.force.1, r.comparator.1)).collect();
        let verdicts = answers.iter().map(|(a, p)| verdict_cell(Verdict::of(&a.compared.rows[*p].standing)));
        let table = rows
            .iter()
            .zip(verdicts)
            .map(|(r, verdict)| vec![r.label.clone(), r.force.1.clone(), r.comparator.1.clone(), verdict.into()])
            .collect();
        Some(Sketch {
            headline,
            subtitle: format!("{}, {}", unit(first.measure), first.panel.period.prose()),
            alternative: format!(
                "Pairs of bars, the upper of each {}, the lower England and Wales. {}.",
                self.force.short_name,
                said.join("; ")
            ),
            chart: Chart::Paired {
                names: [self.force.short_name.clone(), "England and Wales".into()],
                rows,
                axis: axis(first.measure),
            },
            columns: vec![
                ("Measure".into(), false),
                (self.force.short_name.clone(), true),
                ("England and Wales".into(), true),
                ("Against England and Wales".into(), false),
            ],
            rows: table,
            notes: self.left_out(first),
        })
    }
}

fn axis(measure: &Measure) -> Axis {
    Axis { title: unit(measure), prefix: measure.prefix.clone(), suffix: measure.suffix.clone() }
}

/// What the numbers of a measure are, for an axis or a subtitle.
pub(crate) fn unit(measure: &Measure) -> String {
    match measure.kind {
        Kind::Percent => "Percent".to_owned(),
        Kind::Rate => match measure.title.find(" per ") {
            Some(at) => format!("Per {}", measure.title[at + 5..].split(" (").next().unwrap_or_default()),
            None => format!("Per {}", measure.per),
        },
        Kind::Count | Kind::Mean => measure.title.clone(),
    }
}

/// A title without its "per 1,000 population", which the axis says.
fn short_title(measure: &Measure) -> String {
    measure.title.find(" per ").map_or_else(|| measure.title.clone(), |at| measure.title[..at].to_owned())
}
