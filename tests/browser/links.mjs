// Links inside the folder: every address leads to a file, and every fragment to an id in it. Reads text only, so it covers all pages.
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The .html files below the folder, as sorted paths with forward slashes. */
export async function listPages(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Adds to the tally one check a link and a problem for each that leads nowhere. */
export async function checkLinks(folder, pages, tally) {
  const known = new Map();
  for (const page of pages) {
    const html = await readFile(join(folder, page), "utf8");
    for (const address of addresses(html)) {
      if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)) continue;
      tally.checks += 1;
      const problem = await follow(folder, page, address, known);
      if (problem) tally.problems.push(`${page}: link to ${address} ${problem}`);
    }
    if (known.size > 500) known.clear();
  }
}

function addresses(html) {
  return [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => unescape(match[1]));
}

function unescape(text) {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** What is wrong with the address as seen from the page, or null. */
async function follow(folder, page, address, known) {
  const [path, fragment] = address.split("#", 2);
  let target = resolve(folder, dirname(page), decodeURIComponent(path.split("?")[0]));
  if (path === "") target = join(folder, page);
  if (target !== folder && !target.startsWith(folder + sep)) return "leaves the site";
  try {
    if ((await stat(target)).isDirectory()) target = join(target, "index.html");
    await stat(target);
  } catch {
    return "leads to no file";
  }
  if (!fragment || !target.endsWith(".html")) return null;
  if (!known.has(target)) known.set(target, ids(await readFile(target, "utf8")));
  return known.get(target).has(decodeURIComponent(fragment)) ? null : `leads to no id "${fragment}"`;
}

function ids(html) {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => unescape(match[1])));
}
