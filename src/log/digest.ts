import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Entry, EntryOf } from './entry';
import type { Lines } from './line-writer';
import { hashPiece } from './piece-hash';
import { encodeText } from './utf8';

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
  /** Takes in the next entries. How many come at once makes no difference. */
  add(lines: Lines): void;
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

export function createDigest(): Digest {
  return new PieceDigest();
}

class PieceDigest implements Digest {
  readonly #whole = sha256.create();
  /** The lines of one piece. */
  readonly #bytes = new Uint8Array(pieceBytes);
  readonly #words = new Int32Array(this.#bytes.buffer);
  #length = 0;

  add({ entries, bytes, ends, units }: Lines): void {
    let from = 0;
    // Lines from here on are in the piece as far as room goes, but not copied yet.
    let copied = 0;
    for (let index = 0; index < entries.length; index += 1) {
      const end = ends[index]!;
      const length = units[index]!;
      const stable = stableLine(entries[index]!);
      if (stable !== undefined || length >= pieceBytes / bytesPerUnit) {
        this.#copy(bytes, copied, from);
        if (stable === undefined) this.#addLine(bytes.subarray(from, end), length);
        else this.#addLine(encodeText(`${stable}\n`), stable.length + 1);
        copied = end;
      } else if (!this.#hasRoomFor(length, from - copied)) {
        this.#copy(bytes, copied, from);
        this.#close();
        copied = from;
      }
      from = end;
    }
    this.#copy(bytes, copied, from);
  }

  hex(): string {
    const all = this.#whole.clone();
    if (this.#length > 0) all.update(this.#hash());
    return bytesToHex(all.digest());
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

  #addLine(line: Uint8Array, units: number): void {
    if (!this.#hasRoomFor(units, 0)) this.#close();
    if (this.#hasRoomFor(units, 0)) this.#copy(line, 0, line.length);
    else this.#whole.update(line);
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
    case 'receiver.refused':
    case 'receiver.attempt-failed':
    case 'receiver.issue-opened':
    case 'receiver.issue-recurred':
    case 'receiver.issue-reopened':
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
