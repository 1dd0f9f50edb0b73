import { tick } from 'svelte';
import { withUndo } from '../undo-toast';
import { interventionWords } from './intervention-words';
import { indexAfterMove } from './place-flags';
import type { TimelineView } from './timeline-view.svelte';

/** What can be done to an intervention on the timeline. Each changes the run's definition, and each can be taken back. */
export class FlagDesk {
  readonly #view: TimelineView;
  /** The list of flags, for the focus. */
  list: HTMLElement | undefined = $state();

  constructor(view: TimelineView) {
    this.#view = view;
  }

  /** The run is computed again, its place among the others may change, and selection and focus go with it. */
  move(index: number, toMs: number): void {
    const { workbench, endMs } = this.#view;
    const { playerNow: player } = workbench;
    const { interventions } = player.scenario;
    const intervention = interventions[index];
    const atMs = Math.round(Math.max(0, Math.min(toMs, endMs)));
    if (intervention === undefined || intervention.atMs === atMs) return;
    const next = indexAfterMove(interventions, index, atMs);
    const hadFocus = this.list?.contains(document.activeElement) === true;
    const text = this.#words.moved(this.#name(index, interventions), workbench.format.instant(atMs));
    withUndo(workbench, text, () => player.moveIntervention(index, atMs));
    workbench.select({ type: 'intervention', index: next });
    if (hadFocus) void this.#focus(next);
  }

  remove(index: number): void {
    const { workbench } = this.#view;
    const name = this.#name(index);
    const hadFocus = this.list?.contains(document.activeElement) === true;
    workbench.select(undefined);
    withUndo(workbench, this.#words.removed(name), () => workbench.playerNow.removeIntervention(index));
    if (hadFocus) void this.#focus(Math.min(index, workbench.playerNow.scenario.interventions.length - 1));
  }

  toggle(index: number): void {
    const { workbench } = this.#view;
    const { playerNow: player } = workbench;
    const isDisabled = player.scenario.interventions[index]?.disabled === true;
    const name = this.#name(index);
    const text = isDisabled ? this.#words.wasEnabled(name) : this.#words.wasDisabled(name);
    withUndo(workbench, text, () => player.setInterventionEnabled(index, isDisabled));
  }

  get #words() {
    return this.#view.workbench.t.timeline;
  }

  #name(index: number, interventions = this.#view.workbench.playerNow.scenario.interventions): string {
    const intervention = interventions[index];
    return intervention === undefined ? '' : interventionWords(intervention, this.#words);
  }

  /** The flags are drawn anew with the next version of the player. */
  async #focus(index: number): Promise<void> {
    await tick();
    await tick();
    this.list?.querySelector<HTMLElement>(`[data-flag="${String(index)}"]`)?.focus();
  }
}
