//! Reading a number as publishers write it: padded, with thousands parted, with shorthand beside it or in its place.
//!
//! What is not plainly a number is refused and never guessed at: `1,2` could be twelve or one and a fifth, so commas are read only
//! between groups of three.

use crate::source::Source;
use reference::{Absence, Marks, Value};
use rust_decimal::Decimal;

/// More digits than this do not fit the 64 bits in which figures are kept.
const MOST: u128 = 1_000_000_000_000_000_000;

/// What a number cell says, by the source's markers and footnote signs.
///
/// # Errors
/// What was found, and what to write.
pub fn number(text: &str, source: &Source) -> Result<(Value, Marks), (String, String)> {
    let text = text.trim();
    let text = source.markers.get(text).map_or(text, String::as_str);
    if let Some(number) = plain_integer(text).filter(|_| source.footnotes.is_empty()) {
        return Ok((Value::Present(number), Marks::NONE));
    }
    let noted = without_footnote(text, source);
    let text = noted.as_deref().unwrap_or(text);
    if let Some(absence) = Absence::ALL.into_iter().find(|a| a.shorthand() == text) {
        return Ok((Value::Absent(absence), Marks::NONE));
    }
    let (digits, marks) = match text.find('[') {
        Some(at) => {
            let marks = text[at..].parse().map_err(|e: reference::NotAShorthand| {
                (format!("`{text}` is not a number with shorthand"), e.to_string())
            })?;
            (text[..at].trim_end(), marks)
        }
        None => (text, Marks::NONE),
    };
    if digits.is_empty() {
        let remedy = "write the number, or [x] when it is not available, [z] when it does not apply, [c] when it is confidential";
        return Err(("the cell is blank".to_owned(), remedy.to_owned()));
    }
    match decimal(digits) {
        Some(number) if number.mantissa().unsigned_abs() < MOST => Ok((Value::Present(number), marks)),
        Some(_) => Err((format!("`{digits}` has more than 18 digits"), "round it".to_owned())),
        None => Err((
            format!("`{text}` is not a number"),
            "write a number, or a shorthand symbol such as [x] for not available; add the publisher's own marker to the source's `markers`".to_owned(),
        )),
    }
}

/// Most cells are a few digits, and nothing else need be asked of them.
pub(crate) fn plain_integer(text: &str) -> Option<Decimal> {
    let short = !text.is_empty() && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    short.then(|| text.parse::<i64>().ok().map(Decimal::from)).flatten()
}

/// The text with the mark that its footnote sign stands for in the sign's place; `None` when it ends with no such sign.
fn without_footnote(text: &str, source: &Source) -> Option<String> {
    // The longest sign that fits, so that `**` is not taken for `*`.
    let signs = source.footnotes.iter().filter(|(sign, _)| text.len() > sign.len() && text.ends_with(sign.as_str()));
    signs
        .max_by_key(|(sign, _)| sign.len())
        .map(|(sign, mark)| format!("{}{mark}", text[..text.len() - sign.len()].trim_end()))
}

fn decimal(digits: &str) -> Option<Decimal> {
    let plain = without_commas(digits)?;
    if !plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    let number = plain.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&plain)).ok()?;
    Some(number.normalize())
}

/// The digits without the commas or hard spaces between thousands; `None` when those stand anywhere else.
fn without_commas(digits: &str) -> Option<String> {
    const PARTING: [char; 2] = [',', '\u{a0}'];
    if !digits.contains(PARTING) {
        return Some(digits.to_owned());
    }
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.trim_start_matches(['-', '+']).split(PARTING);
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    if !first || !groups.all(|g| g.len() == 3) || fraction.is_some_and(|f| f.contains(PARTING)) {
        return None;
    }
    Some(digits.replace(PARTING, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn shown(text: &str) -> String {
        match number(text, &testing::workbook_source()) {
            Ok((Value::Present(number), marks)) => format!("{number}{marks}"),
            Ok((Value::Absent(absence), _)) => absence.to_string(),
            Err((found, _)) => found,
        }
    }

    #[test]
    fn numbers_are_read_as_publishers_write_them() {
        for (text, expected) in [
            ("1,234", "1234"),
            ("1,234,567.5", "1234567.5"),
            (" -00 ", "0"),
            ("-1,234", "-1234"),
            ("007", "7"),
            ("12.50", "12.5"),
            ("1\u{a0}234", "1234"),
            ("1e3", "1000"),
            ("0", "0"),
            ("6092.459999999999", "6092.459999999999"),
            ("999999999999999999", "999999999999999999"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn shorthand_stands_beside_a_number_or_in_its_place() {
        for (text, expected) in
            [("12.5 [e]", "12.5[e]"), ("3[p][r]", "3[p][r]"), ("[x]", "[x]"), ("[c]", "[c]"), ("..", "[x]"), ("-", "0")]
        {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_footnote_sign_is_taken_off_the_longest_first() {
        for (text, expected) in [("2*", "2"), ("2**", "2"), ("1,234~", "1234[r]"), ("2 *", "2")] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_plainly_a_number_is_refused() {
        for text in ["about 5", "1,2", "1,23,456", "1,2345", ",123", "5%", "£5", "1_000", "0x1f", "NaN", "1 234", "--5"]
        {
            assert_eq!(shown(text), format!("`{text}` is not a number"));
        }
        assert_eq!(shown(" "), "the cell is blank");
        assert_eq!(shown("[e]"), "the cell is blank");
        assert_eq!(shown("12 [q]"), "`12 [q]` is not a number with shorthand");
        assert_eq!(shown("1234567890123456789"), "`1234567890123456789` has more than 18 digits");
    }
}
