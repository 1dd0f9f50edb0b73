import type { Entry, EntryOf } from '../log/entry';
import type { ExperimentSplit } from '../log/entry-experiment';
import { quantile } from './attempts';
import { answerText, effectsOf, isEffect, type EffectEntry } from './effects';

/** One call of one version. */
export interface VersionRun {
  /** Of the entry that began it. */
  readonly seq: number;
  readonly process: string;
  readonly version: string;
  readonly message: string | undefined;
  readonly isShadow: boolean;
  /** Of the delivery, from 1. */
  readonly attempt: number;
  readonly startedAtMs: number;
  /** Undefined while it is under way. */
  endedAtMs: number | undefined;
  /** `cut`: its process went away in the middle. */
  end: 'succeeded' | 'failed' | 'cut' | undefined;
  /** What it has sent out of its process, or would have, as texts that can be compared (`effectsOf`). */
  readonly effects: string[];
  /** When something that it would have done was held back. */
  readonly heldAtMs: number[];
}

/** A call, and that of the shadow beside it. */
export interface ExperimentCall {
  readonly run: VersionRun;
  readonly shadow: VersionRun | undefined;
}

export interface Experiment {
  readonly name: string;
  readonly declaredAtMs: number;
  /** Each time that a process has defined it, in each of its lives anew: from then on a version may be another text. */
  readonly declarations: number[];
  /** What runs today, and what is tried; of whoever has declared it last. */
  versions: readonly string[];
  split: ExperimentSplit;
  share: number | undefined;
  /** In order of their starts. */
  readonly calls: ExperimentCall[];
  readonly switches: { readonly atMs: number; readonly version: string | undefined }[];
}

interface MutableCall {
  readonly run: VersionRun;
  shadow: VersionRun | undefined;
}

/**
 * The experiments of the whole computed log, future included; how one stood at an instant is asked of it. Built by appending entries in
 * order; a run computed anew needs a new one.
 */
export class Experiments {
  readonly #byName = new Map<string, Experiment>();
  /** By the `seq` that began them, as long as they are under way; also what they publish later is found by it. */
  readonly #runs = new Map<number, VersionRun>();
  /** Calls whose shadow may come yet, by experiment, process and message. */
  readonly #open = new Map<string, MutableCall>();
  /** Attempts that are not the first, by the `seq` of their start. */
  readonly #again = new Map<number, number>();

  /** In order of their declarations. */
  get all(): readonly Experiment[] {
    return [...this.#byName.values()];
  }

  append(entry: Entry): void {
    if (isEffect(entry)) this.#effect(entry);
    switch (entry.type) {
      case 'experiment.declared':
        return this.#declare(entry);
      case 'delivery.started':
        if (entry.attempt > 1) this.#again.set(entry.seq, entry.attempt);
        return;
      case 'experiment.version-started':
        return this.#start(entry);
      case 'http.answered':
        this.#runs.get(entry.cause ?? -1)?.effects.push(answerText(entry));
        return;
      case 'experiment.version-succeeded':
      case 'experiment.version-failed': {
        const run = this.#runs.get(entry.cause ?? -1);
        if (run === undefined) return;
        run.endedAtMs = entry.atMs;
        run.end = entry.type === 'experiment.version-failed' ? 'failed' : 'succeeded';
        return;
      }
      case 'experiment.switched':
        this.#byName.get(entry.experiment)?.switches.push({ atMs: entry.atMs, version: entry.version });
        return;
      case 'process.crashed':
      case 'process.exited':
        return this.#cut(entry.process, entry.atMs);
      default:
        return;
    }
  }

  #declare({ experiment, versions, split, share, atMs }: EntryOf<'experiment.declared'>): void {
    const known = this.#byName.get(experiment);
    if (known !== undefined) {
      known.versions = versions;
      known.split = split;
      known.share = share;
      known.declarations.push(atMs);
    } else
      this.#byName.set(experiment, {
        name: experiment,
        declaredAtMs: atMs,
        declarations: [atMs],
        versions,
        split,
        share,
        calls: [],
        switches: [],
      });
  }

  #start({
    seq,
    atMs,
    cause,
    process,
    experiment,
    version,
    message,
    shadow,
  }: EntryOf<'experiment.version-started'>): void {
    const run: VersionRun = {
      seq,
      process,
      version,
      message,
      isShadow: shadow === true,
      attempt: this.#again.get(cause ?? -1) ?? 1,
      startedAtMs: atMs,
      endedAtMs: undefined,
      end: undefined,
      effects: [],
      heldAtMs: [],
    };
    this.#runs.set(seq, run);
    // A shadow begins right after the call whose shadow it is.
    const key = `${process}\n${experiment}`;
    const before = this.#open.get(key);
    if (run.isShadow && before !== undefined && before.run.message === message && before.shadow === undefined) {
      before.shadow = run;
      return;
    }
    const call: MutableCall = { run, shadow: undefined };
    this.#open.set(key, call);
    this.#byName.get(experiment)?.calls.push(call);
  }

  #effect(entry: EffectEntry): void {
    const run = this.#runs.get(entry.cause ?? -1);
    if (run === undefined) return;
    const { atMs } = entry;
    if (entry.type === 'effect.held') run.heldAtMs.push(atMs);
    run.effects.push(...effectsOf(entry));
  }

  #cut(process: string, atMs: number): void {
    for (const run of this.#runs.values()) {
      if (run.process !== process || run.end !== undefined) continue;
      run.endedAtMs = atMs;
      run.end = 'cut';
    }
  }
}

