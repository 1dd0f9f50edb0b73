/**
 * Strings, numbers and widths as `inspect` writes them.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { InspectContext, Stylize } from './inspect-context';

/* oxlint-disable no-control-regex -- control characters are what these look for */
const needsEscape =
  /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const needsEscapeAll = new RegExp(needsEscape, 'g');
const needsEscapeSingle =
  /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const needsEscapeSingleAll = new RegExp(needsEscapeSingle, 'g');
/* eslint-enable no-control-regex */

const shortEscapes: Record<number, string> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
  39: "\\'",
  92: '\\\\',
};

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code > 0x9f) return `\\u${code.toString(16)}`;
  return shortEscapes[code] ?? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}

export const escapeKey = (key: string): string => key.replace(needsEscapeAll, escapeCharacter);

/** A string in the quotes that need the fewest escapes: single, else double, else backticks. */
export function quote(text: string): string {
  let escape = needsEscape;
  let escapeAll = needsEscapeAll;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
    if (mark !== "'") {
      escape = needsEscapeSingle;
      escapeAll = needsEscapeSingleAll;
    }
  }
  return `${mark}${escape.test(text) ? text.replace(escapeAll, escapeCharacter) : text}${mark}`;
}

function separateThousands(integer: string): string {
  const start = integer.startsWith('-') ? 1 : 0;
  let result = '';
  let i = integer.length;
  for (; i >= start + 4; i -= 3) result = `_${integer.slice(i - 3, i)}${result}`;
  return integer.slice(0, i) + result;
}

function separateFraction(fraction: string): string {
  let result = '';
  let i = 0;
  for (; i < fraction.length - 3; i += 3) result += `${fraction.slice(i, i + 3)}_`;
  return result + fraction.slice(i);
}

export function formatNumber(style: Stylize, number: number, numericSeparator: boolean): string {
  if (!numericSeparator) return style(Object.is(number, -0) ? '-0' : String(number), 'number');
  const text = String(number);
  if (Math.trunc(number) === number) {
    return style(!Number.isFinite(number) || text.includes('e') ? text : separateThousands(text), 'number');
  }
  if (Number.isNaN(number)) return style(text, 'number');
  const [integer = '', fraction = ''] = text.split('.');
  return style(`${separateThousands(integer)}.${separateFraction(fraction)}`, 'number');
}

export function formatBigInt(style: Stylize, bigint: bigint, numericSeparator: boolean): string {
  const text = String(bigint);
  return style(`${numericSeparator ? separateThousands(text) : text}n`, 'bigint');
}

const unbrokenLengthMax = 16;

function formatString(style: Stylize, text: string, ctx: InspectContext): string {
  let value = text;
  let trailer = '';
  if (value.length > ctx.maxStringLength) {
    const remaining = value.length - ctx.maxStringLength;
    value = value.slice(0, ctx.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
  }
  const isLong = value.length > unbrokenLengthMax && value.length > ctx.breakLength - ctx.indentationLvl - 4;
  if (ctx.compact !== true && isLong) {
    const lines = value.split(/(?<=\n)/).map((line) => style(quote(line), 'string'));
    return lines.join(` +\n${' '.repeat(ctx.indentationLvl + 2)}`) + trailer;
  }
  return style(quote(value), 'string') + trailer;
}

export function formatPrimitive(style: Stylize, value: unknown, ctx: InspectContext): string {
  switch (typeof value) {
    case 'string':
      return formatString(style, value, ctx);
    case 'number':
      return formatNumber(style, value, ctx.numericSeparator);
    case 'bigint':
      return formatBigInt(style, value, ctx.numericSeparator);
    case 'boolean':
      return style(String(value), 'boolean');
    case 'symbol':
      return style(value.toString(), 'symbol');
    default:
      return style('undefined', 'undefined');
  }
}

// Every ANSI escape code. By way of chalk/ansi-regex, MIT, Sindre Sorhus.
const ansi = new RegExp(
  '[\\u001B\\u009B][[\\]()#;?]*' +
    '(?:(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*' +
    '|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?' +
    '(?:\\u0007|\\u001B\\u005C|\\u009C))' +
    '|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?' +
    '[\\dA-PR-TZcf-nq-uy=><~]))',
  'g',
);

export const stripControlCharacters = (text: string): string => text.replace(ansi, '');

const colorCodes = /\u001b\[\d\d?m/g; // oxlint-disable-line no-control-regex -- that's what colours are
export const removeColors = (text: string): string => text.replace(colorCodes, '');

const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x23f0, 0x23f0],
  [0x23f3, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2630, 0x2637],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x268a, 0x268f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dff],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2fb],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f1e6, 0x1f1ff],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f4, 0x1f3f4],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f54e],
  [0x1f550, 0x1f567],
  [0x1f57a, 0x1f57a],
  [0x1f595, 0x1f596],
  [0x1f5a4, 0x1f5a4],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2],
  [0x1f6d5, 0x1f6d7],
  [0x1f6dc, 0x1f6df],
  [0x1f6eb, 0x1f6ec],
  [0x1f6f4, 0x1f6fc],
  [0x1f7e0, 0x1f7eb],
  [0x1f7f0, 0x1f7f0],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

const isWide = (code: number): boolean => wideRanges.some(([first, last]) => code >= first && code <= last);
const isWidthless = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;

/** How many columns of a terminal the text takes. */
export function stringWidth(text: string): number {
  const plain = stripControlCharacters(text);
  let width = 0;
  for (const character of plain.normalize('NFC')) {
    const code = character.codePointAt(0)!;
    if (code < 127) width += code >= 32 ? 1 : 0;
    else if (isWide(code)) width += 2;
    else if (code === 0xad || !isWidthless.test(character)) width += 1;
  }
  return width;
}
