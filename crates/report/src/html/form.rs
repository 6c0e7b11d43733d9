//! Forms that ask for a page. They need no script: the browser sends them as the query of an address.

use super::{Field, Form, Writer};

impl Writer<'_> {
    pub(super) fn form(&mut self, form: &Form) {
        self.raw("<form class=\"ask\" method=\"get\" role=\"search\"");
        self.attribute("action", &form.action);
        self.attribute("aria-label", &form.label);
        self.raw(">\n");
        for field in &form.fields {
            self.field(field);
        }
        self.raw("<button type=\"submit\" class=\"govuk-button ask__button\">");
        self.words(&form.button);
        self.raw("</button>\n</form>\n");
    }

    fn field(&mut self, field: &Field) {
        let id = format!("ask--{}", field.name);
        self.raw("<div class=\"govuk-form-group ask__field\">\n<label class=\"govuk-label\"");
        self.attribute("for", &id);
        self.raw(">");
        self.words(&field.label);
        self.raw("</label>\n");
        if field.choices.is_empty() {
            self.raw("<input class=\"govuk-input\" type=\"search\" maxlength=\"200\"");
            self.attribute("id", &id);
            self.attribute("name", &field.name);
            self.attribute("value", &field.value);
            self.raw(">\n");
        } else {
            self.raw("<select class=\"govuk-select\"");
            self.attribute("id", &id);
            self.attribute("name", &field.name);
            self.raw(">\n");
            for (value, words) in &field.choices {
                self.raw("<option");
                self.attribute("value", value);
                self.raw(if *value == field.value { " selected>" } else { ">" });
                self.words(words);
                self.raw("</option>\n");
            }
            self.raw("</select>\n");
        }
        self.raw("</div>\n");
    }
}
