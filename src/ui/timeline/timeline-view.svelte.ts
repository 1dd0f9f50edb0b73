import { FoldedTime, foldMinMs } from '../../projections/folded-time';
import { waitMinMs } from '../../projections/lanes';
import { LogTime, niceStep, type TimeScale } from '../../projections/time-scale';
import { runIndexOf, type RunIndex } from '../stage/run-index.svelte';
import type { Workbench } from '../workbench.svelte';
import type { LaneTip } from './lane-tip';
import {
  clampWindow,
  ease,
  followWindow,
  isSameWindow,
  panWindow,
  ticksOf,
  windowBetween,
  zoomWindow,
  type TimeWindow,
} from './time-window';

/** Three answers to how long waits are to be shown: one switch. */
export const scaleKinds = ['folded', 'log', 'true'] as const;
export type ScaleKind = (typeof scaleKinds)[number];

/** Of playing at the speed that the scenario suggests; at least so much of its own time. */
const firstWindowMs = 10_000;
const foldWidthPx = 56;
const moveMs = 200;

interface Jump {
  readonly playheadMs: number;
  readonly from: TimeWindow;
  /** The run is not computed, or not read, as far as the playhead is to go. */
  readonly isOnItsWay: boolean;
}

/** The timeline's view-model: which window of time is on show, how it maps onto the width, and what is marked in it. */
export class TimelineView {
  readonly workbench: Workbench;
  readonly index: RunIndex;
  widthPx = $state(600);
  scale: ScaleKind = $state('folded');
  /** What the reader chose; until then the beginning of the run, whole if it is short. */
  #chosen: TimeWindow | undefined = $state.raw();
  #following = $state(true);
  #range: TimeWindow | undefined = $state.raw();
  /** A press on the lanes begins a range instead of moving the picture. */
  rangeTool = $state(false);
  hoverX: number | undefined = $state();
  /** What lies under the pointer, with its place on the lanes. */
  tip: { readonly x: number; readonly y: number; readonly tip: LaneTip } | undefined = $state.raw();
  #move: number | undefined;
  /** Whither and from which window it jumped, while the one on show may still turn out otherwise. */
  #jump: Jump | undefined;

