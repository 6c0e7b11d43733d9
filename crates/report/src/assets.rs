//! Styles and fonts, embedded: the files that every page of a site needs beside it, and the fonts that a PDF is set in.
//!
//! They are made by `assets/build.mjs`; the names of served files carry a hash of their content, so that a browser may keep
//! them for ever.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One embedded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssetFile {
    /// Its name in the folder `assets/` of a site; no folders.
    pub path: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

/// What a site serves in its folder `assets/`: the stylesheet, the web fonts and their licence.
#[must_use]
pub fn files() -> &'static [AssetFile] {
    SITE
}

/// The whole fonts for documents, as TTF: Atkinson Hyperlegible Next, bold and regular.
///
/// Their licence, the SIL Open Font License, is in [`files`] as `OFL.txt`.
pub fn font_files() -> impl Iterator<Item = AssetFile> {
    PDF.iter().copied().filter(|file| file.path.ends_with(".ttf"))
}

/// The regular face.
pub(crate) fn regular() -> &'static [u8] {
    font("regular")
}

/// The bold face.
pub(crate) fn bold() -> &'static [u8] {
    font("bold")
}

fn font(name: &str) -> &'static [u8] {
    font_files().find(|file| file.path.contains(name)).expect("assets/build.mjs writes both faces").bytes
}

/// The stylesheet's name in the folder `assets/`.
#[must_use]
pub fn stylesheet() -> &'static str {
    let is_stylesheet = |file: &&AssetFile| file.path.ends_with(".css");
    SITE.iter().find(is_stylesheet).expect("assets/build.mjs writes one stylesheet").path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_names_only_files_that_are_served() {
        let css = files().iter().find(|f| f.path == stylesheet()).unwrap();
        let css = std::str::from_utf8(css.bytes).unwrap();
        let named: Vec<&str> = css.split("url(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
        assert_eq!(named.len(), 2, "{named:?}");
        for name in named {
            assert!(files().iter().any(|file| file.path == name), "{name}");
        }
    }

    #[test]
    fn both_faces_of_a_document_are_embedded_with_their_licence() {
        let names: Vec<_> = font_files().map(|file| file.path).collect();
        assert_eq!(names, ["AtkinsonHyperlegibleNext-bold.ttf", "AtkinsonHyperlegibleNext-regular.ttf"]);
        let licence = files().iter().find(|f| f.path == "OFL.txt").unwrap();
        assert!(licence.bytes.windows(21).any(|w| w == b"SIL Open Font License"));
    }
}
