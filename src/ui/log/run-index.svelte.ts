import type { Entry } from '../../log/entry';
import type { Player } from '../../player/player-face';
import { BusyTimes } from '../../projections/busy';
import { CallMetrics } from '../../projections/call-metrics';
import { Causes } from '../../projections/causes';
import { Lines } from '../../projections/lines';
import { Metrics } from '../../projections/metrics';
import type { Workbench } from '../workbench.svelte';
import { ConsoleBook } from './console-book';
import { Landmarks } from './landmarks';
import { ProblemBook } from './problem-book';

/**
 * The folds that several panes ask at the playhead, fed once: causes, lines of code, console, what went wrong, figures.
 *
 * Invariants
 * 1. They hold the log from its start to the furthest playhead seen, never more, and answer for any earlier position.
 * 2. A run that was computed anew is folded anew: any change of the scenario may have changed what was folded.
 * 3. After `sliceMs` of folding the page gets its turn back.
 */
export class RunIndex {
  readonly #player: Player;
  #folds: Folds;
  #scenario: unknown;
  #last: Entry | undefined;
  #waiting = false;
  #round = $state(0);

  constructor(player: Player) {
    this.#player = player;
    this.#folds = newFolds(player);
  }

  get causes(): Causes {
    return this.#caughtUp().causes;
  }

  get lines(): Lines {
    return this.#caughtUp().lines;
  }

  get console(): ConsoleBook {
    return this.#caughtUp().console;
  }

  get metrics(): Metrics {
    return this.#caughtUp().metrics;
  }

  get callMetrics(): CallMetrics {
    return this.#caughtUp().callMetrics;
  }

  get busy(): BusyTimes {
    return this.#caughtUp().busy;
  }

  get landmarks(): Landmarks {
    return this.#caughtUp().landmarks;
  }

  get problems(): ProblemBook {
    return this.#caughtUp().problems;
  }

  #caughtUp(): Folds {
    void this.#round;
    if (this.#isStale()) this.#startAnew();
    // A dozen things read in one turn of the page: the slice is for all of them together.
    if (this.#waiting) return this.#folds;
    const to = Math.min(this.#player.position, this.#player.log.length);
    const untilMs = performance.now() + sliceMs;
    do {
      const from = this.#folds.length;
      const end = Math.min(to, from + chunkEntries);
      if (end > from) this.#append(this.#player.log.range(from, end));
    } while (this.#folds.length < to && performance.now() < untilMs);
    if (this.#folds.length < to) this.#continueSoon();
    return this.#folds;
  }

  #append(entries: readonly Entry[]): void {
    const { causes, lines, console, metrics, callMetrics, busy, landmarks, problems } = this.#folds;
    for (const entry of entries) {
      causes.append(entry);
      lines.append(entry);
      console.append(entry);
      metrics.append(entry);
      callMetrics.append(entry);
      busy.append(entry);
      landmarks.append(entry);
      problems.append(entry);
    }
    this.#folds.length += entries.length;
    this.#last = entries.at(-1) ?? this.#last;
  }

  #isStale(): boolean {
    const { length } = this.#folds;
    if (this.#player.scenario !== this.#scenario || length > this.#player.log.length) return true;
    if (this.#last === undefined) return false;
    const now = this.#player.log.entry(length - 1);
    return now !== this.#last && JSON.stringify(now) !== JSON.stringify(this.#last);
  }

  #startAnew(): void {
    this.#folds = newFolds(this.#player);
    this.#scenario = this.#player.scenario;
    this.#last = undefined;
  }

  #continueSoon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#round += 1;
    });
  }
}

const sliceMs = 25;
const chunkEntries = 500;

interface Folds {
  length: number;
  readonly causes: Causes;
  readonly lines: Lines;
  readonly console: ConsoleBook;
  readonly metrics: Metrics;
  readonly callMetrics: CallMetrics;
  readonly busy: BusyTimes;
  readonly landmarks: Landmarks;
  readonly problems: ProblemBook;
}

function newFolds(player: Player): Folds {
  return {
    length: 0,
    causes: new Causes((seq) => player.log.entry(seq)),
    lines: new Lines(),
    console: new ConsoleBook(),
    metrics: new Metrics(),
    callMetrics: new CallMetrics(),
    busy: new BusyTimes(),
    landmarks: new Landmarks(),
    problems: new ProblemBook(),
  };
}

const indexes = new WeakMap<Player, RunIndex>();

/** One for all panes of a player. */
export function runIndexOf(workbench: Workbench): RunIndex {
  const { playerNow } = workbench;
  let index = indexes.get(playerNow);
  if (index === undefined) indexes.set(playerNow, (index = new RunIndex(playerNow)));
  return index;
}
