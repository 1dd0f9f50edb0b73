import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Scenario } from '../scenario/scenario';
import type { KeptBranches, RunInfo, Segment, StorageProblem, Visit } from './protocol';

/**
 * The tables. A run's document is kept apart from its row, since the row is written with every segment and read for
 * every list, and the document may be large.
 */
export class Database extends Dexie {
  readonly runs!: EntityTable<RunRow, 'id'>;
  readonly documents!: Table<DocumentRow, number>;
  readonly segments!: Table<SegmentRow, [run: number, firstSeq: number]>;
  readonly scenarios!: Table<ScenarioRow, string>;
  readonly settings!: Table<{ readonly key: 'limitBytes'; readonly value: number }, string>;
  readonly visits!: Table<{ readonly key: 'last'; readonly visit: Visit }, string>;

  constructor(name = databaseName) {
    // Chromium otherwise reports a transaction as done while it is still in the system's memory.
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      runs: '++id',
      documents: 'run',
      segments: '[run+firstSeq]',
      scenarios: 'name',
      settings: 'key',
      visits: 'key',
    });
  }

  /** All segments of the run that begin at `fromSeq` or later, in order. */
  segmentsOf(run: number, fromSeq = 0) {
    return this.segments.where('[run+firstSeq]').between([run, fromSeq], [run, Dexie.maxKey]);
  }
}

export const databaseName = 'eventarium';

export interface RunRow extends Omit<RunInfo, 'recording'> {
  /** Real time of its deletion, which can be taken back for a while. */
  readonly deletedAtMs?: number;
}

export interface DocumentRow {
  readonly run: number;
  readonly scenario: Scenario;
  readonly branches?: KeptBranches;
}

export interface SegmentRow extends Omit<Segment, 'ndjson'> {
  readonly run: number;
  /** Earlier versions kept text. */
  readonly ndjson: Uint8Array<ArrayBuffer> | string;
  readonly bytes: number;
  /** Of all segments before it, so that cutting a long run does not read it. */
  readonly bytesBefore: number;
}

export interface ScenarioRow {
  readonly name: string;
  readonly title: string;
  readonly scenario: Scenario;
  readonly updatedAtMs: number;
}

/** An error that carries a problem to the border, where it becomes data. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem) {
    super(problem.type === 'failed' || problem.type === 'unavailable' ? problem.message : problem.type);
    this.problem = problem;
  }
}

/** The error of a database, or of one of our own refusals, as data. */
export function problemOf(error: unknown): StorageProblem {
  if (error instanceof StorageFailure) return error.problem;
  const chain = causesOf(error);
  if (chain.some(({ name }) => name === 'QuotaExceededError')) return { type: 'full', reason: 'quota' };
  const message = chain.map((each) => `${each.name}: ${each.message}`).join(' ← ') || String(error);
  const isShut = chain.some(({ name }) => shutNames.has(name));
  return { type: isShut ? 'unavailable' : 'failed', message };
}

const shutNames = new Set([
  'DatabaseClosedError',
  'OpenFailedError',
  'MissingAPIError',
  'VersionError',
  'SecurityError',
]);

/** Dexie wraps the browser's error, and gathers those of a bulk operation. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let next = error;
  while (isErrorLike(next) && chain.length < 5) {
    chain.push(next);
    const { inner, failures } = next as { inner?: unknown; failures?: readonly unknown[] };
    next = failures?.[0] ?? inner;
  }
  return chain;
}

/** A DOMException is an Error in browsers, but not in every test environment. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value;
}
