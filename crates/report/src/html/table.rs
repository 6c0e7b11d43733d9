//! Tables: marked headers, numbers flush right, and a frame that scrolls by itself on a narrow screen.

use super::Writer;
use crate::document::{Column, Inline, Table};

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let caption = format!("{}--caption", table.id);
        self.raw("<div class=\"table__frame\" role=\"region\" tabindex=\"0\"");
        self.attribute("aria-labelledby", &caption);
        self.raw(">\n<table class=\"govuk-table\"");
        self.attribute("id", &table.id);
        self.raw(">\n<caption class=\"govuk-table__caption\"");
        self.attribute("id", &caption);
        self.raw(">");
        self.raw("<span class=\"table__caption\">");
        self.words(&table.caption);
        self.raw("</span></caption>\n<thead class=\"govuk-table__head\">\n<tr class=\"govuk-table__row\">\n");
        for column in &table.columns {
            self.raw("<th scope=\"col\"");
            self.raw(class(true, column));
            self.raw(">");
            self.words(&column.title);
            self.raw("</th>\n");
        }
        self.raw("</tr>\n</thead>\n<tbody class=\"govuk-table__body\">\n");
        for row in &table.rows {
            self.raw("<tr class=\"govuk-table__row\"");
            let place = match row.first().and_then(|cell| cell.first()) {
                Some(Inline::Anchor { id }) => Some(id),
                _ => None,
            };
            if let Some(id) = place {
                self.attribute("id", id);
            }
            self.raw(">\n");
            for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
                let within = if index == 0 && place.is_some() { &cell[1..] } else { cell };
                self.cell(index == 0, within, column);
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n");
        self.source(&table.source);
        self.notes(&table.notes);
    }

    fn cell(&mut self, heads_row: bool, cell: &[Inline], column: &Column) {
        let (opening, closing) = if heads_row { ("<th scope=\"row\"", "</th>\n") } else { ("<td", "</td>\n") };
        self.raw(opening);
        self.raw(class(heads_row, column));
        self.raw(">");
        if column.numeric {
            self.numeric_cell(cell);
        } else {
            self.inlines(cell);
        }
        self.raw(closing);
    }

    pub(super) fn source(&mut self, source: &str) {
        if !source.is_empty() {
            self.element("p", "source", &format!("Source: {source}"));
        }
    }

    pub(super) fn notes(&mut self, notes: &[String]) {
        for (index, note) in notes.iter().enumerate() {
            let first = match (index, notes.len()) {
                (0, 1) => "Note: ",
                (0, _) => "Notes: ",
                _ => "",
            };
            self.element("p", "source", &format!("{first}{note}"));
        }
    }
}

fn class(is_header: bool, column: &Column) -> &'static str {
    match (is_header, column.numeric) {
        (true, true) => " class=\"govuk-table__header govuk-table__header--numeric\"",
        (true, false) => " class=\"govuk-table__header\"",
        (false, true) => " class=\"govuk-table__cell govuk-table__cell--numeric\"",
        (false, false) => " class=\"govuk-table__cell\"",
    }
}
