import { wholeMicroseconds } from '../kernel/instant';
import type { SystemState } from '../projections/system';
import { firstDifferenceMs } from '../scenario/first-difference';
import { clampSpeed, emptyScenario } from '../scenario/limits';
import type { Scenario } from '../scenario/scenario';
import type { KeptBranches } from '../storage/protocol';
import { Bell } from './bell';
import { Branches, type Change } from './branches';
import { ComputedRun, type CreateSandbox, type RunObserver } from './computed-run';
import {
  asDefinition,
  fileEdits,
  newestFiles,
  withEditsFromStart,
  withEnabledIntervention,
  withFiles,
  withInterventions,
  withMovedIntervention,
  withNewFile,
  withoutFile,
  withoutIntervention,
  withRenamedFile,
} from './definition';
import type { Branch, InterventionRequest, Opening, Player, PlayerStatus, RecordedRun } from './player-face';
import type { SegmentedLog } from './run-log';
import { Ticker, type RealTime } from './ticker';

/**
 * The one impure driver. It has a run computed and keeps the playhead.
 *
 * Invariants
 * 1. The playhead only chooses how much of the log is shown, and never passes what is computed. While a run is computed anew it
 *    waits at the end of what is there, and goes on to where it was as soon as that exists. In whole microseconds, as all instants.
 * 2. Every change is a new definition, which can be taken back. What it gives up of what was on show stays as a branch.
 * 3. Of what was opened without playing nothing is computed before `run`: whatever else would need it is refused.
 */
export class RunPlayer implements Player {
  readonly #run: ComputedRun;
  readonly #ticker: Ticker;
  readonly #branches = new Branches(emptyScenario);
  readonly #changes = new Bell();
  readonly #refusals = new Bell();
  readonly log: SegmentedLog;
  readonly onChange = this.#changes.on;
  readonly onRefused = this.#refusals.on;
  #shown: Scenario = emptyScenario;
  #isEmpty = true;
  #position = 0;
  #playheadMs = 0;
  /** The latest instant of the branch that was on show. */
  #seenMs = 0;
  /** Where the playhead wants to be, while that is not computed yet. */
  #wantedMs: number | undefined;
  /** Opened and not run yet. */
  #dormant = false;
  #pauseAtMs: number | undefined;
  #speed = 1;

  constructor(parts: RealTime & { readonly createSandbox: CreateSandbox }) {
    this.#ticker = new Ticker(parts, (elapsedMs) => this.#play(elapsedMs));
    this.#run = new ComputedRun(parts.createSandbox, () => this.#progressed());
    this.log = this.#run.log;
  }

  get scenario(): Scenario {
    return this.#shown;
  }

  /** What the run is defined by: the files that it begins with, and every intervention. This is what a link carries. */
  get definition(): Scenario {
    return this.#branches.definition;
  }