/** One version at an instant. */
export interface VersionFigures {
  readonly handled: number;
  readonly failed: number;
  readonly retried: number;
  readonly underWay: number;
  /** Of the calls that ended well; undefined before the first. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  /** What was held back of it. */
  readonly held: number;
}

export function figuresOf({ calls }: Experiment, version: string, nowMs: number): VersionFigures {
  const figures = { handled: 0, failed: 0, retried: 0, underWay: 0, held: 0 };
  const tookMs: number[] = [];
  const count = (run: VersionRun | undefined): void => {
    if (run?.version !== version || run.startedAtMs > nowMs) return;
    if (run.attempt > 1) figures.retried += 1;
    if (run.isShadow) figures.held += run.heldAtMs.filter((atMs) => atMs <= nowMs).length;
    const end = endAt(run, nowMs);
    if (end === undefined) figures.underWay += 1;
    if (end === 'failed') figures.failed += 1;
    if (end !== 'succeeded') return;
    figures.handled += 1;
    tookMs.push(run.endedAtMs! - run.startedAtMs);
  };
  for (const { run, shadow } of calls) {
    count(run);
    count(shadow);
  }
  tookMs.sort((one, other) => one - other);
  return { ...figures, p50Ms: quantile(tookMs, 0.5), p95Ms: quantile(tookMs, 0.95) };
}

/** How a call had ended by an instant; undefined while it was under way. */
export function endAt({ endedAtMs, end }: VersionRun, nowMs: number): VersionRun['end'] {
  return endedAtMs !== undefined && endedAtMs <= nowMs ? end : undefined;
}

/**
 * Whether the shadow would have made something else of the message: it ended otherwise, or would have sent something else.
 * Undefined as long as not both have ended, and of a call without a shadow.
 */
export function differs({ run, shadow }: ExperimentCall, nowMs: number): boolean | undefined {
  if (shadow === undefined) return undefined;
  const [end, other] = [endAt(run, nowMs), endAt(shadow, nowMs)];
  if (end === undefined || other === undefined || end === 'cut' || other === 'cut') return undefined;
  const effects = (of: VersionRun): string => JSON.stringify(of.effects);
  return end !== other || effects(run) !== effects(shadow);
}

/**
 * How many messages went through both versions by an instant, and how many of them would have come out differently; since the experiment
 * was last defined, since the versions may have changed then.
 */
export function comparedAt(
  { calls, declarations }: Experiment,
  nowMs: number,
): { readonly sinceMs: number; readonly compared: number; readonly differing: number } {
  const sinceMs = declarations.findLast((atMs) => atMs <= nowMs) ?? 0;
  const verdicts = calls
    .filter(({ run }) => run.startedAtMs >= sinceMs)
    .map((call) => differs(call, nowMs))
    .filter((each) => each !== undefined);
  return { sinceMs, compared: verdicts.length, differing: verdicts.filter(Boolean).length };
}

/** The version that handles everything at an instant; undefined while messages are shared out. */
export function liveAt({ switches }: Experiment, nowMs: number): string | undefined {
  return switches.findLast(({ atMs }) => atMs <= nowMs)?.version;
}
