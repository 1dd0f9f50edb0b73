import type { ComparisonSpec } from '../scenario/scenario';
import type { Flow, Flows, FlowStep } from './flows';
import { nearestRank } from './metrics';
import type { SystemState } from './system';

/** What one side of a comparison has come to, of the flows that began in a window and as far as the position shows. */
export interface SideFigures {
  /** Requests of the client. */
  readonly flows: number;
  /** Answered as wished: a status below 400. */
  readonly accepted: number;
  /** Answered with an error, or not at all. */
  readonly refused: number;
  /** From the request until the client has its answer, of those that were accepted. NaN: there was none. */
  readonly answerP50Ms: number;
  readonly answerP95Ms: number;
  /** From the request until the last part has done its work, of the flows that are done whole. */
  readonly wholeP50Ms: number;
  readonly wholeP95Ms: number;
  /** Flows that every part has done its work for. Without parts: that were accepted. */
  readonly done: number;
  /** Accepted, and not yet done whole: what the client was told is not true everywhere yet. */
  readonly pending: number;
  /** Of those accepted: every part had done its work when the client had its answer, or within `seenWithinMs`. */
  readonly seen: number;
  /** Pieces of work that parts have done; `expected` if all of them did. */
  readonly reactions: number;
  readonly expected: number;
  /** Flows that were under way at once, at most. */
  readonly atOnce: number;
  /** Flows that were done whole, per second of the window so far. */
  readonly donePerSecond: number;
  /** Calls that the client waits for, one behind the other, in the middle flow. */
  readonly callsBeforeAnswer: number;
  /** Calls that one service had open at the same time for the middle flow, at most. */
  readonly callsAtOnce: number;
  /** Parts that had done their work before the client had its answer, in the middle flow. */
  readonly workedBeforeAnswer: number;
  /** Steps of the middle flow, and how many of them are deliveries, which carry the flow's id. */
  readonly steps: number;
  readonly stepsWithId: number;
  /** Services that a service of the side has called by their address. */
  readonly knownServices: number;
  /** Exchanges or brokers that it publishes to. */
  readonly knownBrokers: number;
  /** Services of the side that have called another one by its address. */
  readonly callers: readonly string[];
  /** Processes, queues and brokers. */
  readonly parts: number;
}

/** Who looks again this soon after the answer sees what is done. */
export const seenWithinMs = 10;

export interface FigureWindow {
  readonly position: number;
  readonly playheadMs: number;
  /** Default 0. */
  readonly fromMs?: number;
  /** Exclusive. Default: the end. */
  readonly toMs?: number;
}

export function sideFigures(flows: Flows, spec: ComparisonSpec, side: 0 | 1, window: FigureWindow): SideFigures {
  const { position, playheadMs, fromMs = 0, toMs = Infinity } = window;
  const services = Object.values(spec.sides[side].parts);
  const within = flows.flows[side].filter(({ seq, atMs }) => seq < position && atMs >= fromMs && atMs < toMs);
  const told = within.map((flow) => tellFlow(flow, services, position));
  const accepted = told.filter(({ answer }) => answer?.ok);
  const done = told.filter(({ wholeMs }) => wholeMs !== undefined);
  const answers = sorted(accepted.map(({ answer, flow }) => answer!.atMs - flow.atMs));
  const wholes = sorted(done.map(({ wholeMs }) => wholeMs!));
  const middle = (of: (one: ToldFlow) => number): number =>
    nearestRank(sorted((done.length > 0 ? done : told).map(of)), 0.5);
  const shown = ({ seq }: { readonly seq: number }): boolean => seq < position;
  const facts = flows.facts[side];
  const knows = [...facts.knows.values()].filter(shown);
  const seconds = (Math.min(playheadMs, toMs) - fromMs) / 1_000;
  return {
    flows: told.length,
    accepted: accepted.length,
    refused: told.filter(({ answer }) => answer !== undefined && !answer.ok).length,
    answerP50Ms: nearestRank(answers, 0.5),
    answerP95Ms: nearestRank(answers, 0.95),
    wholeP50Ms: nearestRank(wholes, 0.5),
    wholeP95Ms: nearestRank(wholes, 0.95),
    done: done.length,
    pending: accepted.filter(({ wholeMs }) => wholeMs === undefined).length,
    seen: accepted.filter(({ flow, answer, wholeMs = Infinity }) => flow.atMs + wholeMs <= answer!.atMs + seenWithinMs)
      .length,
    reactions: told.reduce((sum, { worked }) => sum + worked, 0),
    expected: told.length * services.length,
    atOnce: mostAtOnce(told, playheadMs),
    donePerSecond: seconds > 0 ? done.length / seconds : 0,
    callsBeforeAnswer: middle(({ callsBefore }) => callsBefore),
    callsAtOnce: middle(({ steps }) => mostCallsAtOnce(steps)),
    workedBeforeAnswer: middle(({ workedBefore }) => workedBefore),
    steps: middle(({ steps }) => steps.length),
    stepsWithId: middle(({ steps }) => steps.filter(({ kind }) => kind === 'delivery').length),
    knownServices: new Set(knows.filter(({ kind }) => kind === 'service').map(({ to }) => to)).size,
    knownBrokers: new Set(knows.filter(({ kind }) => kind === 'broker').map(({ to }) => to)).size,
    callers: [...new Set(knows.flatMap(({ kind, from }) => (kind === 'service' ? from : [])))],
    parts: [...facts.parts.values()].filter((seq) => seq < position).length,
  };
}

