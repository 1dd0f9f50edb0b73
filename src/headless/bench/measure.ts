import type { Entry } from '../../log/entry';
import { writeEntries } from '../../log/ndjson';
import { applyEntry, copySystem, createSystem } from '../../projections/system';
import { Timeline } from '../../projections/snapshots';
import type { Host } from '../../runtime/host';
import { createRun } from '../../runtime/run';
import type { Scenario } from '../../scenario/scenario';
import { type GrowthSizes, measureGrowth } from './growth';
import { type CaseName, caseNames, workload } from './workload';

/**
 * The measurements that are the same in every engine. The bare loop is what everything is compared with: it calls a
 * listener and appends one entry, in batches as a run does, and nothing else.
 */
export interface Engine {
  readonly host: Host;
  /** Real milliseconds. */
  readonly nowMs: () => number;
  /** Bytes in use on the heap once garbage is gone; undefined where the engine does not tell. */
  readonly heapBytes: () => Promise<number | undefined>;
}

export interface Figure {
  /** Deliveries, entries or jumps a second. */
  readonly perSecond: number;
  /** To the bare loop of the same run. */
  readonly ratio: number;
  readonly [detail: string]: number;
}

export type Figures = Readonly<Record<string, Figure>>;

export interface Sizes {
  /** Each case is measured this often, in turn with the bare loop; the median counts. */
  readonly rounds: number;
  readonly bareLoop: number;
  readonly cases: Readonly<Record<CaseName, number>>;
  readonly growth: GrowthSizes;
  readonly entries: number;
  readonly jumps: number;
  /** Deliveries of a run that is recorded, and how often it is. Only a browser records. */
  readonly recorded: number;
  readonly recordingRounds: number;
}

export const fullSizes: Sizes = {
  rounds: 11,
  bareLoop: 300_000,
  // Long enough that the start of a run, some milliseconds, counts little.
  cases: { plain: 300_000, asyncSettled: 300_000, sleeping: 60_000, rabbitmq: 100_000, redis: 60_000, http: 40_000 },
  growth: { rounds: 3, messages: 40_000, depths: [1_000, 1_000_000], bindings: [10, 10_000] },
  entries: 1_000_000,
  jumps: 200,
  recorded: 300_000,
  recordingRounds: 3,
};

const batchEntries = 2_000;

export async function measure(engine: Engine, sizes: Sizes): Promise<Figures> {
  const cases = await measureCases(engine, sizes);
  const bare = cases['bareLoop']?.perSecond ?? NaN;
  const growth = await measureGrowth(engine, sizes.growth, bare);
  return { ...cases, ...growth, ...(await measureLongRun(engine, sizes, bare)) };
}

/** In turn with the bare loop, so that what else the machine does slows both; the median of the rounds counts. */
export async function measureCases(engine: Engine, sizes: Sizes): Promise<Figures> {
  const rates: Record<string, number[]> = { bareLoop: [] };
  const ratios: Record<string, number[]> = {};
  for (let round = 0; round < sizes.rounds; round += 1) {
    for (const name of caseNames) {
      const before = bareLoop(engine, sizes.bareLoop);
      const rate = await deliveriesPerSecond(engine, workload(name, sizes.cases[name]));
      const bare = (before + bareLoop(engine, sizes.bareLoop)) / 2;
      rates['bareLoop']?.push(bare);
      (rates[name] ??= []).push(rate);
      (ratios[name] ??= []).push(rate / bare);
    }
  }
  const figures: Record<string, Figure> = {};
  for (const [name, list] of Object.entries(rates)) {
    figures[name] = { perSecond: Math.round(median(list)), ratio: rounded(median(ratios[name] ?? [1])) };
  }
  return figures;
}

function figure(perSecond: number, bare: number, details: Readonly<Record<string, number>> = {}): Figure {
  return { perSecond: Math.round(perSecond), ratio: rounded(perSecond / bare), ...details };
}

