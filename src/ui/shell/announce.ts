import type { PlayerStatus } from '../../player/player-face';
import { sameSelection, type Selection } from '../selection';
import type { Format } from '../text/format';
import type { Text } from '../text/text';
import type { Workbench } from '../workbench.svelte';

/** What of the screen is worth a sentence to those who hear it. */
export interface Note {
  readonly status: PlayerStatus;
  readonly atMs: number;
  readonly atEnd: boolean;
  readonly failures: number;
  readonly crashed: readonly string[];
  readonly unresponsive: string | undefined;
  readonly selection: Selection;
  /** The selection as it is told. */
  readonly selected: string;
}

export function noteOf(workbench: Workbench): Note {
  const { player } = workbench;
  const crashed = [...player.system.processes.values()].filter((process) => process.state === 'crashed');
  const { problem } = player;
  return {
    status: player.status,
    atMs: player.playheadMs,
    atEnd: player.ended && player.position >= player.log.length,
    failures: player.system.totals.failed,
    crashed: crashed.map((process) => process.name),
    unresponsive: problem?.type === 'unresponsive' ? (problem.process ?? '') : undefined,
    selection: workbench.selection,
    selected: sentenceOf(workbench.selection, workbench),
  };
}

/** `patient`: may wait until the last sentence has been heard. */
export interface News {
  readonly sentence: string;
  readonly patient: boolean;
}

export function whatHappened(before: Note, now: Note, t: Text, format: Format): News | undefined {
  const say = (sentence: string, patient = false): News => ({ sentence, patient });
  if (now.unresponsive !== undefined && before.unresponsive === undefined)
    return say(t.live.unresponsive(now.unresponsive));
  if (now.status === 'waiting' && before.status !== 'waiting') return say(t.live.waits);
  if (now.status === 'failed' && before.status !== 'failed') return say(t.topbar.why.failed);
  if (now.status === 'playing' && before.status !== 'playing') return say(t.live.started);
  if (now.status !== 'playing' && before.status === 'playing') {
    const at = format.instant(now.atMs);
    return say(now.atEnd ? t.live.ended(at) : t.live.paused(at));
  }
  if (now.atEnd && !before.atEnd) return say(t.live.ended(format.instant(now.atMs)));
  if (!sameSelection(before.selection, now.selection)) return say(now.selected);
  // Going back in time takes failures away, which is no news.
  if (now.atMs < before.atMs) return undefined;
  const fallen = now.crashed.find((process) => !before.crashed.includes(process));
  if (fallen !== undefined) return say(t.live.crashed(fallen), true);
  if (now.failures > before.failures) return say(t.live.failures(now.failures - before.failures), true);
  return undefined;
}

function sentenceOf(selection: Selection, { t, player }: Workbench): string {
  if (selection === undefined) return t.live.cleared;
  switch (selection.type) {
    case 'message':
      return t.live.selectedMessage(selection.message);
    case 'call':
      return t.live.selectedCall(selection.request);
    case 'entry':
      return t.live.selectedEntry(selection.seq);
    case 'process':
      return t.live.selectedProcess(selection.process);
    case 'broker':
      return t.live.selectedBroker(selection.queue ?? selection.broker);
    case 'fault':
      return t.live.selectedFault(selection.index);
    case 'intervention': {
      const intervention = player.scenario.interventions[selection.index];
      return t.live.selectedIntervention(
        intervention === undefined ? String(selection.index + 1) : t.log.intervention(intervention),
      );
    }
  }
}
