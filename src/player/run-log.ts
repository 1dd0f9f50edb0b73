import { assert } from '../kernel/assert';
import type { Entry } from '../log/entry';
import { validateSegment, writeEntries } from '../log/ndjson';
import { decodeText, encodeText } from '../log/utf8';
import { segmentBytesMax, segmentEntriesMax } from '../sandbox/protocol';
import type { RunLog } from './player-face';

/** A stretch of the log as it came: text as bytes, parsed only while somebody looks at it. */
export interface Segment {
  readonly firstSeq: number;
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** In UTF-8. */
  readonly ndjson: Uint8Array<ArrayBuffer>;
}

/** Segments kept parsed: enough for what the screen shows at once, small beside a run of a million entries. */
const parsedMax = 48;

/**
 * The computed log of the run on show. Segments follow one another without a gap; their text is the truth and entries are
 * parsed from it when they are asked for.
 */
export class SegmentedLog implements RunLog {
  #segments: Segment[] = [];
  /** Least recently used first. */
  readonly #parsed = new Map<Segment, readonly Entry[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get endMs(): number {
    return this.#segments.at(-1)?.toMs ?? 0;
  }

  /** Takes what came from the sandbox, or says why it cannot be taken. What it says of itself is not believed but read. */
  add({ ndjson }: Pick<Segment, 'ndjson'>): Segment | string {
    const checked = validateSegment(ndjson, {
      firstSeq: this.#length,
      fromMs: this.endMs,
      entriesMax: segmentEntriesMax,
      bytesMax: segmentBytesMax,
    });
    if (checked.type === 'problem') return checked.message;
    const { entries } = checked;
    const segment = segmentOf(entries, ndjson);
    if (segment === undefined) return 'it has no entries';
    this.#push(segment, entries);
    return segment;
  }

  /** Adds an entry of the page's own at the end. */
  append(entry: Entry): void {
    assert(entry.seq === this.#length, 'entries follow one another');
    const segment = segmentOf([entry], encodeText(writeEntries([entry])));
    if (segment) this.#push(segment, [entry]);
  }

  /** Forgets everything from an entry on. */
  truncate(length: number): void {
    while (this.#length > length) {
      const last = this.#segments.pop();
      if (last === undefined) return;
      const entries = this.#read(last).slice(0, Math.max(0, length - last.firstSeq));
      this.#parsed.delete(last);
      this.#length = last.firstSeq;
      const segment = segmentOf(entries, encodeText(writeEntries(entries)));
      if (segment) this.#push(segment, entries);
    }
  }

  clear(): void {
    this.#segments = [];
    this.#parsed.clear();
    this.#length = 0;
  }

  entry(seq: number): Entry {
    const segment = this.#segmentOf(seq);
    const entry = segment && this.#read(segment)[seq - segment.firstSeq];
    assert(entry !== undefined, `there is no entry ${String(seq)}`);
    return entry;
  }

  range(fromSeq: number, toSeq: number): Entry[] {
    const found: Entry[] = [];
    for (let seq = Math.max(0, fromSeq); seq < Math.min(toSeq, this.#length);) {
      const segment = this.#segmentOf(seq);
      if (segment === undefined) break;
      const end = Math.min(toSeq, segment.firstSeq + segment.count);
      found.push(...this.#read(segment).slice(seq - segment.firstSeq, end - segment.firstSeq));
      seq = end;
    }
    return found;
  }

  countAt(atMs: number): number {
    const index = firstIndex(this.#segments, (segment) => segment.toMs > atMs);
    const segment = this.#segments[index];
    if (segment === undefined) return this.#length;
    if (segment.fromMs > atMs) return segment.firstSeq;
    return segment.firstSeq + firstIndex(this.#read(segment), (entry) => entry.atMs > atMs);
  }

  #push(segment: Segment, entries: readonly Entry[]): void {
    this.#segments.push(segment);
    this.#length += segment.count;
    this.#keep(segment, entries);
  }

  #segmentOf(seq: number): Segment | undefined {
    return this.#segments[firstIndex(this.#segments, (segment) => segment.firstSeq + segment.count > seq)];
  }

  #read(segment: Segment): readonly Entry[] {
    let entries = this.#parsed.get(segment);
    if (entries === undefined) {
      entries = JSON.parse(`[${decodeText(segment.ndjson).trimEnd().replaceAll('\n', ',')}]`) as Entry[];
    }
    this.#keep(segment, entries);
    return entries;
  }

  #keep(segment: Segment, entries: readonly Entry[]): void {
    this.#parsed.delete(segment);
    this.#parsed.set(segment, entries);
    if (this.#parsed.size <= parsedMax) return;
    const [oldest] = this.#parsed.keys();
    if (oldest) this.#parsed.delete(oldest);
  }
}

function segmentOf(entries: readonly Entry[], ndjson: Uint8Array<ArrayBuffer>): Segment | undefined {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { firstSeq: first.seq, count: entries.length, fromMs: first.atMs, toMs: last.atMs, ndjson };
}

/** Index of the first item that `isAfter`, which all that follow it are too. */
function firstIndex<T>(items: readonly T[], isAfter: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
