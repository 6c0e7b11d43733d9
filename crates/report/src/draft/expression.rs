//! What stands between `{{` and `}}`: a name, arguments, and the text that the author expects.

use std::fmt;

/// An expression: `value("officers-fte", at="2014-03-31") == "1,927"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What is asked for.
    pub name: String,
    /// The arguments, in order.
    pub arguments: Vec<Argument>,
    /// What the author expects it to print.
    pub expects: Option<String>,
}

/// An argument: `"officers-fte"` or `at="2014-03-31"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its text.
    pub value: String,
}

impl Call {
    /// The argument without a name at this place, from 0.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&str> {
        self.arguments.iter().filter(|a| a.name.is_none()).nth(place).map(|a| a.value.as_str())
    }

    /// All arguments without a name.
    pub fn unnamed(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter(|a| a.name.is_none()).map(|a| a.value.as_str())
    }

    /// The argument of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|a| a.name.as_deref() == Some(name)).map(|a| a.value.as_str())
    }
}

impl fmt::Display for Call {
    /// As it is written, without what the author expects.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.arguments.is_empty() {
            return Ok(());
        }
        let argument = |a: &Argument| match &a.name {
            Some(name) => format!("{name}=\"{}\"", a.value),
            None => format!("\"{}\"", a.value),
        };
        write!(f, "({})", self.arguments.iter().map(argument).collect::<Vec<_>>().join(", "))
    }
}

/// Reads an expression.
///
/// # Errors
/// What was found where something else belongs.
pub(super) fn parse(text: &str) -> Result<Call, String> {
    let mut rest = Rest { text: text.trim() };
    let name = rest.word().ok_or_else(|| format!("`{}` does not begin with a name", text.trim()))?;
    let mut arguments = Vec::new();
    if rest.take("(") {
        while !rest.take(")") {
            if !arguments.is_empty() && !rest.take(",") {
                return Err(rest.instead("`,` or `)`"));
            }
            let named = rest.word();
            if let Some(word) = named.as_ref().filter(|_| !rest.take("=")) {
                return Err(format!("`{word}` stands where text in double quotes belongs"));
            }
            let value = rest.string().ok_or_else(|| rest.instead("text in double quotes"))?;
            arguments.push(Argument { name: named, value });
        }
    }
    let expects =
        if rest.take("==") { Some(rest.string().ok_or_else(|| rest.instead("text in double quotes"))?) } else { None };
    if rest.text.is_empty() { Ok(Call { name, arguments, expects }) } else { Err(rest.instead("the end")) }
}

struct Rest<'t> {
    text: &'t str,
}

impl Rest<'_> {
    fn take(&mut self, token: &str) -> bool {
        let Some(rest) = self.text.strip_prefix(token) else { return false };
        self.text = rest.trim_start();
        true
    }

    fn word(&mut self) -> Option<String> {
        let end = self.text.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(self.text.len());
        let word = (end > 0).then(|| self.text[..end].to_owned())?;
        self.text = self.text[end..].trim_start();
        Some(word)
    }

    fn string(&mut self) -> Option<String> {
        let rest = self.text.strip_prefix('"')?;
        let end = rest.find('"')?;
        let string = rest[..end].to_owned();
        self.text = rest[end + 1..].trim_start();
        Some(string)
    }

    fn instead(&self, wanted: &str) -> String {
        let found = if self.text.is_empty() { "the end".to_owned() } else { format!("`{}`", self.text) };
        format!("{found} stands where {wanted} belongs")
    }
}
