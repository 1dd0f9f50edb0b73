import type { Fate } from '../../projections/fate';
import { breakersOf, breakerWords } from './breaker-words';
import { brokerNow } from './broker-now';
import { brokerKind } from './queue-facts';
import { doingOf } from './doing';
import { doingWords } from './doing-words';
import type { StageView } from './stage-view.svelte';

/** What the pointer rests on in the graph: a process, a broker, or a queue in it. */
export type HoveredNode =
  | { readonly type: 'process'; readonly process: string }
  | { readonly type: 'broker'; readonly broker: string }
  | { readonly type: 'queue'; readonly broker: string; readonly queue: string };

/** A line of a card: the first is its title. */
export interface CardLine {
  readonly text: string;
  readonly fate?: Fate | undefined;
  /** At the right. */
  readonly fact?: string | undefined;
}

const deliveriesMax = 3;
/** How far back the last deliveries are looked for at first. */
const lookBackMs = 2_000;

/** More of a node than it has room for: its state, its counts, what it handled last. */
export function nodeCard(view: StageView, node: HoveredNode): readonly CardLine[] {
  switch (node.type) {
    case 'process':
      return processCard(view, node.process);
    case 'broker':
      return brokerCard(view, node.broker);
    case 'queue':
      return queueCard(view, node.broker, node.queue);
  }
}

function processCard(view: StageView, name: string): CardLine[] {
  const { t: text, format } = view.workbench;
  const t = text.stage;
  const { system, playheadMs } = view.workbench.playerAtEase;
  const process = system.processes.get(name);
  const doing = doingOf(process, view.doingAt(system, playheadMs));
  const lines: CardLine[] = [{ text: name }, { text: doingWords(doing, t, format) }];
  if (process === undefined) return lines;
  if (process.life > 1) lines[0] = { text: name, fact: t.card.life(process.life) };
  for (const breaker of breakersOf(system, name)) lines.push({ text: breakerWords(breaker, t, format, playheadMs) });
  if (process.succeeded + process.failed > 0) lines.push({ text: t.card.counts(process.succeeded, process.failed) });
  if (process.published > 0 && doing.type !== 'idle') lines.push({ text: t.published(process.published) });
  return [...lines, ...lastDeliveries(view, name, playheadMs)];
}

/** The newest first. */
function lastDeliveries(view: StageView, process: string, nowMs: number): CardLine[] {
  const { format, playerNow } = view.workbench;
  const lane = view.index.lane(process);
  for (let backMs = lookBackMs; lane !== undefined; backMs *= 10) {
    const ended = lane
      .barsBetween(nowMs - backMs, nowMs)
      .filter((bar) => bar.endMs !== undefined && bar.endMs <= nowMs)
      .slice(-deliveriesMax)
      .reverse();
    if (ended.length === deliveriesMax || backMs > nowMs) {
      return ended.map(({ fate, message, startMs, endMs = startMs }) => ({
        fate,
        text: `${message} ${playerNow.system.messages.eventType(message)}`,
        fact: format.duration(Math.round(endMs - startMs)),
      }));
    }
  }
  return [];
}

function brokerCard(view: StageView, name: string): CardLine[] {
  const t = view.workbench.t.stage;
  const state = brokerNow(view.workbench.playerAtEase, name);
  const kind = t.kinds[brokerKind(state, view.index.structure.brokers.get(name)?.kind)];
  if (state === undefined) return [{ text: name, fact: kind }];
  const listeners = [...state.subscriptions.values()].filter((each) => each.live).length;
  return [
    { text: name, fact: kind },
    { text: t.events(state.published) },
    ...(state.dropped > 0 ? [{ text: t.dropped(state.dropped), fate: 'dropped' as const }] : []),
    { text: `${t.card.queues(state.queues.size)}, ${t.card.listeners(listeners)}` },
  ];
}

function queueCard(view: StageView, broker: string, name: string): CardLine[] {
  const { format, t: text } = view.workbench;
  const t = text.stage;
  const state = brokerNow(view.workbench.playerAtEase, broker);
  const letters = state?.deadLetters.get(name);
  if (letters !== undefined) return [{ text: name }, { text: t.card.kept(letters.count), fate: 'dead' }];
  const queue = state?.queues.get(name);
  if (queue === undefined) return [{ text: name }, { text: t.queueEmpty }];
  const head = queue.ready[0];
  const dueAtMs = Math.min(...[...queue.retrying.values()].map((each) => each.dueAtMs));
  return [
    { text: name },
    { text: t.card.queue(queue.ready.length, queue.unacked.size) },
    ...(head === undefined
      ? []
      : [{ text: t.card.head(head, view.workbench.playerAtEase.system.messages.eventType(head)) }]),
    ...(queue.retrying.size === 0
      ? []
      : [
          {
            fate: 'retried' as const,
            text: t.retries(
              queue.retrying.size,
              format.duration(Math.round(Math.max(0, dueAtMs - view.workbench.playerAtEase.playheadMs))),
            ),
          },
        ]),
  ];
}
