import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, with no slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

/**
 * All files below a path of the project, sorted; a file is itself, what does not exist is nothing.
 * @param {string} path
 * @returns {string[]}
 */
export function filesUnder(path) {
  const absolute = inProject(path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [absolute];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * A digest of the names and contents of everything below these paths, so that a copied or touched file is not news.
 * @param {readonly string[]} paths relative to the project
 */
export function contentHash(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder)) {
    hash.update(relative(root, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * The value of `--name value` or `--name=value`.
 * @param {readonly string[]} argv
 * @param {string} name
 * @returns {string | undefined}
 */
export function option(argv, name) {
  const at = argv.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  const inline = argv[at]?.split('=').slice(1).join('=');
  return inline || argv[at + 1];
}
