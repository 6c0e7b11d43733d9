//! How wide text is: the advance widths of the face that charts are set in, so that labels can be placed without a browser.
//!
//! Kerning is left out: it only ever draws letters together, so a measured width is never too small.

use crate::assets;
use std::sync::LazyLock;
use ttf_parser::Face;

/// The size of all text in a chart, in user units.
pub(super) const SIZE: f64 = 14.0;
/// From one baseline to the next.
pub(super) const LINE: f64 = 18.0;
/// What letters reach above their baseline, accents included.
pub(super) const ASCENT: f64 = 11.5;
/// What letters reach below their baseline.
pub(super) const DESCENT: f64 = 3.5;

static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(assets::regular(), 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(assets::bold(), 0).ok());

/// How heavy text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// The width of the text in user units. A letter that the face lacks counts as 1.1 em, since another face will draw it.
pub(super) fn width(text: &str, weight: Weight) -> f64 {
    text.chars().map(|c| advance(c, weight)).sum()
}

fn advance(character: char, weight: Weight) -> f64 {
    let face = match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    };
    let known = face.and_then(|face| {
        let units = face.glyph_hor_advance(face.glyph_index(character)?)?;
        Some(f64::from(units) / f64::from(face.units_per_em()))
    });
    known.unwrap_or(1.1) * SIZE
}

/// The text, cut short with an ellipsis where it is wider than `room`; empty where not even that fits.
pub(super) fn clip(text: &str, weight: Weight, room: f64) -> String {
    if width(text, weight) <= room {
        return text.to_owned();
    }
    let mut left = room - advance('…', weight);
    if left < 0.0 {
        return String::new();
    }
    let mut kept = String::new();
    for character in text.chars() {
        left -= advance(character, weight);
        if left < 0.0 {
            break;
        }
        kept.push(character);
    }
    format!("{}…", kept.trim_end())
}

/// The text in lines no wider than `room`, broken between words; at most `most` lines, the last cut short where more would be needed.
pub(super) fn wrap(text: &str, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match joined {
            Some(joined) if width(&joined, weight) <= room || lines.len() == most => {
                lines.pop();
                lines.push(joined);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| clip(&line, weight, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn welsh_letters_and_the_minus_sign_are_in_the_face() {
        for character in "ŵŷŴŶâ\u{2212}–—‘’“”£…".chars() {
            let face = REGULAR.as_ref().unwrap();
            assert!(face.glyph_index(character).is_some(), "{character}");
        }
    }

    #[test]
    fn bold_is_wider_than_regular() {
        let name = "Hertfordshire";
        assert!(width(name, Weight::Bold) > width(name, Weight::Regular));
        assert!((width(name, Weight::Regular) - 85.0).abs() < 8.0);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "[a-zA-Zŵ ]{0,80}", room in 20.0..300.0, most in 1usize..4) {
            let lines = wrap(&text, Weight::Regular, room, most);
            prop_assert!(lines.len() <= most);
            for line in &lines {
                prop_assert!(width(line, Weight::Regular) <= room, "{line}");
            }
            if lines.iter().all(|line| !line.ends_with('…')) {
                prop_assert_eq!(lines.join(" "), text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
}
