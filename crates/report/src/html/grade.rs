//! Grades: the word, then the step mark, then the colour, which the styles add.
//!
//! A screen reader hears "Good, carried over from 2016"; the styles put a dot where it hears words.

use super::Writer;
use crate::document::Badge;
use std::fmt::Write as _;

/// From one step to the next, in units of the step mark.
const PITCH: u16 = 11;

impl Writer<'_> {
    pub(super) fn grade(&mut self, badge: &Badge) {
        let carried = if badge.carried_over.is_some() { " grade--carried-over" } else { "" };
        self.raw("<span");
        self.attribute("class", &format!("grade grade--{}{carried}", badge.id));
        self.raw("><span class=\"grade__word\">");
        self.words(&badge.title());
        if let Some(cycle) = &badge.carried_over {
            self.raw("<span class=\"govuk-visually-hidden\">, carried over from</span> <span class=\"grade__year\">");
            self.words(cycle);
            self.raw("</span>");
        }
        self.raw("</span>");
        self.step_mark(badge.step_mark());
        self.raw("</span>");
    }

    /// Leaning bars in the colour of the words, the filled ones first; nothing where there is no grade.
    fn step_mark(&mut self, (filled, hollow): (u8, u8)) {
        let of = u16::from(filled) + u16::from(hollow);
        if of == 0 {
            return;
        }
        let (full, rest) = (bars(0..u16::from(filled)), bars(u16::from(filled)..of));
        write!(
            self.out,
            "<svg class=\"grade__steps\" xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" viewBox=\"0 0 {} 12\" stroke=\"currentColor\" stroke-width=\"1.5\">",
            of * PITCH + 1
        )
        .expect("writing to a string cannot fail");
        for (fill, path) in [("currentColor", full), ("none", rest)] {
            if !path.is_empty() {
                write!(self.out, "<path fill=\"{fill}\" d=\"{path}\"/>").expect("writing to a string cannot fail");
            }
        }
        self.raw("</svg>");
    }
}

fn bars(steps: std::ops::Range<u16>) -> String {
    steps.map(|step| format!("M{} 1h7l-3 10h-7z", step * PITCH + 4)).collect()
}
