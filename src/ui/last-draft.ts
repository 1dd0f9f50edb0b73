import type { Scenario } from '../scenario/scenario';
import type { Workbench } from './workbench.svelte';

/** What was typed and cannot count as it stands. */
export interface HeldDraft {
  /** What the run was defined by when it was typed. */
  readonly over: Scenario;
  /** What the reader is told once it is taken back. */
  readonly text: string;
  /** Gives what brings it back. */
  readonly takeBack: () => () => void;
}

const drafts = new WeakMap<Workbench, () => HeldDraft | undefined>();

/** Whoever keeps a draft says here how to get at it. */
export function keepsDraft(workbench: Workbench, draft: () => HeldDraft | undefined): void {
  drafts.set(workbench, draft);
}

/** The draft, when it is the last thing that was changed: the undo key means it then, and not what is in force. */
export function lastDraft(workbench: Workbench): HeldDraft | undefined {
  const draft = drafts.get(workbench)?.();
  return draft?.over === workbench.playerNow.definition ? draft : undefined;
}
