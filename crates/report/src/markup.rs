//! Text made safe inside XML and HTML: the one place that escapes.

/// The text with the five characters of mark-up escaped and characters that XML does not admit replaced.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(character),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn escaped_text_reads_back_as_it_was(words in "[^\\p{C}]*") {
            let xml = format!("<a b=\"{0}\">{0}</a>", escape(&words));
            let tree = roxmltree::Document::parse(&xml).unwrap();
            prop_assert_eq!(tree.root_element().text().unwrap_or_default(), words.as_str());
            prop_assert_eq!(tree.root_element().attribute("b").unwrap(), words.as_str());
        }
    }

    #[test]
    fn a_character_that_xml_does_not_admit_is_replaced() {
        assert_eq!(escape("a\u{0}\u{FFFE}b"), "a\u{FFFD}\u{FFFD}b");
    }
}
