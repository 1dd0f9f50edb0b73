import type { Entry, EntryOf, Fault } from '../../log/entry';
import type { Player } from '../../player/player-face';
import { fateOfCallFailure } from '../../projections/fate';
import type { SystemState } from '../../projections/system';
import { sagaCounts } from '../../projections/system-sagas';
import { losesWhenCut } from './link-state';
import { isDelayed } from './queue-facts';
import { serviceOf, type Structure } from './structure';

/** What goes on in one sentence, and up to three things to try. Chosen here, put into words by the component. Pure. */
export type CaptionFact =
  | { readonly type: 'notRun' | 'nothingYet' }
  | { readonly type: 'down'; readonly process: string; readonly queued: boolean }
  | { readonly type: 'cut'; readonly from: string; readonly to: string; readonly loses: boolean }
  /** A fault is under way; `name`: by which it is ended. Absent: a broker was stopped by hand. */
  | { readonly type: 'wrong'; readonly fault: Fault; readonly name?: string }
  /** `process`: whose path the listener is. Absent: it has a name of its own. */
  | {
      readonly type: 'failing';
      readonly listener: string;
      readonly process?: string;
      readonly how: EntryOf<'delivery.failed'>['reason'];
    }
  /** No answer; `how` as in `http.failed`. */
  | { readonly type: 'noAnswer'; readonly from: string; readonly to: string; readonly how: string }
  /** An answer of 5xx. */
  | { readonly type: 'broken'; readonly from: string; readonly to: string; readonly status: number }
  /** Somebody has waited long for somebody's answer; `count` wait for the same one. */
  | {
      readonly type: 'awaiting';
      readonly from: string;
      readonly to: string;
      readonly forMs: number;
      readonly count: number;
    }
  /** Sagas that can go neither on nor back. */
  | { readonly type: 'stuckSagas'; readonly process: string; readonly count: number }
  | { readonly type: 'retrying'; readonly count: number; readonly inMs: number }
  | { readonly type: 'dead'; readonly count: number }
  | { readonly type: 'backlog'; readonly broker: string; readonly queue: string; readonly ready: number }
  /** They wait in a queue that nobody takes from: for their time to be over, from which they go on, or for somebody to look. */
  | { readonly type: 'kept'; readonly queue: string; readonly ready: number; readonly goOn: boolean }
  | { readonly type: 'busy'; readonly count: number }
  /** Requests are on their way, or handled. */
  | { readonly type: 'serving'; readonly count: number }
  | { readonly type: 'calm' | 'ended'; readonly events: number }
  /** Without any event, but with calls. */
  | { readonly type: 'calmCalls' | 'endedCalls'; readonly calls: number }
  | { readonly type: 'unresponsive'; readonly process: string };

export type Try =
  | { readonly type: 'run' | 'again' }
  | { readonly type: 'restart'; readonly process: string }
  | { readonly type: 'crash'; readonly process: string }
  /** Crashes who has sagas under way. */
  | { readonly type: 'crashSaga'; readonly process: string }
  | { readonly type: 'sagas' }
  | { readonly type: 'worker'; readonly broker: string; readonly workers: number }
  | { readonly type: 'replica'; readonly service: string; readonly replicas: number }
  | { readonly type: 'publish'; readonly broker: string; readonly event: string }
  | { readonly type: 'cut' | 'mend' | 'slow'; readonly from: string; readonly to: string }
  | { readonly type: 'endFault'; readonly name: string }
  | { readonly type: 'startBroker'; readonly broker: string }
  | { readonly type: 'change'; readonly where: string }
  | { readonly type: 'firstFailure'; readonly atMs: number }
  | { readonly type: 'back'; readonly atMs: number };

export interface Caption {
  readonly fact: CaptionFact;
  readonly tries: readonly Try[];
}

/** A failure is news for this long, in virtual seconds per unit of speed: what the reader can still have seen. */
export const newsMs = 2_500;
const backlogFrom = 5;
/** Who waits longer for an answer is news. */
const awaitingFromMs = 400;
const triesMax = 3;