  /** End of the whole run: of the computed one when that has ended, else of the scenario. */
  readonly endMs = $derived.by(() => {
    const { player } = this.workbench;
    return Math.max(1, player.ended ? player.computedToMs : Math.max(player.scenario.durationMs, player.computedToMs));
  });
  readonly #firstWindowMs = $derived.by(() => firstWindowMs * Math.max(1, this.workbench.player.scenario.speed));
  readonly window: TimeWindow = $derived(
    clampWindow(this.#chosen ?? { fromMs: 0, toMs: Math.min(this.endMs, this.#firstWindowMs) }, this.endMs),
  );
  /** Of the whole run, as far as this window folds them. */
  readonly waits = $derived.by(() => this.#waitsIn(this.window));
  readonly time: TimeScale = $derived.by(() => this.#timeIn(this.window));
  readonly ticks = $derived(ticksOf(this.time));
  readonly folds = $derived(this.time.segments.filter((segment) => segment.folded));

  /** Up to here lanes and charts know the run: behind what is computed while that is being read. */
  readonly knownToMs = $derived.by(() => {
    const { log, computedToMs } = this.workbench.player;
    return this.index.lanes.length < log.length ? Math.min(this.index.readToMs, computedToMs) : computedToMs;
  });

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.index = runIndexOf(workbench);
  }

  /** Rows are as high as a finger on a phone. */
  get laneHeightPx(): number {
    return this.workbench.layout.isPhone ? 44 : 16;
  }

  get playheadX(): number {
    return this.time.msToX(this.workbench.player.playheadMs);
  }

  get range(): TimeWindow | undefined {
    return this.#range;
  }

  zoomAt(x: number, factor: number): void {
    this.#choose(zoomWindow(this.time, x, factor, this.endMs));
  }

  /** Around the playhead when it is in sight, else around the middle. */
  zoom(factor: number): void {
    const x = this.time.msToX(this.workbench.playerNow.playheadMs);
    this.#glide(zoomWindow(this.time, x >= 0 && x <= this.time.width ? x : this.time.width / 2, factor, this.endMs));
  }

  pan(byPx: number): void {
    this.#choose(panWindow(this.time, byPx, this.endMs));
  }

  show(window: TimeWindow): void {
    this.#choose(this.#ordered(window));
  }

  fit(): void {
    this.#glide({ fromMs: 0, toMs: this.endMs });
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
    const { playheadMs, status } = this.workbench.playerNow;
    if (!this.#following || this.#move !== undefined) return;
    const playing = status === 'playing';
    const isSame = this.#jump !== undefined && (this.#jump.playheadMs === playheadMs || this.#jump.isOnItsWay);
    const from = !playing && isSame ? this.#jump!.from : this.window;
    const next = followWindow(this.#timeIn(from), playheadMs, { endMs: this.endMs, playing });
    // Where waits are not known yet, hours are as wide as the seconds that run: the jump is made again as more is known.
    const { knownToMs } = this;
    const isOpen = next !== undefined && !playing && next.toMs >= knownToMs && knownToMs < this.endMs;
    this.#jump = isOpen ? { playheadMs, from, isOnItsWay: playheadMs >= knownToMs } : undefined;
    // The window that already is: of a run that has just been opened the playhead may lie beyond the end that is known here yet, and
    // no window would ever hold it.
    if (next !== undefined && !isSameWindow(next, this.window)) this.#chosen = next;
  }

  #waitsIn({ fromMs, toMs }: TimeWindow) {
    const all = this.index.lanes.waits(waitMinMs);
    const leastMs = foldMinMs(toMs - fromMs, all, fromMs);
    return all.filter((wait) => wait.toMs - wait.fromMs >= leastMs);
  }

  #timeIn(window: TimeWindow): TimeScale {
    const width = Math.max(1, this.widthPx);
    if (this.scale === 'log') return new LogTime({ ...window, width });
    const folds = this.scale === 'folded' ? this.#waitsIn(window) : [];
    return new FoldedTime({ ...window, width, folds, foldWidth: foldWidthPx });
  }

  /** Between two instants in any order; a range of nothing is none. */
  selectRange(oneMs: number, otherMs: number): void {
    const [fromMs, toMs] = [Math.min(oneMs, otherMs), Math.max(oneMs, otherMs)];
    const inside = { fromMs: Math.max(0, fromMs), toMs: Math.min(this.endMs, toMs) };
    this.#range = inside.toMs > inside.fromMs ? inside : undefined;
  }

  /** By keys: the end that stood at `fromMs` goes along; otherwise a range begins there. */
  extendRange(fromMs: number, toMs: number): void {
    const range = this.#range;
    if (range?.toMs === fromMs) this.selectRange(range.fromMs, toMs);
    else if (range?.fromMs === fromMs) this.selectRange(range.toMs, toMs);
    else this.selectRange(fromMs, toMs);
  }

  clearRange(): void {
    this.#range = undefined;
    this.rangeTool = false;
  }

  zoomToRange(): void {
    if (this.#range !== undefined) this.#glide(this.#ordered(this.#range));
  }

  /** Ends what moves by itself. */
  destroy(): void {
    if (this.#move !== undefined) cancelAnimationFrame(this.#move);
    this.#move = undefined;
  }

  #ordered({ fromMs, toMs }: TimeWindow): TimeWindow {
    const [first, last] = fromMs <= toMs ? [fromMs, toMs] : [toMs, fromMs];
    return clampWindow({ fromMs: first, toMs: Math.max(last, first + 5) }, this.endMs);
  }

  #choose(window: TimeWindow): void {
    this.destroy();
    this.#jump = undefined;
    // At the end of the run the wheel turns on and nothing moves.
    if (window.fromMs !== this.window.fromMs || window.toMs !== this.window.toMs) this.#chosen = window;
    const { playheadMs } = this.workbench.playerNow;
    this.#following = playheadMs >= window.fromMs && playheadMs <= window.toMs;
  }

  /** Buttons move the window in 200 ms, the wheel at once. Nothing moves by itself for those who asked for that. */
  #glide(to: TimeWindow): void {
    const from = this.window;
    this.#choose(to);
    if (document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#chosen = from;
    let beganAt: number | undefined;
    const step = (now: number): void => {
      beganAt ??= now;
      const share = (now - beganAt) / moveMs;
      this.#chosen = windowBetween(from, to, share >= 1 ? 1 : ease(share));
      this.#move = share >= 1 ? undefined : requestAnimationFrame(step);
    };
    this.#move = requestAnimationFrame(step);
  }
}
