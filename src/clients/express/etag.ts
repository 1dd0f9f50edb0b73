/**
 * The `ETag` of an answer, as express makes it: its length and its SHA-1. Written out here since every answer has one: the
 * library takes ten times as long for a short one.
 */
export function etagOf(bytes: Uint8Array, isWeak: boolean): string {
  hash(bytes);
  for (let at = 0; at < letters.length; at++) letters[at] = base64.charCodeAt(sixBitsAt(at * 6));
  const text = Reflect.apply(String.fromCharCode, undefined, letters);
  return `${isWeak ? 'W/' : ''}"${bytes.length.toString(16)}-${text}"`;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Codes of the letters that tell a hash of 160 bits. */
const letters = new Array<number>(27).fill(0);
/** The five words of the hash, and one of zeros. */
const state = new Int32Array(6);
const words = new Int32Array(80);

function sixBitsAt(bit: number): number {
  const at = bit >> 5;
  const offset = bit & 31;
  const first = state[at]!;
  if (offset <= 26) return (first >>> (26 - offset)) & 63;
  return ((first << (offset - 26)) | (state[at + 1]! >>> (58 - offset))) & 63;
}

/** SHA-1 (FIPS 180-4) of the bytes, into `state`. */
function hash(bytes: Uint8Array): void {
  const { length } = bytes;
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  state[4] = 0xc3d2e1f0;
  const end = ((length + 8) >> 6) * 64 + 64;
  for (let start = 0; start < end; start += 64) {
    for (let index = 0; index < 16; index++) {
      const at = start + index * 4;
      words[index] =
        (padded(bytes, at) << 24) |
        (padded(bytes, at + 1) << 16) |
        (padded(bytes, at + 2) << 8) |
        padded(bytes, at + 3);
    }
    if (start + 64 === end) {
      words[14] = Math.floor(length / 0x20000000);
      words[15] = length << 3;
    }
    mix();
  }
}

function padded(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? bytes[at]! : at === bytes.length ? 0x80 : 0;
}

function mix(): void {
  for (let index = 16; index < 80; index++)
    words[index] = turned(words[index - 3]! ^ words[index - 8]! ^ words[index - 14]! ^ words[index - 16]!, 1);
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  for (let round = 0; round < 80; round++) {
    let mixed: number;
    if (round < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
    else if (round < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
    else if (round < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    else mixed = (b ^ c ^ d) + 0xca62c1d6;
    const next = (turned(a, 5) + e + mixed + words[round]!) | 0;
    e = d;
    d = c;
    c = turned(b, 30);
    b = a;
    a = next;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
}

function turned(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