export function captionOf(player: Player, recent: readonly Entry[], structure: Structure): Caption {
  const fact = factOf(player, recent);
  return { fact, tries: triesOf(player, fact, structure, recent).slice(0, triesMax) };
}

function factOf(player: Player, recent: readonly Entry[]): CaptionFact {
  const { system, playheadMs, problem } = player;
  if (problem?.type === 'unresponsive' && system.ended === 'unresponsive')
    return { type: 'unresponsive', process: problem.process ?? '' };
  if (player.ended && player.position === player.log.length && player.position > 0)
    return published(system) === 0 && sent(system) > 0
      ? { type: 'endedCalls', calls: sent(system) }
      : { type: 'ended', events: published(system) };
  const down = [...system.processes.values()].find((process) => process.state === 'crashed');
  if (down !== undefined) return { type: 'down', process: down.name, queued: isAwaited(system, down.name) };
  const cut = [...system.links.values()].find(({ link }) => link.cut === true);
  if (cut !== undefined)
    return { type: 'cut', from: cut.from, to: cut.to, loses: losesWhenCut(system, cut.from, cut.to) };
  const wrong = wrongNow(system, recent);
  const isNew = (entry: Entry): boolean => playheadMs - entry.atMs < newsMs * player.speed;
  if (wrong !== undefined && recent.some((entry) => isBeginning(entry) && isNew(entry))) return wrong;
  const failure = recent.findLast((entry) => entry.type === 'delivery.failed');
  if (failure !== undefined && playheadMs - failure.atMs < newsMs * player.speed) return failingFact(failure);
  const call = callFact(player, recent);
  if (call !== undefined) return call;
  const stuck = stuckSagas(system);
  if (stuck !== undefined) return stuck;
  const waits = retryTimes(system);
  if (waits.length > 0)
    return { type: 'retrying', count: waits.length, inMs: Math.max(0, Math.min(...waits) - playheadMs) };
  const backlog = longestQueue(system);
  if (backlog !== undefined && backlog.ready >= backlogFrom) {
    const { broker, queue, ready } = backlog;
    if (isTakenFrom(system, broker, queue)) return backlog;
    return { type: 'kept', queue, ready, goOn: isDelay(system, broker, queue) };
  }
  if (wrong !== undefined) return wrong;
  const dead = deadCount(system);
  if (dead > 0) return { type: 'dead', count: dead };
  const busy = busyListeners(system);
  if (busy > 0) return { type: 'busy', count: busy };
  if (system.calls.size > 0) return { type: 'serving', count: system.calls.size };
  if (published(system) === 0 && sent(system) > 0) return { type: 'calmCalls', calls: sent(system) };
  if (published(system) > 0) return { type: 'calm', events: published(system) };
  return { type: player.status === 'playing' || playheadMs > 0 ? 'nothingYet' : 'notRun' };
}

/** However many messages each of them has in hand. */
function busyListeners({ processes }: SystemState): number {
  const listeners = [...processes.values()].flatMap(({ name, deliveries }) =>
    [...deliveries.values()].map(({ subscription, listener }) => `${name} ${subscription ?? listener}`),
  );
  return new Set(listeners).size;
}

/** Webhooks go to paths, which several processes may have. */
function failingFact({ listener, process, reason: how }: EntryOf<'delivery.failed'>): CaptionFact {
  return { type: 'failing', listener, how, ...(listener.startsWith('/') && { process }) };
}

/** The fault that began last of those that are under way. */
function wrongNow({ faults, brokers }: SystemState, recent: readonly Entry[]): CaptionFact | undefined {
  const began = recent.findLast((entry) => entry.type === 'fault.began' && faults.has(entry.name));
  const name = began?.type === 'fault.began' ? began.name : [...faults.keys()].at(-1);
  const fault = name === undefined ? undefined : faults.get(name);
  if (name !== undefined && fault !== undefined) return { type: 'wrong', fault, name };
  const stopped = [...brokers.values()].find((broker) => broker.stopped);
  return stopped && { type: 'wrong', fault: { type: 'outage', broker: stopped.name } };
}

