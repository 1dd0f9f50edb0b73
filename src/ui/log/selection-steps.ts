import type { Entry } from '../../log/entry';
import { subjectOf } from '../../projections/causes';
import { selectionOfId, type Selection } from '../selection';
import type { Workbench } from '../workbench.svelte';
import { isFailure } from './landmarks';
import { runIndexOf } from './run-index.svelte';
import { selectedRow } from './selected-entry';

// The ways from what is selected to something else: the entry's cause, its line of code, the failures around it.

/** What a click on an entry selects: its message or call, when it is about one. */
export function selectionOf(entry: Entry): Selection {
  const subject = subjectOf(entry);
  const { seq } = entry;
  return subject === undefined ? { type: 'entry', seq } : selectionOfId(subject, seq);
}

/** The entry that made the selected one happen; of a message, what led to its publication. */
export function causeOfSelection(workbench: Workbench): Entry | undefined {
  const { selection, player } = workbench;
  const index = runIndexOf(workbench);
  const { causes } = index;
  const seq =
    selection?.type === 'message' && selection.seq === undefined
      ? causes.messageAt(selection.message, player.position)?.publishedSeq
      : selection?.type === 'call' && selection.seq === undefined
        ? causes.calls.requestedSeq(selection.request, player.position)
        : selection?.type === 'process'
          ? index.landmarks.turnOf(selection.process, player.position)
          : selectedRow(workbench, index);
  return seq === undefined || seq >= causes.length ? undefined : causes.causeOf(seq)[0];
}

export function goToCause(workbench: Workbench): void {
  const cause = causeOfSelection(workbench);
  if (cause === undefined) workbench.showToast({ text: workbench.t.log.steps.noCause });
  else workbench.select(selectionOf(cause));
}

/** The line that did what is selected, or the nearest one that led to it; of a process, its file. */
export function codeOfSelection(workbench: Workbench): string | undefined {
  const { selection, player } = workbench;
  if (selection?.type === 'process') {
    const process = player.system.processes.get(selection.process);
    return process && `${process.file}:1`;
  }
  const { causes } = runIndexOf(workbench);
  const seq = selectedRow(workbench, runIndexOf(workbench));
  if (seq === undefined || seq >= causes.length) return undefined;
  const chain = [player.log.entry(seq), ...causes.causeOf(seq)];
  const nearest = chain.find((entry) => entry.where !== undefined)?.where;
  // A log from elsewhere may know no causes.
  const published =
    selection?.type === 'message' ? causes.messageAt(selection.message, player.position)?.where : undefined;
  return nearest ?? published;
}

export function goToCode(workbench: Workbench): void {
  const where = codeOfSelection(workbench);
  if (where === undefined) workbench.showToast({ text: workbench.t.log.steps.noCode });
  else workbench.goToCode(where);
}

/** Selects the failure after or before the selected entry, or else the playhead. One that is still to come is gone to. */
export async function goToFailure(workbench: Workbench, direction: 1 | -1): Promise<void> {
  const { playerNow: player } = workbench;
  player.pause();
  const { position } = player;
  const from = selectedRow(workbench, runIndexOf(workbench)) ?? (direction === 1 ? position - 1 : position);
  const seq = await findFailure(workbench, from, direction);
  if (seq === undefined) {
    const { t, format } = workbench;
    const text = direction === -1 ? t.log.steps.noFailureBefore : t.log.steps.noFailureAfter;
    workbench.showToast({ text: player.ended ? text : t.log.steps.soFar(text, format.instant(player.computedToMs)) });
    return;
  }
  if (seq >= player.position) player.seekTo(seq + 1);
  workbench.select(selectionOf(player.log.entry(seq)));
}

/** Entries that are looked at before the page gets its turn back. */
const sliceEntriesMax = 5_000;

async function findFailure(workbench: Workbench, from: number, direction: 1 | -1): Promise<number | undefined> {
  const { playerNow: player } = workbench;
  const { landmarks, causes } = runIndexOf(workbench);
  const known = landmarks.failureBeside(from, direction);
  if (known !== undefined || direction === -1) return known;
  const { scenario } = player;
  for (let at = Math.max(from + 1, causes.length); at < player.log.length; at += sliceEntriesMax) {
    const found = player.log.range(at, at + sliceEntriesMax).find(isFailure);
    if (found !== undefined) return found.seq;
    await new Promise((resolve) => setTimeout(resolve));
    if (player.scenario !== scenario) return undefined;
  }
  return undefined;
}
