import { queryString } from '../node/query-string';

/** Indices beyond it are names of fields. body-parser, `arrayLimit` */
const arrayLengthMax = 100;
/** body-parser, `depth` */
export const depthMax = 32;

type Tree = Record<string, unknown>;

/**
 * `a[b][]=1` and the like as nested objects and lists, as the package `qs` reads them for `express.urlencoded({ extended: true })`.
 * @throws RangeError deeper than `depthMax`
 */
export function parseNested(text: string): Tree {
  let result: unknown = {};
  for (const [key, value] of flatPairs(text)) result = merged(result, nested(pathOfKey(key), value));
  return compact(result) as Tree;
}

/** Equal keys together, in order of the first. */
function flatPairs(text: string): Map<string, unknown> {
  const pairs = new Map<string, unknown>();
  for (const part of text.split('&')) {
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

/** `a[b][]` as `a`, `[b]`, `[]`. */
function pathOfKey(key: string): string[] {
  const first = /\[[^[\]]*\]/.exec(key);
  if (first === null) return [key];
  const children = key.match(/\[[^[\]]*\]/g) ?? [];
  if (children.length > depthMax)
    throw new RangeError(`Input depth exceeded depth option of ${String(depthMax)} and strictDepth is true`);
  const parent = key.slice(0, first.index);
  return parent === '' ? children : [parent, ...children];
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((leaf: unknown, root) => {
    if (root === '[]') return [leaf].flat();
    const isChild = root.startsWith('[') && root.endsWith(']');
    const name = isChild ? root.slice(1, -1) : root;
    const index = Number.parseInt(name, 10);
    if (isChild && String(index) === name && index >= 0 && index <= arrayLengthMax) {
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
