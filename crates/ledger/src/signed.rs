//! Signed heads: where a ledger ends, when, and by whose key, in a form that can be lodged elsewhere and handed on.
//!
//! Signed with Ed25519 (RFC 8032) is the JSON of `at`, `hash` and `seq`, keys sorted, without spaces:
//! `{"at":"2026-11-22T10:00:00Z","hash":"9f…","seq":12}`. In Python, with the package `cryptography`:
//!
//! ```python
//! signed = json.load(open("head.json"))
//! said = {key: signed[key] for key in ("at", "hash", "seq")}
//! key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed["public_key"]))
//! key.verify(bytes.fromhex(signed["signature"]), json.dumps(said, sort_keys=True, separators=(",", ":")).encode())
//! ```
//!
//! A signature shows that whoever holds the key vouched for the head. Whose key it is, only a reader who has had the
//! public key from elsewhere knows: anybody can make a key and sign a head with it.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::chain::{Head, NotAHead};
use crate::vault::{hex, random, unhex};

/// A key to sign with. Its file holds the seed of RFC 8032 as 64 hexadecimal digits and nothing else: keep it secret, and
/// not where the ledger is.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    seed: [u8; 32],
}

/// Shows the public part alone.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(public {})", self.public_key())
    }
}

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key to sign with; its file holds 64 hexadecimal digits. Make one, or name the right file")]
pub struct NotAKey;

impl SigningKey {
    /// A new one, from the system's source of randomness.
    pub fn generate() -> Self {
        Self { seed: random() }
    }

    /// What its file holds, with a line's end.
    pub fn secret(&self) -> String {
        format!("{}\n", hex(&self.seed))
    }

    /// What may be known to all, as 64 hexadecimal digits.
    pub fn public_key(&self) -> String {
        hex(self.pair().public_key().as_ref())
    }

    /// Vouches for a head at a time.
    pub fn sign(&self, head: Head, at: Timestamp) -> SignedHead {
        let signature = hex(self.pair().sign(&message(&head, at)).as_ref());
        SignedHead { seq: head.seq, hash: head.hash, at, signature, public_key: self.public_key() }
    }

    fn pair(&self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&self.seed).expect("any 32 bytes are a seed")
    }
}

impl FromStr for SigningKey {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seed = unhex(text.trim()).and_then(|bytes| bytes.try_into().ok()).ok_or(NotAKey)?;
        Ok(Self { seed })
    }
}

/// A head that somebody has vouched for. Printed as one line of JSON with these keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHead {
    /// Of the last event.
    pub seq: u64,
    /// Of the last event.
    pub hash: String,
    /// When it was signed, in UTC, as the signer says.
    pub at: Timestamp,
    /// 128 hexadecimal digits.
    pub signature: String,
    /// Of the key that signed, 64 hexadecimal digits.
    pub public_key: String,
}

impl fmt::Display for SignedHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).expect("every field has a form in JSON"))
    }
}

/// A head that was kept elsewhere, signed or not, and whose signature is right if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHead {
    /// What [`crate::verify_store`] is given.
    pub head: Head,
    /// When it was signed and by which public key; `None`: it is not signed.
    pub signed: Option<(Timestamp, String)>,
}

/// Why what was kept is no head to rely on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// It is none at all.
    #[error(transparent)]
    NotAHead(#[from] NotAHead),
    /// The signature is not of this head by this key.
    #[error(
        "the signature of head {seq} is wrong: the file was changed after it was signed. Use the one that was lodged"
    )]
    WrongSignature {
        /// What it says.
        seq: u64,
    },
    /// It was signed by another key than the one expected, or by none.
    #[error("the head is signed by {}, and by {expected} it should be", found.as_deref().unwrap_or("nobody"))]
    WrongKey {
        /// The public key of whoever signed it.
        found: Option<String>,
        /// The public key that the caller trusts.
        expected: String,
    },
}

