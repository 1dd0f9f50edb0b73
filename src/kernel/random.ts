/**
 * Seeded random streams. Every source of chance draws from a stream of its own, named, so that adding one source does
 * not reshuffle the others. Only 32-bit integer arithmetic is used: it is the same in every engine.
 */
export interface RandomStream {
  /** A number from 0 (inclusive) to 1 (exclusive), a multiple of 2⁻³². */
  next(): number;
  /** A whole number from 0 to 2³² − 1. */
  uint32(): number;
}

/** The stream `name` of the run with this seed. The same two always give the same numbers. */
export function createStream(seed: number, name: string): RandomStream {
  // sfc32 (Chris Doty-Humphrey, PractRand), seeded from a string hash and warmed up.
  let a = hash(name, seed ^ 0x9e3779b9);
  let b = hash(name, seed ^ 0x243f6a88);
  let c = seed | 0;
  let counter = 1;
  const uint32 = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let turn = 0; turn < 12; turn++) uint32();
  return { uint32, next: () => uint32() / 4_294_967_296 };
}

/** FNV-1a over UTF-16 code units with a final avalanche (murmur3's). */
function hash(text: string, basis: number): number {
  let value = (basis ^ 0x811c9dc5) | 0;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
