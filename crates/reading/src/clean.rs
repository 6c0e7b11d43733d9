//! Text as extraction leaves it, made plain: ligatures, soft hyphens, hard spaces, and keys to compare by.

/// A line with its ligatures, hard spaces and invisible characters made plain. A soft hyphen stays only at its end, where it tells
/// that the word goes on in the next line.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let trimmed = text.trim_end_matches(['\r', '\n']);
    let last = trimmed.trim_end().len();
    for (at, c) in trimmed.char_indices() {
        match c {
            '\u{ad}' if at + c.len_utf8() >= last => out.push(c),
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2009}' | '\u{2002}' | '\u{2003}' => out.push(' '),
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            '\t' | '\u{c}' => out.push(c),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// What is left when only letters and digits count, in lower case: headings are compared by it.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() && digit(*c).is_none()).flat_map(char::to_lowercase).collect()
}

/// The key, and for each of its bytes where the character that made it ends in the text.
pub(crate) fn key_with_ends(text: &str) -> (String, Vec<usize>) {
    let (mut key, mut ends) = (String::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() && digit(*c).is_none()) {
        for lower in c.to_lowercase() {
            key.push(lower);
            ends.resize(key.len(), at + c.len_utf8());
        }
    }
    (key, ends)
}

/// Quotation marks and dashes as a keyboard writes them.
pub(crate) fn straight(text: &str) -> String {
    text.chars().map(straightened).collect()
}

const fn straightened(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '′' => '\'',
        '“' | '”' | '‟' | '″' => '"',
        '–' | '—' | '‑' | '‐' | '−' => '-',
        c => c,
    }
}

/// Text without raised figures, its marks straight, and for each byte where it stands in the text.
pub(crate) fn plain(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, c) in text.char_indices().filter(|(_, c)| digit(*c).is_none() && !"†‡".contains(*c)) {
        out.push(straightened(c));
        places.resize(out.len(), at);
    }
    (out, places)
}

/// The digit that a raised figure stands for.
pub(crate) const fn digit(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        _ => return None,
    })
}

/// A plain figure, raised.
pub(crate) const fn raised(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => return None,
    })
}

/// Text without raised figures.
pub(crate) fn unmarked(text: &str) -> String {
    text.chars().filter(|c| digit(*c).is_none()).collect()
}

/// Spaces made single.
pub(crate) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text of a file: UTF-8, or else taken as Windows-1252, which is what older pages are in.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let utf16 = |units: Vec<u16>| String::from_utf16_lossy(&units);
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect()),
        [0xfe, 0xff, rest @ ..] => utf16(rest.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect()),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
            Err(_) => bytes.iter().map(|b| windows(*b)).collect(),
        },
    }
}

/// A byte of Windows-1252.
const fn windows(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        0x81..=0x9f => ' ',
        other => other as char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_what_extraction_put_in() {
        assert_eq!(line("oﬃcers and sta\u{ad}ﬀ\u{a0}here\r"), "officers and staff here");
        assert_eq!(line("inspec\u{ad}  "), "inspec\u{ad}  ");
        assert_eq!(key("Anti-social  Behaviour¹"), "antisocialbehaviour");
        assert_eq!(decoded(b"the force\x92s \xa3162"), "the force’s £162");
    }
}
