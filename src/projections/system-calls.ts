import { unreachable } from '../kernel/assert';
import type { EntryOf, HttpAnswered, HttpCompleted, HttpFailed, HttpReceived, HttpRequested } from '../log/entry';
import { fateOfCallFailure, fateOfStatus, type Fate } from './fate';
import type { SystemState } from './system';

/** A call that its caller still waits for. */
export interface CallUnderWay {
  readonly request: string;
  /** Of its pair; see `pairKey`. */
  readonly pair: string;
  /** A process or a broker. Undefined: it comes from outside. */
  readonly from: string | undefined;
  /** Who has it, or is to get it: a process or a broker; with nobody there, the service that was meant. */
  readonly to: string | undefined;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly sentAtMs: number;
  /** When the request arrives; undefined while the link is cut, or nobody listens. */
  readonly arrivesAtMs: number | undefined;
  readonly receivedAtMs: number | undefined;
  /** The answer, on its way back. */
  readonly answer: AnswerUnderWay | undefined;
  /** Who handled it is gone, and the caller does not know yet. */
  readonly interrupted: boolean;
  readonly where: string | undefined;
  /** `seq` of the request. */
  readonly seq: number;
}

export interface AnswerUnderWay {
  readonly status: number;
  readonly fate: Fate;
  readonly sentAtMs: number;
  /** Undefined while the link is cut. */
  readonly arrivesAtMs: number | undefined;
}

/**
 * All calls from one to another. `sent` is `open` + `answered` + `failed` + `abandoned`; of the answered ones `turnedDown` had a
 * status of 4xx, and `broken` one of 5xx.
 */
export interface CallPair {
  /** `''`: from outside. */
  readonly from: string;
  /** As in `CallUnderWay`; the host when nobody was meant. */
  readonly to: string;
  readonly sent: number;
  readonly open: number;
  readonly answered: number;
  readonly turnedDown: number;
  readonly broken: number;
  /** Without an answer. */
  readonly failed: number;
  /** Their caller went away. */
  readonly abandoned: number;
  readonly lastFate: Fate | undefined;
  /** `503`, or the code of a failure. */
  readonly lastOutcome: string | undefined;
  readonly lastAtMs: number | undefined;
}

type HttpEntry = EntryOf<'http.requested' | 'http.received' | 'http.answered' | 'http.completed' | 'http.failed'>;

export function applyHttpEntry(state: SystemState, entry: HttpEntry): void {
  switch (entry.type) {
    case 'http.requested':
      return send(state, entry);
    case 'http.received':
      return receive(state, entry);
    case 'http.answered':
      return answer(state, entry);
    case 'http.completed':
    case 'http.failed':
      return end(state, entry);
    default:
      return unreachable(entry);
  }
}

/** A process is gone: nobody waits for what it called, and who called it does not know yet. */
export function endCallsOf(state: SystemState, process: string): void {
  for (const call of state.calls.values()) {
    if (call.from === process) {
      state.calls.delete(call.request);
      changePair(state, call.pair, ({ open, abandoned }) => ({ open: open - 1, abandoned: abandoned + 1 }));
    } else if (call.to === process && call.receivedAtMs !== undefined && call.answer === undefined) {
      state.calls.set(call.request, { ...call, interrupted: true });
    }
  }
}

/** Calls that the process handles now, in order of their requests. */
export function callsHandledBy(state: SystemState, process: string): CallUnderWay[] {
  return [...state.calls.values()].filter(
    ({ to, receivedAtMs, answer: given, interrupted }) =>
      to === process && receivedAtMs !== undefined && given === undefined && !interrupted,
  );
}

/** Calls that somebody made and waits for, in order of their requests. */
export function callsAwaitedBy(state: SystemState, name: string): CallUnderWay[] {
  return [...state.calls.values()].filter(({ from }) => from === name);
}

