// Checks a folder of static pages in a browser: accessibility, overflow, mark-up, console, links.
//
//   node run.mjs FOLDER [--sample N | --kinds] [--shots FOLDER]
//
// Needs Chromium (CHROMIUM=path, or one in the usual places). Without one it checks links and mark-up, says what it skipped and
// succeeds, unless REQUIRE=1. Nothing but the loopback address is opened.
import { mkdir, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findChromium, openBrowser } from "./chromium.mjs";
import { checkLinks, listPages } from "./links.mjs";
import { checkMarkup } from "./markup.mjs";
import { checkNames } from "./names.mjs";
import { checkPage, openTab, shoot } from "./pages.mjs";
import { serve } from "./server.mjs";

/** How the names of numbers begin that are not figures of a measure. */
const OF_THE_RECORD = ["change", "count", "evidence", "grade", "last", "moved", "rank", "share"];

const PAGES_A_BROWSER = 250;

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
let told = 0;

await checkLinks(folder, pages, tally);
await checkNames(folder, pages, tally);
await checkMarkup(folder, chosen, tally);
const chromium = findChromium();
if (chromium === null) {
  console.log("skipped in a browser: accessibility, overflow, console, pictures. Install Chromium (apt-get install chromium) or set CHROMIUM.");
  if (process.env.REQUIRE === "1") process.exit(1);
} else {
  await inBrowser(chromium);
}
tellProblems();
console.log(`${pages.length} pages, ${tally.checks} checks, ${tally.problems.length} problems`);
process.exit(tally.problems.length === 0 ? 0 : 1);

/** The chosen pages, several at once, each batch in a browser of its own: one that has shown a thousand pages is slow. */
async function inBrowser(path) {
  const server = await serve(folder);
  try {
    if (values.shots) await mkdir(values.shots, { recursive: true });
    for (let start = 0; start < chosen.length; start += PAGES_A_BROWSER) {
      const batch = chosen.slice(start, start + PAGES_A_BROWSER);
      await inOneBrowser(path, server.origin, batch);
      tellProblems();
      if (chosen.length > PAGES_A_BROWSER) console.log(`${start + batch.length} of ${chosen.length} pages in a browser, ${told} problems so far`);
    }
  } finally {
    server.close();
  }
}

async function inOneBrowser(path, origin, batch) {
  const browser = await openBrowser(path);
  const left = [...batch];
  const lane = async () => {
    const tab = await openTab(browser);
    for (let page = left.shift(); page !== undefined; page = left.shift()) {
      await checkPage(tab, origin, page, tally);
      if (values.shots) await shoot(browser, origin, page, join(values.shots, page.replaceAll("/", "_").replace(/\.html$/, "")));
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  } finally {
    await browser.close();
  }
}

/** Prints the problems that were not printed yet. */
function tellProblems() {
  for (; told < tally.problems.length; told += 1) console.log(tally.problems[told]);
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
