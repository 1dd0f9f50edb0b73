import type { Fate } from '../../projections/fate';
import { quantile } from '../../projections/attempts';
import { niceStep } from '../../projections/time-scale';
import { sagaStateAt, sagaStates, type SagaAttempt, type SagaInstance, type SagaState } from '../../projections/sagas';
import { tickLabel } from '../timeline/time-window';

export const fateOfState: Record<SagaState, Fate> = {
  completed: 'delivered',
  compensated: 'comp',
  compensating: 'comp',
  running: 'flight',
  stuck: 'failed',
  failed: 'failed',
};

/** Of these each one is to be seen and counted, however many of the others there are. */
const troubled: readonly SagaState[] = ['stuck', 'failed'];

/** Columns of the overview: how many of each state started within each, out of the fullest one. */
export function stateColumns(
  instances: readonly SagaInstance[],
  nowMs: number,
  columns: number,
): Record<SagaState, readonly number[]> {
  const counts = Object.fromEntries(sagaStates.map((state) => [state, new Array<number>(columns).fill(0)])) as Record<
    SagaState,
    number[]
  >;
  let most = 1;
  for (const instance of instances) {
    const state = sagaStateAt(instance, nowMs);
    if (state === undefined) continue;
    const at = Math.min(columns - 1, Math.floor((instance.startedAtMs / Math.max(nowMs, 1)) * columns));
    const count = (counts[state][at] ?? 0) + 1;
    counts[state][at] = count;
    most = Math.max(most, count);
  }
  for (const state of sagaStates)
    counts[state] = counts[state].map((count) => (troubled.includes(state) ? Math.min(count, 1) : count / most));
  return counts;
}

/** Instances that have one of the words in their id, a step or the reason of a failure. */
export function foundSagas(instances: readonly SagaInstance[], words: string): readonly SagaInstance[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return instances;
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(wanted) === true;
  return instances.filter(
    ({ instance, attempts }) => has(instance) || attempts.some(({ step, reason }) => has(step) || has(reason)),
  );
}

export const sagaOrders = ['start', 'step', 'duration'] as const;
export type SagaOrder = (typeof sagaOrders)[number];

/** Until it has ended, or the playhead. */
export function sagaTookMs({ startedAtMs, ended }: SagaInstance, nowMs: number): number {
  return Math.min(ended?.atMs ?? nowMs, nowMs) - startedAtMs;
}

/** `start`: the newest first. `step`: by the name of the step that began last. `duration`: the longest first. */
export function sortedSagas(
  instances: readonly SagaInstance[],
  order: SagaOrder,
  nowMs: number,
): readonly SagaInstance[] {
  const newest = [...instances].reverse();
  const lastStep = ({ attempts }: SagaInstance): string =>
    attempts.findLast(({ startedAtMs }) => startedAtMs <= nowMs)?.step ?? '';
  switch (order) {
    case 'start':
      return newest;
    case 'step':
      return newest.sort((one, other) =>
        lastStep(one) < lastStep(other) ? -1 : Number(lastStep(one) > lastStep(other)),
      );
    case 'duration':
      return newest.sort((one, other) => sagaTookMs(other, nowMs) - sagaTookMs(one, nowMs));
  }
}

