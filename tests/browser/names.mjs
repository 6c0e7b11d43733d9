// Names inside a page: every id once, and no two regions that are called the same. Reads text only, so it covers all pages.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Adds to the tally one check a page and a problem for each name that is there twice. */
export async function checkNames(folder, pages, tally) {
  for (const page of pages) {
    tally.checks += 1;
    const html = await readFile(join(folder, page), "utf8");
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    for (const id of twice(ids)) tally.problems.push(`${page}: the id "${id}" is there twice`);
    for (const name of twice(regions(html))) tally.problems.push(`${page}: two regions are called "${name}"`);
  }
}

/** What the regions are called: the text of the element that labels each. */
function regions(html) {
  return [...html.matchAll(/role="region"[^>]*\saria-labelledby="([^"]*)"/g)].map(([, id]) => {
    const start = html.indexOf(`id="${id}"`);
    const element = /<(\w+)[^<]*$/.exec(html.slice(0, start))?.[1];
    const words = html.slice(html.indexOf(">", start) + 1, html.indexOf(`</${element}>`, start));
    return words.replace(/<[^>]*>/g, "").trim();
  });
}

function twice(names) {
  return new Set(names.filter((name, place) => names.indexOf(name) !== place));
}
