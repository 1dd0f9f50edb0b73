/**
 * What Redis keeps are bytes. A text of which each character is one byte (0 to 255) stands for them, so that they can be keys
 * of maps and are compared as Redis compares them.
 */
export type Bytes = string;

// oxlint-disable-next-line no-control-regex -- the very question is whether all is ASCII
const ascii = /^[\x00-\x7f]*$/;

/** Whether a text and its bytes are the same. */
export function isAscii(text: string): boolean {
  return ascii.test(text);
}

export function bytesOf(text: string): Bytes {
  if (isAscii(text)) return text;
  let bytes = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    bytes += encoded(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
  }
  return bytes;
}

function encoded(point: number): Bytes {
  const tail = (shift: number): number => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x80) return String.fromCharCode(point);
  if (point < 0x800) return String.fromCharCode(0xc0 | (point >> 6), tail(0));
  if (point < 0x10000) return String.fromCharCode(0xe0 | (point >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (point >> 18), tail(12), tail(6), tail(0));
}

/** Bytes as UTF-8 text; what is none becomes U+FFFD. */
export function textOf(bytes: Bytes): string {
  if (isAscii(bytes)) return bytes;
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const { point, length } = decoded(bytes, at);
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

function decoded(bytes: Bytes, at: number): { point: number; length: number } {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { point: first, length: 1 };
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return { point: 0xfffd, length: 1 };
  let point = first & (0x7f >> length);
  for (let next = 1; next < length; next += 1) {
    const byte = bytes.charCodeAt(at + next);
    if ((byte & 0xc0) !== 0x80) return { point: 0xfffd, length: next };
    point = (point << 6) | (byte & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  const isCharacter = point >= least && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return { point: isCharacter ? point : 0xfffd, length };
}
