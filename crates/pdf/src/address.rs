//! Addresses of links, made absolute: a PDF is read far from the page beside which it was published.

/// The absolute form of `href`, or `None` where a PDF cannot follow it.
///
/// `http`, `https` and `mailto` addresses stay; everything else is resolved against `base`, the address of the page that carries
/// the same document (RFC 3986, section 5.2, for the forms that occur here). Without a base nothing relative can be followed.
pub(crate) fn absolute(href: &str, base: Option<&str>) -> Option<String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme)) {
        return Some(href.to_owned());
    }
    let (before_query, _) = href.split_once(['?', '#']).unwrap_or((href, ""));
    let first_segment = before_query.split('/').next().unwrap_or_default();
    if href.is_empty() || first_segment.contains(':') {
        return None;
    }
    let base = base?;
    let base = base.split(['?', '#']).next().unwrap_or(base);
    let authority = base.find("://")? + 3;
    let root = base[authority..].find('/').map_or(base.len(), |at| authority + at);
    if let Some(fragment) = href.strip_prefix('#') {
        return Some(format!("{base}#{fragment}"));
    }
    if let Some(network) = href.strip_prefix("//") {
        return Some(format!("{}//{network}", &base[..authority - 2]));
    }
    let rest = &href[before_query.len()..];
    let folder =
        if before_query.starts_with('/') { "" } else { base[root..].rsplit_once('/').map_or("", |(folder, _)| folder) };
    let path = normal(&format!("{folder}/{}", before_query.trim_start_matches('/')));
    Some(format!("{}{path}{rest}", &base[..root]))
}

/// The path without `.` and `..`; it begins with `/` and climbs no higher than its root.
fn normal(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(href: &str, expected: Option<&str>) {
        let base = "https://peel.example/forces/hertfordshire/index.html";
        assert_eq!(absolute(href, Some(base)).as_deref(), expected, "{href}");
    }

    #[test]
    fn a_relative_address_is_resolved_against_the_page() {
        check("data.csv", Some("https://peel.example/forces/hertfordshire/data.csv"));
        check("../../method/#msg", Some("https://peel.example/method/#msg"));
        check("./a/../b?c=d", Some("https://peel.example/forces/hertfordshire/b?c=d"));
        check("/", Some("https://peel.example/"));
        check("..", Some("https://peel.example/forces/"));
        check("../../../../x", Some("https://peel.example/x"));
        check("#n-1", Some("https://peel.example/forces/hertfordshire/index.html#n-1"));
        check("//other.example/x", Some("https://other.example/x"));
    }

    #[test]
    fn an_absolute_address_stays_and_a_strange_one_is_dropped() {
        check("https://www.gov.uk/a?b#c", Some("https://www.gov.uk/a?b#c"));
        check("mailto:a@b.example", Some("mailto:a@b.example"));
        check("javascript:alert(1)", None);
        check("", None);
        assert_eq!(absolute("../x", None), None);
        assert_eq!(absolute("x", Some("https://peel.example")).as_deref(), Some("https://peel.example/x"));
        assert_eq!(absolute("x", Some("no address")), None);
    }
}
