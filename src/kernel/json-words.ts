/**
 * `JSON.parse` that refuses in the words of Node 20, whatever the engine's own are, so that the log is the same in all of them. The
 * engine parses; only a text that it has refused is looked through again, for the place and the reason.
 * Follows V8 11.3, `src/json/json-parser.cc` (BSD, copyright the V8 project authors).
 */
export type Reviver = (this: unknown, key: string, value: unknown) => unknown;

const { parse } = JSON;

/** Throws a `SyntaxError` when the text is not JSON, and what the reviver throws. */
export function parseJson(text: string, reviver?: Reviver): unknown {
  try {
    // Newer engines tell a reviver the source text of a value too.
    if (reviver) return parse(text, withTwoArguments(reviver));
    return parse(text) as unknown;
  } catch (error) {
    // Where nothing is wrong with the text the reviver has thrown.
    new JsonText(text).refuse();
    throw error;
  }
}

function withTwoArguments(reviver: Reviver): Reviver {
  return function (key, value) {
    return Reflect.apply(reviver, this, [key, value]);
  };
}

const blank = /[\t\n\r ]/;
const digit = /[0-9]/;
/** Of the text around what was not expected, so many characters are quoted on either side. */
const quotedAround = 10;
/** What people pass who meant to pass something else. */
const mistaken = new Set(['[object Object]', 'NaN', 'Infinity', 'undefined']);
const literals: Record<string, string> = { t: 'true', f: 'false', n: 'null' };

class JsonText {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Throws a `SyntaxError` at the first place where the text stops being JSON; returns when all of it is. */
  refuse(): void {
    /** The brackets that are open. */
    const open: string[] = [];
    do {
      this.#skipBlanks();
      if (this.#value(open)) continue;
      while (open.length > 0 && !this.#goesOn(open)) open.pop();
    } while (open.length > 0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#fail('Unexpected non-whitespace character after JSON', 'at');
  }

  get #next(): string {
    return this.#text.charAt(this.#at);
  }

  #isAt(mark: string): boolean {
    return this.#next === mark;
  }

  #skipBlanks(): void {
    while (blank.test(this.#next)) this.#at++;
  }

  /** A value, or the beginning of one with others in it: then true. */
  #value(open: string[]): boolean {
    const first = this.#next;
    if (first === '"') this.#string();
    else if (first === '-' || digit.test(first)) this.#number();
    else if (first === '{' || first === '[') {
      this.#at++;
      this.#skipBlanks();
      if (this.#next === (first === '{' ? '}' : ']')) {
        this.#at++;
        return false;
      }
      open.push(first);
      if (first === '{') this.#key("Expected property name or '}'", "Expected ':' after property name");
      return true;
    } else this.#literal(literals[first]);
    return false;
  }

  /** After a value inside brackets: whether another one comes. */
  #goesOn(open: readonly string[]): boolean {
    const isObject = open.at(-1) === '{';
    this.#skipBlanks();
    const mark = this.#next;
    if (mark !== ',' && mark !== (isObject ? '}' : ']')) {
      this.#fail(isObject ? "Expected ',' or '}' after property value" : "Expected ',' or ']' after array element");
    }
    this.#at++;
    if (mark !== ',') return false;
    this.#skipBlanks();
    if (isObject) this.#key('Expected double-quoted property name');
    return true;
  }

  /** Only after the first name of an object V8 11.3 says that it misses the colon. */
  #key(withoutName: string, withoutColon?: string): void {
    if (!this.#isAt('"')) this.#fail(withoutName);
    this.#string();
    this.#skipBlanks();
    if (!this.#isAt(':')) {
      if (withoutColon === undefined) this.#unexpected();
      this.#fail(withoutColon);
    }
    this.#at++;
  }

  #literal(word: string | undefined): void {
    if (word === undefined) this.#unexpected();
    for (const letter of word) {
      if (this.#next !== letter) this.#unexpected();
      this.#at++;
    }
  }

  #number(): void {
    if (this.#next === '-') {
      this.#at++;
      if (!digit.test(this.#next)) this.#fail('No number after minus sign');
    }
    if (this.#next === '0') {
      this.#at++;
      if (digit.test(this.#next)) this.#unexpected();
    } else this.#digits();
    if (this.#next === '.') {
      this.#at++;
      this.#digits('Unterminated fractional number');
    }
    if (/[eE]/.test(this.#next)) {
      this.#at++;
      if (/[+-]/.test(this.#next)) this.#at++;
      this.#digits('Exponent part is missing a number');
    }
  }

  #digits(otherwise = ''): void {
    if (!digit.test(this.#next)) this.#fail(otherwise);
    while (digit.test(this.#next)) this.#at++;
  }

  #string(): void {
    for (this.#at++; this.#next !== '"'; this.#at++) {
      if (this.#next === '') this.#fail('Unterminated string');
      if (this.#next < ' ') this.#fail('Bad control character in string literal');
      if (this.#next === '\\') this.#escape();
    }
    this.#at++;
  }

  /** Ends on its last character. */
  #escape(): void {
    this.#at++;
    if (this.#next === 'u') {
      for (let i = 0; i < 4; i++) {
        this.#at++;
        if (!/[0-9a-fA-F]/.test(this.#next)) this.#fail('Bad Unicode escape');
      }
    } else if (this.#next === '' || this.#next > '\u00ff') this.#unexpected();
    else if (!/["\\/bfnrt]/.test(this.#next)) this.#fail('Bad escaped character');
  }

  #fail(what: string, where = 'in JSON at'): never {
    throw new SyntaxError(`${what} ${where} position ${String(this.#at)}`);
  }

  #unexpected(): never {
    const found = this.#next;
    if (found === '') throw new SyntaxError('Unexpected end of JSON input');
    if (found === '"') this.#fail('Unexpected string');
    if (found === '-' || digit.test(found)) this.#fail('Unexpected number');
    if (mistaken.has(this.#text)) throw new SyntaxError(`"${this.#text}" is not valid JSON`);
    throw new SyntaxError(`Unexpected token '${found}', ${this.#quoted()} is not valid JSON`);
  }

  #quoted(): string {
    const { length } = this.#text;
    if (length <= 2 * quotedAround) return `"${this.#text}"`;
    const [from, to] = [this.#at - quotedAround, this.#at + quotedAround];
    return `${from < 0 ? '' : '...'}"${this.#text.slice(Math.max(from, 0), to)}"${to >= length && from >= 0 ? '' : '...'}`;
  }
}
