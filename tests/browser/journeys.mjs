// What people come for, done in a browser on the served example: node journeys.mjs ORIGIN [--shots FOLDER]
//
// Each journey is a person with a question. They run with scripts off, which is how the site is meant to work; two are done with the
// keyboard alone, and all pages on the way are checked by axe at 1280 and 320 pixels, which is also a window of 1280 at 400%.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { findChromium, openBrowser } from "./chromium.mjs";
import { checkPage, openTab } from "./pages.mjs";

const { positionals } = parseArgs({ allowPositionals: true });
const origin = positionals[0]?.replace(/\/$/, "");
if (!origin) {
  console.error("say where the site is served: node journeys.mjs http://127.0.0.1:8000");
  process.exit(2);
}
const chromium = findChromium();
if (chromium === null) {
  console.log("skipped: the journeys through the site. Install Chromium (apt-get install chromium) or set CHROMIUM.");
  process.exit(process.env.REQUIRE === "1" ? 1 : 0);
}
const browser = await openBrowser(chromium);
const tally = { checks: 0, problems: [] };
const visited = new Set();

/** The words of the main part of a page. */
const words = async (tab) => (await tab.locator("main").innerText()).replaceAll("\u00a0", " ");

async function journey(name, walk, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false, acceptDownloads: true, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(15_000);
  tab.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("favicon.ico")) tally.problems.push(`${name}: ${response.status()} ${response.url()}`);
    if ((response.headers()["content-type"] ?? "").startsWith("text/html")) visited.add(response.url().slice(origin.length + 1));
  });
  try {
    await tab.goto(`${origin}/`);
    await walk(tab);
    tally.checks += 1;
    console.log(`done: ${name}`);
  } catch (error) {
    tally.problems.push(`${name}: at ${tab.url()}: ${error.message}`);
  }
  await context.close();
}

/** Follows a link of the page's main part, or of its header. */
async function follow(tab, link, place = "main") {
  await tab.locator(place).getByRole("link", { name: link }).first().click();
  await tab.waitForLoadState();
}

await journey("a journalist follows the vetting thread to the printed line", async (tab) => {
  await follow(tab, "Threads", "header");
  await follow(tab, /vetting/i);
  const thread = await words(tab);
  for (const step of ["2014", "2016", "2018/19", "cause of concern", "area for improvement", "Nothing is known"]) {
    assert.ok(thread.toLowerCase().includes(step.toLowerCase()), `the thread does not say "${step}"`);
  }
  const ours = tab.locator('main a[href^="../2016/hertfordshire/"][href*="#finding-"]').first();
  const address = await ours.getAttribute("href");
  await ours.click();
  assert.ok(address.includes("#"), `${address} does not lead to a place in the document`);
  const place = tab.locator(`[id="${address.split("#")[1]}"]`);
  assert.equal(await place.count(), 1, `${address}: the place is not there`);
  assert.match(await words(tab), /vetting/i);
});

await journey("a researcher goes from a sentence to the Home Office cell and downloads the table", async (tab) => {
  await tab.goto(`${origin}/2018-19/hertfordshire/force-report.html`);
  const number = tab.locator('main data[data-ref^="officers-fte.hertfordshire.2019-03-31"] a, main a:has(data[data-ref^="officers-fte.hertfordshire.2019-03-31"])').first();
  await number.click();
  const derivation = await words(tab);
  for (const said of ["police-workforce-sep19-tables.ods", "Sheet Table_1, column C, row 37", "2008.667"]) assert.ok(derivation.includes(said), `the derivation does not say "${said}"`);
  await follow(tab, "Compare", "header");
  await tab.locator('main a[href*="officers-per-1000-population"]').first().click();
  await tab.locator('main a[href*="compare/officers-per-1000-population"]').first().click();
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.locator('main a[href$=".csv"]').first().click()]);
  const path = await download.path();
  const { readFileSync } = await import("node:fs");
  const table = readFileSync(path, "utf8");
  assert.ok(table.includes("hertfordshire") && table.split("\n").length > 43, "the table does not hold all forces");
});

