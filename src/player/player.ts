import { applyEntry, copySystem, createSystem, type SystemState } from '../projections/system';
import { Timeline } from '../projections/snapshots';
import type { Sandbox, SandboxEvent, SandboxOptions } from '../sandbox/host';
import type { Scenario } from '../scenario/scenario';
import {
  hasEdits,
  newestFiles,
  withEditsFromStart,
  withFile,
  withIntervention,
  withMovedIntervention,
  withNewFile,
  withoutFile,
  withoutIntervention,
  withRenamedFile,
} from './definition';
import type { InterventionRequest, Player, PlayerProblem, PlayerStatus } from './player-face';
import { SegmentedLog, type Segment } from './run-log';

/** What the player needs of the outside: a place to run, real time, and turns in which to move the playhead. */
export interface PlayerParts {
  createSandbox(options: Pick<SandboxOptions, 'onEvent'>): Sandbox;
  /** Real milliseconds. */
  nowMs(): number;
  /** Calls back soon, about once per frame. Returns what cancels it. */
  onFrame(callback: () => void): () => void;
}

/** Told what is recorded: each call as it happens, in order. */
export interface RunObserver {
  /**
   * A run begins, or the one before is cut back to its first `fromSeq` entries and goes on differently. `replaces`: nobody has
   * seen anything of the run before yet, so the new one takes its place.
   */
  begun(definition: Scenario, how: { readonly fromSeq: number; readonly replaces: boolean }): void;
  /** What it returns holds the computation up, so that no more waits to be kept than fits in memory. */
  segment(segment: Segment): void | Promise<void>;
  ended(digest: string | undefined): void;
}

/** How far ahead of the playhead is computed, in virtual milliseconds at least. */
const lookAheadMs = 60_000;
/** And in seconds of playing at the present speed. */
const lookAheadSeconds = 20;
export const speedMin = 0.05;
export const speedMax = 1_000;

/**
 * The one impure driver. It has a run computed, receives its log, and keeps the playhead.
 *
 * Invariants
 * 1. The log depends on the definition alone; the playhead only chooses how much of it is shown.
 * 2. The playhead never passes what is computed. While a run is computed anew it waits at the end of what is there, and
 *    goes on to where it was as soon as that exists.
 * 3. What was computed before the instant of a change stays: only what lies after it is computed again.
 */
