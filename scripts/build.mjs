/** `npm run build`: the static site in `dist/`, and a check that it is what every static host can serve quickly. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ensureInstalled } from './install.mjs';
import { contentHash, filesUnder, inProject, root } from './project.mjs';

const shellKilobytesMax = 150;

const inputs = [
  'src',
  'public',
  'index.html',
  'sandbox.html',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
  'scripts/build.mjs',
];
const stamp = inProject('.cache', 'build.hash');

/** Addresses that would leave the sub-path the site may stand under. */
const absoluteAsset = /["'(`=]\/assets\//;
const staticImport = /(?:^|[;}\s])(?:import|export)\s*(?:[\w*${}\s,]*?\bfrom\s*)?["'](\.{1,2}\/[^"']+)["']/g;

/** @param {string} html */
function scriptsOf(html) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || tag.includes('modulepreload'))
    .map((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1])
    .filter((address) => address !== undefined)
    .map((address) => inProject('dist', address));
}

/**
 * Scripts and all that they import.
 * @param {string[]} files
 */
function withImports(files) {
  const seen = new Set(files);
  for (const file of seen) {
    for (const [, address] of readFileSync(file, 'utf8').matchAll(staticImport)) {
      if (address) seen.add(resolve(dirname(file), address));
    }
  }
  return [...seen];
}

/** @returns {string[]} addresses that would leave the sub-path the site may stand under */
function absoluteAddresses() {
  return filesUnder('dist')
    .filter((name) => /\.(?:html|css|js|mjs)$/.test(name))
    .flatMap((file) => {
      const found = absoluteAsset.exec(readFileSync(file, 'utf8'));
      return found ? [`${relative(root, file)} names an absolute address (${found[0].slice(1)}…)`] : [];
    });
}

/** @returns {string[]} what would keep the pages from running under their own policies */
function policyProblems() {
  const policyOf = (/** @type {string} */ html) =>
    /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1];
  const inlineScript = /<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/;
  const problems = [];

  const page = readFileSync(inProject('dist', 'index.html'), 'utf8');
  if (!policyOf(page)?.includes("script-src 'self';")) problems.push('index.html has no content security policy');
  if (inlineScript.test(page)) problems.push('index.html has an inline script, which its own policy forbids');

  const sandbox = readFileSync(inProject('dist', 'sandbox.html'), 'utf8');
  const hash = createHash('sha256')
    .update(inlineScript.exec(sandbox)?.[1] ?? '')
    .digest('base64');
  if (!policyOf(sandbox)?.includes(`'sha256-${hash}'`))
    problems.push('the policy of sandbox.html forbids its own script');
  return problems;
}

/** @returns {string[]} too much to load before the page does anything */
function weightProblems() {
  const shell = scriptsOf(readFileSync(inProject('dist', 'index.html'), 'utf8'));
  const languages = filesUnder('dist').filter((file) => /-words-[^/]+\.js$/.test(file));
  if (languages.length < 2) return ['the languages are not chunks of their own'];
  const kilobytesOf = (/** @type {string[]} */ files) =>
    withImports(files).reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1000;
  const kilobytes = Math.max(...languages.map((language) => kilobytesOf([...shell, language])));
  console.error(`shell JavaScript, largest language included: ${kilobytes.toFixed(1)} of ${shellKilobytesMax} kB gzip`);
  return kilobytes > shellKilobytesMax ? [`the shell's JavaScript is ${kilobytes.toFixed(1)} kB gzip`] : [];
}

/** @returns {Promise<boolean>} whether `dist/` is good */
export async function buildSite() {
  const hash = contentHash(inputs);
  rmSync(stamp, { force: true });
  const { build } = await import('vite');
  try {
    await build({ root, logLevel: 'warn' });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`The build failed: ${process.stderr.isTTY ? message : stripVTControlCharacters(message)}`);
    return false;
  }
  const problems = [...absoluteAddresses(), ...policyProblems(), ...weightProblems()];
  for (const problem of problems) console.error(`dist is not right: ${problem}`);
  if (problems.length > 0) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** Builds only when the sources are not those of the last build. */
export async function buildIfChanged() {
  const same =
    existsSync(inProject('dist', 'index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === contentHash(inputs);
  if (same) return true;
  console.error('Building the site …');
  return buildSite();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  const good = process.argv.includes('--if-changed') ? await buildIfChanged() : await buildSite();
  process.exit(good ? 0 : 1);
}
