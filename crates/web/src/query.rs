//! What a reader asks beyond the address: `?force=hertfordshire&kind=recommendation`.

use std::{collections::BTreeMap, fmt::Write as _};

/// The parameters of a request, by name; of a name that is given twice the last counts. Empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads the part of an address behind `?`. Bytes that are no UTF-8 become `\u{FFFD}`, as browsers do.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let read = pairs.map(|(name, value)| (decoded(name), decoded(value).trim().to_owned()));
        Self(read.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The parameter of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same with only these names: what an address does not know is not told apart.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(name, _)| names.contains(&name.as_str()))
                .map(|(n, v)| (n.clone(), v.clone()))
                .collect(),
        )
    }

    /// The same with one parameter set.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.0.insert(name.to_owned(), value.to_owned());
        changed
    }

    /// As an address has it, without `?`: by name, so that equal questions are written alike.
    #[must_use]
    pub fn written(&self) -> String {
        self.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = || after.get(..2).and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        rest = match (first, hex()) {
            (b'%', Some(byte)) if after[..2].iter().all(u8::is_ascii_hexdigit) => {
                bytes.push(byte);
                &after[2..]
            }
            (b'+', _) => {
                bytes.push(b' ');
                after
            }
            _ => {
                bytes.push(first);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Words as part of an address: everything but unreserved letters is escaped.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_browsers_write_it() {
        let query = Query::read("q=stop+%26+search&force=&x=1&x=2&odd%zz=%E2%82%AC");
        assert_eq!(query.get("q"), Some("stop & search"));
        assert_eq!(query.get("force"), None);
        assert_eq!(query.get("x"), Some("2"));
        assert_eq!(query.get("odd%zz"), Some("€"));
    }

    #[test]
    fn what_is_written_reads_back() {
        let query = Query::read("q=ä+b%2Bc&force=kent");
        assert_eq!(query.written(), "force=kent&q=%C3%A4%20b%2Bc");
        assert_eq!(Query::read(&query.written()), query);
    }
}
