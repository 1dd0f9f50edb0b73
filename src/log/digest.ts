import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Entry, EntryOf } from './entry';
import { hashPiece } from './piece-hash';

/**
 * The identity of a run: SHA-256 over 128-bit hashes of its NDJSON lines, 64 KiB at a time. Equal digests mean that every
 * entry was equal, unless somebody went to great lengths. (SHA-256 over the lines themselves took nine tenths of the time
 * in which a run was computed and sent.)
 *
 * Engines word and place their errors differently, so what is volatile is left out, also of errors that were printed; the
 * name of an error stays. What cannot be told from the author's own words is the message alone, printed or sent by a
 * program that caught one of the engine's errors: then the digests of two engines may differ.
 * Keys count in the order in which the runtime writes them.
 */
export interface Digest {
  /** Takes in the next entry. `line` is its NDJSON line, with or without the line's end. */
  add(entry: Entry, line: string): void;
  /** The digest of what was added so far, in 64 hexadecimal digits. More may be added afterwards. */
  hex(): string;
}

/** Fields of an entry that may differ between engines. They are shown, but stay out of the digest. */
export const volatileFields = {
  failure: ['message', 'stack'],
  'file.rejected': ['message', 'column'],
} as const satisfies {
  readonly failure: readonly (keyof NonNullable<EntryOf<'process.exited'>['failure']>)[];
  readonly 'file.rejected': readonly (keyof EntryOf<'file.rejected'>)[];
};

/** How an error of the language itself is worded, and how many frames a stack has and how they are written, is the engine's choice. */
const printedWording = /\b((?:Type|Range|Reference|Syntax|URI|Eval)Error): [^\n]*(?=\n\s+at )/g;
const printedFrames = /\n\s+at [^\n]*/g;

/** A multiple of 16. */
const pieceBytes = 65_536;
const lineFeed = 10;

export function createDigest(): Digest {
  const whole = sha256.create();
  const piece = new Piece();
  return {
    add(entry, line) {
      const stable = stableLine(entry) ?? line;
      const end = stable.endsWith('\n') ? stable.length - 1 : stable.length;
      if (!piece.hasRoomFor(end)) whole.update(piece.take());
      if (piece.hasRoomFor(end)) piece.addLine(stable, end);
      else whole.update(utf8ToBytes(stable.slice(0, end) + '\n'));
    },
    hex() {
      const all = whole.clone();
      if (!piece.isEmpty) all.update(piece.hash());
      return bytesToHex(all.digest());
    },
  };
}

/** Lines as UTF-8, as many as fit. */
class Piece {
  readonly #bytes = new Uint8Array(pieceBytes);
  readonly #words = new Int32Array(this.#bytes.buffer);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  hasRoomFor(units: number): boolean {
    return this.#length + units * bytesPerUnit + 1 <= pieceBytes;
  }

  addLine(text: string, end: number): void {
    this.#length = writeUtf8(text, end, this.#bytes, this.#length);
    this.#bytes[this.#length++] = lineFeed;
  }

  hash(): Uint8Array {
    const length = this.#length;
    this.#bytes.fill(0, length, Math.min(length + 16, pieceBytes));
    const out = new Int32Array(4);
    hashPiece(this.#words, length, out);
    return new Uint8Array(out.buffer);
  }

  take(): Uint8Array {
    const hash = this.hash();
    this.#length = 0;
    return hash;
  }
}

/** Of UTF-8 for one unit of UTF-16, at most. */
const bytesPerUnit = 3;

/** Writes the first `end` units of a text and returns where it ends. Nearly all of it is ASCII. */
function writeUtf8(text: string, end: number, bytes: Uint8Array, at: number): number {
  let next = at;
  for (let index = 0; index < end; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[next++] = unit;
      continue;
    }
    // Rare enough to leave the rest to whoever knows it well.
    const rest = utf8ToBytes(text.slice(index, end));
    bytes.set(rest, next);
    return next + rest.length;
  }
  return next;
}

/** The line without the volatile fields, or undefined when the entry has none. */
export function stableLine(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'file.rejected':
      return JSON.stringify(without(entry, volatileFields['file.rejected']));
    case 'delivery.failed':
    case 'process.exited':
      if (entry.failure === undefined) return undefined;
      return JSON.stringify({ ...entry, failure: without(entry.failure, volatileFields.failure) });
    case 'console.printed':
      if (!entry.text.includes('    at ')) return undefined;
      return JSON.stringify({ ...entry, text: entry.text.replace(printedWording, '$1').replace(printedFrames, '') });
    default:
      return undefined;
  }
}

function without<T extends object>(value: T, fields: readonly (keyof T)[]): Partial<T> {
  const rest: Partial<T> = { ...value };
  for (const field of fields) delete rest[field];
  return rest;
}
