// One page in the browser: accessibility and no sideways scrolling at two widths, and an empty console.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const SIZES = { 1280: 800, 320: 640 };

/** A tab that keeps what its console says in `tab.said`. */
export async function openTab(browser) {
  const tab = await browser.newPage();
  tab.said = [];
  tab.on("console", (message) => message.type() === "error" && tab.said.push(message.text()));
  tab.on("pageerror", (error) => tab.said.push(error.message));
  return tab;
}

/** Adds to the tally the checks of one page and what they found. The tab may have shown other pages before. */
export async function checkPage(tab, origin, page, tally) {
  tab.said.length = 0;
  await tab.goto(`${origin}/${page}`, { waitUntil: "load" });
  for (const [width, height] of Object.entries(SIZES)) {
    await tab.setViewportSize({ width: Number(width), height });
    await checkOverflow(tab, `${page} at ${width}`, tally);
  }
  // What is folded away is checked too.
  await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await tab.evaluate(axe);
  for (const [width, height] of Object.entries(SIZES)) {
    await tab.setViewportSize({ width: Number(width), height });
    await checkOverflow(tab, `${page} at ${width}, unfolded`, tally);
    await checkAxe(tab, `${page} at ${width}`, tally);
  }
  tally.checks += 1;
  tally.problems.push(...tab.said.map((words) => `${page}: console: ${words}`));
}

async function checkOverflow(tab, where, tally) {
  tally.checks += 1;
  const wide = await tab.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - room;
    const past = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 1);
    return over > 0 ? { over, first: past[0]?.outerHTML.slice(0, 120) ?? "" } : null;
  });
  if (wide) tally.problems.push(`${where}: ${wide.over} pixels wider than the window, from ${wide.first}`);
}

async function checkAxe(tab, where, tally) {
  const { passes, violations } = await tab.evaluate(async (tags) => {
    const only = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
    const result = await window.axe.run(document, only);
    return { passes: result.passes.length, violations: result.violations };
  }, TAGS);
  tally.checks += passes + violations.length;
  for (const violation of violations) {
    const places = violation.nodes.slice(0, 3).map((node) => node.target.join(" "));
    tally.problems.push(`${where}: ${violation.id}: ${violation.help} (${violation.nodes.length} places, such as ${places.join("; ")})`);
  }
}

/** Writes pictures of the page at both widths and as a sheet of paper is wide. */
export async function shoot(browser, origin, page, stem) {
  const kinds = [
    ["1280", 1280, 800, "screen"],
    ["320", 320, 640, "screen"],
    ["print", 658, 930, "print"],
  ];
  for (const [name, width, height, media] of kinds) {
    const tab = await browser.newPage({ viewport: { width, height } });
    await tab.emulateMedia({ media });
    await tab.goto(`${origin}/${page}`, { waitUntil: "load" });
    await tab.screenshot({ path: `${stem}-${name}.png`, fullPage: true });
    await tab.close();
  }
}
