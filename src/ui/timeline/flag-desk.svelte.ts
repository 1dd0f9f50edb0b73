import { tick } from 'svelte';
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
    player.moveIntervention(index, atMs);
    workbench.select({ type: 'intervention', index: next });
    this.#undoable(this.#words.moved(this.#name(index, interventions), workbench.format.instant(atMs)));
    if (hadFocus) void this.#focus(next);
  }

  remove(index: number): void {
    const { workbench } = this.#view;
    const name = this.#name(index);
    const hadFocus = this.list?.contains(document.activeElement) === true;
    workbench.select(undefined);
    workbench.playerNow.removeIntervention(index);
    this.#undoable(this.#words.removed(name));
    if (hadFocus) void this.#focus(Math.min(index, workbench.playerNow.scenario.interventions.length - 1));
  }

  toggle(index: number): void {
    const { playerNow: player } = this.#view.workbench;
    const isDisabled = player.scenario.interventions[index]?.disabled === true;
    const name = this.#name(index);
    player.setInterventionEnabled(index, isDisabled);
    this.#undoable(isDisabled ? this.#words.wasEnabled(name) : this.#words.wasDisabled(name));
  }

  get #words() {
    return this.#view.workbench.t.timeline;
  }

  #name(index: number, interventions = this.#view.workbench.playerNow.scenario.interventions): string {
    const intervention = interventions[index];
    return intervention === undefined ? '' : interventionWords(intervention, this.#words);
  }

  #undoable(text: string): void {
    const { workbench } = this.#view;
    workbench.showToast({ text, action: { label: this.#words.undo, run: () => workbench.playerNow.undo() } });
  }

  /** The flags are drawn anew with the next version of the player. */
  async #focus(index: number): Promise<void> {
    await tick();
    await tick();
    this.list?.querySelector<HTMLElement>(`[data-flag="${String(index)}"]`)?.focus();
  }
}
