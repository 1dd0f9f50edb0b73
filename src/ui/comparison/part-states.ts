import type { Fate } from '../../projections/fate';
import type { ToldFlow } from '../../projections/compare-sides';
import type { ComparisonView, SideNumber } from './comparison-view.svelte';

/** How a part stands with the flow on show. */
export interface PartState {
  readonly part: string;
  readonly service: string;
  /** `idle`: not asked yet. `never`: it will not be asked, since the flow was refused. */
  readonly look: 'idle' | 'working' | 'done' | 'failed' | 'down' | 'never';
  readonly fate: Fate | undefined;
  /** The place of its call in the row, from 1; undefined for deliveries, which have none. */
  readonly order: number | undefined;
  /** Of the attempt that was made last. */
  readonly tookMs: number | undefined;
  /** What it takes its messages from; undefined where there is none. */
  readonly queue: string | undefined;
  /** Messages that wait for it. */
  readonly queued: number;
  readonly slow: boolean;
}

export function partStates(view: ComparisonView, side: SideNumber, flow: ToldFlow | undefined): readonly PartState[] {
  const calls = flow?.steps.filter(({ kind }) => kind === 'call') ?? [];
  return Object.entries(view.spec.sides[side].parts).map(([part, service]) => {
    const last = flow?.steps.findLast((step) => step.service === service);
    const order = calls.findIndex((step) => step.service === service) + 1;
    const end = last?.end;
    const fate = last === undefined ? undefined : end === undefined ? 'flight' : end.ok ? 'delivered' : 'failed';
    const isRefused = flow?.answer?.ok === false;
    const asked = last === undefined ? (isRefused ? 'never' : 'idle') : stateOf(end);
    return {
      part,
      service,
      look: view.isDown(service) ? 'down' : asked,
      fate,
      order: order > 0 ? order : undefined,
      tookMs: end === undefined ? undefined : end.atMs - last!.atMs,
      queue: view.queuesOf(service)[0]?.name,
      queued: view.queuedFor(service),
      slow: view.isSlow(service),
    };
  });
}

function stateOf(end: { readonly ok: boolean } | undefined): 'working' | 'done' | 'failed' {
  if (end === undefined) return 'working';
  return end.ok ? 'done' : 'failed';
}
