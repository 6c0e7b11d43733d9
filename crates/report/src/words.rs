//! Small changes to words that every document needs.

use jiff::{Unit, civil::Date};
use statistics::{NoComparison, Standing, Verdict, measure::Measure};

/// With its first letter as a capital.
#[must_use]
pub fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// As inside a sentence: with its first letter small, unless it begins with an abbreviation.
#[must_use]
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if !letters.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

/// "a, b and c".
#[must_use]
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.as_ref().to_owned(),
        Some((last, rest)) => {
            format!("{} and {}", rest.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref())
        }
    }
}

/// A verdict as it stands in a table.
#[must_use]
pub const fn verdict_cell(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "Higher",
        Verdict::Lower => "Lower",
        Verdict::BroadlyInLine => "Broadly in line",
        Verdict::NoComparison => "No comparison",
    }
}

/// How a figure goes on beside the England and Wales average: ", which was higher than the England and Wales average of ". Where the verdict
/// points against the average the method is named, for then the figure is not higher than it.
#[must_use]
pub fn beside_average(standing: &Standing) -> &'static str {
    match (standing.verdict_mean, standing.goes_against_average()) {
        (Verdict::Higher, true) => ", which the method calls higher, beside an England and Wales average of ",
        (Verdict::Lower, true) => ", which the method calls lower, beside an England and Wales average of ",
        (Verdict::Higher, false) => ", which was higher than the England and Wales average of ",
        (Verdict::Lower, false) => ", which was lower than the England and Wales average of ",
        (Verdict::BroadlyInLine | Verdict::NoComparison, _) => {
            ", which was broadly in line with the England and Wales average of "
        }
    }
}

/// That a denominator is a year or more older than the period whose last day is given, as a sentence; `None` where it is not.
#[must_use]
pub fn old_denominator(measure: &Measure, day: Date, last: Date) -> Option<String> {
    let months = day.until((Unit::Month, last)).ok()?.get_months();
    let population = measure.denominator.iter().all(|term| term.series == "population");
    (months >= 12).then(|| {
        format!(
            "The {} is that of {}, {months} months before the end of the period: no later one is loaded.",
            if population { "population" } else { "denominator" },
            reference::long_date(day)
        )
    })
}

/// What a chart of a force says: "Hertfordshire is lower than the England and Wales average on police officers per 1,000 population".
#[must_use]
pub fn headline(name: &str, title: &str, standing: &Result<Standing, NoComparison>) -> String {
    let title = lower_first(title);
    let Ok(standing) = standing else { return format!("{name}: {title}, without a comparison") };
    let verdict = lower_first(verdict_cell(standing.verdict_mean));
    match standing.verdict_mean {
        _ if standing.goes_against_average() => format!("The method calls {name} {verdict} on {title}"),
        Verdict::Higher | Verdict::Lower => {
            format!("{name} is {verdict} than the England and Wales average on {title}")
        }
        Verdict::BroadlyInLine | Verdict::NoComparison => {
            format!("{name} is {verdict} with the England and Wales average on {title}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_into_sentences() {
        assert_eq!([upper_first("élan"), upper_first("")], ["Élan", ""]);
        assert_eq!(
            ["Public complaints", "PCSOs", "A", "Taser"].map(lower_first),
            ["public complaints", "PCSOs", "a", "taser"]
        );
        assert_eq!([listed::<&str>(&[]), listed(&["a"]), listed(&["a", "b", "c"])], ["", "a", "a, b and c"]);
    }

    #[test]
    fn a_figure_is_called_higher_than_the_average_only_where_it_is() {
        let verdict = |z: f64| match z {
            z if z > 0.675 => Verdict::Higher,
            z if z < -0.675 => Verdict::Lower,
            _ => Verdict::BroadlyInLine,
        };
        for mean in -30..=30 {
            for average in -30..=30 {
                let (z_mean, z_average) = (f64::from(mean) / 10.0, f64::from(average) / 10.0);
                let standing = Standing {
                    difference: z_average / 10.0,
                    z_mean,
                    verdict_mean: verdict(z_mean),
                    z_average,
                    verdict_average: verdict(z_average),
                };
                let said = [headline("Kent", "Arrests", &Ok(standing)), beside_average(&standing).to_owned()];
                for words in said {
                    assert!(
                        !words.contains("higher than the England and Wales average") || z_average > 0.0,
                        "{standing:?}"
                    );
                    assert!(
                        !words.contains("lower than the England and Wales average") || z_average < 0.0,
                        "{standing:?}"
                    );
                    let named = words.contains("higher") as i32 - words.contains("lower") as i32;
                    assert_eq!(
                        named,
                        [0, 1, -1][usize::from(z_mean > 0.675) + 2 * usize::from(z_mean < -0.675)],
                        "{words}"
                    );
                }
            }
        }
    }
}
