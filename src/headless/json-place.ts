import { type Expression, parseExpressionAt } from 'acorn';

/** Where things are in a JSON text, for messages: engines do not say where a text stops being JSON. */

const blank = /[ \t\r\n]*/y;
const text = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** `line:column`, from 1, of the first character that does not belong there. */
export function placeOfProblem(source: string): string {
  const before = source.slice(0, new Scanner(source).stop()).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

class Scanner {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  stop(): number {
    this.#value();
    this.#skip(blank);
    return this.#at;
  }

  /** Whether a whole value was read; otherwise the scanner stands where it went wrong. */
  #value(): boolean {
    this.#skip(blank);
    if (this.#source[this.#at] === '{')
      return this.#list('}', () => this.#skip(text) && this.#char(':') && this.#value());
    if (this.#source[this.#at] === '[') return this.#list(']', () => this.#value());
    return this.#skip(text) || this.#skip(plain);
  }

  #list(end: string, item: () => boolean): boolean {
    this.#at += 1;
    if (this.#char(end)) return true;
    do {
      this.#skip(blank);
      if (!item()) return false;
    } while (this.#char(','));
    return this.#char(end);
  }

  #char(wanted: string): boolean {
    this.#skip(blank);
    if (this.#source[this.#at] !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found) this.#at = pattern.lastIndex;
    return found !== null;
  }
}

/** The line on which the value at a path such as `processes[1].file` stands, or the nearest one around it. */
export function lineOfPath(source: string, path: string): number {
  // Every JSON text is an expression, and a parser of expressions knows where its parts are.
  let node: Expression = parseExpressionAt(source, 0, { ecmaVersion: 'latest', locations: true });
  for (const key of keysOf(path)) {
    const child = childOf(node, key);
    if (child === undefined) break;
    node = child;
  }
  return node.loc?.start.line ?? 1;
}

function keysOf(path: string): string[] {
  const parts = path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|[^.[\]]+/g);
  return [...parts].map(([whole, quoted, index]) =>
    quoted === undefined ? (index ?? whole) : (JSON.parse(quoted) as string),
  );
}

function childOf(node: Expression, key: string): Expression | undefined {
  if (node.type === 'ArrayExpression') {
    const element = node.elements[Number(key)];
    return element?.type === 'SpreadElement' ? undefined : (element ?? undefined);
  }
  if (node.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    if (property.type === 'Property' && property.key.type === 'Literal' && property.key.value === key)
      return property.value;
  }
  return undefined;
}
