//! The printing press: fonts, library and template made ready once, for any number of documents on any number of threads.

use crate::prepare::{Place, Prepared, prepare};
use crate::{PdfError, glyphs};
use report::assets;
use report::document::{Document, Figure};
use report::svg::{self, Width};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// How many documents a remembered piece of layout outlives its last use. One keeps what a neighbouring thread is working with; more
/// saves no time and costs about 20 MB each, never forgetting costs 25 MB a document.
const REMEMBERED: usize = 1;

/// Prints documents. Building one parses the fonts and the template; after that it is shared freely between threads.
pub struct Printer {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
    standards: PdfStandards,
}

impl Printer {
    /// A printer with these font files; the family of the first sets the text, the others stand in for characters it lacks.
    ///
    /// # Errors
    /// When there is no font, or one cannot be read.
    pub fn new<F>(files: impl IntoIterator<Item = F>) -> Result<Self, PdfError>
    where
        F: AsRef<[u8]> + Send + Sync + 'static,
    {
        let files: Vec<Bytes> = files.into_iter().map(Bytes::new).collect();
        let of = files.len();
        let mut fonts = Vec::new();
        for (index, file) in files.into_iter().enumerate() {
            let before = fonts.len();
            fonts.extend(Font::iter(file));
            if fonts.len() == before {
                return Err(PdfError::Font { number: index + 1, of });
            }
        }
        let family = &fonts.first().ok_or(PdfError::Font { number: 0, of })?.info().family;
        let text = format!("#let family = {family:?}\n{}", include_str!("template.typ"));
        Ok(Self {
            library: LazyHash::new(
                Library::builder().with_features(Features::from_iter([Feature::A11yExtras])).build(),
            ),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            template: Source::new(file_id("/template.typ"), text),
            data: file_id("/document.json"),
            standards: PdfStandards::new(&[PdfStandard::Ua_1]).expect("one standard cannot contradict itself"),
            fonts,
        })
    }

    /// A printer with the fonts of the house, Atkinson Hyperlegible Next.
    ///
    /// # Errors
    /// Never with the fonts that `report` carries.
    pub fn house() -> Result<Self, PdfError> {
        Self::new(assets::font_files().map(|file| file.bytes))
    }

    /// The document as a PDF file that conforms to PDF/UA-1.
    ///
    /// `base` is the address of the page that carries the same document: relative links are resolved against it, and printed
    /// without a link where there is none.
    ///
    /// # Errors
    /// When a footnote is missing, a character is in none of the fonts, or Typst refuses (headings that skip a level, two blocks
    /// with one id that a link leads to).
    pub fn print(&self, document: &Document, base: Option<&str>) -> Result<Vec<u8>, PdfError> {
        let Prepared { mut data, figures } = prepare(document, base)?;
        glyphs::check(&mut data, &self.fonts, &document.title)?;
        let charts = figures.into_iter().map(|(figure, place)| Bytes::from_string(draw(figure, place))).collect();
        let sheet = Sheet { printer: self, data: Bytes::from_string(data.to_string()), charts };
        let pdf = typst::compile::<PagedDocument>(&sheet)
            .output
            .and_then(|pages| typst_pdf::pdf(&pages, &self.options(document)));
        comemo::evict(REMEMBERED);
        pdf.map_err(|problems| PdfError::Typst {
            title: document.title.clone(),
            problems: problems.iter().map(in_words).collect(),
        })
    }

    fn options(&self, document: &Document) -> PdfOptions {
        let date = document.date;
        let [year, month, day] = [i32::from(date.year()), i32::from(date.month()), i32::from(date.day())];
        let part = |number: i32| u8::try_from(number).unwrap_or(1);
        let moment = Datetime::from_ymd_hms(year, part(month), part(day), 0, 0, 0);
        let name =
            [&document.publisher, &document.title, document.subtitle.as_deref().unwrap_or_default(), &document.running]
                .join("\n");
        PdfOptions {
            ident: Smart::Custom(format!("{name}\n{date}")),
            creator: Smart::Custom(Some("Peelian".to_owned())),
            timestamp: moment.map(Timestamp::new_utc),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        }
    }
}

fn draw(figure: &Figure, place: Place) -> String {
    let width = match place {
        Place::Alone => Width::Full,
        Place::Paired => Width::Half,
    };
    svg::draw(&figure.chart, width, &figure.id)
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("our own names climb out of no folder");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// What Typst says of a problem, hints included.
fn in_words(problem: &SourceDiagnostic) -> String {
    let hints = problem.hints.iter().map(|hint| format!(" ({})", hint.v));
    format!("{}{}", problem.message, hints.collect::<String>())
}

/// One document on the press: all that Typst can see of the world.
struct Sheet<'a> {
    printer: &'a Printer,
    data: Bytes,
    charts: Vec<Bytes>,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.printer.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.printer.book
    }

    fn main(&self) -> FileId {
        self.printer.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.printer.template.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.printer.data {
            return Ok(self.data.clone());
        }
        let path = id.get().vpath().get_with_slash();
        let index = path
            .strip_prefix("/chart-")
            .and_then(|rest| rest.strip_suffix(".svg"))
            .and_then(|index| index.parse::<usize>().ok());
        index.and_then(|index| self.charts.get(index).cloned()).ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.printer.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
