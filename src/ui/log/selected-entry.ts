import type { Causes } from '../../projections/causes';
import { subjectIn } from '../selection';
import type { Workbench } from '../workbench.svelte';
import type { RunIndex } from './run-index.svelte';

/**
 * The entry that stands for the selection at the playhead: the one that was clicked, or else the latest about the
 * selected message or call.
 */
export function selectedSeq(workbench: Workbench, causes: Causes): number | undefined {
  const { selection } = workbench;
  const { position } = workbench.playerAtEase;
  if (selection?.type === 'entry') return selection.seq < position ? selection.seq : undefined;
  if (selection?.type !== 'message' && selection?.type !== 'call') return undefined;
  if (selection.seq !== undefined && selection.seq < position) return selection.seq;
  return causes.entriesOf(subjectIn(selection) ?? '', position).at(-1);
}

/** As `selectedSeq`; for an intervention, the entry that tells that it happened. */
export function selectedRow(workbench: Workbench, index: RunIndex): number | undefined {
  const { selection } = workbench;
  if (selection?.type !== 'intervention') return selectedSeq(workbench, index.causes);
  const { scenario, position } = workbench.playerAtEase;
  const intervention = scenario.interventions[selection.index];
  return intervention && index.landmarks.seqOf(intervention, position);
}
