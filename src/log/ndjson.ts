import { checkEntry, type EntryProblem } from './check-entry';
import type { Entry } from './entry';
import { describeFault, type Fault } from './fault';
import { decodeText } from './utf8';

/**
 * The log as text: one entry a line, in JSON, every line ended by a line feed.
 *
 * Invariants
 * 1. Texts of consecutive entries joined are the text of all of them.
 * 2. A line holds exactly one entry, so that a text can be cut at line feeds without reading it.
 */

/** What is wrong with one line of a log. Lines count from 1. */
export interface LineProblem {
  readonly line: number;
  readonly fault: Fault;
}

/** A text that is no log at all would have a problem a line; the last one says that more were left out. */
export const lineProblemsMax = 1_000;

/** The entries as NDJSON. No entries give the empty text. */
export function writeEntries(entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/**
 * Reads a log that comes from outside. A line that is corrupt, foreign or out of order is reported and the rest is
 * read; blank lines are skipped. The entries keep their `seq`, so what was left out shows as a gap.
 */
export function readLog(text: string): {
  readonly entries: readonly Entry[];
  readonly problems: readonly LineProblem[];
} {
  const entries: Entry[] = [];
  const problems: LineProblem[] = [];
  let last: Entry | undefined;
  let line = 0;
  for (const source of linesOf(text)) {
    line += 1;
    if (source.trim() === '') continue;
    const read = readLine(source);
    const fault = read.type === 'problem' ? read.fault : orderFault(read, last);
    if (fault !== undefined) {
      if (problems.length === lineProblemsMax) {
        problems.push({ line, fault: { type: 'and-more' } });
        break;
      }
      problems.push({ line, fault });
      continue;
    }
    last = read as Entry;
    entries.push(last);
  }
  return { entries, problems };
}

export interface CheckedSegment {
  readonly type: 'segment';
  readonly entries: readonly Entry[];
}

export interface SegmentProblem {
  readonly type: 'problem';
  readonly message: string;
}

export interface SegmentBounds {
  /** The `seq` that the first entry must have; the rest follow without a gap. */
  readonly firstSeq: number;
  /** `atMs` of the entry before. Default 0. */
  readonly fromMs?: number;
  readonly entriesMax: number;
  readonly bytesMax: number;
}

/** Checks a segment at the border to the sandbox: all of it is right, or none of it is taken. */
export function validateSegment(ndjson: Uint8Array, bounds: SegmentBounds): CheckedSegment | SegmentProblem {
  if (ndjson.length > bounds.bytesMax) return refuse(`it has ${ndjson.length} bytes, more than ${bounds.bytesMax}`);
  const text = textOf(ndjson);
  if (text === undefined) return refuse('it is no UTF-8');
  if (!text.endsWith('\n')) return refuse('its last line has no end');
  const entries: Entry[] = [];
  let seq = bounds.firstSeq;
  let atMs = bounds.fromMs ?? 0;
  for (const source of linesOf(text)) {
    if (entries.length === bounds.entriesMax) return refuse(`it has more than ${bounds.entriesMax} entries`);
    const entry = readLine(source);
    if (entry.type === 'problem') return refuse(`entry ${seq}: ${describeFault(entry.fault)}`);
    if (entry.seq !== seq) return refuse(`seq ${entry.seq} stands where ${seq} should`);
    if (entry.atMs < atMs) return refuse(`entry ${seq}: atMs goes back from ${atMs} to ${entry.atMs}`);
    entries.push(entry);
    atMs = entry.atMs;
    seq += 1;
  }
  return { type: 'segment', entries };
}

/** The lines without their ends. A last line without an end counts; nothing after the last end does not. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    if (end === -1) {
      yield text.slice(from);
      return;
    }
    yield text.slice(from, end);
    from = end + 1;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decodeText(bytes);
  } catch {
    return undefined;
  }
}

function readLine(line: string): Entry | EntryProblem {
  try {
    return checkEntry(JSON.parse(line));
  } catch {
    return { type: 'problem', fault: { type: 'not-json' } };
  }
}

function orderFault(entry: Entry, last: Entry | undefined): Fault | undefined {
  if (last === undefined) return undefined;
  if (entry.seq <= last.seq) return { type: 'seq-order', seq: entry.seq, after: last.seq };
  if (entry.atMs < last.atMs) return { type: 'time-order', fromMs: last.atMs, toMs: entry.atMs };
  return undefined;
}

function refuse(message: string): SegmentProblem {
  return { type: 'problem', message };
}
