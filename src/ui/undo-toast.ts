import type { Workbench } from './workbench.svelte';

/**
 * Makes a change of the scenario and offers to take it back in one step. When another change came after it, taking back
 * would mean that one: then nothing is done, and the reader is told.
 */
export function withUndo(workbench: Workbench, text: string, change: () => void, after?: () => void): void {
  const { playerNow } = workbench;
  const before = playerNow.scenario;
  change();
  const changed = playerNow.scenario;
  if (changed === before) return;
  const undo = (): void => {
    if (playerNow.scenario !== changed) {
      workbench.showToast({ text: workbench.t.editor.undoLater });
      return;
    }
    playerNow.undo();
    after?.();
  };
  workbench.showToast({ text, action: { label: workbench.t.toast.undo, run: undo } });
}
