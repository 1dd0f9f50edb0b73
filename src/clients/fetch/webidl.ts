import { isHeaderText, token } from '../http/http-names';

/** Checks that the standards make of arguments, in the words of undici. */

export function requireCount(args: readonly unknown[], wanted: number, of: string): void {
  if (args.length >= wanted) return;
  const found = args.length === 0 ? `${wanted > 1 ? 'but only ' : 'but '}0` : `but only ${String(args.length)}`;
  throw new TypeError(`${of}: ${String(wanted)} argument${wanted > 1 ? 's' : ''} required, ${found} found.`);
}

export function textOf(value: unknown, of: string): string {
  if (typeof value === 'symbol')
    throw new TypeError(`${of}: ${of} is a symbol, which cannot be converted to a DOMString.`);
  return ''.concat(value as string);
}

/** A text of which each character is one byte. */
export function byteText(value: unknown, of: string): string {
  const text = textOf(value, of);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 255) {
      const at = `the character at index ${String(index)} has a value of ${String(code)} which is greater than 255.`;
      throw new TypeError(`Cannot convert argument to a ByteString because ${at}`);
    }
  }
  return text;
}

export function headerName(value: unknown, of: string): string {
  const name = byteText(value, of);
  if (!token.test(name)) throw new TypeError(`${of}: "${name}" is an invalid header name.`);
  return name;
}

export function headerValue(value: unknown, of: string): string {
  const text = byteText(value, of).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (!isHeaderText(text)) throw new TypeError(`${of}: "${text}" is an invalid header value.`);
  return text;
}
