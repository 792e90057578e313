// Copies the few files that pages and papers use from node_modules: styles, typefaces and
// charts to the static files, and the typefaces of PDFs beside their templates.
// Runs in well under a second; each folder is swapped in whole, so a page never meets half.
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = path.join(root, "node_modules");
const vendor = path.join(root, "alongside", "web", "static", "vendor");
const draft = `${vendor}.new`;
const paperFonts = path.join(root, "alongside", "web", "papers", "fonts");
const draftFonts = `${paperFonts}.new`;

const FONTS = ["Regular", "Italic", "Medium", "SemiBold", "Bold"];
const CHARTS = [
  "vega/build/vega.min.js",
  "vega-lite/build/vega-lite.min.js",
  "vega-embed/build/vega-embed.min.js",
];

// Public Sans has no Greek, Cyrillic, Devanagari, Arabic, Khmer or emoji: these follow it.
const NOTO = [
  "noto-sans/400Regular/NotoSans_400Regular.ttf",
  "noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf",
  "noto-sans/700Bold/NotoSans_700Bold.ttf",
  "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
  "noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf",
  "noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
];

try {
  await Promise.all([draft, draftFonts].map(remove));
  await Promise.all([uswds(), charts(), fontsOfPapers()]);
  await Promise.all([vendor, paperFonts].map(remove));
  await rename(draft, vendor);
  await rename(draftFonts, paperFonts);
} catch (error) {
  await Promise.all([draft, draftFonts].map(remove));
  const missing = error.code === "ENOENT" && error.path?.startsWith(modules);
  console.error(
    missing
      ? `${path.relative(root, error.path)} is missing. Run "npm ci", then this again.`
      : `The front-end files were not built: ${error.message}`,
  );
  process.exit(1);
}

async function uswds() {
  const dist = path.join(modules, "@uswds", "uswds", "dist");
  let css = await readFile(path.join(dist, "css", "uswds.min.css"), "utf8");
  // Its own typefaces lack letters that names need; alongside.css brings Public Sans.
  css = css.replace(/@font-face\{[^}]*\}/g, "");
  await write("uswds/css/uswds.min.css", withoutMap(css));
  const images = new Set(
    [...css.matchAll(/url\(["']?\.\.\/(img\/[^"')?#]+)/g)].map(([, file]) => file),
  );
  const fonts = FONTS.map((weight) => `fonts/public-sans/PublicSans-${weight}.woff2`);
  await Promise.all([...images, ...fonts].map((file) => copy(path.join(dist, file), `uswds/${file}`)));
}

// Typst reads TrueType, not the compressed files that browsers get.
async function fontsOfPapers() {
  const publicSans = path.join(modules, "@uswds", "uswds", "dist", "fonts", "public-sans");
  const files = [
    ...FONTS.map((weight) => path.join(publicSans, `PublicSans-${weight}.ttf`)),
    ...NOTO.map((file) => path.join(modules, "@expo-google-fonts", file)),
  ];
  await Promise.all(files.map((file) => cp(file, path.join(draftFonts, path.basename(file)))));
}

async function charts() {
  await Promise.all(
    CHARTS.map(async (file) => {
      const source = await readFile(path.join(modules, file), "utf8");
      await write(`vega/${path.basename(file)}`, withoutMap(source));
    }),
  );
  await interpreter();
}

// Vega compiles its expressions with eval, which our content policy forbids; the
// interpreter does not. It is published as a module that names a package, which no
// browser resolves, so it is joined to the "vega" that the page has loaded.
async function interpreter() {
  const file = path.join(modules, "vega-interpreter", "build", "vega-interpreter.js");
  const source = await readFile(file, "utf8");
  const joined = source
    .replace(/^import (\{[^}]*\}) from 'vega-util';$/m, "const $1 = vega;")
    .replace(/^export \{ (\w+) as expressionInterpreter \};$/m, "vega.expressionInterpreter = $1;");
  if (/^(import|export) /m.test(joined)) {
    throw new Error("vega-interpreter is not laid out as expected; adapt interpreter() in scripts/build_assets.mjs.");
  }
  await write("vega/vega-interpreter.js", `(() => {\n${withoutMap(joined)}\n})();\n`);
}

// A source map that is named but not served breaks the hashed static files.
function withoutMap(text) {
  return text
    .replace(/^\/\/# sourceMappingURL=.*$/gm, "")
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
}

async function remove(folder) {
  await rm(folder, { recursive: true, force: true });
}

async function copy(from, to) {
  await cp(from, path.join(draft, to), { recursive: true });
}

async function write(to, text) {
  const file = path.join(draft, to);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
