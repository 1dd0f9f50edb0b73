import type { Entry } from '../log/entry';
import { writeEntries } from '../log/ndjson';
import { encodeText } from '../log/utf8';
import { segmentEntriesMax } from '../sandbox/protocol';
import type { Segment } from './run-log';

/**
 * Cuts entries that were read from a file into segments. Gaps that unreadable lines left are closed by numbering what follows
 * anew, causes included; a cause that is missing is left out. `skipped` counts those.
 */
export function segmentsOf(entries: readonly Entry[]): {
  readonly segments: readonly Segment[];
  readonly skipped: number;
} {
  const numbers = new Map(entries.map((entry, index) => [entry.seq, index]));
  let skipped = 0;
  const renumbered = entries.map((entry, seq) => {
    if (entry.cause === undefined) return { ...entry, seq };
    const cause = numbers.get(entry.cause);
    if (cause !== undefined) return { ...entry, seq, cause };
    skipped++;
    const { cause: _missing, ...rest } = entry;
    return { ...rest, seq };
  });
  const segments: Segment[] = [];
  for (let from = 0; from < renumbered.length; from += segmentEntriesMax) {
    const part = renumbered.slice(from, from + segmentEntriesMax);
    const [first] = part;
    const last = part.at(-1);
    if (first && last)
      segments.push({
        firstSeq: first.seq,
        count: part.length,
        fromMs: first.atMs,
        toMs: last.atMs,
        ndjson: encodeText(writeEntries(part)),
      });
  }
  return { segments, skipped };
}
