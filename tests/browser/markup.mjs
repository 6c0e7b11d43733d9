// Mark-up: html-validate's recommended rules and those for whole documents.
import { join } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const RULES = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Long lines and trailing space are no concern of a reader.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    // The stylesheet comes from the same place as the page.
    "require-sri": ["error", { target: "crossorigin" }],
    // Class names follow GOV.UK Frontend's pattern.
    "valid-id": ["error", { relaxed: true }],
    // A table that scrolls by itself is a region with a tab stop, as WCAG asks.
    "prefer-native-element": ["error", { exclude: ["region", "img"] }],
  },
};

/** Adds to the tally one check a page and a problem for each error of its mark-up. */
export async function checkMarkup(folder, pages, tally) {
  const validator = new HtmlValidate(new FileSystemConfigLoader(RULES));
  for (const page of pages) {
    tally.checks += 1;
    const report = await validator.validateFile(join(folder, page));
    for (const result of report.results) {
      for (const message of result.messages) {
        tally.problems.push(`${page}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
      }
    }
  }
}
