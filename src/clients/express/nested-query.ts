export interface NestingOptions {
  /** So many items a list may have; of more it is an object. */
  readonly listLengthMax: number;
  /** What is nested deeper is a name as it is written. */
  readonly depthMax: number;
  /** It is an error instead. */
  readonly isStrict?: boolean;
  /** How `%E9` is read, `utf-8` or `iso-8859-1`. */
  readonly charset?: string;
  readonly charsetSentinel?: boolean;
  readonly interpretNumericEntities?: boolean;
}

type Tree = Record<string, unknown>;

/**
 * `a[b][]=1` and the like as nested objects and lists, as the package `qs` reads them for Express's queries and for
 * `express.urlencoded({ extended: true })`.
 * @throws RangeError deeper than `depthMax`, when that is strict
 */
export function parseNested(text: string, limits: NestingOptions): Tree {
  let result: unknown = {};
  for (const [key, value] of flatPairs(text, limits))
    result = merged(result, nested(pathOfKey(key, limits), value, limits));
  return limited(compact(result), limits) as Tree;
}

/** More parameters than these are passed over. */
const parametersMax = 1_000;

/** Fields `utf8` in which browsers write a check mark, each in the way of its character set. */
const sentinels: Readonly<Record<string, string>> = {
  'utf8=%E2%9C%93': 'utf-8',
  'utf8=%26%2310003%3B': 'iso-8859-1',
};

/** Equal keys together, in order of the first. */
function flatPairs(text: string, options: NestingOptions): Map<string, unknown> {
  const pairs = new Map<string, unknown>();
  const parts = text.replace(/%5b/gi, '[').replace(/%5d/gi, ']').split('&');
  const sentinel = options.charsetSentinel === true ? parts.findIndex((part) => part.startsWith('utf8=')) : -1;
  const charset = sentinels[parts[sentinel] ?? ''] ?? options.charset ?? 'utf-8';
  const hasEntities = options.interpretNumericEntities === true && charset === 'iso-8859-1';
  // Who is strict has counted them.
  for (const [index, part] of (options.isStrict === true ? parts : parts.slice(0, parametersMax)).entries()) {
    if (part === '' || index === sentinel) continue;
    const bracket = part.indexOf(']=');
    const at = bracket < 0 ? part.indexOf('=') : bracket + 1;
    const key = decoded(at < 0 ? part : part.slice(0, at), charset);
    if (key === '') continue;
    const written = at < 0 ? '' : decoded(part.slice(at + 1), charset);
    const value = hasEntities ? withCharacters(written) : written;
    pairs.set(key, pairs.has(key) ? [pairs.get(key), value].flat() : value);
  }
  return pairs;
}

/** What is written wrongly stays as it is. */
function decoded(text: string, charset: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  if (charset === 'iso-8859-1')
    return spaced.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function withCharacters(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** `a[b][]` as `a`, `[b]`, `[]`. What is never closed, or nested too deep, is one name as it is written. */
function pathOfKey(key: string, { depthMax, isStrict }: NestingOptions): string[] {
  const first = key.indexOf('[');
  if (first < 0 || depthMax <= 0) return [key];
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

function nested(path: readonly string[], value: unknown, { listLengthMax }: NestingOptions): unknown {
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
function limited(value: unknown, limits: NestingOptions): unknown {
  if (!isTree(value)) return value;
  const items = Object.entries(value).map(([name, each]) => [name, limited(each, limits)] as const);
  if (!Array.isArray(value)) return Object.fromEntries(items);
  return value.length > limits.listLengthMax ? Object.fromEntries(items) : items.map(([, each]) => each);
}
