// Chromium printing some of the data packs' pages to tagged PDF, one after another in one browser.
//
// Starting the browser is not timed; opening the page is, since a peer that prints HTML has to read it.
//
//     node print_chromium.mjs SITE NUMBER    prints the seconds as JSON
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium, openBrowser } from "../../tests/browser/chromium.mjs";

const [site, number] = [resolve(process.argv[2]), Number(process.argv[3])];
const path = findChromium();
if (path === null) {
  console.error("There is no Chromium: name one with CHROMIUM=/path/to/chromium.");
  process.exit(1);
}

const cycle = join(site, readdirSync(site).find((name) => name !== "assets"));
const forces = readdirSync(cycle).sort();
const browser = await openBrowser(path);
const seconds = [];
let bytes = 0;
for (let place = 0; place < number; place += 1) {
  const force = forces[Math.floor((place * forces.length) / number)];
  const page = await browser.newPage();
  const start = performance.now();
  await page.goto(pathToFileURL(join(cycle, force, "data-pack.html")).href);
  bytes = (await page.pdf({ tagged: true, preferCSSPageSize: true, printBackground: true })).length;
  seconds.push((performance.now() - start) / 1000);
  await page.close();
}
const version = browser.version();
await browser.close();
seconds.sort((a, b) => a - b);
console.log(JSON.stringify({ pdf: seconds[Math.floor(number / 2)], documents: number, bytes, version }));
