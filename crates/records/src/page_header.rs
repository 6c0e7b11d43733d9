//! What a page of Parquet says it will hold, looked at before the library makes room for it: a header of twenty bytes may ask for two
//! gigabytes.
//!
//! A header is a struct of Thrift's compact protocol (`PageHeader` of parquet.thrift); its second field is the size unpacked.

/// The most bytes that a page may hold unpacked. Writers make pages and dictionaries of about a mebibyte.
pub(crate) const LARGEST: u64 = 64 * 1024 * 1024;

/// The largest size that a header names; `None` where these bytes do not hold all of it.
///
/// # Errors
/// What cannot be a header.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Option<u64>, &'static str> {
    let mut header = Header { bytes, at: 0 };
    match header.sizes() {
        Ok(size) => Ok(Some(size)),
        Err(Stopped::Short) => Ok(None),
        Err(Stopped::Wrong) => Err("a page without a header"),
    }
}

/// Why reading stopped.
enum Stopped {
    /// The bytes are over.
    Short,
    /// They are no Thrift.
    Wrong,
}

struct Header<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The numbers of the types that take something else than nothing, a byte or a number.
const BYTE: u8 = 3;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
/// How deep structs may lie within one another.
const DEEPEST: u8 = 16;

impl Header<'_> {
    /// The largest of the second fields: a hostile header names it twice.
    fn sizes(&mut self) -> Result<u64, Stopped> {
        let (mut field, mut size) = (0i64, 0);
        while let Some((kind, next)) = self.field(field)? {
            field = next;
            if field == 2 && matches!(kind, 4..=6) {
                let zigzag = self.number()?;
                // A size below nothing is refused like one above all bounds.
                size = size.max(if zigzag & 1 == 1 { u64::MAX } else { zigzag >> 1 });
            } else {
                self.skip(kind, 0)?;
            }
        }
        Ok(size)
    }

    /// The type and number of the next field; `None` at the end of the struct.
    fn field(&mut self, before: i64) -> Result<Option<(u8, i64)>, Stopped> {
        let head = self.byte()?;
        if head == 0 {
            return Ok(None);
        }
        let number = match head >> 4 {
            0 => {
                let zigzag = self.number()?;
                let half = i64::try_from(zigzag >> 1).map_err(|_| Stopped::Wrong)?;
                if zigzag & 1 == 1 { !half } else { half }
            }
            step => before.saturating_add(i64::from(step)),
        };
        Ok(Some((head & 15, number)))
    }

    fn skip(&mut self, kind: u8, depth: u8) -> Result<(), Stopped> {
        match kind {
            // A truth is in its type.
            1 | 2 => Ok(()),
            BYTE => self.pass(1),
            4..=6 => self.number().map(|_| ()),
            DOUBLE => self.pass(8),
            BINARY => {
                let length = self.number()?;
                self.pass(length)
            }
            LIST | SET => {
                let head = self.byte()?;
                let length = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
                self.elements(length, head & 15, depth)
            }
            MAP => {
                let length = self.number()?;
                let kinds = if length == 0 { 0 } else { self.byte()? };
                for _ in 0..length {
                    self.elements(1, kinds >> 4, depth)?;
                    self.elements(1, kinds & 15, depth)?;
                }
                Ok(())
            }
            STRUCT if depth < DEEPEST => {
                while let Some((kind, _)) = self.field(0)? {
                    self.skip(kind, depth + 1)?;
                }
                Ok(())
            }
            _ => Err(Stopped::Wrong),
        }
    }

    /// Elements of a list: a truth takes a byte there, so that every element takes one or more.
    fn elements(&mut self, length: u64, kind: u8, depth: u8) -> Result<(), Stopped> {
        for _ in 0..length {
            if matches!(kind, 1 | 2) { self.pass(1)? } else { self.skip(kind, depth + 1)? }
        }
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, Stopped> {
        let byte = self.bytes.get(self.at).copied().ok_or(Stopped::Short)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, length: u64) -> Result<(), Stopped> {
        let end = usize::try_from(length).ok().and_then(|l| self.at.checked_add(l)).ok_or(Stopped::Wrong)?;
        if end > self.bytes.len() {
            return Err(Stopped::Short);
        }
        self.at = end;
        Ok(())
    }

    /// A number of up to ten bytes, seven bits in each.
    fn number(&mut self) -> Result<u64, Stopped> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err(Stopped::Wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Type, size unpacked, size packed, and a data page's header with statistics.
    fn header(size: u64) -> Vec<u8> {
        let mut bytes = vec![0x15, 0x00, 0x15];
        let mut left = size << 1;
        while left >= 128 {
            bytes.push(u8::try_from(left & 127).unwrap() | 128);
            left >>= 7;
        }
        bytes.push(u8::try_from(left).unwrap());
        bytes.extend([0x15, 0x14, 0x2c, 0x15, 0x02, 0x15, 0x00, 0x1c, 0x18, 3, b'a', b'b', b'c', 0x11, 0, 0, 0]);
        bytes
    }

    #[test]
    fn the_size_is_read_whatever_else_is_there() {
        assert_eq!(unpacked(&header(2_000_000_000)), Ok(Some(2_000_000_000)));
        assert_eq!(unpacked(&header(7)[..9]), Ok(None), "cut");
        // The second field once more, by its number: the larger counts.
        let mut twice = header(7);
        twice.pop();
        twice.extend([0x05, 0x04, 0xfe, 0xff, 0xff, 0x0f, 0]);
        assert_eq!(unpacked(&twice), Ok(Some(16_777_215)));
        assert_eq!(unpacked(&[0x15, 0x00, 0x15, 0x01, 0]), Ok(Some(u64::MAX)), "below nothing");
        assert!(unpacked(&[0x1d, 0]).is_err(), "no type");
    }

    proptest! {
        #[test]
        fn the_header_of_every_size_says_it(size in 0u64..1 << 40) {
            prop_assert_eq!(unpacked(&header(size)), Ok(Some(size)));
        }

        #[test]
        fn noise_ends(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _size = unpacked(&bytes);
        }
    }
}
