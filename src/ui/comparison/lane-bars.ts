import type { Fate } from '../../projections/fate';
import type { ToldFlow } from '../../projections/compare-sides';
import type { ComparisonView, SideNumber } from './comparison-view.svelte';

export interface SideLane {
  readonly name: string;
  readonly bars: readonly LaneBar[];
}

/** Instants since the flow's request. */
export interface LaneBar {
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined while it lasts. */
  readonly fate: Fate | undefined;
}

/** The client's wait, then what each part did. */
export function laneBars(
  view: ComparisonView,
  side: SideNumber,
  flow: ToldFlow | undefined,
  sinceMs: number,
): readonly SideLane[] {
  const { client, sides } = view.spec;
  const bar = (fromMs: number, end: { readonly atMs: number; readonly ok: boolean } | undefined): LaneBar => {
    const beganMs = flow?.flow.atMs ?? 0;
    const from = fromMs - beganMs;
    if (end === undefined) return { fromMs: from, toMs: Math.max(sinceMs, from), fate: undefined };
    return { fromMs: from, toMs: end.atMs - beganMs, fate: end.ok ? 'delivered' : 'failed' };
  };
  const steps = flow?.steps ?? [];
  return [
    { name: client, bars: flow === undefined ? [] : [bar(flow.flow.atMs, flow.answer)] },
    ...Object.entries(sides[side].parts).map(([name, service]) => ({
      name,
      bars: steps.filter((step) => step.service === service).map((step) => bar(step.atMs, step.end)),
    })),
  ];
}

/** What both sides fit into: the longest of the two so far, rounded up to a figure that divides well. */
export function spanOf(flows: readonly (ToldFlow | undefined)[], playheadMs: number): number {
  const longest = flows.map((told) => {
    if (told === undefined) return 0;
    const ends = [told.answer?.atMs, ...told.steps.map(({ end }) => end?.atMs)];
    const isOver = ends.every((atMs) => atMs !== undefined);
    const known = ends.flatMap((atMs) => atMs ?? []);
    return Math.max(...known, isOver ? 0 : playheadMs) - told.flow.atMs;
  });
  const leastMs = Math.max(...longest, 200) * 1.05;
  const unit = 10 ** Math.floor(Math.log10(leastMs));
  return unit * ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * unit >= leastMs) ?? 10);
}
