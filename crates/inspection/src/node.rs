//! Places in a framework.

use std::{fmt, str::FromStr};

/// A place in a framework: `legitimacy`, `legitimacy.q2`, `legitimacy.q2.d1`; without pillars `q3`, `q3.t2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(String);

/// Text that is no place in a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANode(pub String);

impl fmt::Display for NotANode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a place in a framework: write a pillar, question or diagnostic such as `legitimacy`, `legitimacy.q2` or `legitimacy.q2.d1`",
            self.0
        )
    }
}

impl std::error::Error for NotANode {}

impl FromStr for NodeId {
    type Err = NotANode;

    fn from_str(text: &str) -> Result<Self, NotANode> {
        let numbered = |part: &str, letters: &[char]| {
            part.strip_prefix(letters).is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
        };
        let pillar = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !part.is_empty();
        let mut parts = text.split('.').collect::<Vec<_>>();
        // A pillar may stand before the question, or nothing.
        if parts.first().is_some_and(|p| pillar(p)) {
            parts.remove(0);
        }
        let fits = match parts.as_slice() {
            [] => !text.is_empty(),
            [question] => numbered(question, &['q']),
            [question, part] => numbered(question, &['q']) && numbered(part, &['d', 't']),
            _ => false,
        };
        if fits { Ok(Self(text.to_owned())) } else { Err(NotANode(text.to_owned())) }
    }
}

impl NodeId {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The pillar it belongs to, or is; `None` in a framework without pillars.
    #[must_use]
    pub fn pillar(&self) -> Option<&str> {
        let first = self.0.split('.').next()?;
        let question = first.strip_prefix('q').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
        (!question).then_some(first)
    }

    /// Whether it is a pillar itself.
    #[must_use]
    pub fn is_pillar(&self) -> bool {
        self.pillar() == Some(&self.0)
    }

    /// The place above it: a diagnostic's question, a question's pillar.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(above, _)| Self(above.to_owned()))
    }

    /// Whether it is this place or below it.
    #[must_use]
    pub fn within(&self, place: &Self) -> bool {
        self.0.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for NodeId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for NodeId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_what_is_above_it() {
        let node = |text: &str| text.parse::<NodeId>().unwrap();
        assert_eq!(node("legitimacy.q2.d1").parent(), Some(node("legitimacy.q2")));
        assert_eq!(node("legitimacy.q2").pillar(), Some("legitimacy"));
        assert!(node("legitimacy").is_pillar() && !node("q3").is_pillar());
        assert_eq!((node("q3.t2").pillar(), node("q3.t2").parent()), (None, Some(node("q3"))));
        assert!(
            node("legitimacy.q1.d1").within(&node("legitimacy.q1"))
                && !node("legitimacy.q11").within(&node("legitimacy.q1"))
        );
        for text in ["", "Legitimacy", "legitimacy.2", "legitimacy.q", "legitimacy.q1.d1.x", "legitimacy..q1", "q1.q2"]
        {
            assert!(text.parse::<NodeId>().is_err(), "{text}");
        }
    }
}
