import { invalidArgType, nodeError } from '../node/node-error';
import { headerKey, validateHeaderValue, validHeaderKey } from './http-names';

export type HeaderValue = string | number | readonly string[];

/** Key, name as it was spelled and value, one after the other. */
const step = 3;

/** The headers of a message that goes out, in the order in which they were set first. There are few: looking through them is fastest. */
export class HeaderList {
  readonly #cells: unknown[] = [];

  set(name: string, value: HeaderValue): void {
    const key = validHeaderKey(name);
    if (Array.isArray(value)) for (const each of value as unknown[]) validateHeaderValue(name, each);
    else validateHeaderValue(name, value);
    this.#put(key, name, value);
  }

  append(name: string, value: string | readonly string[]): void {
    const key = validHeaderKey(name);
    const added = (Array.isArray(value) ? value : [value]) as readonly string[];
    for (const each of added) validateHeaderValue(name, each);
    const known = this.#at(key);
    const before = known < 0 ? [] : [this.#cells[known + 2] as HeaderValue].flat().map(String);
    const all = [...before, ...added];
    this.#put(key, name, all.length === 1 ? (all[0] ?? '') : all);
  }

  get(name: string): HeaderValue | undefined {
    const at = this.#at(keyOf(name));
    return at < 0 ? undefined : (this.#cells[at + 2] as HeaderValue);
  }

  has(name: string): boolean {
    return this.#at(keyOf(name)) >= 0;
  }

  remove(name: string): void {
    const at = this.#at(keyOf(name));
    if (at >= 0) this.#cells.splice(at, step);
  }

  keys(): string[] {
    return this.#every(0) as string[];
  }

  names(): string[] {
    return this.#every(1) as string[];
  }

  toObject(): Record<string, HeaderValue> {
    const headers = Object.create(null) as Record<string, HeaderValue>;
    for (let at = 0; at < this.#cells.length; at += step)
      headers[this.#cells[at] as string] = this.#cells[at + 2] as HeaderValue;
    return headers;
  }

  /** As they go out: names and values in turn. Of cookies that a client sends there is one header. */
  lines(): string[] {
    const lines: string[] = [];
    const cells = this.#cells;
    for (let at = 0; at < cells.length; at += step) {
      const name = cells[at + 1] as string;
      const value = cells[at + 2] as HeaderValue;
      if (typeof value === 'string') lines.push(name, asRead(value));
      else if (Array.isArray(value) && cells[at] === 'cookie') lines.push(name, value.join('; '));
      else if (Array.isArray(value))
        for (const each of value as readonly unknown[]) lines.push(name, asRead(String(each)));
      else lines.push(name, String(value));
    }
    return lines;
  }

  #put(key: string, name: string, value: HeaderValue): void {
    const at = this.#at(key);
    if (at < 0) this.#cells.push(key, name, value);
    else {
      this.#cells[at + 1] = name;
      this.#cells[at + 2] = value;
    }
  }

  #at(key: string): number {
    const cells = this.#cells;
    for (let at = 0; at < cells.length; at += step) if (cells[at] === key) return at;
    return -1;
  }

  #every(offset: number): unknown[] {
    return this.#cells.filter((_, at) => at % step === offset);
  }
}

/** Spaces around a value are no part of it for whoever reads the head. */
function asRead(value: string): string {
  const last = value.length - 1;
  const isPadded = isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(last));
  return isPadded ? value.replace(/^[ \t]+|[ \t]+$/g, '') : value;
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09;

function keyOf(name: unknown): string {
  if (typeof name !== 'string') throw invalidArgType('name', 'string', name);
  return headerKey(name);
}

/** Headers as `writeHead` takes them: an object, pairs, or names and values in turn. */
export function pairsOf(headers: unknown): [string, HeaderValue][] {
  if (typeof headers !== 'object' || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers as Record<string, HeaderValue>);
  const list = headers as unknown[];
  if (Array.isArray(list[0])) return list as [string, HeaderValue][];
  if (list.length % 2 !== 0)
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid. Received ${String(list)}`);
  return Array.from({ length: list.length / 2 }, (_, index) => [
    String(list[index * 2]),
    list[index * 2 + 1] as HeaderValue,
  ]);
}
