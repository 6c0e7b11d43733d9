// Checks a folder of static pages in a browser: accessibility, overflow, mark-up, console, links.
//
//   node run.mjs FOLDER [--sample N | --kinds] [--shots FOLDER]
//
// Needs Chromium (CHROMIUM=path, or one in the usual places). Without one it checks links and mark-up, says what it skipped and
// succeeds, unless REQUIRE=1. Nothing but the loopback address is opened.
import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findChromium, openBrowser } from "./chromium.mjs";
import { checkLinks, listPages } from "./links.mjs";
import { checkMarkup } from "./markup.mjs";
import { checkPage, shoot } from "./pages.mjs";
import { serve } from "./server.mjs";

/** How the names of numbers begin that are not figures of a measure. */
const OF_THE_RECORD = ["change", "count", "evidence", "grade", "last", "moved", "rank", "share"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string" }, kinds: { type: "boolean" }, shots: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error("say which folder of pages to check: node run.mjs FOLDER [--sample N | --kinds] [--shots FOLDER]");
  process.exit(2);
}
const folder = resolve(positionals[0]);
const pages = await listPages(folder);
if (pages.length === 0) {
  console.error(`${folder} holds no .html file: build the site first`);
  process.exit(2);
}
const chosen = values.kinds ? await ofEachKind(pages) : sample(pages, Number(values.sample ?? pages.length));
const tally = { checks: 0, problems: [] };

await checkLinks(folder, pages, tally);
await checkMarkup(folder, chosen, tally);
const chromium = findChromium();
if (chromium === null) {
  console.log("skipped in a browser: accessibility, overflow, console, pictures. Install Chromium (apt-get install chromium) or set CHROMIUM.");
  if (process.env.REQUIRE === "1") process.exit(1);
} else {
  await inBrowser(chromium);
}
for (const problem of tally.problems) console.log(problem);
console.log(`${pages.length} pages, ${tally.checks} checks, ${tally.problems.length} problems`);
process.exit(tally.problems.length === 0 ? 0 : 1);

async function inBrowser(path) {
  const server = await serve(folder);
  const browser = await openBrowser(path);
  try {
    if (values.shots) await mkdir(values.shots, { recursive: true });
    for (const page of chosen) {
      await checkPage(browser, server.origin, page, tally);
      if (values.shots) await shoot(browser, server.origin, page, join(values.shots, page.replaceAll("/", "_").replace(/\.html$/, "")));
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * The largest page of each kind. Among the documents of a cycle a kind is the first two words of a file's name, or a page of a number; of the
 * other pages those of one folder are one kind, and each at the root is its own.
 */
async function ofEachKind(all) {
  const largest = new Map();
  for (const page of all) {
    const name = page.split("/").at(-1).replace(/\.html$/, "");
    const begins = name.split(/[-.]/)[0];
    const number = OF_THE_RECORD.includes(begins) ? begins : "measure";
    const folders = page.split("/").slice(0, -1);
    const ofSite = !/^\d{4}/.test(page);
    const kind = ofSite ? [...folders.slice(0, 1), folders.length > 0 ? folders.length : name].join("/") : page.includes("/numbers/") ? `number: ${number}` : name.split("-").slice(0, 2).join("-");
    const { size } = await stat(join(folder, page));
    if (size > (largest.get(kind)?.size ?? -1)) largest.set(kind, { page, size });
  }
  return [...largest.values()].map(({ page }) => page);
}

/** So many of the pages, evenly spread, the first and the last among them. */
function sample(all, count) {
  if (!(count > 0) || count >= all.length) return all;
  if (count === 1) return [all[0]];
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]);
}
