/** `node:querystring`. */
const encode = (value: unknown): string => {
  if (typeof value === 'string') return escape(value);
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? escape(String(value))
    : '';
};

function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent);
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
}

function parse(text: string, separator = '&', equals = '='): Record<string, string | string[]> {
  const result = Object.create(null) as Record<string, string | string[]>;
  for (const part of text.split(separator)) {
    if (part === '') continue;
    const at = part.indexOf(equals);
    const [key, value] = at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + equals.length)];
    const name = unescape(key.replaceAll('+', ' '));
    const decoded = unescape(value.replaceAll('+', ' '));
    const existing = result[name];
    result[name] = existing === undefined ? decoded : [...(Array.isArray(existing) ? existing : [existing]), decoded];
  }
  return result;
}

function stringify(values: Record<string, unknown>, separator = '&', equals = '='): string {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => `${escape(key)}${equals}${encode(one)}`),
  );
  return pairs.join(separator);
}

export const queryString = { parse, decode: parse, stringify, encode: stringify, escape, unescape };