function send(state: SystemState, entry: HttpRequested): void {
  const { request, process: from, host, method, path, atMs, arrivesAtMs, where, seq } = entry;
  const to = entry.to ?? entry.meant;
  const pair = pairKey(from, to ?? host);
  state.calls.set(request, {
    request,
    pair,
    from,
    to,
    host,
    method,
    path,
    sentAtMs: atMs,
    arrivesAtMs,
    receivedAtMs: undefined,
    answer: undefined,
    interrupted: false,
    where,
    seq,
  });
  const known = state.pairs.get(pair) ?? emptyPair(from ?? '', to ?? host);
  state.pairs.set(pair, { ...known, sent: known.sent + 1, open: known.open + 1 });
  const caller = state.processes.get(from ?? '');
  if (caller) caller.called += 1;
}

function receive(state: SystemState, { request, process, atMs }: HttpReceived): void {
  const call = state.calls.get(request);
  if (call) state.calls.set(request, { ...call, to: process, receivedAtMs: atMs });
}

function answer(state: SystemState, { request, process, status, atMs, arrivesAtMs }: HttpAnswered): void {
  const callee = state.processes.get(process);
  if (callee) {
    callee.served += 1;
    if (status >= 500) callee.servedBroken += 1;
  }
  const call = state.calls.get(request);
  if (call === undefined) return;
  state.calls.set(request, { ...call, answer: { status, fate: fateOfStatus(status), sentAtMs: atMs, arrivesAtMs } });
}

function end(state: SystemState, entry: HttpCompleted | HttpFailed): void {
  const call = state.calls.get(entry.request);
  if (call === undefined) return;
  state.calls.delete(entry.request);
  state.totals[fateOfEnd(entry)] += 1;
  changePair(state, call.pair, (pair) => ({
    open: pair.open - 1,
    lastAtMs: entry.atMs,
    ...(entry.type === 'http.failed'
      ? { failed: pair.failed + 1, lastFate: fateOfEnd(entry), lastOutcome: entry.code }
      : {
          answered: pair.answered + 1,
          turnedDown: pair.turnedDown + (entry.status >= 400 && entry.status < 500 ? 1 : 0),
          broken: pair.broken + (entry.status >= 500 ? 1 : 0),
          lastFate: fateOfEnd(entry),
          lastOutcome: String(entry.status),
        }),
  }));
}

function fateOfEnd(entry: HttpCompleted | HttpFailed): Fate {
  return entry.type === 'http.failed' ? fateOfCallFailure(entry.code) : fateOfStatus(entry.status);
}

function changePair(state: SystemState, key: string, change: (pair: CallPair) => Partial<CallPair>): void {
  const pair = state.pairs.get(key);
  if (pair) state.pairs.set(key, { ...pair, ...change(pair) });
}

/** `from`: undefined from outside. `to`: as in `CallPair`. */
export function pairKey(from: string | undefined, to: string): string {
  return `${from ?? ''} → ${to}`;
}

function emptyPair(from: string, to: string): CallPair {
  const none = { sent: 0, open: 0, answered: 0, turnedDown: 0, broken: 0, failed: 0, abandoned: 0 };
  return { from, to, ...none, lastFate: undefined, lastOutcome: undefined, lastAtMs: undefined };
}

export interface PlacedCall {
  readonly call: CallUnderWay;
  /** `back`: the answer travels. `there`: the request travels, or waits where it cannot get through, or is handled: then 1. */
  readonly way: 'there' | 'back';
  /** 0 at its start, 1 at its end. */
  readonly progress: number;
}

/** Every call under way, and how far its request or answer has come. */
export function callsAt(state: SystemState, nowMs: number): PlacedCall[] {
  return [...state.calls.values()].map((call): PlacedCall => {
    const { answer: back } = call;
    if (back !== undefined) return { call, way: 'back', progress: shareOf(back.sentAtMs, back.arrivesAtMs, nowMs) };
    if (call.receivedAtMs !== undefined) return { call, way: 'there', progress: 1 };
    return { call, way: 'there', progress: shareOf(call.sentAtMs, call.arrivesAtMs, nowMs) };
  });
}

/** What the link holds back has not set out. */
function shareOf(fromMs: number, toMs: number | undefined, nowMs: number): number {
  if (toMs === undefined) return 0;
  return toMs > fromMs ? Math.min(1, Math.max(0, (nowMs - fromMs) / (toMs - fromMs))) : 1;
}
