import type { Primitives } from './lockdown';

/**
 * A hop lets the worker's event loop turn once, so that messages from the page are seen. The engines differ by a
 * factor of a hundred in what that costs, so each way is tried at the start.
 */
export interface HopChoice {
  readonly name: HopName;
  readonly hop: () => Promise<unknown>;
  readonly trials: readonly HopTrial[];
}

type HopName = 'waitAsync' | 'postTask' | 'message';

export interface HopTrial {
  readonly name: HopName;
  readonly perHopMs: number;
  /** Hops until a message that was under way was seen; undefined when it was not. A microtask never lets one through. */
  readonly seenAfter: number | undefined;
}

const trialHops = 40;
const trialMs = 10;
/** A way that lets messages wait longer than this starves the page's pings. */
const seenAfterMax = 10;

export async function chooseHop(primitives: Primitives): Promise<HopChoice> {
  const ways: [HopName, (() => Promise<unknown>) | undefined][] = [
    ['message', hopByMessage(primitives)],
    ['postTask', hopByTask(primitives)],
    ['waitAsync', primitives.waitAsync],
  ];
  const trials: HopTrial[] = [];
  let best: { name: HopName; hop: () => Promise<unknown>; perHopMs: number } | undefined;
  for (const [name, hop] of ways) {
    if (!hop) continue;
    const trial = await tryHop(primitives, name, hop);
    trials.push(trial);
    const fair = trial.seenAfter !== undefined && trial.seenAfter <= seenAfterMax;
    // The first, a message, is right everywhere: it stands in line with the page's own.
    if (!best || (fair && trial.perHopMs < best.perHopMs)) best = { name, hop, perHopMs: trial.perHopMs };
  }
  if (!best) throw new Error('no way to hop');
  return { name: best.name, hop: best.hop, trials };
}

async function tryHop(primitives: Primitives, name: HopName, hop: () => Promise<unknown>): Promise<HopTrial> {
  const { port1, port2 } = new primitives.MessageChannel();
  const began = primitives.realMs();
  let hops = 0;
  let seenAfter: number | undefined;
  port1.onmessage = () => (seenAfter ??= hops);
  port2.postMessage(undefined);
  while (hops < trialHops && primitives.realMs() - began < trialMs) {
    await hop();
    hops += 1;
  }
  port1.close();
  return { name, perHopMs: (primitives.realMs() - began) / hops, seenAfter };
}

function hopByMessage(primitives: Primitives): () => Promise<unknown> {
  const { port1, port2 } = new primitives.MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}

function hopByTask({ postTask }: Primitives): (() => Promise<unknown>) | undefined {
  return postTask && (() => new Promise<void>((resolve) => postTask(resolve)));
}
