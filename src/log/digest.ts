import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Entry, EntryOf } from './entry';

/**
 * The identity of a run: SHA-256 over its NDJSON lines. Equal digests mean that every entry was equal.
 *
 * Engines word and place their errors differently, so what is volatile is left out, the frames of printed stacks too; the
 * name of an error stays.
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

/** Frames of a stack in what was printed: how many there are and how they are written is the engine's choice. */
const printedFrames = /\n\s+at [^\n]*/g;

/** Hashing long pieces is several times cheaper than hashing lines. */
const batchChars = 32_768;

export function createDigest(): Digest {
  const hash = sha256.create();
  let batch = '';
  const flush = (): void => {
    if (batch !== '') hash.update(utf8ToBytes(batch));
    batch = '';
  };
  return {
    add(entry, line) {
      const stable = stableLine(entry) ?? line;
      batch += stable.endsWith('\n') ? stable : stable + '\n';
      if (batch.length >= batchChars) flush();
    },
    hex() {
      flush();
      return bytesToHex(hash.clone().digest());
    },
  };
}

/** The line without the volatile fields, or undefined when the entry has none. */
function stableLine(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'file.rejected':
      return JSON.stringify(without(entry, volatileFields['file.rejected']));
    case 'delivery.failed':
    case 'process.exited':
      if (entry.failure === undefined) return undefined;
      return JSON.stringify({ ...entry, failure: without(entry.failure, volatileFields.failure) });
    case 'console.printed':
      if (!entry.text.includes('    at ')) return undefined;
      return JSON.stringify({ ...entry, text: entry.text.replace(printedFrames, '') });
    default:
      return undefined;
  }
}

function without<T extends object>(value: T, fields: readonly (keyof T)[]): Partial<T> {
  const rest: Partial<T> = { ...value };
  for (const field of fields) delete rest[field];
  return rest;
}