function isBeginning({ type }: Entry): boolean {
  return type === 'fault.began' || type === 'broker.stopped';
}

/** What calls are worth telling: one that failed just now, or who waits longest. */
function callFact({ system, playheadMs, speed }: Player, recent: readonly Entry[]): CaptionFact | undefined {
  const isNews = (entry: Entry): boolean => playheadMs - entry.atMs < newsMs * speed;
  const failure = recent.findLast(
    (entry) =>
      (entry.type === 'http.failed' && fateOfCallFailure(entry.code) === 'failed') ||
      (entry.type === 'http.completed' && entry.status >= 500),
  );
  if (failure?.type === 'http.completed' && isNews(failure) && failure.process !== undefined)
    return { type: 'broken', from: failure.process, to: failure.to, status: failure.status };
  if (failure?.type === 'http.failed' && isNews(failure) && failure.process !== undefined) {
    const asked = recent.find((one) => one.type === 'http.requested' && one.request === failure.request);
    const to = failure.to ?? (asked?.type === 'http.requested' ? (asked.meant ?? asked.host) : undefined);
    if (to !== undefined) return { type: 'noAnswer', from: failure.process, to, how: failure.code };
  }
  // Who waits for somebody who waits as well does not say where it hangs: the last one called does.
  const waits = [...system.calls.values()].filter((call) => call.from !== undefined && call.to !== undefined);
  const last = waits
    .filter(({ to }) => !waits.some(({ from }) => from === to))
    .toSorted((one, other) => one.sentAtMs - other.sentAtMs)[0];
  if (last?.from === undefined || last.to === undefined) return undefined;
  const forMs = playheadMs - last.sentAtMs;
  if (forMs < awaitingFromMs) return undefined;
  return {
    type: 'awaiting',
    from: last.from,
    to: last.to,
    forMs,
    count: waits.filter(({ to }) => to === last.to).length,
  };
}

/** What mends what is wrong comes first, then what breaks something, then ways to another instant. */
function triesOf(player: Player, fact: CaptionFact, structure: Structure, recent: readonly Entry[]): Try[] {
  const { system } = player;
  const listening = [...system.brokers.values()]
    .flatMap((broker) => [...broker.subscriptions.values()].map((each) => ({ ...each, broker: broker.name })))
    .filter((each) => each.live);
  const failing = fact.type === 'failing' ? listening.find((each) => each.listener === fact.listener) : undefined;
  const where = (failing ?? listening[0])?.where ?? lastServed(recent)?.where;
  const change: Try[] = where === undefined ? [] : [{ type: 'change', where }];
  const victim = listening.at(-1);
  const called = calledNow(system, structure, fact);
  const crash: Try[] =
    called !== undefined
      ? [{ type: 'crash', process: called.process }]
      : victim === undefined
        ? []
        : [{ type: 'crash', process: victim.process }];
  const cut: Try[] = victim === undefined ? [] : [{ type: 'cut', from: victim.broker, to: serviceOf(victim.process) }];
  const slow: Try[] = called === undefined ? [] : [{ type: 'slow', from: called.from, to: called.to }];
  const back = [...firstFailure(player, structure, fact), ...someWayBack(player)].slice(0, 1);
  const publish = unpublished(system, structure);
  const sagas = sagaTries(system);
  switch (fact.type) {
    case 'notRun':
    case 'nothingYet':
      return [
        ...(player.status === 'ready' || player.status === 'waiting' ? [{ type: 'run' } as const] : []),
        ...crash,
        ...change,
        ...publish,
        ...slow,
      ];
    case 'ended':
    case 'endedCalls':
      return [{ type: 'again' }, ...sagas, ...change, ...back];
    case 'unresponsive':
      return [...change, ...back, { type: 'again' }];
    case 'down':
      return [{ type: 'restart', process: fact.process }, ...change, ...someWayBack(player), ...publish];
    case 'cut':
      return [{ type: 'mend', from: fact.from, to: fact.to }, ...change, ...someWayBack(player), ...publish];
    case 'wrong':
      return [...endOf(fact), ...change, ...someWayBack(player), ...publish];
    case 'backlog':
      return [...moreWorkers(system, fact), ...change, ...someWayBack(player), ...crash];
    case 'stuckSagas':
      return [{ type: 'sagas' }, ...change, ...back, ...crash];
    case 'retrying':
      return [...sagas, ...change, ...back, ...crash, ...publish, ...cut];
    case 'failing':
    case 'dead':
    case 'kept':
      return [...change, ...back, ...crash, ...publish, ...cut];
    case 'noAnswer':
    case 'broken':
    case 'awaiting':
      return [...restartOf(system, fact.to), ...change, ...crash, ...slow, ...someWayBack(player)];
    case 'serving':
    case 'calmCalls':
      return [...sagas, ...crash, ...slow, ...change, ...someWayBack(player)];
    case 'busy':
    case 'calm':
      return [...sagas, ...crash, ...change, ...publish, ...someWayBack(player), ...cut];
  }
}

