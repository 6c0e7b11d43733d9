// Pages as pictures, beside those that were looked at and kept: node pictures.mjs ORIGIN [--write]
//
// A page of each kind at 1280 and at 320 pixels. A picture that differs is written to target/pictures with what differs in red; when it is
// right, `--write` keeps it as the new one.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { findChromium, openBrowser } from "./chromium.mjs";

const PAGES = {
  home: "index.html",
  cycle: "national/2016.html",
  forces: "forces.html",
  force: "forces/hertfordshire.html",
  "force-with-little": "forces/kent.html",
  threads: "threads.html",
  thread: "threads/vetting.html",
  reports: "reports.html",
  register: "register.html?force=hertfordshire",
  finding: "register/kind/cause-of-concern.html",
  measures: "measures.html",
  measure: "measures/officers-per-1000-population.html",
  compare: "compare.html?measure=officers-per-1000-population&force=hertfordshire&period=2019-03-31",
  number: "numbers/officers-fte.hertfordshire.2019-03-31.html",
  methodology: "methodology.html",
  search: "search.html?q=vetting",
  glossary: "glossary.html",
  data: "data.html",
  api: "api.html",
  corrections: "corrections.html",
  accessibility: "accessibility.html",
  about: "about.html",
  missing: "no/such/page.html",
};
/** So much of a picture may differ: letters are not set alike on every machine. */
const MOST = 0.02;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { write: { type: "boolean" } } });
const origin = positionals[0]?.replace(/\/$/, "");
const here = fileURLToPath(new URL(".", import.meta.url));
const kept = join(here, "pictures");
const out = join(here, "../../target/pictures");
const chromium = findChromium();
if (!origin || chromium === null) {
  console.log("skipped: the pictures of the pages. They need an origin, and Chromium (apt-get install chromium, or set CHROMIUM).");
  process.exit(origin ? 0 : 2);
}
await Promise.all([mkdir(kept, { recursive: true }), mkdir(out, { recursive: true })]);
const browser = await openBrowser(chromium);
const problems = [];
for (const [name, page] of Object.entries(PAGES)) {
  for (const [width, height] of [[1280, 900], [320, 700]]) {
    const tab = await browser.newPage({ viewport: { width, height } });
    await tab.goto(`${origin}/${page}`, { waitUntil: "networkidle" });
    const picture = await tab.screenshot();
    await tab.close();
    const file = `${name}-${width}.png`;
    if (values.write) {
      await writeFile(join(kept, file), picture);
      continue;
    }
    const problem = existsSync(join(kept, file)) ? compared(await readFile(join(kept, file)), picture) : "no picture of it was kept";
    if (problem) {
      problems.push(`${name} at ${width}: ${problem.words ?? problem}`);
      await writeFile(join(out, file), picture);
      if (problem.difference) await writeFile(join(out, `${name}-${width}-differs.png`), problem.difference);
    }
  }
}
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`${Object.keys(PAGES).length * 2} pictures, ${problems.length} differ${problems.length > 0 ? "; see target/pictures, and keep what is right with --write" : ""}`);
process.exit(problems.length === 0 ? 0 : 1);

function compared(before, now) {
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(now)];
  if (a.width !== b.width || a.height !== b.height) return `${b.width} × ${b.height} and no longer ${a.width} × ${a.height}`;
  const difference = new PNG({ width: a.width, height: a.height });
  const share = pixelmatch(a.data, b.data, difference.data, a.width, a.height, { threshold: 0.2 }) / (a.width * a.height);
  return share > MOST ? { words: `${(100 * share).toFixed(1)}% of it differs`, difference: PNG.sync.write(difference) } : null;
}
