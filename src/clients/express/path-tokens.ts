/**
 * The language of paths, after path-to-regexp 8.4: `:name`, `*rest`, `{optional}`, `\` before a character of its own.
 * What is optional is written out: one source for each way to leave something out.
 */
export interface PathToken {
  readonly type: 'text' | 'param' | 'wildcard';
  /** What stands there, or the parameter's name. */
  readonly text: string;
}

type Part = PathToken | { readonly type: 'group'; readonly parts: readonly Part[] };

export interface ParsedPath {
  /** Of regular expressions, in the order in which they are tried. */
  readonly sources: readonly string[];
  /** What their groups stand for, over all sources. */
  readonly keys: readonly PathToken[];
}

const waysMax = 256;

export function parsePath(path: string): ParsedPath {
  const sources: string[] = [];
  const keys: PathToken[] = [];
  flatten(new PathReader(path).parts(''), 0, [], (tokens) => {
    if (sources.length >= waysMax) throw pathError('Too many path combinations', path);
    sources.push(sourceOf(tokens, keys, path));
  });
  return { sources, keys };
}

function pathError(message: string, path: string): TypeError {
  const place = path === '' ? '' : `: ${path}`;
  const error = new TypeError(`${message}${place}; visit https://git.new/pathToRegexpError for info`);
  return Object.assign(error, { originalPath: path });
}

class PathReader {
  readonly #path: string;
  readonly #characters: readonly string[];
  #index = 0;

  constructor(path: string) {
    this.#path = path;
    this.#characters = Array.from(path);
  }

  /** What stands up to `end`; an empty one is the end of the path. */
  parts(end: string): Part[] {
    const parts: Part[] = [];
    let text = '';
    const add = (part?: Part): void => {
      if (text !== '') parts.push({ type: 'text', text });
      text = '';
      if (part !== undefined) parts.push(part);
    };
    while (this.#index < this.#characters.length) {
      const character = this.#characters[this.#index++] ?? '';
      if (character === end) {
        add();
        return parts;
      }
      if (character === '\\') text += this.#escaped();
      else if (character === ':') add({ type: 'param', text: this.#name() });
      else if (character === '*') add({ type: 'wildcard', text: this.#name() });
      else if (character === '{') add({ type: 'group', parts: this.parts('}') });
      else if ('}()[]+?!'.includes(character)) throw this.#problem(`Unexpected ${character}`, this.#index - 1);
      else text += character;
    }
    if (end !== '') throw pathError(`Unexpected end at index ${String(this.#index)}, expected ${end}`, this.#path);
    add();
    return parts;
  }

  #escaped(): string {
    const character = this.#characters[this.#index++];
    if (character === undefined) throw this.#problem('Unexpected end after \\', this.#index - 1);
    return character;
  }

  #name(): string {
    const start = this.#index;
    const name = this.#characters[start] === '"' ? this.#quoted() : this.#identifier();
    if (name === '') throw this.#problem('Missing parameter name', this.#index);
    return name;
  }

  #identifier(): string {
    const start = this.#index;
    if (/^[$_\p{ID_Start}]$/u.test(this.#characters[start] ?? ''))
      while (/^[$\u200c\u200d\p{ID_Continue}]$/u.test(this.#characters[++this.#index] ?? ''));
    return this.#characters.slice(start, this.#index).join('');
  }

  #quoted(): string {
    const start = this.#index;
    let name = '';
    while (++this.#index < this.#characters.length) {
      if (this.#characters[this.#index] === '"') {
        this.#index++;
        return name;
      }
      if (this.#characters[this.#index] === '\\') this.#index++;
      name += this.#characters[this.#index] ?? '';
    }
    throw this.#problem('Unterminated quote', start);
  }

  #problem(what: string, index: number): TypeError {
    return pathError(`${what} at index ${String(index)}`, this.#path);
  }
}

/** Calls `use` with every way through the groups: with what they hold first, then without. */
function flatten(parts: readonly Part[], from: number, before: PathToken[], use: (tokens: PathToken[]) => void): void {
  for (let index = from; index < parts.length; index++) {
    const part = parts[index];
    if (part === undefined) break;
    if (part.type !== 'group') {
      before.push(part);
      continue;
    }
    const { length } = before;
    flatten(part.parts, 0, before, (tokens) => {
      flatten(parts, index + 1, tokens, use);
    });
    before.length = length;
  }
  use(before);
}

const escaped = (text: string): string => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');

/** One way as the source of a regular expression. What a parameter may not hold keeps it from being tried over and over. */
function sourceOf(tokens: readonly PathToken[], keys: PathToken[], path: string): string {
  let source = '';
  let since = '';
  let sinceWildcard = '';
  let previous: PathToken['type'] | undefined;
  const inSegment = new Set<PathToken['type']>();
  tokens.forEach((token, index) => {
    const { type, text } = token;
    if (type === 'text') {
      source += escaped(text);
      since += text;
      if (previous === 'wildcard') sinceWildcard += text;
      if (text.includes('/')) inSegment.clear();
      return;
    }
    if (previous !== undefined && since === '') throw pathError(`Missing text before "${text}" ${type}`, path);
    const rest = tokens.slice(index + 1);
    source += `(${type === 'param' ? paramSource(inSegment, rest, since) : wildcardSource(inSegment, since, sinceWildcard)})`;
    if (type === 'wildcard') sinceWildcard = '';
    previous = type;
    inSegment.add(type);
    keys.push(token);
    since = '';
  });
  return source;
}

function paramSource(inSegment: ReadonlySet<PathToken['type']>, rest: readonly PathToken[], since: string): string {
  if (inSegment.has('wildcard')) return `${not('/', since)}+`;
  const segmentEnd = rest.findIndex(({ type, text }) => type === 'text' && text.includes('/'));
  const segment = segmentEnd < 0 ? rest : rest.slice(0, segmentEnd);
  if (segment.some(({ type }) => type === 'wildcard')) {
    const end = rest.findIndex(({ type }) => type !== 'text');
    return `${not('/', (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text).join(''))}+`;
  }
  return inSegment.has('param') ? `${not('/', since)}+|${escaped(since)}` : `${not('/', '')}+`;
}

function wildcardSource(inSegment: ReadonlySet<PathToken['type']>, since: string, sinceWildcard: string): string {
  if (inSegment.has('wildcard')) return `${not(since, '')}+`;
  return sinceWildcard === '' ? '[^]+' : `${not(sinceWildcard, '')}+|${not('/', '')}+`;
}

/** A character at which neither of the two begins. */
function not(a: string, b: string): string {
  const [long, short] = b.length > a.length ? [b, a] : [a, a === b ? '' : b];
  if (short.length > 1) return `(?:(?!${escaped(long)}|${escaped(short)})[^])`;
  if (long.length > 1) return `(?:(?!${escaped(long)})[^${escaped(short)}])`;
  return `[^${escaped(long + short)}]`;
}
