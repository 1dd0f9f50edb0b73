import type { SystemState } from '../../projections/system';
import type { Breaker } from '../../projections/system-breakers';
import type { Format } from '../text/format';
import type { Text } from '../text/text';
import { sagaWords } from './saga-words';
import type { StageView } from './stage-view.svelte';

/** The breakers of a process that runs, in order of their declaration. */
export function breakersOf(system: SystemState, process: string): readonly Breaker[] {
  return [...(system.processes.get(process)?.breakers.values() ?? [])];
}

/** Its name, its state, and how long it stays open from the playhead on. */
export function breakerWords(breaker: Breaker, t: Text['stage'], format: Format, nowMs: number): string {
  const { policy, state, halfOpenAtMs } = breaker;
  const is = t.breaker.is(policy, t.breaker.state[state]);
  if (state !== 'open' || halfOpenAtMs === undefined) return is;
  const restMs = Math.round(halfOpenAtMs - nowMs);
  return `${is}, ${restMs > 0 ? t.breaker.until(format.duration(restMs)) : t.breaker.due}`;
}

/** What a process is doing, and after it how each of its breakers stands and how many sagas it has under way. */
export function withBreakers(view: StageView, process: string, doing: string): string {
  const { t, format } = view.workbench;
  const { system, playheadMs } = view.player;
  const words = breakersOf(system, process).map((breaker) => breakerWords(breaker, t.stage, format, playheadMs));
  const sagas = sagaWords(view, process).map(({ words: count }) => count);
  return [doing, ...words, ...(sagas.length > 0 ? [t.stage.sagas.all(sagas.join(', '))] : [])].join(', ');
}
