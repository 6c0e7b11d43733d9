//! A value axis: round ticks, at most six, and how far along it a value lies.

use super::face::{self, Weight};
use crate::chart::Axis;
use reference::group_thousands;

/// Values further from zero than this are not drawn: no published figure is, and arithmetic on them loses its digits.
const FURTHEST: f64 = 1e12;

/// The value where it can be drawn.
pub(super) fn drawable(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= FURTHEST).then_some(value)
}

/// The least and the greatest of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    pub low: f64,
    pub high: f64,
}

impl Reach {
    /// Of these values; from 0 to 1 when there are none.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        values
            .filter_map(drawable)
            .map(|value| Self { low: value, high: value })
            .reduce(|a, b| Self { low: a.low.min(b.low), high: a.high.max(b.high) })
            .unwrap_or(Self { low: 0.0, high: 1.0 })
    }

    /// With zero: bars begin there.
    pub fn with_zero(self) -> Self {
        Self { low: self.low.min(0.0), high: self.high.max(0.0) }
    }

    /// With zero unless the values would then fill less than this share of the axis: for lines and dots, never for bars.
    pub fn near_zero(self, least: f64) -> Self {
        let whole = self.with_zero();
        if self.high - self.low > (whole.high - whole.low) * least { whole } else { self.widened() }
    }

    /// Wide enough to tell the ends apart.
    fn widened(self) -> Self {
        let least = (self.low.abs().max(self.high.abs()) * 1e-3).max(1e-6);
        if self.high - self.low >= least {
            return self;
        }
        let middle = f64::midpoint(self.low, self.high);
        let half = if middle == 0.0 { 0.5 } else { middle.abs() * 0.1 };
        let ends = Self { low: middle - half, high: middle + half };
        if self.low == 0.0 { Self { low: 0.0, high: half.max(1.0) } } else { ends }
    }
}

/// A scale with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Value and label, ascending; the first and the last are the ends of the axis.
    pub ticks: Vec<(f64, String)>,
}

impl Scale {
    /// Round ticks that enclose the reach, from two to `most` of them.
    pub fn new(reach: Reach, axis: &Axis, most: usize) -> Self {
        let reach = if reach.high > reach.low { reach } else { reach.widened() };
        let span = (reach.high - reach.low).max(1e-9);
        let most = super::canvas::real(most.clamp(2, 6));
        let mut power = 10_f64.powf((span / most).log10().floor());
        let mut step = power;
        'steps: for _ in 0..4 {
            for factor in [1.0, 2.0, 5.0] {
                step = power * factor;
                let first = (reach.low / step + 1e-9).floor();
                let last = (reach.high / step - 1e-9).ceil();
                if last - first + 1.0 <= most {
                    break 'steps;
                }
            }
            power *= 10.0;
        }
        let first = (reach.low / step + 1e-9).floor();
        let last = (reach.high / step - 1e-9).ceil().max(first + 1.0);
        let mut values = Vec::new();
        let mut index = first;
        while index <= last {
            values.push(index * step);
            index += 1.0;
        }
        let print = Print::new(step, first.abs().max(last.abs()) * step, axis);
        let ticks = values.into_iter().map(|v| (v, print.text(v))).collect();
        Self { ticks }
    }

    /// The lower end.
    pub fn low(&self) -> f64 {
        self.ticks.first().map_or(0.0, |t| t.0)
    }

    /// The upper end.
    pub fn high(&self) -> f64 {
        self.ticks.last().map_or(1.0, |t| t.0)
    }

    /// How far along the axis the value lies: 0 at the lower end, 1 at the upper one, never beyond.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low()) / (self.high() - self.low())).clamp(0.0, 1.0)
    }

    /// How far along zero lies, or the end nearest to it.
    pub fn zero(&self) -> f64 {
        self.share(0.0)
    }

    /// The widest label.
    pub fn widest(&self) -> f64 {
        self.ticks.iter().map(|t| face::width(&t.1, Weight::Regular)).fold(0.0, f64::max)
    }
}