await journey("a citizen finds their force and what it was asked to do", async (tab) => {
  await follow(tab, "Forces", "header");
  await follow(tab, "Hertfordshire Constabulary");
  assert.equal(await tab.locator("h1").innerText(), "Hertfordshire Constabulary");
  const page = await words(tab);
  for (const said of ["Cause of concern", "vetting", "carried over", "Good"]) assert.ok(page.toLowerCase().includes(said.toLowerCase()), `the page does not say "${said}"`);
  await follow(tab, "Recommendations", "header");
  await tab.locator('select[name="force"]').selectOption("hertfordshire");
  await tab.locator('select[name="kind"]').selectOption("cause-of-concern");
  await tab.getByRole("button").first().click();
  assert.match(tab.url(), /force=hertfordshire/);
  assert.match(await words(tab), /1 finding is among the causes of concern/);
});

await journey("a reader searches, and finds other forms of the word", async (tab) => {
  await follow(tab, "Search", "header");
  await tab.locator('input[name="q"]').fill("vetted");
  await tab.getByRole("button").first().click();
  assert.match(await words(tab), /vetting/i);
  assert.ok((await tab.locator("main strong, main mark").count()) > 0, "what was found is not highlighted");
  await tab.goto(`${origin}/search.html?q=${encodeURIComponent("<script>alert(1)</script>")}`);
  assert.equal(await tab.locator("main script").count(), 0);
});

await journey("a researcher compares a force by a form", async (tab) => {
  await tab.goto(`${origin}/compare.html?measure=officers-per-1000-population&force=hertfordshire&period=2019-03-31`);
  assert.match(await words(tab), /Hertfordshire/);
  assert.ok((await tab.locator("main svg").count()) > 0, "there is no chart");
});

await journey("a citizen with a keyboard alone comes to their force, and always sees where they are", async (tab) => {
  const press = async (wanted) => {
    for (let n = 0; n < 400; n += 1) {
      await tab.keyboard.press("Tab");
      const focused = tab.locator(":focus");
      if ((await focused.count()) === 0) continue;
      const style = await focused.evaluate((element) => {
        const { outlineWidth, outlineStyle, boxShadow, backgroundColor } = getComputedStyle(element);
        return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none" || backgroundColor === "rgb(255, 221, 0)";
      });
      const text = (await focused.innerText()).trim();
      assert.ok(style, `the focus on "${text}" is not seen`);
      if (text === wanted) return tab.keyboard.press("Enter");
    }
    throw new Error(`"${wanted}" is not reached in 400 steps`);
  };
  await tab.keyboard.press("Tab");
  assert.equal((await tab.locator(":focus").innerText()).trim(), "Skip to main content");
  await press("Forces");
  await tab.waitForURL(/forces\.html/);
  await press("Hertfordshire Constabulary");
  await tab.waitForURL(/hertfordshire\.html/);
}, { javaScriptEnabled: true });

// Pages that only a server has, and those on the way: axe and overflow at both widths.
const more = [
  "search.html?q=vetting", "search.html?q=zzzz", "register.html?force=hertfordshire&status=open", "register.html?force=kent&kind=cause-of-concern",
  "compare.html?measure=officers-per-1000-population&force=hertfordshire", "compare.html?measure=nothing", "no/such/page.html",
];
const fresh = await openTab(browser);
for (const page of new Set([...visited, ...more])) {
  const before = tally.problems.length;
  await checkPage(fresh, origin, page, tally);
  // That a page is missing is what its status says.
  if (page.startsWith("no/such") || page.includes("measure=nothing")) tally.problems.splice(before, tally.problems.length, ...tally.problems.slice(before).filter((p) => !p.includes("console: Failed to load resource")));
}
await browser.close();
for (const problem of tally.problems) console.log(problem);
console.log(`${visited.size} pages visited, ${tally.checks} checks, ${tally.problems.length} problems`);
process.exit(tally.problems.length === 0 ? 0 : 1);
