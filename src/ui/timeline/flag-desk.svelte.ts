import { tick } from 'svelte';
import { withEnabledFault, withMovedFault, withoutFault } from '../../scenario/edit-faults';
import { withUndo } from '../undo-toast';
import { flagsOf, indexAfterMove, type Flag, type FlagSubject } from './place-flags';
import type { TimelineView } from './timeline-view.svelte';

/**
 * What can be done to an intervention or to a fault of the scenario on the timeline. Each changes the run's definition, and each can be taken
 * back.
 */
export class FlagDesk {
  readonly #view: TimelineView;
  /** The list of flags, for the focus. */
  list: HTMLElement | undefined = $state();

  constructor(view: TimelineView) {
    this.#view = view;
  }

  /**
   * Where it may stand: also after the last thing that happens, since the run may end early because of it, and without
   * it, or with it later, goes on.
   */
  within(atMs: number): number {
    return Math.round(Math.max(0, Math.min(atMs, this.#view.workbench.playerNow.scenario.durationMs)));
  }

  /** The run is computed again, its place among the others may change, and selection and focus go with it. */
  move(subject: FlagSubject, toMs: number): void {
    const { workbench } = this.#view;
    const { playerNow: player } = workbench;
    const { interventions } = player.scenario;
    const flag = this.#flag(subject);
    const atMs = this.within(toMs);
    if (flag === undefined || flag.atMs === atMs) return;
    const { type, index } = subject;
    const next = type === 'fault' ? index : indexAfterMove(interventions, index, atMs);
    const hadFocus = this.#hasFocus;
    withUndo(workbench, this.#words.moved(flag.name, workbench.format.instant(atMs)), () => {
      if (type === 'fault') player.define(withMovedFault(player.scenario, index, atMs));
      else player.moveIntervention(index, atMs);
    });
    workbench.select({ type, index: next });
    if (hadFocus) void this.#focus(`${type} ${String(next)}`);
  }

  remove(subject: FlagSubject): void {
    const { workbench } = this.#view;
    const { playerNow: player } = workbench;
    const flags = this.#flags;
    const at = flags.findIndex((flag) => isOf(flag, subject));
    const hadFocus = this.#hasFocus;
    workbench.select(undefined);
    withUndo(workbench, this.#words.removed(flags[at]?.name ?? ''), () => {
      if (subject.type === 'fault') player.define(withoutFault(player.scenario, subject.index));
      else player.removeIntervention(subject.index);
    });
    const next = this.#flags[Math.min(at, this.#flags.length - 1)]?.subject;
    if (!hadFocus) return;
    if (next !== undefined) void this.#focus(`${next.type} ${String(next.index)}`);
    // With the last one the keyboard stays on the timeline.
    else this.list?.closest<HTMLElement>('[data-pane]')?.focus();
  }

  toggle(subject: FlagSubject): void {
    const { workbench } = this.#view;
    const { playerNow: player } = workbench;
    const { name = '', disabled = false } = this.#flag(subject) ?? {};
    withUndo(workbench, disabled ? this.#words.wasEnabled(name) : this.#words.wasDisabled(name), () => {
      if (subject.type === 'fault') player.define(withEnabledFault(player.scenario, subject.index, disabled));
      else player.setInterventionEnabled(subject.index, disabled);
    });
  }

  get #words() {
    return this.#view.workbench.t.timeline;
  }

  get #hasFocus(): boolean {
    return this.list?.contains(document.activeElement) === true;
  }

  /** As they are now, which may be ahead of what is drawn. */
  get #flags(): readonly Omit<Flag, 'x'>[] {
    const { faults = [], interventions } = this.#view.workbench.playerNow.scenario;
    return flagsOf(faults, interventions, this.#words);
  }

  #flag(subject: FlagSubject): Omit<Flag, 'x'> | undefined {
    return this.#flags.find((flag) => isOf(flag, subject));
  }

  /** The flags are drawn anew with the next version of the player. */
  async #focus(flag: string): Promise<void> {
    await tick();
    await tick();
    this.list?.querySelector<HTMLElement>(`[data-flag="${flag}"]`)?.focus();
  }
}

function isOf({ subject }: Omit<Flag, 'x'>, { type, index }: FlagSubject): boolean {
  return subject.type === type && subject.index === index;
}