/// How the numbers of one axis are printed.
#[derive(Debug)]
pub(super) struct Print<'a> {
    axis: &'a Axis,
    divisor: f64,
    unit: &'static str,
    places: usize,
}

impl<'a> Print<'a> {
    /// For numbers `step` apart and at most `greatest` from zero: millions and thousands of millions are said in short.
    pub fn new(step: f64, greatest: f64, axis: &'a Axis) -> Self {
        let (divisor, unit) = match greatest {
            g if g >= 1e10 => (1e9, "bn"),
            g if g >= 1e7 => (1e6, "m"),
            _ => (1.0, ""),
        };
        let mut places = 0;
        let mut scaled = step / divisor;
        while scaled < 0.999 && places < 12 {
            scaled *= 10.0;
            places += 1;
        }
        Self { axis, divisor, unit, places }
    }

    /// The number with the axis's prefix and suffix.
    pub fn text(&self, value: f64) -> String {
        let digits = format!("{:.*}", self.places, (value / self.divisor).abs());
        let is_zero = digits.bytes().all(|b| matches!(b, b'0' | b'.'));
        let digits = if is_zero { "0".to_owned() } else { group_thousands(&digits) };
        let sign = if value < 0.0 && !is_zero { "\u{2212}" } else { "" };
        let unit = if is_zero { "" } else { self.unit };
        format!("{sign}{}{digits}{unit}{}", self.axis.prefix, self.axis.suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn axis(prefix: &str, suffix: &str) -> Axis {
        Axis { title: String::new(), prefix: prefix.to_owned(), suffix: suffix.to_owned() }
    }

    fn check(low: f64, high: f64, axis: &Axis, expected: &[&str]) {
        let scale = Scale::new(Reach { low, high }, axis, 6);
        let labels: Vec<_> = scale.ticks.iter().map(|t| t.1.as_str()).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn ticks_are_round_and_carry_their_unit() {
        check(0.0, 94.9, &axis("", "%"), &["0%", "20%", "40%", "60%", "80%", "100%"]);
        check(0.0, 3396.0, &axis("", ""), &["0", "1,000", "2,000", "3,000", "4,000"]);
        check(0.0, 162.0, &axis("£", ""), &["£0", "£50", "£100", "£150", "£200"]);
        check(-2.4, 1.0, &axis("£", ""), &["\u{2212}£3", "\u{2212}£2", "\u{2212}£1", "£0", "£1"]);
        check(0.0, 0.31, &axis("", ""), &["0", "0.1", "0.2", "0.3", "0.4"]);
        check(0.0, 4.1e7, &axis("£", ""), &["£0", "£10m", "£20m", "£30m", "£40m", "£50m"]);
    }

    #[test]
    fn values_close_together_and_far_from_zero_keep_their_differences() {
        let reach = Reach { low: 90.0, high: 95.0 };
        assert_eq!(reach.near_zero(0.25), reach);
        assert_eq!(Reach { low: 20.0, high: 95.0 }.near_zero(0.25).low, 0.0);
    }

    proptest! {
        #[test]
        fn an_axis_encloses_its_values_with_two_to_six_ticks(a in -1e12..1e12_f64, b in -1e12..1e12_f64, small in 1e-9..1.0_f64) {
            let (a, b) = (a * small, b * small);
            let reach = Reach::of([a, b].into_iter());
            for reach in [reach, reach.with_zero(), reach.near_zero(0.25), reach.near_zero(0.6)] {
                let scale = Scale::new(reach, &axis("", ""), 6);
                prop_assert!((2..=6).contains(&scale.ticks.len()), "{scale:?}");
                let slack = (reach.high - reach.low) * 1e-6;
                prop_assert!(scale.low() <= reach.low + slack && scale.high() >= reach.high - slack, "{scale:?}");
                prop_assert!((0.0..=1.0).contains(&scale.share(a)));
            }
        }
    }
}
