import type { Causes } from '../../projections/causes';
import type { Workbench } from '../workbench.svelte';

/**
 * The entry that stands for the selection at the playhead: the one that was clicked, or else the latest about the
 * selected message.
 */
export function selectedSeq(workbench: Workbench, causes: Causes): number | undefined {
  const { selection } = workbench;
  const { position } = workbench.player;
  if (selection?.type === 'entry') return selection.seq < position ? selection.seq : undefined;
  if (selection?.type !== 'message') return undefined;
  if (selection.seq !== undefined && selection.seq < position) return selection.seq;
  return causes.entriesOf(selection.message, position).at(-1);
}
