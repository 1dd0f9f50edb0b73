/** Text to bytes and back in the encodings that `Buffer` knows, with Node's leniency towards what is malformed. */
import { engine } from './engine';

export type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex';

const aliases: Record<string, Encoding> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'ascii',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
};

export const encodingOf = (name: string): Encoding | undefined =>
  Object.hasOwn(aliases, name) ? aliases[name] : aliases[name.toLowerCase()];

const encoder = new engine.TextEncoder();
const decoder = new engine.TextDecoder('utf-8', { ignoreBOM: true });

const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlSafe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const notBase64 = 255;
const padding = 0x3d;
const sextets = new Uint8Array(256).fill(notBase64);
for (const alphabet of [standard, urlSafe]) {
  for (let i = 0; i < 64; i++) sextets[alphabet.charCodeAt(i)] = i;
}

/**
 * Either alphabet; what belongs to neither is skipped, and padding ends the text. Only the low byte of a character is
 * looked at, as in Node.
 */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(base64Length(text));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length && length < bytes.length; i++) {
    const letter = text.charCodeAt(i) & 0xff;
    if (letter === padding) break;
    const sextet = sextets[letter]!;
    if (sextet === notBase64) continue;
    held = (held << 6) | sextet;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (held >> bits) & 0xff;
      held &= (1 << bits) - 1;
    }
  }
  return bytes.slice(0, length);
}

function base64Length(text: string): number {
  const padded = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.floor(((text.length - padded) * 3) / 4);
}

function toBase64(bytes: Uint8Array, alphabet: string, pads: boolean): string {
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const present = Math.min(3, bytes.length - i);
    for (let j = 0; j <= present; j++) letters.push(alphabet[(group >> (18 - 6 * j)) & 63]!);
    if (pads) for (let j = present; j < 3; j++) letters.push('=');
  }
  return letters.join('');
}

const notHex = 255;
const nibbles = new Uint8Array(256).fill(notHex);
for (let i = 0; i < 16; i++) {
  for (const digit of [i.toString(16), i.toString(16).toUpperCase()]) nibbles[digit.charCodeAt(0)] = i;
}

/** Up to the first pair that is not hexadecimal; only the low byte of a character is looked at, as in Node. */
function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor(text.length / 2));
  for (let i = 0; i < bytes.length; i++) {
    const high = nibbles[text.charCodeAt(i * 2) & 0xff]!;
    const low = nibbles[text.charCodeAt(i * 2 + 1) & 0xff]!;
    if (high === notHex || low === notHex) return bytes.slice(0, i);
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function fromUnits(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[i * 2] = unit & 0xff;
    bytes[i * 2 + 1] = unit >> 8;
  }
  return bytes;
}

function toCharacters(length: number, unitAt: (index: number) => number): string {
  const chunk = 4096;
  let text = '';
  for (let start = 0; start < length; start += chunk) {
    const units = Array.from({ length: Math.min(chunk, length - start) }, (_, i) => unitAt(start + i));
    text += String.fromCharCode(...units);
  }
  return text;
}

/**
 * Many texts that programs send are short and of ASCII only: for those a loop takes an eighth of what calling the engine's
 * encoder does, and half of what its decoder does, which makes up for it sooner.
 */
const shortTextMax = 64;
const shortBytesMax = 32;

function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  return shortAscii(text, Uint8Array) ?? encoder.encode(text);
}

/** A short text of ASCII only as bytes of this class; undefined for any other. */
export function shortAscii<B extends Uint8Array>(text: string, Bytes: new (length: number) => B): B | undefined {
  const { length } = text;
  if (length > shortTextMax) return undefined;
  const bytes = new Bytes(length);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return undefined;
    bytes[i] = unit;
  }
  return bytes;
}

export function encodeText(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case 'utf8':
      return toUtf8(text);
    case 'utf16le':
      return fromUnits(text);
    case 'latin1':
    case 'ascii':
      return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    case 'hex':
      return fromHex(text);
  }
}

/** The text of a few bytes of ASCII only; undefined for any others. */
export function shortText(bytes: Uint8Array): string | undefined {
  const { length } = bytes;
  if (length > shortBytesMax) return undefined;
  const units = new Array<number>(length);
  for (let i = 0; i < length; i++) {
    const unit = bytes[i]!;
    if (unit > 0x7f) return undefined;
    units[i] = unit;
  }
  return Reflect.apply(String.fromCharCode, undefined, units);
}

export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  switch (encoding) {
    case 'utf8':
      return shortText(bytes) ?? decoder.decode(bytes);
    case 'utf16le':
      return toCharacters(bytes.length >> 1, (i) => bytes[i * 2]! | (bytes[i * 2 + 1]! << 8));
    case 'latin1':
      return toCharacters(bytes.length, (i) => bytes[i]!);
    case 'ascii':
      return toCharacters(bytes.length, (i) => bytes[i]! & 0x7f);
    case 'base64':
      return toBase64(bytes, standard, true);
    case 'base64url':
      return toBase64(bytes, urlSafe, false);
    case 'hex': {
      let text = '';
      for (const byte of bytes) text += hexPairs[byte]!;
      return text;
    }
  }
}

/** How many bytes the text would take; for base64 from its length alone, as Node does. */
export function encodedLength(text: string, encoding: Encoding): number {
  switch (encoding) {
    case 'utf16le':
      return text.length * 2;
    case 'latin1':
    case 'ascii':
      return text.length;
    case 'hex':
      return text.length >>> 1;
    case 'base64':
    case 'base64url':
      return base64Length(text);
    case 'utf8':
      return encoder.encode(text).length;
  }
}
