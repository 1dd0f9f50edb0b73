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
  /** Takes in the next entries. `ndjson` is their text, as `writeEntries` has made it. How many come at once makes no difference. */
  add(entries: readonly Entry[], ndjson: string): void;
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
/** Of UTF-8 for one unit of UTF-16, at most. */
const bytesPerUnit = 3;
/** Texts up to this many units are turned into bytes at once. */
const scratchUnits = 1_000_000;
/** Every engine has it, and it knows nothing of the world. */
declare const TextEncoder: new () => { encodeInto(text: string, to: Uint8Array): { read: number; written: number } };
const encoder = new TextEncoder();

export function createDigest(): Digest {
  return new PieceDigest();
}

class PieceDigest implements Digest {
  readonly #whole = sha256.create();
  /** The lines of one piece. */
  readonly #bytes = new Uint8Array(pieceBytes);
  readonly #words = new Int32Array(this.#bytes.buffer);
  #length = 0;
  #scratch = new Uint8Array(0);

  add(entries: readonly Entry[], ndjson: string): void {
    const bytes = this.#asciiOf(ndjson);
    let from = 0;
    // Lines from here on are in the piece as far as room goes, but not copied yet.
    let copied = 0;
    for (const entry of entries) {
      const end = ndjson.indexOf('\n', from) + 1;
      const stable = stableLine(entry);
      if (bytes === undefined || stable !== undefined || end - from >= pieceBytes / bytesPerUnit) {
        if (bytes !== undefined) this.#copy(bytes, copied, from);
        this.#addLine(stable === undefined ? ndjson.slice(from, end) : `${stable}\n`);
        copied = end;
      } else if (!this.#hasRoomFor(end - from, from - copied)) {
        this.#copy(bytes, copied, from);
        this.#close();
        copied = from;
      }
      from = end;
    }
    if (bytes !== undefined) this.#copy(bytes, copied, from);
  }

  hex(): string {
    const all = this.#whole.clone();
    if (this.#length > 0) all.update(this.#hash());
    return bytesToHex(all.digest());
  }

  /** The text as bytes, one for each unit; undefined when it has others than those of ASCII, or is long. */
  #asciiOf(text: string): Uint8Array | undefined {
    if (text.length > scratchUnits) return undefined;
    if (text.length > this.#scratch.length) this.#scratch = new Uint8Array(Math.min(text.length * 2, scratchUnits));
    const { read, written } = encoder.encodeInto(text, this.#scratch);
    return read === text.length && written === text.length ? this.#scratch : undefined;
  }

  /** Whether a line, its end included, has room after so many bytes that wait to be copied. */
  #hasRoomFor(units: number, waiting: number): boolean {
    return this.#length + waiting + (units - 1) * bytesPerUnit + 1 <= pieceBytes;
  }

  #copy(bytes: Uint8Array, from: number, to: number): void {
    if (to === from) return;
    this.#bytes.set(bytes.subarray(from, to), this.#length);
    this.#length += to - from;
  }

  #addLine(line: string): void {
    if (!this.#hasRoomFor(line.length, 0)) this.#close();
    if (this.#hasRoomFor(line.length, 0)) {
      this.#length += encoder.encodeInto(line, this.#bytes.subarray(this.#length)).written;
    } else this.#whole.update(utf8ToBytes(line));
  }

  #close(): void {
    this.#whole.update(this.#hash());
    this.#length = 0;
  }

  #hash(): Uint8Array {
    const length = this.#length;
    this.#bytes.fill(0, length, Math.min(length + 16, pieceBytes));
    const out = new Int32Array(4);
    hashPiece(this.#words, length, out);
    return new Uint8Array(out.buffer);
  }
}

/** The line without the volatile fields, or undefined when the entry has none. */
export function stableLine(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'file.rejected':
      return JSON.stringify(without(entry, volatileFields['file.rejected']));
    case 'delivery.failed':
    case 'process.exited':
    case 'store.rolled-back':
    case 'outbox.relayed':
    case 'saga.step-failed':
    case 'saga.compensation-failed':
    case 'projection.failed':
    case 'experiment.version-failed':
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
