import { customInspectSymbol, type Inspect } from '../node/inspect-context';
import { headerName, headerValue, requireCount } from './webidl';

interface Header {
  /** As it was spelled first. */
  readonly name: string;
  value: string;
}

/** What `new Headers` and `init.headers` take: pairs, an object, other headers. */
export type HeadersInit = unknown;

/** `Headers` of the Fetch standard, as undici has it. */
export class Headers {
  readonly #map = new Map<string, Header>();
  #cookies: string[] = [];

  constructor(init?: HeadersInit) {
    if (init === undefined || init === null) {
      if (init === null) throw notHeaders();
      return;
    }
    if (typeof init !== 'object' && typeof init !== 'function') throw notHeaders();
    if (init instanceof Headers) for (const [name, value] of init.spelled()) this.append(name, value);
    else if (Symbol.iterator in init) this.#takePairs(init as Iterable<unknown>);
    else for (const [name, value] of Object.entries(init)) this.append(name, value);
  }

  #takePairs(pairs: Iterable<unknown>): void {
    for (const pair of pairs) {
      const entry = [...(pair as Iterable<unknown>)];
      if (entry.length !== 2)
        throw new TypeError(
          `Headers constructor: expected name/value pair to be length 2, found ${String(entry.length)}.`,
        );
      this.append(entry[0], entry[1]);
    }
  }

  append(...args: unknown[]): void {
    requireCount(args, 2, 'Headers.append');
    const name = headerName(args[0], 'Headers.append');
    const value = headerValue(args[1], 'Headers.append');
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.#cookies.push(value);
    const known = this.#map.get(key);
    if (known === undefined) this.#map.set(key, { name, value });
    else known.value += `${key === 'cookie' ? '; ' : ', '}${value}`;
  }

  delete(...args: unknown[]): void {
    requireCount(args, 1, 'Headers.delete');
    const key = headerName(args[0], 'Headers.delete').toLowerCase();
    if (key === 'set-cookie') this.#cookies = [];
    this.#map.delete(key);
  }

  get(...args: unknown[]): string | null {
    requireCount(args, 1, 'Headers.get');
    return this.#map.get(headerName(args[0], 'Headers.get').toLowerCase())?.value ?? null;
  }

  has(...args: unknown[]): boolean {
    requireCount(args, 1, 'Headers.has');
    return this.#map.has(headerName(args[0], 'Headers.has').toLowerCase());
  }

  set(...args: unknown[]): void {
    requireCount(args, 2, 'Headers.set');
    const name = headerName(args[0], 'Headers.set');
    const value = headerValue(args[1], 'Headers.set');
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.#cookies = [value];
    const known = this.#map.get(key);
    if (known === undefined) this.#map.set(key, { name, value });
    else known.value = value;
  }

  getSetCookie(): string[] {
    return [...this.#cookies];
  }

  forEach(...args: unknown[]): void {
    requireCount(args, 1, 'Headers.forEach');
    const [callback, self] = args as [(value: string, name: string, headers: Headers) => void, unknown];
    if (typeof callback !== 'function')
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  *keys(): Generator<string> {
    for (const [name] of this.#sorted()) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.#sorted()) yield value;
  }

  *entries(): Generator<[string, string]> {
    yield* this.#sorted();
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }

  /** Names as they were spelled, each cookie by itself, in the order in which they were added. */
  spelled(): [string, string][] {
    return [...this.#map].flatMap(([key, { name, value }]): [string, string][] =>
      key === 'set-cookie' ? this.#cookies.map((cookie) => [name, cookie]) : [[name, value]],
    );
  }

  [customInspectSymbol](depth: number | null, options: Record<string, unknown>, inspect: Inspect): string {
    const shown = Object.fromEntries([...this.#map.values()].map(({ name, value }) => [name, value]));
    return `Headers ${inspect(shown, { ...options, depth: options['depth'] ?? depth })}`;
  }

  #sorted(): [string, string][] {
    const keys = [...this.#map.keys()].sort((one, other) => (one < other ? -1 : 1));
    return keys.flatMap((key): [string, string][] =>
      key === 'set-cookie' ? this.#cookies.map((cookie) => [key, cookie]) : [[key, this.#map.get(key)?.value ?? '']],
    );
  }
}
tag(Headers, 'Headers');

export function tag(target: { readonly prototype: object }, name: string): void {
  Object.defineProperty(target.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

function notHeaders(): TypeError {
  return new TypeError(
    'Headers constructor: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.',
  );
}
