//! Figures: what the chart says, the chart, what it says to those who do not see it, its source, its data.

use super::Writer;
use crate::document::Figure;
use crate::svg::{self, Width};

impl Writer<'_> {
    pub(super) fn figure(&mut self, figure: &Figure, width: Width) {
        let id = &figure.id;
        let number = format!("Figure {}", figure.number);
        self.raw("<figure class=\"figure\"");
        self.attribute("id", id);
        self.attribute("aria-labelledby", &format!("{id}--headline"));
        self.raw(">\n<figcaption class=\"figure__caption\">\n");
        self.element("p", "figure__number", &number);
        self.raw("<p class=\"figure__headline\"");
        self.attribute("id", &format!("{id}--headline"));
        self.raw(">");
        self.words(&figure.headline);
        self.raw("</p>\n");
        self.element("p", "figure__subtitle", &figure.subtitle);
        self.raw("</figcaption>\n<p hidden");
        self.attribute("id", &format!("{id}--alternative"));
        self.raw(">");
        self.words(&figure.alternative);
        self.raw("</p>\n");
        // Two drawings of one chart; styles show the one that fits, and hide the other from everybody.
        self.chart(figure, width, "wide");
        self.chart(figure, Width::Narrow, "narrow");
        self.source(&figure.source);
        self.notes(&figure.notes);
        self.raw("<div class=\"figure__data\">\n");
        self.summary("Show as table", &number.to_lowercase());
        self.table(&figure.table);
        self.raw("</div>\n</details>\n");
        if let Some(download) = &figure.download {
            self.raw("<p class=\"figure__download\">");
            self.link(download, "govuk-link");
            self.raw("</p>\n");
        }
        self.raw("</div>\n</figure>\n");
    }

    fn chart(&mut self, figure: &Figure, width: Width, variant: &str) {
        let drawn = svg::draw(&figure.chart, width, &format!("{}--{variant}", figure.id));
        let inside = drawn.strip_prefix("<svg").unwrap_or(&drawn);
        self.raw("<svg role=\"img\"");
        self.attribute("class", &format!("chart chart--{variant}"));
        self.attribute("aria-labelledby", &format!("{}--alternative", figure.id));
        self.raw(inside);
        self.raw("\n");
    }
}
