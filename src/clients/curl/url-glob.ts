import { CommandFailure } from './problem';

/** curl's `{a,b}`, `[1-10:2]` and `[a-z]` in URLs. The last of several patterns changes fastest. */
export function globbed(url: string, urlsMax: number): readonly string[] | 'too many' {
  let results = [''];
  for (const choices of new GlobReader(url).read()) {
    if (results.length * choices.length > urlsMax) return 'too many';
    results = results.flatMap((before) => choices.map((choice) => before + choice));
  }
  return results;
}

class GlobReader {
  readonly #url: string;
  #at = 0;

  constructor(url: string) {
    this.#url = url;
  }

  read(): string[][] {
    const parts: string[][] = [];
    while (this.#at < this.#url.length) {
      const literal = this.#literal();
      if (literal !== '') parts.push([literal]);
      else if (this.#url[this.#at] === '{') parts.push(this.#set());
      else parts.push(this.#range());
    }
    return parts;
  }

  /** Positions are told from 1. */
  #fail(what: string, at = this.#at): never {
    throw new CommandFailure(3, `curl: (3) ${what} in URL position ${at + 1}:`);
  }

  #literal(): string {
    let literal = '';
    while (this.#at < this.#url.length) {
      const rest = this.#url.slice(this.#at);
      if (rest.startsWith('{')) break;
      const address = /^\[(?:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[^\]]*)?)?\]/.exec(rest)?.[0];
      if (address !== undefined) {
        literal += address;
        this.#at += address.length;
        continue;
      }
      if (rest.startsWith('[')) break;
      if (/^[}\]]/.test(rest)) this.#fail('unmatched close brace/bracket');
      if (/^\\[{}[\]]/.test(rest)) this.#at += 1;
      literal += this.#url[this.#at]!;
      this.#at += 1;
    }
    return literal;
  }

  #set(): string[] {
    const open = this.#at;
    this.#at += 1;
    const choices: string[] = [];
    let choice = '';
    for (;;) {
      const octet = this.#url[this.#at];
      switch (octet) {
        case undefined:
          return this.#fail('unmatched brace', open);
        case '{':
        case '[':
          return this.#fail('nested brace');
        case ']':
          return this.#fail('unexpected close bracket');
        case '}':
          if (this.#at === open + 1) this.#fail('empty string within braces');
          this.#at += 1;
          return [...choices, choice];
        case ',':
          choices.push(choice);
          choice = '';
          break;
        case '\\':
          if (this.#at + 1 < this.#url.length) this.#at += 1;
          choice += this.#url[this.#at]!;
          break;
        default:
          choice += octet;
      }
      this.#at += 1;
    }
  }

  #range(): string[] {
    this.#at += 1;
    const rest = this.#url.slice(this.#at);
    if (/^[a-zA-Z]/.test(rest)) return this.#letters(rest);
    if (/^\d/.test(rest)) return this.#numbers(rest);
    return this.#fail('bad range specification');
  }

  #letters(rest: string): string[] {
    const [all, from, to, by] = /^([a-zA-Z])-([\s\S])(?::(\d+))?\]/.exec(rest) ?? [];
    this.#at += all?.length ?? 0;
    const [first, last] = [from?.charCodeAt(0) ?? 0, to?.charCodeAt(0) ?? 0];
    const step = Number(by ?? 1);
    if (all === undefined || last - first > 25 || !isStep(first, last, step)) this.#fail('bad range');
    return steps(first, last, step).map((code) => String.fromCharCode(code));
  }

  #numbers(rest: string): string[] {
    const [read, from = '', , to, , by, close] = /^(\d+)(-[ \t]*(\d+)?(:(\d*))?(\])?)?/.exec(rest) ?? [];
    const dash = from.length + 1;
    const untilTo = /^\d+-[ \t]*/.exec(rest)?.[0].length ?? 0;
    const colon = by === undefined ? untilTo : (read ?? '').indexOf(':') + 1;
    const [first, last, step] = [Number(from), Number(to ?? NaN), Number(by ?? 1)];
    const wellFormed = to !== undefined && close !== undefined;
    this.#at += wellFormed ? read!.length : untilTo === 0 ? 0 : Math.max(dash, colon);
    if (!wellFormed || !isStep(first, last, step)) this.#fail('bad range');
    const width = from.startsWith('0') ? from.length : 0;
    return steps(first, last, step).map((value) => String(value).padStart(width, '0'));
  }
}

const isStep = (first: number, last: number, step: number): boolean =>
  step > 0 && (first === last ? step === 1 : first < last && step <= last - first);

const stepsMax = 100_000;

const steps = (first: number, last: number, step: number): number[] =>
  Array.from(
    { length: Math.min(stepsMax, Math.floor((last - first) / step) + 1) },
    (_none, index) => first + index * step,
  );
