//! Characters that the fonts lack: a few have an equal that they have, any other is refused with the text it stands in.

use crate::PdfError;
use serde_json::Value;
use typst::text::{Font, is_default_ignorable};

/// Members of the data that no reader sees as text.
const UNSEEN: [&str; 7] = ["id", "href", "reference", "value", "file", "lang", "kind"];

/// Puts an equal for each character that no font has, in every text of the data.
pub(crate) fn check(data: &mut Value, fonts: &[Font], title: &str) -> Result<(), PdfError> {
    let shown = |character: char| fonts.iter().any(|font| font.info().coverage.contains(character.into()));
    walk(data, &mut |text| match mend(text, &shown) {
        Ok(None) => Ok(()),
        Ok(Some(mended)) => {
            *text = mended;
            Ok(())
        }
        Err(character) => {
            Err(PdfError::Character { title: title.to_owned(), character, near: text.chars().take(60).collect() })
        }
    })
}

fn walk(value: &mut Value, change: &mut dyn FnMut(&mut String) -> Result<(), PdfError>) -> Result<(), PdfError> {
    match value {
        Value::String(text) => change(text),
        Value::Array(items) => items.iter_mut().try_for_each(|item| walk(item, change)),
        Value::Object(object) => object
            .iter_mut()
            .filter(|(name, _)| !UNSEEN.contains(&name.as_str()))
            .try_for_each(|(_, member)| walk(member, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// The text as the fonts can show it; `None` when they can show it as it is.
fn mend(text: &str, shown: &impl Fn(char) -> bool) -> Result<Option<String>, char> {
    let able = |character: char| (shown(character) && !character.is_control()) || is_default_ignorable(character);
    if text.chars().all(able) {
        return Ok(None);
    }
    text.chars()
        .map(|character| {
            if able(character) {
                return Ok(character);
            }
            let equal = match character {
                '\u{2010}' | '\u{2011}' => '-',
                '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' | '\t' | '\n' | '\r' => ' ',
                '\u{202f}' => '\u{a0}',
                '\u{2015}' => '\u{2014}',
                '\u{2032}' => '\u{2019}',
                _ => return Err(character),
            };
            Ok(equal)
        })
        .collect::<Result<String, char>>()
        .map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_is_put_where_there_is_one() {
        let plain = |character: char| character.is_ascii() || character == 'ŵ' || character == '\u{a0}';
        assert_eq!(mend("Dŵr", &plain), Ok(None));
        assert_eq!(mend("2017\u{2011}18\tto\n19", &plain), Ok(Some("2017-18 to 19".to_owned())));
        assert_eq!(mend("5\u{202f}000", &plain), Ok(Some("5\u{a0}000".to_owned())));
        assert_eq!(mend("soft\u{ad}hyphen", &plain), Ok(None));
        assert_eq!(mend("警", &plain), Err('警'));
    }
}