export class RunPlayer implements Player {
  readonly log = new SegmentedLog();
  readonly #parts: PlayerParts;
  readonly #sandbox: Sandbox;
  readonly #listeners = new Set<() => void>();
  readonly #observers = new Set<RunObserver>();
  readonly #timeline = new Timeline<SystemState>(
    { create: createSystem, apply: applyEntry, copy: copySystem },
    { read: (seq) => this.log.entry(seq) },
  );
  #definition: Scenario = emptyScenario;
  #shown: Scenario = emptyScenario;
  #status: PlayerStatus = 'empty';
  #problem: PlayerProblem | undefined;
  #position = 0;
  #playheadMs = 0;
  /** Where the playhead wants to be, while that is not computed yet. */
  #wanted: { readonly atMs: number } | undefined;
  #computedToMs = 0;
  #askedToMs = 0;
  #run = -1;
  /** Opened and not run yet. */
  #dormant = false;
  #pauseAtMs: number | undefined;
  #ended = false;
  #digest: string | undefined;
  #speed = 1;
  #playing: { cancel: () => void; lastMs: number } | undefined;

  constructor(parts: PlayerParts) {
    this.#parts = parts;
    this.#sandbox = parts.createSandbox({ onEvent: (event) => this.#receive(event) });
  }

  get scenario(): Scenario {
    return this.#shown;
  }

  /** What the run is defined by: the files that it begins with, and every intervention. This is what a link carries. */
  get definition(): Scenario {
    return this.#definition;
  }

  get status(): PlayerStatus {
    return this.#status;
  }

  get problem(): PlayerProblem | undefined {
    return this.#problem;
  }

  get position(): number {
    return this.#position;
  }

  get playheadMs(): number {
    return this.#playheadMs;
  }

  get computedToMs(): number {
    return this.#computedToMs;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get digest(): string | undefined {
    return this.#digest;
  }

  get speed(): number {
    return this.#speed;
  }

  get system(): SystemState {
    return this.#timeline.at(this.#position);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  observe(observer: RunObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /**
   * Without `autoplay` nothing of the scenario runs before the reader asks for it, so that code of somebody else's can be
   * read first. `pauseAtMs`: playing stops there once.
   */
  open(scenario: Scenario, options: { readonly autoplay: boolean; readonly pauseAtMs?: number | undefined }): void {
    this.#stopPlaying();
    this.#speed = clampSpeed(scenario.speed);
    this.#pauseAtMs = options.pauseAtMs;
    this.#wanted = undefined;
    this.#position = 0;
    this.#playheadMs = 0;
    if (options.autoplay) {
      this.#define(scenario, 0);
      this.run();
    } else {
      this.#sleep(scenario);
    }
    this.#changed();
  }

  /** Shows a run that was recorded, without computing it; any change to it computes it as usual. */
  openRecorded(
    scenario: Scenario,
    segments: readonly Segment[],
    recorded: { readonly ended: boolean; readonly digest: string | undefined },
  ): void {
    this.#stopPlaying();
    this.#sandbox.kill();
    this.#dormant = false;
    this.#pauseAtMs = undefined;
    this.#speed = clampSpeed(scenario.speed);
    this.#setDefinition(scenario);
    this.log.clear();
    this.#timeline.forget(0);
    for (const segment of segments) this.log.add(segment);
    this.#run = -1;
    this.#problem = undefined;
    this.#ended = recorded.ended;
    this.#digest = recorded.digest;
    this.#computedToMs = this.log.endMs;
    this.#askedToMs = this.log.endMs;
    this.#wanted = undefined;
    this.#status = 'ready';
    this.#moveTo(0);
    // A run that was cut short goes on being computed behind what was kept.
    if (!recorded.ended) this.#define(scenario, this.log.length);
    this.#changed();
  }

  run(): void {
    if (this.#status === 'empty' || this.#playing) return;
    this.#wake();
    if (this.#ended && this.#playheadMs >= this.#computedToMs) this.#moveTo(0);
    this.#playing = { lastMs: this.#parts.nowMs(), cancel: () => undefined };
    if (this.#status !== 'loading') this.#status = 'playing';
    this.#nextFrame();
    this.#computeAhead();
    this.#changed();
  }

  pause(): void {
    this.#stopPlaying();
    if (this.#status === 'playing') this.#status = 'ready';
    this.#changed();
  }

  restart(): void {
    if (this.#status === 'empty') return;
    if (hasEdits(this.#definition) || this.#status === 'failed') {
      this.#moveTo(0);
      this.#define(withEditsFromStart(this.#definition), 0);
    }
    this.#wanted = undefined;
    this.#moveTo(0);
    this.run();
    this.#changed();
  }

  runToEnd(): void {
    if (this.#status === 'empty') return;
    this.#stopPlaying();
    this.#wake();
    this.#wanted = { atMs: Infinity };
    if (this.#ended) this.#reach();
    else this.#ask(this.#definition.durationMs);
    if (this.#status === 'playing') this.#status = 'ready';
    this.#changed();
  }

  stepForward(): void {
    this.pause();
    this.#wake();
    if (this.#position < this.log.length) this.seekTo(this.#position + 1);
    this.#computeAhead();
  }

  stepBack(): void {
    this.pause();
    if (this.#position > 0) this.seekTo(this.#position - 1);
  }

  seek(atMs: number): void {
    if (atMs > 0) this.#wake();
    this.#wanted = atMs > this.#computedToMs && !this.#ended ? { atMs } : undefined;
    this.#moveTo(Math.max(0, Math.min(atMs, this.#computedToMs)));
    this.#computeAhead();
    this.#changed();
  }

  seekTo(position: number): void {
    this.#wanted = undefined;
    this.#position = Math.max(0, Math.min(position, this.log.length));
    this.#playheadMs = this.#position === 0 ? 0 : this.log.entry(this.#position - 1).atMs;
    this.#computeAhead();
    this.#changed();
  }

  setSpeed(speed: number): void {
    this.#speed = clampSpeed(speed);
    this.#computeAhead();
    this.#changed();
  }

  setSeed(seed: number): void {
    if (seed === this.#definition.seed) return;
    this.#again({ ...this.#definition, seed });
  }

  intervene(what: InterventionRequest): void {
    this.#wake();
    this.#change(withIntervention(this.#definition, what, this.#playheadMs), this.#playheadMs);
  }

  removeIntervention(index: number): void {
    const removed = this.#definition.interventions[index];
    if (removed) this.#change(withoutIntervention(this.#definition, index), removed.atMs, { before: true });
  }

  moveIntervention(index: number, atMs: number): void {
    const moved = this.#definition.interventions[index];
    if (moved === undefined || moved.atMs === atMs) return;
    this.#change(withMovedIntervention(this.#definition, index, Math.max(0, atMs)), Math.min(moved.atMs, atMs), {
      before: true,
    });
  }

  editFile(file: string, source: string): void {
    if (this.#shown.files[file] === source) return;
    if (this.#playheadMs === 0) this.#again(withFile(this.#definition, file, source));
    else this.intervene({ type: 'file.edit', file, source });
  }

  addFile(file: string, source: string): void {
    this.#again(withNewFile(this.#definition, file, source));
  }

  renameFile(file: string, name: string): void {
    this.#again(withRenamedFile(this.#definition, file, name));
  }

  removeFile(file: string): void {
    this.#again(withoutFile(this.#definition, file));
  }

  /** Gives up what runs. */
  close(): void {
    this.#stopPlaying();
    this.#sandbox.close();
  }

  /** The same run from its beginning, defined differently; the playhead goes back to where it was once that is computed. */
  #again(definition: Scenario): void {
    if (this.#dormant) {
      this.#setDefinition(definition);
      this.#changed();
      return;
    }
    const atMs = this.#playheadMs;
    this.#moveTo(0);
    this.#define(definition, 0, { replaces: atMs === 0 });
    this.#wanted = atMs > 0 ? { atMs } : undefined;
    this.#computeAhead();
    this.#changed();
  }

  /** The scenario is there to be read; nothing of it runs. */
  #sleep(scenario: Scenario): void {
    this.#sandbox.kill();
    this.#run = -1;
    this.#setDefinition(scenario);
    this.log.clear();
    this.#timeline.forget(0);
    this.#ended = false;
    this.#digest = undefined;
    this.#problem = undefined;
    this.#computedToMs = 0;
    this.#status = 'ready';
    this.#dormant = true;
  }

  #wake(): void {
    if (!this.#dormant) return;
    this.#define(this.#definition, 0);
  }

  /** What lies after an instant is computed again; with `before`, the interventions of the instant itself too. */
  #change(definition: Scenario, atMs: number, { before = false } = {}): void {
    const wantedMs = this.#playheadMs;
    const kept = before ? this.#countBeforeInterventions(atMs) : this.#countWithoutEnd(atMs);
    const wasPlaying = this.#playing !== undefined;
    this.#define(definition, kept);
    this.#moveTo(Math.min(wantedMs, this.log.endMs));
    this.#wanted = { atMs: wantedMs };
    if (wasPlaying) this.#status = 'playing';
    this.#computeAhead();
    this.#changed();
  }

  /** Entries up to and including an instant; what only the end of the run wrote does not count. */
  #countWithoutEnd(atMs: number): number {
    let count = this.log.countAt(atMs);
    while (count > 0 && /^(run\.ended|delivery\.stalled)$/.test(this.log.entry(count - 1).type)) count--;
    return count;
  }

  /** Entries before the first intervention at or after an instant. */
  #countBeforeInterventions(atMs: number): number {
    let count = this.log.countAt(atMs);
    while (count > 0 && this.log.entry(count - 1).atMs >= atMs) count--;
    const end = this.log.countAt(atMs);
    while (count < end && !this.log.entry(count).type.startsWith('intervention.')) count++;
    return Math.min(count, this.#countWithoutEnd(atMs));
  }

  /** Has the run computed from its beginning in a new sandbox, and sent from an entry on. */
  #define(definition: Scenario, fromSeq: number, { replaces = false } = {}): void {
    this.#dormant = false;
    this.#setDefinition(definition);
    this.log.truncate(fromSeq);
    this.#timeline.forget(fromSeq);
    this.#position = Math.min(this.#position, this.log.length);
    this.#problem = undefined;
    this.#ended = false;
    this.#digest = undefined;
    this.#computedToMs = fromSeq === 0 ? 0 : this.log.endMs;
    for (const observer of this.#observers) observer.begun(definition, { fromSeq, replaces });
    this.#run = this.#sandbox.start({ scenario: definition, fromSeq });
    this.#askedToMs = 0;
    if (fromSeq === 0) this.#status = 'loading';
    this.#computeAhead();
  }

  #setDefinition(definition: Scenario): void {
    this.#definition = definition;
    this.#shown = { ...definition, files: newestFiles(definition) };
  }

  #receive(event: SandboxEvent): void | Promise<void> {
    if (event.run !== this.#run) return;
    let kept: void | Promise<void> = undefined;
    switch (event.type) {
      case 'segment':
        kept = this.#receiveSegment(event);
        break;
      case 'advanced':
        this.#computedToMs = Math.max(this.#computedToMs, event.ended ? this.log.endMs : event.atMs);
        if (event.ended) this.#finish(event.digest);
        this.#settle();
        break;
      case 'fell-silent':
        return;
      case 'unresponsive':
        this.#receiveUnresponsive(event);
        break;
      case 'failed':
        this.#fail(event.message);
        break;
    }
    this.#reach();
    this.#computeAhead();
    this.#changed();
    return kept;
  }

  #receiveSegment(segment: Segment): void | Promise<void> {
    const { firstSeq, count, fromMs, toMs, ndjson } = segment;
    const kept = { firstSeq, count, fromMs, toMs, ndjson };
    const problem = this.log.add(kept);
    if (problem !== undefined) {
      this.#sandbox.kill();
      return this.#fail(`The sandbox sent a log that is wrong: ${problem}`);
    }
    this.#timeline.extend(this.log.length);
    this.#computedToMs = Math.max(this.#computedToMs, toMs);
    this.#settle();
    return this.#tell(kept);
  }

  /** What the observers say to wait for; nothing when there is nothing. */
  #tell(segment: Segment): void | Promise<void> {
    const waits = [...this.#observers].flatMap((observer) => observer.segment(segment) ?? []);
    if (waits.length > 0) return Promise.all(waits).then(() => undefined);
  }

  #receiveUnresponsive(event: Extract<SandboxEvent, { type: 'unresponsive' }>): void {
    const atMs = Math.max(event.atMs, this.log.endMs);
    const { process, what, where } = event;
    const who = {
      ...(process === undefined ? {} : { process }),
      ...(what === undefined ? {} : { listener: what }),
      ...(where === undefined ? {} : { where }),
    };
    this.log.append({ seq: this.log.length, atMs, type: 'run.ended', reason: 'unresponsive', ...who });
    const last = this.log.segments.at(-1);
    if (last) void this.#tell(last);
    this.#problem = { type: 'unresponsive', ...who };
    this.#computedToMs = atMs;
    this.#finish(undefined);
    this.#settle();
  }

  #finish(digest: string | undefined): void {
    this.#ended = true;
    this.#digest = digest;
    for (const observer of this.#observers) observer.ended(digest);
  }

  #fail(message: string): void {
    this.#stopPlaying();
    this.#problem = { type: 'sandbox', message };
    this.#status = 'failed';
    this.#run = -1;
  }

  /** Something can be shown now. */
  #settle(): void {
    if (this.#status === 'loading') this.#status = this.#playing ? 'playing' : 'ready';
  }

  /** Moves on to where the playhead wants to be, as far as that is computed. */
  #reach(): void {
    if (this.#wanted === undefined) return;
    const { atMs } = this.#wanted;
    this.#moveTo(Math.min(atMs, this.#computedToMs));
    if (atMs <= this.#computedToMs || this.#ended) this.#wanted = undefined;
  }

  #moveTo(atMs: number): void {
    this.#playheadMs = atMs;
    this.#position = atMs === 0 && this.#status !== 'playing' ? 0 : this.log.countAt(atMs);
  }

  #ask(untilMs: number): void {
    const until = Math.min(untilMs, this.#definition.durationMs);
    if (this.#run < 0 || this.#ended || until <= this.#askedToMs) return;
    this.#askedToMs = until;
    this.#sandbox.advance(until);
  }

  #computeAhead(): void {
    if (this.#run < 0 || this.#ended) return;
    const ahead = Math.max(lookAheadMs, this.#speed * lookAheadSeconds * 1_000);
    const fromMs = Math.max(this.#playheadMs, Math.min(this.#wanted?.atMs ?? 0, this.#definition.durationMs));
    // Asked for in large steps, so that not every frame asks.
    if (this.#askedToMs < fromMs + ahead / 2) this.#ask(fromMs + ahead);
  }

  #nextFrame(): void {
    if (this.#playing)
      this.#playing.cancel = this.#parts.onFrame(() => {
        this.#frame();
      });
  }

  #frame(): void {
    if (!this.#playing) return;
    const nowMs = this.#parts.nowMs();
    const elapsed = Math.max(0, nowMs - this.#playing.lastMs);
    this.#playing.lastMs = nowMs;
    // While the run is computed anew the playhead waits to be where it was, and does not run on meanwhile.
    if (this.#status === 'playing' && this.#wanted === undefined) {
      const stopMs = this.#pauseAtMs ?? Infinity;
      this.#moveTo(Math.min(this.#playheadMs + elapsed * this.#speed, this.#computedToMs, stopMs));
      if (this.#playheadMs >= stopMs) {
        this.#pauseAtMs = undefined;
        this.pause();
        return;
      }
      if (this.#ended && this.#playheadMs >= this.#computedToMs) {
        this.pause();
        return;
      }
      this.#computeAhead();
      this.#changed();
    }
    this.#nextFrame();
  }

  #stopPlaying(): void {
    this.#playing?.cancel();
    this.#playing = undefined;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function clampSpeed(speed: number): number {
  return Math.min(speedMax, Math.max(speedMin, speed));
}

export const emptyScenario: Scenario = {
  title: '',
  about: '',
  durationMs: 60_000,
  seed: 1,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  processes: [],
  network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
  interventions: [],
  files: {},
  note: '',
};
