use super::*;
use proptest::prelude::*;

fn shown(draft: &Draft) -> String {
    let span = |s: &Span| match &s.content {
        Content::Words { text, strong } => format!("{}{text:?}", if *strong { "strong " } else { "" }),
        Content::Call(call) => format!("{call} @{}:{}", s.at.line, s.at.column),
    };
    let line = |spans: &[Span]| spans.iter().map(span).collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    for part in &draft.parts {
        out += &format!("part {:?} @{}\n", part.name, part.at.line);
        for piece in &part.pieces {
            let kind = match piece {
                Piece::Heading { .. } => "heading",
                Piece::Paragraph(_) => "paragraph",
                Piece::List { ordered: true, .. } => "numbered",
                Piece::List { ordered: false, .. } => "list",
            };
            out += &format!("  {kind} {}\n", piece.lines().map(line).collect::<Vec<_>>().join(" | "));
        }
    }
    out
}

#[test]
fn a_text_is_parts_headings_paragraphs_and_lists() {
    let text = "# summary\n\nIn {{ period(\"officers-fte\") }}, the force\nhad {{ value(\"officers-fte\",\n at=\"2014-03-31\") == \"1,927\" }} *not* **very** many.\n\n## A heading\n\n- one {{ force }}\n- two\n\n# findings\n\nEnd – {{ cite(\"fair-cop\") }}\n";
    let (draft, problems) = read("q1.md", text);
    insta::assert_snapshot!(shown(&draft), @r#"
    part "summary" @1
      paragraph "In " period("officers-fte") @3:4 ", the force" " " "had " value("officers-fte", at="2014-03-31") @4:5 " " "not" " " strong "very" " many."
      heading "A heading"
      list "one " force @9:7 | "two"
    part "findings" @12
      paragraph "End – " cite("fair-cop") @14:7
    "#);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].at, problems[0].found.as_str()),
        (Position { line: 5, column: 33 }, "*emphasis* stands here")
    );
    let expected: Vec<_> = draft.calls().filter_map(|(c, _)| c.expects.clone()).collect();
    assert_eq!(expected, ["1,927"]);
}

#[test]
fn what_cannot_be_read_says_where_and_what_to_write() {
    let (_, problems) = read(
        "q1.md",
        "One {{ value(officers) }} two {{ Value() }}\n\n{{ grade(\"x\" \"y\") }} {{ force = \"x\" }} {{ open",
    );
    let told: Vec<_> = problems.iter().map(|p| format!("{}:{} {}", p.at.line, p.at.column, p.found)).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    1:5 `officers` stands where text in double quotes belongs
    1:31 `Value()` does not begin with a name
    3:1 `"y")` stands where `,` or `)` belongs
    3:22 `= "x"` stands where the end belongs
    3:40 `{{` is not closed
    "#);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall_over(text in "[ -~\n{}\"#*éŵ€-]{0,200}") {
        let (draft, problems) = read("x.md", &text);
        for at in problems.iter().map(|p| p.at).chain(draft.calls().map(|(_, at)| at)) {
            prop_assert!(at.line <= text.lines().count().max(1) + 1);
        }
    }

    #[test]
    fn an_expression_reads_as_it_is_shown(name in "[a-z_]{1,9}", values in proptest::collection::vec(("[a-z]{0,5}", "[^\"{}\\r\\n]{0,9}"), 0..4)) {
        let arguments = values.into_iter().map(|(name, value)| Argument { name: Some(name).filter(|n| !n.is_empty()), value }).collect();
        let call = Call { name, arguments, expects: None };
        prop_assert_eq!(expression::parse(&call.to_string()).unwrap(), call);
    }
}
