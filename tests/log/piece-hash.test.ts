import { expect, test } from 'vitest';
import { createDigest } from '../../src/log/digest';
import { LineWriter } from '../../src/log/line-writer';
import type { Entry } from '../../src/log/entry';
import { hashPiece } from '../../src/log/piece-hash';

const hashOf = (bytes: Uint8Array) => {
  const padded = new Uint8Array(Math.ceil(bytes.length / 16) * 16);
  padded.set(bytes);
  const out = new Int32Array(4);
  hashPiece(new Int32Array(padded.buffer), bytes.length, out);
  return out.join();
};

test('every bit and the length count', () => {
  const bytes = Uint8Array.from({ length: 70 }, (_, index) => index * 37);
  const hashes = new Set([
    hashOf(bytes),
    hashOf(new Uint8Array()),
    hashOf(new Uint8Array(1)),
    hashOf(new Uint8Array(2)),
  ]);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    hashes.add(hashOf(changed));
  }
  expect(hashes.size).toBe(4 + bytes.length * 8);
});

test('no bit of the hash leans to a side', () => {
  const counts = new Array<number>(128).fill(0);
  for (let n = 0; n < 2_000; n += 1) {
    const words = hashOf(Uint8Array.of(n, n >> 8))
      .split(',')
      .map(Number);
    words.forEach((word, at) => {
      for (let bit = 0; bit < 32; bit += 1) counts[at * 32 + bit]! += (word >>> bit) & 1;
    });
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});

const printed = (text: string): Entry => ({
  seq: 0,
  atMs: 0,
  type: 'console.printed',
  process: 'a',
  stream: 'stdout',
  text,
});

test('a line may be longer than a piece, and holds what it holds', () => {
  const digest = (text: string) => {
    const made = createDigest();
    for (const lines of new LineWriter().write([printed('before'), printed(text), printed('after')])) made.add(lines);
    return made.hex();
  };
  const long = 'ї'.repeat(100_000);
  const digests = [long, `${long}x`, `${long}y`, `x${long}`, 'short', '😀', '😁', 'é'].map(digest);
  expect(new Set(digests).size).toBe(digests.length);
});
