use crate::{html, html::tests::document, text};

/// Every block and every inline, all links leading to `gone.html`.
#[test]
fn links_to_files_that_are_not_there_become_words_and_all_others_stay() {
    let whole = document("gone.html#a");
    let mut kept = whole.clone();
    kept.keep_links(&|href| !href.contains('#'));
    assert_eq!(kept, whole, "it is asked for files, without the place in them");
    let mut without = whole.clone();
    without.keep_links(&|_| false);
    let site = html::Site { name: "Site".into(), ..html::Site::default() };
    let page = html::page(&without, &site);
    let leads: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(html::page(&whole, &site).contains("href=\"gone.html#a\""));
    assert!(leads.iter().all(|href| href.starts_with('#') || href.starts_with("assets/")), "{leads:?}");
    assert_eq!(text::write(&without), text::write(&whole), "the words stay");
}