export interface SagaDurations {
  /** Of bars of the same width from 0 on, out of the fullest one. */
  readonly bars: readonly number[];
  readonly barMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** How long those took that have completed by the playhead; undefined before the first has. */
export function durationsOf(
  instances: readonly SagaInstance[],
  nowMs: number,
  bars: number,
): SagaDurations | undefined {
  const took = instances
    .filter((instance) => sagaStateAt(instance, nowMs) === 'completed')
    .map((instance) => sagaTookMs(instance, nowMs))
    .sort((one, other) => one - other);
  const longest = took.at(-1);
  if (longest === undefined) return undefined;
  const barMs = Math.max(niceStep(longest / (bars - 1)), 1);
  const counts = new Array<number>(Math.floor(longest / barMs) + 1).fill(0);
  for (const ms of took) counts[Math.floor(ms / barMs)]! += 1;
  const most = Math.max(...counts);
  const share = (part: number): number => quantile(took, part) ?? 0;
  return {
    bars: counts.map((count) => count / most),
    barMs,
    p50Ms: share(0.5),
    p95Ms: share(0.95),
    p99Ms: share(0.99),
  };
}

/** A way back: from what undoes a step to the step that it undoes; shares of the window's width. */
export interface SagaArc {
  readonly seq: number;
  readonly from: number;
  readonly to: number;
}

export function arcsOf(boxes: readonly SagaBox[]): readonly SagaArc[] {
  return boxes
    .filter(({ attempt }) => attempt.undoes)
    .flatMap((undo) => {
      const done = boxes.findLast(({ attempt }) => !attempt.undoes && attempt.step === undo.attempt.step);
      const middle = ({ left, width }: SagaBox): number => left + width / 2;
      return done === undefined ? [] : [{ seq: undo.attempt.seq, from: middle(undo), to: middle(done) }];
    });
}

/** From the end of the step that failed to the beginning of what is undone first; shares of the window's width. */
export function turnOf(boxes: readonly SagaBox[]): { readonly left: number; readonly width: number } | undefined {
  const first = boxes.find(({ attempt }) => attempt.undoes);
  const failed = boxes.findLast(({ attempt, isOpen }) => !attempt.undoes && !isOpen && attempt.end === 'failed');
  if (first === undefined || failed === undefined) return undefined;
  const left = failed.left + failed.width;
  return first.left < left ? undefined : { left, width: first.left - left };
}

export interface SagaBox {
  readonly attempt: SagaAttempt;
  readonly fate: Fate;
  readonly isOpen: boolean;
  /** Shares of the window's width. */
  readonly left: number;
  readonly width: number;
}

export interface MsWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the first start of those on show to the playhead, or the last end before it. */
export function windowOf(instances: readonly SagaInstance[], nowMs: number): MsWindow {
  const fromMs = instances.reduce((first, { startedAtMs }) => Math.min(first, startedAtMs), nowMs);
  const ended = instances.every(({ ended: end }) => end !== undefined && end.atMs <= nowMs);
  const lastMs = instances.reduce((last, { ended: end }) => Math.max(last, end?.atMs ?? 0), 0);
  return { fromMs, toMs: Math.max(fromMs + 1, ended ? Math.min(nowMs, lastMs) : nowMs) };
}

export interface WindowTick {
  readonly atMs: number;
  /** Share of the window's width. */
  readonly left: number;
  readonly label: string;
}

/** Round instants of the window, at most `most`; none so near to its end that its label would be cut. */
export function ticksIn({ fromMs, toMs }: MsWindow, most: number): readonly WindowTick[] {
  const stepMs = niceStep((toMs - fromMs) / most);
  const ticks: WindowTick[] = [];
  for (let atMs = Math.ceil(fromMs / stepMs) * stepMs; atMs <= toMs - stepMs / 2; atMs += stepMs)
    ticks.push({ atMs, left: (atMs - fromMs) / (toMs - fromMs), label: tickLabel(atMs, stepMs) });
  return ticks;
}

/** What of an instance is seen at the playhead, on a line for actions and one for what undoes them. */
export function boxesOf({ attempts }: SagaInstance, { fromMs, toMs }: MsWindow, nowMs: number): readonly SagaBox[] {
  const share = (atMs: number): number => (atMs - fromMs) / (toMs - fromMs);
  return attempts
    .filter(({ startedAtMs }) => startedAtMs <= nowMs)
    .map((attempt) => {
      const isOpen = attempt.endedAtMs === undefined || attempt.endedAtMs > nowMs;
      const endMs = isOpen ? nowMs : (attempt.endedAtMs ?? nowMs);
      const left = share(attempt.startedAtMs);
      return { attempt, fate: fateOfAttempt(attempt, isOpen), isOpen, left, width: share(endMs) - left };
    });
}

function fateOfAttempt({ undoes, end }: SagaAttempt, isOpen: boolean): Fate {
  if (!isOpen && end !== 'done') return 'failed';
  if (undoes) return 'comp';
  return isOpen ? 'flight' : 'delivered';
}