function endOf({ fault, name }: Extract<CaptionFact, { type: 'wrong' }>): Try[] {
  if (name !== undefined) return [{ type: 'endFault', name }];
  return fault.type === 'outage' ? [{ type: 'startBroker', broker: fault.broker }] : [];
}

/** Where most of them are stuck. */
function stuckSagas(system: SystemState): Extract<CaptionFact, { type: 'stuckSagas' }> | undefined {
  const counts = [...system.processes.keys()].map((process) => ({ process, count: sagaCounts(system, process).stuck }));
  const most = counts.reduce((one, other) => (other.count > one.count ? other : one), { process: '', count: 0 });
  return most.count > 0 ? { type: 'stuckSagas', ...most } : undefined;
}

/** To crash an orchestrator in the middle shows what it keeps; the view of sagas, how each has come out. */
function sagaTries(system: SystemState): Try[] {
  if (!system.sagas.known) return [];
  const busy = [...system.processes.values()].find(({ name, state }) => {
    const { running, compensating } = sagaCounts(system, name);
    return state === 'running' && running + compensating > 0;
  });
  const crash: Try[] = busy === undefined ? [] : [{ type: 'crashSaga', process: busy.name }];
  return [...crash, { type: 'sagas' }];
}

/** A link between processes that is worth a try: the one that is talked about, else the last one that is called over. */
function calledNow(
  system: SystemState,
  structure: Structure,
  fact: CaptionFact,
): { readonly from: string; readonly to: string; readonly process: string } | undefined {
  const { calls } = structure;
  const meant = 'to' in fact ? calls.find(({ to }) => to === serviceOf(fact.to)) : undefined;
  for (const { from, to } of [...(meant === undefined ? [] : [meant]), ...calls.toReversed()]) {
    const up = [...system.processes.values()].find((each) => each.service === to && each.state === 'running');
    if (up !== undefined) return { from, to, process: up.name };
  }
  return undefined;
}

/** The line that answered last. */
function lastServed(recent: readonly Entry[]): Entry | undefined {
  return recent.findLast((entry) => entry.type === 'http.answered' && entry.where !== undefined);
}

function restartOf(system: SystemState, name: string): Try[] {
  const state = system.processes.get(name)?.state;
  return state === undefined || state === 'running' ? [] : [{ type: 'restart', process: name }];
}

