/** `node:path` as on Linux. By the rules of Node 20, `lib/path.js` (MIT, copyright Node.js contributors). */
import { invalidArgType, requireString } from './node-error';

export interface ParsedPath {
  root: string;
  dir: string;
  base: string;
  ext: string;
  name: string;
}

function withoutDots(path: string, mayGoAbove: boolean): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (mayGoAbove) parts.push('..');
  }
  return parts.join('/');
}

function normalize(path: string): string {
  requireString(path, 'path');
  if (path === '') return '.';
  const isAbsolute = path.startsWith('/');
  const rest = withoutDots(path, !isAbsolute);
  if (rest === '') return isAbsolute ? '/' : path.endsWith('/') ? './' : '.';
  return `${isAbsolute ? '/' : ''}${rest}${path.endsWith('/') ? '/' : ''}`;
}

function join(...paths: string[]): string {
  for (const path of paths) requireString(path, 'path');
  const whole = paths.filter((path) => path !== '').join('/');
  return whole === '' ? '.' : normalize(whole);
}

function dirname(path: string): string {
  requireString(path, 'path');
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash === -1) return path.startsWith('/') ? '/' : '.';
  if (slash === 0) return '/';
  // Two slashes at the start are kept, as in Node.
  const parent = trimmed.slice(0, slash);
  return slash === 1 && parent === '/' ? '//' : parent;
}

function basename(path: string, suffix?: string): string {
  if (suffix !== undefined) requireString(suffix, 'suffix');
  requireString(path, 'path');
  if (suffix !== undefined && suffix !== '' && suffix === path) return '';
  const base = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return suffix !== undefined && base !== suffix && base.endsWith(suffix)
    ? base.slice(0, base.length - suffix.length)
    : base;
}

function extname(path: string): string {
  const base = basename(path);
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

function parse(path: string): ParsedPath {
  requireString(path, 'path');
  const root = path.startsWith('/') ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  const dir = slash <= 0 ? (slash === 0 ? '/' : path === '' ? '' : root) : trimmed.slice(0, slash);
  return { root, dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) };
}

function format(path: Partial<ParsedPath>): string {
  if (typeof path !== 'object' || (path as unknown) === null) throw invalidArgType('pathObject', 'Object', path);
  const dir = path.dir || path.root;
  const extension = path.ext ? `${path.ext.startsWith('.') ? '' : '.'}${path.ext}` : '';
  const base = path.base || `${path.name ?? ''}${extension}`;
  if (!dir) return base;
  return dir === path.root ? `${dir}${base}` : `${dir}/${base}`;
}

export type PathModule = ReturnType<typeof createPath>;

export function createPath(cwd: () => string) {
  function resolve(...paths: string[]): string {
    paths.forEach((path, i) => {
      requireString(path, `paths[${i}]`);
    });
    let whole = '';
    for (const path of paths.toReversed()) {
      if (path === '') continue;
      whole = `${path}/${whole}`;
      if (path.startsWith('/')) break;
    }
    if (!whole.startsWith('/')) whole = `${cwd()}/${whole}`;
    return `/${withoutDots(whole, false)}`;
  }
  function relative(from: string, to: string): string {
    requireString(from, 'from');
    requireString(to, 'to');
    const [source, target] = [resolve(from), resolve(to)].map((path) => path.split('/').filter((part) => part !== ''));
    let common = 0;
    while (common < source!.length && source![common] === target![common]) common++;
    return [...source!.slice(common).map(() => '..'), ...target!.slice(common)].join('/');
  }
  const posix = {
    resolve,
    normalize,
    isAbsolute(path: string): boolean {
      requireString(path, 'path');
      return path.startsWith('/');
    },
    join,
    relative,
    toNamespacedPath: (path: string) => path,
    dirname,
    basename,
    extname,
    format,
    parse,
    sep: '/',
    delimiter: ':',
  };
  return Object.assign(posix, { posix });
}
