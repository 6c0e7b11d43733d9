//! A judgment as a reader meets it: a word, a step mark and a colour, in that order of importance.
//!
//! What a badge says and which colours it has is decided here, once for every form. Each colour stands at least 4.5 to 1 against the
//! words on it, which holds in grey too.

use inspection::{Grade, JudgmentValue};

/// A grade, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Badge {
    /// As a sentence writes it ("requires improvement", "not inspected"); printed with a capital letter.
    pub word: String,
    /// As data writes it: `outstanding`, `good`, `adequate`, `requires-improvement` and `inadequate` have a colour; `ungraded`,
    /// `not-inspected`, `to-be-graded`, `not-graded`, `unknown` and anything else are an outline.
    pub id: String,
    /// How many steps of its scale it reaches, and how many there are; `None` where there is no grade.
    pub steps: Option<(u8, u8)>,
    /// The cycle that it carries over from ("2016"); `None` where it is of the document's own.
    pub carried_over: Option<String>,
}

/// The colours of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its ground; `None` for an outline.
    pub fill: Option<&'static str>,
    /// Its words and its steps.
    pub ink: &'static str,
}

const INK: &str = "#0B0C0C";
const PAPER: &str = "#FFFFFF";

impl Badge {
    /// What a judgment says, on its scale from the best grade down. Without the scale there are no steps.
    #[must_use]
    pub fn of(value: JudgmentValue, scale: &[Grade]) -> Self {
        let steps = value.grade().and_then(|grade| {
            let below = scale.iter().rev().position(|other| *other == grade)?;
            Some((u8::try_from(below + 1).ok()?, u8::try_from(scale.len()).ok()?))
        });
        Self { word: value.words().to_owned(), id: value.id().to_owned(), steps, carried_over: None }
    }

    /// What stands where there is no record.
    #[must_use]
    pub fn not_known() -> Self {
        Self { word: "not known".to_owned(), id: "unknown".to_owned(), steps: None, carried_over: None }
    }

    /// The word with a capital letter: "Requires improvement".
    #[must_use]
    pub fn title(&self) -> String {
        let mut letters = self.word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// What is read aloud, and printed where there are no colours: "Good, carried over from 2016".
    #[must_use]
    pub fn said(&self) -> String {
        match &self.carried_over {
            Some(cycle) => format!("{}, carried over from {cycle}", self.title()),
            None => self.title(),
        }
    }

    /// How many of its steps are filled and how many hollow; none of either where there is no grade.
    #[must_use]
    pub fn step_mark(&self) -> (u8, u8) {
        self.steps.map_or((0, 0), |(filled, of)| (filled.min(of), of.saturating_sub(filled)))
    }

    /// Its colours.
    #[must_use]
    pub fn look(&self) -> Look {
        let (fill, ink) = match self.id.as_str() {
            "outstanding" => (Some("#12436D"), PAPER),
            "good" => (Some("#28A197"), INK),
            "adequate" => (Some("#C9D3DC"), INK),
            "requires-improvement" => (Some("#F4C025"), INK),
            "inadequate" => (Some("#801650"), PAPER),
            _ => (None, INK),
        };
        Look { fill, ink }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge(word: &str, steps: Option<(u8, u8)>, carried_over: Option<&str>) -> Badge {
        let id = word.replace(' ', "-");
        Badge { word: word.to_owned(), id, steps, carried_over: carried_over.map(str::to_owned) }
    }

    /// Relative luminance, WCAG 2.2, of a colour written `#RRGGBB`.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn every_word_stands_four_and_a_half_to_one_on_its_ground() {
        for word in ["outstanding", "good", "adequate", "requires improvement", "inadequate", "ungraded", "unknown"] {
            let look = badge(word, None, None).look();
            let (ink, ground) = (luminance(look.ink), luminance(look.fill.unwrap_or(PAPER)));
            let ratio = (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05);
            assert!(ratio >= 4.5, "{word}: {ratio:.2}");
        }
    }

    #[test]
    fn what_is_no_grade_is_an_outline() {
        for word in ["ungraded", "not inspected", "to be graded", "not graded", "unknown", "excellent"] {
            assert_eq!(badge(word, None, None).look().fill, None, "{word}");
        }
        assert_eq!(Badge::not_known().look().fill, None);
    }

    #[test]
    fn a_grade_that_is_carried_over_says_from_when() {
        assert_eq!(
            badge("requires improvement", None, Some("2016")).said(),
            "Requires improvement, carried over from 2016"
        );
        assert_eq!(badge("good", None, None).said(), "Good");
        assert_eq!(badge("", None, None).said(), "");
    }

    #[test]
    fn a_step_mark_has_as_many_steps_as_its_scale() {
        assert_eq!(badge("adequate", Some((3, 5)), None).step_mark(), (3, 2));
        assert_eq!(badge("good", Some((9, 4)), None).step_mark(), (4, 0));
        assert_eq!(badge("ungraded", None, None).step_mark(), (0, 0));
    }
}