/** Four digits that count. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

interface BareEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly n: number };
}

/** Calls a listener with an event of its own and appends one entry of its own, `count` times; full batches are taken. */
function bareLoop({ nowMs }: Engine, count: number): number {
  let seen = 0;
  const listener = (event: BareEvent): void => {
    seen += event.data.n;
  };
  let batch: Entry[] = [];
  let taken = 0;
  const sink = (entries: readonly Entry[]): void => {
    for (const entry of entries) if (entry.type === 'delivery.succeeded') taken += 1;
  };
  const begunMs = nowMs();
  for (let seq = 0; seq < count; seq += 1) {
    const event = { id: `m_${seq}`, type: 'tick', data: { n: seq } };
    listener(event);
    batch.push({
      seq,
      atMs: seq >> 2,
      type: 'delivery.succeeded',
      cause: seq,
      delivery: `d_${seq}`,
      message: event.id,
      broker: 'bench',
      process: 'bench',
      listener: 'listener-0',
      attempt: 1,
      tookMs: 0,
    });
    if (batch.length < batchEntries) continue;
    sink(batch);
    batch = [];
  }
  sink(batch);
  const seconds = (nowMs() - begunMs) / 1_000;
  if (seen === 0 || taken !== count) throw new Error('the bare loop did not run');
  return count / seconds;
}

async function deliveriesPerSecond({ host, nowMs }: Engine, scenario: Scenario): Promise<number> {
  let deliveries = 0;
  const run = createRun({
    scenario,
    host,
    sink: (entries) => {
      for (const { type } of entries) if (type === 'delivery.succeeded' || type === 'http.completed') deliveries += 1;
    },
    shouldYield: () => false,
  });
  const begunMs = nowMs();
  await run.advance(Infinity);
  const seconds = (nowMs() - begunMs) / 1_000;
  if (deliveries === 0) throw new Error(`${scenario.title}: nothing was delivered`);
  return deliveries / seconds;
}

/** A long run kept as text, as the player keeps it, and jumps to random instants of it. */
async function measureLongRun(engine: Engine, sizes: Sizes, bare: number): Promise<Figures> {
  const { nowMs, heapBytes } = engine;
  const before = await heapBytes();
  const begunMs = nowMs();
  const log = await textOfRun(engine, sizes.entries);
  const ms = nowMs() - begunMs;
  const after = await heapBytes();
  const heap: Record<string, number> =
    before === undefined || after === undefined ? {} : { heapMb: Math.round((after - before) / 1e5) / 10 };
  return {
    million: figure((log.length / ms) * 1_000, bare, { entries: log.length, ms: Math.round(ms), ...heap }),
    seek: measureSeek(engine, log, sizes.jumps, bare),
  };
}

interface TextLog {
  readonly length: number;
  readonly line: (seq: number) => string;
}

async function textOfRun({ host }: Engine, entriesWanted: number): Promise<TextLog> {
  const segments: { readonly firstSeq: number; readonly text: string }[] = [];
  let length = 0;
  const run = createRun({
    // A delivery makes a little more than three entries.
    scenario: workload('plain', Math.ceil(entriesWanted / 3)),
    host,
    sink: (entries) => {
      if (length >= entriesWanted) return run.stop();
      segments.push({ firstSeq: length, text: writeEntries(entries) });
      length += entries.length;
    },
    shouldYield: () => false,
  });
  await run.advance(Infinity);
  let opened = { firstSeq: 0, lines: [] as string[] };
  return {
    length,
    line: (seq) => {
      if (seq < opened.firstSeq || seq >= opened.firstSeq + opened.lines.length) {
        const { firstSeq, text } = segments[indexOf(segments, seq)] ?? { firstSeq: 0, text: '' };
        opened = { firstSeq, lines: text.trimEnd().split('\n') };
      }
      return opened.lines[seq - opened.firstSeq] ?? '';
    },
  };
}

/** Of the last segment that begins at or before the entry. */
function indexOf(segments: readonly { readonly firstSeq: number }[], seq: number): number {
  let low = 0;
  for (let high = segments.length; high - low > 1;) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.firstSeq ?? 0) <= seq) low = middle;
    else high = middle;
  }
  return low;
}

function measureSeek({ nowMs }: Engine, log: TextLog, jumps: number, bare: number): Figure {
  const timeline = new Timeline(
    { create: createSystem, apply: applyEntry, copy: copySystem },
    { read: (seq) => JSON.parse(log.line(seq)) as Entry },
  );
  const foldMs = nowMs();
  timeline.extend(log.length);
  const foldedMs = nowMs() - foldMs;
  const took: number[] = [];
  for (let jump = 1; jump <= jumps; jump += 1) {
    // Multiples of the golden ratio are spread evenly and far apart.
    const position = Math.floor(((jump * 0.618_033_988_75) % 1) * log.length);
    const begunMs = nowMs();
    timeline.at(position);
    took.push(nowMs() - begunMs);
  }
  const ms = median(took);
  const details = { ms: rounded(ms), worstMs: rounded(Math.max(...took)), foldAllMs: Math.round(foldedMs) };
  return figure(1_000 / ms, bare, details);
}
