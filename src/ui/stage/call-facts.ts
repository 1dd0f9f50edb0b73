import type { Fate } from '../../projections/fate';
import type { StageEdge } from './layout';
import type { StageView } from './stage-view.svelte';

/** What is told of an edge over which somebody calls: how many calls, how many went wrong, how long they took. */
export interface CallFact {
  readonly text: string;
  readonly fate?: Fate;
}

/** Up to the playhead; nothing of an edge that carries messages. */
export function callFacts(view: StageView, edge: StageEdge): readonly CallFact[] {
  if (edge.callee === undefined) return [];
  const { t: words, format } = view.workbench;
  const t = words.stage.link;
  const { playheadMs } = view.player;
  const figures = view.index.callMetrics.between({ from: edge.service, to: edge.callee }, 0, playheadMs);
  const open = openCalls(view, edge);
  if (figures.calls + open === 0) return [{ text: t.noCalls }];
  const { calls, errors, turnedDown, latency } = figures;
  const percent = format.number(Math.round((1_000 * errors) / Math.max(1, calls)) / 10);
  return [
    { text: t.calls(calls + open, open) },
    ...(errors > 0 ? [{ text: t.errors(errors, percent), fate: 'failed' as const }] : []),
    ...(turnedDown > 0 ? [{ text: t.turnedDown(turnedDown), fate: 'dropped' as const }] : []),
    ...(latency === undefined
      ? []
      : [
          {
            text: t.percentiles(
              format.duration(latency.p50Ms),
              format.duration(latency.p95Ms),
              format.duration(latency.p99Ms),
            ),
          },
        ]),
  ];
}

/** Calls over the edge whose callers wait now. */
export function openCalls({ player: { system } }: StageView, { service, callee }: StageEdge): number {
  const isOf = (name: string | undefined, wanted: string | undefined): boolean =>
    name === wanted || name?.replace(/#\d+$/, '') === wanted;
  return [...system.calls.values()].filter(({ from, to }) => isOf(from, service) && isOf(to, callee)).length;
}