impl KeptHead {
    /// Reads a head or a signed head, and checks its signature; with `trusted`, that it was signed by this public key.
    pub fn read(text: &str, trusted: Option<&str>) -> Result<Self, NotKept> {
        let kept = match serde_json::from_str::<SignedHead>(text) {
            Ok(signed) => {
                let head: Head = Head { seq: signed.seq, hash: signed.hash.clone() }.to_string().parse()?;
                if !signed.is_right() {
                    return Err(NotKept::WrongSignature { seq: head.seq });
                }
                Self { head, signed: Some((signed.at, signed.public_key)) }
            }
            Err(_) => Self { head: text.parse()?, signed: None },
        };
        let found = kept.signed.as_ref().map(|(_, key)| key.clone());
        match trusted {
            Some(expected) if found.as_deref() != Some(expected) => {
                Err(NotKept::WrongKey { found, expected: expected.into() })
            }
            Some(_) | None => Ok(kept),
        }
    }
}

impl SignedHead {
    fn is_right(&self) -> bool {
        let head = Head { seq: self.seq, hash: self.hash.clone() };
        let (key, signature) = (unhex(&self.public_key), unhex(&self.signature));
        key.zip(signature).is_some_and(|(key, signature)| {
            UnparsedPublicKey::new(&ED25519, key).verify(&message(&head, self.at), &signature).is_ok()
        })
    }
}

fn message(head: &Head, at: Timestamp) -> Vec<u8> {
    json!({"at": at.to_string(), "hash": head.hash, "seq": head.seq}).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> (SigningKey, SignedHead) {
        // The seed and the public key of the first test of RFC 8032, section 7.1.
        let key: SigningKey = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n".parse().unwrap();
        let head = Head { seq: 12, hash: "0f".repeat(32) };
        (key.clone(), key.sign(head, "2026-11-22T10:00:00Z".parse().unwrap()))
    }

    #[test]
    fn a_signature_is_the_one_that_python_computes() {
        let (key, signed) = signed();
        assert_eq!(key.public_key(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assert_eq!(
            signed.signature,
            "7c1bc9cb5d8abfc3c3da25dd573c3f12645ae96763a75ad2db868ed435c2bd76185e7e3ba4ac0f8f8940f60b4a76e717cf88182a1d3cd73d94a9b58609383808"
        );
        let kept = KeptHead::read(&signed.to_string(), Some(&key.public_key())).unwrap();
        assert_eq!((kept.head.seq, kept.signed), (12, Some((signed.at, key.public_key()))));
    }

    #[test]
    fn a_head_changed_after_it_was_signed_is_refused() {
        let (key, signed) = signed();
        let line = signed.to_string();
        for (from, to) in [("\"seq\":12", "\"seq\":11"), ("0f0f", "0f0e"), ("T10", "T11"), ("SIGNED", "")] {
            let changed =
                if from == "SIGNED" { line.replace(&signed.signature, "00") } else { line.replacen(from, to, 1) };
            assert!(matches!(KeptHead::read(&changed, None), Err(NotKept::WrongSignature { .. })), "{changed}");
        }
        let other = SigningKey::generate();
        assert_ne!(other, SigningKey::generate());
        let forged = other.sign(Head { seq: 12, hash: "0f".repeat(32) }, signed.at).to_string();
        assert!(KeptHead::read(&forged, None).is_ok(), "anybody can sign; only a trusted key tells");
        let refused = KeptHead::read(&forged, Some(&key.public_key())).unwrap_err();
        assert_eq!(refused, NotKept::WrongKey { found: Some(other.public_key()), expected: key.public_key() });
    }

    #[test]
    fn a_head_without_a_signature_is_read_unless_one_is_expected() {
        let (key, signed) = signed();
        let bare = Head { seq: 12, hash: signed.hash }.to_string();
        assert_eq!(KeptHead::read(&bare, None).unwrap().signed, None);
        assert!(matches!(KeptHead::read(&bare, Some(&key.public_key())), Err(NotKept::WrongKey { found: None, .. })));
        assert!(matches!(KeptHead::read("{}", None), Err(NotKept::NotAHead(_))));
    }

    #[test]
    fn a_key_is_read_from_what_its_file_holds_and_never_printed() {
        let key = SigningKey::generate();
        assert_eq!(key.secret().parse(), Ok(key.clone()));
        assert!(!format!("{key:?}").contains(key.secret().trim()));
        assert_eq!("00".parse::<SigningKey>(), Err(NotAKey));
    }
}
