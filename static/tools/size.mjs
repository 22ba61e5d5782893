/**
 * How much script a page loads before it is ready: `node size.mjs [shop/main.js shop/home.js …] [--language ja] [--budget 60]`.
 * Follows static imports from the given modules, adds the texts that the entry and the page's route name, and prints
 * every file with its size as gzip sends it. More than the budget (in KB of 1000 bytes) is an error.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const ROOT = path.resolve(import.meta.dirname, '..');
const NAMES = { preact: 'vendor/preact.js', 'preact/hooks': 'vendor/hooks.js', '@preact/signals-core': 'vendor/signals-core.js', '@preact/signals': 'vendor/signals.js', htm: 'vendor/htm.js' };
/** What every page has besides static imports: the script of the theme, and words. */
const ALWAYS = ['lib/theme.js', 'texts/LANGUAGE/common.js', 'texts/LANGUAGE/catalogue.js'];

const { files, language, budget } = readArguments(process.argv.slice(2));
const sizes = new Map();
for (const file of [...files, ...ALWAYS.map((one) => one.replace('LANGUAGE', language))]) await visit(file);

const rows = [...sizes].sort((a, b) => b[1].gzip - a[1].gzip);
for (const [file, { raw, gzip }] of rows) console.log(`${kilo(gzip)}  ${kilo(raw)}  ${file}`);
const total = rows.reduce((sum, [, { gzip }]) => sum + gzip, 0);
console.log(`${kilo(total)} KB gzip, ${kilo(rows.reduce((sum, [, { raw }]) => sum + raw, 0))} KB raw, ${rows.length} files`);
if (budget && total > budget * 1000) {
  console.error(`more than the ${budget} KB that a first page may have`);
  process.exitCode = 1;
}

/** @param {string[]} words */
function readArguments(words) {
  const option = (name, otherwise) => {
    const at = words.indexOf(`--${name}`);
    return at < 0 ? otherwise : words.splice(at, 2)[1];
  };
  const language = option('language', 'en'), budget = Number(option('budget', '0'));
  return { files: words.length ? words : ['shop/main.js', 'shop/home.js'], language, budget };
}

/** @param {string} file below static/ */
async function visit(file) {
  if (sizes.has(file)) return;
  const text = await readFile(path.join(ROOT, file));
  const sent = file.startsWith('vendor/') ? text : withoutDocComments(String(text));
  sizes.set(file, { raw: sent.length, gzip: gzipSync(sent, { level: 9 }).length });
  for (const name of importsOf(String(text))) await visit(NAMES[name] ?? path.join(path.dirname(file), name));
}

/** As the server sends a module (crates/storefront/src/doc_comments.rs). @param {string} text */
function withoutDocComments(text) {
  return text.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n?/gm, '');
}

/** Static imports only: what `import()` brings comes when it is called for. @param {string} text @returns {string[]} */
function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return [...code.matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{}\s,$]+?from\s*)?["']([^"']+)["']/g)].map((match) => match[1]);
}

/** @param {number} bytes */
function kilo(bytes) {
  return (bytes / 1000).toFixed(2).padStart(7);
}