/** The numbers that processes of these services show, by name, summed up. */
export function shownNumbers({ processes }: SystemState, services: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { service, shown } of processes.values()) {
    if (!services.includes(service)) continue;
    for (const [name, { value }] of shown) {
      const number = Number(value);
      if (!Number.isNaN(number)) sums.set(name, (sums.get(name) ?? 0) + number);
    }
  }
  return sums;
}

/** A flow as it stands at a position. */
export interface ToldFlow {
  readonly flow: Flow;
  readonly answer: Flow['answer'];
  readonly steps: readonly FlowStep[];
  /** Since its request; undefined while a part has not done its work. */
  readonly wholeMs: number | undefined;
  /** Parts that have done their work. */
  readonly worked: number;
  /** Of them, those that had before the client had its answer. */
  readonly workedBefore: number;
  readonly callsBefore: number;
}

/** `services`: those that are to work for it. */
export function tellFlow(flow: Flow, services: readonly string[], position: number): ToldFlow {
  const answer = flow.answer !== undefined && flow.answer.seq < position ? flow.answer : undefined;
  const steps = flow.steps
    .filter(({ seq }) => seq < position)
    .map((step) => (step.end !== undefined && step.end.seq >= position ? { ...step, end: undefined } : step));
  const endsMs = services.flatMap((service) => {
    const good = steps.find((step) => step.service === service && step.end?.ok);
    return good === undefined ? [] : [good.end!.atMs];
  });
  const isWhole = endsMs.length === services.length && answer?.ok === true;
  return {
    flow,
    answer,
    steps,
    wholeMs: isWhole ? Math.max(answer.atMs, ...endsMs) - flow.atMs : undefined,
    worked: endsMs.length,
    workedBefore: endsMs.filter((atMs) => atMs <= (answer?.atMs ?? Infinity)).length,
    callsBefore: steps.filter(({ kind, seq }) => kind === 'call' && seq < (answer?.seq ?? Infinity)).length,
  };
}

function mostCallsAtOnce(steps: readonly FlowStep[]): number {
  const calls = steps.filter(({ kind }) => kind === 'call');
  const openWith = (one: FlowStep): number =>
    calls.filter(({ by, atMs, end }) => by === one.by && atMs <= one.atMs && one.atMs < (end?.atMs ?? Infinity)).length;
  return Math.max(0, ...calls.map(openWith));
}

/** A flow is under way until it is done whole, or was refused. */
function mostAtOnce(told: readonly ToldFlow[], playheadMs: number): number {
  const turns = told.flatMap(({ flow, answer, wholeMs }) => {
    const endMs = wholeMs === undefined ? (answer?.ok === false ? answer.atMs : playheadMs) : flow.atMs + wholeMs;
    return [
      [flow.atMs, 1],
      [endMs, -1],
    ] as const;
  });
  let [now, most] = [0, 0];
  // Who ends at an instant makes room for who begins then.
  for (const [, by] of turns.toSorted(([one, by], [other, otherBy]) => one - other || by - otherBy))
    most = Math.max(most, (now += by));
  return most;
}

function sorted(values: readonly number[]): readonly number[] {
  return values.toSorted((one, other) => one - other);
}
