//! The words of a data pack: headline numbers, a sentence for each measure, how figures are compared.

use super::Writer;
use crate::document::{Block, Inline, Tile, paragraph, text};
use crate::words::{beside_average, listed, verdict_cell};
use reference::AreaId;
use statistics::{
    NoComparison, Verdict,
    change::percent_change,
    measure::{Aggregate, Kind},
    parts::{LOOK_EQUAL_NOTE, look_equal},
    study::Answered,
};

impl<'a> Writer<'_, 'a> {
    /// The answer to a measure, with the force's place in it.
    pub(super) fn answer(&self, id: &str) -> Option<(&Answered<'a>, usize)> {
        let answer = self.data.answers.get(id)?;
        Some((answer, answer.place(&self.force.id)?))
    }

    /// The force's figure, bound.
    pub(super) fn own(&mut self, id: &str) -> Option<Inline> {
        let data = self.data;
        let answer = data.answers.get(id)?;
        let figure = answer.figure(&self.force.id)?;
        Some(self.numbers.figure(data.study.observations, answer.measure, &answer.panel, figure))
    }

    /// The England and Wales figure, bound.
    pub(super) fn average(&mut self, id: &str) -> Option<Inline> {
        let data = self.data;
        let answer = data.answers.get(id)?;
        let without = answer.compared.left_out().map(ToString::to_string).collect();
        Some(self.numbers.total(
            data.study.observations,
            answer.measure,
            &answer.panel,
            reference::ENGLAND_AND_WALES,
            &answer.compared.average,
            without,
        ))
    }

    /// The most similar group's figure, bound, or why there is none.
    pub(super) fn group(&mut self, id: &str) -> Option<Result<(Inline, Aggregate), NoComparison>> {
        let data = self.data;
        let answer = data.answers.get(id)?;
        if answer.measure.kind == Kind::Count {
            return Some(Err(NoComparison::NotARate));
        }
        Some(data.study.most_similar(answer.measure, &answer.panel, &self.force.id).map(|(total, members)| {
            let area = format!("most-similar:{}", self.force.id);
            let without = Vec::new();
            let inline =
                self.numbers.total(data.study.observations, answer.measure, &answer.panel, &area, &total, without);
            debug_assert!(members.contains(&self.force.id), "the house counts the force in its own group");
            (inline, total)
        }))
    }

    pub(super) fn tiles(&mut self) -> Vec<Tile> {
        let mut tiles = Vec::new();
        for id in &self.data.plan.tiles {
            let Some(number) = self.own(id) else { continue };
            let Some((answer, _)) = self.answer(id) else { continue };
            let (kind, label) =
                (answer.measure.kind, format!("{}, {}", answer.measure.title, answer.panel.period.prose()));
            let compared = match (kind, self.average(id)) {
                (Kind::Count, _) | (_, None) => Vec::new(),
                (_, Some(average)) => vec![text("England and Wales: "), average],
            };
            tiles.push(Tile { number: vec![number], label, compared });
        }
        tiles
    }

    /// What a measure says of the force, in a sentence or two.
    pub(super) fn sentence(&mut self, id: &str) -> Option<Vec<Inline>> {
        let own = self.own(id)?;
        let (answer, place) = self.answer(id)?;
        let (measure, period) = (answer.measure, answer.panel.period);
        let when =
            if period.first().is_some() { format!("In {}", period.prose()) } else { format!("On {}", period.prose()) };
        if answer.panel.figures[place].value.number().is_none() {
            return Some(vec![text(format!("{}: there is no figure for {}.", measure.title, period.prose()))]);
        }
        let mut words = match measure.kind {
            Kind::Percent => {
                vec![text(format!("{when}, ")), own, text(format!(" {} in {}", measure.noun, self.area_words()))]
            }
            Kind::Count | Kind::Rate | Kind::Mean => {
                vec![text(format!("{when}, {} had ", self.force.name)), own, text(format!(" {}", measure.noun))]
            }
        };
        if measure.kind == Kind::Count {
            words.extend(self.since(id));
            words.push(text("."));
        } else {
            words.extend(self.compared(id));
        }
        Some(words)
    }

    /// "Hertfordshire", or "the Metropolitan Police area".
    fn area_words(&self) -> String {
        match self.force.short_name.ends_with("Police") {
            true => format!("the {} area", self.force.short_name),
            false => self.force.short_name.clone(),
        }
    }

    /// The whole clause, so that "no comparison" reads as a sentence too.
    fn compared(&mut self, id: &str) -> Vec<Inline> {
        let average = self.average(id);
        let Some((answer, place)) = self.answer(id) else { return Vec::new() };
        let row = &answer.compared.rows[place];
        let figure = &answer.panel.figures[place];
        let words = match &row.standing {
            Ok(standing) => beside_average(standing),
            Err(reason) => {
                let average = average
                    .map(|a| vec![text(" The England and Wales average was "), a, text(".")])
                    .unwrap_or_default();
                return std::iter::once(text(format!(". There is no comparison because {reason}.")))
                    .chain(average)
                    .collect();
            }
        };
        let mut clause = vec![text(words)];
        clause.extend(average);
        clause.push(text("."));
        let alike = figure
            .value
            .number()
            .zip(answer.compared.average.value.number())
            .is_some_and(|(a, b)| look_equal(a, b, answer.measure.decimals));
        if alike {
            clause.push(text(format!(" {LOOK_EQUAL_NOTE}")));
        }
        if row.standing.as_ref().is_ok_and(statistics::Standing::centrings_disagree) {
            let other = row.standing.as_ref().map(|s| s.verdict_average).unwrap_or(Verdict::NoComparison);
            clause.push(text(format!(
                " Centred on the England and Wales rate instead, the method would say: {}.",
                verdict_cell(other).to_lowercase()
            )));
        }
        if row.within_chance {
            clause.push(text(" The difference rests on fewer cases than chance can tell apart from the average."));
        }
        clause
    }

    /// How a count has changed over the five years before, where there is a figure for that day.
    fn since(&self, id: &str) -> Option<Inline> {
        let (answer, place) = self.answer(id)?;
        let (last, panel) = answer.trend.last()?;
        let (then, earlier) = answer.trend.iter().find(|(day, _)| day.year() == last.year() - 5)?;
        let change = percent_change(earlier.figures[place].value.number()?, panel.figures[place].value.number()?)?;
        let direction = match change.percent() {
            p if p > rust_decimal::Decimal::ZERO => "more",
            p if p < rust_decimal::Decimal::ZERO => "fewer",
            _ => return Some(text(format!(", as many as in {}", then.year()))),
        };
        let percent = reference::display(change.percent().abs(), 0);
        Some(text(format!(", {percent}% {direction} than in {}", then.year())))
    }

    pub(super) fn method(&mut self) -> Vec<Block> {
        let mut blocks = vec![
            paragraph(self.data.cycle.about),
            paragraph(
                "England and Wales is the rate from the totals of the forces compared, never a mean of their rates. A most similar group is treated in the same way and includes the force itself. Figures are compared at full precision and rounded only to be shown.",
            ),
        ];
        if !self.data.cycle.documented {
            let note = "The inspectorate prints no verdict in this cycle: higher, lower and broadly in line are Peelian's own calculation.";
            blocks.push(Block::Inset { label: "Own calculation".into(), blocks: vec![paragraph(note)] });
        }
        let similar = match self.data.study.register.most_similar(&self.force.id, self.data.cycle.until) {
            reference::Group::Members(members) => {
                format!("The most similar group of {} is {}.", self.force.short_name, self.names(&members))
            }
            reference::Group::None => {
                format!("No force is similar enough to {} to form a group with it.", self.force.short_name)
            }
            reference::Group::NotSupplied => format!(
                "The most similar group of {} has not been supplied, so its column is left out.",
                self.force.short_name
            ),
        };
        blocks.push(paragraph(similar));
        blocks
    }

    /// Short names of forces, the last joined with "and".
    pub(super) fn names(&self, ids: &[AreaId]) -> String {
        let names: Vec<&str> = ids
            .iter()
            .map(|id| self.data.study.register.force(id.as_str()).map_or(id.as_str(), |f| f.short_name.as_str()))
            .collect();
        listed(&names)
    }
}
