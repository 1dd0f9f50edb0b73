import { decodeText } from './encoding';

/** `node:querystring`. */
const encode = (value: unknown, write: (text: string) => string): string => {
  if (typeof value === 'string') return write(value);
  if (typeof value === 'number') return Number.isFinite(value) ? write(String(value)) : '';
  return typeof value === 'boolean' || typeof value === 'bigint' ? write(String(value)) : '';
};

function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent);
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeText(octets(text), 'utf8');
  }
}

/** Each character as its code's last octet, and `%E9` as what it names. */
function octets(text: string): Uint8Array {
  const found = text.match(/%[0-9a-f]{2}|[^]/gi) ?? [];
  return Uint8Array.from(found, (each) =>
    each.length === 3 ? Number.parseInt(each.slice(1), 16) : each.charCodeAt(0),
  );
}

interface ParseOptions {
  /** More are passed over; by default 1000, 0 for all. */
  readonly maxKeys?: number;
  readonly decodeURIComponent?: (text: string) => string;
}

/** What is no text has no fields. */
function parse(text: unknown, separator = '&', equals = '=', options: ParseOptions | null = {}): Fields {
  const result = Object.create(null) as Fields;
  if (typeof text !== 'string') return result;
  const { maxKeys = 1_000, decodeURIComponent: decode = unescape } = options ?? {};
  const decoded = (written: string): string => decode(written.replaceAll('+', ' '));
  const parts = text.split(separator || '&').filter((part) => part !== '');
  for (const part of maxKeys > 0 ? parts.slice(0, maxKeys) : parts) {
    const at = part.indexOf(equals || '=');
    const [key, value] = at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + (equals || '=').length)];
    const name = decoded(key);
    const existing = result[name];
    const one = decoded(value);
    result[name] = existing === undefined ? one : [...(Array.isArray(existing) ? existing : [existing]), one];
  }
  return result;
}

type Fields = Record<string, string | string[]>;

/** What is no object has no fields either. */
function stringify(values: unknown, separator = '&', equals = '=', options: StringifyOptions | null = {}): string {
  if (typeof values !== 'object' || values === null) return '';
  const write = options?.encodeURIComponent ?? escape;
  const pairs = Object.entries(values as Record<string, unknown>).flatMap(([key, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).map(
      (one) => `${write(key)}${equals || '='}${encode(one, write)}`,
    ),
  );
  return pairs.join(separator || '&');
}

interface StringifyOptions {
  readonly encodeURIComponent?: (text: string) => string;
}

export const queryString = { parse, decode: parse, stringify, encode: stringify, escape, unescape };
