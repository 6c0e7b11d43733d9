// Builds dist/: what the static site serves (dist/site, names carry a hash of the content) and the fonts of the PDF (dist/pdf).
// Works offline after `npm ci`; the same sources give the same bytes.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const fonts = dirname(require.resolve("@expo-google-fonts/atkinson-hyperlegible-next/package.json"));
const govuk = dirname(require.resolve("govuk-frontend/package.json"));
const site = join(here, "dist", "site");
const pdf = join(here, "dist", "pdf");

const FACES = [
  { name: "regular", weight: 400, file: "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf" },
  { name: "bold", weight: 700, file: "700Bold/AtkinsonHyperlegibleNext_700Bold.ttf" },
];

// Blocks of Unicode that the web fonts keep, where the face has them: Latin, Latin-1, Latin Extended-A and the Welsh letters of
// Extended Additional, dashes and quotation marks, currency, mathematical signs. The face has no arrows and no ▰ or ▱.
const KEPT = [
  [0x0020, 0x007e], [0x00a0, 0x017f], [0x0218, 0x021b], [0x02c6, 0x02dd], [0x1e80, 0x1e85], [0x1ef2, 0x1ef3],
  [0x2010, 0x203a], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2212, 0x2212], [0x2260, 0x2265],
];

/** Twelve hexadecimal digits of the SHA-256 of the bytes. */
function hash(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 12);
}

/** Writes the bytes under a name that carries their hash, and gives the name back. */
async function publish(stem, extension, bytes) {
  const name = `${stem}-${hash(bytes)}.${extension}`;
  await writeFile(join(site, name), bytes);
  return name;
}

/** The rule that binds a subset of one face; its OpenType features (tabular figures, kerning) are kept. */
async function face({ name, weight, file }) {
  const whole = await readFile(join(fonts, file));
  const kept = KEPT.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)));
  const woff2 = await subsetFont(whole, kept.join(""), { targetFormat: "woff2" });
  const published = await publish(`atkinson-hyperlegible-next-${name}`, "woff2", woff2);
  await writeFile(join(pdf, `AtkinsonHyperlegibleNext-${name}.ttf`), whole);
  return `@font-face{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-weight:${weight};font-display:swap;src:url("${published}") format("woff2")}`;
}

await rm(join(here, "dist"), { recursive: true, force: true });
await mkdir(site, { recursive: true });
await mkdir(pdf, { recursive: true });
const rules = [];
for (const one of FACES) rules.push(await face(one));
const styles = sass.compile(join(here, "styles", "peelian.scss"), {
  loadPaths: [join(govuk, "dist")],
  style: "compressed",
  charset: false,
  quietDeps: true,
});
const css = `${rules.join("\n")}\n${styles.css}\n`;
if (/gov\.uk|crest|GDS Transport/i.test(css)) throw new Error("the styles name GOV.UK, its crest or its typeface");
await publish("peelian", "css", Buffer.from(css, "utf8"));
await copyFile(join(fonts, "LICENSE_FONT"), join(site, "OFL.txt"));
await copyFile(join(fonts, "LICENSE_FONT"), join(pdf, "OFL.txt"));
