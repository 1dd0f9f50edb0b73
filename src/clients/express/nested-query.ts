import { queryString } from '../node/query-string';

export interface NestingLimits {
  /** So many items a list may have; of more it is an object. */
  readonly listLengthMax: number;
  /** What is nested deeper is a name as it is written. */
  readonly depthMax: number;
  /** It is an error instead. */
  readonly isStrict?: boolean;
}

type Tree = Record<string, unknown>;

/**
 * `a[b][]=1` and the like as nested objects and lists, as the package `qs` reads them for Express's queries and for
 * `express.urlencoded({ extended: true })`.
 * @throws RangeError deeper than `depthMax`, when that is strict
 */
export function parseNested(text: string, limits: NestingLimits): Tree {
  let result: unknown = {};
  for (const [key, value] of flatPairs(text, limits))
    result = merged(result, nested(pathOfKey(key, limits), value, limits));
  return limited(compact(result), limits) as Tree;
}

/** More parameters than these are passed over. */
const parametersMax = 1_000;

/** Equal keys together, in order of the first. */
function flatPairs(text: string, { isStrict }: NestingLimits): Map<string, unknown> {
  const pairs = new Map<string, unknown>();
  const parts = text.split('&');
  // Who is strict has counted them.
  for (const part of isStrict === true ? parts : parts.slice(0, parametersMax)) {
    if (part === '') continue;
    const bracket = part.indexOf(']=');
    const at = bracket < 0 ? part.indexOf('=') : bracket + 1;
    const key = decoded(at < 0 ? part : part.slice(0, at));
    if (key === '') continue;
    const value = at < 0 ? '' : decoded(part.slice(at + 1));
    pairs.set(key, pairs.has(key) ? [pairs.get(key), value].flat() : value);
  }
  return pairs;
}

function decoded(text: string): string {
  return queryString.unescape(text.replaceAll('+', ' '));
}

/** `a[b][]` as `a`, `[b]`, `[]`. What is never closed, or nested too deep, is one name as it is written. */
function pathOfKey(key: string, { depthMax, isStrict }: NestingLimits): string[] {
  const first = key.indexOf('[');
  if (first < 0) return [key];
  const path = first === 0 ? [] : [key.slice(0, first)];
  for (let open = first, depth = 1; open >= 0; depth++) {
    const close = closing(key, open);
    if (close < 0 || depth > depthMax) {
      if (close >= 0 && isStrict === true)
        throw new RangeError(`Input depth exceeded depth option of ${String(depthMax)} and strictDepth is true`);
      return [...path, `[${key.slice(open)}]`];
    }
    path.push(key.slice(open, close + 1));
    open = key.indexOf('[', close);
  }
  return path;
}

/** Where the bracket at `open` is closed; -1: nowhere. */
function closing(key: string, open: number): number {
  let depth = 0;
  for (let at = open; at < key.length; at++) {
    if (key[at] === '[') depth += 1;
    else if (key[at] === ']' && --depth === 0) return at;
  }
  return -1;
}

function nested(path: readonly string[], value: unknown, { listLengthMax }: NestingLimits): unknown {
  return path.reduceRight((leaf: unknown, root) => {
    if (root === '[]') return [leaf].flat();
    const isChild = root.startsWith('[') && root.endsWith(']');
    const name = isChild ? root.slice(1, -1) : root;
    const index = Number.parseInt(name, 10);
    if (isChild && String(index) === name && index >= 0 && index < listLengthMax) {
      const list: unknown[] = [];
      list[index] = leaf;
      return list;
    }
    return name === '__proto__' ? {} : { [name]: leaf };
  }, value);
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

function merged(target: unknown, source: unknown): unknown {
  if (source === '') return target;
  if (!isTree(source)) return Array.isArray(target) ? [...(target as unknown[]), source] : [target, source];
  if (!isTree(target)) return [target, source].flat();
  if (Array.isArray(target) && Array.isArray(source)) {
    (source as unknown[]).forEach((item, index) => {
      if (!Object.hasOwn(target, index)) target[index] = item;
      else if (isTree(target[index]) && isTree(item)) target[index] = merged(target[index], item);
      else target.push(item);
    });
    return target;
  }
  const tree: Tree = { ...target };
  for (const [name, value] of Object.entries(source))
    tree[name] = Object.hasOwn(tree, name) ? merged(tree[name], value) : value;
  return tree;
}

/** Lists without holes. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).filter((item) => item !== undefined).map(compact);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, compact(each)]));
}

/** Lists that are too long as objects. */
function limited(value: unknown, limits: NestingLimits): unknown {
  if (!isTree(value)) return value;
  const items = Object.entries(value).map(([name, each]) => [name, limited(each, limits)] as const);
  if (!Array.isArray(value)) return Object.fromEntries(items);
  return value.length > limits.listLengthMax ? Object.fromEntries(items) : items.map(([, each]) => each);
}