/** An event that somebody waits for on a bus by its very name, and nobody ever publishes. */
function unpublished(system: SystemState, structure: Structure): Try[] {
  for (const broker of system.brokers.values()) {
    if (broker.kind !== 'bus') continue;
    for (const { pattern, live } of broker.subscriptions.values()) {
      if (live && !/[*#]/.test(pattern) && !structure.eventTypes.has(pattern))
        return [{ type: 'publish', broker: broker.name, event: pattern }];
    }
  }
  return [];
}

/** One more worker of a bus in queue mode; for a durable queue, one more replica of who takes from it. */
function moreWorkers(system: SystemState, fact: Extract<CaptionFact, { type: 'backlog' }>): Try[] {
  const workers = workersOf(system, fact.broker);
  if (workers > 0) return [{ type: 'worker', broker: fact.broker, workers: workers + 1 }];
  const subscriptions = [...(system.brokers.get(fact.broker)?.subscriptions.values() ?? [])];
  const taker = subscriptions.find((each) => each.live && each.queue === fact.queue);
  if (taker === undefined) return [];
  const service = serviceOf(taker.process);
  const replicas = [...system.processes.values()].filter((each) => each.service === service).length;
  return [{ type: 'replica', service, replicas: replicas + 1 }];
}

/** While it is news, the sentence itself tells of it; that of the end does not. */
function firstFailure(player: Player, structure: Structure, fact: CaptionFact): Try[] {
  const failed = structure.firstFailure;
  if (failed === undefined) return [];
  const isOver = fact.type === 'ended' || fact.type === 'endedCalls';
  if (!isOver && player.playheadMs - failed.atMs < newsMs * player.speed) return [];
  return [{ type: 'firstFailure', atMs: failed.atMs }];
}

function someWayBack({ playheadMs, speed }: Player): Try[] {
  if (playheadMs <= 1_000) return [];
  const atMs = Math.floor((playheadMs - 2_000 * Math.max(1, speed)) / 1_000) * 1_000;
  return [{ type: 'back', atMs: Math.max(0, atMs) }];
}

/** Whether there is a queue that only this process takes from, and that does not go with it. */
function isAwaited(system: SystemState, process: string): boolean {
  return [...system.brokers.values()].some(({ subscriptions, queues }) => {
    const all = [...subscriptions.values()];
    return all.some(({ process: taker, queue }) => {
      if (taker !== process || queue === undefined) return false;
      const { exclusive, 'auto-delete': autoDelete } = queues.get(queue)?.settings ?? {};
      return !exclusive && !autoDelete && all.every((each) => each.queue !== queue || each.process === process);
    });
  });
}

function retryTimes(system: SystemState): number[] {
  const queued = [...system.brokers.values()]
    .flatMap((broker) => [...broker.queues.values()])
    .flatMap((queue) => [...queue.retrying.values()]);
  return [...system.retries.values(), ...queued].map((retry) => retry.dueAtMs);
}

/** By a consumer, or by a bus's own workers. */
function isTakenFrom(system: SystemState, broker: string, queue: string): boolean {
  const state = system.brokers.get(broker);
  return state?.kind === 'bus' || [...(state?.subscriptions.values() ?? [])].some((each) => each.queue === queue);
}

function isDelay(system: SystemState, broker: string, queue: string): boolean {
  const state = system.brokers.get(broker)?.queues.get(queue);
  return state !== undefined && isDelayed(state);
}

function longestQueue(system: SystemState): Extract<CaptionFact, { type: 'backlog' }> | undefined {
  let longest: Extract<CaptionFact, { type: 'backlog' }> | undefined;
  for (const broker of system.brokers.values()) {
    for (const queue of broker.queues.values()) {
      if (queue.ready.length > (longest?.ready ?? 0)) {
        longest = { type: 'backlog', broker: broker.name, queue: queue.name, ready: queue.ready.length };
      }
    }
  }
  return longest;
}

function deadCount(system: SystemState): number {
  return [...system.brokers.values()]
    .flatMap((broker) => [...broker.deadLetters.values()])
    .reduce((sum, letter) => sum + letter.count, 0);
}

function published(system: SystemState): number {
  return [...system.brokers.values()].reduce((sum, broker) => sum + broker.published, 0);
}

function sent(system: SystemState): number {
  return [...system.pairs.values()].reduce((sum, pair) => sum + pair.sent, 0);
}

/** Workers of a bus in queue mode; 0 for any other broker. */
export function workersOf(system: SystemState, broker: string): number {
  const workers = system.brokers.get(broker)?.settings['workers'];
  return typeof workers === 'number' ? workers : 0;
}