  get status(): PlayerStatus {
    if (this.#isEmpty) return 'empty';
    if (this.#run.failed) return 'failed';
    if (this.#dormant) return 'waiting';
    if (!this.#run.settled) return 'loading';
    return this.#ticker.running ? 'playing' : 'ready';
  }

  get problem(): Player['problem'] {
    return this.#run.problem;
  }

  get position(): number {
    return this.#position;
  }

  get playheadMs(): number {
    return this.#playheadMs;
  }

  get computedToMs(): number {
    return this.#run.computedToMs;
  }

  get ended(): boolean {
    return this.#run.ended;
  }

  get digest(): string | undefined {
    return this.#run.digest;
  }

  get speed(): number {
    return this.#speed;
  }

  get system(): SystemState {
    return this.#run.systemAt(this.#position);
  }

  get branches(): readonly Branch[] {
    return this.#branches.list;
  }

  get canUndo(): boolean {
    return this.#branches.canUndo;
  }

  get canRedo(): boolean {
    return this.#branches.canRedo;
  }

  /** Where the reader is: where the playhead stands, or goes back to as soon as the run is computed anew. */
  get #hereMs(): number {
    return this.#wantedMs !== undefined && this.#wantedMs <= this.#seenMs ? this.#wantedMs : this.#playheadMs;
  }

  observe(observer: RunObserver): () => void {
    this.#run.observers.add(observer);
    return () => this.#run.observers.delete(observer);
  }

  open(scenario: Scenario, { autoplay, atMs, pauseAtMs }: Opening): void {
    this.#ticker.stop();
    this.#run.leave();
    this.#reset(scenario, pauseAtMs);
    this.#dormant = true;
    if (atMs !== undefined) this.#begin(0);
    if (autoplay) this.run();
    else this.seek(atMs ?? 0);
    this.#changes.ring();
  }

  openRecorded({ scenario, segments, ended, digest, branches, seen }: RecordedRun): void {
    this.#ticker.stop();
    this.#run.adopt(segments, { ended, digest });
    this.#reset(scenario, undefined, branches);
    if (seen) this.#seenMs = this.#run.computedToMs;
    // A run that was cut short goes on being computed behind what was kept.
    if (!ended) this.#begin(this.log.length);
    this.#changes.ring();
  }

  run(): void {
    if (this.#isEmpty || this.#ticker.running) return;
    if (this.#run.failed) return this.restart();
    if (this.#dormant) this.#begin(0);
    if (this.ended && this.#playheadMs >= this.computedToMs) this.#moveTo(0);
    this.#ticker.start();
    this.#computeAhead();
    this.#changes.ring();
  }

  pause(): void {
    this.#ticker.stop();
    this.#changes.ring();
  }

  restart(): void {
    if (this.#isEmpty || this.#refuses()) return;
    this.#wantedMs = undefined;
    this.#moveTo(0);
    const anew = withEditsFromStart(this.definition, this.#branches.opened);
    if (anew !== this.definition) this.#change(anew);
    else if (this.#run.failed) this.#begin(0);
    this.run();
    this.#changes.ring();
  }

  runToEnd(): void {
    if (this.#isEmpty || this.#refuses()) return;
    this.#ticker.stop();
    this.#wantedMs = Infinity;
    if (this.ended) this.#reach();
    else this.#run.ask(this.definition.durationMs);
    this.#changes.ring();
  }

  stepForward(): void {
    if (this.#refuses()) return;
    this.pause();
    if (this.#position < this.log.length) this.seekTo(this.#position + 1);
    this.#computeAhead();
  }

  stepBack(): void {
    this.pause();
    if (this.#position > 0) this.seekTo(this.#position - 1);
  }

  seek(atMs: number): void {
    if (atMs > 0 && this.#refuses()) return;
    const toMs = Math.max(0, wholeMicroseconds(atMs));
    this.#wantedMs = toMs > this.computedToMs && !this.ended ? toMs : undefined;
    this.#moveTo(Math.min(toMs, this.computedToMs));
    this.#computeAhead();
    this.#changes.ring();
  }

  seekTo(position: number): void {
    this.#wantedMs = undefined;
    this.#position = Math.max(0, Math.min(position, this.log.length));
    this.#playheadMs = this.#position === 0 ? 0 : this.log.entry(this.#position - 1).atMs;
    this.#seenMs = Math.max(this.#seenMs, this.#playheadMs);
    this.#computeAhead();
    this.#changes.ring();
  }

  setSpeed(speed: number): void {
    this.#speed = clampSpeed(speed);
    this.#computeAhead();
    this.#changes.ring();
  }

  setSeed(seed: number): void {
    if (seed !== this.definition.seed) this.#change({ ...this.definition, seed });
  }

  intervene(what: InterventionRequest, ...more: readonly InterventionRequest[]): void {
    if (this.#refuses()) return;
    const atMs = this.#hereMs;
    // Going on from where one is gives up nothing that anybody has seen.
    const forkMs = this.#seenMs > atMs ? atMs : undefined;
    const joins = what.type === 'file.edit' && more.length === 0 ? `edit ${what.file} ${String(atMs)}` : undefined;
    this.#change(withInterventions(this.definition, [what, ...more], atMs), { forkMs, joins }, true);
  }

  removeIntervention(index: number): void {
    this.#change(withoutIntervention(this.definition, index));
  }

  moveIntervention(index: number, atMs: number): void {
    this.#change(withMovedIntervention(this.definition, index, Math.max(0, atMs)));
  }

  setInterventionEnabled(index: number, enabled: boolean): void {
    this.#change(withEnabledIntervention(this.definition, index, enabled));
  }

  editFiles(sources: Readonly<Record<string, string>>): void {
    const [edit, ...more] = fileEdits(this.#shown, sources);
    if (edit === undefined) return;
    if (this.#hereMs > 0) return this.intervene(edit, ...more);
    this.#change(withFiles(this.definition, [edit, ...more]), more.length > 0 ? {} : { joins: `edit ${edit.file}` });
  }

  addFile(file: string, source: string): void {
    this.#change(withNewFile(this.definition, file, source));
  }

  renameFile(file: string, name: string): void {
    this.#change(withRenamedFile(this.definition, file, name));
  }

  removeFile(file: string): void {
    this.#change(withoutFile(this.definition, file));
  }

  define(scenario: Scenario): void {
    this.#change(asDefinition(scenario, this.definition));
  }

  undo(): void {
    this.#follow(() => this.#branches.undo());
  }

  redo(): void {
    this.#follow(() => this.#branches.redo());
  }

  switchBranch(id: number): void {
    this.#follow(() => this.#branches.switchTo(id));
  }

  renameBranch(id: number, name: string | undefined): void {
    this.#follow(() => this.#branches.rename(id, name));
  }

  removeBranch(id: number): void {
    this.#follow(() => this.#branches.remove(id));
  }

  /** Gives up what runs. */
  close(): void {
    this.#ticker.stop();
    this.#run.close();
  }

  #reset(scenario: Scenario, pauseAtMs: number | undefined, branches?: KeptBranches): void {
    this.#branches.reset(scenario, branches);
    this.#show();
    this.#isEmpty = false;
    this.#dormant = false;
    this.#pauseAtMs = pauseAtMs;
    this.#speed = clampSpeed(scenario.speed);
    this.#wantedMs = undefined;
    this.#seenMs = 0;
    this.#moveTo(0);
  }

  #change(definition: Scenario, change?: Change, begins?: boolean): void {
    this.#follow(() => this.#branches.change(definition, change), begins);
    if (change?.forkMs !== undefined) this.#seenMs = change.forkMs;
  }

  /** Another definition after `change`: what may differ is computed again; a playhead on its way back goes on to where it was. */
  #follow(change: () => void, begins = this.#position > 0 || this.#wantedMs !== undefined): void {
    const before = this.definition;
    change();
    this.#show();
    const fromMs = firstDifferenceMs(before, this.definition);
    if (this.#dormant || fromMs === Infinity) {
      if (!this.#dormant) for (const observer of this.#run.observers) observer.redefined(this.definition);
      this.#tellBranches();
    } else {
      const atMs = this.#wantedMs ?? this.#playheadMs;
      this.#begin(this.#run.countBefore(fromMs));
      this.#moveTo(Math.min(atMs, this.log.endMs), begins);
      this.#wantedMs = begins ? atMs : undefined;
      this.#computeAhead();
    }
    this.#changes.ring();
  }

  #begin(fromSeq: number): void {
    this.#run.begin(this.definition, fromSeq, { replaces: !this.#dormant && this.#seenMs === 0 });
    this.#dormant = false;
    this.#tellBranches();
    if (fromSeq === 0) this.#seenMs = 0;
    this.#position = Math.min(this.#position, this.log.length);
    this.#computeAhead();
  }

  #tellBranches(): void {
    if (this.#dormant || this.branches.length === 1) return;
    for (const observer of this.#run.observers) observer.branched(this.#branches.kept);
  }

  /** Whether the reader has still to press Run; who wanted more is told so. */
  #refuses(): boolean {
    if (this.#dormant) this.#refusals.ring();
    return this.#dormant;
  }

  #show(): void {
    this.#shown = { ...this.definition, files: newestFiles(this.definition) };
  }

  #progressed(): void {
    if (this.#run.failed) this.#ticker.stop();
    this.#reach();
    this.#computeAhead();
    this.#changes.ring();
  }

  /** Moves on to where the playhead wants to be, as far as that is computed. */
  #reach(): void {
    const atMs = this.#wantedMs;
    if (atMs === undefined) return;
    this.#moveTo(Math.min(atMs, this.computedToMs), true);
    if (atMs < this.computedToMs || this.ended) this.#wantedMs = undefined;
  }

  /** `begins`: at zero, whether what happens then is on show, or that nothing has begun. */
  #moveTo(atMs: number, begins = atMs > 0 || this.status === 'playing'): void {
    this.#playheadMs = atMs;
    this.#seenMs = Math.max(this.#seenMs, atMs);
    this.#position = begins ? this.log.countAt(atMs) : 0;
  }

  #computeAhead(): void {
    this.#run.keepAhead(Math.max(this.#playheadMs, this.#wantedMs ?? 0), this.#speed);
  }

  #play(elapsedMs: number): void {
    // While the run is computed anew the playhead waits to be where it was, and does not run on meanwhile.
    if (this.status !== 'playing' || this.#wantedMs !== undefined) return;
    const stopMs = this.#pauseAtMs ?? Infinity;
    const nextMs = wholeMicroseconds(this.#playheadMs + elapsedMs * this.#speed);
    this.#moveTo(Math.min(nextMs, this.computedToMs, stopMs));
    const isThere = this.#playheadMs >= stopMs;
    if (isThere) this.#pauseAtMs = undefined;
    if (isThere || (this.ended && this.#playheadMs >= this.computedToMs)) this.#ticker.stop();
    else this.#computeAhead();
    this.#changes.ring();
  }
}
