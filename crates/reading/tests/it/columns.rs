//! A page printed in two columns, with a running head, a page number and notes at the foot: a PDF made by hand.

use crate::known::known;
use std::fmt::Write as _;

/// A PDF of pages of lines: place from the left and from the top in points, size, words.
fn printed(pages: &[Vec<(u32, u32, u32, String)>]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            pages.len(),
            (0..pages.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect::<String>()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (number, lines) in pages.iter().enumerate() {
        let mut drawn = String::new();
        for (x, y, size, words) in lines {
            let words = words.replace('(', "\\(").replace(')', "\\)");
            let _ = writeln!(drawn, "BT /F1 {size} Tf 1 0 0 1 {x} {} Tm ({words}) Tj ET", 842 - y);
        }
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * number
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{drawn}endstream", drawn.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|at| file += &format!("{at:010} 00000 n \n"));
    let _ = write!(file, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// A column of lines, each where it stands: an empty one leaves a gap.
fn column(x: u32, lines: &[&str]) -> Vec<(u32, u32, u32, String)> {
    let place = |(n, words): (usize, &&str)| (x, 110 + 13 * u32::try_from(n).unwrap(), 9, (*words).to_owned());
    lines.iter().enumerate().filter(|(_, words)| !words.is_empty()).map(place).collect()
}

fn line(x: u32, y: u32, size: u32, words: &str) -> (u32, u32, u32, String) {
    (x, y, size, words.to_owned())
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut first = vec![
        line(50, 40, 7, "PEEL: Police legitimacy 2016"),
        line(50, 60, 16, "PEEL: Police legitimacy 2016"),
        line(50, 82, 11, "An inspection of Kent Police"),
        line(50, 760, 6, "1 Survey of the force's own staff, of which no more is said."),
        line(290, 800, 7, "1"),
    ];
    first.extend(column(
        50,
        &[
            "How well does the force ensure that its",
            "workforce behaves ethically and lawfully?",
            "",
            "Good",
            "",
            "The force takes the conduct of its people",
            "seriously, and its leaders speak about it",
            "often.",
            "",
            "In the 12 months to 31 March 2016, Kent",
            "Police recorded 231 public complaint cases",
        ],
    ));
    first.extend(column(
        310,
        &[
            "per 1,000 officers, which was lower than",
            "the England and Wales average of 268 per",
            "1,000 officers.",
            "",
            "Area for improvement",
            "",
            "- The force should tell its people what",
            "  it does about allegations, and how soon",
            "  it does it.",
        ],
    ));
    let mut second = vec![line(50, 40, 7, "PEEL: Police legitimacy 2016"), line(290, 800, 7, "2")];
    second.extend(column(
        50,
        &[
            "To what extent does the force treat its",
            "workforce with fairness and respect?",
            "",
            "Requires improvement",
            "",
            "People told us that they wait too long for",
        ],
    ));
    second.extend(column(310, &["an answer to a grievance, and that it does", "not say why."]));
    let file = printed(&[first, second]);
    let read = reading::read("columns.pdf", &file, &known());
    assert_eq!((read.product.as_str(), read.cycle.as_deref()), ("pillar-report", Some("2016")), "{read:#?}");
    assert_eq!(read.forces, ["kent"]);
    let judged: Vec<_> = read.judgments.iter().map(|j| (j.node.as_str(), j.grade.as_str())).collect();
    assert_eq!(judged, [("legitimacy.q2", "good"), ("legitimacy.q3", "requires-improvement")]);
    let compared: Vec<_> = read.statements.iter().filter(|s| s.comparator.is_some()).collect();
    assert_eq!(compared.len(), 1, "{compared:#?}");
    let said = (compared[0].value, compared[0].comparator_value, compared[0].verdict.as_str());
    assert_eq!(said, (Some(231.0), Some(268.0), "lower"), "the sentence goes on in the second column");
    assert_eq!(read.findings.len(), 1, "{:#?}", read.findings);
    assert!(read.findings[0].text.ends_with("what it does about allegations, and how soon it does it."));
    assert_eq!(read.findings[0].node.as_deref(), Some("legitimacy.q2"));
    assert_eq!(read.footnotes.len(), 1, "{:#?}", read.footnotes);
    assert!(read.footnotes[0].text.starts_with("Survey of the force"));
    assert!(read.sections.iter().all(|s| s.title != "1" && s.title != "2"), "page numbers are no headings");
}
