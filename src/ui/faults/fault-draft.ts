import type { Fault } from '../../log/entry';
import type { InterventionRequest } from '../../player/player-face';
import { limits } from '../../scenario/limits';

/** What can be made to go wrong, as one chooses it. What a link does is a choice each, since one wants one of them at a time. */
export const faultChoices = [
  'crash-once',
  'crash-every',
  'crash-chance',
  'slow',
  'lag',
  'skew',
  'outage',
  'alarm-memory',
  'alarm-disk',
  'loss',
  'duplicated',
  'delayed',
  'reordered',
  'cut',
  'partition',
  'poison-times',
  'poison-every',
] as const;

export type FaultChoice = (typeof faultChoices)[number];

/** To whom it happens. */
export type FaultTarget = 'process' | 'broker' | 'link' | 'groups' | 'event';

/** How much of it: `share` in percent, `ms` in milliseconds of virtual time. */
export interface Amount {
  readonly unit: 'count' | 'share' | 'ms' | 'factor';
  readonly usual: number;
  readonly min: number;
  readonly max: number;
}

interface Rule {
  readonly target: FaultTarget;
  readonly amount?: Amount;
  /** Of the brokers that it can happen to; absent: any. */
  readonly kind?: string;
  /** Whether the process can be started again by itself. */
  readonly restarts?: true;
  /** Over in the instant in which it begins. */
  readonly once?: true;
}

const share = (usual: number): Amount => ({ unit: 'share', usual, min: 0, max: 100 });
const nth = (usual: number): Amount => ({ unit: 'count', usual, min: 1, max: 1_000_000 });

export const faultRules: Readonly<Record<FaultChoice, Rule>> = {
  'crash-once': { target: 'process', restarts: true, once: true },
  'crash-every': { target: 'process', amount: nth(5), restarts: true },
  'crash-chance': { target: 'process', amount: share(10), restarts: true },
  slow: { target: 'process', amount: { unit: 'factor', usual: 5, min: 1, max: limits.slowFactorMax } },
  lag: { target: 'process', amount: { unit: 'ms', usual: 300, min: 0, max: limits.latencyMsMax } },
  skew: {
    target: 'process',
    amount: { unit: 'ms', usual: 300_000, min: -limits.skewMsMax, max: limits.skewMsMax },
  },
  outage: { target: 'broker' },
  'alarm-memory': { target: 'broker', kind: 'rabbitmq' },
  'alarm-disk': { target: 'broker', kind: 'rabbitmq' },
  loss: { target: 'link', amount: share(20) },
  duplicated: { target: 'link', amount: share(20) },
  delayed: { target: 'link', amount: share(20) },
  reordered: { target: 'link', amount: share(20) },
  cut: { target: 'link' },
  partition: { target: 'groups' },
  'poison-times': { target: 'event', amount: { unit: 'count', usual: 1, min: 1, max: 1_000 }, once: true },
  'poison-every': { target: 'event', amount: nth(5) },
};

export interface FaultDraft {
  readonly choice: FaultChoice;
  readonly process: string;
  readonly broker: string;
  readonly from: string;
  readonly to: string;
  /** One side of a partition; all others are the other. */
  readonly side: readonly string[];
  readonly others: readonly string[];
  /** Both ends have one name: they are a process and its broker. */
  readonly isNamesake: boolean;
  readonly event: string;
  readonly amount: number;
  /** `undefined`: stays down. */
  readonly restartAfterMs: number | undefined;
  /** `undefined`: until somebody ends it. */
  readonly forMs: number | undefined;
}

export type DraftProblem = 'amount' | 'side' | 'same-ends' | 'event' | 'restart' | 'interval' | 'nobody';

/** What keeps a draft from being a fault. */
export function draftProblem(draft: FaultDraft): DraftProblem | undefined {
  const { target, amount, restarts, once } = faultRules[draft.choice];
  if (target === 'process' && draft.process === '') return 'nobody';
  if ((target === 'broker' || target === 'event') && draft.broker === '') return 'nobody';
  if (target === 'link' && draft.from === draft.to && !draft.isNamesake) return 'same-ends';
  if (target === 'groups' && (draft.side.length === 0 || draft.others.length === 0)) return 'side';
  if (target === 'event' && draft.event.trim() === '') return 'event';
  if (amount !== undefined && !fits(draft.amount, amount)) return 'amount';
  if (restarts === true && !isSpan(draft.restartAfterMs, 0)) return 'restart';
  return once !== true && !isSpan(draft.forMs, 1) ? 'interval' : undefined;
}

/** The fault as the log has it; `undefined` for a crash here and now, which is no state that lasts. */
export function faultOf(draft: FaultDraft): Fault | undefined {
  const { choice, process, broker, from, to, amount } = draft;
  const restart = draft.restartAfterMs === undefined ? {} : { restartAfterMs: draft.restartAfterMs };
  const event = draft.event.trim();
  switch (choice) {
    case 'crash-once':
      return undefined;
    case 'crash-every':
      return { type: 'crash', process, every: amount, ...restart };
    case 'crash-chance':
      return { type: 'crash', process, chance: amount / 100, ...restart };
    case 'slow':
      return { type: 'slow', process, factor: amount };
    case 'lag':
      return { type: 'slow', process, lagMs: amount };
    case 'skew':
      return { type: 'skew', process, skewMs: amount };
    case 'outage':
      return { type: 'outage', broker };
    case 'alarm-memory':
      return { type: 'alarm', broker, resource: 'memory' };
    case 'alarm-disk':
      return { type: 'alarm', broker, resource: 'disk' };
    case 'cut':
      return { type: 'link', from, to, link: { cut: true } };
    case 'loss':
    case 'duplicated':
    case 'delayed':
    case 'reordered':
      return { type: 'link', name: `${choice} ${from} → ${to}`, from, to, link: { [choice]: amount / 100 } };
    case 'partition':
      return { type: 'partition', groups: [draft.side, draft.others] };
    case 'poison-times':
      return { type: 'poison', broker, event, times: amount };
    case 'poison-every':
      return { type: 'poison', broker, event, every: amount };
  }
}

/** What is asked of the player, at the playhead. `replicas`: the processes of a service. */
export function requestsOf(draft: FaultDraft, replicas: readonly string[]): InterventionRequest[] {
  const fault = faultOf(draft);
  if (fault === undefined) {
    const restart = draft.restartAfterMs === undefined ? {} : { restartAfterMs: draft.restartAfterMs };
    return replicas.map((process) => ({ type: 'process.crash', process, ...restart }));
  }
  // Broken messages are there at once: nothing of it lasts.
  const forMs = faultRules[draft.choice].once === true ? 0 : draft.forMs;
  return [{ type: 'fault.begin', fault, ...(forMs === undefined ? {} : { forMs }) }];
}

/** A fifth of the run, in round figures: long enough to see what comes of it, and what comes after. */
export function usualSpanMs(durationMs: number): number {
  const fifth = Math.max(1, durationMs / 5);
  const step = 10 ** Math.floor(Math.log10(fifth));
  return Math.max(1, Math.round(Math.round(fifth / step) * step));
}

function fits(value: number, { unit, min, max }: Amount): boolean {
  return value >= min && value <= max && (unit !== 'count' || Number.isInteger(value));
}

function isSpan(ms: number | undefined, min: number): boolean {
  return ms === undefined || (ms >= min && ms <= limits.durationMsMax);
}
