import { octetsOf } from './octets';

const letters: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
  '\\': '\\', "'": "'", '"': '"', '?': '?',
}; // prettier-ignore

const escape =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|c([\s\S])|([abeEfnrtv\\'"?]))/g;

/** What `$'…'` stands for, as bytes. An escape that bash does not know stays as it is; a zero byte ends the text. */
export function ansiCUnquoted(source: string): string {
  const octets = octetsOf(source).replace(
    escape,
    (_all, octal?: string, hex?: string, short?: string, long?: string, control?: string, letter?: string) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 255);
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      const codePoint = short ?? long;
      if (codePoint !== undefined) return characterOf(parseInt(codePoint, 16));
      if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 31);
      return letters[letter ?? ''] ?? '';
    },
  );
  const end = octets.indexOf('\0');
  return end < 0 ? octets : octets.slice(0, end);
}

const characterOf = (codePoint: number): string =>
  codePoint > 0x10ffff ? '' : octetsOf(String.fromCodePoint(codePoint));
