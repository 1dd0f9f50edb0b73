import { sagaCounts, type SagaCounts } from '../../projections/system-sagas';
import type { StageView } from './stage-view.svelte';

export interface SagaWords {
  readonly state: keyof SagaCounts;
  readonly count: number;
  /** `3 running`. */
  readonly words: string;
}

/** The sagas that a process orchestrates and that are not at an end, by state; none of those of which there is none. */
export function sagaWords(view: StageView, process: string): readonly SagaWords[] {
  const counts = sagaCounts(view.player.system, process);
  return (['running', 'compensating', 'stuck'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => ({
      state,
      count: counts[state],
      words: view.workbench.t.stage.sagas[state](counts[state]),
    }));
}
