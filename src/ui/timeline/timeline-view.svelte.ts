import { FoldedTime, foldMinMs } from '../../projections/folded-time';
import { runIndexOf, type RunIndex } from '../stage/run-index.svelte';
import type { Workbench } from '../workbench.svelte';
import { clampWindow, followWindow, niceStep, panWindow, zoomWindow, type TimeWindow } from './time-window';

const firstWindowMs = 10_000;
const foldWidthPx = 56;

/** The timeline's view-model: which window of time is on show and how it maps onto the width. */
export class TimelineView {
  readonly workbench: Workbench;
  readonly index: RunIndex;
  widthPx = $state(600);
  #folded = $state(true);
  /** What the reader chose; until then the beginning of the run, whole if it is short. */
  #chosen: TimeWindow | undefined = $state.raw();
  #following = $state(true);
  hoverMs: number | undefined = $state();
  /** What lies under the pointer, in words, with its place on the lanes. */
  tip: { readonly x: number; readonly y: number; readonly text: string } | undefined = $state.raw();

  /** End of the whole run: of the computed one when that has ended, else of the scenario. */
  readonly endMs = $derived.by(() => {
    const { player } = this.workbench;
    return Math.max(1, player.ended ? player.computedToMs : Math.max(player.scenario.durationMs, player.computedToMs));
  });
  readonly window: TimeWindow = $derived(
    clampWindow(this.#chosen ?? { fromMs: 0, toMs: Math.min(this.endMs, firstWindowMs) }, { endMs: this.endMs }),
  );
  readonly waits = $derived.by(() => this.index.lanes.waits(foldMinMs(this.window.toMs - this.window.fromMs)));
  readonly time = $derived(
    new FoldedTime({
      ...this.window,
      width: Math.max(1, this.widthPx),
      folds: this.#folded ? this.waits : [],
      foldWidth: foldWidthPx,
    }),
  );

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.index = runIndexOf(workbench);
  }

  get folded(): boolean {
    return this.#folded;
  }

  toggleFolded(): void {
    this.#folded = !this.#folded;
  }

  get playheadX(): number {
    return this.time.msToX(this.workbench.player.playheadMs);
  }

  zoomAt(atMs: number, factor: number): void {
    this.#choose(zoomWindow(this.window, atMs, factor, { endMs: this.endMs }));
  }

  /** Around the playhead when it is in sight, else around the middle. */
  zoom(factor: number): void {
    const { playheadMs } = this.workbench.playerNow;
    const { fromMs, toMs } = this.window;
    this.zoomAt(playheadMs >= fromMs && playheadMs <= toMs ? playheadMs : (fromMs + toMs) / 2, factor);
  }

  pan(byPx: number): void {
    const perPx =
      this.time.pxPerMs > 0 ? 1 / this.time.pxPerMs : (this.window.toMs - this.window.fromMs) / this.widthPx;
    this.#choose(panWindow(this.window, byPx * perPx, { endMs: this.endMs }));
  }

  show(window: TimeWindow): void {
    const [fromMs, toMs] = window.fromMs <= window.toMs ? [window.fromMs, window.toMs] : [window.toMs, window.fromMs];
    this.#choose(clampWindow({ fromMs, toMs: Math.max(toMs, fromMs + 5) }, { endMs: this.endMs }));
  }

  fit(): void {
    this.#chosen = { fromMs: 0, toMs: this.endMs };
    this.#following = true;
  }

  seek(atMs: number): void {
    this.#following = true;
    this.workbench.playerNow.seek(Math.max(0, Math.min(Math.round(atMs * 1000) / 1000, this.endMs)));
  }

  /** The small step of the keyboard: about a hundredth of the window. */
  get stepMs(): number {
    return niceStep((this.window.toMs - this.window.fromMs) / 150);
  }

  /** Turns the page for a playhead that left the window, unless the reader looks elsewhere. */
  follow(): void {
    const { playheadMs } = this.workbench.playerNow;
    if (!this.#following) return;
    const next = followWindow(this.window, playheadMs, { endMs: this.endMs });
    if (next !== this.window) this.#chosen = next;
  }

  #choose(window: TimeWindow): void {
    this.#chosen = window;
    const { playheadMs } = this.workbench.playerNow;
    this.#following = playheadMs >= window.fromMs && playheadMs <= window.toMs;
  }
}
