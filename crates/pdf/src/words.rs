//! The few words that the page design adds to a document, in English and Welsh.

use serde_json::{Value, json};

/// The words for a document in this language (a BCP 47 tag); English for every language but Welsh.
pub(crate) fn words(language: &str) -> Value {
    if is_welsh(language) {
        json!({
            "contents": "Cynnwys",
            "figure": "Ffigur",
            "source": "Ffynhonnell",
            "page": "Tudalen",
            "of": "o",
            "behind": "Mae'r ffigurau y tu ôl i'r siart hon ar dudalen",
            "appendix": "Y ffigurau y tu ôl i'r siartiau",
            "no_rows": "Nid oes rhesi yn y tabl hwn.",
            "published": "Pob rhif fel y'i cyhoeddwyd.",
            "bound": "Mae rhif â llinell ddotiog oddi tano ynghlwm wrth ei ddata.",
            "carried_over": "wedi'i gario drosodd o",
            "dagger": "Mae † yn nodi rhif fel y'i cyhoeddwyd.",
        })
    } else {
        json!({
            "contents": "Contents",
            "figure": "Figure",
            "source": "Source",
            "page": "Page",
            "of": "of",
            "behind": "The figures behind this chart are on page",
            "appendix": "The figures behind the charts",
            "no_rows": "This table has no rows.",
            "published": "All numbers as published.",
            "bound": "A number with a dotted line below it is bound to its data.",
            "carried_over": "carried over from",
            "dagger": "† marks a number taken over as published.",
        })
    }
}

/// "September 2018" in the document's language, of a date such as `2018-09-30`.
pub(crate) fn month(language: &str, year: i16, month: i8) -> String {
    const WELSH: [&str; 12] = [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ];
    let names = if is_welsh(language) { WELSH } else { reference::MONTHS };
    let index = usize::try_from(month).map_or(0, |month| month - 1);
    format!("{} {year}", names[index])
}

fn is_welsh(language: &str) -> bool {
    language.split('-').next() == Some("cy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let keys = |language: &str| words(language).as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("cy-GB"), keys("en-GB"));
        assert_ne!(words("cy"), words("en"));
    }

    #[test]
    fn a_month_is_named_in_the_language_of_the_document() {
        assert_eq!(month("en-GB", 2018, 9), "September 2018");
        assert_eq!(month("cy", 2019, 1), "Ionawr 2019");
    }
}
