/** Bytes as text that survives in an address: base64url of RFC 4648, section 5, without padding. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map(Array.from(alphabet, (char, value) => [char, value]));

/** Digits that so many bytes take. */
export function base64urlChars(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += alphabet[(group >> shift) & 63]!;
  }
  return text.slice(0, base64urlChars(bytes.length));
}

/** The bytes up to the first character that is no digit; a last digit that makes no whole byte is left out. */
export function fromBase64url(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let group = 0;
  let bits = 0;
  for (const char of text) {
    const value = values.get(char);
    if (value === undefined) break;
    group = ((group << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (group >> bits) & 255;
    at += 1;
  }
  return bytes.subarray(0, at);
}
