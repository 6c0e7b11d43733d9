//! Free text and markings.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// How carefully something is to be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marking {
    /// OFFICIAL.
    #[default]
    Official,
    /// OFFICIAL-SENSITIVE.
    OfficialSensitive,
}

/// Free text or a person's name: words as somebody gave them, or where the vault keeps them.
///
/// A command gives `{text: "…", marking: official}`, or the words alone, which are then OFFICIAL. The ledger keeps them in its vault
/// and writes `{"vault": "…", "digest": "…"}` in their stead, so that no event holds free text and a text can be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Text {
    /// As a command gives it.
    Given {
        /// The words; never empty.
        text: String,
        /// How they are to be handled.
        marking: Marking,
    },
    /// As an event holds it.
    Kept {
        /// Its id in the vault.
        vault: String,
        /// The salted digest of the words, in lower-case hexadecimal.
        digest: String,
    },
}

impl Text {
    /// Words that are OFFICIAL.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self::Given { text: text.into(), marking: Marking::Official }
    }

    /// The words, where they are not in the vault.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Given { text, .. } => Some(text),
            Self::Kept { .. } => None,
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> de::Visitor<'de> for Words {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("words, or `text:` with `marking:`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                if text.trim().is_empty() {
                    return Err(E::custom("the text is empty: write a few words, or leave the field out"));
                }
                Ok(Text::new(text))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let (mut text, mut marking, mut vault, mut digest) = (None::<String>, None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "text" => text = Some(map.next_value()?),
                        "marking" => marking = Some(map.next_value()?),
                        "vault" => vault = Some(map.next_value()?),
                        "digest" => digest = Some(map.next_value()?),
                        other => return Err(de::Error::unknown_field(other, &["text", "marking"])),
                    }
                }
                match (text, vault, digest) {
                    (Some(text), None, None) if !text.trim().is_empty() => {
                        Ok(Text::Given { text, marking: marking.unwrap_or_default() })
                    }
                    (None, Some(vault), Some(digest)) => Ok(Text::Kept { vault, digest }),
                    _ => Err(de::Error::custom("a text is `text:` with `marking:`, or `vault:` with `digest:`")),
                }
            }
        }
        deserializer.deserialize_any(Words)
    }
}
