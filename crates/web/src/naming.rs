//! Ids as parts of addresses, so that each has one address for ever and can be read back from it.

use std::fmt::Write as _;

/// The address of a finding's page, from the root.
#[must_use]
pub fn address(id: &str) -> String {
    format!("/findings/{}.html", file_name(id))
}

/// An id as part of an address: `2016/hertfordshire/coc-1` is `2016.hertfordshire.coc-1`. No two ids share a name, and none holds `--`.
#[must_use]
pub fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'/' => name.push('.'),
            b'-' if name.ends_with('-') => name.push_str("~2d"),
            b'-' | b'_' => name.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => name.push(char::from(byte)),
            _ => write!(name, "~{byte:02x}").expect("writing to a string cannot fail"),
        }
    }
    name
}

/// The id whose name this is; `None` where it is no name of an id.
#[must_use]
pub fn id_of(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match first {
            b'.' => b'/',
            b'~' => {
                let code = std::str::from_utf8(after.get(..2)?).ok()?;
                rest = &after[2..];
                u8::from_str_radix(code, 16).ok()?
            }
            other => *other,
        });
    }
    let id = String::from_utf8(bytes).ok()?;
    (file_name(&id) == name).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_is_a_name_that_files_can_have() {
        assert_eq!(file_name("2016/hertfordshire/coc-1"), "2016.hertfordshire.coc-1");
        assert_eq!(file_name("a--b.c/ä"), "a-~2db~2ec.~c3~a4");
        assert_eq!(id_of("a..%"), None);
        assert_eq!(id_of("a~2"), None);
    }

    proptest! {
        #[test]
        fn every_id_is_read_back_from_its_name(id in ".*") {
            let name = file_name(&id);
            prop_assert!(!name.contains('/') && !name.contains("--"));
            prop_assert_eq!(id_of(&name), Some(id));
        }

        #[test]
        fn no_two_names_lead_to_one_id(name in "[a-z0-9.~-]{0,12}") {
            if let Some(id) = id_of(&name) {
                prop_assert_eq!(file_name(&id), name);
            }
        }
    }
}
