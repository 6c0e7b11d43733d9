//! Two small helps for messages: a noun in the number that its count asks for, and the known name that was probably meant.

use strsim::osa_distance;

/// The noun as it stands after this count: "row" after 1, "rows" after every other. For nouns that take an s.
pub fn plural(count: impl TryInto<u64>, noun: &str) -> String {
    let one = count.try_into().is_ok_and(|count| count == 1);
    if one { noun.to_owned() } else { format!("{noun}s") }
}

/// The count with its noun: "1 row", "4 rows".
pub fn counted(count: impl TryInto<u64> + Copy + std::fmt::Display, noun: &str) -> String {
    format!("{count} {}", plural(count, noun))
}

/// The known name that is nearest to one that is not known; `None` when none is near.
///
/// Of several that are equally near, the first. Near are names that differ in case alone, or by as many letters put in, left out, changed or swapped with the next as a quarter of
/// the name has, two at most (the optimal string alignment distance).
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    let most = (wanted.chars().count() / 4).min(2);
    let near = known.into_iter().map(|k| (osa_distance(&wanted, &k.to_lowercase()), k));
    near.filter(|(distance, k)| *distance <= most && *k != name).min_by_key(|(distance, _)| *distance).map(|(_, k)| k)
}

/// " (did you mean `x`?)" to end a clause with, or nothing when no known name is near.
pub fn did_you_mean<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(name, known).map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_nothing_else_is() {
        let shown: Vec<String> = [0, 1, 2, 21].into_iter().map(|n: usize| counted(n, "row")).collect();
        assert_eq!(shown, ["0 rows", "1 row", "2 rows", "21 rows"]);
    }

    #[test]
    fn a_slip_is_recognised_and_another_name_is_not() {
        let known =
            ["officers-long-term-sick", "officers-short-term-sick", "licence", "name", "kent", "20", "Drug offences"];
        for (name, expected) in [
            ("officers-long-term-sik", Some("officers-long-term-sick")),
            ("license", Some("licence")),
            ("nmae", Some("name")),
            ("Kent", Some("kent")),
            ("staff-long-term-sick", None),
            ("21", None),
            ("Fraud offences", None),
            ("banner", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
        assert_eq!(did_you_mean("nmae", known), " (did you mean `name`?)");
        assert_eq!(did_you_mean("banner", known), "");
    }
}
