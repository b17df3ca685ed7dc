// Builds static_built/ from assets/ and node_modules: `make assets`. Fails on anything it cannot find.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as sass from 'sass';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const italia = join(modules, 'bootstrap-italia');
const out = join(modules, '.static_built');
const FOGLI = ['theme', 'theme-scrivania', 'fascicolo', 'cms'];
const FONTS = [
  'titillium-web-v10-latin-ext_latin-regular',
  'titillium-web-v10-latin-ext_latin-600',
  'titillium-web-v10-latin-ext_latin-700',
  'roboto-mono-v13-latin-ext_latin-regular',
  'lora-v20-latin-ext_latin-regular',
  'lora-v20-latin-ext_latin-italic',
];

function* filesUnder(folder, ending) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path, ending);
    else if (entry.name.endsWith(ending)) yield path;
  }
}

function write(path, text) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}

// bootstrap-italia 2 is written for the older Sass: its deprecations are not ours to mend, other warnings are heard.
const logger = { warn: (text, { deprecation }) => deprecation || console.warn(text) };

function styles() {
  for (const theme of FOGLI) {
    const { css } = sass.compile(join(root, 'assets/scss', `${theme}.scss`), { style: 'compressed', loadPaths: [modules, join(root, 'assets/scss')], logger, verbose: true });
    write(`css/${theme}.css`, css);
  }
}

function fonts() {
  const found = new Map([...filesUnder(join(italia, 'dist/fonts'), '.woff2')].map((path) => [path.split(/[\\/]/).pop(), path]));
  for (const font of FONTS) {
    const path = found.get(`${font}.woff2`);
    if (!path) throw new Error(`font not found in bootstrap-italia: ${font}`);
    cpSync(path, join(out, 'fonts', `${font}.woff2`));
  }
}

// The names written in the templates, and nothing else: a name that comes from a variable would be missed, so it fails.
function iconsInUse() {
  const names = new Set();
  for (const path of filesUnder(join(root, 'templates'), '.html')) {
    const text = readFileSync(path, 'utf8').replace(/\{#.*?#\}/g, '').replace(/\{% comment .*?endcomment %\}/gs, '');
    for (const [tag, literal] of text.matchAll(/\{%-?\s*icona\s+(?:nome=)?(?:["']([a-z0-9-]+)["'])?[^%]*%\}/g)) {
      if (!literal) throw new Error(`${relative(root, path)}: an icon is named by a literal, not so: ${tag}`);
      names.add(literal);
    }
  }
  return [...names].sort();
}

function sprite() {
  const all = readFileSync(join(italia, 'dist/svg/sprites.svg'), 'utf8');
  const symbols = new Map([...all.matchAll(/<symbol[^>]*\bid="it-([a-z0-9-]+)"[^>]*>.*?<\/symbol>/gs)].map(([symbol, name]) => [name, symbol]));
  const used = iconsInUse();
  const unknown = used.filter((name) => !symbols.has(name));
  if (unknown.length) throw new Error(`icons not in bootstrap-italia: ${unknown.join(', ')}`);
  write('img/sprites.svg', `<svg xmlns="http://www.w3.org/2000/svg">${used.map((name) => symbols.get(name)).join('')}</svg>\n`);
  return used.length;
}

// The map of the sources is not served, so the line that names it goes: hashing would look for the file.
function leaflet() {
  const dist = join(modules, 'leaflet/dist');
  write('vendor/leaflet/leaflet.js', readFileSync(join(dist, 'leaflet-src.esm.js'), 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, ''));
  write('vendor/leaflet/leaflet.css', readFileSync(join(dist, 'leaflet.css'), 'utf8'));
  cpSync(join(dist, 'images'), join(out, 'vendor/leaflet/images'), { recursive: true });
  cpSync(join(modules, 'leaflet/LICENSE'), join(out, 'vendor/leaflet/LICENSE'));
}

function ours() {
  for (const folder of ['js', 'img']) {
    if (existsSync(join(root, 'assets', folder))) cpSync(join(root, 'assets', folder), join(out, folder), { recursive: true });
  }
}

// Built aside and swapped at the end: a build that fails leaves what was there.
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
styles();
fonts();
const icons = sprite();
leaflet();
ours();
const target = join(root, 'static_built');
rmSync(target, { recursive: true, force: true });
renameSync(out, target);
console.log(`static_built: ${FOGLI.length} stylesheets, ${FONTS.length} fonts, ${icons} icons`);
