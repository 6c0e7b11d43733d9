//! The words of our own pages: what `report::html` has written, read back paragraph by paragraph.

use super::{Passage, Readable, Sort};

/// What is not part of the text: ways to other pages, forms, drawings, and what only explains a mark.
const LEFT_OUT: [&str; 5] = ["nav", "form", "svg", "style", "script"];
const LEFT_OUT_CLASSES: [&str; 6] =
    ["number__source", "as-published", "page__date", "govuk-visually-hidden", "class=\"mark\"", "class=\"back\""];
/// The words of a button, not of the text.
const SHOW: &str = "Show as table";
/// Elements that are never closed.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "col", "wbr"];
/// Elements that stand within a line.
const IN_LINE: [&str; 14] =
    ["a", "span", "strong", "em", "data", "time", "abbr", "sup", "sub", "b", "i", "cite", "code", "mark"];

/// A page as it can be found; `None` where it is no page of ours. Its title is the heading of the first level, with the subtitle.
#[must_use]
pub fn read(sort: Sort, about: &str, address: &str, html: &str) -> Option<Readable> {
    let (_, after) = html.split_once("<main")?;
    let (_, main) = after.split_once('>')?;
    let main = main.split("</main>").next()?;
    let mut reader = Reader::default();
    reader.read(main);
    reader.end();
    let title = reader.title.filter(|title| !title.is_empty())?;
    let title = reader.subtitle.map_or_else(|| title.clone(), |subtitle| format!("{title}: {subtitle}"));
    let address = format!("/{}", address.trim_start_matches('/'));
    Some(Readable { sort, title, about: about.to_owned(), address, passages: reader.passages })
}

#[derive(Default)]
struct Reader {
    title: Option<String>,
    subtitle: Option<String>,
    passages: Vec<Passage>,
    anchor: String,
    /// The elements that are open, each with the place that goes on when it closes.
    open: Vec<(String, String)>,
    words: String,
    /// Where the words that are being read belong.
    place: Place,
}

#[derive(Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    Title,
    Subtitle,
}

impl Reader {
    fn read(&mut self, mut rest: &str) {
        while let Some((text, after)) = rest.split_once('<') {
            self.text(text);
            let Some((tag, after)) = after.split_once('>') else { return };
            rest = self.tag(tag, after);
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        self.words.push_str(&unescaped(text));
    }

    /// Takes in a tag; what follows it, or what follows the element where that is left out.
    fn tag<'h>(&mut self, tag: &str, after: &'h str) -> &'h str {
        let closes = tag.starts_with('/');
        let name: &str = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        let hidden = LEFT_OUT.contains(&name) || LEFT_OUT_CLASSES.iter().any(|class| tag.contains(class));
        if !closes && hidden && !tag.ends_with('/') {
            return behind(name, after);
        }
        if IN_LINE.contains(&name) {
            return after;
        }
        if matches!(name, "td" | "th") {
            if closes {
                self.words.push_str("; ");
            }
            return after;
        }
        self.end();
        if !closes {
            self.place = match name {
                "h1" => Place::Title,
                "p" if tag.contains("page__subtitle") => Place::Subtitle,
                _ => Place::Text,
            };
            self.opened(name, attribute(tag, "id").filter(|id| !id.contains("--")));
        } else if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.anchor = self.open.swap_remove(at).1;
            self.open.truncate(at);
        }
        after
    }

    /// A heading's place goes on until the next one, any other's until its element closes.
    fn opened(&mut self, name: &str, id: Option<String>) {
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4");
        if is_heading && let Some(id) = &id {
            self.open.iter_mut().for_each(|(_, after)| after.clone_from(id));
            self.anchor.clone_from(id);
        }
        if !VOID.contains(&name) {
            self.open.push((name.to_owned(), self.anchor.clone()));
        }
        if let Some(id) = id {
            self.anchor = id;
        }
    }

    /// Ends a paragraph.
    fn end(&mut self) {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.words.clear();
        let words = words.trim_end_matches(';').to_owned();
        match std::mem::take(&mut self.place) {
            Place::Title => self.title = Some(words),
            Place::Subtitle => self.subtitle = Some(words).filter(|words| !words.is_empty()),
            Place::Text if words.is_empty() || words == SHOW => {}
            Place::Text => self.passages.push(Passage { anchor: self.anchor.clone(), text: words }),
        }
    }
}

/// What follows an element whose first tag has been read.
fn behind<'h>(name: &str, mut rest: &'h str) -> &'h str {
    let mut depth = 1_usize;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let own = |tag: &str| tag.split([' ', '\n']).next() == Some(name);
        if tag.strip_prefix('/').is_some_and(own) {
            depth -= 1;
        } else if own(tag) && !tag.ends_with('/') {
            depth += 1;
        }
        rest = after;
        if depth == 0 {
            break;
        }
    }
    if depth == 0 { rest } else { "" }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(value.split('"').next()?))
}

/// The words behind `report`'s escapes.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_is_read_paragraph_by_paragraph_with_its_places() {
        let html = "<nav>x</nav><main class=\"page\" id=\"page--main\">\n<div><h1>A &amp; B</h1>\n<p class=\"page__subtitle\">Kent</p>\
            <p class=\"page__date\">2016</p></div><nav><ul><li>Contents</li></ul></nav><p>One <a href=\"x\">link</a>,\
            <span class=\"number\"><data>3</data><span class=\"number__source\"> Home <b>Office</b></span></span> four.</p>\
            <h2 id=\"two\">Two</h2><table id=\"t\"><caption id=\"t--caption\">Cap</caption><tr><th>a</th><td>b</td></tr></table>\
            <div><div id=\"box\"><p>In<br>side</p></div><p>Beside</p></div></main><p>after</p>";
        let found = read(Sort::Document, "about", "2016/kent/report.html", html).unwrap();
        let told: Vec<String> = found.passages.iter().map(|p| format!("{}|{}", p.anchor, p.text)).collect();
        assert_eq!(found.title, "A & B: Kent");
        assert_eq!(told, ["|One link,3 four.", "two|Two", "t|Cap", "t|a; b", "box|In", "box|side", "two|Beside"]);
        assert_eq!(found.place(&found.passages[1]), "/2016/kent/report.html#two");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(html in "(<|>|/|main|nav|h1|p|id=\"|&|;| |ä){0,60}") {
            let _ = read(Sort::Page, "", "a.html", &format!("<main>{html}</main>"));
            let _ = read(Sort::Page, "", "a.html", &html);
        }
    }
}
