// One page in the browser: accessibility and the console at two widths, no sideways scrolling on the narrow one.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const SIZES = { 1280: 800, 320: 640 };

/** Adds to the tally the checks of one page and what they found. */
export async function checkPage(browser, origin, page, tally) {
  for (const [width, height] of Object.entries(SIZES)) {
    const where = `${page} at ${width}`;
    const context = await browser.newContext({ viewport: { width: Number(width), height } });
    const tab = await context.newPage();
    const said = [];
    tab.on("console", (message) => message.type() === "error" && said.push(message.text()));
    tab.on("pageerror", (error) => said.push(error.message));
    await tab.goto(`${origin}/${page}`, { waitUntil: "load" });
    tally.checks += 1;
    tally.problems.push(...said.map((words) => `${where}: console: ${words}`));
    await checkOverflow(tab, where, tally);
    // What is folded away is checked too.
    await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    await checkOverflow(tab, `${where}, unfolded`, tally);
    await checkAxe(tab, where, tally);
    await context.close();
  }
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
  await tab.evaluate(axe);
  const result = await tab.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } } }),
    TAGS,
  );
  tally.checks += result.passes.length + result.violations.length;
  for (const violation of result.violations) {
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
