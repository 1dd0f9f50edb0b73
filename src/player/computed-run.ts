import { applyEntry, copySystem, createSystem, type SystemState } from '../projections/system';
import { Timeline } from '../projections/snapshots';
import type { Sandbox, SandboxEvent, SandboxOptions } from '../sandbox/host';
import type { Scenario } from '../scenario/scenario';
import type { KeptBranches } from '../storage/protocol';
import type { PlayerProblem } from './player-face';
import { SegmentedLog, type Segment } from './run-log';

/** Told what is recorded: each call as it happens, in order. */
export interface RunObserver {
  /**
   * A run begins, or the one before is cut back to its first `fromSeq` entries and goes on differently. `replaces`: nobody has
   * seen anything of the run before yet, so the new one takes its place. `log` holds those entries, and what comes.
   */
  begun(
    definition: Scenario,
    how: { readonly fromSeq: number; readonly replaces: boolean; readonly log: SegmentedLog },
  ): void;
  /** The definition differs in what changes nothing in the run, such as where things stand on the stage. */
  redefined(definition: Scenario): void;
  /** What it returns holds the computation up, so that no more waits to be kept than fits in memory. */
  segment(segment: Segment): void | Promise<void>;
  /** Something else is on show, and nothing of it has been computed yet. */
  left(): void;
  ended(digest: string | undefined): void;
  /** The definitions of all branches of the run, whenever there is more than one. */
  branched(branches: KeptBranches): void;
}

/** How far ahead is computed, in virtual milliseconds at least. */
const lookAheadMs = 60_000;
/** And in seconds of playing at the present speed. */
const lookAheadSeconds = 20;

export type CreateSandbox = (options: Pick<SandboxOptions, 'onEvent'>) => Sandbox;

/**
 * What is computed of a run: has the sandbox compute it, receives its log, and folds it. Knows no playhead.
 *
 * Invariants
 * 1. The log depends on the definition alone.
 * 2. What was computed before the first difference of a changed definition stays; only what lies after it is sent again.
 */
export class ComputedRun {
  readonly log = new SegmentedLog();
  readonly observers = new Set<RunObserver>();
  readonly #sandbox: Sandbox;
  readonly #onProgress: () => void;
  readonly #timeline = new Timeline<SystemState>(
    { create: createSystem, apply: applyEntry, copy: copySystem },
    { read: (seq) => this.log.entry(seq) },
  );
  /** The sandbox's number of it; none while nothing computes. */
  #run: number | undefined;
  #durationMs = 0;
  #askedToMs = 0;
  #computedToMs = 0;
  #settled = true;
  #ended = false;
  #digest: string | undefined;
  #problem: PlayerProblem | undefined;

  /** `onProgress`: called after whatever comes from the sandbox. */
  constructor(createSandbox: CreateSandbox, onProgress: () => void) {
    this.#onProgress = onProgress;
    this.#sandbox = createSandbox({ onEvent: (event) => this.#receive(event) });
  }

  get computedToMs(): number {
    return this.#computedToMs;
  }

  /** Whether there is something to show: false from a beginning until its first entries. */
  get settled(): boolean {
    return this.#settled;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get digest(): string | undefined {
    return this.#digest;
  }

  get problem(): PlayerProblem | undefined {
    return this.#problem;
  }

  /** The sandbox could not do its work. */
  get failed(): boolean {
    return this.#problem?.type === 'sandbox';
  }

  /** Folded over the first `position` entries. */
  systemAt(position: number): SystemState {
    return this.#timeline.at(position);
  }

  /** Has the run computed from its beginning in a new sandbox, and sent from an entry on. */
  begin(definition: Scenario, fromSeq: number, { replaces }: { readonly replaces: boolean }): void {
    this.#cutBack(fromSeq);
    this.#computedToMs = fromSeq === 0 ? 0 : this.log.endMs;
    this.#settled = fromSeq > 0;
    this.#durationMs = definition.durationMs;
    const { log } = this;
    for (const observer of this.observers) observer.begun(definition, { fromSeq, replaces, log });
    this.#run = this.#sandbox.start({ scenario: definition, fromSeq });
  }

  /** Nothing of another scenario is computed yet. */
  leave(): void {
    this.clear();
    for (const observer of this.observers) observer.left();
  }

  /** Nothing is computed, and nothing there. */
  clear(): void {
    this.#sandbox.kill();
    this.#cutBack(0);
    this.#computedToMs = 0;
    this.#settled = true;
  }

  /** A log that was computed another time. */
  adopt(
    segments: readonly Segment[],
    recorded: { readonly ended: boolean; readonly digest: string | undefined },
  ): void {
    this.clear();
    for (const segment of segments) this.log.add(segment);
    this.#ended = recorded.ended;
    this.#digest = recorded.digest;
    this.#computedToMs = this.log.endMs;
  }

  /** Computes on up to an instant, at least. */
  ask(untilMs: number): void {
    const until = Math.min(untilMs, this.#durationMs);
    if (this.#run === undefined || this.#ended || until <= this.#askedToMs) return;
    this.#askedToMs = until;
    this.#sandbox.advance(until);
  }

  /** Stays well ahead of an instant that moves at that speed; asks in large steps, so that not every frame asks. */
  keepAhead(ofMs: number, speed: number): void {
    const fromMs = Math.min(ofMs, this.#durationMs);
    const byMs = Math.max(lookAheadMs, speed * lookAheadSeconds * 1_000);
    if (this.#askedToMs < fromMs + byMs / 2) this.ask(fromMs + byMs);
  }

  /** How many entries stay when what happens at an instant, interventions of that instant included, may be different. */
  countBefore(atMs: number): number {
    const end = this.log.countAt(atMs);
    let count = end;
    while (count > 0 && this.log.entry(count - 1).atMs >= atMs) count--;
    while (count < end && !this.log.entry(count).type.startsWith('intervention.')) count++;
    // What only the end of the run wrote does not count.
    while (count > 0 && /^(run\.ended|delivery\.stalled)$/.test(this.log.entry(count - 1).type)) count--;
    return count;
  }

  close(): void {
    this.#sandbox.close();
  }

  #cutBack(length: number): void {
    this.log.truncate(length);
    this.#timeline.forget(length);
    this.#run = undefined;
    this.#askedToMs = 0;
    this.#ended = false;
    this.#digest = undefined;
    this.#problem = undefined;
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
        this.#settled = true;
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
    this.#onProgress();
    return kept;
  }

  #receiveSegment(segment: Segment): void | Promise<void> {
    const kept = this.log.add(segment);
    if (typeof kept === 'string') {
      this.#sandbox.kill();
      return this.#fail(`The sandbox sent a log that is wrong: ${kept}`);
    }
    this.#timeline.extend(this.log.length);
    this.#computedToMs = Math.max(this.#computedToMs, kept.toMs);
    this.#settled = true;
    return this.#tell(kept);
  }

  /** What the observers say to wait for; nothing when there is nothing. */
  #tell(segment: Segment): void | Promise<void> {
    const waits = [...this.observers].flatMap((observer) => observer.segment(segment) ?? []);
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
    this.#settled = true;
  }

  #finish(digest: string | undefined): void {
    this.#ended = true;
    this.#digest = digest;
    for (const observer of this.observers) observer.ended(digest);
  }

  #fail(message: string): void {
    this.#problem = { type: 'sandbox', message };
    this.#run = undefined;
  }
}
