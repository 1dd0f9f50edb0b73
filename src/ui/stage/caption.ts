import type { Entry } from '../../log/entry';
import type { Player } from '../../player/player-face';
import type { SystemState } from '../../projections/system';

/** What goes on in one sentence, and up to three things to try. Chosen here, put into words by the component. Pure. */
export type CaptionFact =
  | { readonly type: 'notRun' | 'nothingYet' }
  | { readonly type: 'down'; readonly process: string; readonly queued: boolean }
  | { readonly type: 'failing'; readonly listener: string }
  | { readonly type: 'retrying'; readonly count: number; readonly inMs: number }
  | { readonly type: 'dead'; readonly count: number }
  | { readonly type: 'backlog'; readonly broker: string; readonly queue: string; readonly ready: number }
  | { readonly type: 'busy'; readonly count: number }
  | { readonly type: 'calm' | 'ended'; readonly events: number }
  | { readonly type: 'unresponsive'; readonly process: string };

export type Try =
  | { readonly type: 'run' }
  | { readonly type: 'restart'; readonly process: string }
  | { readonly type: 'crash'; readonly process: string }
  | { readonly type: 'worker'; readonly broker: string; readonly workers: number }
  | { readonly type: 'change'; readonly where: string }
  | { readonly type: 'back'; readonly atMs: number };

export interface Caption {
  readonly fact: CaptionFact;
  readonly tries: readonly Try[];
}

/** A failure is news for this long, in virtual seconds per unit of speed: what the reader can still have seen. */
const newsMs = 2_500;
const backlogFrom = 5;

export function captionOf(player: Player, recent: readonly Entry[]): Caption {
  const fact = factOf(player, recent);
  return { fact, tries: triesOf(player, fact).slice(0, 3) };
}

function factOf(player: Player, recent: readonly Entry[]): CaptionFact {
  const { system, playheadMs, problem } = player;
  if (problem?.type === 'unresponsive' && system.ended === 'unresponsive')
    return { type: 'unresponsive', process: problem.process ?? '' };
  const down = [...system.processes.values()].find((process) => process.state === 'crashed');
  if (down !== undefined) return { type: 'down', process: down.name, queued: takesFromQueue(system, down.name) };
  if (player.ended && player.position === player.log.length && player.position > 0)
    return { type: 'ended', events: published(system) };
  const failure = recent.findLast((entry) => entry.type === 'delivery.failed');
  if (failure !== undefined && playheadMs - failure.atMs < newsMs * player.speed)
    return { type: 'failing', listener: failure.listener };
  const waits = retryTimes(system);
  if (waits.length > 0)
    return { type: 'retrying', count: waits.length, inMs: Math.max(0, Math.min(...waits) - playheadMs) };
  const backlog = longestQueue(system);
  if (backlog !== undefined && backlog.ready >= backlogFrom) return backlog;
  const dead = deadCount(system);
  if (dead > 0) return { type: 'dead', count: dead };
  const busy = [...system.processes.values()].reduce((sum, process) => sum + process.deliveries.size, 0);
  if (busy > 0) return { type: 'busy', count: busy };
  if (published(system) > 0) return { type: 'calm', events: published(system) };
  return { type: player.status === 'playing' ? 'nothingYet' : 'notRun' };
}

function triesOf(player: Player, fact: CaptionFact): Try[] {
  const { system } = player;
  const tries: Try[] = [];
  if (fact.type === 'notRun' && player.status === 'ready') tries.push({ type: 'run' });
  if (fact.type === 'down') tries.push({ type: 'restart', process: fact.process });
  if (fact.type === 'backlog')
    tries.push({ type: 'worker', broker: fact.broker, workers: workersOf(system, fact.broker) + 1 });
  const listening = [...system.brokers.values()]
    .flatMap((broker) => [...broker.subscriptions.values()])
    .filter((each) => each.live);
  const victim = listening.at(-1);
  if (fact.type !== 'down' && victim !== undefined && fact.type !== 'ended')
    tries.push({ type: 'crash', process: victim.process });
  const failing = fact.type === 'failing' ? listening.find((each) => each.listener === fact.listener) : undefined;
  const where = (failing ?? listening[0])?.where;
  if (where !== undefined) tries.push({ type: 'change', where });
  const backMs = Math.floor((player.playheadMs - 2_000 * Math.max(1, player.speed)) / 1_000) * 1_000;
  if (player.playheadMs > 1_000) tries.push({ type: 'back', atMs: Math.max(0, backMs) });
  return tries;
}

function takesFromQueue(system: SystemState, process: string): boolean {
  return [...system.brokers.values()].some((broker) =>
    [...broker.subscriptions.values()].some((each) => each.process === process && each.queue !== undefined),
  );
}

function retryTimes(system: SystemState): number[] {
  const queued = [...system.brokers.values()]
    .flatMap((broker) => [...broker.queues.values()])
    .flatMap((queue) => [...queue.retrying.values()]);
  return [...system.retries.values(), ...queued].map((retry) => retry.dueAtMs);
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

/** Workers of a bus in queue mode; 0 for any other broker. */
export function workersOf(system: SystemState, broker: string): number {
  const workers = system.brokers.get(broker)?.settings['workers'];
  return typeof workers === 'number' ? workers : 0;
}
